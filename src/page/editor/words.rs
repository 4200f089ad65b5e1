//! What is said of the tab Code's worker and of a run.

use super::output::{Cause, Course, Output};
use crate::base::words::thousands;
use crate::page::duration::elapsed;
use crate::worker::code::MOST_PRINTED;
use crate::worker::interpreter::Phase;

/// How much of the worker's program has come, and how much there is, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What has come.
    pub come: usize,
    /// All of it; 0 as long as that is not known.
    pub all: usize,
}

/// Why there is no worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lack {
    /// Its program could not be fetched.
    #[default]
    Unreachable,
    /// It is not there: it is still being built, or was not copied.
    NotThere,
    /// The page is one file that was made without it.
    LeftOut,
}

/// What is said where a program asks for a module that there is not.
const INSTEAD: &str = ". Here are jax, optax, flax.nnx, numpy, matplotlib.pyplot, and of Python’s own library what needs no files and no network.";

/// A run that takes longer than this, in milliseconds, is not started by typing.
const SHORT_RUN: f64 = 1000.0;

/// Whether a change of the text runs it: nothing slow has been run, and nothing runs on and on.
#[must_use]
pub fn runs_by_itself(course: Course) -> bool {
    match course {
        Course::Ended(ending) => ending.took < SHORT_RUN && !ending.is_full,
        Course::Never | Course::Running => true,
        Course::Stopped | Course::Died(_) => false,
    }
}

/// The line of status.
#[must_use]
pub fn status(phase: Phase, progress: Progress, lack: Lack, output: &Output) -> String {
    match phase {
        Phase::Fetching if progress.all > 0 => {
            let percent = (progress.come * 100 / progress.all).min(100);
            return format!("Loading Python: {percent} % …");
        }
        Phase::Fetching => return "Loading Python …".to_owned(),
        Phase::Missing => {
            return match lack {
                Lack::NotThere => "Python is still being built on this host, or its copy of the page is incomplete; your text is kept.",
                Lack::LeftOut => "This copy of the page is one file without Python; your text is kept. `cargo xtask build --single-file --with-python` makes one with it.",
                Lack::Unreachable => "Python could not be loaded: there may be no connection. Your text is kept.",
            }
            .to_owned();
        }
        Phase::Starting if output.course() == Course::Running => return "Starting Python …".to_owned(),
        _ => {}
    }
    match output.course() {
        Course::Never => String::new(),
        Course::Running => "Running …".to_owned(),
        Course::Stopped => "Stopped.".to_owned(),
        Course::Died(cause) => died(cause).to_owned(),
        Course::Ended(ending) if ending.is_full => {
            format!("Ended, because it had printed {} characters: a loop without end?", thousands(MOST_PRINTED))
        }
        Course::Ended(ending) if ending.status == 0 => format!("Ran in {}.", elapsed(ending.took)),
        Course::Ended(ending) => {
            let mut what = output.exception().unwrap_or_else(|| format!("exit status {}", ending.status));
            if what.starts_with("ModuleNotFoundError") {
                what += INSTEAD;
            }
            ending.line.map_or_else(|| what.clone(), |line| format!("Line {line}: {what}"))
        }
    }
}

fn died(cause: Cause) -> &'static str {
    match cause {
        Cause::Depth => "Ended: its recursion is deeper than this browser allows. The text is kept.",
        Cause::Memory => {
            "Ended: it wanted more memory, or more references to one object, than there are here. The text is kept."
        }
        Cause::Fault => {
            "Ended by a fault of this page’s Python, not of your program. The text is kept; please report it."
        }
    }
}

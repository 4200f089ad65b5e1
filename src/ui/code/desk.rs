//! [`Desk`]: the program that is edited, the worker that runs it, and what it has shown. It stays while another tab is open.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::editor::examples::EXAMPLES;
use crate::page::editor::output::{Course, Output};
use crate::page::editor::words::{self, Lack, Progress};
use crate::ui::code::state::CodeState;
use crate::web::python::{News, Python};
use crate::web::{packing, storage};
use crate::worker::code::FromCode;
use crate::worker::interpreter::Phase;

/// Under this name the browser keeps the text between visits.
const KEPT: &str = "code";
/// How long the text must stay as it is before it is run, kept and written into the link.
const REST: Duration = Duration::from_millis(450);

/// Everything that the tab works on. Copies are the same desk.
#[derive(Clone)]
pub struct Desk(Rc<Inner>);

struct Inner {
    state: CodeState,
    /// The program.
    text: ArcRwSignal<String>,
    /// Counts the times that something other than typing changed the program.
    replaced: ArcRwSignal<u32>,
    output: ArcRwSignal<Output>,
    phase: ArcRwSignal<Phase>,
    progress: ArcRwSignal<Progress>,
    lack: ArcRwSignal<Lack>,
    /// What the link has of the program.
    packed: RefCell<Option<String>>,
    /// The program as it was when another one took its place.
    before: ArcRwSignal<Option<String>>,
    /// Counts changes of the text.
    changes: Cell<u32>,
    is_open: Cell<bool>,
    python: Python,
}

impl Desk {
    /// The desk of this page.
    pub fn of(state: CodeState) -> Self {
        let known = state.kept.with_value(|kept| kept.clone().and_then(|kept| kept.downcast::<Self>().ok()));
        if let Some(desk) = known {
            return Self::clone(&desk);
        }
        let desk = Self(Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let inner = inner.clone();
            let python = Python::new(move |news| {
                if let Some(inner) = inner.upgrade() {
                    inner.hear(news);
                }
            });
            Inner {
                state,
                text: ArcRwSignal::new(String::new()),
                replaced: ArcRwSignal::new(0),
                output: ArcRwSignal::default(),
                phase: ArcRwSignal::default(),
                progress: ArcRwSignal::default(),
                lack: ArcRwSignal::default(),
                packed: RefCell::default(),
                before: ArcRwSignal::new(None),
                changes: Cell::default(),
                is_open: Cell::default(),
                python,
            }
        }));
        let (is_linked, kept) = (state.packed.with_untracked(Option::is_some), storage::kept(KEPT));
        let first = EXAMPLES[0].text();
        if is_linked {
            // what was edited here last is at hand
            desk.0.before.set(kept.filter(|kept| *kept != first));
        } else {
            desk.0.text.set(kept.unwrap_or(first));
        }
        state.kept.set_value(Some(Rc::new(desk.clone())));
        desk
    }

    /// The program.
    pub fn text(&self) -> ArcRwSignal<String> {
        self.0.text.clone()
    }

    /// Counts the times that something other than typing changed the program.
    pub fn replaced(&self) -> ArcRwSignal<u32> {
        self.0.replaced.clone()
    }

    /// What the newest run has shown.
    pub fn output(&self) -> ArcRwSignal<Output> {
        self.0.output.clone()
    }

    /// What there is of the worker.
    pub fn phase(&self) -> ArcRwSignal<Phase> {
        self.0.phase.clone()
    }

    /// The program as it was when another one took its place.
    pub fn before(&self) -> ArcRwSignal<Option<String>> {
        self.0.before.clone()
    }

    /// The line of status.
    pub fn status(&self) -> String {
        self.0.output.with(|output| words::status(self.0.phase.get(), self.0.progress.get(), self.0.lack.get(), output))
    }

    /// Whether a program runs, or is about to.
    pub fn is_running(&self) -> bool {
        self.0.output.with(|output| output.course() == Course::Running)
    }

    /// Makes the worker ready; for the tab when it opens.
    pub fn sit_down(&self) {
        self.0.is_open.set(true);
        self.0.python.prepare();
    }

    /// Ends what runs; for the tab when it closes, since nobody waits for it in another one.
    pub fn leave(&self) {
        self.0.is_open.set(false);
        self.stop();
    }

    /// Runs the program.
    pub fn run(&self) {
        self.0.output.update(Output::start);
        self.0.python.run(self.0.text.get_untracked());
    }

    /// Runs the program if nothing has been run.
    pub fn run_first(&self) {
        let is_new = self.0.output.with_untracked(|output| output.course() == Course::Never);
        if is_new && !self.0.text.with_untracked(String::is_empty) {
            self.run();
        }
    }

    /// Ends the program that runs.
    pub fn stop(&self) {
        if self.0.output.with_untracked(|output| output.course() == Course::Running) {
            self.0.output.update(|output| output.end(Course::Stopped));
        }
        self.0.python.stop();
    }

    /// The program has been typed in.
    pub fn typed(&self, text: String) {
        if self.0.text.with_untracked(|now| *now != text) {
            self.0.text.set(text);
            self.rest();
        }
    }

    /// Another program takes the place of this one.
    pub fn open(&self, text: String) {
        let now = self.0.text.get_untracked();
        if now == text {
            return self.run();
        }
        let is_own = !now.is_empty() && EXAMPLES.iter().all(|example| example.text() != now);
        if is_own {
            self.0.before.set(Some(now));
        }
        self.0.text.set(text);
        self.0.replaced.update(|count| *count += 1);
        self.link();
        self.run();
    }

    /// Shows the program of the link, if it is not the one that is shown.
    pub fn follow_link(&self) {
        let packed = self.0.state.packed.get();
        if *self.0.packed.borrow() == packed {
            return;
        }
        self.0.packed.borrow_mut().clone_from(&packed);
        let Some(packed) = packed else { return self.open(EXAMPLES[0].text()) };
        let this = self.clone();
        spawn_local(async move {
            if let Some(text) = packing::unpack(&packed).await {
                this.open(text);
            } else {
                // nothing runs that the link does not say
                this.0.text.set("# The program in this link cannot be read.\n".to_owned());
                this.0.replaced.update(|count| *count += 1);
            }
        });
    }

    /// Keeps, links and runs the text once it rests.
    fn rest(&self) {
        let count = self.0.changes.get().wrapping_add(1);
        self.0.changes.set(count);
        let this = self.clone();
        set_timeout(
            move || {
                if this.0.changes.get() != count {
                    return;
                }
                storage::keep(KEPT, &this.0.text.get_untracked());
                this.link();
                let course = this.0.output.with_untracked(Output::course);
                if this.0.is_open.get() && words::runs_by_itself(course) && !this.0.python.is_busy() {
                    this.run();
                }
            },
            REST,
        );
    }

    /// Writes the text into the link.
    fn link(&self) {
        let text = self.0.text.get_untracked();
        let this = self.clone();
        spawn_local(async move {
            let packed = if text == EXAMPLES[0].text() { None } else { packing::pack(&text).await };
            if this.0.text.with_untracked(|now| *now == text) {
                this.0.packed.borrow_mut().clone_from(&packed);
                this.0.state.packed.set(packed);
            }
        });
    }
}

impl Inner {
    fn hear(&self, news: News) {
        match news {
            News::Phase(phase) => {
                if self.phase.with_untracked(|now| *now != phase) {
                    self.phase.set(phase);
                }
            }
            News::Progress(progress) => self.progress.set(progress),
            News::Lack(lack) => self.lack.set(lack),
            News::Heard(FromCode::Printed(pieces)) => self.output.update(|output| output.print(pieces)),
            News::Heard(FromCode::Ended(ending)) => self.output.update(|output| output.end(Course::Ended(ending))),
            News::Heard(FromCode::Ready | FromCode::Fault(_)) => {}
            News::Died(cause) => self.output.update(|output| output.end(Course::Died(cause))),
        }
    }
}

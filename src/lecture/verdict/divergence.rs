//! Telling a run that diverges from one that arrives or rattles: one [`Finding`] for the verdict, the charts and the playhead.
//!
//! # The rule
//!
//! A run diverges if
//!
//! 1. its parameters are not finite, which they then stay, or
//! 2. it is complete, and its typical excess L − Lmin over the last epoch is more than [`GROWTH`] times the largest of: the typical excess over the first
//!    epoch, the excess of θ₀, Lmin itself, and [`FLOOR`] times the excess of θ = 0.
//!
//! L is the full-batch loss, in 64 bits; "typical" is the geometric mean, which a few far throws of a run that comes back each time do not decide, as it is the
//! logarithm that grows or falls at a steady rate (see [`crate::lecture::verdict::stability`]); [`Outcome`](crate::lecture::run::outcome::Outcome) says what counts as an epoch in a very short run. So a run that
//! starts at the solution, one that rattles in its noise ball and one that goes to θₗₛ, however far that is from θ, do not diverge. Neither does one whose
//! first losses overflow and that comes back.

use crate::base::words::{number, thousands};
use crate::lecture::data::geometry::excess;
use crate::lecture::run::outcome::{self, Overflow};
pub use crate::lecture::run::outcome::{FLOOR, GROWTH};
use crate::lecture::run::recording::{Chunk, Problem};

/// How a run diverges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Divergence {
    /// Its parameters are not finite.
    LeftFloat32,
    /// It is finite, and ends far above where it began.
    Grew {
        /// The excess of θ₀.
        start: f64,
        /// The typical excess over the last epoch.
        after: f64,
    },
}

/// What is found of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Finding {
    /// How it diverges, if it does.
    pub divergence: Option<Divergence>,
    /// When its numbers left float32, to the step, whichever steps are recorded. A run that does not diverge may have such steps, too.
    pub overflow: Overflow,
    /// Whether the last numbers that were recorded are finite.
    pub ends_finite: bool,
}

/// Judges a run by its steps so far.
#[must_use]
pub fn finding(steps: &Chunk, problem: &Problem) -> Finding {
    let overflow = steps.outcome.overflow;
    let ends_finite = [steps.losses.last(), steps.norms.last()].into_iter().flatten().all(|last| last.is_finite());
    let divergence = if overflow.params.is_some() { Some(Divergence::LeftFloat32) } else { growth(steps, problem) };
    Finding { divergence, overflow, ends_finite }
}

fn growth(steps: &Chunk, problem: &Problem) -> Option<Divergence> {
    let outcome = steps.outcome;
    if !outcome.is_complete() {
        return None;
    }
    let at = |params: &[f32]| excess(&problem.hessian, &problem.least_squares, params);
    let floor = FLOOR * at(&vec![0.0; problem.theta.len()]);
    let others = [at(&problem.theta_0), problem.least_loss, floor];
    outcome::growth(outcome.first, outcome.last, others).map(|(_, after)| Divergence::Grew { start: others[0], after })
}

impl Finding {
    /// Whether the run diverges.
    #[must_use]
    pub fn diverges(&self) -> bool {
        self.divergence.is_some()
    }

    /// The first step, counted from 1, at which a number of the run was not finite.
    #[must_use]
    pub fn left_float32(&self) -> Option<usize> {
        let Overflow { distance, loss, params } = self.overflow;
        [distance, loss, params].into_iter().flatten().min()
    }

    /// What is to be said of it: that it diverges, and how, or that numbers left float32 although it does not; nothing of any other run.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let left = self.overflow_in_words();
        match self.divergence {
            Some(Divergence::LeftFloat32) => Some(format!("This run diverges: {left}.")),
            Some(Divergence::Grew { start, after }) => {
                let grew = format!(
                    "This run diverges: over its last steps its full-batch loss is typically {} above the least one, and it began {} above it",
                    number(after),
                    number(start)
                );
                Some(if left.is_empty() { format!("{grew}.") } else { format!("{grew}; {left}.") })
            }
            None if left.is_empty() => None,
            None if self.ends_finite => Some(format!("This run does not diverge: {left}, but they come back.")),
            None => Some(format!("This run does not diverge, but its numbers are too large: {left}.")),
        }
    }

    /// What left the range of float32, and when, the first first.
    fn overflow_in_words(&self) -> String {
        let Overflow { distance, loss, params } = self.overflow;
        let whats = [(distance, "its distance to θ"), (loss, "its loss"), (params, "its parameters")];
        let mut parts: Vec<(usize, &str)> = whats.into_iter().filter_map(|(step, what)| Some((step?, what))).collect();
        crate::base::order::order_by(&mut parts, |a, b| a.0 > b.0);
        let Some(((step, what), later)) = parts.split_first() else { return String::new() };
        let mut text = format!("{what} leaves the range of float32 at step {}", thousands(*step));
        if what.ends_with("parameters") {
            text = text.replace("leaves", "leave");
        }
        for (step, what) in later {
            text.extend([", ", what, " at step ", &thousands(*step)]);
        }
        text
    }
}

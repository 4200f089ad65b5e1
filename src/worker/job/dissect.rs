//! [`Dissect`]: takes a step of a run apart, operation by operation.

use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::{Body, StepRef};

/// A step that is asked about.
#[derive(Debug)]
pub struct Dissect(StepRef);

impl Dissect {
    /// This step.
    #[must_use]
    pub fn new(step: StepRef) -> Self {
        Self(step)
    }
}

impl Job for Dissect {
    fn urgency(&self) -> Urgency {
        Urgency::Question
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match cx.kept.borrow_mut().dissect(self.0) {
            // whoever asked has forgotten the run since, or never had it
            None => Slice::done(Vec::new()),
            Some(Ok(dissection)) => {
                Slice::done(vec![Body::Dissected { run: self.0.run, dissection: dissection.into() }])
            }
            Some(Err(error)) => Slice::failed(Vec::new(), error),
        }
    }
}

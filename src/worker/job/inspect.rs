//! [`Inspect`]: takes steps of runs apart.

use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::{Body, StepRef};

/// Steps that are asked about, one to a slice.
#[derive(Debug)]
pub struct Inspect {
    /// The last one first.
    steps: Vec<StepRef>,
}

impl Inspect {
    /// These steps, in this order.
    #[must_use]
    pub fn new(mut steps: Vec<StepRef>) -> Self {
        steps.reverse();
        Self { steps }
    }
}

impl Job for Inspect {
    fn urgency(&self) -> Urgency {
        Urgency::Question
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        let Some(at) = self.steps.pop() else { return Slice::done(Vec::new()) };
        let said = match cx.kept.borrow_mut().inspect(at) {
            // whoever asked has forgotten the run since, or never had it
            None => Vec::new(),
            Some(Ok(inspection)) => vec![Body::Inspected { run: at.run, inspection: inspection.into() }],
            Some(Err(error)) => return Slice::failed(Vec::new(), error),
        };
        if self.steps.is_empty() { Slice::done(said) } else { Slice::more(said) }
    }
}

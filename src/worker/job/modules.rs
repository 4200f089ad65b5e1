//! [`Modules`]: takes modules apart, those of a run or others that the lecture has.

use crate::base::error::Result;
use crate::lecture::run::anatomy::{Anatomy, Subject, drawn};
use crate::lecture::run::trainer::Trainer;
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::{Body, ModulesRequest};

/// Modules that are asked about.
#[derive(Debug)]
pub struct Modules(ModulesRequest);

impl Modules {
    /// These.
    #[must_use]
    pub fn new(request: ModulesRequest) -> Self {
        Self(request)
    }

    /// What is known of them; none if the run is not kept any more.
    fn found(&self, cx: &Context<'_>) -> Option<Result<Anatomy>> {
        let ModulesRequest { subject, config, step } = &self.0;
        match (subject, step) {
            (Subject::Network | Subject::Lecture, _) => Some(drawn(*subject, config)),
            (_, Some(step)) => cx.kept.borrow_mut().anatomy(*step, *subject),
            (_, None) => Some(Trainer::with(config, cx.shared).and_then(|mut run| run.anatomy(0, *subject))),
        }
    }
}

impl Job for Modules {
    fn urgency(&self) -> Urgency {
        Urgency::Question
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match self.found(cx) {
            // whoever asked has forgotten the run since, or never had it
            None => Slice::done(Vec::new()),
            Some(Ok(anatomy)) => Slice::done(vec![Body::Modules(anatomy.into())]),
            Some(Err(error)) => Slice::failed(Vec::new(), error),
        }
    }
}

//! [`LbfgsOf`]: runs the course's script with L-BFGS.

use crate::base::error::Result;
use crate::jax::compile::backend;
use crate::lecture::run::lbfgs::{LbfgsRequest, LbfgsRun};
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::{Body, Stats};

/// A training, an epoch to a slice.
#[derive(Debug)]
pub struct LbfgsOf {
    request: LbfgsRequest,
    /// None before the first slice.
    run: Option<LbfgsRun>,
    /// Milliseconds that it has taken so far.
    milliseconds: f64,
}

impl LbfgsOf {
    /// This training.
    #[must_use]
    pub fn new(request: LbfgsRequest) -> Self {
        Self { request, run: None, milliseconds: 0.0 }
    }

    /// Computes one more epoch; whether all are done.
    fn more(&mut self, cx: &Context<'_>, said: &mut Vec<Body>) -> Result<bool> {
        let started = (cx.clock)();
        let run = match &mut self.run {
            Some(run) => run,
            none => none.insert(LbfgsRun::new(&self.request, cx.shared)?),
        };
        said.push(Body::Lbfgs(run.advance(1)?));
        self.milliseconds += (cx.clock)() - started;
        if run.is_done() {
            let (steps, compilations) = (run.taken(), run.compilations());
            let stats = Stats { steps, milliseconds: self.milliseconds, compilations, backend: backend() };
            said.push(Body::LbfgsEnded(stats));
        }
        Ok(run.is_done())
    }
}

impl Job for LbfgsOf {
    fn urgency(&self) -> Urgency {
        Urgency::Script
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        Slice::of(|said| self.more(cx, said))
    }
}

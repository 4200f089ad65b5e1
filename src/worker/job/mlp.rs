//! [`Network`]: trains the network of the course's script.

use crate::base::error::Result;
use crate::lecture::run::mlp::{MlpRequest, MlpRun};
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::SLICE;
use crate::worker::protocol::{Body, Stats};

/// A training, some epochs to a slice.
#[derive(Debug)]
pub struct Network {
    request: MlpRequest,
    /// None before the first slice.
    run: Option<MlpRun>,
    /// Milliseconds that it has taken so far.
    milliseconds: f64,
}

impl Network {
    /// This training.
    #[must_use]
    pub fn new(request: MlpRequest) -> Self {
        Self { request, run: None, milliseconds: 0.0 }
    }

    /// Begins it, or computes some more epochs; whether all are done.
    fn more(&mut self, cx: &Context<'_>, said: &mut Vec<Body>) -> Result<bool> {
        let started = (cx.clock)();
        let Some(run) = &mut self.run else {
            let run = self.run.insert(MlpRun::new(&self.request, cx.shared)?);
            said.push(Body::MlpStarted { parameters: run.parameters(), printed: run.start_line() });
            self.milliseconds = (cx.clock)() - started;
            return Ok(false);
        };
        let mut steps = run.advance(1)?;
        while !run.is_done() && (cx.clock)() - started < SLICE {
            let more = run.advance(1)?;
            steps.losses.extend(more.losses);
            steps.printed.extend(more.printed);
        }
        said.push(Body::Mlp(steps));
        self.milliseconds += (cx.clock)() - started;
        if run.is_done() {
            let (steps, milliseconds, backend) = (run.taken(), self.milliseconds, run.backend());
            let stats = Stats { steps, milliseconds, compilations: 1, backend };
            said.push(Body::MlpEnded { end: run.end()?, stats });
        }
        Ok(run.is_done())
    }
}

impl Job for Network {
    fn urgency(&self) -> Urgency {
        Urgency::Script
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        Slice::of(|said| self.more(cx, said))
    }
}

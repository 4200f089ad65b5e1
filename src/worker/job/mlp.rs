//! [`Network`]: trains the network of the course's script.

use crate::base::error::Result;
use crate::lecture::run::mlp::{MlpRequest, MlpRun, MlpSteps};
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::SLICE;
use crate::worker::protocol::{Body, Stats};

/// Milliseconds of computing between two answers: a curve that grows 25 times a second looks like one that grows all the time, and drawing it after every
/// slice took half as much of the machine as the training itself.
const REST: f64 = 40.0;

/// A training, some epochs to a slice.
#[derive(Debug)]
pub struct Network {
    request: MlpRequest,
    /// None before the first slice.
    run: Option<MlpRun>,
    /// Milliseconds that it has taken so far.
    milliseconds: f64,
    /// What the page has not been told yet.
    untold: MlpSteps,
    /// What `milliseconds` was when it was told something.
    told: f64,
}

impl Network {
    /// This training.
    #[must_use]
    pub fn new(request: MlpRequest) -> Self {
        Self { request, run: None, milliseconds: 0.0, untold: MlpSteps::default(), told: -REST }
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
        loop {
            let more = run.advance(1)?;
            self.untold.losses.extend(more.losses);
            self.untold.printed.extend(more.printed);
            if run.is_done() || (cx.clock)() - started >= SLICE {
                break;
            }
        }
        self.milliseconds += (cx.clock)() - started;
        if run.is_done() || self.milliseconds - self.told >= REST {
            self.told = self.milliseconds;
            let next = MlpSteps { first: run.taken(), ..MlpSteps::default() };
            said.push(Body::Mlp(std::mem::replace(&mut self.untold, next)));
        }
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

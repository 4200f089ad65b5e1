//! [`Runs`]: computes the runs of one request, one after the other.

use crate::base::error::Result;
use crate::jax::compile::backend;
use crate::lecture::run::trainer::Trainer;
use crate::worker::job::{Context, Job, Kept, Slice, Urgency};
use crate::worker::pace::{PORTION, Pace};
use crate::worker::protocol::{AskId, Body, RunRef, RunRequest, Stats, StepRef};

/// The runs of one request. What has been computed is kept in [`Kept`].
#[derive(Debug)]
pub struct Runs {
    ask: AskId,
    requests: Vec<RunRequest>,
    /// How many are finished.
    finished: usize,
    /// Milliseconds that the one that is under way has taken so far.
    milliseconds: f64,
    pace: Pace,
}

impl Runs {
    /// These runs, for this request.
    #[must_use]
    pub fn new(ask: AskId, requests: Vec<RunRequest>) -> Self {
        Self { ask, requests, finished: 0, milliseconds: 0.0, pace: Pace::default() }
    }

    /// Begins the next run if none is under way, and computes some of its steps.
    fn portion(&mut self, cx: &Context<'_>, kept: &mut Kept, said: &mut Vec<Body>) -> Result<()> {
        let run = self.finished;
        let Some(request) = self.requests.get(run) else { return Ok(()) };
        if kept.of(self.ask).len() == run {
            let started = (cx.clock)();
            let trainer = Trainer::with(&request.config, cx.shared)?.edited(request.edit)?;
            self.milliseconds = (cx.clock)() - started;
            said.push(Body::Started { run, problem: trainer.problem().clone() });
            kept.of(self.ask).push(trainer);
        }
        let Some(trainer) = kept.of(self.ask).last_mut() else { return Ok(()) };
        let (started, before) = ((cx.clock)(), trainer.steps_taken());
        let chunk = trainer.advance(self.pace.steps())?;
        let (took, steps) = ((cx.clock)() - started, trainer.steps_taken() - before);
        self.milliseconds += took;
        self.pace.took(steps, took);
        said.push(Body::Chunk { run, chunk });
        if trainer.is_done() {
            let stats = Stats {
                steps: trainer.steps_taken(),
                milliseconds: self.milliseconds,
                compilations: trainer.compilations(),
                backend: backend(),
            };
            self.finished += 1;
            let run_ref = RunRef { ask: self.ask, run };
            if let Some(inspection) = request.inspect.and_then(|step| kept.inspect(StepRef { run: run_ref, step })) {
                said.push(Body::Inspected { run: run_ref, inspection: inspection?.into() });
            }
            said.push(Body::Finished { run, stats });
        }
        Ok(())
    }
}

impl Job for Runs {
    fn urgency(&self) -> Urgency {
        Urgency::Runs
    }

    /// Computes some steps of one run, or several short runs.
    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        let started = (cx.clock)();
        let (mut said, mut kept) = (Vec::new(), cx.kept.borrow_mut());
        // at least one portion, however the clock jumps
        while self.finished < self.requests.len() {
            if let Err(error) = self.portion(cx, &mut kept, &mut said) {
                return Slice::failed(said, error);
            }
            if (cx.clock)() - started >= PORTION {
                break;
            }
        }
        if self.finished < self.requests.len() { Slice::more(said) } else { Slice::done(said) }
    }
}

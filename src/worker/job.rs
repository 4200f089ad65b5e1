//! [`Jobs`]: the runs of one request, computed one after the other in slices, and kept for questions about their steps.

use crate::base::error::Result;
use crate::jax::compile::backend;
use crate::lecture::run::cache::Shared;
use crate::lecture::run::inspection::Inspection;
use crate::lecture::run::trainer::Trainer;
use crate::lecture::settings::config::Config;
use crate::worker::protocol::{FromWorker, RunId, Stats};

/// How long a slice should take, in milliseconds; with the swings of a shared machine it stays below 8.
const SLICE: f64 = 6.0;
/// Steps in the first slice of a request, before any was timed.
const FIRST_SLICE: usize = 512;

/// The runs of the newest request.
#[derive(Debug, Default)]
pub struct Jobs {
    id: RunId,
    configs: Vec<Config>,
    /// Steps to be taken apart, one for each of the first runs.
    inspect: Vec<usize>,
    /// Those that have been begun; only the last one may be unfinished.
    trainers: Vec<Trainer>,
    /// Milliseconds that the last one has taken so far.
    milliseconds: f64,
    /// Steps in the next slice.
    slice: usize,
    /// How many are finished.
    done: usize,
}

impl Jobs {
    /// The runs of a request, and for the first of them, how many steps were taken before the one that is to be taken apart when the run is finished.
    #[must_use]
    pub fn new(id: RunId, configs: Vec<Config>, inspect: Vec<usize>) -> Self {
        Self { id, configs, inspect, slice: FIRST_SLICE, ..Self::default() }
    }

    /// Whether nothing is left to be computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done >= self.configs.len()
    }

    /// Computes for about [`SLICE`] milliseconds by this clock: some steps of one run, or several short runs. Gives what is to be said. A run that fails ends the request.
    pub fn slice(&mut self, shared: &Shared, clock: &dyn Fn() -> f64) -> Vec<FromWorker> {
        let started = clock();
        let mut answers = Vec::new();
        while !self.is_done() && clock() - started < SLICE / 2.0 {
            if let Err(error) = self.work(shared, clock, &mut answers) {
                self.done = self.configs.len();
                answers.push(FromWorker::Failed { id: self.id, message: error.to_string() });
            }
        }
        answers
    }

    /// Begins the next run if none is begun, and computes some of its steps.
    fn work(&mut self, shared: &Shared, clock: &dyn Fn() -> f64, answers: &mut Vec<FromWorker>) -> Result<()> {
        let (id, run) = (self.id, self.done);
        if self.trainers.len() == run {
            let started = clock();
            let trainer = Trainer::with(&self.configs[run], shared)?;
            self.milliseconds = clock() - started;
            answers.push(FromWorker::Started { id, run, problem: trainer.problem().clone() });
            self.trainers.push(trainer);
        }
        let Some(trainer) = self.trainers.last_mut() else { return Ok(()) };
        let (started, before) = (clock(), trainer.steps_taken());
        let chunk = trainer.advance(self.slice)?;
        let (took, steps) = (clock() - started, trainer.steps_taken() - before);
        self.milliseconds += took;
        self.slice = next_slice(self.slice, steps, took);
        answers.push(FromWorker::Chunk { id, run, chunk });
        if trainer.is_done() {
            let stats = Stats {
                steps: trainer.steps_taken(),
                milliseconds: self.milliseconds,
                compilations: trainer.compilations(),
                backend: backend(),
            };
            self.done += 1;
            if let Some(inspection) = self.inspect.get(run).copied().and_then(|step| self.inspect(id, run, step)) {
                answers.push(FromWorker::Inspected { id, run, inspection: inspection? });
            }
            answers.push(FromWorker::Done { id, run, stats });
        }
        Ok(())
    }

    /// Takes a step of a run apart; nothing if the request is an older one or the run has not come so far.
    pub fn inspect(&mut self, id: RunId, run: usize, step: usize) -> Option<Result<Inspection>> {
        let trainer = self.trainers.get_mut(run).filter(|trainer| id == self.id && step < trainer.steps_taken())?;
        Some(trainer.inspect(step))
    }
}

/// How many steps the next slice takes, so that it lasts about half of [`SLICE`]: at most four times as many as before, at least one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a step count far below 2⁵²
fn next_slice(slice: usize, steps: usize, took: f64) -> usize {
    if steps == 0 {
        return slice;
    }
    let wanted = steps as f64 * SLICE / 2.0 / took.max(0.01);
    (wanted.min(slice as f64 * 4.0) as usize).max(slice / 4).max(1)
}

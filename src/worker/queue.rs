//! [`Queue`]: what the worker has to do, and which of it comes next.
//!
//! Between two turns the browser delivers waiting messages, so whatever is more urgent waits for one slice at most.

use std::cell::RefCell;

use crate::lecture::run::cache::Shared;
use crate::worker::job::{Context, Job, Kept, Next, Slice, job};
use crate::worker::protocol::{Answer, AskId, Body, FromWorker, ToWorker};

/// The longest that a worker with something to do is silent between two turns, in milliseconds.
pub const PULSE: f64 = 1_000.0;

/// Jobs that wait or are under way.
#[derive(Default)]
pub struct Queue {
    /// In the order in which they came.
    jobs: Vec<(AskId, Box<dyn Job>)>,
    shared: Shared,
    kept: RefCell<Kept>,
    /// When something was said last, by the clock of [`Queue::turn`].
    said: f64,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ids: Vec<AskId> = self.jobs.iter().map(|(id, _)| *id).collect();
        f.debug_struct("Queue").field("jobs", &ids).field("said", &self.said).finish_non_exhaustive()
    }
}

impl Queue {
    /// What all jobs share: simulations, shuffles, compiled steps.
    #[must_use]
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Takes a message of the page. What is returned is to be said at once.
    pub fn receive(&mut self, message: ToWorker) -> Vec<FromWorker> {
        match message {
            ToWorker::Ask(ask) => {
                self.push(ask.id, job(ask));
                Vec::new()
            }
            ToWorker::Stop(id) => {
                let before = self.jobs.len();
                self.jobs.retain(|(other, _)| *other != id);
                let stopped = self.jobs.len() < before;
                if stopped { vec![answer(id, Body::Done)] } else { Vec::new() }
            }
            ToWorker::Forget(id) => {
                self.jobs.retain(|(other, _)| *other != id);
                self.kept.borrow_mut().forget(id);
                Vec::new()
            }
        }
    }

    /// Adds something to do.
    pub fn push(&mut self, id: AskId, job: Box<dyn Job>) {
        self.jobs.push((id, job));
    }

    /// Does a slice of the most urgent job, the oldest of them, by a clock that tells milliseconds. What is returned is to be said, all together.
    pub fn turn(&mut self, clock: &dyn Fn() -> f64) -> Vec<FromWorker> {
        let urgencies = self.jobs.iter().map(|(_, job)| job.urgency());
        let Some((place, _)) = urgencies.enumerate().min_by_key(|(_, urgency)| *urgency) else { return Vec::new() };
        let (id, job) = &mut self.jobs[place];
        let id = *id;
        let Slice { said, next } = job.slice(&Context { shared: &self.shared, kept: &self.kept, clock });
        let last = match next {
            Next::More => None,
            Next::Done => Some(Body::Done),
            Next::Failed(error) => Some(Body::Failed(error.to_string())),
        };
        if last.is_some() {
            self.jobs.remove(place);
        }
        let mut said: Vec<FromWorker> = said.into_iter().chain(last).map(|body| answer(id, body)).collect();
        let now = clock();
        if said.is_empty() && now - self.said >= PULSE {
            said.push(FromWorker::Pulse);
        }
        if !said.is_empty() {
            self.said = now;
        }
        said
    }
}

fn answer(id: AskId, body: Body) -> FromWorker {
    FromWorker::Answer(Answer { id, body })
}

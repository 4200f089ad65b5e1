//! [`Queue`]: what the worker has to do, and which of it comes next.
//!
//! The code that answers what the first picture does not need may come later ([`Queue::complete`]); requests for it wait until it is there.
//!
//! Between two turns the browser delivers waiting messages, so whatever is more urgent waits for one slice at most.

use std::cell::RefCell;

use crate::lecture::run::cache::Shared;
use crate::worker::job::{Context, Job, Kept, Make, Next, Slice, early};
use crate::worker::protocol::{Answer, Ask, AskId, Body, FromWorker, ToWorker};

/// The longest that a worker with something to do is silent between two turns, in milliseconds.
pub const PULSE: f64 = 1_000.0;

/// Said of requests whose code could not be had.
const NO_CODE: &str = "A part of the page could not be loaded. Please check the connection, and try again.";

/// Jobs that wait or are under way.
#[derive(Default)]
pub struct Queue {
    /// In the order in which they came.
    jobs: Vec<(AskId, Box<dyn Job>)>,
    /// What makes jobs of all requests, once it is there.
    make: Option<Make>,
    /// Requests that wait for it, in the order in which they came.
    held: Vec<Ask>,
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

    /// Whether requests wait for [`Queue::complete`].
    #[must_use]
    pub fn wants_more(&self) -> bool {
        !self.held.is_empty()
    }

    /// From now on all requests become jobs, made by this; first those that have waited.
    pub fn complete(&mut self, make: Make) {
        self.make = Some(make);
        for ask in std::mem::take(&mut self.held) {
            self.push(ask.id, make(ask));
        }
    }

    /// What the requests that wait need could not be had. What is returned is to be said at once.
    pub fn refuse(&mut self) -> Vec<FromWorker> {
        let held = std::mem::take(&mut self.held);
        held.into_iter().map(|ask| answer(ask.id, Body::Failed(NO_CODE.to_owned()))).collect()
    }

    /// Takes a message of the page. What is returned is to be said at once.
    pub fn receive(&mut self, message: ToWorker) -> Vec<FromWorker> {
        match message {
            ToWorker::Ask(ask) => {
                let id = ask.id;
                match (early(ask), self.make) {
                    (Ok(job), _) => self.push(id, job),
                    (Err(ask), Some(make)) => self.push(id, make(ask)),
                    (Err(ask), None) => self.held.push(ask),
                }
                Vec::new()
            }
            ToWorker::Stop(id) => {
                if self.drop(id) {
                    vec![answer(id, Body::Done)]
                } else {
                    Vec::new()
                }
            }
            ToWorker::Forget(id) => {
                self.drop(id);
                self.kept.borrow_mut().forget(id);
                Vec::new()
            }
        }
    }

    /// Does no more for a request; whether there was something to do for it.
    fn drop(&mut self, id: AskId) -> bool {
        let before = self.jobs.len() + self.held.len();
        self.jobs.retain(|(other, _)| *other != id);
        self.held.retain(|ask| ask.id != id);
        self.jobs.len() + self.held.len() < before
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

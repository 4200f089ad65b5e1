//! [`Asked`]: what a lesson wants computed, one request after the other, and [`Answers`], what came.

use super::facts::Facts;
use super::form::{Given, Lesson, SEED};
use crate::lecture::settings::config::Config;
use crate::lecture::verdict::stability::Stability;
use crate::worker::protocol::{
    Anatomy, Body, Chunk, Curves, Inspection, JobRequest, Keys, Problem, RunRequest, Texts, Traced,
};

/// A run that was computed.
#[derive(Clone, Debug, Default)]
pub struct Computed {
    /// What it minimises.
    pub problem: Problem,
    /// Its steps.
    pub steps: Chunk,
    /// How often its step was compiled.
    pub compilations: usize,
    /// A step of it, taken apart, where that was asked for.
    pub inspection: Option<Inspection>,
}

/// The answers to one request. Which of these it has depends on the request.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Runs, in the order of the request.
    pub runs: Vec<Computed>,
    /// How many runs went.
    pub curves: Option<Curves>,
    /// For each shuffle, how many of the learning rates hold.
    pub held: Option<Vec<u32>>,
    /// Which learning rates hold.
    pub limits: Vec<Stability>,
    /// The keys of a run.
    pub keys: Option<Box<Keys>>,
    /// The programs of a step.
    pub texts: Option<Box<Texts>>,
    /// Modules taken apart.
    pub anatomy: Option<Box<Anatomy>>,
    /// What was compiled.
    pub traced: Vec<Traced>,
}

/// What is known by now: the answers to the first requests.
#[derive(Clone, Debug, Default)]
pub struct Answers(Vec<Found>);

impl Answers {
    /// The answers to a request, once all of them have come.
    #[must_use]
    pub fn of(&self, request: usize) -> Option<&Found> {
        self.0.get(request)
    }

    /// The run of a request.
    #[must_use]
    pub fn run(&self, request: usize) -> Option<&Computed> {
        self.of(request)?.runs.first()
    }

    /// The limits of learning rates of a request.
    #[must_use]
    pub fn limits(&self, request: usize) -> Option<&Stability> {
        self.of(request)?.limits.first()
    }

    /// How many runs of a request went.
    #[must_use]
    pub fn curves(&self, request: usize) -> Option<&Curves> {
        self.of(request)?.curves.as_ref()
    }
}

/// The request for one run.
#[must_use]
pub fn run(config: Config) -> JobRequest {
    JobRequest::Runs(vec![RunRequest { config, inspect: None, edit: None }])
}

/// The same, with the step after `step` others taken apart.
#[must_use]
pub fn run_with_step(config: Config, step: usize) -> JobRequest {
    JobRequest::Runs(vec![RunRequest { config, inspect: Some(step), edit: None }])
}

/// What a lesson wants computed, and what has come.
pub struct Asked {
    lesson: &'static Lesson,
    given: Given,
    answers: Answers,
    /// What has come of the request that is under way.
    coming: Found,
    trouble: Option<String>,
}

impl Asked {
    /// Nothing has come.
    #[must_use]
    pub fn new(lesson: &'static Lesson, given: Given) -> Self {
        Self { lesson, given, answers: Answers::default(), coming: Found::default(), trouble: None }
    }

    /// What is to be asked next; nothing when all is known, or no more will be.
    #[must_use]
    pub fn next(&self) -> Option<JobRequest> {
        if self.trouble.is_some() {
            return None;
        }
        self.next_for(&self.given)
    }

    /// Whether that is the same whatever the seed is, so that one answer serves a whole class.
    #[must_use]
    pub fn is_common(&self) -> bool {
        let other = Given { seed: self.given.seed.wrapping_add(1) };
        self.next_for(&self.given) == self.next_for(&other)
    }

    fn next_for(&self, given: &Given) -> Option<JobRequest> {
        (self.lesson.asks)(given, &self.answers).into_iter().nth(self.answers.0.len())
    }

    /// Takes an answer to what was asked last; returns whether there may be something more to ask.
    pub fn take(&mut self, body: Body) -> bool {
        let found = &mut self.coming;
        match body {
            Body::Started { run, problem } => {
                if found.runs.len() <= run {
                    found.runs.resize_with(run + 1, Computed::default);
                }
                found.runs[run].problem = problem;
            }
            Body::Chunk { run, chunk } => {
                if let Some(known) = found.runs.get_mut(run) {
                    if chunk.first_entry == 0 {
                        known.steps = chunk;
                    } else {
                        known.steps.append(chunk);
                    }
                }
            }
            Body::Inspected { run, inspection } => {
                if let Some(known) = found.runs.get_mut(run.run) {
                    known.inspection = Some(*inspection);
                }
            }
            Body::Finished { run, stats } => {
                if let Some(known) = found.runs.get_mut(run) {
                    known.compilations = stats.compilations;
                }
            }
            Body::Curves(curves) => found.curves = Some(curves),
            Body::Held(held) => found.held = Some(held),
            Body::Limits(limits) => found.limits = limits,
            Body::Keys(keys) => found.keys = Some(keys),
            Body::Programs(texts) => found.texts = Some(texts),
            Body::Modules(anatomy) => found.anatomy = Some(anatomy),
            Body::Traced(traced) => found.traced = traced,
            Body::Done => {
                self.answers.0.push(std::mem::take(&mut self.coming));
                return true;
            }
            Body::Failed(sentence) => {
                self.trouble = Some(sentence);
                return true;
            }
            _ => {}
        }
        false
    }

    /// What is known by now.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts = (self.lesson.facts)(&self.given, &self.answers);
        facts.number(SEED, self.given.seed as f64, 20);
        facts
    }

    /// Why no more will be known, if so.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// No more comes, for a reason.
    pub fn fail(&mut self, sentence: &str) {
        self.trouble = Some(sentence.to_owned());
    }
}

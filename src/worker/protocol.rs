//! What the page and its worker say to each other. Both ends are Rust; the types are the protocol.
//!
//! Every request has an id of its own, every answer carries it, and [`Body::Done`] or [`Body::Failed`] is the last answer to each, unless the page has told the
//! worker to forget it. While there is something to do and nothing to say, the worker sends a [`FromWorker::Pulse`]. The long columns of a [`Chunk`] or an
//! [`Inspection`] travel in a buffer that is handed over (`web/codec`).
//!
//! A new question is a variant of [`JobRequest`], a file in [`crate::worker::job`] with an arm in [`crate::worker::job::job`], and a variant of [`Body`] for
//! what it finds out.

use serde::{Deserialize, Serialize};

pub use crate::jax::compile::Backend;
pub use crate::lecture::run::anatomy::{Anatomy, Subject};
pub use crate::lecture::run::cache::Traced;
use crate::lecture::run::columns::{Column, Columns};
pub use crate::lecture::run::costs::Costs;
pub use crate::lecture::run::dissection::Dissection;
pub use crate::lecture::run::edit::{Change, Edit};
pub use crate::lecture::run::holding::HoldingRequest;
pub use crate::lecture::run::inspection::Inspection;
pub use crate::lecture::run::keys::{KeyNode, Keys, Made};
pub use crate::lecture::run::lbfgs::{LbfgsRequest, LbfgsSteps};
pub use crate::lecture::run::map::{Outcomes, RowRequest};
pub use crate::lecture::run::mlp::{MlpEnd, MlpRequest, MlpSteps};
pub use crate::lecture::run::recording::{Chunk, Problem};
pub use crate::lecture::run::seeds::{Curves, CurvesRequest, Luck};
pub use crate::lecture::run::tanh::TanhRequest;
pub use crate::lecture::run::texts::Texts;
use crate::lecture::settings::config::Config;
use crate::lecture::verdict::stability::Stability;

/// Counts requests up from 1; a newer one has a larger id.
pub type AskId = u32;

/// A run, as one of those that a request asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRef {
    /// The request.
    pub ask: AskId,
    /// The run's place in it, from 0.
    pub run: usize,
}

/// A step of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRef {
    /// The run.
    pub run: RunRef,
    /// How many of its steps were taken before this one.
    pub step: usize,
}

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// A request.
    Ask(Ask),
    /// Do no more for this request, and say [`Body::Done`]; the steps of its runs that were taken can still be asked about.
    Stop(AskId),
    /// Do and say no more for this request, and keep nothing of it.
    Forget(AskId),
}

/// A request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What every answer to it carries.
    pub id: AskId,
    /// What is wanted.
    pub job: JobRequest,
}

/// What the page may want.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum JobRequest {
    /// Compute these runs, one after the other, from their beginning, and keep them for questions about their steps until they are forgotten.
    Runs(Vec<RunRequest>),
    /// Take these steps apart. Those that no run has taken that is kept are left out.
    Inspect(Vec<StepRef>),
    /// Take this step apart, operation by operation, if a run has taken it that is kept.
    Dissect(StepRef),
    /// Take modules apart.
    Modules(ModulesRequest),
    /// Print the programs of the step of these settings.
    Programs {
        /// The settings.
        config: Config,
        /// Rows in its batch.
        rows: usize,
    },
    /// Tell which keys a run makes up to an epoch, and who uses them.
    Keys {
        /// The run.
        config: Config,
        /// The epoch, from 0.
        epoch: usize,
    },
    /// Tell which steps were traced and compiled so far.
    Traced,
    /// Compute a row of a map.
    MapRow(RowRequest),
    /// Find the largest learning rate that holds, for several shuffles.
    Holding(HoldingRequest),
    /// Compute a row of a map of the network of hyperbolic tangents.
    TanhRow(TanhRequest),
    /// Look at the losses of one training of that network, the first that is named.
    TanhCurve(TanhRequest),
    /// Look at the course of a run, or of several that differ by luck.
    Curves(CurvesRequest),
    /// Measure what the ways of calling a step cost with these settings, when there is nothing else to do.
    Measure(Config),
    /// Find the learning rates that hold on the data of these settings.
    Limits(Config),
    /// Train the network of the course's script, a run of its own.
    Mlp(MlpRequest),
    /// Train by L-BFGS as the course's script does, a run of its own.
    Lbfgs(LbfgsRequest),
}

/// Modules to be taken apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModulesRequest {
    /// Which.
    pub subject: Subject,
    /// The settings of the run whose modules they are, or whose seed draws them.
    pub config: Config,
    /// The step of the run around which they are looked at; none where the run takes no steps.
    pub step: Option<StepRef>,
}

/// One run of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRequest {
    /// What to compute.
    pub config: Config,
    /// How many steps were taken before the one that is to be taken apart as soon as the run is finished, if one is.
    pub inspect: Option<usize>,
    /// The step that is made otherwise, if one is.
    pub edit: Option<Edit>,
}

/// From the worker to the page.
#[allow(clippy::large_enum_variant, reason = "one is made at a time, and nearly all of them are answers")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// Sent once: the worker listens from now on.
    Ready,
    /// It is at work.
    Pulse,
    /// An answer.
    Answer(Answer),
    /// A message arrived that could not be read, or one could not be written: a sentence for the user.
    Broken(String),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The request that it belongs to.
    pub id: AskId,
    /// What it says.
    pub body: Body,
}

/// What an answer may say. Runs are named by their place in the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// The data of a run are simulated; steps follow.
    Started {
        /// Which run.
        run: usize,
        /// What is known before the first step.
        problem: Problem,
    },
    /// Some more steps of a run, in order and without gaps.
    Chunk {
        /// Which run.
        run: usize,
        /// The steps.
        chunk: Chunk,
    },
    /// All steps of a run were sent.
    Finished {
        /// Which run.
        run: usize,
        /// What it cost.
        stats: Stats,
    },
    /// A step taken apart: the answer to a question, or what the request for the run asked for, which comes before [`Body::Finished`].
    Inspected {
        /// The run, which another request may have asked for.
        run: RunRef,
        /// The step.
        inspection: Box<Inspection>,
    },
    /// A step taken apart, operation by operation.
    Dissected {
        /// The run.
        run: RunRef,
        /// The step.
        dissection: Box<Dissection>,
    },
    /// Modules taken apart.
    Modules(Box<Anatomy>),
    /// The programs of a step.
    Programs(Box<Texts>),
    /// The keys of a run.
    Keys(Box<Keys>),
    /// The steps that were traced and compiled so far.
    Traced(Vec<Traced>),
    /// How the trainings of a row of a map ended.
    Row(Outcomes),
    /// For each shuffle, how many of the learning rates hold, from the smallest.
    Held(Vec<u32>),
    /// How these runs went.
    Curves(Curves),
    /// What the ways of calling a step cost.
    Measured(Costs),
    /// The learning rates that hold, for the settings before the branch and those after it.
    Limits(Vec<Stability>),
    /// The data and the network of [`JobRequest::Mlp`] are drawn; steps follow.
    MlpStarted {
        /// How many numbers the network has.
        parameters: usize,
        /// The line that the Python program prints before the first step.
        printed: String,
    },
    /// Some more epochs of the network's training, in order and without gaps.
    Mlp(MlpSteps),
    /// How the network's training ended.
    MlpEnded {
        /// Its losses.
        end: MlpEnd,
        /// What it cost.
        stats: Stats,
    },
    /// Some more epochs of a training by L-BFGS, in order and without gaps.
    Lbfgs(LbfgsSteps),
    /// A training by L-BFGS has ended; what it cost.
    LbfgsEnded(Stats),
    /// Everything was said.
    Done,
    /// The request cannot be answered further: a sentence for the user that says what is wrong and what to do.
    Failed(String),
}

/// What a finished run cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// Steps computed.
    pub steps: usize,
    /// Milliseconds spent computing in the worker (simulation, shuffles, steps, recording), waiting excluded.
    pub milliseconds: f64,
    /// How many times `make_step` was traced and compiled: once per shape of batch.
    pub compilations: usize,
    /// What ran the compiled programs.
    pub backend: Backend,
}

impl Body {
    /// Whether it is the last answer to its request.
    #[must_use]
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Done | Self::Failed(_))
    }
}

impl Columns for FromWorker {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self::Answer(Answer { body, .. }) = self else { return Vec::new() };
        match body {
            Body::Chunk { chunk, .. } => chunk.columns(),
            Body::Inspected { inspection, .. } => inspection.columns(),
            Body::Row(outcomes) => outcomes.columns(),
            Body::Curves(curves) => curves.columns(),
            Body::Mlp(steps) => steps.columns(),
            Body::Lbfgs(steps) => steps.columns(),
            Body::Started { .. }
            | Body::Finished { .. }
            | Body::Dissected { .. }
            | Body::Modules(_)
            | Body::Programs(_)
            | Body::Keys(_)
            | Body::Traced(_)
            | Body::Measured(_)
            | Body::Limits(_)
            | Body::MlpStarted { .. }
            | Body::MlpEnded { .. }
            | Body::LbfgsEnded(_)
            | Body::Done
            | Body::Held(_)
            | Body::Failed(_) => Vec::new(),
        }
    }
}

//! What the page and its worker say to each other. Both ends are Rust; the types are the protocol.
//!
//! A newer [`ToWorker::Run`] cancels an older one at once; every answer carries the id of the run that it belongs to, so
//! answers to a cancelled run can be told apart and dropped. The long float columns of a [`Chunk`] travel as transferable buffers
//! (see `web`), everything else as structured values.

use serde::{Deserialize, Serialize};

use crate::lecture::config::Config;
pub use crate::lecture::recording::{Chunk, Problem};

/// Counts runs up from 1; a newer run has a larger id.
pub type RunId = u32;

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Compute this configuration from its beginning; whatever was running is cancelled.
    Run {
        /// The id that every answer carries.
        id: RunId,
        /// What to compute.
        config: Config,
    },
    /// Stop the running computation, if any.
    Cancel,
}

/// From the worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// Sent once: the worker listens from now on.
    Ready,
    /// The data of a run are simulated; steps follow.
    Started {
        /// The run that this belongs to.
        id: RunId,
        /// What is known before the first step.
        problem: Problem,
    },
    /// Some more steps of the run, in order and without gaps.
    Chunk {
        /// The run that this belongs to.
        id: RunId,
        /// The steps.
        chunk: Chunk,
    },
    /// All steps were sent.
    Done {
        /// The run that this belongs to.
        id: RunId,
        /// What it cost.
        stats: Stats,
    },
    /// The run cannot be computed.
    Failed {
        /// The run that this belongs to.
        id: RunId,
        /// A sentence for the user: what is wrong and what to do.
        message: String,
    },
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
}

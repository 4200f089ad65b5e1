//! What the page and its worker say to each other. Both ends are Rust; the types are the protocol.
//!
//! A newer [`ToWorker::Run`] cancels an older one at once; every answer carries the id of the request that it belongs to, so
//! answers to a cancelled one can be told apart and dropped. The long float columns of a [`Chunk`] or an [`Inspection`] travel as transferable buffers
//! (see `web`), everything else as structured values.

use serde::{Deserialize, Serialize};

pub use crate::jax::compile::Backend;
pub use crate::lecture::run::costs::Costs;
pub use crate::lecture::run::inspection::Inspection;
pub use crate::lecture::run::recording::{Chunk, Problem};
use crate::lecture::settings::config::Config;

/// Counts requests up from 1; a newer one has a larger id.
pub type RunId = u32;

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Compute these configurations, one after the other, from their beginning; whatever was running is cancelled.
    Run {
        /// The id that every answer carries.
        id: RunId,
        /// What to compute.
        configs: Vec<Config>,
        /// For the first of them, how many steps were taken before the one that is to be taken apart as soon as the run is finished.
        inspect: Vec<usize>,
    },
    /// Take steps of runs apart, one after the other. The newest of these that waits is answered; older ones are dropped.
    Inspect {
        /// The id of the runs.
        id: RunId,
        /// Which of them, by its place in `configs`, and how many of its steps were taken before the one in question.
        steps: Vec<(usize, usize)>,
    },
    /// Measure what the ways of calling a step cost for this configuration, when no run is being computed.
    Measure {
        /// The id that the answer carries.
        id: RunId,
        /// For which settings.
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
        /// The request that this belongs to.
        id: RunId,
        /// Which of its runs.
        run: usize,
        /// What is known before the first step.
        problem: Problem,
    },
    /// Some more steps of a run, in order and without gaps.
    Chunk {
        /// The request that this belongs to.
        id: RunId,
        /// Which of its runs.
        run: usize,
        /// The steps.
        chunk: Chunk,
    },
    /// All steps of a run were sent.
    Done {
        /// The request that this belongs to.
        id: RunId,
        /// Which of its runs.
        run: usize,
        /// What it cost.
        stats: Stats,
    },
    /// A step taken apart: the answer to a question, or what the request for the run asked for, which comes before [`FromWorker::Done`].
    Inspected {
        /// The id of the runs.
        id: RunId,
        /// Which of them.
        run: usize,
        /// The step.
        inspection: Inspection,
    },
    /// What the ways of calling a step cost.
    Measured {
        /// The request that this belongs to.
        id: RunId,
        /// The times.
        costs: Costs,
    },
    /// A request cannot be answered.
    Failed {
        /// The request that this belongs to.
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
    /// What ran the compiled programs.
    pub backend: Backend,
}

impl Stats {
    /// The time in words, in milliseconds. Some browsers' clocks tell whole milliseconds only, and then a short time is none.
    #[must_use]
    pub fn time(&self) -> String {
        if self.milliseconds < 0.05 { "under 1".to_owned() } else { format!("{:.1}", self.milliseconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::Stats;

    #[test]
    fn a_time_is_never_nothing() {
        let time = |milliseconds| Stats { milliseconds, ..Stats::default() }.time();
        assert_eq!([0.0, 0.04, 0.05, 1.96, 12.0].map(time), ["under 1", "under 1", "0.1", "2.0", "12.0"]);
    }
}

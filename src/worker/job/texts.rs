//! What is asked about the programs of runs apart from any run: [`Programs`] prints those of a step, [`KeysOf`] tells its keys, [`TracedSteps`] what was
//! compiled so far.

use crate::lecture::run::keys::keys;
use crate::lecture::run::texts::texts;
use crate::lecture::settings::config::Config;
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::Body;

/// The programs of a configuration's step, for batches of some size.
#[derive(Debug)]
pub struct Programs {
    config: Config,
    rows: usize,
}

impl Programs {
    /// Those of this configuration, for batches of this many rows.
    #[must_use]
    pub fn new(config: Config, rows: usize) -> Self {
        Self { config, rows }
    }
}

impl Job for Programs {
    fn urgency(&self) -> Urgency {
        Urgency::Question
    }

    fn slice(&mut self, _: &Context<'_>) -> Slice {
        match texts(&self.config, self.rows) {
            Ok(texts) => Slice::done(vec![Body::Programs(texts.into())]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

/// The keys of a run up to an epoch.
#[derive(Debug)]
pub struct KeysOf {
    config: Config,
    epoch: usize,
}

impl KeysOf {
    /// Those of this run, up to this epoch.
    #[must_use]
    pub fn new(config: Config, epoch: usize) -> Self {
        Self { config, epoch }
    }
}

impl Job for KeysOf {
    fn urgency(&self) -> Urgency {
        Urgency::Question
    }

    fn slice(&mut self, _: &Context<'_>) -> Slice {
        match keys(&self.config, self.epoch) {
            Ok(keys) => Slice::done(vec![Body::Keys(keys.into())]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

/// The steps that were traced and compiled so far.
#[derive(Debug)]
pub struct TracedSteps;

impl Job for TracedSteps {
    /// After the runs that were asked for before it, which it tells of.
    fn urgency(&self) -> Urgency {
        Urgency::Runs
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        Slice::done(vec![Body::Traced(cx.shared.traced())])
    }
}

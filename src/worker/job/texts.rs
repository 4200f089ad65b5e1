//! [`Programs`]: prints the programs of a step.

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

//! [`Limits`]: finds the learning rates that hold on the data of some settings.

use crate::lecture::settings::config::Config;
use crate::lecture::verdict::stability::Stability;
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::Body;

/// The limits for some settings; a few milliseconds.
#[derive(Debug)]
pub struct Limits(Config);

impl Limits {
    /// For these settings.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self(config)
    }
}

impl Job for Limits {
    /// The runs on screen come first: their curves follow the slider.
    fn urgency(&self) -> Urgency {
        Urgency::MapRow
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        let found = cx.shared.simulation(&self.0).and_then(|simulation| Stability::of(&self.0, &simulation));
        match found {
            Ok(phases) => Slice::done(vec![Body::Limits(phases)]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

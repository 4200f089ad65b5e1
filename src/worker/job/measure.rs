//! [`Measure`]: measures what the ways of calling a step cost.

use crate::base::error::Result;
use crate::lecture::run::costs::{Costs, Measurement};
use crate::lecture::settings::config::Config;
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::protocol::Body;

/// A measurement for some settings.
#[derive(Debug)]
pub struct Measure {
    config: Config,
    /// None before the first slice.
    measurement: Option<Measurement>,
}

impl Measure {
    /// For these settings.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self { config, measurement: None }
    }

    fn more(&mut self, clock: &dyn Fn() -> f64) -> Result<Option<Costs>> {
        match &mut self.measurement {
            Some(measurement) => Ok(measurement.slice(clock)),
            none => {
                *none = Some(Measurement::new(&self.config)?);
                Ok(None)
            }
        }
    }
}

impl Job for Measure {
    fn urgency(&self) -> Urgency {
        Urgency::Measurement
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match self.more(cx.clock) {
            Ok(None) => Slice::more(Vec::new()),
            Ok(Some(costs)) => Slice::done(vec![Body::Measured(costs)]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

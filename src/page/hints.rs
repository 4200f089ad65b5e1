//! What is to be known of a setting beside the others as they are: that it counts for nothing, or means something else than it says.

use crate::base::words::thousands;
use crate::lecture::settings::config::{Config, Optimizer};

/// What stands beside the setting of this key; nothing where it means what it says.
#[must_use]
pub fn hint(key: &str, config: &Config) -> Option<String> {
    let rows = config.samples;
    match key {
        "lr" | "schedule" if config.optimizer == Optimizer::Lbfgs => {
            Some("Counts for nothing here: L-BFGS searches for the length of each step.".to_owned())
        }
        "batch" if config.batch_size > rows => {
            let all = if rows == 1 { "the only row".to_owned() } else { format!("all {} rows", thousands(rows)) };
            Some(format!("Larger than the data: each batch has {all}."))
        }
        "theta0" if config.features > 2 => {
            Some(format!("The first 2 of {} numbers; the others stay as they are.", thousands(config.features)))
        }
        _ => None,
    }
}

//! [`Rates`]: the learning rate of each step of a run, as its schedule returns it, through a branch.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::lecture::programs::step_program::learning_rates_at;
use crate::lecture::run::phase::keeps_state;
use crate::lecture::settings::config::{Config, Schedule};

/// The most entries that are kept, 32 KiB of them.
const ENTRIES: usize = 8192;

/// So many are kept of a rate that stays the same: as many as a chart has columns.
const OF_CONSTANT: usize = 512;

/// The learning rates of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// Steps between entries.
    pub stride: usize,
    /// The rate of the steps `stride`, 2 `stride`, …, counted from 1, and of the last one.
    pub values: Vec<f32>,
}

impl Rates {
    /// The rates of a run, by its schedule called on its own (optax rounds it there up to an ulp differently than inside a compiled step). A branch with an
    /// optimizer of the same kind keeps its state and with it the schedule's count; any other begins its schedule anew.
    ///
    /// # Errors
    /// None for a valid configuration.
    pub fn new(config: &Config) -> Result<Self> {
        let total = config.planned_steps();
        let is_constant = config.branch.is_none() && config.schedule == Schedule::Constant;
        let stride = total.div_ceil(if is_constant { OF_CONSTANT } else { ENTRIES }).max(1);
        let steps: Vec<usize> = (1..=total.div_ceil(stride)).map(|entry| (entry * stride).min(total) - 1).collect();
        Ok(Self { stride, values: of(config, &steps)? })
    }

    /// The rate of one step of `total`, counted from 1; none at the start, and of steps between entries.
    #[must_use]
    pub fn of(&self, step: usize, total: usize) -> Option<f32> {
        let stride = self.stride.max(1);
        let entry = step.checked_sub(1)? / stride;
        let rate = *self.values.get(entry)?;
        let is_kept = step.is_multiple_of(stride) || step == total;
        (is_kept || self.values.iter().all(|other| *other == rate)).then_some(rate)
    }
}

/// The rates of the steps after these many others, which ascend.
fn of(config: &Config, steps: &[usize]) -> Result<Vec<f32>> {
    let (Some(branch), Some(after)) = (&config.branch, config.branched()) else {
        return learning_rates_at(config, steps);
    };
    let first_after = steps.iter().take_while(|&&step| step < branch.step).count();
    let from = if keeps_state(config, &after) { 0 } else { branch.step };
    let counts: Vec<usize> = steps[first_after..].iter().map(|step| step - from).collect();
    let mut values = learning_rates_at(config, &steps[..first_after])?;
    values.extend(learning_rates_at(&after, &counts)?);
    Ok(values)
}

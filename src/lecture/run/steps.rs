//! [`Steps`]: an epoch cut into batches, and the compiled step for each size of batch.

use std::ops::Range;

use crate::base::error::{Error, Result};

use crate::lecture::data::loader::Data;
use crate::lecture::run::cache::{Shared, SharedStep};
use crate::lecture::settings::config::Config;

/// The compiled steps of a configuration: one for full batches and, where N is no multiple of the batch size, one for the rest.
pub struct Steps {
    /// With the number of rows of their batches, in the order in which an epoch comes to them.
    sizes: Vec<(usize, SharedStep)>,
    /// How many numbers a step records.
    width: usize,
}

impl Steps {
    /// Compiles the steps, or takes them from those that are shared: of one training, or of this many side by side, whose numbers then have one more axis,
    /// the last one (see [`crate::lecture::run::recorded_step::RecordedStep::mapped`]).
    ///
    /// # Errors
    /// A step cannot be traced.
    pub fn new(config: &Config, trainings: Option<usize>, shared: &Shared) -> Result<Self> {
        let full = config.rows_per_batch();
        let rest = Some(config.samples % full).filter(|&rest| rest > 0);
        let compile = |rows| Ok((rows, shared.step(config, rows, trainings)?));
        Ok(Self {
            sizes: [full].into_iter().chain(rest).map(compile).collect::<Result<_>>()?,
            width: (config.features + 2) * trainings.unwrap_or(1),
        })
    }

    /// How many shapes of batch there are.
    #[must_use]
    pub fn sizes(&self) -> usize {
        self.sizes.len()
    }

    /// How many numbers a step records: its loss, the parameters after it, and their distance to the true ones, M + 2 for each training.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Takes the steps of an epoch, or of a part of it, that draw these rows of the data, at these learning rates, one for each training. `state` becomes
    /// what they leave; `records` has room for [`Self::width`] numbers of each.
    ///
    /// # Errors
    /// The rows end within a batch, or the rates or the records have another length.
    pub fn run(
        &self,
        rates: &[f32],
        data: &Data,
        rows: &[u32],
        state: &mut [Vec<u32>],
        records: &mut [f32],
    ) -> Result<()> {
        let (mut rows, mut records) = (rows, records);
        for (size, step) in &self.sizes {
            let steps = rows.len() / size;
            let (now, later) = rows.split_at(steps * size);
            let (numbers, room) = records.split_at_mut((steps * self.width).min(records.len()));
            if steps > 0 {
                step.borrow_mut().run(rates, data, now, state, numbers)?;
            }
            (rows, records) = (later, room);
        }
        if rows.is_empty() {
            return Ok(());
        }
        let expected = "it must be 0: rows come in whole batches, full ones and the epoch's last";
        Err(Error::value("The number of rows left over", rows.len(), expected))
    }
}

/// Where in the order of their epoch the rows of these steps lie, which are numbered through all epochs; at least one step, and all in one epoch.
#[must_use]
pub fn rows_of(config: &Config, steps: Range<usize>) -> Range<usize> {
    let (full, per_epoch) = (config.rows_per_batch(), config.steps_per_epoch());
    let (first, last) = (steps.start % per_epoch, (steps.end - 1) % per_epoch);
    first * full..((last + 1) * full).min(config.samples)
}

/// The stretches of these steps that lie in one epoch each, one after the other.
pub fn by_epoch(config: &Config, steps: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let per_epoch = config.steps_per_epoch();
    let cut = move |first: usize| first..steps.end.min((first / per_epoch + 1) * per_epoch);
    let is_some = move |stretch: Range<usize>| Some(stretch).filter(|stretch| !stretch.is_empty());
    std::iter::successors(is_some(cut(steps.start)), move |before| is_some(cut(before.end)))
}

/// At most about this many samples are drawn for one call of the compiled step, if an epoch has fewer.
const ROWS_AT_ONCE: usize = 1 << 14;

/// Before which step, at the latest, a call of the compiled step has to end that begins with step `first`: where its epoch ends, or, where the next epoch's batches
/// can follow at once, since the last one is as large as the others, where a later one does.
#[must_use]
pub fn end_of_call(config: &Config, first: usize) -> usize {
    let has_rest = !config.samples.is_multiple_of(config.rows_per_batch());
    let epochs = if has_rest { 1 } else { (ROWS_AT_ONCE / config.samples.max(1)).max(1) };
    let steps = config.steps_per_epoch() * epochs;
    (first / steps + 1) * steps
}

//! The chart of the data at a step: the batch that it drew, predictions and residuals; and the strip of the epoch's batches.

use crate::lecture::settings::config::{Approach, Config};
use crate::plot::{DataChart, EpochStrip, Theme};
use crate::worker::protocol::Inspection;

/// Rows of the table of a batch.
pub const TABLE_ROWS: usize = 64;

/// The chart of a step of a run in a column.
#[must_use]
pub fn chart<'a>(approach: Approach, step: &'a Inspection, theme: &Theme) -> DataChart<'a> {
    let columns = &step.columns;
    DataChart {
        x: &columns.x,
        targets: &columns.targets,
        predictions: &columns.predictions,
        slope: if columns.x.is_empty() { None } else { columns.params.first().copied() },
        order: &columns.order,
        first: step.first,
        rows: step.rows,
        look: theme.look(approach),
        window: None,
    }
}

/// The strip of the epoch that a step belongs to.
#[must_use]
pub fn strip(approach: Approach, step: &Inspection, config: &Config, theme: &Theme) -> EpochStrip {
    let (samples, batch_size) = (config.samples, config.rows_per_batch());
    EpochStrip { samples, batch_size, current: Some(step.batch), look: theme.look(approach) }
}

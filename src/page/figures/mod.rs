//! From the runs on screen to the charts that show them: [`curves`], the [`plane`] and the [`data`]. What they build is drawn by [`crate::plot`], on any surface.

pub mod curves;
pub mod data;
pub mod plane;
pub mod what_if;

/// Rows of a chart's table of values.
pub const TABLE_ROWS: usize = 24;

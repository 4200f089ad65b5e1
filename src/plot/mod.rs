//! Charts as plain functions from data to a drawing, on any back end of plotters: canvases in the page, SVG in tests and exports.
//!
//! Sizes are in CSS pixels; the drawing area has [`Theme::scale`] times as many. [`curves`] and [`plane`] draw what stays while time is scrubbed and
//! return a frame that says where data lie on the picture; [`curves_playhead`] and [`plane_playhead`] draw over it what stands at one step. Each chart
//! has its facts in a sentence, for a screen reader, and as a table.

mod axes;
mod class;
mod curves;
mod data;
mod envelope;
mod figure;
pub mod graph;
mod grid;
mod heatmap;
mod picture;
mod plane;
mod polyline;
mod sampling;
mod scale;
mod sheet;
mod table;
mod theme;

pub use crate::lecture::settings::program::Approach;
pub use class::{ClassChart, ClassRow, Crowd, Share, class, class_height, class_summary};
pub use curves::{
    Curve, CurvesChart, CurvesMiddle, Frame, RateStrip, Reading, StepAxis, StepUnit, curves, curves_decimation,
    curves_middle_table, curves_playhead, curves_readings, curves_summary, curves_table, rate_strip, sparkline,
};
pub use data::{
    DataChart, DataFrame, DataWindow, EpochStrip, StripFrame, data, data_nearest, data_summary, data_table, epoch_strip,
};
pub use envelope::{Decimation, envelope};
pub use figure::{Axis, FigureChart, Form, Series, figure};
pub use heatmap::{Heat, HeatAxis, HeatFrame, HeatLine, HeatMap, Shades, heatmap, heatmap_cursor};
pub use picture::picture;
pub use plane::{
    Path, PlaneChart, PlaneFrame, PlaneGradient, PlaneMoment, PlaneQuadratic, PlaneWindow, Projection, plane,
    plane_nearest, plane_playhead, plane_starts, plane_summary, plane_table,
};
pub use sampling::Sampling;
pub use sheet::Paper;
pub use table::{Row, Table};
pub use theme::{Dash, Look, Marker, Role, Theme, contrast};

/// A point in CSS pixels, from the top left.
pub type Pixel = (f64, f64);

/// A drawing that the back end refused: one pointer, because nearly every line of a chart may return it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the chart could not be drawn: {}", .0.reason)]
pub struct PlotError(Box<Refusal>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Refusal {
    reason: String,
}

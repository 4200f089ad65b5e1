//! The data at one step: with one feature the samples and the fitted line, otherwise predictions against targets; which samples this epoch has used,
//! and the batch of the step with its residuals.

mod strip;
mod words;

use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBAColor};

use super::grid::Grid;
use super::polyline::distance;
use super::sheet::{Paper, Sheet};
use super::{Look, Pixel, PlotError, Theme};

pub use strip::{EpochStrip, StripFrame, epoch_strip};
pub use words::{data_summary, data_table};

/// Samples of each kind that are drawn, at most: of more, every few are.
const MOST: usize = 1500;
/// Residuals that are drawn, at most.
const RESIDUALS: usize = 400;
/// How much larger than the data the view is.
const ROOM: f64 = 1.12;

/// The data at one step. The columns are those of an [`Inspection`](crate::lecture::run::inspection::Inspection).
#[derive(Clone, Debug)]
pub struct DataChart<'a> {
    /// The only feature where there is just one, length N; else empty.
    pub x: &'a [f32],
    /// The targets y, length N.
    pub targets: &'a [f32],
    /// The predictions ŷ = xθ before the step, length N.
    pub predictions: &'a [f32],
    /// The only parameter where there is just one, for the fitted line.
    pub slope: Option<f32>,
    /// The samples in the order in which this epoch deals them out: integers below N.
    pub order: &'a [u32],
    /// Where in `order` the batch of this step begins. Those before have been used in this epoch.
    pub first: usize,
    /// Samples in the batch.
    pub rows: usize,
    /// Hue and marker of the approach whose step it is.
    pub look: Look,
    /// The part of the data that is shown, to keep it still; otherwise all targets.
    pub window: Option<DataWindow>,
}

/// A part of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DataWindow {
    /// Left and bottom.
    pub low: (f64, f64),
    /// Right and top.
    pub high: (f64, f64),
}

/// What has become of a sample in this epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Later,
    Used,
    Now,
}

impl DataChart<'_> {
    /// Whether samples are drawn over their only feature.
    fn is_line(&self) -> bool {
        !self.x.is_empty()
    }

    /// The number of samples N.
    fn samples(&self) -> usize {
        self.targets.len()
    }

    /// Across, up: the feature and the target, or the target and the prediction. None where there is no such sample, or no such number.
    fn place(&self, sample: usize) -> Option<(f64, f64)> {
        let value = |values: &[f32]| values.get(sample).copied().filter(|value| value.is_finite()).map(f64::from);
        if self.is_line() {
            Some((value(self.x)?, value(self.targets)?))
        } else {
            Some((value(self.targets)?, value(self.predictions)?))
        }
    }

    /// The other end of a sample's residual: on the fitted line, or on the diagonal.
    fn foot(&self, sample: usize) -> Option<(f64, f64)> {
        let value = |values: &[f32]| values.get(sample).copied().filter(|value| value.is_finite()).map(f64::from);
        if self.is_line() {
            Some((value(self.x)?, value(self.predictions)?))
        } else {
            Some((value(self.targets)?, value(self.targets)?))
        }
    }

    /// The samples of a turn, in the order of the epoch.
    fn dealt(&self, turn: Turn) -> impl Iterator<Item = usize> + '_ {
        let first = self.first.min(self.order.len());
        let end = first.saturating_add(self.rows).min(self.order.len());
        let range = match turn {
            Turn::Used => 0..first,
            Turn::Now => first..end,
            Turn::Later => end..self.order.len(),
        };
        let samples = self.samples();
        self.order[range].iter().map(|&index| index as usize).filter(move |index| *index < samples)
    }

    /// Every how many samples of a turn one is drawn.
    fn thinned(&self, turn: Turn) -> usize {
        self.dealt(turn).count().div_ceil(MOST).max(1)
    }
}

/// Where the data lie on the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DataFrame {
    grid: Grid,
}

impl DataFrame {
    /// Where values lie, in CSS pixels: feature and target, or target and prediction.
    #[must_use]
    pub fn to_pixel(&self, values: (f64, f64)) -> Pixel {
        self.grid.pixel(values)
    }

    /// The values at a place, in CSS pixels.
    #[must_use]
    pub fn to_values(&self, at: Pixel) -> (f64, f64) {
        self.grid.value(at)
    }

    /// The part of the data that is shown: as [`window`](DataChart::window) it keeps the picture still.
    #[must_use]
    pub fn window(&self) -> DataWindow {
        DataWindow { low: self.grid.low, high: self.grid.high() }
    }

    /// A place within the picture: what lies beyond is shown at its edge.
    fn within(&self, values: (f64, f64)) -> Pixel {
        let (x, y) = self.grid.pixel(values);
        let rect = &self.grid.rect;
        (x.clamp(rect.left, rect.right), y.clamp(rect.top, rect.bottom))
    }
}

/// The values that hold all of these, with room around.
fn around(values: impl Iterator<Item = f32>) -> (f64, f64) {
    let finite = values.filter(|value| value.is_finite()).map(f64::from);
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    if low > high {
        return (-1.0, 1.0);
    }
    let (middle, half) = (f64::midpoint(low, high), ((high - low) / 2.0 * ROOM).max(1e-3 * high.abs()).max(1e-6));
    (middle - half, middle + half)
}

fn window(chart: &DataChart<'_>) -> DataWindow {
    let is_valid = |window: &DataWindow| {
        let spans = [window.high.0 - window.low.0, window.high.1 - window.low.1];
        spans.iter().all(|span| span.is_finite() && *span > 0.0)
    };
    chart.window.filter(is_valid).unwrap_or_else(|| {
        let up = around(chart.targets.iter().copied());
        let across = if chart.is_line() { around(chart.x.iter().copied()) } else { up };
        DataWindow { low: (across.0, up.0), high: (across.1, up.1) }
    })
}

/// Draws the data at a step.
///
/// # Errors
/// The back end refuses a stroke.
pub fn data(paper: &dyn Paper, chart: &DataChart<'_>, theme: &Theme) -> Result<DataFrame, PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let DataWindow { low, high } = window(chart);
    let frame = DataFrame { grid: Grid::new(&sheet, low, high, false) };
    let names = if chart.is_line() { ["x", "y"] } else { ["target y", "prediction ŷ"] };
    sheet.text("Data", (0.0, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    frame.grid.draw(&sheet, names)?;
    if chart.samples() == 0 {
        let rect = &frame.grid.rect;
        let middle = (f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom));
        sheet.text("no data yet", middle, theme.text, &theme.muted, (HPos::Center, VPos::Center))?;
        return Ok(frame);
    }
    draw_samples(&sheet, chart, &frame, Turn::Later, sheet.em(0.12), theme.ink.mix(0.3))?;
    draw_samples(&sheet, chart, &frame, Turn::Used, sheet.em(0.16), chart.look.color.mix(0.45))?;
    draw_model(&sheet, chart, &frame)?;
    draw_batch(&sheet, chart, &frame)?;
    draw_key(&sheet, chart, &frame)?;
    Ok(frame)
}

/// Samples outside the batch, as squares of a few pixels: there are many, and a square is a single stroke.
fn draw_samples(
    sheet: &Sheet<'_>,
    chart: &DataChart<'_>,
    frame: &DataFrame,
    turn: Turn,
    half: f64,
    color: RGBAColor,
) -> Result<(), PlotError> {
    let places = chart.dealt(turn).step_by(chart.thinned(turn)).filter_map(|sample| chart.place(sample));
    for (x, y) in places.map(|place| frame.within(place)) {
        sheet.block((x - half, y - half), (x + half, y + half), &color)?;
    }
    Ok(())
}

/// The fitted line, or the diagonal on which predictions are right.
fn draw_model(sheet: &Sheet<'_>, chart: &DataChart<'_>, frame: &DataFrame) -> Result<(), PlotError> {
    let (theme, DataWindow { low, high }) = (sheet.theme, frame.window());
    let (slope, color, width) = match chart.slope.filter(|_| chart.is_line()) {
        Some(slope) => (f64::from(slope), chart.look.color.to_rgba(), theme.line),
        None if chart.is_line() => return Ok(()),
        None => (1.0, theme.muted.to_rgba(), 1.0),
    };
    let line = [low.0, high.0].map(|x| frame.to_pixel((x, slope * x)));
    frame.grid.rect.pieces(&line).iter().try_for_each(|piece| sheet.path(piece, &color, width))?;
    if chart.is_line() {
        return Ok(());
    }
    // beside the diagonal, near where it leaves the picture
    let end = high.0.min(high.1);
    let near = end - 0.06 * (end - low.0.max(low.1));
    let (x, y) = frame.within((near, near));
    let at = (x - sheet.em(0.9), y);
    sheet.text("ŷ = y", at, theme.text, &theme.muted, (HPos::Right, VPos::Center))
}

/// The batch of the step: its residuals as thin lines, its samples in full hue.
fn draw_batch(sheet: &Sheet<'_>, chart: &DataChart<'_>, frame: &DataFrame) -> Result<(), PlotError> {
    let hue = &chart.look.color;
    let many = chart.dealt(Turn::Now).count();
    for sample in chart.dealt(Turn::Now).step_by(many.div_ceil(RESIDUALS).max(1)) {
        if let (Some(place), Some(foot)) = (chart.place(sample), chart.foot(sample)) {
            sheet.path(&[frame.within(foot), frame.within(place)], &hue.mix(0.7), 1.0)?;
        }
    }
    let radius = sheet.em(if many > 200 { 0.2 } else { 0.3 });
    for sample in chart.dealt(Turn::Now).step_by(chart.thinned(Turn::Now)) {
        let Some(place) = chart.place(sample) else { continue };
        let at = frame.within(place);
        if many <= 200 {
            sheet.filled(at, chart.look.marker, radius + sheet.em(0.1), &sheet.theme.paper)?;
        }
        sheet.filled(at, chart.look.marker, radius, hue)?;
    }
    Ok(())
}

/// What the three kinds of samples are, at the right of the title.
fn draw_key(sheet: &Sheet<'_>, chart: &DataChart<'_>, frame: &DataFrame) -> Result<(), PlotError> {
    let (theme, size) = (sheet.theme, sheet.theme.text - 1.0);
    let readable = theme.readable(chart.look.color);
    let keys = [
        ("to come", theme.muted.to_rgba(), sheet.em(0.14), theme.ink.mix(0.3)),
        ("used", readable.to_rgba(), sheet.em(0.16), chart.look.color.mix(0.45)),
        ("this batch", readable.to_rgba(), 0.0, chart.look.color.to_rgba()),
    ];
    let (mut right, y) = (frame.grid.rect.right, sheet.em(0.95));
    for (text, color, half, mark) in keys.into_iter().rev() {
        sheet.text(text, (right, y), size, &color, (HPos::Right, VPos::Center))?;
        let at = (right - super::sheet::width_of(text, size) - sheet.em(0.45), y);
        if half > 0.0 {
            sheet.block((at.0 - half, at.1 - half), (at.0 + half, at.1 + half), &mark)?;
        } else {
            sheet.filled(at, chart.look.marker, sheet.em(0.3), &mark)?;
        }
        right = at.0 - sheet.em(0.8);
    }
    Ok(())
}

/// The sample whose place is nearest to a place on the picture, within `reach`; of equally near ones one of the batch. In CSS pixels.
#[must_use]
pub fn data_nearest(chart: &DataChart<'_>, frame: &DataFrame, (x, y): Pixel, reach: f64) -> Option<usize> {
    let turns = [Turn::Now, Turn::Used, Turn::Later];
    let samples = turns.into_iter().flat_map(|turn| chart.dealt(turn).step_by(chart.thinned(turn)));
    let distances = samples.filter_map(|sample| {
        let at = frame.within(chart.place(sample)?);
        Some((distance(at, (x, y)), sample))
    });
    let nearest = distances.filter(|(distance, _)| *distance <= reach).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.map(|(_, sample)| sample)
}

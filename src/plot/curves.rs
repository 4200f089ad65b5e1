//! Curves against steps, on a logarithmic or linear axis, with the scale of steps below and a direct label at each line's end.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use super::axes::{decades, grouped, log_range, plain, power_of_ten, round_ticks};
use super::series::{Rect, dashes, decimate};
use super::{Pixel, PlotError, Sheet, Theme};

/// How a curve is drawn, so that approaches can be told apart without colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dash {
    /// An unbroken line.
    Solid,
    /// Long dashes.
    Long,
    /// Dots.
    Dots,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// What stands at its end.
    pub label: &'a str,
    /// Its hue.
    pub color: RGBColor,
    /// Its dash pattern.
    pub dash: Dash,
    /// Whether it steps back behind the others.
    pub faint: bool,
    /// `values[s]` is the value after step s + 1. It ends where it is not finite.
    pub values: &'a [f32],
}

/// A chart of curves against steps.
#[derive(Clone, Debug)]
pub struct CurvesChart<'a> {
    /// What is drawn.
    pub title: &'a str,
    /// The unit of the values, if they have one.
    pub unit: &'a str,
    /// The lines, the last on top.
    pub curves: &'a [Curve<'a>],
    /// Where the scale of steps ends.
    pub total_steps: usize,
    /// Steps in an epoch.
    pub steps_per_epoch: usize,
    /// Values that the program prints, with their steps; small rings.
    pub markers: &'a [(usize, f32)],
    /// Whether the scale of values is logarithmic.
    pub log: bool,
}

/// Where the data lie on the picture, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Step 0.
    pub left: f64,
    /// The largest value.
    pub top: f64,
    /// The last step.
    pub right: f64,
    /// The smallest value.
    pub bottom: f64,
    /// Where the scale of steps ends.
    pub total_steps: usize,
}

#[allow(clippy::cast_precision_loss)] // step counts are far below 2⁵²
impl Frame {
    /// The horizontal place of a step.
    #[must_use]
    pub fn x_of_step(&self, step: usize) -> f64 {
        self.left + (self.right - self.left) * step as f64 / self.total_steps.max(1) as f64
    }

    /// The step that is nearest to a horizontal place.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to the steps
    pub fn step_at(&self, x: f64) -> usize {
        let fraction = ((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0);
        (fraction * self.total_steps as f64).round() as usize
    }
}

/// The scale of values.
struct Scale {
    low: f64,
    high: f64,
    log: bool,
    top: f64,
    bottom: f64,
}

impl Scale {
    fn y(&self, value: f64) -> f64 {
        let fraction = if self.log {
            (value / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.bottom - fraction * (self.bottom - self.top)
    }
}

/// Draws the chart.
///
/// # Errors
/// The back end refuses a stroke.
pub fn curves<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &CurvesChart<'_>,
    theme: &Theme,
) -> Result<Frame, PlotError> {
    let sheet = Sheet::new(area, theme)?;
    let (width, height) = sheet.size();
    let frame = Frame {
        left: 52.0,
        top: 34.0,
        right: (width - 74.0).max(60.0),
        bottom: (height - 40.0).max(44.0),
        total_steps: chart.total_steps,
    };
    let scale = scale(chart, &frame);
    sheet.text(&title(chart), (0.0, 4.0), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    draw_values_axis(&sheet, &scale, &frame)?;
    draw_steps_axis(&sheet, chart, &frame)?;
    if chart.curves.iter().all(|curve| curve.values.is_empty()) {
        let middle = (f64::midpoint(frame.left, frame.right), f64::midpoint(frame.top, frame.bottom));
        sheet.text("no steps yet", middle, theme.text, &theme.muted, (HPos::Center, VPos::Center))?;
    }
    let mut labels = Vec::new();
    for curve in chart.curves {
        if let Some(end) = draw_curve(&sheet, curve, &scale, &frame)? {
            labels.push((end, curve));
        }
    }
    for &(step, value) in chart.markers {
        let at = (frame.x_of_step(step), scale.y(f64::from(value)));
        if value.is_finite() && value > 0.0 && rect(&frame).contains(at) {
            sheet.ring(at, 3.0, &chart.curves.last().map_or(theme.ink, |curve| curve.color))?;
        }
    }
    draw_labels(&sheet, labels, &frame)?;
    Ok(frame)
}

fn title(chart: &CurvesChart<'_>) -> String {
    if chart.unit.is_empty() { chart.title.to_owned() } else { format!("{} ({})", chart.title, chart.unit) }
}

fn rect(frame: &Frame) -> Rect {
    Rect { left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom }
}

fn scale(chart: &CurvesChart<'_>, frame: &Frame) -> Scale {
    let values = || chart.curves.iter().flat_map(|curve| curve.values.iter().copied());
    let (low, high) = if chart.log {
        log_range(values())
    } else {
        let finite = values().map(f64::from).filter(|value| value.is_finite());
        let high = finite.fold(0.0f64, f64::max);
        (0.0, if high > 0.0 { high * 1.05 } else { 1.0 })
    };
    Scale { low, high, log: chart.log, top: frame.top, bottom: frame.bottom }
}

fn draw_values_axis<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, scale: &Scale, frame: &Frame) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let label = |text: &str, y: f64| {
        sheet.text(text, (frame.left - 8.0, y), theme.text, &theme.muted, (HPos::Right, VPos::Center))
    };
    let rule = |y: f64| sheet.path(&[(frame.left, y), (frame.right, y)], &theme.rule.mix(0.7), 1.0);
    if !scale.log {
        let (ticks, step) = round_ticks(scale.low, scale.high, (frame.bottom - frame.top) / 40.0);
        for tick in ticks {
            rule(scale.y(tick))?;
            label(&plain(tick, step), scale.y(tick))?;
        }
        return Ok(());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few ticks
    let most = ((frame.bottom - frame.top) / 26.0).max(2.0) as usize;
    let ticks = decades(scale.low, scale.high, most);
    let every = ticks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1);
    for &exponent in &ticks {
        let y = scale.y(10f64.powi(exponent));
        rule(y)?;
        label(&power_of_ten(exponent), y)?;
    }
    let within_decades = every == 1 && (scale.high / scale.low).log10() < 8.0;
    let first = ticks.first().copied().unwrap_or(0) - 1;
    let last = ticks.last().copied().unwrap_or(0);
    for exponent in (first..=last).filter(|_| within_decades) {
        for digit in 2..10 {
            let value = f64::from(digit) * 10f64.powi(exponent);
            if (scale.low..=scale.high).contains(&value) {
                let y = scale.y(value);
                sheet.path(&[(frame.left - 4.0, y), (frame.left, y)], &theme.rule, 1.0)?;
            }
        }
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // step counts
fn draw_steps_axis<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &CurvesChart<'_>,
    frame: &Frame,
) -> Result<(), PlotError> {
    let theme = sheet.theme;
    sheet.path(&[(frame.left, frame.bottom), (frame.right, frame.bottom)], &theme.muted, 1.0)?;
    let (ticks, step) = round_ticks(0.0, chart.total_steps as f64, (frame.right - frame.left) / 80.0);
    for tick in ticks.into_iter().filter(|_| step >= 1.0) {
        let x = frame.x_of_step(tick as usize);
        sheet.path(&[(x, frame.bottom), (x, frame.bottom + 4.0)], &theme.muted, 1.0)?;
        sheet.text(&grouped(tick), (x, frame.bottom + 7.0), theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    let epochs = chart.total_steps / chart.steps_per_epoch.max(1);
    let unit = format!("step ({} epochs of {})", grouped(epochs as f64), grouped(chart.steps_per_epoch as f64));
    let at = (frame.right, frame.bottom + 23.0);
    sheet.text(&unit, at, theme.text - 1.0, &theme.muted, (HPos::Right, VPos::Top))
}

/// Draws a curve as far as it is finite; gives its last point.
fn draw_curve<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    curve: &Curve<'_>,
    scale: &Scale,
    frame: &Frame,
) -> Result<Option<Pixel>, PlotError> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels of a screen
    let columns = (frame.right - frame.left).max(1.0) as usize;
    let points: Vec<Pixel> = decimate(curve.values, columns)
        .into_iter()
        .take_while(|(_, value)| value.is_finite())
        .map(|(index, value)| (frame.x_of_step(index + 1), scale.y(f64::from(value).clamp(scale.low, scale.high))))
        .collect();
    let color = curve.color.mix(if curve.faint { 0.55 } else { 1.0 });
    let width = if curve.faint { sheet.theme.line * 0.7 } else { sheet.theme.line };
    let pieces = match curve.dash {
        Dash::Solid => vec![points.clone()],
        Dash::Long => dashes(&points, 9.0, 5.0),
        Dash::Dots => dashes(&points, 2.0, 4.0),
    };
    for piece in pieces {
        sheet.path(&piece, &color, width)?;
    }
    Ok(points.last().copied())
}

/// Labels at the lines' ends, moved apart where they would overlap.
fn draw_labels<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    mut labels: Vec<(Pixel, &Curve<'_>)>,
    frame: &Frame,
) -> Result<(), PlotError> {
    labels.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
    let apart = sheet.theme.text + 3.0;
    let mut lowest = frame.top - apart;
    for (end, curve) in labels {
        let y = end.1.max(lowest + apart);
        lowest = y;
        let color = if curve.faint { sheet.theme.muted } else { curve.color };
        sheet.text(curve.label, (end.0 + 6.0, y), sheet.theme.text, &color, (HPos::Left, VPos::Center))?;
    }
    Ok(())
}

/// The values alone, logarithmic, filling the area: the picture under the timeline.
///
/// # Errors
/// The back end refuses a stroke.
pub fn sparkline<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    values: &[f32],
    color: RGBColor,
    theme: &Theme,
) -> Result<(), PlotError> {
    let sheet = Sheet::new(area, theme)?;
    let (width, height) = sheet.size();
    let frame = Frame { left: 0.0, top: 3.0, right: width, bottom: height - 3.0, total_steps: values.len() };
    let (low, high) = log_range(values.iter().copied());
    let scale = Scale { low, high, log: true, top: frame.top, bottom: frame.bottom };
    let curve = Curve { label: "", color, dash: Dash::Solid, faint: true, values };
    draw_curve(&sheet, &curve, &scale, &frame).map(|_| ())
}

/// One sentence for a screen reader.
#[must_use]
pub fn curves_summary(chart: &CurvesChart<'_>) -> String {
    let Some(curve) = chart.curves.last().filter(|curve| !curve.values.is_empty()) else {
        return format!("{}: no steps yet.", chart.title);
    };
    let (first, last) = (curve.values[0], curve.values[curve.values.len() - 1]);
    let steps = curve.values.len();
    match curve.values.iter().position(|value| !value.is_finite()) {
        Some(step) => format!("{}: it starts at {first:.3e} and leaves float32 at step {}.", chart.title, step + 1),
        None => format!("{}: from {first:.3e} after the first step to {last:.3e} after step {steps}.", chart.title),
    }
}

//! Curves against steps, on a logarithmic or linear axis, with the scale of steps below and a direct label at each line's end.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use super::axes::{grouped, round_ticks};
use super::scale::{Scale, finite};
use super::series::{dashes, decimate};
use super::{Pixel, PlotError, Sheet, Theme, width_of};

/// A line that travels up and down this many times the chart's width is drawn thin, since it fills an area.
const BUSY: f64 = 6.0;
/// How dense a dashed line's dashes may get, in times the chart's width.
const DASHED: f64 = 2.0;

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

impl Frame {
    /// The horizontal place of a step.
    #[must_use]
    pub fn x_of_step(&self, step: usize) -> f64 {
        self.left + (self.right - self.left) * step as f64 / self.total_steps.max(1) as f64
    }

    /// The step that is nearest to a horizontal place.
    #[must_use]
    pub fn step_at(&self, x: f64) -> usize {
        let fraction = ((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0);
        (fraction * self.total_steps as f64).round() as usize
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
    // the same margins for every chart of a size, so that charts above one another share their steps
    let frame = Frame {
        left: sheet.em(4.3),
        top: sheet.em(2.6),
        right: (width - sheet.em(5.7)).max(sheet.em(4.9)),
        bottom: (height - sheet.em(3.1)).max(sheet.em(3.4)),
        total_steps: chart.total_steps,
    };
    let scale = Scale::new(chart.curves.iter().map(|curve| curve.values), chart.log, (frame.top, frame.bottom));
    let empty = chart.curves.iter().all(|curve| curve.values.is_empty());
    sheet.text(&title(chart), (0.0, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    draw_values_axis(&sheet, &scale, &frame, !empty)?;
    draw_steps_axis(&sheet, chart, &frame)?;
    if empty {
        let middle = (f64::midpoint(frame.left, frame.right), f64::midpoint(frame.top, frame.bottom));
        sheet.text("no steps yet", middle, theme.text, &theme.muted, (HPos::Center, VPos::Center))?;
    }
    let mut labels = Vec::new();
    for curve in chart.curves {
        labels.extend(draw_curve(&sheet, curve, &scale, &frame)?);
    }
    for &(step, value) in chart.markers.iter().filter(|(step, _)| *step <= chart.total_steps) {
        if let Some(y) = scale.y(f64::from(value)) {
            let color = nearest(chart, step, value).map_or(theme.ink, |curve| curve.color);
            sheet.ring((frame.x_of_step(step), y), sheet.em(0.23), &color)?;
        }
    }
    draw_labels(&sheet, labels, &frame)?;
    Ok(frame)
}

fn title(chart: &CurvesChart<'_>) -> String {
    if chart.unit.is_empty() { chart.title.to_owned() } else { format!("{} ({})", chart.title, chart.unit) }
}

/// The curve that a printed value belongs to.
fn nearest<'a>(chart: &CurvesChart<'a>, step: usize, value: f32) -> Option<&'a Curve<'a>> {
    let apart = |curve: &Curve<'_>| {
        step.checked_sub(1).and_then(|index| curve.values.get(index)).map_or(f32::INFINITY, |v| (v - value).abs())
    };
    chart.curves.iter().filter(|curve| !curve.faint).min_by(|a, b| apart(a).total_cmp(&apart(b)))
}

fn draw_values_axis<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    scale: &Scale,
    frame: &Frame,
    ruled: bool,
) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let ticks = scale.ticks(sheet.em(2.0));
    for (value, label) in ticks.labelled {
        let Some(y) = scale.y(value) else { continue };
        if ruled {
            sheet.rule((frame.left, y), (frame.right, y), &theme.rule.mix(0.7))?;
        }
        let at = (frame.left - sheet.em(0.6), y);
        sheet.text(&label, at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    for y in ticks.light.into_iter().filter_map(|value| scale.y(value)) {
        sheet.rule((frame.left - sheet.em(0.3), y), (frame.left, y), &theme.rule)?;
    }
    Ok(())
}

fn draw_steps_axis<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &CurvesChart<'_>,
    frame: &Frame,
) -> Result<(), PlotError> {
    let (theme, bottom) = (sheet.theme, frame.bottom);
    let per_epoch = chart.steps_per_epoch.max(1);
    let epochs = chart.total_steps / per_epoch;
    if per_epoch > 1 && (frame.right - frame.left) / epochs.max(1) as f64 >= sheet.em(0.6) {
        for epoch in 1..=epochs {
            let x = frame.x_of_step(epoch * per_epoch);
            sheet.rule((x, bottom - sheet.em(0.25)), (x, bottom), &theme.rule)?;
        }
    }
    sheet.rule((frame.left, bottom), (frame.right, bottom), &theme.muted)?;
    let most = ((frame.right - frame.left) / sheet.em(5.6)).min(chart.total_steps as f64);
    let (ticks, _) = round_ticks(0.0, chart.total_steps.max(1) as f64, most);
    for tick in ticks.into_iter().filter(|tick| *tick <= chart.total_steps as f64) {
        let x = frame.x_of_step(tick as usize);
        sheet.rule((x, bottom), (x, bottom + sheet.em(0.3)), &theme.muted)?;
        let at = (x, bottom + sheet.em(0.5));
        sheet.text(&grouped(tick), at, theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    let count =
        |count: usize, noun: &str| format!("{} {noun}{}", grouped(count as f64), if count == 1 { "" } else { "s" });
    let unit = format!("step ({} of {})", count(epochs, "epoch"), count(per_epoch, "step"));
    let at = (frame.right, bottom + sheet.em(1.8));
    sheet.text(&unit, at, theme.text - 1.0, &theme.muted, (HPos::Right, VPos::Top))
}

/// The end of a curve, where its label stands.
struct End<'a> {
    at: Pixel,
    curve: &'a Curve<'a>,
    /// The step at which it leaves float32.
    left: Option<usize>,
}

/// Draws a curve as far as it is finite; gives its last point.
fn draw_curve<'a, DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    curve: &'a Curve<'a>,
    scale: &Scale,
    frame: &Frame,
) -> Result<Option<End<'a>>, PlotError> {
    let across = (frame.right - frame.left).max(1.0);
    let values = finite(curve.values);
    let points: Vec<Option<Pixel>> = decimate(values, across as usize)
        .into_iter()
        .map(|(index, value)| Some((frame.x_of_step(index + 1), scale.y(f64::from(value))?)))
        .collect();
    let lines = points.split(Option::is_none).map(|line| line.iter().copied().flatten().collect::<Vec<Pixel>>());
    for mut line in lines.filter(|line| !line.is_empty()) {
        if line.len() == 1 {
            line = vec![(line[0].0 - 0.5, line[0].1), (line[0].0 + 0.5, line[0].1)];
        }
        draw_line(sheet, curve, &line, across)?;
    }
    let Some(at) = points.into_iter().flatten().next_back() else { return Ok(None) };
    let left = (values.len() < curve.values.len()).then_some(values.len() + 1);
    if left.is_some() && !curve.faint {
        let arm = sheet.em(0.3);
        for up in [-arm, arm] {
            sheet.path(&[(at.0 - arm, at.1 - up), (at.0 + arm, at.1 + up)], &curve.color, sheet.theme.line)?;
        }
    }
    Ok(Some(End { at, curve, left }))
}

fn draw_line<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    curve: &Curve<'_>,
    line: &[Pixel],
    across: f64,
) -> Result<(), PlotError> {
    let travel: f64 = line.windows(2).map(|pair| (pair[1].1 - pair[0].1).abs()).sum();
    let thin = curve.faint || travel > BUSY * across;
    let width = sheet.theme.line * if thin { 0.6 } else { 1.0 };
    let color = curve.color.mix(if curve.faint { 0.55 } else { 1.0 });
    let stretch = ((travel + across) / (DASHED * across)).max(1.0);
    let pieces = match curve.dash {
        Dash::Solid => return sheet.path(line, &color, width),
        Dash::Long => dashes(line, 9.0 * stretch, 5.0 * stretch),
        Dash::Dots => dashes(line, 2.0 * stretch, 4.0 * stretch),
    };
    pieces.iter().try_for_each(|piece| sheet.path(piece, &color, width))
}

/// Labels at the lines' ends, moved apart where they would overlap, and kept within the chart's height.
fn draw_labels<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    mut ends: Vec<End<'_>>,
    frame: &Frame,
) -> Result<(), PlotError> {
    let size = sheet.theme.text;
    let (apart, beside, edge) = (sheet.em(1.2), sheet.em(0.7), sheet.size().0);
    ends.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    let mut placed: Vec<(Pixel, String, &Curve<'_>)> = Vec::new();
    for end in ends {
        let left = end
            .left
            .filter(|_| !end.curve.faint)
            .map(|step| format!("{} leaves float32 at step {}", end.curve.label, grouped(step as f64)));
        let left = left.filter(|text| end.at.0 + beside + width_of(text, size) < edge);
        let text = left.unwrap_or_else(|| end.curve.label.to_owned());
        let lowest = placed.last().map_or(frame.top, |(above, ..)| above.1 + apart);
        placed.push(((end.at.0 + beside, end.at.1.max(lowest)), text, end.curve));
    }
    let mut limit = frame.bottom - apart / 2.0;
    for (at, text, curve) in placed.iter().rev() {
        let y = at.1.min(limit);
        limit = y - apart;
        let color = if curve.faint { sheet.theme.muted } else { curve.color };
        sheet.text(text, (at.0, y), size, &color, (HPos::Left, VPos::Center))?;
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
    let scale = Scale::new(std::iter::once(values), true, (frame.top, frame.bottom));
    let curve = Curve { label: "", color, dash: Dash::Solid, faint: true, values };
    draw_curve(&sheet, &curve, &scale, &frame).map(|_| ())
}

/// One sentence for a screen reader.
#[must_use]
pub fn curves_summary(chart: &CurvesChart<'_>) -> String {
    let Some(curve) = chart.curves.last().filter(|curve| !curve.values.is_empty()) else {
        return format!("{}: no steps yet.", chart.title);
    };
    let values = finite(curve.values);
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return format!("{}: {} leaves float32 at step 1.", chart.title, curve.label);
    };
    let (title, label, first, last) = (chart.title, curve.label, spoken(*first), spoken(*last));
    let steps = grouped(values.len() as f64);
    if values.len() == curve.values.len() {
        return format!("{title}: {label} goes from {first} at step 1 to {last} at step {steps}.");
    }
    let next = grouped((values.len() + 1) as f64);
    format!("{title}: {label} goes from {first} at step 1 to {last} at step {steps} and leaves float32 at step {next}.")
}

/// Four digits, with an exponent only where they would stand far from the point.
fn spoken(value: f32) -> String {
    let digits = f64::from(value.abs().max(f32::MIN_POSITIVE)).log10().floor();
    match value {
        0.0 => "0".to_owned(),
        _ if (-3.0..5.0).contains(&digits) => format!("{value:.*}", (3.0 - digits).max(0.0) as usize),
        _ => format!("{value:.3e}"),
    }
}

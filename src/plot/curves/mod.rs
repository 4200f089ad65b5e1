//! Curves against steps, on a logarithmic or linear scale, with the axis of steps below and a direct label at each line's end.

mod axis;
mod band;
mod labels;
mod line;
mod middle;
mod playhead;
mod rate;
mod words;

use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use super::envelope::Decimation;
use super::scale::Scale;
use super::sheet::{Paper, Sheet};
use super::{Dash, Look, Marker, PlotError, Role, Sampling, Theme};
use axis::draw_step_axis;

pub use axis::{Frame, StepAxis, StepUnit};
pub use middle::{CurvesMiddle, curves_middle_table};
pub use playhead::{Reading, curves_playhead, curves_readings};
pub use rate::{RateStrip, rate_strip};
pub use words::{curves_summary, curves_table};

/// Values that are looked at together.
const STRETCH: usize = 256;
/// How far above the runs the scale follows pinned ones: on a logarithmic scale, and on a linear one.
const GHOSTS: (f32, f32) = (1e3, 3.0);

/// One line.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// What stands at its end.
    pub label: &'a str,
    /// Its hue, dash pattern and marker. Ghosts have the ink's hue instead.
    pub look: Look,
    /// How much it steps forward.
    pub role: Role,
    /// The steps for which there are values.
    pub sampling: Sampling,
    /// The value after each of these steps. It ends where it is not finite.
    pub values: &'a [f32],
    /// Values that the program prints, with their steps; small markers.
    pub printed: &'a [(usize, f32)],
    /// Values after single steps that were computed again, since the recording may have left these out.
    pub exact: &'a [(usize, f32)],
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
    /// What many runs did, behind the lines.
    pub middle: Option<CurvesMiddle<'a>>,
    /// The axis of steps.
    pub axis: StepAxis,
    /// Whether the scale of values is logarithmic.
    pub log: bool,
    /// The smallest and the largest value of the scale, to keep it still; otherwise it holds the finite values that are shown.
    pub range: Option<(f64, f64)>,
    /// Whether another chart of the same steps stands directly below, so that the axis needs no numbers here.
    pub bare: bool,
    /// The step from which other settings hold, if the run has a branch.
    pub branch: Option<usize>,
    /// Whether values are still to come where there are none: a run that takes no steps will never have any.
    pub waits: bool,
}

/// The part of a series before it leaves float32.
fn finite(values: &[f32]) -> &[f32] {
    // whole stretches at a time: a million values are looked at for every frame
    let broken = |stretch: &[f32]| stretch.iter().fold(false, |broken, value| broken | !value.is_finite());
    let whole = values.chunks(STRETCH).take_while(|stretch| !broken(stretch)).map(<[f32]>::len).sum::<usize>();
    let rest = values[whole..].iter().take_while(|value| value.is_finite()).count();
    &values[..whole + rest]
}

/// The values of the steps that are shown, of the part before the series leaves float32.
fn shown<'a>(curve: &Curve<'a>, axis: &StepAxis) -> &'a [f32] {
    let (from, to) = axis.range();
    let first = curve.sampling.until(from.saturating_sub(1));
    let last = curve.sampling.until(to).min(curve.values.len());
    finite(curve.values.get(first..last).unwrap_or_default())
}

/// The smallest value that a scale can show and the largest; none where there is none.
fn extremes(values: &[f32], log: bool) -> Option<(f32, f32)> {
    let least = if log { f32::MIN_POSITIVE } else { f32::MIN };
    let (low, high) = values.iter().fold((f32::MAX, f32::MIN), |(low, high), &value| {
        (if value >= least && value < low { value } else { low }, if value > high { value } else { high })
    });
    (low <= high).then_some((low, high))
}

fn finite_of(values: impl Iterator<Item = f32>) -> Vec<f32> {
    values.filter(|value| value.is_finite()).collect()
}

/// A scale for the runs, and for pinned ones and what many did as far as they do not flatten these.
fn free_scale(chart: &CurvesChart<'_>, heights: (f64, f64)) -> Scale {
    let of = |ghosts: bool| {
        let curves = chart.curves.iter().filter(move |curve| (curve.role == Role::Ghost) == ghosts);
        let all = curves.filter_map(|curve| extremes(shown(curve, &chart.axis), chart.log));
        all.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let Some((low, high)) = of(false) else {
        return Scale::new(of(true).into_iter().flat_map(|(low, high)| [low, high]), chart.log, heights);
    };
    let (least, most) = if chart.log { (low / GHOSTS.0, high * GHOSTS.0) } else { (low.min(0.0), high * GHOSTS.1) };
    let range = chart.axis.range();
    let many = chart.middle.and_then(|middle| extremes(&finite_of(middle.shown(range)), chart.log));
    let around = of(true).into_iter().chain(many).flat_map(|(low, high)| [low, high]);
    let near = around.map(|value| value.max(least).min(most));
    Scale::new([low, high].into_iter().chain(near), chart.log, heights)
}

/// Where the data of a chart lie: the same margins for every chart of a size, so that charts above one another share their steps.
fn frame(sheet: &Sheet<'_>, chart: &CurvesChart<'_>) -> Frame {
    let (width, height) = sheet.size();
    let below = if chart.bare { sheet.em(0.5) } else { sheet.em(3.1) };
    let (top, bottom) = (sheet.em(2.0), (height - below).max(sheet.em(2.8)));
    let fixed = chart.range.and_then(|range| Scale::fixed(range, chart.log, (top, bottom)));
    let scale = fixed.unwrap_or_else(|| free_scale(chart, (top, bottom)));
    let (from, to) = chart.axis.range();
    let left = sheet.em(4.3);
    Frame { left, top, right: (width - sheet.em(5.7)).max(sheet.em(4.9)), bottom, from, to, scale }
}

/// Draws all that does not move with the playhead.
///
/// # Errors
/// The back end refuses a stroke.
pub fn curves(paper: &dyn Paper, chart: &CurvesChart<'_>, theme: &Theme) -> Result<Frame, PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let frame = frame(&sheet, chart);
    let empty = chart.curves.iter().all(|curve| curve.values.is_empty());
    sheet.text(&title(chart), (0.0, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    draw_values_axis(&sheet, &frame, !empty)?;
    draw_step_axis(&sheet, &chart.axis, &frame, chart.bare)?;
    draw_branch(&sheet, chart.branch, &frame, true)?;
    if empty {
        let middle = (f64::midpoint(frame.left, frame.right), f64::midpoint(frame.top, frame.bottom));
        sheet.text(words::nothing(chart), middle, theme.text, &theme.muted, (HPos::Center, VPos::Center))?;
    }
    if let Some(middle) = &chart.middle {
        middle::fill_middle(&sheet, middle, &frame)?;
    }
    let behind = |role: Role| chart.curves.iter().filter(move |curve| curve.role == role);
    let mut ends = Vec::new();
    for curve in behind(Role::Ghost).chain(behind(Role::Aside)).chain(behind(Role::Run)) {
        ends.extend(line::draw_curve(&sheet, curve, &frame)?);
    }
    if let Some(middle) = &chart.middle {
        middle::draw_middle(&sheet, middle, &frame)?;
    }
    for curve in chart.curves {
        line::draw_printed(&sheet, curve, &frame)?;
    }
    labels::draw_labels(&sheet, ends, &frame)?;
    Ok(frame)
}

/// Draws where the branch is: a dashed line, with its name where there is room.
fn draw_branch(sheet: &Sheet<'_>, branch: Option<usize>, frame: &Frame, named: bool) -> Result<(), PlotError> {
    let Some(step) = branch.filter(|&step| frame.shows(step)) else { return Ok(()) };
    let (x, theme) = (frame.x_of_step(step), sheet.theme);
    let dash = sheet.em(0.35);
    let mut y = frame.top;
    while y < frame.bottom {
        sheet.rule((x, y), (x, (y + dash).min(frame.bottom)), &theme.muted)?;
        y += 2.0 * dash;
    }
    if named {
        let at = (x + sheet.em(0.3), frame.top);
        sheet.text("branch", at, theme.text - 2.0, &theme.muted, (HPos::Left, VPos::Top))?;
    }
    Ok(())
}

fn title(chart: &CurvesChart<'_>) -> String {
    if chart.unit.is_empty() { chart.title.to_owned() } else { format!("{} ({})", chart.title, chart.unit) }
}

fn draw_values_axis(sheet: &Sheet<'_>, frame: &Frame, ruled: bool) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let ticks = frame.scale.ticks(sheet.em(2.0));
    for (value, label) in ticks.labelled {
        let Some(y) = frame.scale.y(value) else { continue };
        if ruled {
            sheet.rule((frame.left, y), (frame.right, y), &theme.rule.mix(0.7))?;
        }
        let at = (frame.left - sheet.em(0.6), y);
        sheet.text(&label, at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    for y in ticks.light.into_iter().filter_map(|value| frame.scale.y(value)) {
        sheet.rule((frame.left - sheet.em(0.3), y), (frame.left, y), &theme.rule)?;
    }
    Ok(())
}

/// How many of the shown steps a chart of this width, in CSS pixels, draws.
#[must_use]
pub fn curves_decimation(frame: &Frame, theme: &Theme) -> Decimation {
    let columns = ((frame.right - frame.left) * theme.scale).round().max(1.0) as usize + 1;
    Decimation { steps: frame.to - frame.from, columns }
}

/// The values alone, logarithmic, filling the area: the picture under the timeline.
///
/// # Errors
/// The back end refuses a stroke.
pub fn sparkline(paper: &dyn Paper, values: &[f32], color: RGBColor, theme: &Theme) -> Result<(), PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let (width, height) = sheet.size();
    let (top, bottom) = (3.0, (height - 3.0).max(4.0));
    let scale = Scale::new(finite(values).iter().copied(), true, (top, bottom));
    let frame = Frame { left: 0.0, top, right: width, bottom, from: 0, to: values.len().max(1), scale };
    let look = Look { color, dash: Dash::Solid, marker: Marker::Circle };
    let curve = Curve {
        label: "",
        look,
        role: Role::Aside,
        sampling: Sampling::every_step(values.len()),
        values,
        printed: &[],
        exact: &[],
    };
    line::draw_curve(&sheet, &curve, &frame).map(|_| ())
}

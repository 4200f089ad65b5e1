//! A figure that a Python program has drawn: lines, points, bars and rules over two axes, each linear or logarithmic.

use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use super::polyline::{Rect, dashes, thin};
use super::scale::Scale;
use super::sheet::{Paper, Sheet, shortened, width_of};
use super::{Marker, Pixel, PlotError, Theme};

/// Points of one series that are drawn, at most: of more, every few are.
const MOST: usize = 4000;
/// How many hues series have by their number.
const HUES: usize = 5;
/// How much larger than the data the view is, as a fraction of its size, at each side.
const ROOM: f64 = 0.04;

/// Values beyond these are not shown: the largest, and the smallest on a logarithmic axis.
const FAR: f64 = 1e30;
const NEAR: f64 = 1e-30;

/// What a series looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A line through its points.
    Line,
    /// A line of dashes.
    Dashes,
    /// Markers.
    Points,
    /// Markers and a line.
    Both,
    /// Bars from zero.
    Bars,
    /// A horizontal line at each of its values.
    Across,
    /// A vertical line at each of its values.
    Up,
}

/// Values that are drawn together.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Across and up. Of [`Form::Across`] the first counts for nothing, of [`Form::Up`] the second.
    pub points: Vec<(f64, f64)>,
    /// What it looks like.
    pub form: Form,
    /// The number of its hue.
    pub hue: usize,
    /// What stands in the legend; nothing where it is empty.
    pub label: String,
}

/// An axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What is measured.
    pub name: String,
    /// Whether it is logarithmic.
    pub log: bool,
    /// The smallest and the largest value, where the program says so.
    pub range: Option<(f64, f64)>,
}

/// One pair of axes and all that is drawn over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FigureChart {
    /// What stands above it.
    pub title: String,
    /// From left to right.
    pub across: Axis,
    /// From bottom to top.
    pub up: Axis,
    /// What is drawn, the last on top.
    pub series: Vec<Series>,
    /// Whether labels are shown.
    pub has_legend: bool,
}

impl Axis {
    /// The ends of the axis for these values.
    fn ends(&self, values: impl Iterator<Item = f64>) -> (f64, f64) {
        let fits = |value: &f64| value.abs() <= FAR && (!self.log || *value >= NEAR);
        // closer together, two ends would have the same digits
        let is_wide = |low: f64, high: f64| high - low > NEAR.max(1e-9 * high.abs().max(low.abs()));
        let given = self.range.filter(|(low, high)| fits(low) && fits(high) && is_wide(*low, *high));
        if let Some(given) = given {
            return given;
        }
        let (low, high) =
            values.filter(fits).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        if low > high {
            return if self.log { (0.1, 10.0) } else { (0.0, 1.0) };
        }
        if self.log {
            let room = (high / low).powf(ROOM).max(1.05);
            return (low / room, high * room);
        }
        let room = ((high - low) * ROOM).max(1e-3 * high.abs().max(low.abs()));
        let room = if room > NEAR { room } else { 0.5 };
        (low - room, high + room)
    }
}

/// Where values lie.
struct Frame {
    rect: Rect,
    /// From its own 0 at the right end.
    across: Scale,
    up: Scale,
}

impl Frame {
    fn x(&self, value: f64) -> Option<f64> {
        Some(self.rect.right - near(self.across.y(value)?)?)
    }

    fn y(&self, value: f64) -> Option<f64> {
        near(self.up.y(value)?)
    }

    fn pixel(&self, (x, y): (f64, f64)) -> Option<Pixel> {
        Some((self.x(x)?, self.y(y)?))
    }
}

/// A pixel that the back end can count to: what is farther away than any picture is drawn is somewhere out there all the same.
fn near(pixel: f64) -> Option<f64> {
    const FAR: f64 = 1e6;
    (!pixel.is_nan()).then(|| pixel.clamp(-FAR, FAR))
}

/// Draws the figure.
///
/// # Errors
/// The back end refuses a stroke.
pub fn figure(paper: &dyn Paper, chart: &FigureChart, theme: &Theme) -> Result<(), PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let Some(frame) = frame(&sheet, chart) else { return Ok(()) };
    let middle = f64::midpoint(frame.rect.left, frame.rect.right);
    let (width, _) = sheet.size();
    let title = shortened(&chart.title, theme.text + 1.0, width);
    sheet.text(&title, (middle, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Center, VPos::Top))?;
    draw_axes(&sheet, chart, &frame)?;
    for series in &chart.series {
        draw(&sheet, series, &frame)?;
    }
    if chart.has_legend { draw_legend(&sheet, chart, &frame) } else { Ok(()) }
}

fn frame(sheet: &Sheet<'_>, chart: &FigureChart) -> Option<Frame> {
    let of = |up: bool| {
        let skipped = if up { Form::Up } else { Form::Across };
        let shown = chart.series.iter().filter(move |series| series.form != skipped);
        let zero = chart.series.iter().any(|series| up && series.form == Form::Bars).then_some(0.0);
        let values = shown.flat_map(|series| &series.points).map(move |point| if up { point.1 } else { point.0 });
        values.chain(zero)
    };
    let (width, height) = sheet.size();
    let top = if chart.title.is_empty() { 1.0 } else { 2.2 } + if chart.up.name.is_empty() { 0.0 } else { 1.4 };
    let rect = Rect {
        left: sheet.em(4.3),
        top: sheet.em(top),
        right: (width - sheet.em(1.2)).max(sheet.em(6.0)),
        bottom: (height - sheet.em(if chart.across.name.is_empty() { 1.9 } else { 3.2 })).max(sheet.em(top + 1.0)),
    };
    let up = Scale::fixed(chart.up.ends(of(true)), chart.up.log, (rect.top, rect.bottom))?;
    let across = Scale::fixed(chart.across.ends(of(false)), chart.across.log, (0.0, rect.right - rect.left))?;
    Some(Frame { rect, across, up })
}

fn draw_axes(sheet: &Sheet<'_>, chart: &FigureChart, frame: &Frame) -> Result<(), PlotError> {
    let (theme, rect) = (sheet.theme, &frame.rect);
    for (value, label) in frame.up.ticks(sheet.em(2.2)).labelled {
        let Some(y) = frame.y(value).filter(|y| (rect.top - 1.0..=rect.bottom + 1.0).contains(y)) else { continue };
        sheet.rule((rect.left, y), (rect.right, y), &theme.rule.mix(0.7))?;
        sheet.text(&label, (rect.left - sheet.em(0.5), y), theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    for (value, label) in frame.across.ticks(sheet.em(5.0)).labelled {
        let Some(x) = frame.x(value).filter(|x| (rect.left - 1.0..=rect.right + 1.0).contains(x)) else { continue };
        sheet.rule((x, rect.bottom), (x, rect.bottom + sheet.em(0.3)), &theme.muted)?;
        sheet.text(&label, (x, rect.bottom + sheet.em(0.5)), theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    sheet.rule((rect.left, rect.top), (rect.left, rect.bottom), &theme.muted)?;
    sheet.rule((rect.left, rect.bottom), (rect.right, rect.bottom), &theme.muted)?;
    let at = (rect.right, rect.bottom + sheet.em(1.8));
    sheet.text(&chart.across.name, at, theme.text, &theme.ink, (HPos::Right, VPos::Top))?;
    let at = (sheet.em(0.3), rect.top - sheet.em(0.5));
    sheet.text(&chart.up.name, at, theme.text, &theme.ink, (HPos::Left, VPos::Bottom))
}

fn hue(theme: &Theme, number: usize) -> RGBColor {
    [theme.raw, theme.module, theme.vmap, theme.batch, theme.ink][number % HUES]
}

fn draw(sheet: &Sheet<'_>, series: &Series, frame: &Frame) -> Result<(), PlotError> {
    let (theme, rect, color) = (sheet.theme, &frame.rect, hue(sheet.theme, series.hue));
    let every = series.points.len().div_ceil(MOST).max(1);
    let points = || series.points.iter().step_by(every).chain(series.points.last().filter(|_| every > 1));
    let line = |is_dashed: bool| {
        // a value that is none breaks the line
        let missing = (f64::NAN, f64::NAN);
        let whole: Vec<Pixel> = points().map(|&point| frame.pixel(point).unwrap_or(missing)).collect();
        rect.pieces(&whole).iter().try_for_each(|piece| {
            let piece = thin(piece.iter().copied(), 0.3);
            if is_dashed {
                let cut = dashes(&piece, sheet.em(0.5), sheet.em(0.4));
                return cut.iter().try_for_each(|dash| sheet.path(dash, &color, theme.line));
            }
            sheet.path(&piece, &color, theme.line)
        })
    };
    let dots = || {
        let mut places = points().filter_map(|&point| frame.pixel(point)).filter(|place| rect.contains(*place));
        let radius = sheet.em(if series.points.len() > 200 { 0.14 } else { 0.22 });
        places.try_for_each(|place| sheet.filled(place, Marker::Circle, radius, &color))
    };
    match series.form {
        Form::Line => line(false),
        Form::Dashes => line(true),
        Form::Points => dots(),
        Form::Both => line(false).and_then(|()| dots()),
        Form::Bars => {
            let nearest =
                series.points.windows(2).map(|pair| (pair[1].0 - pair[0].0).abs()).fold(f64::INFINITY, f64::min);
            let half = if nearest.is_finite() { 0.4 * nearest } else { 0.4 };
            let zero = frame.y(0.0).unwrap_or(rect.bottom).clamp(rect.top, rect.bottom);
            points().try_for_each(|&(x, y)| {
                let (Some(left), Some(right), Some(end)) = (frame.x(x - half), frame.x(x + half), frame.y(y)) else {
                    return Ok(());
                };
                let end = end.clamp(rect.top, rect.bottom);
                let across = |x: f64| x.clamp(rect.left, rect.right);
                sheet.block((across(left), zero.min(end)), (across(right), zero.max(end)), &color.mix(0.75))
            })
        }
        Form::Across => points().filter_map(|point| frame.y(point.1)).try_for_each(|y| {
            let ends = rect.clip((rect.left, y), (rect.right, y));
            ends.map_or(Ok(()), |(from, to)| sheet.path(&[from, to], &color, 1.2))
        }),
        Form::Up => points().filter_map(|point| frame.x(point.0)).try_for_each(|x| {
            let ends = rect.clip((x, rect.top), (x, rect.bottom));
            ends.map_or(Ok(()), |(from, to)| sheet.path(&[from, to], &color, 1.2))
        }),
    }
}

/// The labels at the top right, over a veil.
fn draw_legend(sheet: &Sheet<'_>, chart: &FigureChart, frame: &Frame) -> Result<(), PlotError> {
    let (theme, rect) = (sheet.theme, &frame.rect);
    let labelled: Vec<&Series> = chart.series.iter().filter(|series| !series.label.is_empty()).collect();
    let room = (rect.right - rect.left) * 0.6;
    let labels = labelled.iter().map(|series| shortened(&series.label, theme.text, room));
    let width = labels.clone().map(|label| width_of(&label, theme.text)).fold(0.0, f64::max);
    let left = rect.right - width - sheet.em(2.6);
    for (row, (series, label)) in labelled.iter().zip(labels).enumerate() {
        let y = rect.top + sheet.em(0.9 + 1.4 * row as f64);
        if y > rect.bottom {
            break;
        }
        sheet.veil((f64::midpoint(left, rect.right), y), ((rect.right - left) / 2.0, sheet.em(0.7)))?;
        let color = hue(theme, series.hue);
        let (from, to) = ((left + sheet.em(0.3), y), (left + sheet.em(1.7), y));
        match series.form {
            Form::Points => sheet.dot((f64::midpoint(from.0, to.0), y), sheet.em(0.25), &color)?,
            Form::Bars => sheet.block((from.0, y - sheet.em(0.35)), (to.0, y + sheet.em(0.35)), &color.mix(0.75))?,
            _ => sheet.path(&[from, to], &color, theme.line)?,
        }
        sheet.text(&label, (left + sheet.em(2.1), y), theme.text, &theme.ink, (HPos::Left, VPos::Center))?;
    }
    Ok(())
}

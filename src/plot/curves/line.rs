//! One curve: as many of its values as pixels can show, its dashes, its printed values, and where it ends.

use plotters::style::{Color, RGBAColor};

use crate::plot::envelope::envelope;
use crate::plot::polyline::{Rect, dashes};
use crate::plot::sheet::Sheet;
use crate::plot::{Dash, Pixel, PlotError, Role, Theme};

use super::band::{UNDER, draw_band, is_dense};
use super::{Curve, Frame, finite};

/// A dashed line that travels up and down this many times the chart's width is pale between its dashes, which would be hard to follow.
const WINDING: f64 = 1.2;
/// A line that travels this many times the chart's width is drawn thin, since it fills an area.
const BUSY: f64 = 6.0;
/// How strong the colour of such a line is, so that what lies below can be seen.
const PALE: f64 = 0.75;
/// How dense a dashed line's dashes may get, in times the chart's width.
const DASHED: f64 = 2.0;

/// The end of a curve, where its label stands.
pub struct End<'a> {
    pub at: Pixel,
    pub curve: &'a Curve<'a>,
    /// The step at which it leaves float32, where that is shown.
    pub left: Option<usize>,
}

/// The colour of a curve's line.
pub fn color(theme: &Theme, curve: &Curve<'_>) -> RGBAColor {
    match curve.role {
        Role::Run => curve.look.color.to_rgba(),
        Role::Aside => curve.look.color.mix(0.55),
        Role::Ghost => theme.ink.mix(0.3),
    }
}

/// The points of a curve that are drawn: those shown, and the one on either side, so that the line runs on to the edge.
fn points(sheet: &Sheet<'_>, curve: &Curve<'_>, values: &[f32], frame: &Frame) -> Vec<Pixel> {
    let sampling = &curve.sampling;
    let first = frame.from.checked_sub(1).map_or(0, |before| sampling.until(before)).min(values.len());
    let last = sampling.until(frame.to).min(values.len());
    let place = |index: usize| frame.x_of_step(sampling.step(index));
    let column = |index: usize| sheet.device((place(index), 0.0)).0;
    // apart from the others, since they may share a column with some that are shown
    let (before, after) = (first.checked_sub(1), Some(last).filter(|index| *index < values.len()));
    let kept = before.into_iter().chain(envelope(values, first..last, column)).chain(after);
    kept.filter_map(|index| Some((place(index), frame.scale.y(f64::from(values[index]))?))).collect()
}

/// Draws a curve as far as it is finite. Returns the last point that is shown.
pub fn draw_curve<'a>(sheet: &Sheet<'_>, curve: &'a Curve<'a>, frame: &Frame) -> Result<Option<End<'a>>, PlotError> {
    let values = finite(curve.values);
    let points = points(sheet, curve, values, frame);
    let rect = Rect { left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom };
    if let [alone] = points[..] {
        let dash = [(alone.0 - 0.5, alone.1), (alone.0 + 0.5, alone.1)];
        draw_line(sheet, curve, &rect.pieces(&dash), frame)?;
    }
    draw_line(sheet, curve, &rect.pieces(&points), frame)?;
    let broken = (values.len() < curve.values.len()).then(|| curve.sampling.step(values.len()));
    let left =
        broken.filter(|step| *step > frame.from && curve.sampling.until(*step) <= curve.sampling.until(frame.to) + 1);
    let seen = points.iter().rev().find(|point| rect.contains(**point));
    let Some(&at) = seen.or(points.last().filter(|point| point.0 >= frame.left)) else { return Ok(None) };
    let at = (at.0.min(frame.right), at.1.clamp(frame.top, frame.bottom));
    if left.is_some() && curve.role == Role::Run {
        let arm = sheet.em(0.3);
        for up in [-arm, arm] {
            sheet.path(&[(at.0 - arm, at.1 - up), (at.0 + arm, at.1 + up)], &curve.look.color, sheet.theme.line)?;
        }
    }
    Ok(Some(End { at, curve, left }))
}

fn draw_line(sheet: &Sheet<'_>, curve: &Curve<'_>, lines: &[Vec<Pixel>], frame: &Frame) -> Result<(), PlotError> {
    let across = (frame.right - frame.left).max(1.0);
    let travel: f64 = lines.iter().flat_map(|line| line.windows(2)).map(|pair| (pair[1].1 - pair[0].1).abs()).sum();
    let busy = travel > BUSY * across;
    let width = sheet.theme.line * if busy || curve.role != Role::Run { 0.6 } else { 1.0 };
    let color = color(sheet.theme, curve);
    let color = if busy { color.mix(PALE) } else { color };
    let stretch = ((travel + across) / (DASHED * across)).max(1.0) * sheet.em(1.0) / 13.0;
    for line in lines {
        if busy && is_dense(line, sheet.theme.scale) {
            draw_band(sheet, line, curve.look.dash, &color)?;
            continue;
        }
        if travel > WINDING * across && curve.look.dash != Dash::Solid {
            sheet.path(line, &color.mix(UNDER), width)?;
        }
        let pieces = match curve.look.dash {
            Dash::Solid => {
                sheet.path(line, &color, width)?;
                continue;
            }
            Dash::Long => dashes(line, 12.0 * stretch, 8.0 * stretch),
            Dash::Dots => dashes(line, 2.0 * stretch, 4.0 * stretch),
        };
        pieces.iter().try_for_each(|piece| sheet.path(piece, &color, width))?;
    }
    Ok(())
}

/// The values that the program prints, as the curve's markers.
pub fn draw_printed(sheet: &Sheet<'_>, curve: &Curve<'_>, frame: &Frame) -> Result<(), PlotError> {
    for &(step, value) in curve.printed.iter().filter(|(step, _)| frame.shows(*step)) {
        let Some(y) = frame.scale.y(f64::from(value)).filter(|y| (frame.top..=frame.bottom).contains(y)) else {
            continue;
        };
        sheet.hollow((frame.x_of_step(step), y), curve.look.marker, sheet.em(0.25), &color(sheet.theme, curve))?;
    }
    Ok(())
}

//! The way of a run through the plane.

use plotters::style::{Color, RGBAColor};

use crate::plot::polyline::{dashes, distance, thin};
use crate::plot::sheet::Sheet;
use crate::plot::{Dash, Pixel, PlotError, Role};

use super::{Path, PlaneFrame};

/// Steps of a path that are looked at, at most: more than a picture can show.
const STEPS: usize = 8192;
/// Pieces of the path that fade with age.
const AGES: usize = 40;
/// Points that a path is drawn with where it is not a line.
const POINTS: usize = 400;
/// A path that is this many times as long as the view's diagonal is drawn thin and pale.
const BUSY: f64 = 6.0;
/// Points of such a path, at most, after the first ones.
const BUSY_POINTS: usize = 1200;
/// The first points of a path, which are always drawn.
const APPROACH: usize = 200;
/// Dashes of a path, at most.
const DASHES: f64 = 400.0;

/// Start and parameters after each step, or every few steps in a long run, as far as they are finite, and the last of these.
pub fn rows<'a>(path: &Path<'a>, features: usize) -> impl Iterator<Item = &'a [f32]> {
    let steps = path.params.chunks_exact(features.max(1));
    let finite = steps.clone().position(|row| row.iter().any(|p| !p.is_finite())).unwrap_or(steps.len());
    let last = steps.clone().take(finite).next_back();
    let few = steps.take(finite).step_by(finite.div_ceil(STEPS).max(1));
    std::iter::once(path.start).chain(few).chain(last)
}

/// A path as it is drawn.
pub struct Trail {
    pub points: Vec<Pixel>,
    /// It runs to and fro so much that it would cover what it runs over. Only every few of its points are drawn.
    busy: bool,
}

/// The path, with no more points than show, until it leaves the view for good.
pub fn trail(path: &Path<'_>, frame: &PlaneFrame) -> Trail {
    let places = rows(path, frame.projection.features()).map(|row| frame.to_pixel(frame.project(row)));
    let mut points = thin(places, 2.0);
    let last_seen = points.windows(2).rposition(|pair| frame.rect().clip(pair[0], pair[1]).is_some());
    points.truncate(last_seen.map_or(1, |step| step + 2));
    let rect = frame.rect();
    let busy = length(&rect.pieces(&points)) > BUSY * distance((rect.left, rect.top), (rect.right, rect.bottom));
    if busy {
        // the way to where it runs to and fro is drawn whole
        let every = points.len().saturating_sub(APPROACH).div_ceil(BUSY_POINTS).max(1);
        let last = points.len() - 1;
        points = points
            .into_iter()
            .enumerate()
            .filter(|(at, _)| *at < APPROACH || at % every == 0 || *at == last)
            .map(|(_, p)| p)
            .collect();
    }
    Trail { points, busy }
}

/// The colour of a path at an age from 0, the start, to 1, the last step.
fn color(sheet: &Sheet<'_>, path: &Path<'_>, age: f64, busy: bool) -> RGBAColor {
    match path.role {
        Role::Ghost => sheet.theme.ink.mix(if busy { 0.15 } else { 0.3 }),
        Role::Aside => path.look.color.mix(if busy { 0.12 } else { 0.25 }),
        // what runs to and fro adds up where it is dense, and there it is that it ends
        Role::Run => path.look.color.mix(if busy { 0.9 - 0.5 * age } else { 0.4 + 0.6 * age }),
    }
}

fn length(parts: &[Vec<Pixel>]) -> f64 {
    let pairs = parts.iter().flat_map(|part| part.windows(2));
    pairs.map(|pair| distance(pair[0], pair[1])).sum()
}

/// Draws a path: as a line, fainter the older it is, or as points where a line between them would only follow the curve on which they lie.
pub fn draw(
    sheet: &Sheet<'_>,
    path: &Path<'_>,
    frame: &PlaneFrame,
    Trail { points, busy }: &Trail,
) -> Result<(), PlotError> {
    if frame.projection.is_loss() {
        return draw_points(sheet, path, frame, points);
    }
    let width = sheet.theme.line * if *busy || path.role == Role::Ghost { 0.6 } else { 1.0 };
    let pieces: Vec<Vec<Pixel>> = match path.look.dash {
        Dash::Solid => ages(points),
        Dash::Long => dashed(&frame.rect().pieces(points), sheet.em(0.9), sheet.em(0.6)),
        Dash::Dots => dashed(&frame.rect().pieces(points), sheet.em(0.16), sheet.em(0.34)),
    };
    for (index, piece) in pieces.iter().enumerate() {
        let color = color(sheet, path, (index + 1) as f64 / pieces.len() as f64, *busy);
        for part in frame.rect().pieces(piece) {
            sheet.path(&part, &color, width)?;
        }
    }
    Ok(())
}

/// A line in pieces, each of which begins where the one before ends.
fn ages(points: &[Pixel]) -> Vec<Vec<Pixel>> {
    let last = points.len().saturating_sub(1);
    let per_age = last.div_ceil(AGES).max(1);
    (0..last).step_by(per_age).map(|start| points[start..=(start + per_age).min(last)].to_vec()).collect()
}

/// Dashes along the parts of a line that are shown, not more than [`DASHES`].
fn dashed(parts: &[Vec<Pixel>], on: f64, off: f64) -> Vec<Vec<Pixel>> {
    let stretch = (length(parts) / (DASHES * (on + off))).max(1.0);
    parts.iter().flat_map(|part| dashes(part, on * stretch, off * stretch)).collect()
}

fn draw_points(sheet: &Sheet<'_>, path: &Path<'_>, frame: &PlaneFrame, points: &[Pixel]) -> Result<(), PlotError> {
    let points = thin(points.iter().copied(), sheet.em(0.7));
    let every = points.len().div_ceil(POINTS).max(1);
    for (index, &point) in points.iter().enumerate().step_by(every).filter(|(_, point)| frame.rect().contains(**point))
    {
        let color = color(sheet, path, index as f64 / points.len() as f64, false);
        sheet.filled(point, path.look.marker, sheet.em(0.2), &color)?;
    }
    Ok(())
}

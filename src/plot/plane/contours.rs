//! The loss in the plane: its contours, which are ellipses, or with one parameter its parabola.

use nalgebra::{DMatrix, SymmetricEigen};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::axes::{plain, short};
use crate::plot::polyline::{Rect, dashes, on_circle};
use crate::plot::sheet::{Sheet, width_of};
use crate::plot::{Pixel, PlotError};

use super::{PlaneChart, PlaneFrame, PlaneQuadratic};

/// Contours that are drawn.
const LEVELS: i32 = 12;
/// The least radius of a contour in CSS pixels: within it lie the star and the plus.
const INNERMOST: f64 = 14.0;
/// How far a drawn contour may lie from the true one, in CSS pixels.
const SAGITTA: f64 = 0.12;
/// Tries for each corner of a contour to lie near a whole device pixel, since back ends draw between these only.
const TRIES: u32 = 4;
/// Places around a contour that its label may take.
const SEATS: usize = 32;
/// Contours of the current batch's loss, and the ratio from each to the next.
const BATCH_LEVELS: i32 = 5;
const BATCH_RATIO: f64 = 0.25;
/// A direction whose curvature is below this fraction of the largest is drawn as if it had that fraction: a valley without end.
const FLAT: f64 = 1e-9;

/// The loss of one parameter.
pub fn draw_parabola(sheet: &Sheet<'_>, frame: &PlaneFrame) -> Result<(), PlotError> {
    let (from, to) = (frame.window().low.0, frame.window().high.0);
    let points: Vec<Pixel> = (0..=160)
        .map(|i| frame.to_pixel(frame.projection.place(std::iter::once(from + (to - from) * f64::from(i) / 160.0))))
        .collect();
    let pieces = frame.rect().pieces(&points);
    pieces.iter().try_for_each(|piece| sheet.path(piece, &sheet.theme.muted.mix(0.6), 1.2))
}

/// A quadratic in the directions of its own axes.
struct Bowl {
    center: (f64, f64),
    /// Largest curvature first.
    curvatures: [f64; 2],
    directions: [(f64, f64); 2],
}

impl Bowl {
    /// None where the loss does not depend on what is shown.
    fn new(quadratic: &PlaneQuadratic, frame: &PlaneFrame) -> Option<Self> {
        let [a, b, c, d] = quadratic.hessian;
        let (u, v) = quadratic.minimiser;
        if ![a, b, c, d, u, v].iter().all(|entry| entry.is_finite()) {
            return None;
        }
        let between = f64::midpoint(b, c);
        let eigen = SymmetricEigen::new(DMatrix::from_row_slice(2, 2, &[a, between, between, d]));
        let first = usize::from(eigen.eigenvalues[1] > eigen.eigenvalues[0]);
        let (largest, smallest) = (eigen.eigenvalues[first], eigen.eigenvalues[1 - first]);
        let direction = |i: usize| (eigen.eigenvectors[(0, i)], eigen.eigenvectors[(1, i)]);
        let directions = [direction(first), direction(1 - first)];
        let center = if smallest > FLAT * largest { (u, v) } else { beside((u, v), directions[1], frame) };
        (largest > 0.0).then(|| Self { center, curvatures: [largest, smallest.max(FLAT * largest)], directions })
    }

    /// By how much the loss is above its least in the plane.
    fn excess(&self, (u, v): (f64, f64)) -> f64 {
        let (u, v) = (u - self.center.0, v - self.center.1);
        let along = |i: usize| self.curvatures[i] * (u * self.directions[i].0 + v * self.directions[i].1).powi(2);
        0.5 * (along(0) + along(1))
    }

    /// The contour of an excess, with corners that round to device pixels well.
    fn contour(&self, frame: &PlaneFrame, excess: f64, scale: f64) -> Vec<Pixel> {
        let radii = self.curvatures.map(|curvature| (2.0 * excess / curvature).sqrt());
        let pixels = (radii[1] / frame.grid.unit.0.min(frame.grid.unit.1)).max(1.0);
        let corners = (std::f64::consts::TAU / (8.0 * SAGITTA / pixels).sqrt()).clamp(24.0, 400.0).ceil() as u32;
        let point = |i: u32| {
            let (x, y) = on_circle(std::f64::consts::TAU * f64::from(i) / f64::from(corners * TRIES));
            let (a, b) = (radii[0] * x, radii[1] * y);
            let [first, second] = self.directions;
            let place = (a * first.0 + b * second.0, a * first.1 + b * second.1);
            frame.to_pixel((self.center.0 + place.0, self.center.1 + place.1))
        };
        let off = |x: f64| (x * scale - (x * scale).round()).abs();
        let error = |(x, y): &Pixel| off(*x).max(off(*y));
        let best = |i: u32| {
            (i * TRIES..(i + 1) * TRIES).map(point).min_by(|a, b| error(a).total_cmp(&error(b))).unwrap_or_default()
        };
        let mut contour: Vec<Pixel> = (0..corners).map(best).collect();
        contour.push(contour[0]);
        contour
    }

    /// The excess at the corner of the view that has the most.
    fn farthest(&self, frame: &PlaneFrame) -> f64 {
        let rect = frame.rect();
        let corners = [rect.left, rect.right].map(|x| [rect.top, rect.bottom].map(|y| frame.to_theta(x, y)));
        corners.iter().flatten().map(|&corner| self.excess(corner)).fold(0.0f64, f64::max)
    }

    /// Excesses from the innermost contour to the corners of the view in equal ratios, one of them the chosen one, and which that is.
    fn levels(&self, frame: &PlaneFrame, chosen: Option<f64>) -> (Vec<f64>, i32) {
        let farthest = self.farthest(frame);
        let inner = 0.5 * self.curvatures[0] * (INNERMOST * frame.grid.unit.0.max(frame.grid.unit.1)).powi(2);
        let chosen = chosen.filter(|level| *level > 2.0 * inner && *level < farthest).unwrap_or(farthest);
        let within = (chosen / inner).ln() / (farthest / inner).ln();
        let at = (f64::from(LEVELS - 1) * within).round().max(1.0);
        let ratio = (chosen / inner).powf(1.0 / at);
        let levels = (0..LEVELS).map(|level| inner * ratio.powi(level)).collect();
        (levels, at as i32)
    }
}

/// The point of a valley without end that is nearest to the middle of the view.
fn beside((u, v): (f64, f64), direction: (f64, f64), frame: &PlaneFrame) -> (f64, f64) {
    let rect = frame.rect();
    let middle = frame.to_theta(f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom));
    let along = (middle.0 - u) * direction.0 + (middle.1 - v) * direction.1;
    (u + along * direction.0, v + along * direction.1)
}

/// The contours of the full-batch loss, a few of them with their loss.
pub fn draw_contours(
    sheet: &Sheet<'_>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    taken: &[Pixel],
    path: &[Pixel],
) -> Result<(), PlotError> {
    let problem = chart.problem;
    let Some(quadratic) = frame.projection.quadratic(&problem.hessian, &problem.least_squares) else { return Ok(()) };
    let Some(bowl) = Bowl::new(&quadratic, frame) else { return Ok(()) };
    let (levels, at) = bowl.levels(frame, frame.window().contour);
    let contours: Vec<Vec<Pixel>> =
        levels.iter().map(|&excess| bowl.contour(frame, excess, sheet.theme.scale)).collect();
    for (contour, level) in contours.iter().zip(0..LEVELS) {
        let strength = 0.62 - 0.32 * f64::from(level) / f64::from(LEVELS);
        for piece in frame.rect().pieces(contour) {
            sheet.path(&piece, &sheet.theme.muted.mix(strength), 1.0)?;
        }
    }
    let mut taken = taken.to_vec();
    let labelled: Vec<(&Vec<Pixel>, f64)> = contours
        .iter()
        .zip(&levels)
        .zip(0..LEVELS)
        .rev()
        .filter(|(_, level)| (level - at).rem_euclid(3) == 0)
        .map(|((contour, excess), _)| (contour, excess + quadratic.least + problem.least_loss))
        .collect();
    let losses: Vec<f64> = labelled.iter().map(|(_, loss)| *loss).collect();
    for ((contour, _), text) in labelled.iter().zip(told_apart(&losses)) {
        let size = sheet.theme.text - 2.0;
        let half = (width_of(&text, size) / 2.0 + 3.0, size / 2.0 + 1.0);
        let Some(seat) = seat(contour, half, frame.rect(), &taken, path, sheet.em(2.0)) else { continue };
        taken.push(seat);
        sheet.veil(seat, half)?;
        sheet.text(&text, seat, size, &sheet.theme.muted, (HPos::Center, VPos::Center))?;
    }
    Ok(())
}

/// Numbers, falling, in about two digits, or in as many as it takes to tell them apart.
fn told_apart(numbers: &[f64]) -> Vec<String> {
    let texts: Vec<String> = numbers.iter().map(|&number| short(number)).collect();
    if texts.windows(2).all(|pair| pair[0] != pair[1]) {
        return texts;
    }
    let least = numbers.windows(2).map(|pair| pair[0] - pair[1]).fold(f64::MAX, f64::min);
    numbers.iter().map(|&number| plain(number, least.max(f64::MIN_POSITIVE) / 2.0)).collect()
}

/// The loss of the current batch: a few dashed contours in the batch's hue, its minimiser, and its name.
pub fn draw_batch(sheet: &Sheet<'_>, quadratic: &PlaneQuadratic, frame: &PlaneFrame) -> Result<(), PlotError> {
    let Some(bowl) = Bowl::new(quadratic, frame) else { return Ok(()) };
    let (farthest, hue) = (bowl.farthest(frame), sheet.theme.batch);
    for level in 0..BATCH_LEVELS {
        let contour = bowl.contour(frame, farthest * BATCH_RATIO.powi(level + 1), sheet.theme.scale);
        for piece in frame.rect().pieces(&contour) {
            for dash in dashes(&piece, sheet.em(0.45), sheet.em(0.3)) {
                sheet.path(&dash, &hue.mix(0.75), 1.0)?;
            }
        }
    }
    let at = frame.to_pixel(bowl.center);
    if bowl.curvatures[1] > FLAT * bowl.curvatures[0] && frame.rect().contains(at) {
        let arm = sheet.em(0.35);
        for up in [-arm, arm] {
            sheet.path(&[(at.0 - arm, at.1 - up), (at.0 + arm, at.1 + up)], &hue, 2.0)?;
        }
    }
    let corner = (frame.rect().right, frame.rect().top - sheet.em(0.4));
    let color = sheet.theme.readable(hue);
    sheet.text("this batch’s loss", corner, sheet.theme.text - 1.0, &color, (HPos::Right, VPos::Bottom))
}

/// A place on a contour for a label of this half width and height, as far up as can be, apart from what is there.
fn seat(contour: &[Pixel], half: Pixel, rect: &Rect, taken: &[Pixel], path: &[Pixel], apart: f64) -> Option<Pixel> {
    let inside = |&(x, y): &Pixel| {
        rect.contains((x - half.0 - 4.0, y - half.1 - 4.0)) && rect.contains((x + half.0 + 4.0, y + half.1 + 4.0))
    };
    let free = |&(x, y): &Pixel| {
        let clear =
            |other: &Pixel, margin: f64| (other.0 - x).abs() > half.0 + margin || (other.1 - y).abs() > half.1 + margin;
        taken.iter().all(|other| clear(other, apart)) && path.iter().all(|other| clear(other, 6.0))
    };
    let seats = (0..SEATS).map(|i| contour[i * (contour.len() - 1) / SEATS]);
    seats.filter(inside).filter(free).min_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_contours_can_be_told_apart() {
        assert_eq!(told_apart(&[5.42, 1.06, 0.1876]), ["5.4", "1.1", "0.19"]);
        assert_eq!(told_apart(&[1.0, 0.994, 0.9925]), ["1.0000", "0.9940", "0.9925"]);
        assert_eq!(told_apart(&[2.0, 2.0]).len(), 2);
    }
}

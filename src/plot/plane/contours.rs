//! The loss in the plane: its contours, which are ellipses, or with one parameter its parabola.

use nalgebra::{Matrix2, SymmetricEigen};
use plotters::prelude::DrawingBackend;
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::axes::short;
use crate::plot::series::Rect;
use crate::plot::{Pixel, PlotError, Sheet, width_of};

use super::marks::Places;
use super::{PlaneChart, PlaneFrame};

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
/// A direction whose curvature is below this fraction of the largest is drawn as if it had that fraction: a valley without end.
const FLAT: f64 = 1e-9;

/// The loss of one parameter.
pub fn draw_parabola<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, frame: &PlaneFrame) -> Result<(), PlotError> {
    let (from, to) = (frame.low.0, frame.to_theta(frame.rect.right, 0.0).0);
    let points: Vec<Pixel> = (0..=160)
        .map(|i| frame.to_pixel(frame.projection.of(std::iter::once(from + (to - from) * f64::from(i) / 160.0))))
        .collect();
    let pieces = frame.rect.pieces(&points);
    pieces.iter().try_for_each(|piece| sheet.path(piece, &sheet.theme.muted.mix(0.6), 1.2))
}

/// The quadratic `½ (z − z*)ᵀ H (z − z*)` in the plane's two coordinates z, in the directions of its axes.
struct Bowl {
    center: (f64, f64),
    /// Largest curvature first.
    curvatures: [f64; 2],
    directions: [(f64, f64); 2],
}

impl Bowl {
    /// None where the loss does not depend on what is shown.
    fn new(chart: &PlaneChart<'_>, frame: &PlaneFrame, [across, up]: [&[f64]; 2]) -> Option<Self> {
        let product = |a: &[f64], b: &[f64]| -> f64 {
            let rows = chart.problem.hessian.chunks_exact(a.len().max(1)).zip(a);
            rows.map(|(row, a)| a * row.iter().zip(b).map(|(h, b)| h * b).sum::<f64>()).sum()
        };
        let between = product(across, up);
        let matrix = Matrix2::new(product(across, across), between, between, product(up, up));
        if !matrix.iter().all(|entry| entry.is_finite()) {
            return None;
        }
        let eigen = SymmetricEigen::new(matrix);
        let first = usize::from(eigen.eigenvalues[1] > eigen.eigenvalues[0]);
        let largest = eigen.eigenvalues[first];
        let direction = |i: usize| (eigen.eigenvectors[(0, i)], eigen.eigenvectors[(1, i)]);
        (largest > 0.0).then(|| Self {
            center: frame.projection.of(chart.problem.least_squares.iter().copied()),
            curvatures: [largest, eigen.eigenvalues[1 - first].max(FLAT * largest)],
            directions: [direction(first), direction(1 - first)],
        })
    }

    /// By how much the loss is above its least.
    fn excess(&self, (u, v): (f64, f64)) -> f64 {
        let (u, v) = (u - self.center.0, v - self.center.1);
        let along = |i: usize| self.curvatures[i] * (u * self.directions[i].0 + v * self.directions[i].1).powi(2);
        0.5 * (along(0) + along(1))
    }

    /// The contour of an excess, with corners that round to device pixels well.
    fn contour(&self, frame: &PlaneFrame, excess: f64, scale: f64) -> Vec<Pixel> {
        let radii = self.curvatures.map(|curvature| (2.0 * excess / curvature).sqrt());
        let pixels = (radii[1] / frame.unit.0.min(frame.unit.1)).max(1.0);
        let corners = (std::f64::consts::TAU / (8.0 * SAGITTA / pixels).sqrt()).clamp(24.0, 400.0).ceil() as u32;
        let point = |i: u32| {
            let turn = std::f64::consts::TAU * f64::from(i) / f64::from(corners * TRIES);
            let (a, b) = (radii[0] * turn.cos(), radii[1] * turn.sin());
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

    /// Excesses from the innermost contour to the corners of the view in equal ratios, one of them the start's, and which one that is.
    fn levels(&self, frame: &PlaneFrame, start: (f64, f64)) -> (Vec<f64>, i32) {
        let rect = &frame.rect;
        let corners = [rect.left, rect.right].map(|x| [rect.top, rect.bottom].map(|y| frame.to_theta(x, y)));
        let farthest = corners.iter().flatten().map(|&corner| self.excess(corner)).fold(0.0f64, f64::max);
        let inner = 0.5 * self.curvatures[0] * (INNERMOST * frame.unit.0.max(frame.unit.1)).powi(2);
        let start = self.excess(start);
        let start = if start > 2.0 * inner && start < farthest { start } else { farthest };
        let within = (start / inner).ln() / (farthest / inner).ln();
        let at = (f64::from(LEVELS - 1) * within).round().max(1.0);
        let ratio = (start / inner).powf(1.0 / at);
        let levels = (0..LEVELS).map(|level| inner * ratio.powi(level)).collect();
        (levels, at as i32)
    }
}

/// The contours of the full-batch loss, a few of them with their loss.
pub fn draw_contours<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    [across, up]: [&[f64]; 2],
    places: &Places,
    path: &[Pixel],
) -> Result<(), PlotError> {
    let Some(bowl) = Bowl::new(chart, frame, [across, up]) else { return Ok(()) };
    let (levels, at) = bowl.levels(frame, frame.project(&chart.problem.theta_0));
    let contours: Vec<Vec<Pixel>> =
        levels.iter().map(|&excess| bowl.contour(frame, excess, sheet.theme.scale)).collect();
    for (contour, level) in contours.iter().zip(0..LEVELS) {
        let strength = 0.62 - 0.32 * f64::from(level) / f64::from(LEVELS);
        for piece in frame.rect.pieces(contour) {
            sheet.path(&piece, &sheet.theme.muted.mix(strength), 1.0)?;
        }
    }
    let mut taken = places.all();
    let labelled = contours.iter().zip(&levels).zip(0..LEVELS).rev();
    for ((contour, excess), _) in labelled.filter(|(_, level)| (level - at).rem_euclid(3) == 0) {
        let text = short(excess + chart.problem.least_loss);
        let size = sheet.theme.text - 2.0;
        let half = (width_of(&text, size) / 2.0 + 3.0, size / 2.0 + 1.0);
        let Some(seat) = seat(contour, half, &frame.rect, &taken, path, sheet.em(2.0)) else { continue };
        taken.push(seat);
        sheet.veil(seat, half)?;
        sheet.text(&text, seat, size, &sheet.theme.muted, (HPos::Center, VPos::Center))?;
    }
    Ok(())
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

//! What part of the plane is shown, and where its places lie on the picture.

use crate::plot::Pixel;
use crate::plot::grid::Grid;
use crate::plot::polyline::{Rect, distance};
use crate::plot::sheet::Sheet;

use super::path::rows;
use super::{Path, PlaneChart, Projection};

/// How many times the distance from start to goal the view may reach.
const REACH: f64 = 2.5;
/// How many times the radius of the ball in which a run ends it may reach, where that is more; and how many times the distance from the start, or from 0, to the
/// goal that radius may be: a run that diverges ends in none.
const BALL: f64 = 2.0;
const LARGEST_BALL: f64 = 3.0;
/// Steps of the end that are looked at, about.
const LOOKS: usize = 1024;
/// How much larger than what is on it the view is.
const ROOM: f64 = 1.24;

/// A part of the plane, in its coordinates: where both axes have one scale, at least this part is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneWindow {
    /// Left and bottom.
    pub low: (f64, f64),
    /// Right and top.
    pub high: (f64, f64),
    /// By how much the loss is above its least at one of the contours; where there is none, one runs through the start of the first run.
    pub contour: Option<f64>,
}

impl PlaneWindow {
    fn is_valid(&self) -> bool {
        let spans = [self.high.0 - self.low.0, self.high.1 - self.low.1];
        spans.iter().all(|span| span.is_finite() && *span > 0.0)
    }
}

/// Where the data lie on the picture of a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneFrame {
    pub(super) projection: Projection,
    pub(super) grid: Grid,
    contour: Option<f64>,
}

impl PlaneFrame {
    /// The view of a chart: the fixed one, or one with starts, goal and least-squares solution in it, and the paths as far as they stay near.
    pub(super) fn new(chart: &PlaneChart<'_>, sheet: &Sheet<'_>) -> Self {
        let fixed = chart.window.filter(PlaneWindow::is_valid);
        let PlaneWindow { low, high, contour } = fixed.unwrap_or_else(|| around(chart));
        // one scale for both parameters, so that angles and circles are true
        let grid = Grid::new(sheet, low, high, !chart.projection.is_loss());
        Self { projection: chart.projection.clone(), grid, contour }
    }

    /// Where the plane is on the picture.
    pub(super) fn rect(&self) -> &Rect {
        &self.grid.rect
    }

    /// The two shown coordinates of a parameter vector.
    #[must_use]
    pub fn project(&self, params: &[f32]) -> (f64, f64) {
        self.projection.of(params)
    }

    /// Where coordinates lie, in CSS pixels.
    #[must_use]
    pub fn to_pixel(&self, place: (f64, f64)) -> Pixel {
        self.grid.pixel(place)
    }

    /// The coordinates at a place, in CSS pixels.
    #[must_use]
    pub fn to_theta(&self, x: f64, y: f64) -> (f64, f64) {
        self.grid.value((x, y))
    }

    /// The parameters at a place, in CSS pixels: `base` moved within the plane. For a start point that is dragged.
    #[must_use]
    pub fn params_at(&self, x: f64, y: f64, base: &[f32]) -> Vec<f32> {
        self.projection.lift(self.to_theta(x, y), base)
    }

    /// Whether a place, in CSS pixels, lies on the plane rather than in the margins.
    #[must_use]
    pub fn contains(&self, x: f64, y: f64) -> bool {
        self.rect().contains((x, y))
    }

    /// The part of the plane that is shown: as [`window`](PlaneChart::window) it keeps the picture still while something is dragged.
    #[must_use]
    pub fn window(&self) -> PlaneWindow {
        PlaneWindow { low: self.grid.low, high: self.grid.high(), contour: self.contour }
    }
}

/// How far from the goal a run is on average in its last quarter; infinite where it leaves float32.
fn ball(path: &Path<'_>, chart: &PlaneChart<'_>, goal: (f64, f64)) -> f64 {
    let features = chart.features();
    let last = path.params.chunks_exact(features).rev().take(path.params.len() / features / 4);
    let (sum, count) = last
        .step_by(path.params.len() / features / LOOKS + 1)
        .fold((0.0, 0.0), |(sum, count), row| (sum + distance(chart.projection.of(row), goal), count + 1.0));
    if count > 0.0 && f64::is_finite(sum) { sum / count } else { f64::INFINITY }
}

/// The part of the plane in which a chart's runs take place, with room around it.
fn around(chart: &PlaneChart<'_>) -> PlaneWindow {
    let goal = chart.projection.of(&chart.problem.theta);
    let least = chart.projection.of_f64(&chart.problem.least_squares);
    let starts: Vec<(f64, f64)> = chart.runs().map(|path| chart.projection.of(path.start)).collect();
    let apart = |point: &(f64, f64)| distance(*point, goal);
    let start = starts.iter().map(apart).filter(|d| d.is_finite()).fold(0.0, f64::max);
    let size = distance(goal, (0.0, 0.0));
    let balls = chart.runs().map(|path| ball(path, chart, goal)).filter(|ball| *ball <= LARGEST_BALL * start.max(size));
    let reach = (REACH * start).max(balls.fold(0.0, |reach: f64, ball| reach.max(BALL * ball))).max(1e-3);
    let paths = chart.paths.iter().flat_map(|path| rows(path, chart.features()));
    let near = paths.map(|row| chart.projection.of(row)).filter(|point| apart(point) <= reach);
    let (mut low, mut high) = (goal, goal);
    let finite = |point: &(f64, f64)| point.0.is_finite() && point.1.is_finite();
    for (u, v) in starts.iter().copied().chain([least]).chain(near).filter(finite) {
        low = (low.0.min(u), low.1.min(v));
        high = (high.0.max(u), high.1.max(v));
    }
    let half = ((high.0 - low.0).max(1e-6) * ROOM / 2.0, (high.1 - low.1).max(1e-6) * ROOM / 2.0);
    let middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
    let quadratic = chart.projection.quadratic(&chart.problem.hessian, &chart.problem.least_squares);
    let contour = quadratic.zip(starts.first()).map(|(quadratic, &start)| quadratic.excess(start) - quadratic.least);
    PlaneWindow { low: (middle.0 - half.0, middle.1 - half.1), high: (middle.0 + half.0, middle.1 + half.1), contour }
}

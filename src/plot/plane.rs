//! The plane of parameters: contours of the full-batch loss, the true parameters, the least-squares solution, and the path of a run.
//!
//! With two parameters it shows these; with more, the two leading eigenvectors of the Hessian through the least-squares solution; with one, the loss
//! against the parameter. The loss is quadratic, so its contours are exact ellipses.

use nalgebra::{DMatrix, SymmetricEigen};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use crate::lecture::recording::Problem;

use super::axes::{plain, round_ticks};
use super::series::{Rect, thin};
use super::{Pixel, PlotError, Sheet, Theme};

/// Contours that are drawn.
const LEVELS: i32 = 12;
/// Corners of a contour.
const AROUND: i32 = 240;
/// Pieces of the path that fade with age.
const AGES: usize = 40;
/// How many times the distance from start to goal the view may reach.
const REACH: f64 = 2.5;

/// The plane of a run.
#[derive(Clone, Debug)]
pub struct PlaneChart<'a> {
    /// What is minimised.
    pub problem: &'a Problem,
    /// Parameters after each step, steps × features row-major.
    pub params: &'a [f32],
    /// Number of parameters M.
    pub features: usize,
    /// The path's hue.
    pub color: RGBColor,
}

/// Which two numbers of a parameter vector are shown.
#[derive(Clone, Debug)]
enum Projection {
    /// One parameter and its loss: slope of the gradient, minimum and loss there.
    Loss { curvature: f64, least: f64, least_loss: f64 },
    /// Coordinates along two directions (unit vectors) from an origin.
    Directions { origin: Vec<f64>, across: Vec<f64>, up: Vec<f64>, names: [&'static str; 2] },
}

/// Where the data lie on the picture.
#[derive(Clone, Debug)]
pub struct PlaneFrame {
    projection: Projection,
    rect: Rect,
    /// Data at the left and at the bottom.
    low: (f64, f64),
    /// Data units per CSS pixel, across and up.
    unit: (f64, f64),
}

impl PlaneFrame {
    /// The two shown coordinates of a parameter vector.
    #[must_use]
    pub fn project(&self, params: &[f32]) -> (f64, f64) {
        self.projection.of(params.iter().map(|&p| f64::from(p)))
    }

    /// Where coordinates lie, in CSS pixels.
    #[must_use]
    pub fn to_pixel(&self, (u, v): (f64, f64)) -> Pixel {
        (self.rect.left + (u - self.low.0) / self.unit.0, self.rect.bottom - (v - self.low.1) / self.unit.1)
    }

    /// The coordinates at a place, in CSS pixels.
    #[must_use]
    pub fn to_theta(&self, x: f64, y: f64) -> (f64, f64) {
        (self.low.0 + (x - self.rect.left) * self.unit.0, self.low.1 + (self.rect.bottom - y) * self.unit.1)
    }
}

impl Projection {
    fn new(problem: &Problem, features: usize) -> Self {
        let axis = |which: usize| (0..features).map(|i| if i == which { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
        match features {
            0 | 1 => Self::Loss {
                curvature: problem.hessian.first().copied().unwrap_or(0.0),
                least: problem.least_squares.first().copied().unwrap_or(0.0),
                least_loss: problem.least_loss,
            },
            2 => Self::Directions { origin: vec![0.0; 2], across: axis(0), up: axis(1), names: ["θ₁", "θ₂"] },
            _ => {
                let eigen = SymmetricEigen::new(DMatrix::from_row_slice(features, features, &problem.hessian));
                let mut order: Vec<usize> = (0..features).collect();
                order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
                let direction = |rank: usize| eigen.eigenvectors.column(order[rank]).iter().copied().collect();
                let names = ["leading direction 1", "leading direction 2"];
                Self::Directions {
                    origin: problem.least_squares.clone(),
                    across: direction(0),
                    up: direction(1),
                    names,
                }
            }
        }
    }

    fn of(&self, params: impl Iterator<Item = f64>) -> (f64, f64) {
        match self {
            Self::Loss { curvature, least, least_loss } => {
                let theta = params.take(1).sum::<f64>();
                (theta, 0.5 * curvature * (theta - least).powi(2) + least_loss)
            }
            Self::Directions { origin, across, up, .. } => {
                let parts = params.zip(origin).zip(across.iter().zip(up));
                parts.fold((0.0, 0.0), |(u, v), ((p, o), (a, b))| (u + (p - o) * a, v + (p - o) * b))
            }
        }
    }
}

/// Draws all that does not move with the playhead.
///
/// # Errors
/// The back end refuses a stroke.
pub fn plane<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &PlaneChart<'_>,
    theme: &Theme,
) -> Result<PlaneFrame, PlotError> {
    let sheet = Sheet::new(area, theme)?;
    let frame = frame(chart, sheet.size());
    sheet.text("Parameter plane", (0.0, 4.0), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    draw_axes(&sheet, &frame)?;
    match &frame.projection {
        Projection::Loss { .. } => draw_parabola(&sheet, &frame)?,
        Projection::Directions { across, up, .. } => draw_contours(&sheet, chart, &frame, across, up)?,
    }
    draw_path(&sheet, chart, &frame)?;
    let place = |params: &[f64]| frame.to_pixel(frame.projection.of(params.iter().copied()));
    let theta: Vec<f64> = chart.problem.theta.iter().map(|&t| f64::from(t)).collect();
    draw_start(&sheet, chart, &frame)?;
    draw_star(&sheet, place(&theta))?;
    draw_plus(&sheet, place(&chart.problem.least_squares))?;
    Ok(frame)
}

/// The view: start, goal and least-squares solution in it, and the path as far as it stays near them.
fn frame(chart: &PlaneChart<'_>, (width, height): Pixel) -> PlaneFrame {
    let projection = Projection::new(chart.problem, chart.features);
    let rect = Rect { left: 52.0, top: 34.0, right: (width - 16.0).max(60.0), bottom: (height - 40.0).max(44.0) };
    let of = |params: &[f32]| projection.of(params.iter().map(|&p| f64::from(p)));
    let (start, goal) = (of(&chart.problem.theta_0), of(&chart.problem.theta));
    let least = projection.of(chart.problem.least_squares.iter().copied());
    let reach = REACH * (start.0 - goal.0).hypot(start.1 - goal.1).max(1e-3);
    let near = |point: &(f64, f64)| (point.0 - goal.0).hypot(point.1 - goal.1) <= reach;
    let path = chart.params.chunks_exact(chart.features.max(1)).map(of).filter(near);
    let (mut low, mut high) = (goal, goal);
    for (u, v) in [start, least].into_iter().chain(path) {
        low = (low.0.min(u), low.1.min(v));
        high = (high.0.max(u), high.1.max(v));
    }
    let span = ((high.0 - low.0).max(1e-6) * 1.3, (high.1 - low.1).max(1e-6) * 1.3);
    let fit = (span.0 / (rect.right - rect.left), span.1 / (rect.bottom - rect.top));
    // one scale for both parameters, so that angles and circles are true
    let unit = if matches!(projection, Projection::Loss { .. }) { fit } else { (fit.0.max(fit.1), fit.0.max(fit.1)) };
    let middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
    let half = ((rect.right - rect.left) / 2.0 * unit.0, (rect.bottom - rect.top) / 2.0 * unit.1);
    PlaneFrame { projection, rect, low: (middle.0 - half.0, middle.1 - half.1), unit }
}

fn draw_axes<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, frame: &PlaneFrame) -> Result<(), PlotError> {
    let (theme, rect) = (sheet.theme, &frame.rect);
    let end = frame.to_theta(rect.right, rect.top);
    let corners = [(rect.left, rect.top), (rect.left, rect.bottom), (rect.right, rect.bottom)];
    sheet.path(&corners, &theme.muted, 1.0)?;
    let (ticks, step) = round_ticks(frame.low.0, end.0, (rect.right - rect.left) / 80.0);
    for tick in ticks {
        let x = frame.to_pixel((tick, frame.low.1)).0;
        sheet.path(&[(x, rect.bottom), (x, rect.bottom + 4.0)], &theme.muted, 1.0)?;
        let at = (x, rect.bottom + 7.0);
        sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    let (ticks, step) = round_ticks(frame.low.1, end.1, (rect.bottom - rect.top) / 50.0);
    for tick in ticks {
        let y = frame.to_pixel((frame.low.0, tick)).1;
        sheet.path(&[(rect.left - 4.0, y), (rect.left, y)], &theme.muted, 1.0)?;
        let at = (rect.left - 8.0, y);
        sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    let [across, up] = match &frame.projection {
        Projection::Loss { .. } => ["θ₁", "loss"],
        Projection::Directions { names, .. } => *names,
    };
    let at = (rect.right, rect.bottom + 23.0);
    sheet.text(across, at, theme.text, &theme.ink, (HPos::Right, VPos::Top))?;
    sheet.text(up, (rect.left + 8.0, rect.top), theme.text, &theme.ink, (HPos::Left, VPos::Top))
}

/// The loss of one parameter.
fn draw_parabola<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, frame: &PlaneFrame) -> Result<(), PlotError> {
    let (from, to) = (frame.low.0, frame.to_theta(frame.rect.right, 0.0).0);
    let points: Vec<Pixel> = (0..=160)
        .map(|i| frame.to_pixel(frame.projection.of(std::iter::once(from + (to - from) * f64::from(i) / 160.0))))
        .collect();
    for piece in frame.rect.pieces(&points) {
        sheet.path(&piece, &sheet.theme.muted, 1.2)?;
    }
    Ok(())
}

/// The Hessian within the plane: along the first direction, along the second, and between them.
fn curvature(hessian: &[f64], across: &[f64], up: &[f64]) -> (f64, f64, f64) {
    let product = |a: &[f64], b: &[f64]| -> f64 {
        hessian
            .chunks_exact(a.len())
            .zip(a)
            .map(|(row, a)| a * row.iter().zip(b).map(|(h, b)| h * b).sum::<f64>())
            .sum()
    };
    (product(across, across), product(up, up), product(across, up))
}

fn draw_contours<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    across: &[f64],
    up: &[f64],
) -> Result<(), PlotError> {
    let (h11, h22, h12) = curvature(&chart.problem.hessian, across, up);
    let eigen = SymmetricEigen::new(nalgebra::Matrix2::new(h11, h12, h12, h22));
    let center = frame.projection.of(chart.problem.least_squares.iter().copied());
    let farthest = [
        (frame.rect.left, frame.rect.top),
        (frame.rect.right, frame.rect.top),
        (frame.rect.left, frame.rect.bottom),
        (frame.rect.right, frame.rect.bottom),
    ]
    .map(|(x, y)| {
        let corner = frame.to_theta(x, y);
        let (u, v) = (corner.0 - center.0, corner.1 - center.1);
        0.5 * (h11 * u * u + 2.0 * h12 * u * v + h22 * v * v)
    })
    .into_iter()
    .fold(0.0f64, f64::max);
    if farthest <= 0.0 || eigen.eigenvalues.iter().any(|&l| l <= 1e-12 * eigen.eigenvalues.max()) {
        return Ok(());
    }
    for level in 0..LEVELS {
        let excess = farthest * 10f64.powf(-f64::from(level) / 3.0);
        let radii = [0, 1].map(|i| (2.0 * excess / eigen.eigenvalues[i]).sqrt());
        let point = |i: i32| {
            let turn = std::f64::consts::TAU * f64::from(i) / f64::from(AROUND);
            let (a, b) = (radii[0] * turn.cos(), radii[1] * turn.sin());
            let vectors = &eigen.eigenvectors;
            let offset = (a * vectors[(0, 0)] + b * vectors[(0, 1)], a * vectors[(1, 0)] + b * vectors[(1, 1)]);
            frame.to_pixel((center.0 + offset.0, center.1 + offset.1))
        };
        let points: Vec<Pixel> = (0..=AROUND).map(point).collect();
        let strength = 0.28 + 0.30 * f64::from(level) / f64::from(LEVELS);
        for piece in frame.rect.pieces(&points) {
            sheet.path(&piece, &sheet.theme.muted.mix(strength), 1.0)?;
        }
        let top = points.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some(top) = top.filter(|top| level % 3 == 1 && level < 8 && frame.rect.contains((top.0, top.1 - 10.0))) {
            let text = short(excess + chart.problem.least_loss);
            let size = sheet.theme.text - 2.0;
            sheet.text(&text, (top.0, top.1 - 2.0), size, &sheet.theme.muted, (HPos::Center, VPos::Bottom))?;
        }
    }
    Ok(())
}

/// A loss in two digits.
fn short(loss: f64) -> String {
    if (0.01..1000.0).contains(&loss) {
        let decimals = if loss >= 10.0 {
            0
        } else if loss >= 1.0 {
            1
        } else {
            2
        };
        return format!("{loss:.decimals$}");
    }
    format!("{loss:.0e}").replace('-', "−")
}

/// The path, fainter the older it is.
fn draw_path<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
) -> Result<(), PlotError> {
    let rows =
        std::iter::once(chart.problem.theta_0.as_slice()).chain(chart.params.chunks_exact(chart.features.max(1)));
    let finite = rows.take_while(|row| row.iter().all(|p| p.is_finite()));
    let points = thin(finite.map(|row| frame.to_pixel(frame.project(row))), 1.5);
    let per_age = points.len().div_ceil(AGES).max(2);
    let last = points.len().saturating_sub(1);
    for start in (0..last).step_by(per_age) {
        let end = (start + per_age).min(last);
        let age = start as f64 / points.len() as f64;
        for piece in frame.rect.pieces(&points[start..=end]) {
            sheet.path(&piece, &chart.color.mix(0.35 + 0.65 * age), sheet.theme.line)?;
        }
    }
    Ok(())
}

fn draw_start<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
) -> Result<(), PlotError> {
    let at = frame.to_pixel(frame.project(&chart.problem.theta_0));
    sheet.ring(at, 4.0, &chart.color)?;
    let beside = (at.0 + 9.0, at.1);
    sheet.text("θ₀", beside, sheet.theme.text, &chart.color, (HPos::Left, VPos::Center))
}

/// The true parameters.
fn draw_star<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, at: Pixel) -> Result<(), PlotError> {
    let point = |i: u32| {
        let radius = if i.is_multiple_of(2) { 9.0 } else { 3.6 };
        let turn = std::f64::consts::PI * (f64::from(i) / 5.0 - 0.5);
        (at.0 + radius * turn.cos(), at.1 + radius * turn.sin())
    };
    let points: Vec<Pixel> = (0..10).map(point).collect();
    sheet.polygon(&points, &sheet.theme.ink)?;
    let beside = (at.0 + 12.0, at.1 - 4.0);
    sheet.text("θ", beside, sheet.theme.text + 1.0, &sheet.theme.ink, (HPos::Left, VPos::Bottom))
}

/// The least-squares solution.
fn draw_plus<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, at: Pixel) -> Result<(), PlotError> {
    let color = &sheet.theme.paper;
    sheet.path(&[(at.0 - 5.0, at.1), (at.0 + 5.0, at.1)], color, 1.5)?;
    sheet.path(&[(at.0, at.1 - 5.0), (at.0, at.1 + 5.0)], color, 1.5)
}

/// One sentence for a screen reader.
#[must_use]
pub fn plane_summary(chart: &PlaneChart<'_>) -> String {
    let list = |values: &[f32]| {
        let shown: Vec<String> = values.iter().take(4).map(|value| format!("{value:.4}")).collect();
        format!("({}{})", shown.join(", "), if values.len() > 4 { ", …" } else { "" })
    };
    let last = chart.params.chunks_exact(chart.features.max(1)).next_back().unwrap_or(&chart.problem.theta_0);
    format!(
        "The path leads from {} to {}; the true parameters are {}.",
        list(&chart.problem.theta_0),
        list(last),
        list(&chart.problem.theta)
    )
}

//! The plane of parameters: contours of the full-batch loss, the true parameters, the least-squares solution, and the path of a run.
//!
//! With two parameters it shows these; with more, the two leading eigenvectors of the Hessian through the least-squares solution; with one, the loss
//! against the parameter. The loss is quadratic, so its contours are exact ellipses.

mod contours;
mod marks;

use nalgebra::{DMatrix, SymmetricEigen};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use crate::lecture::recording::Problem;

use super::axes::{plain, round_ticks};
use super::series::Rect;
use super::{Pixel, PlotError, Sheet, Theme};

/// Steps of a path that are looked at, at most: more than a picture can show.
const STEPS: usize = 8192;
/// How many times the distance from start to goal the view may reach.
const REACH: f64 = 2.5;
/// How much larger than what is on it the view is.
const ROOM: f64 = 1.24;

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
                let Some(hessian) = hessian(problem, features) else {
                    return Self::Directions {
                        origin: vec![0.0; features],
                        across: axis(0),
                        up: axis(1),
                        names: ["θ₁", "θ₂"],
                    };
                };
                let eigen = SymmetricEigen::new(hessian);
                let mut order: Vec<usize> = (0..features).collect();
                order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
                let direction = |rank: usize| {
                    let vector = eigen.eigenvectors.column(order[rank]);
                    // of the two opposite vectors the one whose largest entry is positive
                    let sign = if vector[vector.iamax()] < 0.0 { -1.0 } else { 1.0 };
                    vector.iter().map(|entry| sign * entry).collect()
                };
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

/// The Hessian, if there is one of these parameters.
fn hessian(problem: &Problem, features: usize) -> Option<DMatrix<f64>> {
    let complete = problem.hessian.len() == features * features && problem.hessian.iter().all(|h| h.is_finite());
    complete.then(|| DMatrix::from_row_slice(features, features, &problem.hessian))
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
    let frame = frame(chart, &sheet);
    sheet.text("Parameter plane", (0.0, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    draw_axes(&sheet, &frame)?;
    let path = marks::path(chart, &frame);
    let places = marks::Places::new(chart, &frame);
    match &frame.projection {
        Projection::Loss { .. } => contours::draw_parabola(&sheet, &frame)?,
        Projection::Directions { across, up, .. } => {
            contours::draw_contours(&sheet, chart, &frame, [across, up], &places, &path)?;
        }
    }
    places.clear(&sheet, chart, &frame)?;
    match &frame.projection {
        Projection::Loss { .. } => marks::draw_points(&sheet, chart, &frame, &path)?,
        Projection::Directions { .. } => marks::draw_path(&sheet, chart, &frame, &path)?,
    }
    places.draw(&sheet, chart, &frame)?;
    Ok(frame)
}

/// Start and parameters after each step, or every few steps in a long run, as far as they are finite, and the last of these.
fn rows<'a>(chart: &PlaneChart<'a>) -> impl Iterator<Item = &'a [f32]> {
    let steps = chart.params.chunks_exact(chart.features.max(1));
    let finite = steps.clone().position(|row| row.iter().any(|p| !p.is_finite())).unwrap_or(steps.len());
    let last = steps.clone().take(finite).next_back();
    let few = steps.take(finite).step_by(finite.div_ceil(STEPS).max(1));
    std::iter::once(chart.problem.theta_0.as_slice()).chain(few).chain(last)
}

/// The view: start, goal and least-squares solution in it, and the path as far as it stays near them.
fn frame<DB: DrawingBackend>(chart: &PlaneChart<'_>, sheet: &Sheet<'_, DB>) -> PlaneFrame {
    let projection = Projection::new(chart.problem, chart.features);
    let (width, height) = sheet.size();
    let rect = Rect {
        left: sheet.em(4.0),
        top: sheet.em(3.4),
        right: (width - sheet.em(1.3)).max(sheet.em(4.6)),
        bottom: (height - sheet.em(3.1)).max(sheet.em(4.0)),
    };
    let of = |params: &[f32]| projection.of(params.iter().map(|&p| f64::from(p)));
    let (start, goal) = (of(&chart.problem.theta_0), of(&chart.problem.theta));
    let least = projection.of(chart.problem.least_squares.iter().copied());
    let reach = REACH * (start.0 - goal.0).hypot(start.1 - goal.1).max(1e-3);
    let near = |point: &(f64, f64)| (point.0 - goal.0).hypot(point.1 - goal.1) <= reach;
    let path = rows(chart).map(of).filter(near);
    let (mut low, mut high) = (goal, goal);
    for (u, v) in [start, least].into_iter().chain(path) {
        low = (low.0.min(u), low.1.min(v));
        high = (high.0.max(u), high.1.max(v));
    }
    let span = ((high.0 - low.0).max(1e-6) * ROOM, (high.1 - low.1).max(1e-6) * ROOM);
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
    sheet.rule((rect.left, rect.top), (rect.left, rect.bottom), &theme.muted)?;
    sheet.rule((rect.left, rect.bottom), (rect.right, rect.bottom), &theme.muted)?;
    let (tick_length, gap) = (sheet.em(0.3), sheet.em(0.55));
    let (ticks, step) = round_ticks(frame.low.0, end.0, (rect.right - rect.left) / sheet.em(4.6));
    for tick in ticks {
        let x = frame.to_pixel((tick, frame.low.1)).0;
        sheet.rule((x, rect.bottom), (x, rect.bottom + tick_length), &theme.muted)?;
        let at = (x, rect.bottom + gap);
        sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    let (ticks, step) = round_ticks(frame.low.1, end.1, (rect.bottom - rect.top) / sheet.em(3.8));
    for tick in ticks {
        let y = frame.to_pixel((frame.low.0, tick)).1;
        sheet.rule((rect.left - tick_length, y), (rect.left, y), &theme.muted)?;
        let at = (rect.left - gap, y);
        sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    let [across, up] = match &frame.projection {
        Projection::Loss { .. } => ["θ₁", "loss"],
        Projection::Directions { names, .. } => *names,
    };
    let at = (rect.right, rect.bottom + sheet.em(1.75));
    sheet.text(across, at, theme.text, &theme.ink, (HPos::Right, VPos::Top))?;
    let at = (rect.left - tick_length, rect.top - sheet.em(0.4));
    sheet.text(up, at, theme.text, &theme.ink, (HPos::Left, VPos::Bottom))
}

/// One sentence for a screen reader.
#[must_use]
pub fn plane_summary(chart: &PlaneChart<'_>) -> String {
    let list = |values: &[f32]| {
        let shown: Vec<String> = values.iter().take(4).map(|value| format!("{value:.4}")).collect();
        format!("({}{})", shown.join(", "), if values.len() > 4 { ", …" } else { "" })
    };
    let steps = chart.params.chunks_exact(chart.features.max(1));
    let finite = steps.clone().position(|row| row.iter().any(|p| !p.is_finite()));
    let (start, goal) = (list(&chart.problem.theta_0), list(&chart.problem.theta));
    let end = match (finite, steps.last()) {
        (Some(step), _) => format!("leaves float32 at step {}", step + 1),
        (None, Some(last)) => format!("leads to {}", list(last)),
        (None, None) => "has no steps yet".to_owned(),
    };
    format!("The path starts at {start} and {end}; the true parameters are {goal}.")
}

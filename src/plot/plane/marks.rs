//! What stands in the plane: the path, its start, the true parameters and the least-squares solution.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor};

use crate::plot::series::thin;
use crate::plot::{Pixel, PlotError, Sheet};

use super::{PlaneChart, PlaneFrame, rows};

/// Pieces of the path that fade with age.
const AGES: usize = 40;
/// Points that a path is drawn with where it is not a line.
const POINTS: usize = 400;

/// How strong the colour of a path is at an age from 0, the start, to 1, the last step.
fn strength(age: f64) -> f64 {
    0.4 + 0.6 * age
}

/// The path, with no more points than show, until it leaves the view for good.
pub fn path(chart: &PlaneChart<'_>, frame: &PlaneFrame) -> Vec<Pixel> {
    let mut points = thin(rows(chart).map(|row| frame.to_pixel(frame.project(row))), 2.0);
    let last_seen = points.windows(2).rposition(|pair| frame.rect.clip(pair[0], pair[1]).is_some());
    points.truncate(last_seen.map_or(1, |step| step + 2));
    points
}

/// The path as a line, fainter the older it is.
pub fn draw_path<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    path: &[Pixel],
) -> Result<(), PlotError> {
    let last = path.len().saturating_sub(1);
    let per_age = last.div_ceil(AGES).max(1);
    for start in (0..last).step_by(per_age) {
        let color = chart.color.mix(strength((start + 1) as f64 / last as f64));
        for piece in frame.rect.pieces(&path[start..=(start + per_age).min(last)]) {
            sheet.path(&piece, &color, sheet.theme.line)?;
        }
    }
    Ok(())
}

/// The path as points, where a line between them would follow the curve on which they lie.
pub fn draw_points<DB: DrawingBackend>(
    sheet: &Sheet<'_, DB>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    path: &[Pixel],
) -> Result<(), PlotError> {
    let points = thin(path.iter().copied(), sheet.em(0.7));
    let every = points.len().div_ceil(POINTS).max(1);
    for (index, &point) in points.iter().enumerate().step_by(every).filter(|(_, point)| frame.rect.contains(**point)) {
        let age = strength(index as f64 / points.len() as f64);
        sheet.dot(point, sheet.em(0.2), &chart.color.mix(age))?;
    }
    Ok(())
}

/// Where the marks stand.
pub struct Places {
    start: Pixel,
    goal: Pixel,
    least: Pixel,
}

impl Places {
    pub fn new(chart: &PlaneChart<'_>, frame: &PlaneFrame) -> Self {
        let problem = chart.problem;
        Self {
            start: frame.to_pixel(frame.project(&problem.theta_0)),
            goal: frame.to_pixel(frame.project(&problem.theta)),
            least: frame.to_pixel(frame.projection.of(problem.least_squares.iter().copied())),
        }
    }

    /// All of them, for what must keep clear.
    pub fn all(&self) -> Vec<Pixel> {
        vec![self.start, self.goal, self.least]
    }

    fn together(&self, sheet: &Sheet<'_, impl DrawingBackend>) -> bool {
        (self.goal.0 - self.least.0).hypot(self.goal.1 - self.least.1) < sheet.em(1.1)
    }

    /// The names of the marks, on the sides from which the path does not come.
    fn names<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<'_, DB>,
        chart: &PlaneChart<'_>,
        frame: &PlaneFrame,
    ) -> Vec<(&'static str, Pixel, RGBColor, (HPos, VPos))> {
        let rightwards = self.goal.0 >= self.start.0;
        let room = |at: Pixel, wide: f64| {
            let (left, right) = (at.0 - frame.rect.left > sheet.em(wide), frame.rect.right - at.0 > sheet.em(wide));
            (left || !right, right || !left)
        };
        let beside = |at: Pixel, wish_right: bool, wide: f64, up: f64| {
            let (left, right) = room(at, wide);
            let is_right = if wish_right { right } else { !left };
            let (x, across) = if is_right { (sheet.em(0.85), HPos::Left) } else { (-sheet.em(0.85), HPos::Right) };
            // where only the path's side has room, above or below it
            let aside = if self.start.1 < at.1 { -0.5 } else { 0.5 };
            let up = if is_right == wish_right || up == 0.0 { up } else { aside };
            let down = match up {
                0.0 => VPos::Center,
                _ if up > 0.0 => VPos::Bottom,
                _ => VPos::Top,
            };
            ((at.0 + x, at.1 - sheet.em(up)), (across, down))
        };
        let (at, anchor) = beside(self.start, !rightwards, 2.5, 0.0);
        let mut names = vec![("θ₀", at, chart.color, anchor)];
        let ink = sheet.theme.ink;
        if self.together(sheet) {
            let (at, anchor) = beside(self.goal, rightwards, 3.8, 0.25);
            names.push(("θ, θₗₛ", at, ink, anchor));
        } else {
            let up = if self.goal.1 <= self.least.1 { 0.25 } else { -0.25 };
            for (name, place, up) in [("θ", self.goal, up), ("θₗₛ", self.least, -up)] {
                let (at, anchor) = beside(place, rightwards, 2.5, up);
                names.push((name, at, ink, anchor));
            }
        }
        names
    }

    /// Keeps the grounds of the names free of what has been drawn.
    pub fn clear<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<'_, DB>,
        chart: &PlaneChart<'_>,
        frame: &PlaneFrame,
    ) -> Result<(), PlotError> {
        self.names(sheet, chart, frame).iter().try_for_each(|(name, at, _, anchor)| sheet.veil_name(name, *at, *anchor))
    }

    /// Draws the marks with their names.
    pub fn draw<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<'_, DB>,
        chart: &PlaneChart<'_>,
        frame: &PlaneFrame,
    ) -> Result<(), PlotError> {
        sheet.ring(self.start, sheet.em(0.3), &chart.color)?;
        draw_star(sheet, self.goal)?;
        draw_plus(sheet, self.least, self.together(sheet))?;
        let names = self.names(sheet, chart, frame);
        names.iter().try_for_each(|(name, at, color, anchor)| sheet.text(name, *at, sheet.theme.text, color, *anchor))
    }
}

/// The true parameters.
fn draw_star<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, at: Pixel) -> Result<(), PlotError> {
    let star = |grown: f64| -> Vec<Pixel> {
        let point = |i: u32| {
            let radius = sheet.em(if i.is_multiple_of(2) { 0.7 } else { 0.29 }) * grown;
            let turn = std::f64::consts::PI * (f64::from(i) / 5.0 - 0.5);
            (at.0 + radius * turn.cos(), at.1 + radius * turn.sin())
        };
        (0..10).map(point).collect()
    };
    sheet.polygon(&star(1.35), &sheet.theme.paper)?;
    sheet.polygon(&star(1.0), &sheet.theme.ink)
}

/// The least-squares solution: in ink on paper, or cut out of the star where the two meet.
fn draw_plus<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, at: Pixel, on_star: bool) -> Result<(), PlotError> {
    let plus = |arm: f64, color: RGBColor, width: f64| {
        let arm = sheet.em(arm);
        sheet.path(&[(at.0 - arm, at.1), (at.0 + arm, at.1)], &color, width)?;
        sheet.path(&[(at.0, at.1 - arm), (at.0, at.1 + arm)], &color, width)
    };
    let (paper, ink) = (sheet.theme.paper, sheet.theme.ink);
    if on_star {
        return plus(0.4, paper, 1.4);
    }
    plus(0.65, paper, 5.0)?;
    plus(0.55, ink, 2.0)
}

//! The plane of parameters: contours of the full-batch loss, the true parameters, the least-squares solution, and the paths of runs.
//!
//! A [`Projection`] says which two numbers of a vector of parameters are shown; with a single one, the plane is that of the parameter and its loss.
//! The loss is quadratic, so its contours are exact ellipses.

mod contours;
mod frame;
mod marks;
mod path;
mod playhead;
mod projection;
mod words;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use crate::lecture::recording::Problem;

use super::axes::{plain, round_ticks};
use super::sheet::Sheet;
use super::{Look, Pixel, PlotError, Role, Theme};

pub use frame::{PlaneFrame, PlaneWindow};
pub use playhead::{PlaneMoment, plane_nearest, plane_playhead, plane_start_at};
pub use projection::{PlaneQuadratic, Projection};
pub use words::{plane_summary, plane_table};

/// The way of one run.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its hue, dash pattern and marker. Ghosts have the ink's hue instead.
    pub look: Look,
    /// How much it steps forward.
    pub role: Role,
    /// Where it starts, θ₀, length M.
    pub start: &'a [f32],
    /// Parameters after each step, steps × M row-major. It ends where they are not finite.
    pub params: &'a [f32],
}

/// The plane of one or more runs on one problem.
#[derive(Clone, Debug)]
pub struct PlaneChart<'a> {
    /// What is minimised.
    pub problem: &'a Problem,
    /// The runs, the last on top.
    pub paths: &'a [Path<'a>],
    /// Which plane is shown.
    pub projection: &'a Projection,
    /// The part of the plane that is shown, to keep it still; otherwise what the runs take place in.
    pub window: Option<PlaneWindow>,
}

impl<'a> PlaneChart<'a> {
    /// The number of parameters M.
    fn features(&self) -> usize {
        self.projection.features().max(1)
    }

    /// The paths that are not ghosts.
    fn runs(&self) -> impl Iterator<Item = &'a Path<'a>> {
        self.paths.iter().filter(|path| path.role != Role::Ghost)
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
    let frame = PlaneFrame::new(chart, &sheet);
    sheet.text("Parameter plane", (0.0, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    draw_axes(&sheet, &frame)?;
    let paths: Vec<Vec<Pixel>> = chart.paths.iter().map(|path| path::points(path, &frame)).collect();
    let marks = marks::Marks::new(&sheet, chart, &frame);
    if frame.projection.is_loss() {
        contours::draw_parabola(&sheet, &frame)?;
    } else {
        let busy: Vec<Pixel> = paths.iter().flatten().copied().collect();
        contours::draw_contours(&sheet, chart, &frame, &marks.places(), &busy)?;
    }
    marks.clear(&sheet)?;
    let with_points = || chart.paths.iter().zip(&paths);
    let (ghosts, runs): (Vec<_>, Vec<_>) = with_points().partition(|(path, _)| path.role == Role::Ghost);
    for (path, points) in ghosts.into_iter().chain(runs) {
        path::draw(&sheet, path, &frame, points)?;
    }
    marks.draw(&sheet)?;
    Ok(frame)
}

fn draw_axes<DB: DrawingBackend>(sheet: &Sheet<'_, DB>, frame: &PlaneFrame) -> Result<(), PlotError> {
    let (theme, rect) = (sheet.theme, &frame.rect);
    let PlaneWindow { low, high, .. } = frame.window();
    sheet.rule((rect.left, rect.top), (rect.left, rect.bottom), &theme.muted)?;
    sheet.rule((rect.left, rect.bottom), (rect.right, rect.bottom), &theme.muted)?;
    let (tick_length, gap) = (sheet.em(0.3), sheet.em(0.55));
    let (ticks, step) = round_ticks(low.0, high.0, (rect.right - rect.left) / sheet.em(4.6));
    for tick in ticks {
        let x = frame.to_pixel((tick, low.1)).0;
        sheet.rule((x, rect.bottom), (x, rect.bottom + tick_length), &theme.muted)?;
        let at = (x, rect.bottom + gap);
        sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    let (ticks, step) = round_ticks(low.1, high.1, (rect.bottom - rect.top) / sheet.em(3.8));
    for tick in ticks {
        let y = frame.to_pixel((low.0, tick)).1;
        sheet.rule((rect.left - tick_length, y), (rect.left, y), &theme.muted)?;
        let at = (rect.left - gap, y);
        sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    let [across, up] = frame.projection.names();
    let at = (rect.right, rect.bottom + sheet.em(1.75));
    sheet.text(across, at, theme.text, &theme.ink, (HPos::Right, VPos::Top))?;
    let at = (rect.left - tick_length, rect.top - sheet.em(0.4));
    sheet.text(up, at, theme.text, &theme.ink, (HPos::Left, VPos::Bottom))
}

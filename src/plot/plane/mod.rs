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
mod spread;
mod words;

use plotters::style::text_anchor::{HPos, VPos};

use crate::lecture::run::recording::Problem;

use super::sheet::{Paper, Sheet};
use super::{Look, Pixel, PlotError, Role, Sampling, Theme};

pub use frame::{PlaneFrame, PlaneWindow};
pub use playhead::{PlaneGradient, PlaneMoment, plane_nearest, plane_playhead, plane_starts};
pub use projection::{PlaneQuadratic, Projection};
pub use words::{plane_summary, plane_table};

/// What stands above the plane.
const TITLE: &str = "Parameter plane";

/// The way of one run.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its hue, dash pattern and marker. Ghosts have the ink's hue instead.
    pub look: Look,
    /// How much it steps forward.
    pub role: Role,
    /// The steps for which there are parameters.
    pub sampling: Sampling,
    /// Where it starts, θ₀, length M.
    pub start: &'a [f32],
    /// Parameters after each of these steps, entries × M row-major. It ends where they are not finite.
    pub params: &'a [f32],
    /// Parameters after single steps that were computed again, since the recording may have left these out.
    pub exact: &'a [(usize, &'a [f32])],
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
pub fn plane(paper: &dyn Paper, chart: &PlaneChart<'_>, theme: &Theme) -> Result<PlaneFrame, PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let frame = PlaneFrame::new(chart, &sheet);
    sheet.text(TITLE, (0.0, sheet.em(0.3)), theme.text + 1.0, &theme.ink, (HPos::Left, VPos::Top))?;
    frame.grid.draw(&sheet, frame.projection.names())?;
    let trails: Vec<path::Trail> = chart.paths.iter().map(|path| path::trail(path, &frame)).collect();
    let marks = marks::Marks::new(&sheet, chart, &frame);
    if frame.projection.is_loss() {
        contours::draw_parabola(&sheet, &frame)?;
    } else {
        let busy: Vec<Pixel> = trails.iter().flat_map(|trail| &trail.points).copied().collect();
        contours::draw_contours(&sheet, chart, &frame, &marks.places(), &busy)?;
    }
    marks.clear(&sheet)?;
    let with_points = || chart.paths.iter().zip(&trails);
    let (ghosts, runs): (Vec<_>, Vec<_>) = with_points().partition(|(path, _)| path.role == Role::Ghost);
    for (path, trail) in ghosts.into_iter().chain(runs) {
        path::draw(&sheet, path, &frame, trail)?;
    }
    marks.draw(&sheet)?;
    Ok(frame)
}

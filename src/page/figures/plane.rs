//! The chart of the parameters: what of them is shown, and the paths in it.

use crate::page::asked::Asked;
use crate::page::figures::curves::WHAT_IF;
use crate::page::names::ghost_names;
use crate::page::runs::{Board, Recording, Run};
use crate::page::view::{Area, Axes, Charts};
use crate::plot::{Path, PlaneChart, PlaneQuadratic, PlaneWindow, Projection, Role, Theme};
use crate::worker::protocol::{Inspection, Problem};

/// What of all parameters is shown, and how.
#[derive(Clone, Debug)]
pub struct Cut {
    /// From parameters to the plane.
    pub projection: Projection,
    /// What keeps the picture still or was zoomed in on; otherwise all that the runs take place in is shown.
    window: Option<PlaneWindow>,
    /// Whether paths step back behind their last iterates.
    pub spread: bool,
}

impl Cut {
    /// The cut that was selected for runs on this problem; `still` keeps the picture as it is while something in it is dragged.
    #[must_use]
    pub fn new(problem: &Problem, charts: &Charts, still: Option<PlaneWindow>) -> Self {
        let chosen = match charts.plane.axes {
            Axes::Natural => None,
            Axes::Pair(across, up) => Projection::coordinates(problem, across, up),
        };
        let zoomed = charts.plane.area.map(|Area { low, high }| PlaneWindow { low, high, contour: None });
        Self {
            projection: chosen.unwrap_or_else(|| Projection::natural(problem)),
            window: still.or(zoomed),
            spread: charts.plane.spread,
        }
    }
}

/// Builds the chart of what is on screen, and reads it; nothing before the first run. Runs on other data than the first one's are drawn as well, since
/// their parameters mean the same. The steps that were taken apart are where they are exactly, also where the recording leaves them out.
pub fn with_chart<R>(
    (board, steps): (&Board, &Asked),
    cut: &Cut,
    theme: &Theme,
    read: impl FnOnce(&PlaneChart<'_>) -> R,
) -> Option<R> {
    let first = board.first()?;
    let fits = |recording: &&Recording| recording.config.features == first.config.features;
    let names: Vec<String> = ghost_names(board);
    let exacts: Vec<_> = board.runs.iter().map(|run| exact(steps, run)).collect();
    let path = |recording, label, role| path(theme, recording, label, role);
    let ghosts = board.ghosts.iter().zip(&names).filter(|(ghost, _)| fits(ghost));
    let ghosts = ghosts.map(|(ghost, name)| path(ghost, name, Role::Ghost));
    let behind = board.full_batch.iter().filter(fits).map(|run| path(run, "full batch", Role::Ghost));
    let edited = board.edited.iter().map(|(_, run)| run).filter(fits).map(|run| path(run, WHAT_IF, Role::Ghost));
    let role = if cut.spread { Role::Aside } else { Role::Run };
    let runs = board.runs.iter().zip(&exacts).filter(|(run, _)| fits(&&run.recording));
    let runs = runs.map(|(run, exact)| Path { exact, ..path(&run.recording, run.approach.name(), role) });
    let paths: Vec<Path<'_>> = ghosts.chain(behind).chain(edited).chain(runs).collect();
    let Cut { projection, window, .. } = cut;
    Some(read(&PlaneChart { problem: &first.problem, paths: &paths, projection, window: *window }))
}

fn path<'a>(theme: &Theme, recording: &'a Recording, label: &'a str, role: Role) -> Path<'a> {
    Path {
        label,
        look: theme.look(recording.config.program.approach()),
        role,
        sampling: recording.sampling(),
        start: &recording.problem.theta_0,
        params: &recording.steps.params,
        exact: &[],
    }
}

/// The parameters before and after the step of a run that was taken apart, with the numbers of steps.
fn exact<'a>(steps: &'a Asked, run: &Run) -> Vec<(usize, &'a [f32])> {
    let Some(step) = steps.of_run(run) else { return Vec::new() };
    let columns = &step.columns;
    vec![(step.step, columns.params.as_slice()), (step.step + 1, columns.params_after.as_slice())]
}

/// The gradient of the full-batch loss at these parameters, length M.
#[must_use]
pub fn full_gradient(problem: &Problem, params: &[f32]) -> Vec<f32> {
    let away: Vec<f64> = params.iter().zip(&problem.least_squares).map(|(&p, least)| f64::from(p) - least).collect();
    let rows = problem.hessian.chunks_exact(away.len().max(1));
    rows.map(|row| row.iter().zip(&away).map(|(h, a)| h * a).sum::<f64>() as f32).collect()
}

/// The loss of a step's batch, cut by the plane.
#[must_use]
pub fn batch_loss(projection: &Projection, step: &Inspection) -> Option<PlaneQuadratic> {
    projection.quadratic(&step.batch_hessian, &step.batch_minimiser)
}

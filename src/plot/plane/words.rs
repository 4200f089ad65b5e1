//! A plane in words and as a table.

use crate::plot::axes::grouped;
use crate::plot::table::spread;
use crate::plot::{Role, Row, Table};

use super::playhead::at;
use super::{Path, PlaneChart};

/// What a screen reader is told of the plane: of each run where it starts and where it leads, and where the true parameters are.
#[must_use]
pub fn plane_summary(chart: &PlaneChart<'_>) -> String {
    let runs: Vec<&Path<'_>> = chart.runs().collect();
    let course = |path: &&Path<'_>| {
        let name = if runs.len() == 1 { "The path" } else { path.label };
        format!("{name} starts at {} and {}", list(path.start), end(path, chart.features()))
    };
    let courses: Vec<String> = runs.iter().map(course).collect();
    let told = if courses.is_empty() { "No steps yet".to_owned() } else { courses.join("; ") };
    let mut sentences = vec![format!("{told}; the true parameters are {}.", list(&chart.problem.theta))];
    if chart.features() > 2 {
        let [across, up] = chart.projection.names();
        sentences.push(format!("Shown are {across} and {up}."));
    }
    let ghosts: Vec<&str> = chart.paths.iter().filter(|path| path.role == Role::Ghost).map(|path| path.label).collect();
    if !ghosts.is_empty() {
        sentences.push(format!("Pinned: {}.", ghosts.join(", ")));
    }
    sentences.join(" ")
}

fn list(values: &[f32]) -> String {
    let shown: Vec<String> = values.iter().take(4).map(|value| format!("{value:.4}")).collect();
    format!("({}{})", shown.join(", "), if values.len() > 4 { ", …" } else { "" })
}

fn end(path: &Path<'_>, features: usize) -> String {
    let steps = path.params.chunks_exact(features);
    let broken = steps.clone().position(|row| row.iter().any(|p| !p.is_finite()));
    match (broken, steps.last()) {
        (Some(entry), _) => format!("leaves float32 at step {}", grouped(path.sampling.step(entry) as f64)),
        (None, Some(last)) => format!("leads to {}", list(last)),
        (None, None) => "has taken no step".to_owned(),
    }
}

/// The two shown coordinates of every run at about `most` steps, from the start on.
#[must_use]
pub fn plane_table(chart: &PlaneChart<'_>, most: usize) -> Table {
    let features = chart.features();
    let names = chart.projection.names();
    let last =
        |path: &Path<'_>| (path.params.len() / features).checked_sub(1).map_or(0, |last| path.sampling.step(last));
    let steps = chart.paths.iter().map(last).max();
    let value = |path: &Path<'_>, step: usize| match at(path, features, step).map(|params| chart.projection.of(params))
    {
        Some((u, v)) => [Some(u), Some(v)],
        None => [None, None],
    };
    let row = |step: usize| Row { at: step, values: chart.paths.iter().flat_map(|path| value(path, step)).collect() };
    Table {
        key: "step",
        columns: chart.paths.iter().flat_map(|path| names.map(|name| format!("{} {name}", path.label))).collect(),
        rows: steps.map_or(Vec::new(), |last| spread(0, last, most)).into_iter().map(row).collect(),
    }
}

//! The step at a glance: for each of its parts, the one line in which a program does it.

use crate::base::words::thousands;
use crate::lecture::python::{Line, Listing, Live, Part, Stage};
use crate::page::playback::PARTS;

/// A part of the step in one program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StepLine {
    /// The part.
    pub stage: Stage,
    /// Its line, without what it is indented by; empty where another part's line does it, too.
    pub code: String,
    /// A word on a line that is missing.
    pub note: &'static str,
    /// What stands at its end.
    pub live: Option<Live>,
}

/// The name of the step whose values are shown while the playhead stands after `step` steps. While time plays, values come a little later than the playhead:
/// then it is the step of the `newest` ones, counted from 1.
#[must_use]
pub fn step_name(step: usize, playing: bool, newest: Option<usize>) -> String {
    match (step, newest.filter(|_| playing)) {
        (0, _) => "start".to_owned(),
        (step, newest) => format!("step {}", thousands(newest.unwrap_or(step))),
    }
}

/// The parts of a step in their order, a line each.
#[must_use]
pub fn step_lines(listing: &Listing) -> Vec<StepLine> {
    PARTS.into_iter().map(|(stage, _)| line_of(listing, stage)).collect()
}

fn line_of(listing: &Listing, stage: Stage) -> StepLine {
    let live = match stage {
        Stage::SplitKey => Some(Live::Subkey),
        Stage::Batch => Some(Live::Rows),
        Stage::Predict => Some(Live::Predictions),
        Stage::Loss => Some(Live::Loss),
        Stage::Gradient => Some(Live::Gradient),
        Stage::Update => Some(Live::Rate),
        Stage::Apply => Some(Live::Params),
        _ => None,
    };
    let parts: &[Part] = match stage {
        Stage::Shuffle => &[Part::Loader],
        Stage::SplitKey | Stage::Batch => &[Part::Loop],
        Stage::Predict | Stage::Loss => &[Part::Model],
        _ => &[Part::Step],
    };
    let lines = || listing.cells.iter().filter(|cell| parts.contains(&cell.part)).flat_map(|cell| &cell.lines);
    // the last line of the model is the one for the whole batch, or for one example where vmap makes the batch of it
    let found: Option<&Line> = lines().rfind(|line| line.stage == Some(stage));
    let elsewhere = lines().any(|line| line.also == Some(stage));
    let note = match (found, elsewhere) {
        (Some(_), _) => "",
        (None, true) => "the same call: it changes the model in place",
        (None, false) => "this program does not",
    };
    let of_stage: Vec<&str> = lines().filter(|line| line.stage == Some(stage)).map(|line| line.text.trim()).collect();
    StepLine { stage, code: last_statement(&of_stage), note, live }
}

/// The last of these lines, with those before it that it closes the bracket of.
fn last_statement(lines: &[&str]) -> String {
    let Some(last) = lines.last() else { return String::new() };
    let opened = lines.iter().rposition(|line| line.ends_with('(')).filter(|_| last.starts_with(')'));
    opened.map_or_else(|| (*last).to_owned(), |first| lines[first..].concat())
}

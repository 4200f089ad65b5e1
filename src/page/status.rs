//! Sentences about the runs on screen: what they cost, where the playhead stands, and what is remarkable about them.

use crate::base::words::{count, thousands};
use crate::lecture::run::recording::thinning_sentence;
use crate::lecture::settings::config::Approach;
use crate::lecture::verdict::divergence::finding;
use crate::page::duration::milliseconds;
use crate::page::runs::Board;
use crate::worker::protocol::Backend;

/// What the runs cost, or how far they have come.
#[must_use]
pub fn status(board: &Board) -> String {
    let Some(first) = board.first() else { return "Starting …".to_owned() };
    if !board.is_complete() {
        return format!("{} of {} steps …", thousands(first.len()), thousands(first.config.steps()));
    }
    let Some(stats) = &first.stats else { return String::new() };
    let took = milliseconds(stats.milliseconds);
    let mut said = format!("{} in {took} ms", count(stats.steps, "step"));
    if stats.backend == Backend::Interpreter {
        said.push_str(", interpreted: this browser does not allow compiling code at run time");
    }
    let part = |approach: Approach| {
        let stats = board.of(approach).and_then(|recording| recording.stats.as_ref());
        stats.map(|stats| milliseconds(stats.milliseconds)).unwrap_or_default()
    };
    let others: Vec<String> =
        board.runs.iter().skip(1).map(|run| format!("{} {}", run.approach.name(), part(run.approach))).collect();
    if !others.is_empty() {
        let all = board.runs.iter().filter_map(|run| run.recording.stats.as_ref());
        let together: f64 = all.map(|stats| stats.milliseconds).sum();
        said = format!("{said} ({}; all {together:.1})", others.join(", "));
    }
    said
}

/// Where the playhead stands after this many steps.
#[must_use]
pub fn position(board: &Board, step: usize) -> String {
    let Some(first) = board.first() else { return String::new() };
    let per_epoch = first.config.steps_per_epoch();
    let total = thousands(board.end());
    if board.end() == 0 {
        return "the run takes no steps".to_owned();
    }
    let Some(last) = step.checked_sub(1) else { return format!("before the first step of {total}") };
    let (epoch, batch) = (last / per_epoch, last % per_epoch);
    format!("epoch {epoch} · batch {} of {per_epoch} · step {} of {total}", batch + 1, thousands(step))
}

/// What is remarkable about the runs: one that diverges or whose numbers leave float32, and recordings that are thinned.
#[must_use]
pub fn remark(board: &Board) -> String {
    let diverging = board.runs.iter().find_map(|run| {
        let (problem, steps) = (&run.recording.problem, &run.recording.steps);
        finding(steps, problem).sentence()
    });
    let thinned = board.runs.iter().find_map(|run| thinning_sentence(&run.recording.config));
    let sentences: Vec<String> = diverging.into_iter().chain(thinned).collect();
    sentences.join(" ")
}

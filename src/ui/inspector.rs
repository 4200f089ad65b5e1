//! [`Inspector`]: asks the worker for the step at the playhead, of all runs, and keeps the answers.
//!
//! There is never more than one question under way, so that scrubbing asks as often as answers come and not once for every step.

use leptos::prelude::*;

use crate::lecture::view::Way;
use crate::protocol::Inspection;

use super::runs::Board;
use super::state::Lab;

/// The steps at the playhead, taken apart.
#[derive(Clone, Copy)]
pub struct Inspector {
    /// What is known of each shown run; of an older place of the playhead until the answer has come.
    pub found: RwSignal<Vec<(Way, Inspection)>>,
    /// Counts the changes of the first of them.
    pub first: RwSignal<u32>,
    /// The places (request, run, step) that were answered for.
    known: StoredValue<Vec<(u32, usize, usize)>>,
    /// The places that are being asked for.
    asked: StoredValue<Vec<(u32, usize, usize)>>,
}

impl Inspector {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            found: RwSignal::new(Vec::new()),
            first: RwSignal::new(0),
            known: StoredValue::new(Vec::new()),
            asked: StoredValue::new(Vec::new()),
        }
    }

    /// Asks whenever the playhead or the runs change.
    pub fn follow(self, lab: Lab) {
        Effect::new(move |_| {
            lab.playhead.track();
            lab.board.track();
            self.ask(lab);
        });
    }

    /// A new request is under way: questions about older ones are not answered any more.
    pub fn forget(self) {
        self.asked.set_value(Vec::new());
        self.known.set_value(Vec::new());
    }

    /// What is known of a way's run.
    pub fn with<R>(self, way: Way, read: impl FnOnce(Option<&Inspection>) -> R) -> R {
        self.found.with(|found| read(found.iter().find(|(known, _)| *known == way).map(|(_, inspection)| inspection)))
    }

    /// What is known of the first run.
    pub fn with_first<R>(self, read: impl FnOnce(Option<&Inspection>) -> R) -> R {
        self.found.with(|found| read(found.first().map(|(_, inspection)| inspection)))
    }

    /// An answer has come.
    pub fn take(self, lab: Lab, run: usize, inspection: Inspection) {
        let mut answered = None;
        self.asked.update_value(|asked| {
            answered = asked.iter().position(|(_, asked, _)| *asked == run).map(|at| asked.remove(at));
        });
        let way = lab.board.with_untracked(|board| {
            board.runs.iter().find(|shown| shown.recording.place == (board.id(), run)).map(|shown| shown.way)
        });
        let (Some(place), Some(way)) = (answered, way) else { return self.ask(lab) };
        self.known.update_value(|known| {
            known.retain(|(_, other, _)| *other != run);
            known.push(place);
        });
        let ways = lab.ways.get_untracked();
        let first = self.found.with_untracked(|found| found.first().map(|(way, _)| *way));
        self.found.update(|found| {
            found.retain(|(known, _)| *known != way && ways.contains(known));
            found.push((way, inspection));
            found.sort_by_key(|(way, _)| *way);
        });
        let now = self.found.with_untracked(|found| found.first().map(|(way, _)| *way));
        if now == Some(way) || now != first {
            self.first.update(|count| *count += 1);
        }
        self.ask(lab);
    }

    /// Asks for the runs of which the step at the playhead is not known.
    fn ask(self, lab: Lab) {
        if self.asked.with_value(|asked| !asked.is_empty()) {
            return;
        }
        let step = untrack(|| lab.step());
        let wanted: Vec<_> = lab.board.with_untracked(|board: &Board| {
            let places = board.runs.iter().filter_map(|run| {
                let recording = &run.recording;
                // the step that led to where the playhead stands; at the start, the one that follows
                let step = step.min(recording.config.steps()).saturating_sub(1);
                (recording.place.0 == board.id() && recording.len() > step).then_some((
                    board.id(),
                    recording.place.1,
                    step,
                ))
            });
            self.known.with_value(|known| places.filter(|place| !known.contains(place)).collect())
        });
        if !wanted.is_empty() {
            lab.with_bridge(|bridge| bridge.inspect(wanted.iter().map(|&(_, run, step)| (run, step)).collect()));
            self.asked.set_value(wanted);
        }
    }
}

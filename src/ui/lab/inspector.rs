//! [`Inspector`]: asks the worker for the step at the playhead, of all runs, and keeps the answers.
//!
//! A request for runs says which steps are wanted, so that all panels show a new run at once. While only the playhead moves, there is never more
//! than one question under way, so that scrubbing asks as often as answers come and not once for every step.

use leptos::prelude::*;

use crate::base::order::order_by;
use crate::lecture::settings::config::Config;
use crate::page::view::Way;
use crate::worker::protocol::Inspection;

use crate::page::runs::Board;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::effect;

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
    /// Whether something came that the panels have not been told of, and if so, whether it concerns the first run.
    unseen: StoredValue<Option<bool>>,
}

/// Of a run with these settings, how many steps were taken before the one that is taken apart while the playhead stands after `step` steps: the step that led
/// there, or at the start the one that follows.
pub fn inspected(step: usize, config: &Config) -> usize {
    step.min(config.steps()).saturating_sub(1)
}

impl Inspector {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            found: RwSignal::new(Vec::new()),
            first: RwSignal::new(0),
            known: StoredValue::new(Vec::new()),
            asked: StoredValue::new(Vec::new()),
            unseen: StoredValue::new(None),
        }
    }

    /// Asks whenever the playhead or the runs change.
    pub fn follow(self, lab: Lab) {
        effect(move || {
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

    /// An answer has come: to a question, which is shown, or with a run that nobody has been told of yet, which is kept until [`Inspector::show`].
    pub fn take(self, lab: Lab, run: usize, inspection: Inspection) {
        let id = lab.board.with_untracked(Board::id);
        let place = (id, run, inspection.step);
        let was_asked = self.asked.with_value(|asked| asked.contains(&place));
        self.asked.update_value(|asked| asked.retain(|other| *other != place));
        let way = lab.board.with_untracked(|board| {
            board.runs.iter().find(|shown| shown.recording.place == (id, run)).map(|shown| shown.way)
        });
        if let Some(way) = way {
            self.known.update_value(|known| {
                known.retain(|(_, other, _)| *other != run);
                known.push(place);
            });
            self.keep(way, inspection, &lab.ways.get_untracked());
        }
        if was_asked {
            self.show();
            self.ask(lab);
        }
    }

    fn keep(self, way: Way, inspection: Inspection, ways: &[Way]) {
        let first = |found: &[(Way, Inspection)]| found.first().map(|(way, _)| *way);
        self.found.update_untracked(|found| {
            let before = first(found);
            found.retain(|(known, _)| *known != way && ways.contains(known));
            found.push((way, inspection));
            order_by(found, |a, b| a.0 > b.0);
            let is_first = first(found) == Some(way) || first(found) != before;
            self.unseen.update_value(|unseen| *unseen = Some(unseen.unwrap_or_default() || is_first));
        });
    }

    /// Tells the panels what has come.
    pub fn show(self) {
        let mut unseen = None;
        self.unseen.update_value(|kept| unseen = kept.take());
        let Some(is_first) = unseen else { return };
        self.found.notify();
        if is_first {
            self.first.update(|count| *count += 1);
        }
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
                let step = inspected(step, &recording.config);
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

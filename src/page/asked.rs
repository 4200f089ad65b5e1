//! [`Asked`]: which steps of which runs have been taken apart, which are being asked for, and what is known of them.
//!
//! A request for runs says which steps are wanted, so that all panels show a new run at once. While only the playhead moves, there is never more than one
//! question under way, so that scrubbing asks as often as answers come and not once for every step.

use crate::lecture::settings::config::{Approach, Config};
use crate::page::runs::{Board, Run};
use crate::page::view::Shown;
use crate::worker::protocol::{AskId, Inspection, RunRef, StepRef};

/// What is known of the steps at the playhead, and what is being asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What is known of each shown run, in the order of the columns; of an older place of the playhead until the answer has come.
    pub found: Vec<(Approach, Inspection)>,
    known: Vec<StepRef>,
    under_way: Vec<StepRef>,
    /// The request that asks for them.
    question: AskId,
    /// Whether something came that the panels have not been told of, and if so, whether it concerns the first run.
    unseen: Option<bool>,
}

/// How many steps were taken before the one that is taken apart while the playhead stands after `step` steps of a run with these settings: the step that led
/// there, or at the start the one that follows.
#[must_use]
pub fn inspected(step: usize, config: &Config) -> usize {
    step.min(config.steps()).saturating_sub(1)
}

impl Asked {
    /// What is known of a column's run.
    #[must_use]
    pub fn of(&self, approach: Approach) -> Option<&Inspection> {
        self.found.iter().find(|(known, _)| *known == approach).map(|(_, inspection)| inspection)
    }

    /// The step of this very run that was taken apart last: nothing while only that of an earlier run is known.
    #[must_use]
    pub fn of_run(&self, run: &Run) -> Option<&Inspection> {
        let inspection = self.of(run.approach)?;
        let place = StepRef { run: run.recording.place, step: inspection.step };
        self.known.contains(&place).then_some(inspection)
    }

    /// What is known of the first run, with its column.
    #[must_use]
    pub fn first(&self) -> Option<(Approach, &Inspection)> {
        self.found.first().map(|(approach, inspection)| (*approach, inspection))
    }

    /// A new request is under way: questions about older ones are not answered any more. What is known of older runs stays until answers come, but for columns
    /// whose new run takes no steps, of which none will come.
    pub fn forget(&mut self, idle: &[Approach]) {
        let before = self.found.len();
        self.found.retain(|(approach, _)| !idle.contains(approach));
        if self.found.len() < before {
            self.unseen = Some(true);
        }
        self.under_way.clear();
        self.known.clear();
    }

    /// The steps to ask for now, with the playhead after `step` steps: those of shown runs that are not known, unless a question is under way.
    pub fn wanted(&mut self, board: &Board, step: usize) -> Vec<StepRef> {
        if !self.under_way.is_empty() {
            return Vec::new();
        }
        let id = board.id();
        let places = board.runs.iter().filter_map(|run| {
            let recording = &run.recording;
            let step = inspected(step, &recording.config);
            let ready = recording.place.ask == id && recording.len() > step;
            ready.then_some(StepRef { run: recording.place, step })
        });
        self.under_way = places.filter(|place| !self.known.contains(place)).collect();
        self.under_way.clone()
    }

    /// What was wanted is asked for by this request; by none, where nobody is there to answer.
    pub fn ask(&mut self, question: Option<AskId>) {
        match question {
            Some(question) => self.question = question,
            None => self.under_way.clear(),
        }
    }

    /// No more answers come to a request. A step that it asked for and that did not come can be asked for again.
    pub fn end(&mut self, question: AskId) {
        if self.question == question {
            self.under_way.clear();
        }
    }

    /// Takes an answer about a run. Returns whether it was asked for by a question, and is to be shown at once; what comes with a run
    /// is kept until [`Asked::seen`].
    pub fn take(&mut self, board: &Board, shown: Shown, run: RunRef, inspection: Inspection) -> bool {
        let place = StepRef { run, step: inspection.step };
        let was_asked = self.under_way.contains(&place);
        self.under_way.retain(|other| *other != place);
        if let Some(approach) = board.column_of(run) {
            self.known.retain(|other| other.run != run);
            self.known.push(place);
            self.keep(approach, inspection, shown);
        }
        was_asked
    }

    fn keep(&mut self, approach: Approach, inspection: Inspection, shown: Shown) {
        let first = |found: &[(Approach, Inspection)]| found.first().map(|(approach, _)| *approach);
        let before = first(&self.found);
        self.found.retain(|(known, _)| *known != approach && shown.contains(*known));
        let after = self.found.iter().take_while(|(known, _)| *known < approach).count();
        self.found.insert(after, (approach, inspection));
        let is_first = first(&self.found) == Some(approach) || first(&self.found) != before;
        self.unseen = Some(self.unseen.unwrap_or_default() || is_first);
    }

    /// What has come since the panels were told: nothing, or whether it concerns the first run.
    pub fn seen(&mut self) -> Option<bool> {
        self.unseen.take()
    }
}

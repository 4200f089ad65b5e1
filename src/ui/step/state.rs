//! [`StepState`]: where one stands within the step under the microscope, and what is known of it.

use leptos::prelude::*;

use crate::base::words::thousands;
use crate::lecture::settings::config::Approach;
use crate::page::asked::inspected;
use crate::page::microscope::sheets::SheetKind;
use crate::page::microscope::{Moment, Place, moments};
use crate::page::view::StepView;
use crate::worker::protocol::{AskId, Dissection, JobRequest, Keys, RunRef, StepRef, Texts, Traced};

use crate::ui::lab::state::LabState;
use crate::ui::state::page::put;
use crate::ui::state::{Compute, Runs, Time};

/// A step that was taken apart, with its stages.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which step of which run.
    pub at: StepRef,
    /// All of it.
    pub step: Dissection,
    /// Its stages.
    pub moments: Vec<Moment>,
}

impl Found {
    /// The stage at a place, or the last one before it.
    pub fn at(&self, place: Place) -> usize {
        self.moments.iter().rposition(|moment| moment.place <= place).unwrap_or(0)
    }
}

/// Where one stands within a step. Copies share their signals.
#[derive(Clone, Copy)]
pub struct StepState {
    /// The stage.
    pub place: RwSignal<Place>,
    /// The column whose program it is, if one was chosen.
    pub approach: RwSignal<Option<Approach>>,
    /// The step, taken apart; an older one until the answer has come.
    pub found: RwSignal<Option<Found>>,
    /// The value whose box is open, if it is not the one that the stage makes.
    pub open: RwSignal<Option<usize>>,
    /// Whether the optimizer is unfolded.
    pub unfolded: RwSignal<bool>,
    /// The program that is open.
    pub sheet: RwSignal<SheetKind>,
    /// The programs of the step.
    pub texts: RwSignal<Option<Texts>>,
    /// The keys of the run up to the step.
    pub keys: RwSignal<Option<Keys>>,
    /// What was traced and compiled so far.
    pub traced: RwSignal<Option<Vec<Traced>>>,
    under_way: RwSignal<Option<(StepRef, AskId)>>,
}

impl StepState {
    /// The tab of a view.
    pub fn new(view: StepView) -> Self {
        Self {
            place: RwSignal::new(view.place),
            approach: RwSignal::new(view.approach),
            found: RwSignal::new(None),
            open: RwSignal::new(view.open),
            unfolded: RwSignal::new(view.unfolded),
            sheet: RwSignal::new(view.sheet),
            texts: RwSignal::new(None),
            keys: RwSignal::new(None),
            traced: RwSignal::new(None),
            under_way: RwSignal::new(None),
        }
    }

    /// What is shown, as it stands in the link.
    pub fn view(self) -> StepView {
        StepView {
            place: self.place.get(),
            approach: self.approach.get(),
            sheet: self.sheet.get(),
            open: self.open.get(),
            unfolded: self.unfolded.get(),
        }
    }

    /// Shows something else.
    pub fn show(self, view: StepView) {
        put(self.place, view.place);
        put(self.approach, view.approach);
        put(self.sheet, view.sheet);
        put(self.open, view.open);
        put(self.unfolded, view.unfolded);
    }

    /// Which step it is, in words.
    pub fn shown(self, lab: LabState) -> String {
        let takes_none = lab.run(self.column(lab)).steps() == 0;
        self.found.with(|found| match found {
            _ if takes_none => "This program takes no steps: its generator was used up before the loop. Modules shows why, and mends it.".to_owned(),
            None => "Taking the step apart …".to_owned(),
            Some(Found { step, .. }) => format!(
                "Step {}: epoch {}, batch {} of {}",
                thousands(step.step + 1),
                thousands(step.epoch),
                step.batch + 1,
                step.batches
            ),
        })
    }

    /// The column whose program it is.
    pub fn column(self, lab: LabState) -> Approach {
        let shown = lab.shown.get();
        let chosen = self.approach.get().filter(|approach| shown.contains(*approach));
        chosen.or_else(|| shown.iter().next()).unwrap_or(Approach::Raw)
    }

    /// Asks for the step at the playhead, unless it is known or a question is under way.
    pub fn ask(self, (lab, runs, time): (LabState, Runs, Time), compute: Compute) {
        runs.asked.track();
        let column = self.column(lab);
        let step = time.step();
        let wanted = runs.board.with(|board| {
            let recording = board.of(column)?;
            let step = inspected(step, &recording.config);
            let is_ready = recording.place.ask == board.id() && recording.len() > step;
            is_ready.then_some(StepRef { run: recording.place, step })
        });
        let Some(wanted) = wanted else { return };
        let is_known = self.found.with(|found| found.as_ref().is_some_and(|found| found.at == wanted));
        // a newer request for runs forgets the questions before it
        let is_asked = self.under_way.with(|asked| asked.is_some_and(|(at, _)| at.run.ask == wanted.run.ask));
        if is_known || is_asked {
            return;
        }
        if let Some(id) = compute.with(|bridge| bridge.ask(JobRequest::Dissect(wanted))).flatten() {
            self.under_way.set(Some((wanted, id)));
        }
    }

    /// A step was taken apart.
    pub fn receive(self, run: RunRef, step: Dissection) {
        let at = StepRef { run, step: step.step };
        if self.under_way.with_untracked(|asked| asked.is_some_and(|(asked, _)| asked == at)) {
            let moments = moments(&step);
            self.found.set(Some(Found { at, step, moments }));
        }
    }

    /// No more answers come to a request.
    pub fn end(self, id: AskId) {
        if self.under_way.with_untracked(|asked| asked.is_some_and(|(_, asked)| asked == id)) {
            self.under_way.set(None);
        }
    }

    /// Goes to a stage.
    pub fn go(self, place: Place) {
        put(self.open, None);
        put(self.place, place);
    }

    /// Goes to the next stage, or to the one before; from the last to the next step's first, and from the first to the last of the step before. Returns whether
    /// there was one.
    pub fn go_on(self, forward: bool, time: Time) -> bool {
        let place = self.place.get_untracked();
        let Some((now, step, stages)) = self.found.with_untracked(|found| {
            let found = found.as_ref()?;
            let places: Vec<Place> = found.moments.iter().map(|moment| moment.place).collect();
            Some((found.at(place), found.step.step, places))
        }) else {
            return false;
        };
        let next = if forward { Some(now + 1) } else { now.checked_sub(1) };
        if let Some(&place) = next.and_then(|next| stages.get(next)) {
            self.go(place);
            return true;
        }
        let end = untrack(|| time.end());
        let (playhead, place) = if forward { (step + 2, stages.first()) } else { (step, stages.last()) };
        if playhead == 0 || playhead > end {
            return false;
        }
        time.seek(playhead);
        self.go(place.copied().unwrap_or_default());
        true
    }

    /// Goes to the first stage, or to the last one.
    pub fn go_to_end(self, last: bool) {
        let place = self.found.with_untracked(|found| {
            let moments = &found.as_ref()?.moments;
            let moment = if last { moments.last() } else { moments.first() };
            moment.map(|moment| moment.place)
        });
        if let Some(place) = place {
            self.go(place);
        }
    }
}

//! [`Runs`]: what has been computed: the runs on screen, the step at the playhead taken apart, and what calls of a step cost.

use leptos::prelude::*;

use crate::lecture::settings::config::Approach;
use crate::lecture::verdict::stability::Stability;
use crate::page::asked::Asked;
use crate::page::luck::Bands;
use crate::page::runs::Board;
use crate::page::view::Shown;
use crate::web::frames::Repaint;
use crate::worker::protocol::{AskId, Chunk, Costs, Inspection, Problem, RunRef, Stats};

use crate::ui::parts::effects::effect;

use super::{Compute, Time};

/// What has been computed. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Runs {
    /// The runs on screen.
    pub board: RwSignal<Board>,
    /// The newest request for runs.
    pub asked: RwSignal<AskId>,
    /// What is known of the step at the playhead, of each run.
    pub steps: RwSignal<Asked>,
    /// Counts the changes of what is known of the first run's step.
    pub first_step: RwSignal<u32>,
    /// What the ways of calling a step cost.
    pub costs: RwSignal<Option<Costs>>,
    /// Which learning rates hold on the data: before the branch, and after it.
    pub limits: RwSignal<Vec<Stability>>,
    /// What many runs of the same settings did, where that is wanted.
    pub bands: RwSignal<Bands>,
    /// Tells all panels of results that are not the last ones, once per frame.
    progress: StoredValue<Repaint, LocalStorage>,
}

impl Runs {
    /// Nothing has been computed yet.
    pub fn new() -> Self {
        let (board, steps) = (RwSignal::new(Board::default()), RwSignal::new(Asked::default()));
        let first_step = RwSignal::new(0);
        Self {
            board,
            asked: RwSignal::new(0),
            steps,
            first_step,
            costs: RwSignal::new(None),
            limits: RwSignal::new(Vec::new()),
            bands: RwSignal::new(Bands::default()),
            progress: StoredValue::new_local(Repaint::new(move || {
                board.notify();
                show(steps, first_step);
            })),
        }
    }

    /// Asks for the steps at the playhead whenever it or the runs change.
    pub fn follow(self, time: Time, compute: Compute) {
        effect(move || {
            time.playhead.track();
            self.board.track();
            self.ask(time, compute);
        });
    }

    fn ask(self, time: Time, compute: Compute) {
        let step = untrack(|| time.step());
        let wanted = self.board.with_untracked(|board| {
            self.steps.try_update_untracked(|steps| steps.wanted(board, step)).unwrap_or_default()
        });
        if !wanted.is_empty() {
            let question = compute.with(|bridge| bridge.inspect(wanted)).flatten();
            self.steps.update_untracked(|steps| steps.ask(question));
        }
    }

    /// Reads what is known of a column's step.
    pub fn with_step<R>(self, approach: Approach, read: impl FnOnce(Option<&Inspection>) -> R) -> R {
        self.steps.with(|steps| read(steps.of(approach)))
    }

    /// The simulation of a run is there.
    pub fn start(self, run: usize, problem: Problem) {
        self.board.update_untracked(|board| board.start(run, problem));
    }

    /// Some more steps of a run.
    pub fn take(self, run: usize, chunk: Chunk) {
        self.board.update_untracked(|board| board.take(run, chunk));
        self.progress.with_value(Repaint::ask);
    }

    /// A run is complete. Returns whether all are.
    pub fn finish(self, run: usize, stats: Stats) -> bool {
        self.board.update_untracked(|board| board.finish(run, stats));
        let complete = self.board.with_untracked(Board::is_complete);
        self.progress.with_value(|progress| if complete { progress.now() } else { progress.ask() });
        complete
    }

    /// No more answers come to a request.
    pub fn end(self, ask: AskId) {
        self.steps.update_untracked(|steps| steps.end(ask));
        self.board.update_untracked(|board| board.end_of(ask));
        if self.board.with_untracked(Board::is_cut_short) {
            self.progress.with_value(Repaint::now);
        }
    }

    /// A step was taken apart.
    pub fn inspected(self, shown: Shown, run: RunRef, inspection: Inspection, (time, compute): (Time, Compute)) {
        let was_asked = self.board.with_untracked(|board| {
            self.steps.try_update_untracked(|steps| steps.take(board, shown, run, inspection)).unwrap_or_default()
        });
        if was_asked {
            show(self.steps, self.first_step);
            self.ask(time, compute);
        }
    }
}

/// Tells the panels what has come of the steps at the playhead.
fn show(steps: RwSignal<Asked>, first_step: RwSignal<u32>) {
    let Some(is_first) = steps.try_update_untracked(Asked::seen).flatten() else { return };
    steps.notify();
    if is_first {
        first_step.update(|count| *count += 1);
    }
}

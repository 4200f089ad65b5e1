//! [`Time`]: where in the run every panel stands, and whether time runs by itself.

use leptos::prelude::*;

use crate::lecture::python::Stage;
use crate::page::playback::Speed;
use crate::page::runs::Board;

use super::Runs;

/// Where in the run every panel stands. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Time {
    /// How many steps have been taken where every panel stands; the end if there is none.
    pub playhead: RwSignal<Option<usize>>,
    /// The step that the pointer is at in a chart, if it is.
    pub hover: RwSignal<Option<usize>>,
    /// Whether time runs by itself.
    pub playing: RwSignal<bool>,
    /// How fast it does.
    pub speed: RwSignal<Speed>,
    /// The part of the step that is lit in the programs.
    pub stage: RwSignal<Stage>,
    /// Whether somebody else moves time while it plays, at a pace of their own.
    pub paced: RwSignal<bool>,
    board: RwSignal<Board>,
}

impl Time {
    /// Time stands still after this many steps of the runs.
    pub fn new(playhead: Option<usize>, runs: Runs) -> Self {
        Self {
            playhead: RwSignal::new(playhead),
            hover: RwSignal::new(None),
            playing: RwSignal::new(false),
            speed: RwSignal::new(Speed::USUAL),
            stage: RwSignal::new(Stage::Apply),
            paced: RwSignal::new(false),
            board: runs.board,
        }
    }

    /// The steps of the longest run.
    pub fn end(self) -> usize {
        self.board.with(Board::end)
    }

    /// How many steps have been taken where the playhead stands.
    pub fn step(self) -> usize {
        let end = self.end();
        self.playhead.get().map_or(end, |step| step.min(end))
    }

    /// Moves the playhead, within the run.
    pub fn seek(self, step: usize) {
        let end = untrack(|| self.end());
        let next = (step < end).then_some(step);
        if self.playhead.get_untracked() != next {
            self.playhead.set(next);
        }
    }

    /// Stops time and moves the playhead to the end of a step.
    pub fn stop_at(self, step: usize) {
        self.playing.set(false);
        self.stage.set(Stage::Apply);
        self.seek(step);
    }

    /// Starts or stops time; at the end it starts over.
    pub fn toggle(self) {
        if !self.playing.get_untracked() {
            self.stage.set(Stage::Apply);
            if self.playhead.get_untracked().is_none() {
                self.seek(0);
            }
        }
        self.playing.update(|playing| *playing = !*playing);
    }

    /// Back to the start.
    pub fn restart(self) {
        self.stop_at(0);
    }

    /// This many steps forward, or back.
    pub fn step_by(self, by: isize) {
        self.stop_at(untrack(|| self.step()).saturating_add_signed(by));
    }

    /// This many epochs forward, or back.
    pub fn step_epochs(self, by: isize) {
        let per_epoch = self.board.with_untracked(|board| board.first().map_or(1, |run| run.config.steps_per_epoch()));
        self.step_by(per_epoch.cast_signed().saturating_mul(by));
    }

    /// Looks at a part of the step at the playhead; from the start it goes to the first step.
    pub fn look_at(self, stage: Stage) {
        self.playing.set(false);
        if untrack(|| self.step()) == 0 {
            self.seek(1);
        }
        self.stage.set(stage);
    }

    /// How many steps are complete where the playhead stands: the one whose parts are lit is only when its last one is.
    pub fn taken(self) -> usize {
        let step = self.step();
        if self.stage.get() < Stage::Apply { step.saturating_sub(1) } else { step }
    }

    /// The last step whose loss is known where the playhead stands.
    pub fn loss_known(self) -> usize {
        let step = self.step();
        if self.stage.get() < Stage::Loss { step.saturating_sub(1) } else { step }
    }
}

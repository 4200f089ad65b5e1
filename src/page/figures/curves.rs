//! The charts of loss and distance against steps.

use crate::lecture::run::inspection::Recorded;
use crate::lecture::run::rates::Rates;
use crate::page::asked::Asked;
use crate::page::names::ghost_names;
use crate::page::runs::{Board, Recording, Run};
use crate::page::view::Charts;
use crate::plot::{
    Curve, CurvesChart, CurvesMiddle, Dash, Look, Marker, RateStrip, Role, Sampling, StepAxis, StepUnit, Theme,
};
use crate::worker::protocol::Curves;

/// What a run with one step made otherwise is called in charts.
pub const WHAT_IF: &str = "what if";

/// Which curves a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The loss of each step's batch.
    Loss,
    /// The distances to the true parameters and to the least-squares solution.
    Distance,
}

impl Which {
    /// The figure's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "Loss",
            Self::Distance => "Distance to the true parameters",
        }
    }

    /// The name of its files and classes.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Distance => "distance",
        }
    }

    fn column(self, recording: &Recording) -> &[f32] {
        match self {
            Self::Loss => &recording.steps.losses,
            Self::Distance => &recording.steps.norms,
        }
    }

    fn number(self, recorded: &Recorded) -> f32 {
        match self {
            Self::Loss => recorded.loss,
            Self::Distance => recorded.norm,
        }
    }

    /// Builds the chart of what is on screen, and reads it. The steps that were taken apart are read exactly, also where the recording leaves them out.
    pub fn with_chart<R>(
        self,
        (board, steps, many): (&Board, &Asked, Option<&Curves>),
        charts: &Charts,
        theme: &Theme,
        bare: bool,
        read: impl FnOnce(&CurvesChart<'_>) -> R,
    ) -> R {
        let printed: Vec<_> = board.runs.iter().map(|run| printed(&run.recording)).collect();
        let exacts: Vec<_> = board.runs.iter().map(|run| exact(steps, run, |recorded| self.number(recorded))).collect();
        let to_least = |run| exact(steps, run, |recorded| recorded.least_squares_norm);
        let aside = board.runs.first().map(to_least).unwrap_or_default();
        let names: Vec<String> = ghost_names(board);
        let quiet = Look { color: theme.muted, dash: Dash::Dots, marker: Marker::Circle };
        let mut curves = Vec::new();
        for (ghost, label) in board.ghosts.iter().zip(&names) {
            let (sampling, values) = (ghost.sampling(), self.column(ghost));
            curves.push(Curve { label, look: quiet, role: Role::Ghost, sampling, values, printed: &[], exact: &[] });
        }
        if let Some((_, edited)) = &board.edited {
            let (sampling, values) = (edited.sampling(), self.column(edited));
            let label = WHAT_IF;
            curves.push(Curve { label, look: quiet, role: Role::Ghost, sampling, values, printed: &[], exact: &[] });
        }
        if let Some(first) = board.first().filter(|_| self == Self::Distance) {
            let (sampling, values) = (first.sampling(), &first.steps.least_squares_norms);
            let (label, role, exact) = ("to θₗₛ", Role::Aside, aside.as_slice());
            curves.push(Curve { label, look: quiet, role, sampling, values, printed: &[], exact });
        }
        for ((run, printed), exact) in board.runs.iter().zip(&printed).zip(&exacts) {
            let printed: &[(usize, f32)] = if self == Self::Distance { printed } else { &[] };
            let (sampling, values) = (run.recording.sampling(), self.column(&run.recording));
            let (label, look) = (run.approach.name(), theme.look(run.approach));
            curves.push(Curve { label, look, role: Role::Run, sampling, values, printed, exact });
        }
        let middle = many.zip(board.runs.first()).map(|(many, run)| {
            let values = if self == Self::Loss { &many.losses } else { &many.norms };
            let values = [&values[0], &values[1], &values[2]].map(Vec::as_slice);
            let color = theme.look(run.approach).color;
            CurvesMiddle { name: "64 runs", steps: &many.steps, values, color }
        });
        read(&CurvesChart {
            middle,
            title: if self == Self::Loss { "Loss" } else { "‖θ − θ̂‖" },
            unit: "",
            curves: &curves,
            axis: axis(board, charts),
            log: !charts.linear,
            range: None,
            bare,
            branch: branch(board),
            waits: board.end() > 0,
        })
    }
}

/// What charts show around the step of a run that was taken apart, with the numbers of steps.
fn exact(steps: &Asked, run: &Run, read: impl Fn(&Recorded) -> f32) -> Vec<(usize, f32)> {
    let Some(step) = steps.of_run(run) else { return Vec::new() };
    let before = step.before.as_ref().map(|before| (step.step, read(before)));
    before.into_iter().chain([(step.step + 1, read(&step.after))]).collect()
}

/// The step from which the first run goes on by other settings.
fn branch(board: &Board) -> Option<usize> {
    board.first()?.config.branch.as_ref().map(|branch| branch.step)
}

/// The learning rate of each step of the first run, with the playhead after `step` of them.
pub fn with_rates<R>(
    (board, steps): (&Board, &Asked),
    charts: &Charts,
    theme: &Theme,
    step: usize,
    read: impl FnOnce(&RateStrip<'_>) -> R,
) -> Option<R> {
    let run = board.runs.first()?;
    let rates @ Rates { stride, values } = &run.recording.problem.rates;
    let total = run.recording.config.planned_steps();
    let sampling = Sampling { stride: *stride, total };
    let taken_apart = || steps.of_run(run).filter(|found| found.step + 1 == step).and_then(|found| found.learning_rate);
    let now = rates.of(step, total).or_else(taken_apart).map(rate_text).unwrap_or_default();
    // an optimizer that searches for the length of its steps takes no rate
    let (values, now): (&[f32], String) =
        if run.recording.config.optimizer.searches() { (&[], "searched".to_owned()) } else { (values, now) };
    let color = theme.look(run.approach).color;
    Some(read(&RateStrip { values, sampling, axis: axis(board, charts), color, branch: branch(board), step, now }))
}

/// A rate with three digits, as it stands beside its curve.
fn rate_text(rate: f32) -> String {
    if rate != 0.0 && rate < 1e-3 { format!("{rate:.2e}") } else { format!("{rate:.4}") }
}

/// The axis of steps as it was selected.
#[must_use]
pub fn axis(board: &Board, charts: &Charts) -> StepAxis {
    let total = board.runs.iter().map(|run| run.recording.config.planned_steps()).max().unwrap_or(0);
    let per_epoch = board.first().map_or(1, |first| first.config.steps_per_epoch());
    let unit = if charts.by_epoch { StepUnit::Epochs } else { StepUnit::Steps };
    StepAxis { unit, window: charts.zoom, ..StepAxis::new(total, per_epoch) }
}

/// The distances that the program prints, with the steps after which it prints them.
fn printed(recording: &Recording) -> Vec<(usize, f32)> {
    let per_epoch = recording.config.steps_per_epoch();
    let epochs = recording.steps.epoch_norms.iter().enumerate();
    epochs.step_by(recording.config.print_every).map(|(epoch, &norm)| ((epoch + 1) * per_epoch, norm)).collect()
}

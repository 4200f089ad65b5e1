//! [`Recording`]: the steps of one run as the page keeps them, and [`Board`], all runs on screen and the ghosts behind them.

use crate::lecture::run::recording::stride;
use crate::lecture::settings::config::{Approach, Config};
use crate::plot::Sampling;
use crate::worker::protocol::{AskId, Chunk, Edit, Problem, RunRef, Stats};

/// One run, as far as it has been computed.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// Which of the worker's runs it is.
    pub place: RunRef,
    /// What it computes.
    pub config: Config,
    /// What it minimises.
    pub problem: Problem,
    /// Its steps so far.
    pub steps: Chunk,
    /// What it cost, once it is finished.
    pub stats: Option<Stats>,
}

impl Recording {
    /// Steps computed so far.
    pub fn len(&self) -> usize {
        (self.steps.losses.len() * self.stride()).min(self.config.steps())
    }

    /// Whether nothing has been computed yet.
    pub fn is_empty(&self) -> bool {
        self.steps.losses.is_empty()
    }

    /// Which steps its entries stand for.
    pub fn sampling(&self) -> Sampling {
        Sampling { stride: self.stride(), total: self.config.steps() }
    }

    /// Steps between entries of the recording: 1, unless the run is very long.
    pub fn stride(&self) -> usize {
        stride(&self.config)
    }

    /// The entry of the columns for the moment after `step` steps; none before the first.
    pub fn entry(&self, step: usize) -> Option<usize> {
        self.sampling().entry(step, self.steps.losses.len())
    }

    /// The parameters after `step` steps, as far as they have been computed.
    pub fn params(&self, step: usize) -> Option<&[f32]> {
        if step == 0 {
            return Some(self.problem.theta_0.as_slice());
        }
        self.steps.params.chunks_exact(self.config.features.max(1)).nth(self.entry(step)?)
    }

    /// The lines that the program has printed after `step` steps.
    pub fn lines(&self, step: usize) -> &[String] {
        if step >= self.config.steps() {
            return &self.steps.lines;
        }
        let epochs = step / self.config.steps_per_epoch();
        let printed = epochs.div_ceil(self.config.print_every);
        // the first line stands before the loop
        self.steps.lines.get(..(1 + printed).min(self.steps.lines.len())).unwrap_or_default()
    }
}

/// A run that is shown.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its column.
    pub approach: Approach,
    /// Its steps.
    pub recording: Recording,
}

/// What one of the runs of a request is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To be shown.
    Shown(Approach),
    /// To stay as a ghost.
    Pinned,
    /// To lie behind the first run in the plane: the same on the full batch.
    FullBatch,
    /// To stand beside a shown run: the same with one step made otherwise.
    Edited(Edit),
}

/// All runs on screen.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Those that are shown, in the order of their columns. An old one stays until the first steps of a new one have come.
    pub runs: Vec<Run>,
    /// Those that were pinned.
    pub ghosts: Vec<Recording>,
    /// Gradient descent on the full batch, if it is wanted.
    pub full_batch: Option<Recording>,
    /// A shown run with one step made otherwise, if it is wanted.
    pub edited: Option<(Edit, Recording)>,
    /// The settings of all pinned runs, in the order of their list.
    pins: Vec<Config>,
    /// The newest request: what was asked for, and the problems of runs whose first steps have not come yet.
    asked: Vec<(Target, Config, Option<Problem>)>,
    id: AskId,
    /// Whether no more comes of it.
    ended: bool,
}

impl Board {
    /// The run that texts speak of: the first that is shown.
    pub fn first(&self) -> Option<&Recording> {
        self.runs.first().map(|run| &run.recording)
    }

    /// The run of a column.
    pub fn of(&self, approach: Approach) -> Option<&Recording> {
        self.runs.iter().find(|run| run.approach == approach).map(|run| &run.recording)
    }

    /// Whether all that was asked for has been computed.
    pub fn is_complete(&self) -> bool {
        let done = |run: &Run| run.recording.place.ask == self.id && run.recording.stats.is_some();
        // one that has not begun is not among the runs yet
        let shown = self.asked.iter().filter(|(target, ..)| matches!(target, Target::Shown(_))).count();
        !self.runs.is_empty() && self.runs.len() >= shown && self.runs.iter().all(done)
    }

    /// Whether runs are under way.
    pub fn is_under_way(&self) -> bool {
        !self.asked.is_empty() && !self.ended && !self.is_complete()
    }

    /// Whether the newest request ended before it was complete: it was stopped, or has failed.
    pub fn is_cut_short(&self) -> bool {
        self.ended && !self.is_complete()
    }

    /// No more comes of a request. If it was the newest one and is not complete, runs of earlier settings that it was to replace go.
    pub fn end_of(&mut self, id: AskId) {
        if self.id == id {
            self.ended = true;
            self.runs.retain(|run| run.recording.place.ask == id);
            self.edited.take_if(|(_, run)| run.place.ask != id);
        }
    }

    /// The column of a run, if it is shown.
    pub fn column_of(&self, run: RunRef) -> Option<Approach> {
        self.runs.iter().find(|shown| shown.recording.place == run).map(|shown| shown.approach)
    }

    /// The id of the newest request.
    pub fn id(&self) -> AskId {
        self.id
    }

    /// The steps of the longest run.
    pub fn end(&self) -> usize {
        self.runs.iter().map(|run| run.recording.config.steps()).max().unwrap_or(0)
    }

    /// What has to be computed for these settings: the columns, one of them with a step made otherwise, the full batch, and pinned runs that are not known.
    pub fn wanted(
        &self,
        shown: &[(Approach, Config)],
        edited: Option<(Config, Edit)>,
        full_batch: Option<Config>,
        pins: &[Config],
    ) -> Vec<(Target, Config)> {
        let unknown = |pin: &&Config| !self.ghosts.iter().any(|ghost| ghost.config == **pin && ghost.stats.is_some());
        let shown = shown.iter().map(|(approach, config)| (Target::Shown(*approach), config.clone()));
        let shown = shown.chain(edited.map(|(config, edit)| (Target::Edited(edit), config)));
        let shown = shown.chain(full_batch.map(|config| (Target::FullBatch, config)));
        shown.chain(pins.iter().filter(unknown).map(|pin| (Target::Pinned, pin.clone()))).collect()
    }

    /// Notes a new request, and drops what is no longer wanted; tells whether there was something of that kind.
    pub fn ask(&mut self, id: AskId, wanted: Vec<(Target, Config)>, pins: &[Config]) -> bool {
        let count = |board: &Self| {
            board.runs.len() + board.ghosts.len() + board.full_batch.iter().len() + board.edited.iter().len()
        };
        let before = count(self);
        self.runs.retain(|run| wanted.iter().any(|(target, _)| *target == Target::Shown(run.approach)));
        self.ghosts.retain(|ghost| pins.contains(&ghost.config));
        self.pins = pins.to_vec();
        self.full_batch.take_if(|_| !wanted.iter().any(|(target, _)| *target == Target::FullBatch));
        self.edited.take_if(|_| !wanted.iter().any(|(target, _)| matches!(target, Target::Edited(_))));
        self.asked = wanted.into_iter().map(|(target, config)| (target, config, None)).collect();
        self.id = id;
        self.ended = false;
        count(self) < before
    }

    /// A run of the newest request begins.
    pub fn start(&mut self, run: usize, problem: Problem) {
        if let Some((_, _, announced)) = self.asked.get_mut(run) {
            *announced = Some(problem);
        }
    }

    /// Some more steps of a run.
    pub fn take(&mut self, run: usize, chunk: Chunk) {
        let place = RunRef { ask: self.id, run };
        let Some((target, config, announced)) = self.asked.get_mut(run) else { return };
        let Some(problem) = announced.take() else {
            if let Some(recording) = self.at(place) {
                recording.steps.append(chunk);
            }
            return;
        };
        let recording = Recording { place, config: config.clone(), problem, steps: chunk, stats: None };
        match *target {
            Target::Pinned => {
                self.ghosts.retain(|ghost| ghost.config != recording.config);
                self.ghosts.push(recording);
            }
            Target::FullBatch => self.full_batch = Some(recording),
            Target::Edited(edit) => self.edited = Some((edit, recording)),
            Target::Shown(approach) => {
                self.runs.retain(|run| run.approach != approach);
                let after = self.runs.iter().take_while(|run| run.approach < approach).count();
                self.runs.insert(after, Run { approach, recording });
            }
        }
    }

    /// A run is complete.
    pub fn finish(&mut self, run: usize, stats: Stats) {
        if let Some(recording) = self.at(RunRef { ask: self.id, run }) {
            recording.stats = Some(stats);
        }
    }

    /// The number of a pinned run in the list of pins, from 1.
    pub fn number_of(&self, pin: &Config) -> usize {
        let place = self.pins.iter().position(|other| other == pin);
        place.unwrap_or(self.pins.len()) + 1
    }

    /// Keeps a shown run as a ghost.
    pub fn keep(&mut self, config: &Config) {
        let known = self.ghosts.iter().any(|ghost| ghost.config == *config);
        let shown = self.runs.iter().find(|run| run.recording.config == *config && run.recording.stats.is_some());
        if let (false, Some(run)) = (known, shown) {
            self.ghosts.push(run.recording.clone());
        }
    }

    fn at(&mut self, place: RunRef) -> Option<&mut Recording> {
        let shown = self.runs.iter_mut().map(|run| &mut run.recording);
        let edited = self.edited.as_mut().map(|(_, recording)| recording);
        shown
            .chain(&mut self.ghosts)
            .chain(&mut self.full_batch)
            .chain(edited)
            .find(|recording| recording.place == place)
    }
}

//! [`Trainer`]: runs a [`Config`] and records its steps, resumable in slices of any length.
//!
//! It runs the compiled step of the configuration's program. The loop around it is the lecture's: split
//! the key, shuffle, deal out batches. An epoch, or what is wanted of it, is one call of the compiled step's own loop.
//! Where each epoch begins it keeps a checkpoint now and then, so that [`Trainer::inspect`] can compute any step again.

use std::ops::Range;
use std::rc::Rc;

use thetahat_kernels::records::distance;

use crate::base::error::{Error, Result};
use crate::jax::random::Key;
use crate::jax::{Array, jit};

use crate::lecture::data::loader::Data;
use crate::lecture::data::simulation::Simulation;
use crate::lecture::programs::transcript::{end_line, epoch_line, module_epoch_line, start_lines};
use crate::lecture::run::cache::Shared;
use crate::lecture::run::edit::Edit;
use crate::lecture::run::epochs::{Epoch, Epochs};
use crate::lecture::run::outcome::Watch;
use crate::lecture::run::phase::Course;
use crate::lecture::run::recording::{Chunk, Problem, stride};
use crate::lecture::run::steps::{by_epoch, end_of_call, rows_of};
use crate::lecture::settings::config::{Config, ModuleKind, Program};

/// At most this many checkpoints are kept.
const CHECKPOINTS: usize = 1000;

/// Between two checkpoints lie at least this many steps: fewer are computed again in no time.
const BETWEEN: usize = 64;

/// At most this many steps are taken in one call, so that what they record takes little memory.
const STEPS_AT_ONCE: usize = 4096;

/// The run where an epoch begins.
#[derive(Clone, Debug)]
struct Checkpoint {
    key: Key,
    state: Vec<Vec<u32>>,
}

/// Where the loop stands.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// Steps taken.
    pub next_step: usize,
    /// Those that follow.
    epochs: Epochs,
    /// The one that is under way; before the first step, one without samples.
    pub epoch: Epoch,
    /// What a step takes over from the one before: the words of each array of the program's state.
    pub state: Vec<Vec<u32>>,
}

impl Position {
    /// Where an epoch begins that splits `key`.
    fn new(next_step: usize, key: Key, state: Vec<Vec<u32>>, config: &Config, shared: &Shared) -> Self {
        let epochs = Epochs::new(key, config.samples, shared);
        Self { next_step, epochs, epoch: Epoch { subkey: key, order: Rc::default() }, state }
    }
}

/// A training in progress.
pub struct Trainer {
    config: Config,
    /// The step that is made otherwise, if one is.
    edit: Option<Edit>,
    simulation: Rc<Simulation>,
    problem: Problem,
    stride: usize,
    shared: Shared,
    /// The course of the run, and where there is a branch the one after it.
    courses: Vec<Course>,
    now: Position,
    /// The samples that the steps of the last call drew.
    drawn: Vec<u32>,
    /// What these steps recorded.
    records: Vec<f32>,
    checkpoints: Vec<Checkpoint>,
    lines: Vec<String>,
    watch: Watch,
}

impl std::fmt::Debug for Trainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trainer")
            .field("config", &self.config)
            .field("next_step", &self.now.next_step)
            .finish_non_exhaustive()
    }
}

impl Trainer {
    /// Simulates the data and compiles the step.
    ///
    /// # Errors
    /// The configuration is not valid: see [`Config::validate`].
    pub fn new(config: &Config) -> Result<Self> {
        Self::with(config, &Shared::default())
    }

    /// [`Trainer::new`] with what earlier runs have left to share.
    ///
    /// # Errors
    /// The configuration is not valid: see [`Config::validate`].
    pub fn with(config: &Config, shared: &Shared) -> Result<Self> {
        config.validate()?;
        let simulation = shared.simulation(config)?;
        let theta_0 = simulation.theta_0(config);
        let mut courses = vec![Course::new(0, config, shared)?];
        if let (Some(branch), Some(settings)) = (&config.branch, config.branched()) {
            courses.push(Course::new(branch.step, &settings, shared)?);
        }
        let state = courses[0].start(&theta_0)?;
        Ok(Self {
            problem: Problem::new(config, &simulation, &theta_0)?,
            lines: start_lines(config, &simulation)?,
            stride: stride(config),
            watch: Watch::new(config),
            now: Position::new(0, simulation.key, state, config, shared),
            config: config.clone(),
            edit: None,
            simulation,
            shared: shared.clone(),
            courses,
            drawn: Vec::new(),
            records: Vec::new(),
            checkpoints: Vec::new(),
        })
    }

    /// The same run with one step made otherwise.
    ///
    /// # Errors
    /// The run has no such step, or its batch cannot be changed in this way; or the step was taken already.
    pub fn edited(self, edit: Option<Edit>) -> Result<Self> {
        let fits = edit.is_none_or(|edit| edit.fits(&self.config) && edit.step >= self.now.next_step);
        if fits {
            return Ok(Self { edit, ..self });
        }
        let expected = "it must be one that is still to come, with a batch that can be changed in this way";
        Err(Error::value("The step to change", edit.map_or(0, |edit| edit.step), expected))
    }

    /// What it runs.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What is known before the first step.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What it trains on.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.simulation.data
    }

    /// How many steps have been computed.
    #[must_use]
    pub fn steps_taken(&self) -> usize {
        self.now.next_step
    }

    /// Whether all steps have been computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.now.next_step >= self.config.steps()
    }

    /// How many shapes of batch the step was traced and compiled for.
    #[must_use]
    pub fn compilations(&self) -> usize {
        self.courses.iter().map(Course::compilations).sum()
    }

    /// Computes up to `steps` further steps and returns what they recorded.
    ///
    /// # Errors
    /// The recorded numbers cannot be read, which is a defect of the compiled program.
    pub fn advance(&mut self, steps: usize) -> Result<Chunk> {
        let end = self.config.steps().min(self.now.next_step.saturating_add(steps));
        let mut chunk =
            Chunk { first_entry: self.now.next_step.div_ceil(self.stride), stride: self.stride, ..Chunk::default() };
        let room = (end - self.now.next_step).div_ceil(self.stride);
        chunk.losses.reserve_exact(room);
        chunk.norms.reserve_exact(room);
        chunk.least_squares_norms.reserve_exact(room);
        chunk.params.reserve_exact(room * self.config.features);
        while self.now.next_step < end {
            self.begin_step()?;
            let first = self.now.next_step;
            self.take_steps(end)?;
            self.record(first, &mut chunk);
        }
        if self.config.program == Program::Module(ModuleKind::Pitfall) {
            self.loop_over_nothing(&mut chunk)?;
        }
        chunk.lines = std::mem::take(&mut self.lines);
        chunk.outcome = self.watch.outcome();
        Ok(chunk)
    }

    /// What comes before a step: shuffling, where an epoch begins, and the change of course, where there is one.
    pub(super) fn begin_step(&mut self) -> Result<()> {
        if self.now.next_step.is_multiple_of(self.config.steps_per_epoch()) {
            self.begin_epoch(self.now.next_step);
        }
        let Some(course) = self.courses[1..].iter().find(|course| course.from == self.now.next_step) else {
            return Ok(());
        };
        if !course.keeps_state_of(&self.courses[0]) {
            let params = self.params();
            self.now.state = course.start(&Array::new(params, &[params.len()]))?;
        }
        Ok(())
    }

    /// Keeps a checkpoint, if it is time for one, then splits the key and shuffles, for the epoch that begins with this step.
    fn begin_epoch(&mut self, step: usize) {
        let epoch = step / self.config.steps_per_epoch();
        if epoch == self.checkpoints.len() * self.epochs_per_checkpoint() {
            self.checkpoints.push(Checkpoint { key: self.now.epochs.key(), state: self.now.state.clone() });
        }
        self.now.epoch = self.now.epochs.draw();
    }

    fn epochs_per_checkpoint(&self) -> usize {
        self.config.epochs.div_ceil(CHECKPOINTS).max(BETWEEN.div_ceil(self.config.steps_per_epoch()))
    }

    /// Draws the samples of these steps; the first one's epoch has been begun.
    fn draw(&mut self, steps: Range<usize>) {
        self.drawn.clear();
        for stretch in by_epoch(&self.config, steps.clone()) {
            if stretch.start > steps.start {
                self.begin_epoch(stretch.start);
            }
            self.drawn.extend_from_slice(&self.now.epoch.order[rows_of(&self.config, stretch)]);
        }
    }

    /// Takes steps, at least one, after [`Self::begin_step`]: those that follow before step `end` in one call of the same compiled step.
    pub(super) fn take_steps(&mut self, end: usize) -> Result<()> {
        let first = self.now.next_step;
        let branch = self.courses[1..].iter().map(|course| course.from).find(|&from| from > first);
        let edit = self.edit.map(|edit| edit.step).filter(|&step| step > first);
        let now = self.edit.filter(|edit| edit.step == first);
        // a checkpoint is taken between two calls
        let between = self.epochs_per_checkpoint() * self.config.steps_per_epoch();
        let call = end_of_call(&self.config, first).min((first / between + 1) * between);
        let limits = [if now.is_some() { first + 1 } else { end }, call, first + STEPS_AT_ONCE];
        let end = limits.into_iter().chain(branch).chain(edit).fold(usize::MAX, usize::min).max(first + 1);
        self.draw(first..end);
        self.records.resize((end - first) * (self.config.features + 2), 0.0);
        let course = self.courses.iter().rposition(|course| course.from <= first).unwrap_or(0);
        let (course, data, drawn) = (&self.courses[course], &self.simulation.data, self.drawn.as_slice());
        match now {
            Some(Edit { change, .. }) => {
                let samples = change.samples(drawn, self.config.samples, &self.shared);
                change.take(course, &samples, (data, &self.shared), &mut self.now.state, &mut self.records)?;
            }
            None => course.run(drawn, data, &mut self.now.state, &mut self.records)?,
        }
        self.now.next_step = end;
        Ok(())
    }

    /// What the steps of the last call recorded: for each its loss, its parameters and ‖θ−θ̂‖.
    pub(super) fn records(&self) -> &[f32] {
        &self.records
    }

    /// Where in the epoch's order the next step's batch lies.
    pub(super) fn batch(&self) -> Range<usize> {
        rows_of(&self.config, self.now.next_step..self.now.next_step + 1)
    }

    /// What runs share.
    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The settings of the next step.
    pub(super) fn course(&self) -> &Course {
        let branched = self.courses[1..].iter().find(|course| course.from <= self.now.next_step);
        branched.unwrap_or(&self.courses[0])
    }

    /// How many updates the optimizer has made before the next step since it was initialised.
    pub(super) fn updates(&self) -> usize {
        let course = self.course();
        let from = if course.keeps_state_of(&self.courses[0]) { 0 } else { course.from };
        self.now.next_step - from
    }

    /// The key that the first epoch splits.
    pub(super) fn first_key(&self) -> Key {
        self.simulation.key
    }

    /// Where the loop stands.
    pub(super) fn position(&self) -> &Position {
        &self.now
    }

    /// Restores an earlier position.
    pub(super) fn restore(&mut self, position: Position) {
        self.now = position;
    }

    /// Puts the loop before the step that follows `step` others, which has been taken before. Returns where it was.
    pub(super) fn rewind(&mut self, step: usize) -> Result<Position> {
        let before = self.now.clone();
        let per_epoch = self.config.steps_per_epoch();
        let number = (step / per_epoch / self.epochs_per_checkpoint()).min(self.checkpoints.len().saturating_sub(1));
        let Some(Checkpoint { key, state }) = self.checkpoints.get(number).cloned() else {
            return Err(Error::value("Step", step, "it must be one that was computed, and none was yet"));
        };
        let next_step = number * self.epochs_per_checkpoint() * per_epoch;
        self.now = Position::new(next_step, key, state, &self.config, &self.shared);
        while self.now.next_step < step {
            self.begin_step()?;
            self.take_steps(step)?;
        }
        Ok(before)
    }

    /// The parameters now, length M.
    pub(super) fn params(&self) -> &[f32] {
        bytemuck::cast_slice(&self.now.state[self.courses[0].params_leaf()])
    }

    /// Notes what the last call has done, whose first step was number `first`.
    fn record(&mut self, first: usize, chunk: &mut Chunk) {
        let (per_epoch, steps, width) = (self.config.steps_per_epoch(), self.config.steps(), self.config.features + 2);
        let records = std::mem::take(&mut self.records);
        for (record, taken) in records.chunks_exact(width).zip(first + 1..) {
            let [loss, params @ .., norm] = record else { continue };
            self.watch.note(*loss, params, *norm, &self.simulation.quadratic);
            if taken.is_multiple_of(self.stride) || taken == steps {
                chunk.losses.push(*loss);
                chunk.params.extend_from_slice(params);
                chunk.least_squares_norms.push(distance(params, &self.problem.least_squares));
                chunk.norms.push(*norm);
            }
            if taken.is_multiple_of(per_epoch) {
                chunk.epoch_norms.push(*norm);
                self.print(taken / per_epoch - 1, *norm);
            }
        }
        self.records = records;
    }

    /// The loop over a generator that is used up: nothing happens in any epoch, and its end is printed all the same.
    fn loop_over_nothing(&mut self, chunk: &mut Chunk) -> Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let theta_0 = Array::new(&self.problem.theta_0, &[self.config.features]);
        let norm = jit(|theta: &Array, params: &Array| (theta - params).norm())(&self.simulation.data.theta, &theta_0);
        let norm = norm.item()?;
        for epoch in 0..self.config.epochs {
            chunk.epoch_norms.push(norm);
            self.print(epoch, norm);
        }
        Ok(())
    }

    /// What the program prints after an epoch.
    fn print(&mut self, epoch: usize, norm: f32) {
        if epoch.is_multiple_of(self.config.print_every) {
            let line = if self.config.program.is_module() { module_epoch_line } else { epoch_line };
            self.lines.push(line(epoch, norm));
        }
        if epoch + 1 == self.config.epochs {
            self.lines.push(end_line(norm));
        }
    }
}

//! [`Sweep`]: several trainings that differ in the learning rate or in their start, computed side by side.
//!
//! They share the simulation, the shuffles and the batches. Their step is the program's own, lowered and then mapped over the trainings
//! ([`crate::lecture::run::recorded_step::RecordedStep::mapped`]): [`LANES`] of them run in the lanes of one instruction. Where one training fills the lanes by
//! itself, or code is not loaded, they run one after the other. Either way each has the bits that [`crate::lecture::run::trainer::Trainer`] computes for it alone.

use std::rc::Rc;

use crate::base::error::{Error, Result};
use crate::jax::compile::{Backend, backend, wasm};
use crate::jax::random::fold_in;
use crate::jax::{Array, DType};

use crate::lecture::data::simulation::Simulation;
use crate::lecture::programs::step_program::{rate, step_program};
use crate::lecture::run::cache::Shared;
use crate::lecture::run::epochs::{Epoch, Epochs};
use crate::lecture::run::outcome::{FLOOR, Mean, Windows, growth};
use crate::lecture::run::recording::MEMORY_LIMIT;
use crate::lecture::run::steps::{Steps, by_epoch, end_of_call, rows_of};
use crate::lecture::settings::config::Config;

/// How many trainings one mapped step computes. Where fewer are left, the last one fills the lanes.
pub const LANES: usize = wasm::LANES;

/// From this many features on, one training fills the lanes by itself, with neighbouring features.
const WIDE: usize = 8;

/// At most this many steps are taken in one call, so that what they record takes little memory.
const STEPS_AT_ONCE: usize = 1024;

/// What several trainings recorded, at evenly spaced steps. Entry `i` of a whole recording stands for the moment after `min((i + 1) · stride, steps)`
/// steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepChunk {
    /// How many entries of the recording came before these.
    pub first_entry: usize,
    /// Steps between entries: 1, unless the recording would not fit into [`MEMORY_LIMIT`].
    pub stride: usize,
    /// Loss of the batch before the update, entries × trainings row-major.
    pub losses: Vec<f32>,
    /// ‖θ−θ̂‖ after the step, entries × trainings row-major.
    pub norms: Vec<f32>,
}

impl SweepChunk {
    /// Adds the entries that follow these.
    pub fn append(&mut self, next: Self) {
        self.losses.extend(next.losses);
        self.norms.extend(next.norms);
    }
}

/// As many trainings side by side as there are lanes, or fewer: word `i` of training `t` is word `i · lanes + t`.
#[derive(Clone, Debug)]
struct Group {
    /// How many of the lanes are trainings; the others repeat the last one.
    trainings: usize,
    /// What a step takes over from the one before: the words of each array of the program's state, for all trainings or, where that is the same
    /// for all, for one.
    state: Vec<Vec<u32>>,
    /// The learning rates.
    rates: Vec<f32>,
}

/// What is noted of a training while it runs.
#[derive(Clone, Copy, Debug, Default)]
struct Note {
    first: Mean,
    last: Mean,
    /// After how many steps the distance was below the target first.
    reached: Option<usize>,
}

/// What is noted of all trainings.
#[derive(Debug)]
struct Notes {
    target: f32,
    windows: Windows,
    of: Vec<Note>,
}

/// Trainings in progress.
pub struct Sweep {
    config: Config,
    simulation: Rc<Simulation>,
    trainings: usize,
    /// The excess of the full batch's loss where each training starts.
    starts: Vec<f64>,
    /// Trainings in a group.
    lanes: usize,
    groups: Vec<Group>,
    /// Which array of the state holds the parameters.
    params_leaf: usize,
    steps: Steps,
    stride: usize,
    next_step: usize,
    epochs: Epochs,
    /// The one that is under way; none before the first step.
    epoch: Option<Epoch>,
    /// The samples that the steps of the last call drew.
    drawn: Vec<u32>,
    /// What these steps recorded, for one group after the other.
    records: Vec<f32>,
    notes: Option<Notes>,
}

impl std::fmt::Debug for Sweep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sweep")
            .field("config", &self.config)
            .field("trainings", &self.trainings)
            .field("next_step", &self.next_step)
            .finish_non_exhaustive()
    }
}

impl Sweep {
    /// Trainings with these settings, at least one, that differ in nothing but the learning rate and the start θ₀.
    ///
    /// # Errors
    /// A configuration is not valid (see [`Config::validate`]) or changes its course in the middle, there is none, or two differ in more.
    pub fn new(configs: &[Config], shared: &Shared) -> Result<Self> {
        let Some(config) = configs.first() else {
            return Err(Error::value("The number of trainings", 0, "it must be at least 1"));
        };
        configs.iter().try_for_each(|other| check(config, other))?;
        let simulation = shared.simulation(config)?;
        let lanes = lanes(config);
        let entries = MEMORY_LIMIT / (2 * size_of::<f32>() * configs.len());
        Ok(Self {
            groups: configs.chunks(lanes).map(|some| Group::new(some, lanes, &simulation)).collect::<Result<_>>()?,
            lanes,
            params_leaf: step_program(config.program).params_leaf(),
            stride: config.steps().div_ceil(entries.max(1)).max(1),
            trainings: configs.len(),
            starts: configs.iter().map(|config| start_excess(config, &simulation)).collect::<Result<_>>()?,
            next_step: 0,
            epochs: Epochs::new(simulation.key, config.samples, shared),
            epoch: None,
            drawn: Vec::new(),
            records: Vec::new(),
            notes: None,
            config: config.clone(),
            steps: Steps::new(config, Some(lanes).filter(|&lanes| lanes > 1), shared)?,
            simulation,
        })
    }

    /// The same trainings with other shuffles of the same data: those of number 0 are the program's own, another number is folded into the key that the
    /// epochs split. To be called before the first step.
    #[must_use]
    pub fn shuffled(mut self, number: u32, shared: &Shared) -> Self {
        if number > 0 {
            self.epochs = Epochs::new(fold_in(self.simulation.key, number), self.config.samples, shared);
        }
        self
    }

    /// Has it note, from the first step on, what [`Self::diverges`] and [`Self::reached`] tell: when ‖θ−θ̂‖ is below the target first, and how the full
    /// batch's loss begins and ends.
    #[must_use]
    pub fn noting(mut self, target: f32) -> Self {
        let of = vec![Note::default(); self.trainings];
        self.notes = Some(Notes { target, windows: Windows::new(&self.config), of });
        self
    }

    /// Records every so many steps only, in the place of all that fit into memory.
    #[must_use]
    pub fn thinned(mut self, stride: usize) -> Self {
        self.stride = self.stride.max(stride);
        self
    }

    /// Whether each training diverges, by the rule of [`crate::lecture::verdict::divergence`]; for a sweep that is done and has noted it.
    #[must_use]
    pub fn diverges(&self) -> Vec<bool> {
        let Some(notes) = &self.notes else { return Vec::new() };
        let quadratic = &self.simulation.quadratic;
        let floor = FLOOR * quadratic.excess(&vec![0.0; self.config.features]);
        let judge = |(training, note): (usize, &Note)| {
            let others = [self.starts.get(training).copied().unwrap_or_default(), quadratic.least_loss, floor];
            let is_finite = self.params(training).iter().all(|param| param.is_finite());
            !is_finite || growth(note.first, note.last, others).is_some()
        };
        notes.of.iter().enumerate().map(judge).collect()
    }

    /// After how many steps the distance of each training was below the target first, if it was.
    #[must_use]
    pub fn reached(&self) -> Vec<Option<usize>> {
        self.notes.iter().flat_map(|notes| &notes.of).map(|note| note.reached).collect()
    }

    /// How many trainings there are.
    #[must_use]
    pub fn trainings(&self) -> usize {
        self.trainings
    }

    /// How many steps each training has taken.
    #[must_use]
    pub fn steps_taken(&self) -> usize {
        self.next_step
    }

    /// Whether all steps have been computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next_step >= self.config.steps()
    }

    /// The parameters of a training now, length M; empty if there is no such training.
    #[must_use]
    pub fn params(&self, training: usize) -> Vec<f32> {
        let Some(group) = self.groups.get(training / self.lanes).filter(|_| training < self.trainings) else {
            return Vec::new();
        };
        let words = group.state[self.params_leaf].iter().skip(training % self.lanes).step_by(self.lanes);
        words.map(|&word| f32::from_bits(word)).collect()
    }

    /// Takes up to `steps` further steps of every training and returns what they recorded.
    ///
    /// # Errors
    /// The data cannot be read, which is a defect of the simulation.
    pub fn advance(&mut self, steps: usize) -> Result<SweepChunk> {
        let end = self.config.steps().min(self.next_step.saturating_add(steps));
        let mut chunk =
            SweepChunk { first_entry: self.next_step.div_ceil(self.stride), stride: self.stride, ..Default::default() };
        let room = (end - self.next_step).div_ceil(self.stride) * self.trainings;
        chunk.losses.reserve_exact(room);
        chunk.norms.reserve_exact(room);
        while self.next_step < end {
            let first = self.next_step;
            self.take_steps(end)?;
            for taken in first + 1..=self.next_step {
                if taken.is_multiple_of(self.stride) || taken == self.config.steps() {
                    self.record(self.next_step - taken, &mut chunk);
                }
            }
        }
        Ok(chunk)
    }

    /// Takes up to `steps` further steps of every training without a recording.
    ///
    /// # Errors
    /// The data cannot be read, which is a defect of the simulation.
    pub fn skip(&mut self, steps: usize) -> Result<()> {
        let end = self.config.steps().min(self.next_step.saturating_add(steps));
        while self.next_step < end {
            self.take_steps(end)?;
        }
        Ok(())
    }

    /// Takes all further steps of every training and returns the last entry of the recording alone; none if there is no step at all.
    ///
    /// # Errors
    /// As [`Self::skip`].
    pub fn finish(&mut self) -> Result<SweepChunk> {
        let steps = self.config.steps();
        self.skip(steps)?;
        let first_entry = steps.div_ceil(self.stride).saturating_sub(1);
        let mut chunk = SweepChunk { first_entry, stride: self.stride, ..Default::default() };
        if steps > 0 {
            self.record(0, &mut chunk);
        }
        Ok(chunk)
    }

    /// Takes the steps of every training that follow before step `end` in one call of the compiled step. An epoch is shuffled where it begins.
    fn take_steps(&mut self, end: usize) -> Result<()> {
        let first = self.next_step;
        let end = end.min(end_of_call(&self.config, first)).min(first + STEPS_AT_ONCE);
        self.drawn.clear();
        for stretch in by_epoch(&self.config, first..end) {
            if stretch.start.is_multiple_of(self.config.steps_per_epoch()) {
                self.epoch = None;
            }
            let epoch = self.epoch.get_or_insert_with(|| self.epochs.draw());
            self.drawn.extend_from_slice(&epoch.order[rows_of(&self.config, stretch)]);
        }
        let room = (end - first) * self.steps.width();
        self.records.resize(room * self.groups.len(), 0.0);
        for (group, records) in self.groups.iter_mut().zip(self.records.chunks_exact_mut(room)) {
            self.steps.run(&group.rates, &self.simulation.data, &self.drawn, &mut group.state, records)?;
        }
        self.next_step = end;
        if let Some(notes) = &mut self.notes {
            let shape = (self.lanes, self.config.features);
            notes.take((first, end), shape, &self.records, &self.simulation);
        }
        Ok(())
    }

    /// Notes what the last call has recorded of one of its steps, the one that `back` others follow.
    fn record(&self, back: usize, chunk: &mut SweepChunk) {
        let width = self.steps.width();
        for (group, records) in
            self.groups.iter().zip(self.records.chunks_exact(self.records.len() / self.groups.len()))
        {
            let record = &records[records.len() - (back + 1) * width..][..width];
            chunk.losses.extend_from_slice(&record[..group.trainings]);
            chunk.norms.extend_from_slice(&record[width - self.lanes..][..group.trainings]);
        }
    }
}

impl Notes {
    /// Looks at what steps have recorded, those after `first` up to `end`, for groups of `lanes` trainings with `features` parameters each.
    fn take(&mut self, (first, end): (usize, usize), shape: (usize, usize), records: &[f32], simulation: &Simulation) {
        let (lanes, features) = shape;
        let width = lanes * (features + 2);
        let mut params = vec![0.0; features];
        let is_between = self.windows.lie_beside(first, end);
        for (group, records) in self.of.chunks_mut(lanes).zip(records.chunks_exact((end - first) * width)) {
            // nothing is nearer than a target of zero
            let is_pending = |note: &&Note| note.reached.is_none() && self.target > 0.0;
            let mut pending = group.iter().filter(is_pending).count();
            if pending == 0 && is_between {
                continue;
            }
            for (step, record) in (first + 1..=end).zip(records.chunks_exact(width)) {
                if pending > 0 {
                    for (note, &norm) in group.iter_mut().zip(&record[width - lanes..]) {
                        if norm < self.target && note.reached.is_none() {
                            note.reached = Some(step);
                            pending -= 1;
                        }
                    }
                }
                let (is_first, is_last) = self.windows.contain(step);
                if !is_first && !is_last {
                    continue;
                }
                for (lane, note) in group.iter_mut().enumerate() {
                    let own = record[lanes..].iter().skip(lane).step_by(lanes);
                    params.iter_mut().zip(own).for_each(|(param, own)| *param = *own);
                    let excess = simulation.quadratic.excess(&params);
                    if is_first {
                        note.first.add(excess);
                    }
                    if is_last {
                        note.last.add(excess);
                    }
                }
            }
        }
    }
}

impl Group {
    /// Before the first step of up to `lanes` trainings, at least one.
    fn new(configs: &[Config], lanes: usize, simulation: &Simulation) -> Result<Self> {
        let lanes = || (0..lanes).map(|lane| &configs[lane.min(configs.len() - 1)]);
        let start = |config: &Config| step_program(config.program).start(&simulation.theta_0(config), config);
        let starts = lanes().map(start).collect::<Result<Vec<Vec<Array>>>>()?;
        let state = (0..starts[0].len()).map(|leaf| side_by_side(&starts, leaf)).collect::<Result<_>>()?;
        let rates = lanes().map(|config| rate(config).item()).collect::<Result<_>>()?;
        Ok(Self { trainings: configs.len(), state, rates })
    }
}

/// The excess of the full batch's loss where a training starts.
fn start_excess(config: &Config, simulation: &Simulation) -> Result<f64> {
    Ok(simulation.quadratic.excess(simulation.theta_0(config).as_f32()?))
}

/// How many trainings to compute at once. The interpreter has no lanes to fill.
fn lanes(config: &Config) -> usize {
    // a line search takes another number of turns for each
    let alike = config.features < WIDE && !config.optimizer.searches();
    if backend() == Backend::WebAssembly && alike { LANES } else { 1 }
}

/// The words of one array of the state of several trainings: those of the first if all have the same, as counts of steps are.
fn side_by_side(starts: &[Vec<Array>], leaf: usize) -> Result<Vec<u32>> {
    let words = starts.iter().map(|state| state[leaf].to_words()).collect::<Result<Vec<_>>>()?;
    if starts[0][leaf].dtype() != DType::F32 {
        return Ok(words[0].clone());
    }
    Ok((0..words[0].len()).flat_map(|i| words.iter().map(move |words| words[i])).collect())
}

/// That one of the trainings is valid, and like the first but for what may differ.
fn check(first: &Config, other: &Config) -> Result<()> {
    other.validate()?;
    if let Some(branch) = &other.branch {
        return Err(Error::value("Branch at step", branch.step, "it must be off: a sweep keeps its course"));
    }
    let alike = Config { learning_rate: other.learning_rate, theta_0: other.theta_0.clone(), ..first.clone() };
    if alike == *other {
        return Ok(());
    }
    let problem = format!("its trainings have the settings {first:?} and {other:?}");
    Err(Error::unsupported("A sweep", problem, "They may differ in nothing but the learning rate and the start."))
}

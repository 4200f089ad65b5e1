//! [`Course`]: the settings that hold from some step of a run on, with their compiled steps.

use crate::base::error::Result;
use crate::jax::Array;

use crate::lecture::data::loader::Data;
use crate::lecture::programs::step_program::{StepProgram, learning_rate_at, rate, step_program};
use crate::lecture::run::cache::Shared;
use crate::lecture::run::steps::Steps;
use crate::lecture::settings::config::Config;

/// A stretch of a run under the same settings.
pub struct Course {
    /// The step that it begins with.
    pub from: usize,
    config: Config,
    program: Box<dyn StepProgram>,
    /// The learning rate that the compiled steps take.
    rate: f32,
    steps: Steps,
}

impl Course {
    /// Compiles the steps, or takes them from those that are shared.
    ///
    /// # Errors
    /// A step cannot be traced.
    pub fn new(from: usize, config: &Config, shared: &Shared) -> Result<Self> {
        Ok(Self {
            from,
            config: config.clone(),
            program: step_program(config.program),
            rate: rate(config).item()?,
            steps: Steps::new(config, None, shared)?,
        })
    }

    /// The program.
    pub fn program(&self) -> &dyn StepProgram {
        self.program.as_ref()
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How many shapes of batch it compiles the step for.
    pub fn compilations(&self) -> usize {
        self.steps.sizes()
    }

    /// Which part of the state holds the parameters.
    pub fn params_leaf(&self) -> usize {
        self.program.params_leaf()
    }

    /// The words of the state with which it begins, for parameters f32\[M\].
    ///
    /// # Errors
    /// The parameters carry an error.
    pub fn start(&self, params: &Array) -> Result<Vec<Vec<u32>>> {
        self.program.start(params, &self.config)?.iter().map(Array::to_words).collect()
    }

    /// Whether the optimizer's state carries over from an earlier phase.
    pub fn keeps_state_of(&self, before: &Self) -> bool {
        keeps_state(&before.config, &self.config)
    }

    /// The learning rate for the update after `count` others.
    ///
    /// # Errors
    /// None for a valid configuration.
    pub fn learning_rate_at(&self, count: usize) -> Result<f32> {
        learning_rate_at(&self.config, count)
    }

    /// The configured learning rate as the input of the compiled step.
    pub fn rate(&self) -> Array {
        Array::scalar(self.rate)
    }

    /// The state as arrays of the program.
    ///
    /// # Errors
    /// None for a state of this program.
    pub fn arrays(&self, state: &[Vec<u32>]) -> Result<Vec<Array>> {
        let zeros = Array::zeros(&[self.config.features], crate::jax::DType::F32);
        let like = self.program.start(&zeros, &self.config)?;
        let array =
            |(words, like): (&Vec<u32>, &Array)| Ok(Array::from_words(words.as_slice().into(), like.aval()?.clone()));
        state.iter().zip(&like).map(array).collect()
    }

    /// Takes the steps of an epoch, or of a part of it, that draw these rows of the data; `state` becomes what they leave. Each step writes its
    /// loss, its parameters and their distance to the true ones: M + 2 numbers.
    ///
    /// # Errors
    /// As [`Steps::run`].
    pub fn run(&self, rows: &[u32], data: &Data, state: &mut [Vec<u32>], records: &mut [f32]) -> Result<()> {
        self.steps.run(&[self.rate], data, rows, state, records)
    }

    /// Takes one step on these samples, however many they are; compiles it for as many rows if need be.
    ///
    /// # Errors
    /// The step cannot be traced, or as [`Steps::run`].
    pub fn run_once(
        &self,
        samples: &[u32],
        data: &Data,
        state: &mut [Vec<u32>],
        record: &mut [f32],
        shared: &Shared,
    ) -> Result<()> {
        let step = shared.step(&self.config, samples.len(), None)?;
        step.borrow_mut().run(&[self.rate], data, samples, state, record)
    }
}

/// Whether the optimizer's state carries over to later settings: it has the same structure, its kind is the same, and both count updates or neither does.
pub fn keeps_state(before: &Config, after: &Config) -> bool {
    before.optimizer == after.optimizer && before.schedule.counts() == after.schedule.counts()
}

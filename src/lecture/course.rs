//! [`Course`]: the settings that hold from some step of a run on, with their compiled steps.

use crate::error::{Error, Result};
use crate::jax::Array;

use super::config::Config;
use super::data::Data;
use super::programs::{StepProgram, learning_rate_at, rate, step_program};
use super::shared::{Shared, SharedStep};

/// A stretch of a run under the same settings.
pub struct Course {
    /// The step that it begins with.
    pub from: usize,
    config: Config,
    program: Box<dyn StepProgram>,
    /// The learning rate's bits.
    rate: u32,
    /// One for full batches and, where N is no multiple of the batch size, one for the last; with the number of rows.
    steps: Vec<(usize, SharedStep)>,
}

impl Course {
    /// Compiles the steps, or takes them from those that are shared.
    ///
    /// # Errors
    /// A step cannot be traced.
    pub fn new(from: usize, config: &Config, shared: &Shared) -> Result<Self> {
        let full = config.rows_per_batch();
        let mut steps = vec![(full, shared.step(config, full)?)];
        match config.samples % full {
            0 => {}
            rest => steps.push((rest, shared.step(config, rest)?)),
        }
        let rate = rate(config).item()?.to_bits();
        Ok(Self { from, config: config.clone(), program: step_program(config.program), rate, steps })
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
        self.steps.len()
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

    /// Whether the optimizer's state of an earlier course can be gone on with.
    pub fn keeps_state_of(&self, before: &Self) -> bool {
        let (a, b) = (&self.config, &before.config);
        a.optimizer == b.optimizer && a.schedule.counts() == b.schedule.counts()
    }

    /// The learning rate for the update after `count` others.
    ///
    /// # Errors
    /// None for a valid configuration.
    pub fn learning_rate_at(&self, count: usize) -> Result<f32> {
        learning_rate_at(&self.config, count)
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

    /// Takes one step on these rows of the data; `state` becomes what it leaves. Gives the loss before it.
    ///
    /// # Errors
    /// No step was compiled for so many rows.
    pub fn step(&mut self, rows: &[u32], data: &Data, state: &mut [Vec<u32>]) -> Result<f32> {
        let Some((_, step)) = self.steps.iter().find(|(count, _)| *count == rows.len()) else {
            return Err(Error::value("Batch", rows.len(), "no step was compiled for that size"));
        };
        let mut step = step.borrow_mut();
        for (i, words) in state.iter().enumerate() {
            copy(words, step.input_mut(i));
        }
        gather(data.x.as_f32()?, rows, step.input_mut(state.len()));
        gather(data.y.as_f32()?, rows, step.input_mut(state.len() + 1));
        step.input_mut(state.len() + 2).fill(self.rate);
        step.run();
        for (i, words) in state.iter_mut().enumerate() {
            copy(step.output(i), words);
        }
        Ok(f32::from_bits(step.output(state.len())[0]))
    }
}

/// Copies words, the few of a small state one by one: a call of the copying routine takes longer than they do.
fn copy(from: &[u32], to: &mut [u32]) {
    match (from, to) {
        (&[a], [x]) => *x = a,
        (&[a, b], [x, y]) => (*x, *y) = (a, b),
        (from, to) => to.copy_from_slice(from),
    }
}

/// Copies rows of a matrix, or elements of a vector, into a batch.
pub(super) fn gather(from: &[f32], rows: &[u32], to: &mut [u32]) {
    let from: &[u32] = bytemuck::cast_slice(from);
    match to.len() / rows.len() {
        1 => gather_narrow::<1>(from, rows, to),
        2 => gather_narrow::<2>(from, rows, to),
        3 => gather_narrow::<3>(from, rows, to),
        4 => gather_narrow::<4>(from, rows, to),
        width => {
            for (to, &row) in to.chunks_exact_mut(width).zip(rows) {
                to.copy_from_slice(&from[row as usize * width..][..width]);
            }
        }
    }
}

/// [`gather`] for rows of a width that the compiler knows, so that it moves words and calls nothing.
fn gather_narrow<const WIDTH: usize>(from: &[u32], rows: &[u32], to: &mut [u32]) {
    let (from, _) = from.as_chunks::<WIDTH>();
    let (to, _) = to.as_chunks_mut::<WIDTH>();
    for (to, &row) in to.iter_mut().zip(rows) {
        *to = from[row as usize];
    }
}

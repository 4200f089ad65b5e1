//! [`Map`]: a run for a grid of learning rates and batch sizes. A row of it, all rates with one batch size, is one [`Sweep`], and as a [`RowRequest`] can be
//! computed by any worker.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;

use crate::lecture::run::cache::Shared;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::sweep::Sweep;
use crate::lecture::settings::config::Config;

/// Learning rates, and batch sizes, of [`Map::lecture`].
const SIZE: usize = 64;
/// Its smallest learning rate, and its largest.
const RATES: [f64; 2] = [1e-4, 1.0];

/// Runs that differ in learning rate and batch size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// Everything else.
    pub config: Config,
    /// The columns.
    pub learning_rates: Vec<f64>,
    /// The rows, in the order in which they are dealt out.
    pub batch_sizes: Vec<usize>,
}

/// A row of a map: trainings that differ in the learning rate only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowRequest {
    /// Everything else, the batch size, too.
    pub config: Config,
    /// Their learning rates, at least one.
    pub learning_rates: Vec<f64>,
}

/// How the trainings of a row ended; empty where they take no step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// For each learning rate, the loss of the last batch before its update.
    pub losses: Vec<f32>,
    /// For each, ‖θ−θ̂‖ after the last step.
    pub norms: Vec<f32>,
}

impl Columns for Outcomes {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self { losses, norms } = self;
        [losses, norms].map(Column::Floats).into()
    }
}

impl Map {
    /// These many learning rates, evenly spaced by their logarithms from the first of `rates` to the second, and as many batch sizes from 1 to N, as far as
    /// integers allow. The smallest batches come first, because they make the most steps.
    #[must_use]
    pub fn new(config: &Config, rates: [f64; 2], size: usize) -> Self {
        let spaced = |i: usize| rates[0] * (rates[1] / rates[0]).powf(i as f64 / (size.max(2) - 1) as f64);
        Self {
            config: config.clone(),
            learning_rates: (0..size).map(spaced).collect(),
            batch_sizes: batch_sizes(config.samples, size.min(config.samples)),
        }
    }

    /// The lecture's problem: 64 learning rates and 64 batch sizes.
    #[must_use]
    pub fn lecture() -> Self {
        Self::new(&Config::default(), RATES, SIZE)
    }

    /// How many trainings there are.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.learning_rates.len() * self.batch_sizes.len()
    }

    /// How many steps they take in all.
    #[must_use]
    pub fn steps(&self) -> usize {
        let row = |&size: &usize| self.row(size).config.steps() * self.learning_rates.len();
        self.batch_sizes.iter().map(row).sum()
    }

    /// The row with this batch size.
    #[must_use]
    pub fn row(&self, batch_size: usize) -> RowRequest {
        let config = Config { batch_size, ..self.config.clone() };
        RowRequest { config, learning_rates: self.learning_rates.clone() }
    }
}

impl RowRequest {
    /// Its trainings, before their first step.
    ///
    /// # Errors
    /// A setting is out of its range, or there is no learning rate.
    pub fn sweep(&self, shared: &Shared) -> Result<Sweep> {
        let with = |&learning_rate: &f64| Config { learning_rate, ..self.config.clone() };
        let configs: Vec<Config> = self.learning_rates.iter().map(with).collect();
        Sweep::new(&configs, shared)
    }

    /// Trains, all at once.
    ///
    /// # Errors
    /// As [`Self::sweep`].
    pub fn outcomes(&self, shared: &Shared) -> Result<Outcomes> {
        Outcomes::of(&mut self.sweep(shared)?)
    }
}

impl Outcomes {
    /// Those of a sweep, whose steps are taken to the end.
    ///
    /// # Errors
    /// As [`Sweep::finish`].
    pub fn of(sweep: &mut Sweep) -> Result<Self> {
        let last = sweep.finish()?;
        Ok(Self { losses: last.losses, norms: last.norms })
    }
}

/// This many different integers from 1 to `largest`, in order, no more than there are: evenly spaced by their logarithms, but for the smallest, which are all
/// taken.
fn batch_sizes(largest: usize, count: usize) -> Vec<usize> {
    let mut sizes: Vec<usize> = Vec::with_capacity(count);
    let mut previous = 0;
    for left in (0..count).rev() {
        // what is left of the way, in steps of one factor
        let factor = if previous == 0 { 1.0 } else { (largest as f64 / previous as f64).powf(1.0 / (left + 1) as f64) };
        previous = ((previous.max(1) as f64 * factor).round() as usize).max(previous + 1);
        sizes.push(previous);
    }
    sizes
}

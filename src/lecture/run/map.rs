//! [`Map`]: a run for a grid of learning rates and batch sizes. A row of it, all rates with one batch size, is one [`Sweep`], and as a [`RowRequest`] can be
//! computed by any worker.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::order::order_by;

use crate::lecture::run::cache::Shared;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::sweep::Sweep;
use crate::lecture::settings::config::Config;

/// Learning rates, and batch sizes, of [`Map::lecture`].
const SIZE: usize = 64;
/// Its smallest learning rate, and its largest.
const RATES: [f64; 2] = [1e-4, 1.0];
/// The distance that trainings are to reach where nothing else is said.
pub const TARGET: f32 = 1e-3;

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

/// A row of a map, or a part of it: trainings that differ in the learning rate only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowRequest {
    /// Everything else, the batch size, too.
    pub config: Config,
    /// Their learning rates, at least one.
    pub learning_rates: Vec<f64>,
    /// The distance ‖θ−θ̂‖ that they are to reach.
    pub target: f32,
    /// With how many shuffles of the same data each is run, at least one: the program's own, and others.
    pub shuffles: u32,
}

/// How the trainings of a row ended; empty where they take no step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// For each learning rate, the loss of the last batch before its update.
    pub losses: Vec<f32>,
    /// For each, ‖θ−θ̂‖ after the last step.
    pub norms: Vec<f32>,
    /// For each, the number of steps after which ‖θ−θ̂‖ was below the target first; 0 where it never was.
    pub reached: Vec<f32>,
    /// For each, the part of all shuffles with which it diverges, from 0 to 1, by the rule of [`crate::lecture::verdict::divergence`].
    pub diverges: Vec<f32>,
    /// For each, how many times as large ‖θ−θ̂‖ ends with one of the shuffles as with another, leaving out the twentieth with the largest and the one with
    /// the smallest; 0 where one overflows.
    pub spread: Vec<f32>,
    /// For each training of the network of hyperbolic tangents, whose parameters have no true values, its typical loss as a multiple of the first
    /// ([`crate::lecture::run::tanh::End`]); empty for others.
    pub typical: Vec<f32>,
}

impl Columns for Outcomes {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self { losses, norms, reached, diverges, spread, typical } = self;
        [losses, norms, reached, diverges, spread, typical].map(Column::Floats).into()
    }
}

impl Map {
    /// These many learning rates, evenly spaced by their logarithms from the first of `rates` to the second, and as many batch sizes from 1 to N, as far as
    /// integers allow. The smallest batches come first, because they make the most steps.
    #[must_use]
    pub fn new(config: &Config, rates: [f64; 2], size: usize) -> Self {
        Self::between(config, rates, [1, config.samples], size)
    }

    /// The same for the batch sizes from the first of `batches` to the second.
    #[must_use]
    pub fn between(config: &Config, rates: [f64; 2], batches: [usize; 2], size: usize) -> Self {
        let spaced = |i: usize| rates[0] * (rates[1] / rates[0]).powf(i as f64 / (size.max(2) - 1) as f64);
        let [smallest, largest] = batches;
        Self {
            config: config.clone(),
            learning_rates: (0..size).map(spaced).collect(),
            batch_sizes: batch_sizes(smallest, largest, size.min((largest + 1).saturating_sub(smallest))),
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
        RowRequest { config, learning_rates: self.learning_rates.clone(), target: TARGET, shuffles: 1 }
    }
}

impl RowRequest {
    /// Its trainings with the shuffles of a number, before their first step; with number 0 the program's own.
    ///
    /// # Errors
    /// A setting is out of its range, or there is no learning rate.
    pub fn sweep(&self, number: u32, shared: &Shared) -> Result<Sweep> {
        let with = |&learning_rate: &f64| Config { learning_rate, ..self.config.clone() };
        let configs: Vec<Config> = self.learning_rates.iter().map(with).collect();
        Ok(Sweep::new(&configs, shared)?.shuffled(number, shared).noting(self.target))
    }

    /// Trains, all at once.
    ///
    /// # Errors
    /// As [`Self::sweep`].
    pub fn outcomes(&self, shared: &Shared) -> Result<Outcomes> {
        let all = (0..self.shuffles.max(1)).map(|number| Outcomes::of(&mut self.sweep(number, shared)?));
        all.collect::<Result<Vec<_>>>().map(Outcomes::over)
    }
}

impl Outcomes {
    /// Those of a sweep, whose steps are taken to the end.
    ///
    /// # Errors
    /// As [`Sweep::finish`].
    pub fn of(sweep: &mut Sweep) -> Result<Self> {
        let last = sweep.finish()?;
        let reached = sweep.reached().into_iter().map(|step| step.map_or(0.0, |step| step as f32));
        let diverges = sweep.diverges().into_iter().map(|diverges| if diverges { 1.0 } else { 0.0 });
        let (reached, diverges) = (reached.collect(), diverges.collect());
        Ok(Self { losses: last.losses, norms: last.norms, reached, diverges, ..Self::default() })
    }

    /// Adds those of the trainings that follow.
    pub fn append(&mut self, mut next: Self) {
        let own = [
            &mut self.losses,
            &mut self.norms,
            &mut self.reached,
            &mut self.diverges,
            &mut self.spread,
            &mut self.typical,
        ];
        let others = [
            &mut next.losses,
            &mut next.norms,
            &mut next.reached,
            &mut next.diverges,
            &mut next.spread,
            &mut next.typical,
        ];
        own.into_iter().zip(others).for_each(|(own, other)| own.append(other));
    }

    /// Those of several shuffles as one: the numbers of the first, and what the others say of them.
    #[must_use]
    pub fn over(mut all: Vec<Self>) -> Self {
        if all.len() < 2 {
            return all.pop().unwrap_or_default();
        }
        let mut first = all[0].clone();
        let shuffles = all.len() as f32;
        for (training, diverges) in first.diverges.iter_mut().enumerate() {
            *diverges = all.iter().filter_map(|of| of.diverges.get(training)).sum::<f32>() / shuffles;
        }
        first.spread = (0..first.norms.len())
            .map(|training| {
                let mut norms: Vec<f32> = all.iter().filter_map(|of| of.norms.get(training)).copied().collect();
                spread(&mut norms)
            })
            .collect();
        first
    }
}

/// How many times as large as the smallest number the largest is, a twentieth left out at either end.
fn spread(norms: &mut [f32]) -> f32 {
    if norms.iter().any(|norm| !norm.is_finite()) {
        return 0.0;
    }
    order_by(norms, |a, b| a > b);
    let out = norms.len() / 20;
    match (norms.get(out), norms.get(norms.len() - 1 - out)) {
        (Some(&low), Some(&high)) if low > 0.0 => high / low,
        _ => 0.0,
    }
}

/// This many different integers from `smallest` to `largest`, in order, no more than there are: evenly spaced by their logarithms, but for the smallest, which are
/// all taken.
fn batch_sizes(smallest: usize, largest: usize, count: usize) -> Vec<usize> {
    let mut sizes: Vec<usize> = Vec::with_capacity(count);
    let mut previous = smallest.max(1) - 1;
    for left in (0..count).rev() {
        // what is left of the way, in steps of one factor
        let factor = (largest as f64 / previous.max(1) as f64).powf(1.0 / (left + 1) as f64);
        previous = if sizes.is_empty() {
            previous + 1
        } else {
            ((previous as f64 * factor).round() as usize).max(previous + 1)
        };
        sizes.push(previous);
    }
    sizes
}

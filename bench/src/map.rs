//! The map: the lecture's run for a grid of learning rates and batch sizes. A row of it, all rates with one batch size, is one sweep; rows are dealt
//! out to as many workers as there are.

use serde::{Deserialize, Serialize};
use thetahat::Result;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::sweep::Sweep;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;

/// Numbers that are kept of a run: loss of the last batch before its update, and ‖θ−θ̂‖ after it.
pub const OUTCOME: usize = 2;

/// Learning rates, and batch sizes.
const SIZE: usize = 64;
/// The smallest learning rate, and the largest.
const RATES: [f64; 2] = [1e-4, 1.0];

/// Runs that differ in learning rate and batch size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// N.
    pub samples: usize,
    /// M.
    pub features: usize,
    /// Times through the data.
    pub epochs: usize,
    /// The columns.
    pub learning_rates: Vec<f64>,
    /// The rows, in the order in which they are dealt out.
    pub batch_sizes: Vec<usize>,
}

/// What a pool of workers is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapRequest {
    /// What to compute.
    pub map: Map,
    /// How many workers share it; none for as many as there are cores.
    pub workers: Option<usize>,
}

/// What the pool did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapReport {
    /// How many workers there were.
    pub workers: usize,
    /// From the first row that was dealt out to the last that came back; the workers had been started before, but had trained nothing.
    pub milliseconds: f64,
    /// Bits of the outcomes, [`OUTCOME`] for each run, row by row.
    pub outcomes: Vec<u32>,
}

impl Map {
    /// The lecture's problem: 64 learning rates and 64 batch sizes, evenly spaced by their logarithms as far as whole numbers allow. The smallest
    /// batches come first, because they make the most steps.
    #[must_use]
    pub fn lecture() -> Self {
        let Config { samples, features, epochs, .. } = Config::default();
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let rate = |i: usize| RATES[0] * (RATES[1] / RATES[0]).powf(i as f64 / (SIZE - 1) as f64);
        Self {
            samples,
            features,
            epochs,
            learning_rates: (0..SIZE).map(rate).collect(),
            batch_sizes: batch_sizes(samples, SIZE),
        }
    }

    /// How many trainings there are.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.learning_rates.len() * self.batch_sizes.len()
    }

    /// How many steps they take in all.
    #[must_use]
    pub fn steps(&self) -> usize {
        let row = |&batch_size: &usize| self.config(batch_size, 0.0).steps() * self.learning_rates.len();
        self.batch_sizes.iter().map(row).sum()
    }

    /// Trains with one batch size and all learning rates: [`OUTCOME`] numbers for each.
    ///
    /// # Errors
    /// A setting is out of its range.
    pub fn row(&self, batch_size: usize, shared: &Shared) -> Result<Vec<f32>> {
        let configs: Vec<Config> = self.learning_rates.iter().map(|&rate| self.config(batch_size, rate)).collect();
        let last = Sweep::new(&configs, shared)?.finish()?;
        Ok(last.losses.into_iter().zip(last.norms).flat_map(<[f32; OUTCOME]>::from).collect())
    }

    /// The outcome of one run, trained by itself.
    ///
    /// # Errors
    /// A setting is out of its range.
    pub fn alone(&self, batch_size: usize, learning_rate: f64) -> Result<[f32; OUTCOME]> {
        let run = Trainer::new(&self.config(batch_size, learning_rate))?.advance(usize::MAX)?;
        let last = |numbers: &[f32]| numbers.last().copied().unwrap_or(f32::NAN);
        Ok([last(&run.losses), last(&run.norms)])
    }

    fn config(&self, batch_size: usize, learning_rate: f64) -> Config {
        let &Self { samples, features, epochs, .. } = self;
        Config { samples, features, epochs, batch_size, learning_rate, ..Config::default() }
    }
}

/// So many different whole numbers from 1 to `largest`, in order: evenly spaced by their logarithms, but for the smallest, which are all taken.
fn batch_sizes(largest: usize, count: usize) -> Vec<usize> {
    let mut sizes: Vec<usize> = Vec::with_capacity(count);
    let mut previous = 0;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    for left in (0..count).rev() {
        // what is left of the way, in steps of one factor
        let factor = if previous == 0 { 1.0 } else { (largest as f64 / previous as f64).powf(1.0 / (left + 1) as f64) };
        previous = ((previous.max(1) as f64 * factor).round() as usize).max(previous + 1);
        sizes.push(previous);
    }
    sizes
}

/// The way in for JavaScript.
#[cfg(target_arch = "wasm32")]
mod web {
    use thetahat::lecture::run::cache::Shared;
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::Map;

    /// A worker that trains rows of a map.
    #[wasm_bindgen]
    pub struct MapWorker {
        map: Map,
        shared: Shared,
    }

    #[wasm_bindgen]
    impl MapWorker {
        /// For a [`Map`] in JSON.
        ///
        /// # Errors
        /// The sentence that says what was wrong.
        #[wasm_bindgen(constructor)]
        pub fn new(map: &str) -> Result<Self, String> {
            thetahat::web::loader::install();
            let map = serde_json::from_str(map).map_err(|error| error.to_string())?;
            Ok(Self { map, shared: Shared::default() })
        }

        /// [`Map::row`].
        ///
        /// # Errors
        /// The sentence that says what was wrong.
        pub fn row(&self, batch_size: usize) -> Result<Vec<f32>, String> {
            self.map.row(batch_size, &self.shared).map_err(|error| error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_sizes_differ_and_are_spread_by_their_logarithms() {
        let sizes = batch_sizes(500, 64);
        assert_eq!((sizes.len(), sizes[0], sizes[63]), (64, 1, 500));
        assert!(sizes.is_sorted_by(|a, b| a < b), "{sizes:?}");
        let factors = sizes.windows(2).filter(|pair| pair[0] >= 40).map(|pair| pair[1] as f64 / pair[0] as f64);
        assert!(
            factors.clone().count() > 30 && factors.clone().all(|factor| (1.04..1.1).contains(&factor)),
            "{sizes:?}"
        );
    }

    #[test]
    fn a_row_has_the_bits_of_single_runs() {
        let map = Map { epochs: 3, learning_rates: vec![1e-3, 0.3, 1e-2, 1.0, 0.05], ..Map::lecture() };
        for batch_size in [1, 7, 500] {
            let row = map.row(batch_size, &Shared::default()).unwrap();
            for (outcome, &rate) in row.chunks_exact(OUTCOME).zip(&map.learning_rates) {
                let alone = map.alone(batch_size, rate).unwrap();
                assert_eq!(outcome.iter().map(|x| x.to_bits()).collect::<Vec<_>>(), alone.map(f32::to_bits));
            }
        }
        assert_eq!(map.steps(), map.batch_sizes.iter().map(|size| 3 * 500_usize.div_ceil(*size) * 5).sum::<usize>());
    }
}

//! The map: the lecture's run for a grid of learning rates and batch sizes, whose rows are dealt out to as many workers as there are.

use serde::{Deserialize, Serialize};
use thetahat::Result;
pub use thetahat::lecture::run::map::Map;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;

/// Numbers that are kept of a run: loss of the last batch before its update, and ‖θ−θ̂‖ after it.
pub const OUTCOME: usize = 2;

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

/// The outcome of one run of a map, trained by itself.
///
/// # Errors
/// A setting is out of its range.
pub fn alone(map: &Map, batch_size: usize, learning_rate: f64) -> Result<[f32; OUTCOME]> {
    let run = Trainer::new(&Config { learning_rate, ..map.row(batch_size).config })?.advance(usize::MAX)?;
    let last = |numbers: &[f32]| numbers.last().copied().unwrap_or(f32::NAN);
    Ok([last(&run.losses), last(&run.norms)])
}

/// The way in for JavaScript.
#[cfg(target_arch = "wasm32")]
mod web {
    use thetahat::lecture::run::cache::Shared;
    use thetahat::lecture::run::map::Map;
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::OUTCOME;

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

        /// [`OUTCOME`] numbers for each learning rate, with this batch size.
        ///
        /// # Errors
        /// The sentence that says what was wrong.
        pub fn row(&self, batch_size: usize) -> Result<Vec<f32>, String> {
            let outcomes = self.map.row(batch_size).outcomes(&self.shared).map_err(|error| error.to_string())?;
            Ok(outcomes.losses.into_iter().zip(outcomes.norms).flat_map(<[f32; OUTCOME]>::from).collect())
        }
    }
}

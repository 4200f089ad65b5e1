//! Measures trainings: thetahat's engine against the same exact arithmetic written by hand, in a browser's worker and natively.
//!
//! [`run`] takes a [`Request`] and repeats what it names; [`engine`] and [`hand`] are the contestants. All of them must compute the same bits,
//! which the [`Report::digest`] proves. The program `bench` sends requests to a browser, to Node and to the program `native`, and prints a table.

pub mod engine;
pub mod hand;
pub mod map;
pub mod mlp;
pub mod mlp_hand;
pub mod module;
pub mod problem;
pub mod sweep;
pub mod timing;
pub mod vector;

use serde::{Deserialize, Serialize};
use thetahat::Result;
use thetahat::lecture::settings::config::{Config, Program, Start};

/// Who computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contestant {
    /// The engine's planned interpreter.
    Interpreter,
    /// The WebAssembly that the engine generates at run time.
    MachineCode,
    /// The gradient worked out on paper, and loops written for it.
    Hand,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// The steps only: data and shuffles are given, the losses are recorded.
    Steps,
    /// A run with a seed of its own: data, shuffles, steps, and a recording of losses, distances and parameters.
    Whole,
    /// The same run again with another learning rate, as while a slider moves: data and shuffles are those of the run before.
    Again,
    /// The band of 64 runs behind the Lab's curves, with another learning rate, as while the slider moves; data and shuffles are those of the band before.
    Band,
    /// The first picture of the map of the tanh network, 64 trainings, whatever the settings say; its step is compiled.
    Tanh,
    /// Tracing and compiling the step.
    Compile,
    /// As [`Self::Steps`], but the loop around them calls the jitted step batch by batch, as the lecture's programs do.
    Calls,
    /// The network of [`mlp`], whatever the settings say.
    Mlp,
    /// As [`Self::Steps`], of several trainings side by side.
    SweepSteps {
        /// How many.
        trainings: usize,
    },
    /// As [`Self::Again`], of several trainings side by side.
    Sweep {
        /// How many.
        trainings: usize,
    },
}

/// A training to be measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Which of the lecture's programs is trained, on the data and from the start of the raw one.
    pub program: Program,
    /// N.
    pub samples: usize,
    /// M.
    pub features: usize,
    /// Samples per step.
    pub batch_size: usize,
    /// Times through the data.
    pub epochs: usize,
    /// Who computes.
    pub contestant: Contestant,
    /// What of it is measured.
    pub scope: Scope,
    /// How many times are given, after a warm-up of one tenth as many and at least three.
    pub repetitions: usize,
}

impl Request {
    /// The settings of the training.
    #[must_use]
    pub fn config(&self) -> Config {
        let &Self { program, samples, features, batch_size, epochs, .. } = self;
        Config { program, samples, features, batch_size, epochs, start: Start::Same, ..Config::default() }
    }
}

/// What was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Time of one run, in milliseconds, once for each repetition.
    pub milliseconds: Vec<f64>,
    /// FNV-1a of the bits of all losses and of the last parameters; 0 where nothing was trained.
    pub digest: u32,
}

/// Measures; `clock` tells milliseconds.
///
/// # Errors
/// The settings are not valid, or nothing here can do what is asked.
pub fn run(request: &Request, clock: &dyn Fn() -> f64) -> Result<Report> {
    match request.contestant {
        Contestant::Hand => hand::measure(request, clock),
        Contestant::Interpreter | Contestant::MachineCode => engine::measure(request, clock),
    }
}

/// Folds the bits of numbers into a digest.
#[must_use]
pub fn digest(losses: &[f32], params: &[f32]) -> u32 {
    losses.iter().chain(params).fold(0x811C_9DC5, |digest, x| (digest ^ x.to_bits()).wrapping_mul(0x0100_0193))
}

/// The way in for JavaScript.
#[cfg(target_arch = "wasm32")]
mod web {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    /// [`super::run`] on texts in JSON.
    ///
    /// # Errors
    /// The sentence that says what was wrong.
    #[wasm_bindgen]
    pub fn measure(request: &str) -> Result<String, String> {
        let request = serde_json::from_str(request).map_err(|error| error.to_string())?;
        let report = super::run(&request, &|| now()).map_err(|error| error.to_string())?;
        serde_json::to_string(&report).map_err(|error| error.to_string())
    }
}

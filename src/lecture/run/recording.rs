//! What a run records: the [`Problem`] that it minimises, and [`Chunk`]s of steps.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::jax::Array;
use crate::lecture::data::simulation::Simulation;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::outcome::Outcome;
use crate::lecture::run::rates::Rates;
use crate::lecture::settings::config::Config;

/// The simulated problem that a run minimises, as far as the page draws it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The true parameters θ, length M.
    pub theta: Vec<f32>,
    /// The start θ₀, length M.
    pub theta_0: Vec<f32>,
    /// The least-squares solution over all N samples, length M (the minimum-norm one if M > N).
    pub least_squares: Vec<f64>,
    /// Hessian of the full-batch loss, `2/N · XᵀX`, M × M row-major.
    pub hessian: Vec<f64>,
    /// Eigenvalues of the Hessian, largest first.
    pub eigenvalues: Vec<f64>,
    /// Full-batch loss at the least-squares solution.
    pub least_loss: f64,
    /// The two words of the key that the first epoch splits. Runs on equal keys, samples and batch sizes draw the same batches.
    pub shuffle_key: [u32; 2],
    /// Rows in a full batch, and samples N.
    pub batch: (usize, usize),
    /// The learning rates of the steps.
    pub rates: Rates,
}

impl Problem {
    /// The problem that runs with these settings minimise, on this data and from this start, f32\[M\].
    ///
    /// # Errors
    /// Data or start carry an error.
    pub fn new(config: &Config, simulation: &Simulation, theta_0: &Array) -> Result<Self> {
        let quadratic = simulation.quadratic.clone();
        Ok(Self {
            theta: simulation.data.theta.to_vec()?,
            theta_0: theta_0.to_vec()?,
            least_squares: quadratic.least_squares,
            hessian: quadratic.hessian,
            eigenvalues: quadratic.eigenvalues,
            least_loss: quadratic.least_loss,
            shuffle_key: simulation.key.words(),
            batch: (config.rows_per_batch(), config.samples),
            rates: Rates::new(config)?,
        })
    }
}

/// The most that one run's recording may hold, in bytes, so that all that can be on screen, three programs, one of them with a step made otherwise, the full batch
/// and four pinned runs, stay within 72 MiB.
pub const MEMORY_LIMIT: usize = 8 << 20;

/// Every how many steps a run is recorded: 1, unless it would not fit into [`MEMORY_LIMIT`]. The last step is always recorded, and so is what is
/// printed; [`crate::lecture::run::trainer::Trainer::inspect`] computes the steps between again.
#[must_use]
pub fn stride(config: &Config) -> usize {
    let numbers_per_step = config.features + 3;
    let steps_that_fit = MEMORY_LIMIT / (numbers_per_step * size_of::<f32>());
    config.steps().div_ceil(steps_that_fit.max(1)).max(1)
}

/// What to tell of a run that is too long to keep every step; nothing of others.
#[must_use]
pub fn thinning_sentence(config: &Config) -> Option<String> {
    let stride = stride(config);
    (stride > 1).then(|| {
        format!(
            "This run is long, so only one step in {stride} is recorded ({} MiB); any other is recomputed exactly when you look \
             at it.",
            MEMORY_LIMIT >> 20
        )
    })
}

/// Steps of a run, evenly spaced. Step `s` (from 0) is the `s`-th call of `make_step`. Entry `i` of a whole recording stands for the moment
/// after `min((i + 1) · stride, steps)` steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chunk {
    /// How many entries of the recording came before these.
    pub first_entry: usize,
    /// Steps between entries; see [`stride`].
    pub stride: usize,
    /// Loss of each step's batch *before* its update, as `make_step` returns it.
    pub losses: Vec<f32>,
    /// ‖θ−θ̂‖ after each step.
    pub norms: Vec<f32>,
    /// Distance to the least-squares solution after each step.
    pub least_squares_norms: Vec<f32>,
    /// Parameters after each step, steps × M row-major.
    pub params: Vec<f32>,
    /// ‖θ−θ̂‖ after each epoch that ended in here, also after epochs without a step.
    pub epoch_norms: Vec<f32>,
    /// Lines that the program has printed by the end of these steps, since the chunk before.
    pub lines: Vec<String>,
    /// What the run has done by the end of these steps, those that are not recorded included.
    pub outcome: Outcome,
}

impl Columns for Chunk {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self {
            losses,
            norms,
            least_squares_norms,
            params,
            epoch_norms,
            first_entry: _,
            stride: _,
            lines: _,
            outcome: _,
        } = self;
        [losses, norms, least_squares_norms, params, epoch_norms].map(Column::Floats).into()
    }
}

impl Chunk {
    /// Adds the steps that follow these.
    pub fn append(&mut self, next: Self) {
        self.losses.extend(next.losses);
        self.norms.extend(next.norms);
        self.least_squares_norms.extend(next.least_squares_norms);
        self.params.extend(next.params);
        self.epoch_norms.extend(next.epoch_norms);
        self.lines.extend(next.lines);
        self.outcome = next.outcome;
    }
}

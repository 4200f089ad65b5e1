//! [`LbfgsRun`]: the course's script with L-BFGS, a run of its own beside the Lab's, one epoch at a time.
//!
//! N samples of a linear model, a linear layer without bias, one batch of all rows an epoch, in the order of the epoch's shuffle.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::jax::random::prng_key;
use crate::jax::repr::python_float;
use crate::jax::{Array, Jitted, jit};
use crate::nnx::{self, GraphDef, Linear, Optimizer, Param, Rngs, State};
use crate::optax::{self, OptState};

use crate::lecture::data::loader::{Data, simulate};
use crate::lecture::programs::lbfgs::{Modules, train_step};
use crate::lecture::programs::transcript::end_line;
use crate::lecture::run::cache::Shared;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::epochs::Epochs;

/// The script prints a line after every epoch whose number is a multiple of this.
pub const PRINT_EVERY: usize = 2;

/// A training by L-BFGS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LbfgsRequest {
    /// The seed of all draws and shuffles.
    pub seed: i64,
    /// Samples, N, from 1 to 10 000.
    pub samples: usize,
    /// Features, M, from 1 to 64.
    pub features: usize,
    /// The standard deviation of the noise, not negative.
    pub sigma: f64,
    /// Epochs, each one step; from 1 to 1 000.
    pub epochs: usize,
}

impl Default for LbfgsRequest {
    /// The script's.
    fn default() -> Self {
        Self { seed: 42, samples: 500, features: 2, sigma: 0.001, epochs: 20 }
    }
}

/// Some more epochs of a training, in order and without gaps; every list has an entry for each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LbfgsSteps {
    /// How many epochs there were before these.
    pub first: usize,
    /// The loss before the step.
    pub losses: Vec<f32>,
    /// ‖θ−θ̂‖ after it.
    pub norms: Vec<f32>,
    /// The parameters after it, epochs × M row-major.
    pub kernels: Vec<f32>,
    /// How far the line search went, in units of the direction.
    pub rates: Vec<f32>,
    /// How often the line search evaluated the loss and its gradient.
    pub evaluations: Vec<u32>,
    /// The lines that the Python program prints meanwhile, without the ends of lines.
    pub printed: Vec<String>,
}

impl Columns for LbfgsSteps {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self { losses, norms, kernels, rates, evaluations, first: _, printed: _ } = self;
        let mut columns: Vec<Column<'_>> = [losses, norms, kernels, rates].map(Column::Floats).into();
        columns.push(Column::Words(evaluations));
        columns
    }
}

type Step = dyn Fn(&GraphDef<Modules>, &State, &Array, &Array) -> (State, Array);

/// A training under way.
pub struct LbfgsRun {
    request: LbfgsRequest,
    data: Data,
    graphdef: GraphDef<Modules>,
    state: State,
    step: Jitted<Step>,
    norm: Jitted<dyn Fn(&Array) -> Array>,
    epochs: Epochs,
    taken: usize,
}

impl std::fmt::Debug for LbfgsRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LbfgsRun").field("request", &self.request).field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl LbfgsRun {
    /// Draws the data and the start.
    ///
    /// # Errors
    /// A number of the request is out of its range.
    pub fn new(request: &LbfgsRequest, shared: &Shared) -> Result<Self> {
        let &LbfgsRequest { seed, samples, features, sigma, epochs } = request;
        for (name, value, most) in [("samples", samples, 10_000), ("features", features, 64), ("epochs", epochs, 1_000)]
        {
            if !(1..=most).contains(&value) {
                let expected = format!("it must be an integer from 1 to {most}");
                return Err(Error::value(&format!("The number of {name}"), value, expected));
            }
        }
        if !(sigma >= 0.0 && sigma.is_finite()) {
            return Err(Error::value("The noise", sigma, "it must be a number that is not negative"));
        }
        let mut rngs = Rngs::new(seed);
        let data = simulate([rngs.next_key(), rngs.next_key(), rngs.next_key()], samples, features, sigma);
        let model = Linear::without_bias(features, 1, &mut rngs);
        let optimizer = Optimizer::new(&model, optax::lbfgs(), Param);
        let (graphdef, state) = nnx::split(&(model, optimizer));
        Ok(Self {
            request: request.clone(),
            data,
            graphdef,
            state,
            step: jit(train_step),
            norm: jit(|x: &Array| x.norm()),
            epochs: Epochs::new(prng_key(seed), samples, shared),
            taken: 0,
        })
    }

    /// How many epochs were computed.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Whether all were.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.taken >= self.request.epochs
    }

    /// How often the step was traced and compiled.
    #[must_use]
    pub fn compilations(&self) -> usize {
        self.step.cache_size()
    }

    /// Computes at most this many more epochs.
    ///
    /// # Errors
    /// None for a run that could be begun.
    pub fn advance(&mut self, epochs: usize) -> Result<LbfgsSteps> {
        let mut steps = LbfgsSteps { first: self.taken, ..LbfgsSteps::default() };
        for _ in 0..epochs.min(self.request.epochs - self.taken) {
            self.epoch(&mut steps)?;
        }
        Ok(steps)
    }

    fn epoch(&mut self, steps: &mut LbfgsSteps) -> Result<()> {
        let order: Vec<i32> = self.epochs.draw().order.iter().map(|&row| row.cast_signed()).collect();
        let order = Array::from_i32(&order, &[order.len()]);
        let (state, loss) =
            (self.step)(&self.graphdef, &self.state, &self.data.x.take(&order), &self.data.y.take(&order));
        self.state = state;
        let (model, optimizer) = nnx::merge(&self.graphdef, &self.state);
        let kernel = model.kernel.value().reshape(&[self.request.features]);
        let norm = (self.norm)(&(&self.data.theta - &kernel)).item()?;
        steps.losses.push(loss.item()?);
        steps.norms.push(norm);
        steps.kernels.extend(kernel.to_vec()?);
        let (rate, evaluations) = searched(&optimizer.opt_state())?;
        steps.rates.push(rate);
        steps.evaluations.push(evaluations);
        if self.taken.is_multiple_of(PRINT_EVERY) {
            let shown = python_float(f64::from(norm));
            steps.printed.push(format!("Epoch {},||theta - theta_hat|| = {shown}", self.taken));
        }
        self.taken += 1;
        if self.is_done() {
            steps.printed.push(end_line(norm));
        }
        Ok(())
    }
}

/// How far the last line search went, and how many evaluations it took.
fn searched(state: &OptState<State>) -> Result<(f32, u32)> {
    match state {
        OptState::Chain(states) => match states.last() {
            Some(state) => searched(state),
            None => Ok((1.0, 0)),
        },
        OptState::ScaleByZoomLinesearch(state) => {
            let evaluations = state.info.num_linesearch_steps.as_i32()?.first().copied().unwrap_or(0);
            Ok((state.learning_rate.item()?, evaluations.cast_unsigned()))
        }
        _ => Ok((1.0, 0)),
    }
}

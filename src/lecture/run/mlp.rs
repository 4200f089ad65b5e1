//! [`MlpRun`]: the training of a network, a run of its own beside the Lab's, some epochs at a time.
//!
//! The course's script: N samples of a linear model with two features, a [`Mlp`] of 2-128-128-1, one batch of all rows an epoch, in the order of the epoch's
//! shuffle; at the end the loss on all samples and on others that no step has seen.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::jax::compile::scan::{Scan, Wiring};
use crate::jax::compile::{Rounding, lowered};
use crate::jax::random::{Key, normal, prng_key};
use crate::jax::repr::python_float;
use crate::jax::tree::{tree_leaves, tree_unflatten};
use crate::jax::{Array, DType, jit, make_jaxpr};
use crate::nnx::{self, GraphDef, Mlp, Optimizer, Param, Rngs, State};
use crate::optax;

use crate::lecture::data::loader::{Data, simulate};
use crate::lecture::programs::mlp::{residual, train_step};
use crate::lecture::run::cache::Shared;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::epochs::Epochs;

/// The sizes of the network's layers, the input's first.
pub const SIZES: [usize; 4] = [2, 128, 128, 1];
/// Samples that it learns from, N.
pub const SAMPLES: usize = 500;
/// Samples that it is tested on.
pub const TEST_SAMPLES: usize = 200;
/// The standard deviation of the noise.
pub const SIGMA: f64 = 0.0001;
/// The script prints a line after every epoch whose number is a multiple of this.
pub const PRINT_EVERY: usize = 100;
/// The most epochs that can be asked for.
pub const MOST_EPOCHS: usize = 100_000;

/// A training of the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MlpRequest {
    /// The seed of all draws and shuffles.
    pub seed: i64,
    /// The learning rate of `optax.sgd`, a positive number.
    pub learning_rate: f64,
    /// Epochs, each one step; at most [`MOST_EPOCHS`].
    pub epochs: usize,
}

impl Default for MlpRequest {
    /// The script's.
    fn default() -> Self {
        Self { seed: 42, learning_rate: 0.001, epochs: 2_000 }
    }
}

/// Some more epochs of a training, in order and without gaps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MlpSteps {
    /// How many epochs there were before these.
    pub first: usize,
    /// The loss of each, before its update.
    pub losses: Vec<f32>,
    /// The lines that the Python program prints meanwhile, without the ends of lines.
    pub printed: Vec<String>,
}

impl Columns for MlpSteps {
    fn columns(&mut self) -> Vec<Column<'_>> {
        vec![Column::Floats(&mut self.losses)]
    }
}

/// How a training ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MlpEnd {
    /// The loss on the samples that it learned from, after the last update.
    pub loss: f32,
    /// The loss on the others.
    pub test_loss: f32,
    /// The line that the Python program prints with these.
    pub printed: String,
}

/// The network and its optimizer, taken apart.
type Modules = (Mlp, Optimizer);

/// A training under way.
pub struct MlpRun {
    request: MlpRequest,
    graphdef: GraphDef<Modules>,
    /// The state before the first step: the pattern of those that follow.
    start: State,
    scan: Scan,
    data: Data,
    test: Data,
    epochs: Epochs,
    taken: usize,
}

impl std::fmt::Debug for MlpRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MlpRun").field("request", &self.request).field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl MlpRun {
    /// Draws the data and the network, and compiles the step.
    ///
    /// # Errors
    /// The learning rate is not a positive number, or there are no epochs or too many.
    pub fn new(request: &MlpRequest, shared: &Shared) -> Result<Self> {
        request.validate()?;
        let mut rngs = Rngs::new(request.seed);
        let features = SIZES[0];
        let data = simulate([rngs.next_key(), rngs.next_key(), rngs.next_key()], SAMPLES, features, SIGMA);
        let model = Mlp::new(&SIZES, &mut rngs);
        // the script draws these after the training, but nothing in between
        let test = test_samples(&data.theta, [rngs.next_key(), rngs.next_key()]);
        let optimizer = Optimizer::new(&model, optax::sgd(request.learning_rate), Param);
        let (graphdef, start) = nnx::split(&(model, optimizer));
        let mut scan = compile(&graphdef, &start)?;
        for (i, leaf) in tree_leaves(&start).iter().enumerate() {
            scan.input_mut(i).copy_from_slice(&leaf.to_words()?);
        }
        let epochs = Epochs::new(prng_key(request.seed), SAMPLES, shared);
        Ok(Self { request: request.clone(), graphdef, start, scan, data, test, epochs, taken: 0 })
    }

    /// How many numbers the network has.
    #[must_use]
    pub fn parameters(&self) -> usize {
        SIZES.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// The line that the Python program prints before the first step.
    #[must_use]
    pub fn start_line(&self) -> String {
        format!("Number of parameters: {}", self.parameters())
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

    /// Computes at most this many more epochs.
    ///
    /// # Errors
    /// None for a run that could be begun.
    pub fn advance(&mut self, epochs: usize) -> Result<MlpSteps> {
        let first = self.taken;
        let epochs = epochs.min(self.request.epochs - first);
        let mut losses = vec![0.0_f32; epochs];
        let tables: [&[u32]; 2] =
            [bytemuck::cast_slice(self.data.x.as_f32()?), bytemuck::cast_slice(self.data.y.as_f32()?)];
        let mut printed = Vec::new();
        for (i, loss) in losses.iter_mut().enumerate() {
            let order = self.epochs.draw().order;
            self.scan.run(&tables, &order, bytemuck::cast_slice_mut(std::slice::from_mut(loss)))?;
            let epoch = first + i;
            if epoch.is_multiple_of(PRINT_EVERY) {
                printed.push(format!("Epoch {epoch}, loss {}", python_float(f64::from(*loss))));
            }
        }
        self.taken += epochs;
        Ok(MlpSteps { first, losses, printed })
    }

    /// The model as it is now.
    ///
    /// # Errors
    /// None for a run that could be begun.
    pub fn model(&mut self) -> Result<Mlp> {
        let mut leaves = tree_leaves(&self.start);
        for (i, leaf) in leaves.iter_mut().enumerate() {
            *leaf = Array::from_words(self.scan.input_mut(i).into(), leaf.aval()?.clone());
        }
        Ok(nnx::merge(&self.graphdef, &tree_unflatten(&self.start, leaves)?).0)
    }

    /// The losses of the model as it is now.
    ///
    /// # Errors
    /// None for a run that could be begun.
    pub fn end(&mut self) -> Result<MlpEnd> {
        let model = self.model()?;
        // outside of `jit`, Python computes this one operation after the other, but `jnp.mean` as one
        let mean = jit(|x: &Array| x.mean());
        let loss_on = |data: &Data| mean(&crate::jax::vmap(residual, (None, 0, 0))(&model, &data.x, &data.y)).item();
        let (loss, test_loss) = (loss_on(&self.data)?, loss_on(&self.test)?);
        let [shown, shown_test] = [loss, test_loss].map(|loss| python_float(f64::from(loss)));
        let printed = format!("loss(model, X, Y) = {shown}, loss(model, X_test, Y_test) = {shown_test}");
        Ok(MlpEnd { loss, test_loss, printed })
    }

    /// What runs the steps.
    #[must_use]
    pub fn backend(&self) -> crate::jax::compile::Backend {
        self.scan.backend()
    }
}

/// Other samples of the same model.
fn test_samples(theta: &Array, [key_x, key_noise]: [Key; 2]) -> Data {
    let x = normal(key_x, &[TEST_SAMPLES, theta.size()]);
    let y = x.matmul(theta) + SIGMA as f32 * normal(key_noise, &[TEST_SAMPLES]);
    Data { theta: theta.clone(), x, y }
}

/// The step for all samples at once, wired for one run after the other.
fn compile(graphdef: &GraphDef<Modules>, start: &State) -> Result<Scan> {
    let (x, y) = (Array::zeros(&[SAMPLES, SIZES[0]], DType::F32), Array::zeros(&[SAMPLES], DType::F32));
    let graphdef = graphdef.clone();
    let step = move |state: &State, x: &Array, y: &Array| {
        let (mut model, mut optimizer) = nnx::merge(&graphdef, state);
        let loss = train_step(&mut model, &mut optimizer, x, y);
        (nnx::state(&(model, optimizer)), loss)
    };
    let program = make_jaxpr(step)(start, &x, &y)?;
    let lowered = lowered(&program.jaxpr, Rounding::Fused)?;
    let state = lowered.outs.len() - 1;
    let wiring = Wiring {
        carries: (0..state).map(|leaf| (leaf, leaf)).collect(),
        batches: vec![state, state + 1],
        records: vec![state],
    };
    Scan::new(&lowered, &program.consts, &wiring)
}

impl MlpRequest {
    fn validate(&self) -> Result<()> {
        if !(self.learning_rate > 0.0 && self.learning_rate.is_finite()) {
            return Err(Error::value("The learning rate", self.learning_rate, "it must be a positive number"));
        }
        if !(1..=MOST_EPOCHS).contains(&self.epochs) {
            let expected = format!("it must be an integer from 1 to {MOST_EPOCHS}");
            return Err(Error::value("The number of epochs", self.epochs, expected));
        }
        Ok(())
    }
}

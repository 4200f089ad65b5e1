//! The course's script with L-BFGS: a linear layer, taken apart before the loop because the line search wants the loss as a function of the parameters.
//!
//! ```
//! use thetahat::jax::jit;
//! use thetahat::jax::random::normal;
//! use thetahat::lecture::programs::lbfgs::train_step;
//! use thetahat::nnx::{self, Linear, Optimizer, Param, Rngs};
//! use thetahat::optax;
//!
//! let mut rngs = Rngs::new(42);
//! let theta = normal(rngs.next_key(), &[2]);
//! let x = normal(rngs.next_key(), &[500, 2]);
//! let y = x.matmul(&theta) + 0.001 * normal(rngs.next_key(), &[500]);
//!
//! let model = Linear::without_bias(2, 1, &mut rngs);
//! let optimizer = Optimizer::new(&model, optax::lbfgs(), Param);
//! let (graphdef, mut state) = nnx::split(&(model, optimizer));
//! let train_step = jit(train_step);
//! for _ in 0..3 {
//!     (state, _) = train_step(&graphdef, &state, &x, &y);
//! }
//! let (model, _) = nnx::merge(&graphdef, &state);
//! assert!((theta - model.kernel.value().squeeze()).norm().item()? < 1e-4);
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::Array;
use crate::nnx::{self, GraphDef, Linear, Optimizer, State};

use crate::lecture::programs::linear::residuals_loss;

/// What is taken apart: the model, and the optimizer that trains it.
pub type Modules = (Linear, Optimizer);

/// One step of the optimizer, which may evaluate the loss several times. Returns the next state, and the loss before the step.
#[must_use]
pub fn train_step(graphdef: &GraphDef<Modules>, state: &State, x: &Array, y: &Array) -> (State, Array) {
    let (mut model, mut optimizer) = nnx::merge(graphdef, state);
    let (model_graphdef, _) = nnx::split(&model);
    let (rows, targets) = (x.clone(), y.clone());
    let value_fn = move |state: &State| residuals_loss(&nnx::merge(&model_graphdef, state), &rows, &targets);
    let (loss, grads) = nnx::value_and_grad(residuals_loss)(&model, x, y);
    optimizer.update_by_value(&mut model, &grads, &loss, value_fn);
    (nnx::state(&(model, optimizer)), loss)
}

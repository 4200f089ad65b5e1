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

use std::rc::Rc;

use crate::jax::{Array, value_and_grad};
use crate::nnx::{self, GraphDef, Linear, Module, Optimizer, State};
use crate::optax::{ExtraArgs, GradientTransformation, OptState, apply_updates};

use crate::lecture::programs::linear::residuals_loss;

/// What is taken apart: the model, and the optimizer that trains it.
pub type Modules = (Linear, Optimizer);

/// A loss of parameters, a model or an array, on a batch.
pub type Loss<M> = fn(&M, &Array, &Array) -> Array;

/// One step of the optimizer, which may evaluate the loss several times. Returns the next state, and the loss before the step.
#[must_use]
pub fn train_step(graphdef: &GraphDef<Modules>, state: &State, x: &Array, y: &Array) -> (State, Array) {
    let (mut model, mut optimizer) = nnx::merge(graphdef, state);
    let loss = train_by(residuals_loss, &mut model, &mut optimizer, x, y);
    (nnx::state(&(model, optimizer)), loss)
}

/// One step of the optimizer by this loss, which changes both the model and the optimizer. Returns the loss before it.
pub fn train_by<M: Module>(loss: Loss<M>, model: &mut M, optimizer: &mut Optimizer, x: &Array, y: &Array) -> Array {
    let (model_graphdef, _) = nnx::split(model);
    let (rows, targets) = (x.clone(), y.clone());
    let value_fn = move |params: &State| loss(&nnx::merge(&model_graphdef, params), &rows, &targets);
    let (value, grads) = nnx::value_and_grad(loss)(model, x, y);
    optimizer.update_by_value(model, &grads, &value, value_fn);
    value
}

/// The same for a functional program: from parameters and the optimizer's state to the next ones, and the loss before.
#[must_use]
pub fn make_step_by(
    loss: Loss<Array>,
    optimizer: &GradientTransformation,
    params: &Array,
    opt_state: &OptState,
    x: &Array,
    y: &Array,
) -> (Array, OptState, Array) {
    let (value, grads) = value_and_grad(loss)(params, x, y);
    let (rows, targets) = (x.clone(), y.clone());
    let value_fn = Rc::new(move |params: &Array| loss(params, &rows, &targets));
    let extra = ExtraArgs { value: &value, grad: &grads, value_fn };
    let (updates, opt_state) = optimizer.update_with(&grads, opt_state, params, &extra);
    (apply_updates(params, &updates), opt_state, value)
}

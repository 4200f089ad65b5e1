//! The module program as one writes it for speed: the modules are taken apart once, before the loop, and put together once, after it.
//!
//! In between, the step is a pure function of their state, compiled by `jit` like any other; what `nnx.jit` does on every call is done twice in
//! all. The numbers are the same.
//!
//! ```
//! use thetahat::jax::random::{normal, prng_key, split_n};
//! use thetahat::jax::{Array, jit};
//! use thetahat::lecture::data::loader::data_loader;
//! use thetahat::lecture::programs::split::{Modules, train_step};
//! use thetahat::nnx::{self, Linear, Optimizer, Param, Rngs};
//! use thetahat::optax;
//!
//! let mut rngs = Rngs::new(42);
//! let model = Linear::without_bias(2, 1, &mut rngs);
//! let theta = normal(rngs.next_key(), &[2]);
//! let x = normal(rngs.next_key(), &[500, 2]);
//! let y = x.matmul(&theta) + 0.001 * normal(rngs.next_key(), &[500]);
//! let optimizer = Optimizer::new(&model, optax::sgd(0.001), Param);
//!
//! let mut modules: Modules = (model, optimizer);
//! let (graphdef, mut state) = nnx::split(&modules);
//! let train_step = jit(train_step);
//! let [_key, subkey] = split_n(prng_key(42));
//! let mut loss = Array::scalar(0.0);
//! for (x, y) in data_loader(subkey, &x, &y, 64)? {
//!     (state, loss) = train_step(&graphdef, &state, &x, &y);
//! }
//! nnx::update(&mut modules, &state)?;
//! let distance = (theta - modules.0.kernel.value().squeeze()).norm();
//! assert_eq!(distance.to_string(), "1.2715633");
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::Array;
use crate::nnx::{self, GraphDef, Linear, Optimizer, State};

use crate::lecture::programs::linear;

/// What is taken apart: the model, and the optimizer that trains it.
pub type Modules = (Linear, Optimizer);

/// One step of the optimizer on a batch as a pure function of the modules' state. Returns the next state, and the loss before the step.
#[must_use]
pub fn train_step(graphdef: &GraphDef<Modules>, state: &State, x: &Array, y: &Array) -> (State, Array) {
    let (mut model, mut optimizer) = nnx::merge(graphdef, state);
    let loss = linear::train_step(&mut model, &mut optimizer, x, y);
    (nnx::state(&(model, optimizer)), loss)
}

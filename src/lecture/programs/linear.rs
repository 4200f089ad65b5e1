//! Linear regression with a module of Flax: the parameters live in the model, and training changes the model in place.
//!
//! The lecture's program, with one epoch:
//!
//! ```
//! use thetahat::jax::Array;
//! use thetahat::jax::random::{normal, prng_key, split_n};
//! use thetahat::lecture::data::loader::data_loader;
//! use thetahat::lecture::programs::linear::{residuals_loss, train_step};
//! use thetahat::nnx::{self, Linear, Optimizer, Param, Rngs};
//! use thetahat::optax;
//!
//! let mut rngs = Rngs::new(42);
//! let mut model = Linear::without_bias(2, 1, &mut rngs);
//! assert_eq!(model.kernel.value().reshape(&[2]).to_string(), "[ 0.05825231 -0.37180716]");
//!
//! let theta = normal(rngs.next_key(), &[2]);
//! let x = normal(rngs.next_key(), &[500, 2]);
//! let y = x.matmul(&theta) + 0.001 * normal(rngs.next_key(), &[500]);
//!
//! let grads = nnx::grad(residuals_loss)(&model, &x, &y);
//! assert!(grads.to_string().starts_with("State({\n  'kernel': Param( # 2 (8 B)\n    value=Array([[-1.1906744],"));
//!
//! let mut optimizer = Optimizer::new(&model, optax::sgd(0.001), Param);
//! let train_step = nnx::jit(train_step);
//! let [_key, subkey] = split_n(prng_key(42));
//! let mut loss = Array::scalar(0.0);
//! for (x, y) in data_loader(subkey, &x, &y, 64)? {
//!     loss = train_step(&mut model, &mut optimizer, &x, &y);
//! }
//! let distance = (theta - model.kernel.value().squeeze()).norm();
//! assert_eq!(distance.to_string(), "1.2715633");
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::{Array, vmap};
use crate::nnx::{self, Linear, Optimizer};

/// The squared residual of one example: x is f32\[M\], y a scalar; returns f32\[1\], as the layer has one output.
#[must_use]
pub fn residual(model: &Linear, x: &Array, y: &Array) -> Array {
    let y_hat = model.call(x);
    (y_hat - y).powi(2)
}

/// The mean of [`residual`] over a batch, an f32 scalar.
#[must_use]
pub fn residuals_loss(model: &Linear, x: &Array, y: &Array) -> Array {
    vmap(residual, (None, 0, 0))(model, x, y).mean()
}

/// One step of the optimizer on a batch, which changes both the model and the optimizer. Returns the loss before it.
pub fn train_step(model: &mut Linear, optimizer: &mut Optimizer, x: &Array, y: &Array) -> Array {
    let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
    optimizer.update(model, &grads);
    loss
}

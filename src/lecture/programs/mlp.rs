//! The course's script with a network: a multilayer perceptron learns the data of a linear model, a module inside a module that is trained like any other.
//!
//! A smaller network, on fewer samples, for three steps:
//!
//! ```
//! use thetahat::jax::Array;
//! use thetahat::jax::random::normal;
//! use thetahat::lecture::programs::mlp::train_step;
//! use thetahat::nnx::{self, Mlp, Optimizer, Param, Rngs};
//! use thetahat::optax;
//!
//! let mut rngs = Rngs::new(42);
//! let theta = normal(rngs.next_key(), &[2]);
//! let x = normal(rngs.next_key(), &[20, 2]);
//! let y = x.matmul(&theta) + 0.0001 * normal(rngs.next_key(), &[20]);
//!
//! let mut model = Mlp::new(&[2, 16, 16, 1], &mut rngs);
//! let mut optimizer = Optimizer::new(&model, optax::sgd(0.01), Param);
//! let train_step = nnx::jit(train_step);
//! let losses: Vec<f32> = (0..3).map(|_| train_step(&mut model, &mut optimizer, &x, &y).item()).collect::<Result<_, _>>()?;
//! assert!(losses[1] < losses[0] && losses[2] < losses[1]);
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::{Array, vmap};
use crate::nnx::{self, Mlp, Optimizer};

/// The squared residual of one example: x is f32\[M\], y a scalar; returns f32\[1\], as the network has one output.
#[must_use]
pub fn residual(model: &Mlp, x: &Array, y: &Array) -> Array {
    let y_hat = model.call(x);
    (y_hat - y).powi(2)
}

/// The mean of [`residual`] over a batch, an f32 scalar.
#[must_use]
pub fn residuals_loss(model: &Mlp, x: &Array, y: &Array) -> Array {
    vmap(residual, (None, 0, 0))(model, x, y).mean()
}

/// One step of the optimizer on a batch, which changes both the model and the optimizer. Returns the loss before it.
pub fn train_step(model: &mut Mlp, optimizer: &mut Optimizer, x: &Array, y: &Array) -> Array {
    let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
    optimizer.update(model, &grads);
    loss
}

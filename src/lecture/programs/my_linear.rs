//! The same with a hand-written module, [`MyLinear`]: the kernel times the input. Nothing else of the program changes.
//!
//! And a pitfall. The lecture goes over the batches of the part before once more, but a generator can be gone through only once: the
//! loop has nothing to go over, no step is taken, and the distance never changes. No error says so.
//!
//! ```
//! use thetahat::jax::random::{normal, prng_key};
//! use thetahat::lecture::data::loader::data_loader;
//! use thetahat::lecture::programs::my_linear::train_step;
//! use thetahat::nnx::{self, Linear, MyLinear, Optimizer, Param, Rngs};
//! use thetahat::optax;
//!
//! let mut rngs = Rngs::new(42);
//! let _linear = Linear::without_bias(2, 1, &mut rngs);
//! let theta = normal(rngs.next_key(), &[2]);
//! let x = normal(rngs.next_key(), &[500, 2]);
//! let y = x.matmul(&theta) + 0.001 * normal(rngs.next_key(), &[500]);
//!
//! let mut model = MyLinear::new(2, 1, &mut rngs);
//! let mut optimizer = Optimizer::new(&model, optax::sgd(0.001), Param);
//! let train_step = nnx::jit(train_step);
//! let mut train_loader = data_loader(prng_key(0), &x, &y, 64)?;
//! assert_eq!(train_loader.by_ref().count(), 8); // used up from here on
//!
//! for _epoch in 0..500 {
//!     for (x, y) in train_loader.by_ref() {
//!         train_step(&mut model, &mut optimizer, &x, &y);
//!     }
//! }
//! let distance = (theta - model.kernel.value().squeeze()).norm();
//! assert_eq!(distance.to_string(), "0.62752");
//! assert_eq!(optimizer.step.value().as_u32()?, [0]);
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::{Array, vmap};
use crate::nnx::{self, MyLinear, Optimizer};

/// The squared residual of one example: x is f32\[M\], y a scalar; returns f32\[1\], as the layer has one output.
#[must_use]
pub fn residual(model: &MyLinear, x: &Array, y: &Array) -> Array {
    let y_hat = model.call(x);
    (y_hat - y).powi(2)
}

/// The mean of [`residual`] over a batch, an f32 scalar.
#[must_use]
pub fn residuals_loss(model: &MyLinear, x: &Array, y: &Array) -> Array {
    vmap(residual, (None, 0, 0))(model, x, y).mean()
}

/// One step of the optimizer on a batch, which changes both the model and the optimizer. Returns the loss before it.
pub fn train_step(model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array, y: &Array) -> Array {
    let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
    optimizer.update(model, &grads);
    loss
}

//! Linear regression in raw JAX: parameters are an array, and every function is pure.
//!
//! The whole program of the lecture, with an epoch less:
//!
//! ```
//! use thetahat::jax::random::{normal, prng_key, split_n};
//! use thetahat::jax::{Array, jit};
//! use thetahat::lecture::data::loader::{data_loader, simulate};
//! use thetahat::lecture::programs::raw::make_step;
//! use thetahat::lecture::programs::transcript::epoch_line;
//! use thetahat::optax::{self, OptState};
//!
//! let [key, key_theta, key_x, key_noise] = split_n(prng_key(42));
//! let data = simulate([key_theta, key_x, key_noise], 500, 2, 0.001);
//! let [key, subkey] = split_n(key);
//! let theta_0 = normal(subkey, &[2]);
//!
//! let optimizer = optax::sgd(0.001);
//! let mut opt_state = optimizer.init(&theta_0);
//! assert_eq!(opt_state.to_string(), "(EmptyState(), EmptyState())");
//! let mut params = theta_0;
//! let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
//!     make_step(&optimizer, params, opt_state, x, y)
//! });
//! let mut loss = Array::scalar(0.0);
//!
//! let [_key, subkey] = split_n(key);
//! for (x, y) in data_loader(subkey, &data.x, &data.y, 16)? {
//!     (params, opt_state, loss) = make_step(&params, &opt_state, &x, &y);
//! }
//! let distance = (&data.theta - &params).norm();
//! assert_eq!(epoch_line(0, distance.item()?), "Epoch 0, ||theta - theta_hat|| = 2.1659655570983887");
//! assert_eq!(make_step.cache_size(), 2); // once for 16 rows, once for the last 4
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::{Array, value_and_grad};
use crate::optax::{GradientTransformation, OptState, apply_updates};

/// The hypothesis: `x·theta`, for rows or for one example.
#[must_use]
pub fn predict(theta: &Array, x: &Array) -> Array {
    x.matmul(theta)
}

/// The mean squared residual of a batch, an f32 scalar.
#[must_use]
pub fn vectorized_residuals(params: &Array, x: &Array, y: &Array) -> Array {
    (predict(params, x) - y).powi(2).mean()
}

/// One step of the optimizer on a batch: loss and gradient, updates, new parameters. Returns the parameters and the optimizer's state after the
/// step, and the loss before it.
#[must_use]
pub fn make_step(
    optimizer: &GradientTransformation,
    params: &Array,
    opt_state: &OptState,
    x: &Array,
    y: &Array,
) -> (Array, OptState, Array) {
    let (loss_value, grads) = value_and_grad(vectorized_residuals)(params, x, y);
    let (updates, opt_state) = optimizer.update(&grads, opt_state, params);
    let params = apply_updates(params, &updates);
    (params, opt_state, loss_value)
}

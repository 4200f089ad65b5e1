//! The same regression with the loss written for one example: `vmap` makes it a loss of batches.
//!
//! What it computes is what [`crate::lecture::programs::raw`] computes, to the last bit, because both write the same program:
//!
//! ```
//! use thetahat::jax::random::{normal, prng_key, split_n};
//! use thetahat::jax::{DType, make_jaxpr};
//! use thetahat::lecture::data::loader::simulate;
//! use thetahat::lecture::programs::raw::vectorized_residuals;
//! use thetahat::lecture::programs::vmap::{residual, residuals};
//!
//! let [key, key_theta, key_x, key_noise] = split_n(prng_key(42));
//! let data = simulate([key_theta, key_x, key_noise], 500, 2, 0.001);
//! let [_key, subkey] = split_n(key);
//! let theta_0 = normal(subkey, &[2]);
//!
//! assert_eq!(residual(&theta_0, &data.x.at(0), &data.y.at(0)).to_string(), "2.6319637");
//! assert_eq!(thetahat::jax::jit(residuals)(&theta_0, &data.x, &data.y).to_string(), "5.4140573");
//!
//! let one = make_jaxpr(vectorized_residuals)(&theta_0, &data.x, &data.y)?;
//! let other = make_jaxpr(residuals)(&theta_0, &data.x, &data.y)?;
//! assert_eq!(one.to_string(), other.to_string());
//! # assert_eq!(theta_0.dtype(), DType::F32);
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::{Array, value_and_grad, vmap};
use crate::optax::{GradientTransformation, OptState, apply_updates};

use crate::lecture::programs::raw::predict;

/// The squared residual of one example: from f32\[M\] and a scalar to a scalar.
#[must_use]
pub fn residual(theta: &Array, x: &Array, y: &Array) -> Array {
    (predict(theta, x) - y).powi(2)
}

/// The mean of [`residual`] over a batch, an f32 scalar.
#[must_use]
pub fn residuals(theta: &Array, x: &Array, y: &Array) -> Array {
    vmap(residual, (None, 0, 0))(theta, x, y).mean()
}

/// One step of the optimizer, as [`crate::lecture::programs::raw::make_step`] but for the loss.
#[must_use]
pub fn make_step(
    optimizer: &GradientTransformation,
    params: &Array,
    opt_state: &OptState,
    x: &Array,
    y: &Array,
) -> (Array, OptState, Array) {
    let (loss_value, grads) = value_and_grad(residuals)(params, x, y);
    let (updates, opt_state) = optimizer.update(&grads, opt_state, params);
    let params = apply_updates(params, &updates);
    (params, opt_state, loss_value)
}

//! The `vmap` program with a learning rate that decays: by 5 % every 1,000 steps.
//!
//! Only the optimizer differs, and so its state: it counts the steps.
//!
//! ```
//! use thetahat::jax::random::{normal, prng_key, split_n};
//! use thetahat::jax::{Array, jit};
//! use thetahat::lecture::data::loader::{data_loader, simulate};
//! use thetahat::lecture::programs::scheduled::learning_rate;
//! use thetahat::lecture::programs::vmap::make_step;
//! use thetahat::optax::{self, OptState};
//!
//! let [key, key_theta, key_x, key_noise] = split_n(prng_key(42));
//! let data = simulate([key_theta, key_x, key_noise], 500, 2, 0.001);
//! let [key, subkey] = split_n(key);
//! let theta_0 = normal(subkey, &[2]);
//!
//! let schedule = learning_rate(0.001);
//! assert_eq!(schedule(&Array::from_i32(&[1000], &[])).to_string(), "0.00095");
//! let optimizer = optax::sgd(schedule);
//! let mut opt_state = optimizer.init(&theta_0);
//! let mut params = theta_0;
//! let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
//!     make_step(&optimizer, params, opt_state, x, y)
//! });
//! let [_key, subkey] = split_n(key);
//! for (x, y) in data_loader(subkey, &data.x, &data.y, 16)? {
//!     (params, opt_state, _) = make_step(&params, &opt_state, &x, &y);
//! }
//! let expected = "(EmptyState(), ScaleByScheduleState(count=Array(32, dtype=int32)))";
//! assert_eq!(opt_state.to_string(), expected);
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::optax::{Scalar, Schedule, exponential_decay};

/// After how many steps the rate has fallen by [`DECAY_RATE`].
pub const TRANSITION_STEPS: i32 = 1000;
/// The factor by which it falls.
pub const DECAY_RATE: f64 = 0.95;

/// The lecture's schedule: `init_value · 0.95^(count / 1000)`.
#[must_use]
pub fn learning_rate(init_value: impl Into<Scalar>) -> Schedule {
    exponential_decay(init_value, TRANSITION_STEPS, DECAY_RATE)
}

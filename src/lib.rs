//! thetahat: a page that teaches stochastic gradient descent and automatic differentiation, and what it is made of: a small JAX, a small Optax, a
//! small Flax NNX, and one lecture's programs written with them. Its numbers are JAX's own, bit for bit.
//!
//! # Reading order
//!
//! Each module leans only on those above it.
//!
//! 1. [`error`]: what every failure looks like.
//! 2. [`jax`]: arrays, programs, and transformations of programs. Its own page gives the order of its files.
//! 3. [`optax`]: optimizers as pairs of pure functions.
//! 4. [`nnx`]: modules that own their parameters, taken apart into structure and state.
//! 5. [`lecture`]: configurations, data, the programs that are taught, and the trainer that runs and records them.
//! 6. [`protocol`]: what the page and its worker say to each other.
//! 7. [`jobs`]: what the worker does with a request, slice by slice.
//! 8. [`plot`]: charts as functions from data to a drawing.
//! 9. `web` and `ui`, in a browser only: the worker, the bridge to it, and the page.

pub mod error;
pub mod jax;
pub mod jobs;
pub mod lecture;
pub mod nnx;
pub mod optax;
mod order;
pub mod plot;
pub mod protocol;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use error::{Error, Result};

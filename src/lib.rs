//! thetahat: a page that teaches stochastic gradient descent and automatic differentiation, and what it is made of: a small JAX, a small Optax, a
//! small Flax NNX, and one lecture's programs written with them. Its numbers are JAX's own, bit for bit.
//!
//! # Reading order
//!
//! Each module may use only those listed before it; `tests/layers.rs` enforces this.
//!
//! 1. [`base`]: what every failure looks like, and small helpers.
//! 2. [`jax`]: arrays, programs, and transformations of programs. Its own page gives the order of its files.
//! 3. [`optax`]: optimizers as pairs of pure functions.
//! 4. [`nnx`]: modules that own their parameters, taken apart into structure and state.
//! 5. [`lecture`]: settings, data, the programs that are taught, their runs, and what can be said of these.
//! 6. [`plot`]: charts as functions from data to a drawing.
//! 7. [`worker`]: what the page and its worker say to each other, and what the worker does with a request.
//! 8. [`page`]: everything that decides what is shown.
//! 9. `web` and `ui`, in a browser only: the worker, the bridge to it, and the page's elements.
//!
//! `thetahat_kernels`, a crate of its own, lies beneath all of them: the arithmetic that runs for every number.

pub mod base;
pub mod jax;
pub mod lecture;
pub mod nnx;
pub mod optax;
pub mod page;
pub mod plot;
pub mod worker;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use base::{Error, Result};

//! thetahat: a small JAX, the lecture's programs written with it, and the page that shows them at work.

pub mod error;
pub mod jax;
pub mod lecture;
pub mod nnx;
pub mod optax;
pub mod plot;
pub mod protocol;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use error::{Error, Result};

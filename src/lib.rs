//! thetahat: a small JAX, the lecture's programs written with it, and the page that shows them at work.

pub mod error;
pub mod jax;
pub mod lecture;
pub mod nnx;
pub mod optax;
pub mod protocol;

pub use error::{Error, Result};

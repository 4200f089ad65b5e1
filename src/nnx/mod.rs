//! Modules with parameters, after Flax NNX.

pub mod initializers;
pub mod rngs;

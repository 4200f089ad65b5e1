//! The lecture itself, written with [`crate::jax`], [`crate::optax`] and [`crate::nnx`]. Each folder may use those listed before it.
//!
//! 1. [`settings`]: every hyperparameter, its range and its default.
//! 2. [`data`]: what the programs train on, and what can be said of it without training.
//! 3. [`programs`]: the programs that are taught, and what the page needs to know of each.
//! 4. [`run`]: whole trainings, compiled and recorded; single steps, taken apart.
//! 5. [`verdict`]: what can be said of a finished run.
//! 6. [`python`]: the Python that the page shows and exports.

pub mod data;
pub mod programs;
pub mod python;
pub mod run;
pub mod settings;
pub mod verdict;

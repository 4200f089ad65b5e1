//! The lecture itself, written with [`crate::jax`] and [`crate::optax`]: its configuration, data, programs and runs.

pub mod config;

//! The lecture itself, written with [`crate::jax`] and [`crate::optax`]: its configuration, data, programs and runs.
//!
//! [`raw`] and [`mod@vmap`] are the programs that are taught. [`trainer`] runs its compiled step over a whole training and records it; [`data`] simulates what
//! it trains on, [`geometry`] works out what the page draws around it, [`transcript`] prints what the Python program would print.

pub mod config;
pub mod data;
pub mod divergence;
pub mod field;
pub mod geometry;
pub mod raw;
pub mod recording;
pub mod trainer;
pub mod transcript;
pub mod vmap;

//! The lecture itself, written with [`crate::jax`], [`crate::optax`] and [`crate::nnx`]: its configuration, data, programs and runs.
//!
//! The programs that are taught are [`raw`], [`mod@vmap`], [`scheduled`], [`linear`], [`my_linear`] (with the pitfall of the used-up
//! generator) and [`split`]. [`trainer`] runs their compiled steps over a whole training and records it, [`sweep`] several trainings side by side; [`simulation`] draws
//! what they train on with the loader of [`data`], [`geometry`] works out what the page draws around it, [`transcript`] prints what the Python program
//! would print, and [`replay`] takes single steps apart. A [`view`] is what the page shows of all this, a [`link`] is its address, and [`presets`] are views
//! worth a look.

pub mod compare;
pub mod config;
pub mod costs;
mod course;
pub mod data;
pub mod divergence;
pub mod field;
pub mod geometry;
pub mod highlight;
pub mod inspection;
pub mod linear;
pub mod link;
pub mod my_linear;
pub mod playback;
pub mod presets;
pub mod programs;
pub mod python;
pub mod raw;
pub mod recorded_step;
pub mod recording;
pub mod replay;
pub mod scheduled;
pub mod session;
pub mod shared;
pub mod shuffles;
pub mod simulation;
pub mod split;
pub mod sweep;
pub mod trainer;
pub mod transcript;
pub mod view;
pub mod vmap;

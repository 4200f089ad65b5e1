//! The lecture: its settings, whole runs against recordings of JAX, single steps taken apart, what is said of runs, and the Python that the page exports.
#![cfg(not(target_arch = "wasm32"))]

mod anatomy;
mod config;
mod dissect;
mod edit;
mod epochs;
mod geometry;
mod holding;
mod keys;
mod lbfgs;
mod map;
mod mlp;
mod python;
mod replay;
mod runs;
mod seeds;
mod settings;
mod tanh;
mod verdict_compare;
mod verdict_course;
mod verdict_divergence;
mod verdict_presets;
mod verdict_stability;

//! Flax NNX in Rust: against texts and values recorded from Flax, and by its laws.
#![cfg(not(target_arch = "wasm32"))]

mod errors;
mod graphs;
mod laws;
mod modules;
mod prints;
mod training;

//! The small JAX: its printing, errors and draws against recordings of the real one, its transformations by laws ([`laws`]), and its compiler ([`compile`]).
#![cfg(not(target_arch = "wasm32"))]

mod compile;
mod control;
mod digests;
mod errors;
mod jaxprs;
mod laws;
mod random_vectors;
mod repr;
mod vmap;

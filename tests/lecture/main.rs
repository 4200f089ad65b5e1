//! The lecture: its settings, whole runs against recordings of JAX, single steps taken apart, and the Python that the page exports.
#![cfg(not(target_arch = "wasm32"))]

mod config;
mod epochs;
mod geometry;
mod map;
mod python;
mod replay;
mod runs;
mod settings;

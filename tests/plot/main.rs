//! Charts on the SVG back end: what is on them, and that no values can break them.
#![cfg(not(target_arch = "wasm32"))]

mod curve_laws;
mod curves;
mod data;
mod envelope;
mod exported;
mod first;
mod picture;
mod plane;
mod plane_laws;
mod snapshots;
mod theme;

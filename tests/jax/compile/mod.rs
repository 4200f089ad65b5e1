//! The compiler: recorded runs of JAX bit for bit, and laws over random programs.

#![allow(clippy::unwrap_used)]

mod generated;
mod golden;
mod laws;
mod products;
mod programs;
mod recorded_programs;
mod rules;
mod snapshots;

//! What the programs train on: [`simulation`] draws it from keys, [`loader`] deals it out in batches, [`shuffles`] keeps the orders of the rows, and
//! [`geometry`] works out the quadratic that the full batch's loss is.

pub mod geometry;
pub mod loader;
pub mod shuffles;
pub mod simulation;

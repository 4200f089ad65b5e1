//! A small Optax: optimizers as pairs of pure functions on pytrees.
//!
//! Read [`base`] first: what a [`GradientTransformation`] is. [`transform`] has the building blocks, [`alias`] the optimizers that are
//! chained from them.

pub mod alias;
pub mod base;
pub mod combine;
pub mod state;
pub mod transform;
pub mod update;

pub use alias::sgd;
pub use base::{GradientTransformation, LearningRate};
pub use combine::chain;
pub use state::OptState;
pub use update::apply_updates;

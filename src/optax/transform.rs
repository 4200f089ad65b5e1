//! The building blocks of optimizers (`optax.transforms`).

use crate::jax::Array;
use crate::jax::tree::{PyTree, tree_map};

use super::base::{GradientTransformation, LearningRate};

/// Passes updates on unchanged (`optax.identity`).
#[must_use]
pub fn identity<P: PyTree>() -> GradientTransformation<P> {
    GradientTransformation::stateless(|updates: &P, _| updates.clone())
}

/// Multiplies updates by a number (`optax.scale`).
#[must_use]
pub fn scale<P: PyTree>(step_size: Array) -> GradientTransformation<P> {
    GradientTransformation::stateless(move |updates: &P, _| tree_map(|g| &step_size * g, updates))
}

/// Multiplies updates by minus the learning rate, so that adding them goes downhill (`optax.scale_by_learning_rate`).
#[must_use]
pub fn scale_by_learning_rate<P: PyTree>(rate: LearningRate) -> GradientTransformation<P> {
    match rate {
        // a number that is known is negated now, as Python does, not in the program
        LearningRate::Constant(rate) => scale(rate.item().map_or_else(|_| -&rate, |rate| Array::scalar(-rate))),
        LearningRate::Schedule(_) => identity(),
    }
}

//! The optimizers by name, chained from their parts (`optax.alias`).

use crate::jax::tree::PyTree;

use super::base::{GradientTransformation, LearningRate};
use super::combine::chain;
use super::transform::{identity, scale_by_learning_rate};

/// Stochastic gradient descent: updates are −rate · gradient (`optax.sgd`).
#[must_use]
pub fn sgd<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    chain(vec![identity(), scale_by_learning_rate(learning_rate.into())])
}

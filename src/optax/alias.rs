//! The optimizers by name, chained from their parts (`optax.alias`).

use crate::jax::tree::PyTree;

use super::base::{GradientTransformation, LearningRate};
use super::combine::chain;
use super::transform::{identity, scale_by_learning_rate, trace};

/// Stochastic gradient descent: updates are −rate · gradient (`optax.sgd`).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{apply_updates, sgd};
/// let optimizer = sgd(0.5);
/// let params = Array::new(&[1.0, 2.0], &[2]);
/// let state = optimizer.init(&params);
/// assert_eq!(state.to_string(), "(EmptyState(), EmptyState())");
/// let (updates, _state) = optimizer.update(&Array::new(&[1.0, -1.0], &[2]), &state, &params);
/// assert_eq!(apply_updates(&params, &updates).to_vec()?, [0.5, 2.5]);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn sgd<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    chain(vec![identity(), scale_by_learning_rate(learning_rate.into())])
}

/// Gradient descent with momentum: updates are −rate · trace, see [`trace`] (`optax.sgd(rate, momentum, nesterov)`).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::alias::sgd_with_momentum;
/// let optimizer = sgd_with_momentum(0.5, 0.75, false);
/// let (params, gradient) = (Array::new(&[1.0], &[1]), Array::new(&[2.0], &[1]));
/// let (first, state) = optimizer.update(&gradient, &optimizer.init(&params), &params);
/// let (second, state) = optimizer.update(&gradient, &state, &params);
/// assert_eq!((first.to_vec()?, second.to_vec()?), (vec![-1.0], vec![-1.75]));
/// assert_eq!(state.to_string(), "(TraceState(trace=Array([3.5], dtype=float32)), EmptyState())");
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn sgd_with_momentum<P: PyTree>(
    learning_rate: impl Into<LearningRate>,
    momentum: f32,
    nesterov: bool,
) -> GradientTransformation<P> {
    chain(vec![trace(momentum, nesterov), scale_by_learning_rate(learning_rate.into())])
}

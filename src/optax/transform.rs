//! The building blocks of optimizers (`optax.transforms`).

use crate::jax::Array;
use crate::jax::tree::{PyTree, tree_map, tree_map2};

use super::base::{GradientTransformation, LearningRate};
use super::state::{OptState, TraceState};

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
pub fn scale_by_learning_rate<P: PyTree>(LearningRate(rate): LearningRate) -> GradientTransformation<P> {
    // a number that is known is negated now, as Python does, not in the program
    scale(rate.item().map_or_else(|_| -&rate, |rate| Array::scalar(-rate)))
}

/// Remembers past updates: the trace is `g + decay · trace`, and it is what is passed on; with `nesterov`, `g + decay · trace` of the new
/// trace is (`optax.trace`; Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013).
#[must_use]
pub fn trace<P: PyTree>(decay: f32, nesterov: bool) -> GradientTransformation<P> {
    GradientTransformation::new(
        |params: &P| OptState::Trace(TraceState { trace: tree_map(|p| Array::zeros(p.shape(), p.dtype()), params) }),
        move |updates, state, _| {
            let OptState::Trace(state) = state else { return (updates.clone(), state.clone()) };
            let add = |g: &Array, t: &Array| g + decay * t;
            let trace = tree_map2(add, updates, &state.trace);
            let passed_on = if nesterov { tree_map2(add, updates, &trace) } else { trace.clone() };
            (passed_on, OptState::Trace(TraceState { trace }))
        },
    )
}

//! [`GradientTransformation`]: the pair of pure functions that every optimizer is (`optax.base`).

use std::rc::Rc;

use crate::jax::Array;
use crate::jax::tree::PyTree;

use super::state::{EmptyState, OptState};

type Init<P> = dyn Fn(&P) -> OptState<P>;
type Update<P> = dyn Fn(&P, &OptState<P>, &P) -> (P, OptState<P>);

/// An optimizer, or a part of one, for parameters of type `P`: `init` makes its state, `update` turns gradients into updates. Neither changes anything:
/// the new state is returned (`optax.GradientTransformation`).
#[derive(Clone)]
pub struct GradientTransformation<P = Array> {
    init: Rc<Init<P>>,
    update: Rc<Update<P>>,
}

impl<P: PyTree> GradientTransformation<P> {
    /// From its two functions.
    pub fn new(
        init: impl Fn(&P) -> OptState<P> + 'static,
        update: impl Fn(&P, &OptState<P>, &P) -> (P, OptState<P>) + 'static,
    ) -> Self {
        Self { init: Rc::new(init), update: Rc::new(update) }
    }

    /// One without memory, whose state is [`EmptyState`] (`optax.stateless`).
    pub fn stateless(update: impl Fn(&P, &P) -> P + 'static) -> Self {
        Self::new(
            |_| OptState::Empty(EmptyState),
            move |updates, state, params| (update(updates, params), state.clone()),
        )
    }

    /// The state before the first step.
    #[must_use]
    pub fn init(&self, params: &P) -> OptState<P> {
        (self.init)(params)
    }

    /// Updates and next state for these gradients (or updates of the transformation before), state and parameters.
    #[must_use]
    pub fn update(&self, updates: &P, state: &OptState<P>, params: &P) -> (P, OptState<P>) {
        (self.update)(updates, state, params)
    }
}

impl<P> std::fmt::Debug for GradientTransformation<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GradientTransformation(init, update)")
    }
}

/// What optimizers accept as a learning rate: a number, or an array of the program, so that it can be an argument of a compiled step.
#[derive(Clone, Debug)]
pub struct LearningRate(pub Array);

impl From<f64> for LearningRate {
    #[allow(clippy::cast_possible_truncation)] // numbers of a program are f32
    fn from(rate: f64) -> Self {
        Self(Array::scalar(rate as f32))
    }
}

impl From<&Array> for LearningRate {
    fn from(rate: &Array) -> Self {
        Self(rate.clone())
    }
}

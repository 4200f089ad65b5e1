//! [`GradientTransformation`]: the pair of pure functions that every optimizer is, and [`LearningRate`] (`optax.base`).

use std::rc::Rc;

use crate::base::error::Error;
use crate::jax::Array;
use crate::jax::tree::{PyTree, mismatch, tree_failed, tree_structure};

use super::scalar::Scalar;
use super::schedule::Schedule;
use super::state::{EmptyState, OptState};

type Init<P> = dyn Fn(&P) -> OptState<P>;
type Update<P> = dyn Fn(&P, &OptState<P>, &P, Option<&ExtraArgs<'_, P>>) -> (P, OptState<P>);

/// What a transformation that evaluates the loss wants beside gradients, state and parameters (`optax.GradientTransformationExtraArgs`).
#[derive(Clone)]
pub struct ExtraArgs<'a, P = Array> {
    /// The loss at the parameters, an f32 scalar.
    pub value: &'a Array,
    /// Its gradient there.
    pub grad: &'a P,
    /// The loss as a function of parameters.
    pub value_fn: Rc<dyn Fn(&P) -> Array>,
}

impl<P> std::fmt::Debug for ExtraArgs<'_, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExtraArgs").field("value", self.value).finish_non_exhaustive()
    }
}

/// An optimizer, or a part of one, for parameters of type `P`: `init` makes its state, `update` turns gradients into updates. Neither
/// changes anything: the new state is returned (`optax.GradientTransformation`).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{adam, apply_updates};
///
/// let params = Array::new(&[1.0, -2.0], &[2]);
/// let optimizer = adam(0.5);
/// let state = optimizer.init(&params);
/// let grads = Array::new(&[0.25, -8.0], &[2]);
/// let (updates, state) = optimizer.update(&grads, &state, &params);
/// let params = apply_updates(&params, &updates);
/// // Adam's first step has the size of the learning rate, whatever the size of the gradient
/// assert!((params.to_vec()?[0] - 0.5).abs() < 1e-5 && (params.to_vec()?[1] + 1.5).abs() < 1e-5);
/// assert!(state.to_string().starts_with("(ScaleByAdamState(count=Array(1, dtype=int32), mu=Array(["));
/// # Ok::<(), thetahat::Error>(())
/// ```
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
        Self::with_extra_args(init, move |updates, state, params, _| update(updates, state, params))
    }

    /// From its two functions, of which the second may evaluate the loss.
    pub fn with_extra_args(
        init: impl Fn(&P) -> OptState<P> + 'static,
        update: impl Fn(&P, &OptState<P>, &P, Option<&ExtraArgs<'_, P>>) -> (P, OptState<P>) + 'static,
    ) -> Self {
        Self { init: Rc::new(init), update: Rc::new(update) }
    }

    /// One without memory, whose state is [`EmptyState`], from a function of updates and parameters (`optax.stateless`).
    pub fn stateless(update: impl Fn(&P, &P) -> P + 'static) -> Self {
        Self::new(
            |_| OptState::Empty(EmptyState),
            move |updates, state, params| match state {
                OptState::Empty(_) => (update(updates, params), state.clone()),
                _ => wrong_state("stateless", "EmptyState", updates, state),
            },
        )
    }

    /// The state before the first step.
    #[must_use]
    pub fn init(&self, params: &P) -> OptState<P> {
        (self.init)(params)
    }

    /// Updates and next state for these gradients (or updates of the transformation before), state and parameters.
    ///
    /// The three must fit each other: gradients of the parameters' structure, and a state of this transformation. Otherwise all leaves
    /// of both results carry an error that says how they differ.
    #[must_use]
    pub fn update(&self, updates: &P, state: &OptState<P>, params: &P) -> (P, OptState<P>) {
        self.update_checked(updates, state, params, None)
    }

    /// [`Self::update`] for a transformation that evaluates the loss, such as a line search; others do without.
    #[must_use]
    pub fn update_with(
        &self,
        updates: &P,
        state: &OptState<P>,
        params: &P,
        extra: &ExtraArgs<'_, P>,
    ) -> (P, OptState<P>) {
        if tree_structure(extra.grad) != tree_structure(params) {
            return failed(&mismatch("GradientTransformation.update", extra.grad, params), updates, state);
        }
        self.update_checked(updates, state, params, Some(extra))
    }

    fn update_checked(
        &self,
        updates: &P,
        state: &OptState<P>,
        params: &P,
        extra: Option<&ExtraArgs<'_, P>>,
    ) -> (P, OptState<P>) {
        if tree_structure(updates) != tree_structure(params) {
            return failed(&mismatch("GradientTransformation.update", updates, params), updates, state);
        }
        self.update_link(updates, state, params, extra)
    }

    /// [`Self::update`] of trees whose structures have been compared.
    pub(super) fn update_link(
        &self,
        updates: &P,
        state: &OptState<P>,
        params: &P,
        extra: Option<&ExtraArgs<'_, P>>,
    ) -> (P, OptState<P>) {
        (self.update)(updates, state, params, extra)
    }
}

impl<P> std::fmt::Debug for GradientTransformation<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GradientTransformation(init, update)")
    }
}

/// Updates and a state of which every leaf carries the error.
fn failed<P: PyTree>(error: &Error, updates: &P, state: &OptState<P>) -> (P, OptState<P>) {
    (tree_failed(updates, error), tree_failed(state, error))
}

/// What `update` of the transformation `function` returns for the state of another transformation.
pub(super) fn wrong_state<P: PyTree>(
    function: &str,
    expected: &str,
    updates: &P,
    state: &OptState<P>,
) -> (P, OptState<P>) {
    let error = Error::tree(
        &format!("{function}.update"),
        format!("the state should be {expected}, but is {}", state.name()),
        "Give the state that `init` or the last `update` of the same transformation gave.",
    );
    // a state without leaves could not carry the error, but the updates do
    failed(&error, updates, state)
}

/// What optimizers accept as a learning rate (`optax.ScalarOrSchedule`).
#[derive(Clone, Debug)]
pub enum LearningRate {
    /// The same at every step. A number, or an array whose value is known, stands in the program as a constant; a traced array is an
    /// input of the program, so that another rate neither traces nor compiles again.
    Constant(Scalar),
    /// A rate that changes with the number of updates so far.
    Schedule(Schedule),
}

impl<T: Into<Scalar>> From<T> for LearningRate {
    fn from(rate: T) -> Self {
        Self::Constant(rate.into())
    }
}

impl From<Schedule> for LearningRate {
    fn from(schedule: Schedule) -> Self {
        Self::Schedule(schedule)
    }
}

impl From<&Schedule> for LearningRate {
    fn from(schedule: &Schedule) -> Self {
        Self::Schedule(schedule.clone())
    }
}

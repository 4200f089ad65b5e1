//! The states of optimizers: one named struct for each transformation that has one, and [`OptState`], any of them.
//!
//! All are pytrees, and print as Python prints the named tuples of the same names.

use crate::jax::Array;
use crate::jax::tree::{Key, NodeKind, PyTree, Visitor};
use crate::pytree;

use super::lbfgs::ScaleByLBFGSState;
use super::linesearch::ScaleByZoomLinesearchState;

/// The state of a transformation that remembers nothing (`optax.EmptyState`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmptyState;

/// The state of [`super::trace`] (`optax.TraceState`).
#[derive(Clone, Debug)]
pub struct TraceState<P = Array> {
    /// The decaying sum of past gradients, a tree like the parameters; zeros at first.
    pub trace: P,
}

/// The state of [`super::scale_by_schedule`] (`optax.ScaleByScheduleState`).
#[derive(Clone, Debug)]
pub struct ScaleByScheduleState {
    /// How many updates there were, an i32 scalar.
    pub count: Array,
}

/// The state of [`super::scale_by_adam`] (`optax.ScaleByAdamState`).
#[derive(Clone, Debug)]
pub struct ScaleByAdamState<P = Array> {
    /// How many updates there were, an i32 scalar.
    pub count: Array,
    /// The running mean of the gradients, a tree like the parameters; zeros at first.
    pub mu: P,
    /// The running mean of their squares, a tree like the parameters; zeros at first.
    pub nu: P,
}

/// The state of [`super::scale_by_rms`] without bias correction (`optax.ScaleByRmsState`).
#[derive(Clone, Debug)]
pub struct ScaleByRmsState<P = Array> {
    /// The running mean of the gradients' squares, a tree like the parameters.
    pub nu: P,
}

/// The state of [`super::scale_by_rms`] with bias correction (`optax.ScaleByRmsWithCountState`).
#[derive(Clone, Debug)]
pub struct ScaleByRmsWithCountState<P = Array> {
    /// How many updates there were, an i32 scalar.
    pub count: Array,
    /// The running mean of the gradients' squares, a tree like the parameters.
    pub nu: P,
}

/// The state of [`super::scale_by_rss`] (`optax.ScaleByRssState`).
#[derive(Clone, Debug)]
pub struct ScaleByRssState<P = Array> {
    /// The sum of the gradients' squares, a tree like the parameters.
    pub sum_of_squares: P,
}

impl PyTree for EmptyState {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin(NodeKind::Named("EmptyState"));
        visitor.end();
    }
}

pytree!(TraceState<P> { trace });
pytree!(ScaleByScheduleState { count });
pytree!(ScaleByAdamState<P> { count, mu, nu });
pytree!(ScaleByRmsState<P> { nu });
pytree!(ScaleByRmsWithCountState<P> { count, nu });
pytree!(ScaleByRssState<P> { sum_of_squares });

/// The state of any [`super::GradientTransformation`] for parameters of type `P`.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{SgdOptions, sgd, sgd_with};
///
/// let params = Array::new(&[1.0, 2.0], &[2]);
/// assert_eq!(sgd(0.1).init(&params).to_string(), "(EmptyState(), EmptyState())");
/// let momentum = sgd_with(0.1, &SgdOptions { momentum: Some(0.9), nesterov: false });
/// assert_eq!(
///     momentum.init(&params).to_string(),
///     "(TraceState(trace=Array([0., 0.], dtype=float32)), EmptyState())"
/// );
/// ```
#[derive(Clone, Debug)]
pub enum OptState<P = Array> {
    /// Nothing.
    Empty(EmptyState),
    /// The state of [`super::trace`].
    Trace(TraceState<P>),
    /// The state of [`super::scale_by_schedule`].
    ScaleBySchedule(ScaleByScheduleState),
    /// The state of [`super::scale_by_adam`].
    ScaleByAdam(ScaleByAdamState<P>),
    /// The state of [`super::scale_by_rms`].
    ScaleByRms(ScaleByRmsState<P>),
    /// The state of [`super::scale_by_rms`] with bias correction.
    ScaleByRmsWithCount(ScaleByRmsWithCountState<P>),
    /// The state of [`super::scale_by_rss`].
    ScaleByRss(ScaleByRssState<P>),
    /// The state of [`super::scale_by_lbfgs`].
    ScaleByLbfgs(Box<ScaleByLBFGSState<P>>),
    /// The state of [`super::scale_by_zoom_linesearch`].
    ScaleByZoomLinesearch(Box<ScaleByZoomLinesearchState<P>>),
    /// The state of [`super::chain`]: the states of its links, in order.
    Chain(Vec<OptState<P>>),
}

impl<P> OptState<P> {
    /// What kind of state it is, for messages.
    pub(super) fn name(&self) -> String {
        let name = match self {
            Self::Empty(_) => "EmptyState",
            Self::Trace(_) => "TraceState",
            Self::ScaleBySchedule(_) => "ScaleByScheduleState",
            Self::ScaleByAdam(_) => "ScaleByAdamState",
            Self::ScaleByRms(_) => "ScaleByRmsState",
            Self::ScaleByRmsWithCount(_) => "ScaleByRmsWithCountState",
            Self::ScaleByRss(_) => "ScaleByRssState",
            Self::ScaleByLbfgs(_) => "ScaleByLBFGSState",
            Self::ScaleByZoomLinesearch(_) => "ScaleByZoomLinesearchState",
            Self::Chain(states) => {
                let names: Vec<String> = states.iter().map(Self::name).collect();
                return format!("({}{})", names.join(", "), if names.len() == 1 { "," } else { "" });
            }
        };
        name.to_owned()
    }
}

impl<P: PyTree> PyTree for OptState<P> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Self::Empty(state) => state.visit(visitor),
            Self::Trace(state) => state.visit(visitor),
            Self::ScaleBySchedule(state) => state.visit(visitor),
            Self::ScaleByAdam(state) => state.visit(visitor),
            Self::ScaleByRms(state) => state.visit(visitor),
            Self::ScaleByRmsWithCount(state) => state.visit(visitor),
            Self::ScaleByRss(state) => state.visit(visitor),
            Self::ScaleByLbfgs(state) => state.visit(visitor),
            Self::ScaleByZoomLinesearch(state) => state.visit(visitor),
            Self::Chain(states) => {
                visitor.begin(NodeKind::Tuple);
                for (i, state) in states.iter_mut().enumerate() {
                    visitor.key(&Key::Index(i));
                    state.visit(visitor);
                }
                visitor.end();
            }
        }
    }
}

macro_rules! display {
    ($($Name:ident $(<$P:ident>)?),*) => {$(
        impl $(<$P: $crate::jax::tree::PyTree>)? std::fmt::Display for $Name $(<$P>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::optax::print::repr(self))
            }
        }
    )*};
}
pub(super) use display;
display!(
    EmptyState,
    TraceState<P>,
    ScaleByScheduleState,
    ScaleByAdamState<P>,
    ScaleByRmsState<P>,
    ScaleByRmsWithCountState<P>,
    ScaleByRssState<P>,
    OptState<P>
);

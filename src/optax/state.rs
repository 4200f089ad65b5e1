//! The states of optimizers: one named struct for each transformation that has one, and [`OptState`], any of them.

use crate::jax::Array;
use crate::jax::tree::{PyTree, Visitor};

/// The state of a transformation that remembers nothing (`optax.EmptyState`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmptyState;

/// The state of [`super::transform::trace`] (`optax.TraceState`).
#[derive(Clone, Debug)]
pub struct TraceState<P = Array> {
    /// The decaying sum of past updates, in the structure of the parameters.
    pub trace: P,
}

crate::pytree!(TraceState<P> { trace });

/// The state of any [`super::GradientTransformation`].
#[derive(Clone, Debug)]
pub enum OptState<P = Array> {
    /// Nothing.
    Empty(EmptyState),
    /// Past updates.
    Trace(TraceState<P>),
    /// The states of the links of a chain, in order.
    Chain(Vec<OptState<P>>),
}

impl<P: PyTree> PyTree for OptState<P> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Self::Empty(_) => {
                visitor.begin("EmptyState(");
                visitor.end(")");
            }
            Self::Chain(states) => {
                visitor.begin("(");
                for (i, state) in states.iter_mut().enumerate() {
                    visitor.key(&format!("[{i}]"), "");
                    state.visit(visitor);
                }
                visitor.end(")");
            }
            Self::Trace(state) => state.visit(visitor),
        }
    }
}

impl<P: std::fmt::Debug> std::fmt::Display for OptState<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty(_) => f.write_str("EmptyState()"),
            Self::Chain(states) => {
                f.write_str("(")?;
                for (i, state) in states.iter().enumerate() {
                    write!(f, "{}{state}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str(if states.len() == 1 { ",)" } else { ")" })
            }
            Self::Trace(state) => write!(f, "TraceState(trace={:?})", state.trace),
        }
    }
}

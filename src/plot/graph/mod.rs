//! The graph of a program: [`layout`] places its boxes, [`svg`] draws them, [`words`] says the same in a text.
//!
//! Time runs from left to right, or on a narrow screen from top to bottom. A box keeps its place whatever is known of it: first its value comes in, then its
//! cotangent, the derivative of the loss for that value.

mod draw;
mod layout;
mod words;

pub use draw::svg;
pub use layout::{Direction, Layout, layout};
pub use words::words;

/// Boxes and what leads from one to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The boxes; each stands behind those that it reads.
    pub nodes: Vec<Node>,
    /// From a box to one that reads it.
    pub edges: Vec<Edge>,
    /// Boxes of which the second comes later in time than the first without reading it.
    pub later: Vec<(usize, usize)>,
}

/// What leads from a box to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The box that is read.
    pub from: usize,
    /// The box that reads it.
    pub to: usize,
    /// What goes along it now.
    pub flow: Flow,
}

/// What goes along an [`Edge`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// Nothing at the moment.
    #[default]
    Still,
    /// A value, forward.
    Forward,
    /// A cotangent, backward.
    Backward,
}

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// What it is called.
    pub title: String,
    /// The operation that computes it; empty for an argument.
    pub operation: String,
    /// Its type.
    pub aval: String,
    /// Its value.
    pub value: Known,
    /// The derivative of the loss for it.
    pub cotangent: Known,
    /// Whether something happens to it now.
    pub is_lit: bool,
    /// Whether it is the one that is looked at.
    pub is_open: bool,
    /// How many operations it stands for, if it can unfold.
    pub folded: usize,
}

/// What is known of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// It is this.
    Is(String),
    /// It has not been computed yet.
    #[default]
    NotYet,
    /// Nothing asks for it.
    Never,
}

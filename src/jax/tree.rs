//! Pytrees: arrays in tuples, vectors, options, maps and structs, seen as a list of leaves and a structure ([`TreeDef`]).
//!
//! A type becomes a pytree by one method, [`PyTree::visit`]; the macro [`crate::pytree`] writes it for a struct. Follows
//! `jax.tree_util`; the structure prints as JAX prints it.

mod functions;

use std::collections::BTreeMap;
use std::fmt::{Arguments, Debug};

use super::array::Array;

pub(super) use self::functions::{flatten, leaves, put, settle};
pub use self::functions::{
    mismatch, tree_check, tree_flatten, tree_leaves, tree_map, tree_map2, tree_paths, tree_structure, tree_unflatten,
};
pub(crate) use self::functions::{tree_failed, tree_settled};

/// A value whose leaves are arrays.
pub trait PyTree: Clone + 'static {
    /// Shows `visitor` every leaf, in order, and the structure around them.
    fn visit(&mut self, visitor: &mut dyn Visitor);
}

/// What a [`PyTree`] shows its parts to.
pub trait Visitor {
    /// A leaf.
    fn leaf(&mut self, leaf: &mut Array);
    /// A node begins; `open` is its opening text, such as `(` or `{`.
    fn begin(&mut self, _open: &str) {}
    /// The child that follows has this name. Who needs no names does not pay for writing them.
    fn key(&mut self, _key: Arguments<'_>, _printed: Arguments<'_>) {}
    /// The node ends with this text.
    fn end(&mut self, _close: &str) {}
    /// A fixed part: no leaf, but part of the structure.
    fn fixed(&mut self, _value: &dyn Debug) {}
}

/// A tree whose type is hidden: what is done with it is compiled once, whatever tree it is.
pub(super) trait Tree {
    /// [`PyTree::visit`].
    fn show(&mut self, visitor: &mut dyn Visitor);
}

impl<T: PyTree> Tree for T {
    fn show(&mut self, visitor: &mut dyn Visitor) {
        self.visit(visitor);
    }
}

/// The structure of a pytree; two trees have the same structure exactly if their `TreeDef`s are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TreeDef(String);

impl std::fmt::Display for TreeDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PyTreeDef({})", self.0)
    }
}

/// A value that is part of a tree's structure, not a leaf: [`super::api::jit`] compiles anew for each (a static argument).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Static<T>(pub T);

impl<T: Clone + Debug + 'static> PyTree for Static<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.fixed(&self.0);
    }
}

impl PyTree for Array {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.leaf(self);
    }
}

impl PyTree for () {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin("(");
        visitor.end(")");
    }
}

impl<T: PyTree> PyTree for Vec<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin("[");
        for (i, child) in self.iter_mut().enumerate() {
            visitor.key(format_args!("[{i}]"), format_args!(""));
            child.visit(visitor);
        }
        visitor.end("]");
    }
}

impl<T: PyTree> PyTree for Option<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        if let Some(child) = self {
            child.visit(visitor);
        } else {
            visitor.begin("None");
            visitor.end("");
        }
    }
}

impl<T: PyTree> PyTree for BTreeMap<String, T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin("{");
        for (key, child) in self.iter_mut() {
            visitor.key(format_args!("['{key}']"), format_args!("'{key}': "));
            child.visit(visitor);
        }
        visitor.end("}");
    }
}

macro_rules! tuple {
    ($close:literal; $($T:ident $i:tt),+) => {
        impl<$($T: PyTree),+> PyTree for ($($T,)+) {
            fn visit(&mut self, visitor: &mut dyn Visitor) {
                visitor.begin("(");
                $(
                    visitor.key(format_args!("[{}]", stringify!($i)), format_args!(""));
                    self.$i.visit(visitor);
                )+
                visitor.end($close);
            }
        }
    };
}
tuple!(",)"; A 0);
tuple!(")"; A 0, B 1);
tuple!(")"; A 0, B 1, C 2);
tuple!(")"; A 0, B 1, C 2, D 3);
tuple!(")"; A 0, B 1, C 2, D 3, E 4);
tuple!(")"; A 0, B 1, C 2, D 3, E 4, F 5);

/// Makes a struct a pytree: `pytree!(TraceState { trace })` for a struct with that field, `pytree!(Pair<T> { a, b })` for a
/// generic one. Fields that are not named are not part of the tree; they are copied along.
#[macro_export]
macro_rules! pytree {
    ($name:ident $(<$($T:ident),+>)? { $($field:ident),* $(,)? }) => {
        impl $(<$($T: $crate::jax::tree::PyTree),+>)? $crate::jax::tree::PyTree for $name $(<$($T),+>)? {
            fn visit(&mut self, visitor: &mut dyn $crate::jax::tree::Visitor) {
                visitor.begin(concat!(stringify!($name), "("));
                $(
                    visitor.key(format_args!(".{}", stringify!($field)), format_args!("{}=", stringify!($field)));
                    $crate::jax::tree::PyTree::visit(&mut self.$field, visitor);
                )*
                visitor.end(")");
            }
        }
    };
}

//! Pytrees: arrays in tuples, vectors, options, maps and structs, seen as a list of leaves and a structure ([`TreeDef`]).
//!
//! A type becomes a pytree by one method, [`PyTree::visit`]; the macro [`crate::pytree`] writes it for a struct. Follows
//! `jax.tree_util`; the structure prints as JAX prints it.

mod alike;
mod functions;
mod key;
mod structure;

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::array::Array;

pub(super) use self::functions::{flatten, leaves, put, settle};
pub use self::functions::{
    mismatch, tree_check, tree_flatten, tree_leaves, tree_map, tree_map2, tree_paths, tree_structure, tree_unflatten,
};
pub(crate) use self::functions::{tree_failed, tree_settled};
pub(crate) use self::key::str_repr;
pub use self::key::{Key, path_text};
pub use self::structure::{NodeKind, TreeDef};

/// A value whose leaves are arrays.
pub trait PyTree: Clone + 'static {
    /// Shows `visitor` every leaf, in order, and the structure around them.
    fn visit(&mut self, visitor: &mut dyn Visitor);
}

/// What a [`PyTree`] shows its parts to.
pub trait Visitor {
    /// A leaf.
    fn leaf(&mut self, leaf: &mut Array);
    /// A node begins.
    fn begin(&mut self, _kind: NodeKind) {}
    /// The child that follows has this key.
    fn key(&mut self, _key: &Key) {}
    /// The node ends.
    fn end(&mut self) {}
    /// A fixed part: no leaf, but part of the structure.
    fn fixed(&mut self, _value: &dyn Debug) {}
}

/// A tree whose type is hidden: what is done with it is compiled once, whatever tree it is.
pub(super) trait AnyTree {
    /// [`PyTree::visit`].
    fn show(&mut self, visitor: &mut dyn Visitor);
}

impl<T: PyTree> AnyTree for T {
    fn show(&mut self, visitor: &mut dyn Visitor) {
        self.visit(visitor);
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
        visitor.begin(NodeKind::Tuple);
        visitor.end();
    }
}

impl<T: PyTree> PyTree for Vec<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin(NodeKind::List);
        for (i, child) in self.iter_mut().enumerate() {
            visitor.key(&Key::Index(i));
            child.visit(visitor);
        }
        visitor.end();
    }
}

impl<T: PyTree> PyTree for Option<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        if let Some(child) = self {
            child.visit(visitor);
        } else {
            visitor.begin(NodeKind::None);
            visitor.end();
        }
    }
}

impl<T: PyTree> PyTree for BTreeMap<String, T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin(NodeKind::Dict);
        for (key, child) in self.iter_mut() {
            visitor.key(&Key::Name(key.clone().into()));
            child.visit(visitor);
        }
        visitor.end();
    }
}

macro_rules! tuple {
    ($($T:ident $i:tt),+) => {
        impl<$($T: PyTree),+> PyTree for ($($T,)+) {
            fn visit(&mut self, visitor: &mut dyn Visitor) {
                visitor.begin(NodeKind::Tuple);
                $(
                    visitor.key(&Key::Index($i));
                    self.$i.visit(visitor);
                )+
                visitor.end();
            }
        }
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);

/// Makes a struct a pytree: `pytree!(TraceState { trace })` for a struct with that field, `pytree!(Pair<T> { a, b })` for a
/// generic one. Fields that are not named are not part of the tree; they are copied along.
#[macro_export]
macro_rules! pytree {
    ($name:ident $(<$($T:ident),+>)? { $($field:ident),* $(,)? }) => {
        impl $(<$($T: $crate::jax::tree::PyTree),+>)? $crate::jax::tree::PyTree for $name $(<$($T),+>)? {
            fn visit(&mut self, visitor: &mut dyn $crate::jax::tree::Visitor) {
                visitor.begin($crate::jax::tree::NodeKind::Named(stringify!($name)));
                $(
                    visitor.key(&$crate::jax::tree::Key::from(stringify!($field)));
                    $crate::jax::tree::PyTree::visit(&mut self.$field, visitor);
                )*
                visitor.end();
            }
        }
    };
}

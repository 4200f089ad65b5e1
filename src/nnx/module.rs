//! [`Module`]: a struct whose fields are variables, other modules and fixed values; and [`Node`], how the rest of this layer sees it.
//!
//! The macro [`crate::module`] makes a struct a module. A [`Node`] is a module as data, with its variables borrowed; everything that is done with modules is a
//! function of it, and most go through [`walk`].

use std::ops::{Deref, DerefMut};

pub use super::print::module as module_text;

use super::fixed::Fixed;
use super::key::Key;
use super::print;
use super::variable::{Slot, VariableKind, visit_value};
use crate::base::order::order_by;
use crate::jax::Array;
use crate::jax::tree::{NodeKind, PyTree, Visitor};

/// What can be an attribute of a module: variables, modules, lists of them, arrays, and fixed values (numbers, truth values, texts).
pub trait Attribute {
    /// The attribute as data, with its variables borrowed.
    fn node(&mut self) -> Node<'_>;
}

/// A tree of variables and fixed values (`nnx.Module`). Its clones have the same variables.
pub trait Module: PyTree + Attribute {}

/// A module, or a part of one, as data.
pub enum Node<'a> {
    /// A variable.
    Variable {
        /// What it is for.
        kind: &'static VariableKind,
        /// Where its value is.
        slot: &'a mut Slot,
    },
    /// An array that is no variable.
    Array(&'a mut Array),
    /// A module, or a pytree inside one.
    Object {
        /// How it is treated.
        form: Form,
        /// The name of its type.
        name: &'static str,
        /// Its attributes or elements, in the order of their declaration.
        children: Vec<(Key, Node<'a>)>,
    },
    /// A fixed value.
    Fixed(Fixed),
    /// No variable where there could be one.
    None,
}

/// The forms of [`Node::Object`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A module.
    Module,
    /// A list of modules or variables (`nnx.List`), a module itself.
    List,
    /// A tuple: no module.
    Tuple,
    /// A named tuple of Optax: no module.
    NamedTuple,
    /// A `State` inside a module: no module.
    State,
}

impl Form {
    /// Whether it has an identity of its own and is numbered in a `GraphDef`.
    pub(super) fn is_module(self) -> bool {
        matches!(self, Self::Module | Self::List)
    }
}

impl Node<'_> {
    /// Orders all attributes by name, as Flax's graph does.
    pub(super) fn sorted(mut self) -> Self {
        if let Self::Object { children, .. } = &mut self {
            let mut sorted: Vec<_> =
                std::mem::take(children).into_iter().map(|(key, node)| (key, node.sorted())).collect();
            order_by(&mut sorted, |a, b| a.0 > b.0);
            *children = sorted;
        }
        self
    }
}

/// What [`walk`] shows the parts of a module to.
pub(super) trait Walker {
    /// An object begins.
    fn open(&mut self, _form: Form, _name: &'static str) {}
    /// The child that follows has this key.
    fn key(&mut self, _key: &Key) {}
    /// The object ends.
    fn close(&mut self) {}
    /// A fixed value.
    fn fixed(&mut self, _value: &Fixed) {}
    /// No variable where there could be one.
    fn none(&mut self) {}
    /// A variable that was not met before, or an array that is no variable. It may be changed.
    fn leaf(&mut self, path: &[Key], kind: Option<&'static VariableKind>, value: &mut Array);
    /// The variable that was the leaf of this number.
    fn repeated(&mut self, _leaf: usize) {}
}

/// Shows every part of a module, ordered by name. Each variable is shown once and replaced by a new one of the value that the walker leaves in it, so the module
/// no longer has variables in common with its clones; what was one variable stays one. `merged` marks the new ones as made by `merge`; with `None` they keep their mark.
pub(super) fn walk(node: Node<'_>, merged: Option<bool>, walker: &mut dyn Walker) {
    Walk { merged, walker, path: Vec::new(), seen: Vec::new(), leaves: 0 }.node(node.sorted());
}

struct Walk<'w> {
    merged: Option<bool>,
    walker: &'w mut dyn Walker,
    path: Vec<Key>,
    /// An old variable, kept so that its number stays its own, the new one, and the number of the leaf.
    seen: Vec<(Slot, Slot, usize)>,
    leaves: usize,
}

impl Walk<'_> {
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Variable { kind, slot } => self.variable(kind, slot),
            Node::Array(array) => {
                self.walker.leaf(&self.path, None, array);
                self.leaves += 1;
            }
            Node::Object { form, name, children } => {
                self.walker.open(form, name);
                for (key, child) in children {
                    self.walker.key(&key);
                    self.path.push(key);
                    self.node(child);
                    self.path.pop();
                }
                self.walker.close();
            }
            Node::Fixed(value) => self.walker.fixed(&value),
            Node::None => self.walker.none(),
        }
    }

    fn variable(&mut self, kind: &'static VariableKind, slot: &mut Slot) {
        if let Some((_, new, leaf)) = self.seen.iter().find(|(old, ..)| old.id() == slot.id()) {
            self.walker.repeated(*leaf);
            *slot = new.clone();
            return;
        }
        let mut value = slot.get();
        self.walker.leaf(&self.path, Some(kind), &mut value);
        let new = Slot::new(value, self.merged.unwrap_or(slot.merged()));
        let old = std::mem::replace(slot, new.clone());
        self.seen.push((old, new, self.leaves));
        self.leaves += 1;
    }
}

/// [`PyTree::visit`] for a module: its variables are the leaves, each once, ordered by path; fixed values are part of the structure.
pub fn visit_module(module: &mut dyn Attribute, visitor: &mut dyn Visitor) {
    struct Show<'v>(&'v mut dyn Visitor);
    impl Walker for Show<'_> {
        fn open(&mut self, _: Form, name: &'static str) {
            self.0.begin(NodeKind::Named(name));
        }

        fn key(&mut self, key: &Key) {
            self.0.key(key);
        }

        fn close(&mut self) {
            self.0.end();
        }

        fn fixed(&mut self, value: &Fixed) {
            self.0.fixed(&format_args!("{}", print::repr(value)));
        }

        fn none(&mut self) {
            self.0.fixed(&format_args!("None"));
        }

        fn leaf(&mut self, _: &[Key], kind: Option<&'static VariableKind>, value: &mut Array) {
            match kind {
                Some(kind) => visit_value(kind, value, self.0),
                None => self.0.leaf(value),
            }
        }

        fn repeated(&mut self, leaf: usize) {
            self.0.fixed(&format_args!("leaf {leaf}"));
        }
    }
    walk(module.node(), None, &mut Show(visitor));
}

macro_rules! fixed {
    ($($T:ty),+ => |$x:ident| $value:expr) => {$(
        impl Attribute for $T {
            fn node(&mut self) -> Node<'_> {
                let $x = self;
                Node::Fixed($value)
            }
        }
    )+};
}
fixed!(i32 => |x| Fixed::Signed(i64::from(*x)));
fixed!(i64 => |x| Fixed::Signed(*x));
fixed!(u32 => |x| Fixed::Unsigned(u64::from(*x)));
fixed!(u64 => |x| Fixed::Unsigned(*x));
fixed!(usize => |x| Fixed::Unsigned(*x as u64));
fixed!(f64 => |x| Fixed::Float(*x));
// the number with the digits that Python would read
fixed!(f32 => |x| Fixed::Float(x.to_string().parse().unwrap_or(f64::from(*x))));
fixed!(bool => |x| Fixed::Bool(*x));
fixed!(String => |x| Fixed::Text(x.clone().into()));
fixed!(&'static str => |x| Fixed::Text((*x).into()));

impl Attribute for Array {
    fn node(&mut self) -> Node<'_> {
        Node::Array(self)
    }
}

impl<T: Attribute> Attribute for Option<T> {
    fn node(&mut self) -> Node<'_> {
        self.as_mut().map_or(Node::None, T::node)
    }
}

/// A list of modules or variables as an attribute of a module (`nnx.List`).
#[derive(Clone, Default)]
pub struct List<T>(pub Vec<T>);

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self(elements.into_iter().collect())
    }
}

impl<T: Attribute> Attribute for List<T> {
    fn node(&mut self) -> Node<'_> {
        let length = Fixed::Unsigned(self.len() as u64);
        let elements = self.iter_mut().enumerate().map(|(i, element)| (Key::Index(i), element.node()));
        let children = std::iter::once((Key::from("_length"), Node::Fixed(length))).chain(elements).collect();
        Node::Object { form: Form::List, name: "List", children }
    }
}

impl<T: Attribute + Clone + 'static> PyTree for List<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visit_module(self, visitor);
    }
}

impl<T: Attribute + Clone + 'static> Module for List<T> {}

macro_rules! tuple {
    ($($T:ident $i:tt),+) => {
        impl<$($T: Module),+> Attribute for ($($T,)+) {
            fn node(&mut self) -> Node<'_> {
                let children = vec![$((Key::Index($i), self.$i.node())),+];
                Node::Object { form: Form::Tuple, name: "tuple", children }
            }
        }

        impl<$($T: Module),+> Module for ($($T,)+) {}
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);

/// Declares a module: a struct whose fields are [`Attribute`]s.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::nnx::Param;
///
/// thetahat::nnx::module! {
///     /// y = scale · x.
///     pub struct Scale { features: usize, scale: Param }
/// }
/// let module = Scale { features: 2, scale: Param::new(Array::new(&[1.0, 2.0], &[2])) };
/// assert_eq!(
///     module.to_string(),
///     "Scale( # Param: 2 (8 B)
///   features=2,
///   scale=Param( # 2 (8 B)
///     value=Array(shape=(2,), dtype=dtype('float32'))
///   )
/// )"
/// );
/// ```
#[macro_export]
macro_rules! module {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $T:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone)]
        $vis struct $name {
            $($(#[$field_meta])* #[allow(missing_docs, reason = "the module's own words name its attributes")] pub $field: $T),*
        }

        impl $crate::nnx::module::Attribute for $name {
            fn node(&mut self) -> $crate::nnx::module::Node<'_> {
                $crate::nnx::module::Node::Object {
                    form: $crate::nnx::module::Form::Module,
                    name: stringify!($name),
                    children: vec![$((
                        $crate::nnx::key::Key::from(stringify!($field)),
                        $crate::nnx::module::Attribute::node(&mut self.$field),
                    )),*],
                }
            }
        }

        $crate::impl_module!($name);
    };
}
pub use crate::module;

/// What a type that is an [`Attribute`] needs to be a [`Module`]: it is a pytree, and it prints as Flax prints it.
#[macro_export]
macro_rules! impl_module {
    ($name:ident) => {
        impl $crate::jax::tree::PyTree for $name {
            fn visit(&mut self, visitor: &mut dyn $crate::jax::tree::Visitor) {
                $crate::nnx::module::visit_module(self, visitor);
            }
        }

        impl $crate::nnx::module::Module for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::nnx::module::module_text(self))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }
    };
}

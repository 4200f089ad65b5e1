//! [`struct@Variable`]: an array with a kind and an identity, which is what a module's state consists of.
//!
//! A variable is a reference, as in Python: a clone is the same variable, and what is written through one is read through
//! the other. So a module whose attribute is a clone of another one's shares it, and [`super::split`] gives it one entry in
//! the state. [`super::clone`] copies.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::module::{Attribute, Node};
use super::{Filter, print};
use crate::jax::Array;
use crate::jax::tree::{Key, NodeKind, PyTree, Visitor};

/// What a variable is for, and what [`super::Filter`]s go by: in Flax, its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariableKind {
    /// The name of the class.
    pub name: &'static str,
    /// The kind that this one is a special case of.
    pub parent: Option<&'static VariableKind>,
}

impl VariableKind {
    /// Whether a variable of this kind is also one of kind `other` (`issubclass`).
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.name == other.name || self.parent.is_some_and(|parent| parent.is(other))
    }
}

/// Where the value of a variable is. Clones are one and the same place.
#[derive(Clone)]
pub struct Slot(Rc<Place>);

struct Place {
    value: RefCell<Array>,
    merged: bool,
}

impl Slot {
    /// A new place. `merged`: for a variable that `merge` makes, whose module lists its attributes by name.
    pub(super) fn new(value: Array, merged: bool) -> Self {
        Self(Rc::new(Place { value: RefCell::new(value), merged }))
    }

    /// The value now.
    pub(super) fn get(&self) -> Array {
        self.0.value.borrow().clone()
    }

    /// Puts another value there.
    pub(super) fn set(&self, value: Array) {
        // the old value is dropped after the borrow has ended
        let _old = self.0.value.replace(value);
    }

    /// Whether [`Slot::new`] was told that `merge` makes it.
    pub(super) fn merged(&self) -> bool {
        self.0.merged
    }

    /// The same number for clones; another for all places that live at the same time.
    pub(super) fn id(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }
}

/// An array that a module can change (`nnx.Variable`): the base of all kinds. Clones are the same variable.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::nnx::Param;
///
/// let kernel = Param::new(Array::new(&[0.5, 2.0], &[2]));
/// let same = kernel.clone();
/// same.set_value(kernel.value() + 1.0);
/// assert_eq!(kernel.to_string(), "Param( # 2 (8 B)\n  value=Array([1.5, 3. ], dtype=float32)\n)");
/// ```
#[derive(Clone)]
pub struct Variable {
    kind: &'static VariableKind,
    pub(super) slot: Slot,
}

impl Variable {
    /// The kind of a variable that is of no special kind.
    pub const KIND: &'static VariableKind = &VariableKind { name: "Variable", parent: None };

    /// A new variable of no special kind.
    #[must_use]
    pub fn new(value: impl Into<Array>) -> Self {
        Self::of_kind(Self::KIND, value)
    }

    /// A new variable of this kind.
    #[must_use]
    pub fn of_kind(kind: &'static VariableKind, value: impl Into<Array>) -> Self {
        Self { kind, slot: Slot::new(value.into(), false) }
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> &'static VariableKind {
        self.kind
    }

    /// The value now (`variable[...]`, in older programs `variable.value`).
    #[must_use]
    pub fn value(&self) -> Array {
        self.slot.get()
    }

    /// Sets it to another value (`variable[...] = value`), which is seen wherever this variable is used.
    pub fn set_value(&self, value: impl Into<Array>) {
        self.slot.set(value.into());
    }

    /// Whether both are one and the same variable (`is`).
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.slot.id() == other.slot.id()
    }

    /// The matrix product with `rhs` (`variable @ rhs`): see [`Array::matmul`].
    #[must_use]
    pub fn matmul(&self, rhs: &Array) -> Array {
        self.value().matmul(rhs)
    }
}

/// A transformation gets a new variable, so that what it does with the value stays inside.
impl PyTree for Variable {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        let mut value = self.value();
        visit_value(self.kind, &mut value, visitor);
        self.slot = Slot::new(value, self.slot.merged());
    }
}

/// A variable as a node of a pytree, with its value as only leaf.
pub(super) fn visit_value(kind: &VariableKind, value: &mut Array, visitor: &mut dyn Visitor) {
    visitor.begin(NodeKind::Wrapper(kind.name));
    visitor.key(&Key::from("value"));
    visitor.leaf(value);
    visitor.end();
}

impl Attribute for Variable {
    fn node(&mut self) -> Node<'_> {
        Node::Variable { kind: self.kind, slot: &mut self.slot }
    }
}

/// Prints what `print(variable)` prints.
impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print::variable(self.kind, &self.value(), print::Value::Full))
    }
}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<&Variable> for Array {
    fn from(variable: &Variable) -> Self {
        variable.value()
    }
}

/// The filter that lets variables of all kinds through, but not bare arrays.
#[allow(non_upper_case_globals, reason = "as in Flax, the name of a kind is also its filter")]
pub const Variable: Filter = Filter::Kind(Variable::KIND);

/// Declares kinds of variables: `variable_kind! { pub Total: Variable; }` is what `class Total(nnx.Variable): pass` is in Flax. `Total` then
/// is a type of variables, and as a value the filter that lets them through.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::nnx::BatchStat;
///
/// thetahat::variable_kind! {
///     /// A mean over batches.
///     pub RunningMean: BatchStat;
/// }
/// assert!(RunningMean::new(Array::scalar(2.0)).to_string().starts_with("RunningMean( # 1 (4 B)"));
/// assert!(RunningMean::KIND.is(BatchStat::KIND));
/// ```
#[macro_export]
macro_rules! variable_kind {
    ($($(#[$doc:meta])* $vis:vis $name:ident: $parent:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        $vis struct $name {
            variable: $crate::nnx::variable::Variable,
        }

        #[doc = concat!("The filter that lets variables of kind `", stringify!($name), "` through.")]
        #[allow(non_upper_case_globals, reason = "as in Flax, the name of a kind is also its filter")]
        $vis const $name: $crate::nnx::Filter = $crate::nnx::Filter::Kind($name::KIND);

        impl $name {
            /// The kind of these variables.
            pub const KIND: &'static $crate::nnx::variable::VariableKind = &$crate::nnx::variable::VariableKind {
                name: stringify!($name),
                parent: Some($parent::KIND),
            };

            /// A new variable of this kind and value.
            #[must_use]
            pub fn new(value: impl Into<$crate::jax::Array>) -> Self {
                Self { variable: $crate::nnx::variable::Variable::of_kind(Self::KIND, value) }
            }
        }

        impl std::ops::Deref for $name {
            type Target = $crate::nnx::variable::Variable;

            fn deref(&self) -> &Self::Target {
                &self.variable
            }
        }

        impl $crate::jax::tree::PyTree for $name {
            fn visit(&mut self, visitor: &mut dyn $crate::jax::tree::Visitor) {
                $crate::jax::tree::PyTree::visit(&mut self.variable, visitor);
            }
        }

        impl $crate::nnx::module::Attribute for $name {
            fn node(&mut self) -> $crate::nnx::module::Node<'_> {
                $crate::nnx::module::Attribute::node(&mut self.variable)
            }
        }

        impl From<&$name> for $crate::jax::Array {
            fn from(variable: &$name) -> Self {
                variable.value()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.variable, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.variable, f)
            }
        }
    )+};
}

variable_kind! {
    /// A number that training changes (`nnx.Param`).
    pub Param: Variable;
    /// A statistic over batches, such as a running mean (`nnx.BatchStat`).
    pub BatchStat: Variable;
    /// What a module keeps from call to call (`nnx.Cache`).
    pub Cache: Variable;
    /// A value that a module lets its caller see (`nnx.Intermediate`).
    pub Intermediate: Variable;
}

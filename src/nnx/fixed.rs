//! [`Fixed`]: the values of a module that no training changes.

use std::borrow::Cow;

use super::filter::Filter;
use super::key::Key;
use super::print;
use crate::jax::DType;

/// A fixed value of a module, as data; [`super::print`] says how Python shows it.
#[derive(Clone, Debug)]
pub enum Fixed {
    /// `None`.
    None,
    /// A truth value.
    Bool(bool),
    /// An integer.
    Signed(i64),
    /// An integer that is not negative.
    Unsigned(u64),
    /// A number.
    Float(f64),
    /// A text.
    Text(Cow<'static, str>),
    /// An element type.
    DType(DType),
    /// A function, by its name.
    Function(&'static str),
    /// Which variables are meant.
    Filter(Filter),
    /// An Optax transformation; the number tells transformations apart.
    Transformation(u64),
    /// Which attributes of a module are data.
    Flags(Vec<(Key, bool)>),
}

impl Fixed {
    /// The text in `print(module)`.
    #[must_use]
    pub fn shown(&self) -> String {
        print::shown(self)
    }

    /// The text in `print(graphdef)`: Python's `repr`.
    #[must_use]
    pub fn repr(&self) -> String {
        print::repr(self)
    }
}

/// Numbers are equal if their bits are, so that a value that is no number equals itself.
impl PartialEq for Fixed {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(x), Self::Bool(y)) => x == y,
            (Self::Signed(x), Self::Signed(y)) => x == y,
            (Self::Unsigned(x), Self::Unsigned(y)) | (Self::Transformation(x), Self::Transformation(y)) => x == y,
            (Self::Float(x), Self::Float(y)) => x.to_bits() == y.to_bits(),
            (Self::Text(x), Self::Text(y)) => x == y,
            (Self::DType(x), Self::DType(y)) => x == y,
            (Self::Function(x), Self::Function(y)) => x == y,
            (Self::Filter(x), Self::Filter(y)) => x == y,
            (Self::Flags(x), Self::Flags(y)) => x == y,
            _ => false,
        }
    }
}

//! [`Error`]: what was tried, the shapes or values at fault, and what to do about it.
//!
//! Every fallible operation of the crate ends here. An error is a value: array operations that fail give an array
//! that carries its error (see [`crate::jax::Array::error`]), so the programs that are taught need no `?` on every line.

use std::fmt;
use std::sync::Arc;

use thiserror::Error as ThisError;

/// A `Result` with the crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in a sentence that names the function, the shapes or values, and the remedy.
///
/// It is one pointer, so that a result is no larger for the error that it may be; clones share it.
#[derive(Clone, Debug, PartialEq, ThisError)]
#[error("{0}")]
pub struct Error(Arc<Message>);

/// The sorts of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Operands whose shapes do not fit the operation.
    Shape,
    /// Operands whose element types do not fit the operation.
    Dtype,
    /// An axis that the operand does not have, or that is named twice.
    Axis,
    /// `grad` of a function whose output is not one real number.
    NotScalar,
    /// A tracer where a number is needed (JAX's `ConcretizationTypeError`).
    Concretization,
    /// A tracer used after its transformation has ended (JAX's `UnexpectedTracerError`).
    LeakedTracer,
    /// Two pytrees, or a pytree and its leaves, that do not have the same structure.
    Tree,
    /// A value outside the range in which it has a meaning.
    Value,
    /// An array that is larger than any that is made.
    Memory,
    /// A program, message or file that is not built as it has to be.
    Malformed,
    /// Something that has a meaning, but that this crate, or this browser, cannot do.
    Unsupported,
}

#[derive(Debug, PartialEq)]
struct Message {
    kind: ErrorKind,
    /// The function that was called, by its JAX name; or what the value is, in the user's terms.
    function: String,
    /// What was given and why it does not fit; or the value as it was given.
    problem: String,
    /// What would make it fit; or the range or form that the value should have.
    remedy: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, function, problem, remedy } = self;
        match kind {
            ErrorKind::Value => write!(f, "{function} is {problem}, but {remedy}"),
            _ => write!(f, "{function}: {problem}. {remedy}"),
        }
    }
}

macro_rules! constructors {
    ($($constructor:ident => $kind:ident;)*) => {
        impl Error {
            $(#[doc = concat!("An [`ErrorKind::", stringify!($kind), "`].")]
            pub fn $constructor(function: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
                Self::new(ErrorKind::$kind, function.to_owned(), problem.into(), remedy.into())
            })*
        }
    };
}

constructors! {
    shape => Shape;
    dtype => Dtype;
    axis => Axis;
    not_scalar => NotScalar;
    concretization => Concretization;
    leaked_tracer => LeakedTracer;
    tree => Tree;
    memory => Memory;
    malformed => Malformed;
    unsupported => Unsupported;
}

impl Error {
    /// An [`ErrorKind::Value`], which reads "`name` is `value`, but `expected`": so `expected` begins with "it must", or with what must be so instead.
    pub fn value(name: &str, value: impl ToString, expected: impl Into<String>) -> Self {
        Self::new(ErrorKind::Value, name.to_owned(), value.to_string(), expected.into())
    }

    fn new(kind: ErrorKind, function: String, problem: String, remedy: String) -> Self {
        Self(Arc::new(Message { kind, function, problem, remedy }))
    }

    /// Which sort of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

//! [`Error`]: what was tried, the shapes or values at fault, and what to do about it.
//!
//! Every fallible operation of the crate ends here. An error is a value: array operations that fail give an array
//! that carries its error (see [`crate::jax::Array::error`]), so the programs that are taught need no `?` on every line.

use thiserror::Error as ThisError;

/// A `Result` with the crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in a sentence that names the function, the shapes or values, and the remedy.
#[derive(Clone, Debug, PartialEq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// Operands whose shapes do not fit the operation.
    #[error("{function}: {problem}. {remedy}")]
    Shape {
        /// The function that was called, by its JAX name.
        function: String,
        /// The shapes that were given and why they do not fit.
        problem: String,
        /// What would make them fit.
        remedy: String,
    },
    /// Operands whose element types do not fit the operation.
    #[error("{function}: {problem}. {remedy}")]
    Dtype {
        /// The function that was called, by its JAX name.
        function: String,
        /// The element types that were given and why they do not fit.
        problem: String,
        /// What would make them fit.
        remedy: String,
    },
    /// An axis that the operand does not have, or that is named twice.
    #[error("{function}: {problem}. {remedy}")]
    Axis {
        /// The function that was called, by its JAX name.
        function: String,
        /// The axis and the shape it was meant for.
        problem: String,
        /// What axes there are.
        remedy: String,
    },
    /// `grad` of a function whose output is not one real number.
    #[error("{function}: {problem}. {remedy}")]
    NotScalar {
        /// The transformation that was called.
        function: String,
        /// What the differentiated function gave.
        problem: String,
        /// What it should give.
        remedy: String,
    },
    /// A tracer where a number is needed (JAX's `ConcretizationTypeError`).
    #[error("{function}: {problem}. {remedy}")]
    Concretization {
        /// The function that needed a number.
        function: String,
        /// Which tracer it got.
        problem: String,
        /// How to write it so that no number is needed.
        remedy: String,
    },
    /// A tracer used after its transformation has ended (JAX's `UnexpectedTracerError`).
    #[error("{function}: {problem}. {remedy}")]
    LeakedTracer {
        /// The function that met the tracer.
        function: String,
        /// Which tracer it is.
        problem: String,
        /// How to keep it inside.
        remedy: String,
    },
    /// Two pytrees, or a pytree and its leaves, that do not have the same structure.
    #[error("{function}: {problem}. {remedy}")]
    Tree {
        /// The function that was called.
        function: String,
        /// The two structures, and the path at which they part.
        problem: String,
        /// What would make them agree.
        remedy: String,
    },
    /// A value outside the range in which it has a meaning.
    #[error("{name} is {value}, but {expected}")]
    Value {
        /// What the value is, in the user's terms.
        name: String,
        /// The value as it was given.
        value: String,
        /// The range or form that it should have.
        expected: String,
    },
}

macro_rules! constructors {
    ($($(#[$doc:meta])* $constructor:ident => $variant:ident;)*) => {
        impl Error {
            $($(#[$doc])*
            pub fn $constructor(function: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
                Self::$variant { function: function.into(), problem: problem.into(), remedy: remedy.into() }
            })*
        }
    };
}

constructors! {
    /// An [`Error::Shape`].
    shape => Shape;
    /// An [`Error::Dtype`].
    dtype => Dtype;
    /// An [`Error::Axis`].
    axis => Axis;
    /// An [`Error::NotScalar`].
    not_scalar => NotScalar;
    /// An [`Error::Concretization`].
    concretization => Concretization;
    /// An [`Error::LeakedTracer`].
    leaked_tracer => LeakedTracer;
    /// An [`Error::Tree`].
    tree => Tree;
}

impl Error {
    /// An [`Error::Value`]: `name` is `value`, but `expected`.
    pub fn value(name: impl Into<String>, value: impl ToString, expected: impl Into<String>) -> Self {
        Self::Value { name: name.into(), value: value.to_string(), expected: expected.into() }
    }
}

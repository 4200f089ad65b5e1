//! [`Primitive`]: the operations that programs are made of, and the facts about each that more than one file needs ([`Facts`]).
//!
//! `docs/recipes.md` lists every file that a new primitive touches. Operations that only the compiler writes stand apart, in [`Lowered`].

use crate::base::error::Error;

use super::core::DType;
use super::extension::{Extension, Fused};

/// Which axes a [`Primitive::DotGeneral`] sums over and which it keeps in step (`jax.lax.DotDimensionNumbers`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DotDims {
    /// Contracted axes of the left operand, paired with `rhs_contract`.
    pub lhs_contract: Vec<usize>,
    /// Contracted axes of the right operand.
    pub rhs_contract: Vec<usize>,
    /// Batch axes of the left operand, paired with `rhs_batch`; they lead the result.
    pub lhs_batch: Vec<usize>,
    /// Batch axes of the right operand.
    pub rhs_batch: Vec<usize>,
}

/// How a comparison compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// The name of the primitive that compares so.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Lt => "lt",
            Self::Le => "le",
            Self::Gt => "gt",
            Self::Ge => "ge",
        }
    }
}

/// The operations of the language: a closed set. Names and parameters are those of `jax.lax`. Every primitive has one result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// `x + y`, elementwise. Operands of all elementwise primitives are of one shape, or scalars, or have axes of size 1 that stretch.
    Add,
    /// `x + y` where a transformation adds up (co)tangents (`jax.interpreters.ad.add_any`).
    AddAny,
    /// `x - y`.
    Sub,
    /// `x · y`.
    Mul,
    /// `x / y`; integers divide toward zero.
    Div,
    /// `-x`.
    Neg,
    /// `xʸ` for a fixed integer y, by repeated multiplication.
    IntegerPow {
        /// The exponent.
        y: i32,
    },
    /// `xʸ` of floats.
    Pow,
    /// `eˣ`.
    Exp,
    /// Natural logarithm.
    Log,
    /// Square root.
    Sqrt,
    /// Hyperbolic tangent.
    Tanh,
    /// Sine.
    Sin,
    /// Cosine.
    Cos,
    /// The larger one; NaN if either is.
    Max,
    /// The smaller one; NaN if either is.
    Min,
    /// A comparison, giving `bool`.
    Compare(Comparison),
    /// `select_n(which, on_false, on_true)`: elementwise choice by a `bool` (of the cases' shape, or a scalar).
    SelectN,
    /// Sums of products over paired axes; the result's axes are batch, then left, then right axes.
    DotGeneral(DotDims),
    /// Sum over `axes`, which disappear.
    ReduceSum {
        /// The axes, ascending.
        axes: Vec<usize>,
    },
    /// Maximum over `axes`, which disappear.
    ReduceMax {
        /// The axes, ascending.
        axes: Vec<usize>,
    },
    /// Stretches an operand to `shape`: its axis i becomes axis `broadcast_dimensions[i]`, repeated along where its size is 1.
    BroadcastInDim {
        /// The result's shape.
        shape: Vec<usize>,
        /// For each axis of the operand, its axis in the result, ascending.
        broadcast_dimensions: Vec<usize>,
    },
    /// The same elements in row-major order under another shape.
    Reshape {
        /// The result's shape.
        new_sizes: Vec<usize>,
    },
    /// Axis i of the result is axis `permutation[i]` of the operand.
    Transpose {
        /// A permutation of the axes.
        permutation: Vec<usize>,
    },
    /// Drops axes of size 1.
    Squeeze {
        /// The axes, ascending.
        dimensions: Vec<usize>,
    },
    /// The block from `start_indices` to `limit_indices` (exclusive), in steps of `strides`.
    Slice {
        /// First index, per axis.
        start_indices: Vec<usize>,
        /// One past the last index, per axis.
        limit_indices: Vec<usize>,
        /// Step, per axis; `None` is 1 everywhere.
        strides: Option<Vec<usize>>,
    },
    /// `pad(x, value)`: puts `value` around and between the elements; the transpose of a slice.
    Pad {
        /// Per axis: how many in front, behind, and between two neighbours; a negative number in front or behind takes elements away.
        padding: Vec<(isize, isize, usize)>,
    },
    /// Operands one after the other along an axis.
    Concatenate {
        /// The axis.
        dimension: usize,
    },
    /// `gather(x, i)`: rows of x by an `i32` vector of row numbers, the common case `X[rows]` of `lax.gather`. Leading
    /// `batch_dims` axes of both run in step. Negative row numbers count from the end; rows outside give NaN (floats) or 0.
    Gather {
        /// Number of leading axes that run in step.
        batch_dims: usize,
    },
    /// `scatter-add(i, updates)`: rows of zeros, to which the updates are added at the given row numbers; the transpose of a gather.
    ScatterAdd {
        /// Number of rows in the result.
        rows: usize,
        /// Number of leading axes that run in step.
        batch_dims: usize,
    },
    /// 0, 1, 2, … along an axis.
    Iota {
        /// The result's element type.
        dtype: DType,
        /// The result's shape.
        shape: Vec<usize>,
        /// The axis along which it counts.
        dimension: usize,
    },
    /// The same numbers in another element type; floats truncate toward zero.
    ConvertElementType {
        /// The result's element type.
        new_dtype: DType,
    },
    /// An operation that only [`super::compile`] puts into programs.
    Lowered(Lowered),
    /// What is not part of the closed set: see [`super::extension`].
    Extension(Extension),
}

/// The operations that JAX's language does not have: what its compiler makes of several. They have kernels, but no derivative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Lowered {
    /// `x·y + z` rounded once: what the compiler makes of a product and a sum.
    Fma,
    /// 1/√x of a single number, as JAX's compiler computes it on Intel's processors: see [`super::special::rsqrt`].
    Rsqrt,
    /// Σ x·y over `axes`, each product fused to the sum so far: what the compiler makes of a sum whose terms are products, along axes of at
    /// most 32.
    SumOfProducts {
        /// The axes, ascending.
        axes: Vec<usize>,
    },
    /// Σ x² over `axes`: the second square rounded, the first fused to it, and then each further one to the sum so far. What the compiler
    /// makes of a sum of squares along axes of at most 32.
    SumOfSquares {
        /// The axes, ascending.
        axes: Vec<usize>,
    },
    /// [`Primitive::DotGeneral`] for each member of an ensemble (see [`super::compile::map_ensemble`]). The members lie along one more axis, the
    /// last one, of the operands that are `mapped` and of the result. The products of a member are added in the order in which
    /// `dot_general` adds them for that member alone, where the `dot_general` that JAX's `vmap` writes may choose another.
    DotOfMembers {
        /// The axes of one member.
        dims: DotDims,
        /// Which operands differ between members, at least one; an operand that does not is the same for all.
        mapped: [bool; 2],
    },
}

/// What sort of operation a primitive is. Transformations treat the primitives of a class alike wherever they can, so that a new member of a class
/// needs few rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Each element of the result depends on the operands' elements at the same place.
    Elementwise,
    /// Puts elements of its operands elsewhere and computes nothing.
    Movement,
    /// Combines the elements along some axes, which disappear.
    Reduction,
    /// Sums of products over paired axes.
    Contraction,
    /// Reads rows, or adds to them, by row number.
    Indexing,
    /// Has no operands.
    Source,
    /// What its value says: see [`super::extension`].
    Extension,
}

/// What is known of a primitive, whatever its parameters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The name that JAX prints.
    pub name: &'static str,
    /// What sort of operation it is.
    pub class: Class,
    /// How many operands it takes; `None` for any number but zero.
    pub arity: Option<usize>,
    /// Whether the compiler stores its result rather than compute it twice (XLA's `CpuInstructionFusion::IsExpensive`).
    pub is_expensive: bool,
}

impl Facts {
    const fn cheap(name: &'static str, class: Class, arity: usize) -> Self {
        Self { name, class, arity: Some(arity), is_expensive: false }
    }

    const fn expensive(name: &'static str, class: Class, arity: usize) -> Self {
        Self { name, class, arity: Some(arity), is_expensive: true }
    }
}

impl Primitive {
    /// The table of facts: one line for each primitive.
    #[must_use]
    pub const fn facts(&self) -> Facts {
        use Class::{Contraction, Elementwise, Indexing, Movement, Reduction, Source};
        match self {
            Self::Add => Facts::cheap("add", Elementwise, 2),
            Self::AddAny => Facts::cheap("add_any", Elementwise, 2),
            Self::Sub => Facts::cheap("sub", Elementwise, 2),
            Self::Mul => Facts::cheap("mul", Elementwise, 2),
            Self::Div => Facts::expensive("div", Elementwise, 2),
            Self::Neg => Facts::cheap("neg", Elementwise, 1),
            Self::IntegerPow { .. } => Facts::cheap("integer_pow", Elementwise, 1),
            Self::Pow => Facts::expensive("pow", Elementwise, 2),
            Self::Exp => Facts::expensive("exp", Elementwise, 1),
            Self::Log => Facts::expensive("log", Elementwise, 1),
            Self::Sqrt => Facts::expensive("sqrt", Elementwise, 1),
            Self::Tanh => Facts::expensive("tanh", Elementwise, 1),
            Self::Sin => Facts::cheap("sin", Elementwise, 1),
            Self::Cos => Facts::cheap("cos", Elementwise, 1),
            Self::Max => Facts::cheap("max", Elementwise, 2),
            Self::Min => Facts::cheap("min", Elementwise, 2),
            Self::Compare(comparison) => Facts::cheap(comparison.name(), Elementwise, 2),
            Self::SelectN => Facts::cheap("select_n", Elementwise, 3),
            Self::ConvertElementType { .. } => Facts::cheap("convert_element_type", Elementwise, 1),
            Self::DotGeneral(_) => Facts::expensive("dot_general", Contraction, 2),
            Self::ReduceSum { .. } => Facts::expensive("reduce_sum", Reduction, 1),
            Self::ReduceMax { .. } => Facts::expensive("reduce_max", Reduction, 1),
            Self::BroadcastInDim { .. } => Facts::cheap("broadcast_in_dim", Movement, 1),
            Self::Reshape { .. } => Facts::cheap("reshape", Movement, 1),
            Self::Transpose { .. } => Facts::cheap("transpose", Movement, 1),
            Self::Squeeze { .. } => Facts::cheap("squeeze", Movement, 1),
            Self::Slice { .. } => Facts::cheap("slice", Movement, 1),
            Self::Pad { .. } => Facts::cheap("pad", Movement, 2),
            Self::Concatenate { .. } => Facts { arity: None, ..Facts::cheap("concatenate", Movement, 1) },
            Self::Gather { .. } => Facts::expensive("gather", Indexing, 2),
            Self::ScatterAdd { .. } => Facts::expensive("scatter-add", Indexing, 2),
            Self::Iota { .. } => Facts::cheap("iota", Source, 0),
            Self::Extension(extension) => {
                let is_expensive = !matches!(extension.fused, Fused::Cheap);
                Facts { name: extension.name, class: Class::Extension, arity: None, is_expensive }
            }
            Self::Lowered(Lowered::Fma) => Facts::cheap("fma", Elementwise, 3),
            Self::Lowered(Lowered::Rsqrt) => Facts::expensive("rsqrt", Elementwise, 1),
            Self::Lowered(Lowered::SumOfProducts { .. }) => Facts::cheap("sum_of_products", Reduction, 2),
            Self::Lowered(Lowered::SumOfSquares { .. }) => Facts::cheap("sum_of_squares", Reduction, 1),
            Self::Lowered(Lowered::DotOfMembers { .. }) => Facts::cheap("dot_of_members", Contraction, 2),
        }
    }

    /// The name that JAX prints.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.facts().name
    }

    /// What sort of operation it is.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.facts().class
    }

    /// Whether each element of the result depends on the operands' elements at the same place only.
    #[must_use]
    pub const fn is_elementwise(&self) -> bool {
        matches!(self.class(), Class::Elementwise)
    }

    /// Whether the compiler computes it element by element, in one loop with its neighbours.
    #[must_use]
    pub const fn is_in_loops(&self) -> bool {
        match self {
            Self::Extension(extension) => !matches!(extension.fused, Fused::Apart),
            _ => self.is_elementwise(),
        }
    }

    /// The axes of a reduction, to be read or replaced; `None` for every other primitive.
    pub fn axes_mut(&mut self) -> Option<&mut Vec<usize>> {
        match self {
            Self::ReduceSum { axes }
            | Self::ReduceMax { axes }
            | Self::Lowered(Lowered::SumOfProducts { axes } | Lowered::SumOfSquares { axes }) => Some(axes),
            _ => None,
        }
    }

    /// The error of a transformation that has no rule for this primitive; `rule` says which, as in "derivative rule".
    #[must_use]
    pub fn unsupported(&self, function: &str, rule: &str) -> Error {
        let (is, remedy) = match self {
            Self::Lowered(_) => ("is an operation of compiled programs and has", "Transform the program before that."),
            _ => ("has", "Write what it computes with other operations."),
        };
        Error::unsupported(function, format!("`{}` {is} no {rule}", self.name()), remedy)
    }
}

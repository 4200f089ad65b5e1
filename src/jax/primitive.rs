//! [`Primitive`]: the operations that programs are made of.
//!
//! A new one needs a name here, a shape rule in [`super::shapes`], a kernel (see [`super::eval`]), and its rules of differentiation and batching
//! in [`super::ad`] and [`super::batching`]; the compiler says where one is missing.

use super::core::DType;

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

/// The operations of the language: a closed set. Names and parameters are those of `jax.lax`; the few that have no
/// counterpart there say so. Every primitive has one result.
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
    /// `xʸ` for a fixed whole number y, by repeated multiplication.
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
    /// `x·y + z` rounded once. No primitive of JAX: what its compiler makes of a product and a sum. Only
    /// [`super::compile`] puts it into programs.
    Fma,
    /// Σ x·y over `axes`, each product fused to the sum so far. No primitive of JAX: what its compiler makes of a sum whose terms are
    /// products, along axes of at most 32. Only [`super::compile`] puts it into programs.
    SumOfProducts {
        /// The axes, ascending.
        axes: Vec<usize>,
    },
    /// Σ x² over `axes`: the second square rounded, the first fused to it, and then each further one to the sum so far. No primitive of
    /// JAX: what its compiler makes of a sum of squares along axes of at most 32. Only [`super::compile`] puts it into programs.
    SumOfSquares {
        /// The axes, ascending.
        axes: Vec<usize>,
    },
    /// [`Self::DotGeneral`] for each of several examples, which lie along one more axis, the last one, of the operands that are `mapped` and of the
    /// result. The products of an example are added in the order in which `dot_general` adds them for that example alone, where the
    /// `dot_general` that JAX's `vmap` writes may choose another. No primitive of JAX; only [`super::compile`] puts it into programs.
    DotOfExamples {
        /// The axes of one example.
        dims: DotDims,
        /// Which operands have an axis of examples, at least one; an operand without is the same for all.
        mapped: [bool; 2],
    },
}

impl Primitive {
    /// The name that JAX prints.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::AddAny => "add_any",
            Self::Sub => "sub",
            Self::Mul => "mul",
            Self::Div => "div",
            Self::Neg => "neg",
            Self::IntegerPow { .. } => "integer_pow",
            Self::Pow => "pow",
            Self::Exp => "exp",
            Self::Log => "log",
            Self::Sqrt => "sqrt",
            Self::Tanh => "tanh",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Max => "max",
            Self::Min => "min",
            Self::Compare(Comparison::Eq) => "eq",
            Self::Compare(Comparison::Ne) => "ne",
            Self::Compare(Comparison::Lt) => "lt",
            Self::Compare(Comparison::Le) => "le",
            Self::Compare(Comparison::Gt) => "gt",
            Self::Compare(Comparison::Ge) => "ge",
            Self::SelectN => "select_n",
            Self::DotGeneral(_) => "dot_general",
            Self::ReduceSum { .. } => "reduce_sum",
            Self::ReduceMax { .. } => "reduce_max",
            Self::BroadcastInDim { .. } => "broadcast_in_dim",
            Self::Reshape { .. } => "reshape",
            Self::Transpose { .. } => "transpose",
            Self::Squeeze { .. } => "squeeze",
            Self::Slice { .. } => "slice",
            Self::Pad { .. } => "pad",
            Self::Concatenate { .. } => "concatenate",
            Self::Gather { .. } => "gather",
            Self::ScatterAdd { .. } => "scatter-add",
            Self::Iota { .. } => "iota",
            Self::ConvertElementType { .. } => "convert_element_type",
            Self::Fma => "fma",
            Self::SumOfProducts { .. } => "sum_of_products",
            Self::SumOfSquares { .. } => "sum_of_squares",
            Self::DotOfExamples { .. } => "dot_of_examples",
        }
    }
}

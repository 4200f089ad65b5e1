//! The language of programs: [`Primitive`], [`Var`], [`Atom`], [`Eqn`], [`Jaxpr`] and their types ([`ShapedArray`]).
//!
//! A [`Jaxpr`] is what JAX's paper calls a *jaxpr*: a straight-line program in which every variable is assigned once and every
//! equation applies one primitive. Each transformation reads one jaxpr and writes another. The rules that say which shapes
//! a primitive accepts are in [`super::shapes`]; what it computes is in [`super::eval`]. Follows `jax.core` of JAX 0.10.

use crate::error::{Error, Result};

use super::shapes::abstract_eval;

/// Element types. JAX without 64-bit mode has these (and smaller ones that the lecture does not use).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DType {
    /// Truth values.
    Bool,
    /// Signed 32-bit integers; arithmetic wraps around.
    I32,
    /// Unsigned 32-bit integers; arithmetic wraps around.
    U32,
    /// IEEE 754 single precision.
    F32,
}

impl DType {
    /// The short name in a jaxpr: `f32`, `i32`, `u32`, `bool`.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::F32 => "f32",
        }
    }

    /// `NumPy`'s name: `float32`, `int32`, `uint32`, `bool`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::I32 => "int32",
            Self::U32 => "uint32",
            Self::F32 => "float32",
        }
    }
}

/// The type of an array: its shape and element type (`jax.core.ShapedArray`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShapedArray {
    /// The size of each axis; empty for a scalar.
    pub shape: Vec<usize>,
    /// The element type.
    pub dtype: DType,
}

impl ShapedArray {
    /// An array type.
    #[must_use]
    pub fn new(shape: &[usize], dtype: DType) -> Self {
        Self { shape: shape.to_vec(), dtype }
    }

    /// Number of elements, 1 for a scalar.
    #[must_use]
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Number of axes.
    #[must_use]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }
}

impl std::fmt::Display for ShapedArray {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}[", self.dtype.short_name())?;
        for (i, size) in self.shape.iter().enumerate() {
            write!(f, "{}{size}", if i > 0 { "," } else { "" })?;
        }
        write!(f, "]")
    }
}

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
        }
    }
}

/// A variable: its number in [`Jaxpr::avals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Var(pub u32);

/// A scalar constant that stands in the program text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// A `bool`.
    Bool(bool),
    /// An `i32`.
    I32(i32),
    /// A `u32`.
    U32(u32),
    /// An `f32`.
    F32(f32),
}

impl Literal {
    /// The element type.
    #[must_use]
    pub fn dtype(self) -> DType {
        match self {
            Self::Bool(_) => DType::Bool,
            Self::I32(_) => DType::I32,
            Self::U32(_) => DType::U32,
            Self::F32(_) => DType::F32,
        }
    }

    /// The 32 bits that stand for it in memory; two literals with equal type and bits are the same.
    #[must_use]
    pub fn bits(self) -> u32 {
        match self {
            Self::Bool(x) => u32::from(x),
            Self::I32(x) => x.cast_unsigned(),
            Self::U32(x) => x,
            Self::F32(x) => x.to_bits(),
        }
    }
}

/// What an equation reads: a variable or a literal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Atom {
    /// A variable.
    Var(Var),
    /// A scalar literal.
    Lit(Literal),
}

impl Atom {
    /// A float literal.
    #[must_use]
    pub fn f32(x: f32) -> Self {
        Self::Lit(Literal::F32(x))
    }
}

/// `output = primitive inputs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Eqn {
    /// What is applied.
    pub primitive: Primitive,
    /// To what.
    pub inputs: Vec<Atom>,
    /// The variable that it defines.
    pub output: Var,
}

/// A program. Invariants, checked by [`Jaxpr::typecheck`]: every variable is bound once, before it is read, and each
/// equation's result has the type that its primitive's shape rule gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jaxpr {
    /// The type of each variable, by number.
    pub avals: Vec<ShapedArray>,
    /// Variables for arrays that the traced function closed over.
    pub constvars: Vec<Var>,
    /// The arguments.
    pub invars: Vec<Var>,
    /// The equations, in order of execution.
    pub eqns: Vec<Eqn>,
    /// The results.
    pub outs: Vec<Atom>,
}

impl Jaxpr {
    /// The type of an atom.
    #[must_use]
    pub fn aval(&self, atom: Atom) -> ShapedArray {
        match atom {
            Atom::Var(var) => self.avals[var.0 as usize].clone(),
            Atom::Lit(literal) => ShapedArray::new(&[], literal.dtype()),
        }
    }

    /// The types of the arguments.
    pub fn in_avals(&self) -> impl Iterator<Item = &ShapedArray> {
        self.invars.iter().map(|var| &self.avals[var.0 as usize])
    }

    /// A variable that nothing defines yet.
    pub fn fresh(&mut self, aval: ShapedArray) -> Var {
        self.avals.push(aval);
        Var(u32::try_from(self.avals.len() - 1).unwrap_or(u32::MAX))
    }

    /// The result type of a primitive on these atoms.
    ///
    /// # Errors
    /// The primitive's shape rule refuses them.
    pub fn result_aval(&self, primitive: &Primitive, inputs: &[Atom]) -> Result<ShapedArray> {
        let avals: Vec<ShapedArray> = inputs.iter().map(|&atom| self.aval(atom)).collect();
        abstract_eval(primitive, &avals)
    }

    /// Appends an equation and gives its result.
    ///
    /// # Errors
    /// The primitive's shape rule refuses the inputs.
    pub fn emit(&mut self, primitive: Primitive, inputs: &[Atom]) -> Result<Atom> {
        let aval = self.result_aval(&primitive, inputs)?;
        let output = self.fresh(aval);
        self.eqns.push(Eqn { primitive, inputs: inputs.to_vec(), output });
        Ok(Atom::Var(output))
    }

    /// Checks the invariants of a program (`jax.core.check_jaxpr`).
    ///
    /// # Errors
    /// The first variable that is read before it is bound or bound twice, or the first equation whose result type is not its primitive's.
    pub fn typecheck(&self) -> Result<()> {
        let mut bound = vec![false; self.avals.len()];
        let mut bind = |var: Var| match bound.get_mut(var.0 as usize) {
            Some(slot) if !*slot => {
                *slot = true;
                Ok(())
            }
            Some(_) => Err(ill_formed(format!("variable {} is bound twice", var.0))),
            None => Err(ill_formed(format!("variable {} has no type", var.0))),
        };
        for &var in self.constvars.iter().chain(&self.invars) {
            bind(var)?;
        }
        let mut defined: Vec<Var> = self.constvars.iter().chain(&self.invars).copied().collect();
        let check_read = |atom: Atom, defined: &[Var]| match atom {
            Atom::Var(var) if !defined.contains(&var) => {
                Err(ill_formed(format!("variable {} is read before it is bound", var.0)))
            }
            _ => Ok(()),
        };
        for eqn in &self.eqns {
            for &atom in &eqn.inputs {
                check_read(atom, &defined)?;
            }
            let aval = self.result_aval(&eqn.primitive, &eqn.inputs)?;
            let declared = self.aval(Atom::Var(eqn.output));
            if aval != declared {
                let name = eqn.primitive.name();
                return Err(ill_formed(format!("{name} gives {aval}, but its result is declared as {declared}")));
            }
            bind(eqn.output)?;
            defined.push(eqn.output);
        }
        self.outs.iter().try_for_each(|&atom| check_read(atom, &defined))
    }
}

fn ill_formed(problem: String) -> Error {
    Error::shape("typecheck", problem, "The program was not built by the tracer: build it with `emit`.")
}

//! The language of programs: [`Var`], [`Atom`], [`Eqn`], [`Jaxpr`] and their types ([`ShapedArray`]). What equations do is in
//! [`super::primitive`].
//!
//! A [`Jaxpr`] is a straight-line program in which every variable is assigned once and every
//! equation applies one primitive. Each transformation reads one jaxpr and writes another. The rules that say which shapes
//! a primitive accepts are in [`super::shapes`]; what it computes is in [`super::eval`]. Follows `jax.core` of JAX 0.10.

use crate::base::error::{Error, Result};

pub use super::primitive::{Class, Comparison, DotDims, Facts, Lowered, Primitive};
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

/// A variable: its number in [`Jaxpr::avals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Var(pub u32);

impl Var {
    /// Its place in lists that have an entry for each variable, such as [`Jaxpr::avals`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

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
    /// An `f32` that a program writes as a Python number, and that is printed as such.
    #[cfg(feature = "full")]
    Python(f64),
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
            #[cfg(feature = "full")]
            Self::Python(_) => DType::F32,
        }
    }

    /// The literal of this element type that these 32 bits stand for.
    #[must_use]
    pub fn from_bits(bits: u32, dtype: DType) -> Self {
        match dtype {
            DType::Bool => Self::Bool(bits != 0),
            DType::I32 => Self::I32(bits.cast_signed()),
            DType::U32 => Self::U32(bits),
            DType::F32 => Self::F32(f32::from_bits(bits)),
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
            #[cfg(feature = "full")]
            Self::Python(x) => (x as f32).to_bits(),
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
            Atom::Var(var) => self.avals[var.index()].clone(),
            Atom::Lit(literal) => ShapedArray::new(&[], literal.dtype()),
        }
    }

    /// The types of the arguments.
    pub fn in_avals(&self) -> impl Iterator<Item = &ShapedArray> {
        self.invars.iter().map(|var| &self.avals[var.index()])
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

    /// The error of a transformation, `function`, that finds a variable read before it is bound.
    #[must_use]
    pub fn unbound(function: &str, var: Var) -> Error {
        ill_formed(function, format!("variable {} is read before it is bound", var.0))
    }

    /// Checks the invariants of a program (`jax.core.check_jaxpr`).
    ///
    /// # Errors
    /// The first variable that is read before it is bound or bound twice, or the first equation whose result type is not its primitive's.
    pub fn typecheck(&self) -> Result<()> {
        let mut bound = vec![false; self.avals.len()];
        self.constvars.iter().chain(&self.invars).try_for_each(|&var| bind(&mut bound, var))?;
        for eqn in &self.eqns {
            eqn.inputs.iter().try_for_each(|&atom| check_read(&bound, atom))?;
            let aval = self.result_aval(&eqn.primitive, &eqn.inputs)?;
            bind(&mut bound, eqn.output)?;
            let declared = &self.avals[eqn.output.index()];
            if aval != *declared {
                let problem = format!("`{}` has a result of type {aval}, declared as {declared}", eqn.primitive.name());
                return Err(ill_formed("typecheck", problem));
            }
        }
        self.outs.iter().try_for_each(|&atom| check_read(&bound, atom))
    }
}

/// Notes that a variable is bound now.
fn bind(bound: &mut [bool], var: Var) -> Result<()> {
    match bound.get_mut(var.index()) {
        Some(slot) if !*slot => {
            *slot = true;
            Ok(())
        }
        Some(_) => Err(ill_formed("typecheck", format!("variable {} is bound twice", var.0))),
        None => Err(ill_formed("typecheck", format!("variable {} has no type", var.0))),
    }
}

fn check_read(bound: &[bool], atom: Atom) -> Result<()> {
    match atom {
        Atom::Var(var) if bound.get(var.index()) != Some(&true) => Err(Jaxpr::unbound("typecheck", var)),
        _ => Ok(()),
    }
}

fn ill_formed(function: &str, problem: String) -> Error {
    Error::malformed(
        function,
        problem,
        "Build programs with `trace` or `Jaxpr::emit`, and check others with `typecheck`.",
    )
}

/// Checks that `list`, an argument of `function`, has an entry for each of the `wanted` `items` of a program, which are named in the plural.
///
/// # Errors
/// It has `given` entries, another number.
pub(super) fn check_count(function: &str, list: &str, given: usize, wanted: usize, items: &str) -> Result<()> {
    if given == wanted {
        return Ok(());
    }
    let problem = format!("{list} has {given} entries for a program with {wanted} {items}");
    Err(Error::tree(function, problem, format!("Give one entry for each of the {items}.")))
}

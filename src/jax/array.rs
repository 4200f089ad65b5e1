//! [`Array`]: a concrete array of numbers, a tracer that stands for one, or the error of an operation that failed.
//!
//! User programs see only `Array`, so a function is written once and can be run, traced, differentiated and mapped. A failed
//! operation gives an array that carries its [`Error`]; operations on it pass the error on, and reading the value ([`Array::item`],
//! [`Array::to_vec`]) returns it. So the programs read like the lecture's, and nothing panics.

use std::rc::Rc;

use crate::base::error::{Error, Result};

use super::core::{DType, Literal, ShapedArray, Var};

/// An n-dimensional array (`jax.Array`). Cloning is cheap: clones share their numbers, which never change.
#[derive(Clone)]
pub struct Array(pub(super) Repr);

#[derive(Clone, Debug)]
pub(super) enum Repr {
    Concrete(Rc<Concrete>),
    Tracer(Tracer),
    Failed(Error),
}

/// Elements in row-major order, one 32-bit word each (`bool` as 0 or 1).
#[derive(Debug)]
pub(super) struct Concrete {
    pub words: Box<[u32]>,
    pub aval: ShapedArray,
    /// The Python number that it was made of, if it gives way to the type of what it meets.
    #[cfg(feature = "full")]
    pub python: Option<f64>,
}

/// A variable of a program that is being traced.
#[derive(Clone, Debug)]
pub(super) struct Tracer {
    /// Which trace it belongs to; no two traces of a thread have the same number.
    pub trace: u64,
    pub var: Var,
    pub aval: Rc<ShapedArray>,
}

macro_rules! element {
    ($($(#[$doc:meta])* $constructor:ident, $T:ty, $dtype:expr, |$x:ident| $word:expr;)*) => {$(
        impl Array {
            $(#[$doc])*
            /// An array whose element count is not that of `shape` carries a shape error.
            #[must_use]
            pub fn $constructor(data: &[$T], shape: &[usize]) -> Self {
                Self::from_words(data.iter().map(|&$x| $word).collect(), ShapedArray::new(shape, $dtype))
            }
        }
    )*};
}

element! {
    /// An f32 array of this `shape` from its elements in row-major order.
    new, f32, DType::F32, |x| x.to_bits();
    /// An i32 array of this `shape` from its elements in row-major order.
    from_i32, i32, DType::I32, |x| x.cast_unsigned();
    /// A u32 array of this `shape` from its elements in row-major order.
    from_u32, u32, DType::U32, |x| x;
    /// A bool array of this `shape` from its elements in row-major order.
    from_bool, bool, DType::Bool, |x| u32::from(x);
}

impl Array {
    pub(crate) fn from_words(words: Box<[u32]>, aval: ShapedArray) -> Self {
        if words.len() == aval.size() {
            return Self(Repr::Concrete(Rc::new(Concrete {
                words,
                aval,
                #[cfg(feature = "full")]
                python: None,
            })));
        }
        Self::failed(Error::shape(
            "array",
            format!("{} elements for the shape {:?}", words.len(), aval.shape),
            format!("That shape has {} elements.", aval.size()),
        ))
    }

    /// An f32 array that takes over a vector of elements in row-major order; a wrong count is carried as a shape error.
    #[must_use]
    pub fn from_vec(data: Vec<f32>, shape: &[usize]) -> Self {
        Self::from_words(bytemuck::allocation::cast_vec(data).into_boxed_slice(), ShapedArray::new(shape, DType::F32))
    }

    /// An f32 scalar (shape `[]`).
    #[must_use]
    pub fn scalar(x: f32) -> Self {
        Self::new(&[x], &[])
    }

    /// An f32 scalar that programs show as the Python number that it was made of.
    #[cfg(feature = "full")]
    #[must_use]
    pub fn python_number(x: f64) -> Self {
        let words = Box::new([(x as f32).to_bits()]);
        Self(Repr::Concrete(Rc::new(Concrete { words, aval: ShapedArray::new(&[], DType::F32), python: Some(x) })))
    }

    /// Zeros of this shape and element type (`jnp.zeros`).
    #[must_use]
    pub fn zeros(shape: &[usize], dtype: DType) -> Self {
        let aval = ShapedArray::new(shape, dtype);
        Self::from_words(vec![0; aval.size()].into_boxed_slice(), aval)
    }

    /// The result of an operation that failed.
    #[must_use]
    pub fn failed(error: Error) -> Self {
        Self(Repr::Failed(error))
    }

    pub(crate) fn from_literal(literal: Literal) -> Self {
        Self::from_words(Box::new([literal.bits()]), ShapedArray::new(&[], literal.dtype()))
    }

    pub(super) fn tracer(trace: u64, var: Var, aval: ShapedArray) -> Self {
        Self(Repr::Tracer(Tracer { trace, var, aval: Rc::new(aval) }))
    }

    /// Shape and element type.
    ///
    /// # Errors
    /// The error that this array carries.
    pub fn aval(&self) -> Result<&ShapedArray> {
        match &self.0 {
            Repr::Concrete(concrete) => Ok(&concrete.aval),
            Repr::Tracer(tracer) => Ok(&tracer.aval),
            Repr::Failed(error) => Err(error.clone()),
        }
    }

    /// The size of each axis; empty for a scalar, and for an array that carries an error.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        self.aval().map_or(&[], |aval| &aval.shape)
    }

    /// The element type; `F32` for an array that carries an error.
    #[must_use]
    pub fn dtype(&self) -> DType {
        self.aval().map_or(DType::F32, |aval| aval.dtype)
    }

    /// Number of axes.
    #[must_use]
    pub fn ndim(&self) -> usize {
        self.shape().len()
    }

    /// Number of elements.
    #[must_use]
    pub fn size(&self) -> usize {
        self.shape().iter().product()
    }

    /// The error of the operation that failed to make this array, if one did.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.0 {
            Repr::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// Whether this is a tracer: a stand-in for an array inside a function that is being traced.
    #[must_use]
    pub fn is_tracer(&self) -> bool {
        matches!(self.0, Repr::Tracer(_))
    }

    /// Of a tracer: the number of its trace, which no other trace of the thread has, and that of its variable in there; arguments come first.
    #[must_use]
    pub fn tracer_id(&self) -> Option<(u64, usize)> {
        match &self.0 {
            Repr::Tracer(tracer) => Some((tracer.trace, tracer.var.0 as usize)),
            _ => None,
        }
    }

    /// The numbers, on behalf of `function`.
    pub(super) fn concrete(&self, function: &str) -> Result<&Concrete> {
        match &self.0 {
            Repr::Concrete(concrete) => Ok(concrete),
            Repr::Failed(error) => Err(error.clone()),
            Repr::Tracer(tracer) => Err(Error::concretization(
                function,
                format!(
                    "a number is needed, but this is a traced array of type {} whose value is not known yet",
                    tracer.aval
                ),
                "Inside grad, vmap and jit, use array operations such as `jnp::select` instead of reading values, or move this out of the traced function.",
            )),
        }
    }

    fn typed<T: bytemuck::AnyBitPattern>(&self, function: &str, dtype: DType) -> Result<&[T]> {
        let concrete = self.concrete(function)?;
        if concrete.aval.dtype == dtype {
            return Ok(bytemuck::cast_slice(&concrete.words));
        }
        Err(Error::dtype(
            function,
            format!("elements of {} were asked for as {}", concrete.aval, dtype.name()),
            "Convert the array with `astype` first.",
        ))
    }

    /// The elements of an f32 array in row-major order.
    ///
    /// # Errors
    /// The array carries an error, is a tracer, or is not f32.
    pub fn as_f32(&self) -> Result<&[f32]> {
        self.typed("as_f32", DType::F32)
    }

    /// The elements of an i32 array in row-major order.
    ///
    /// # Errors
    /// The array carries an error, is a tracer, or is not i32.
    pub fn as_i32(&self) -> Result<&[i32]> {
        self.typed("as_i32", DType::I32)
    }

    /// The elements of a u32 array in row-major order.
    ///
    /// # Errors
    /// The array carries an error, is a tracer, or is not u32.
    pub fn as_u32(&self) -> Result<&[u32]> {
        self.typed("as_u32", DType::U32)
    }

    /// The elements of a bool array in row-major order.
    ///
    /// # Errors
    /// The array carries an error, is a tracer, or is not bool.
    pub fn to_bool(&self) -> Result<Vec<bool>> {
        Ok(self.typed::<u32>("to_bool", DType::Bool)?.iter().map(|&word| word != 0).collect())
    }

    /// The elements of an f32 array, copied (`numpy.asarray(x).ravel()`).
    ///
    /// # Errors
    /// The array carries an error, is a tracer, or is not f32.
    pub fn to_vec(&self) -> Result<Vec<f32>> {
        Ok(self.as_f32()?.to_vec())
    }

    /// The words that stand for the elements in memory, in row-major order: the bits of f32, `bool` as 0 or 1.
    ///
    /// # Errors
    /// The array carries an error or is a tracer.
    pub fn to_words(&self) -> Result<Vec<u32>> {
        Ok(self.concrete("to_words")?.words.to_vec())
    }

    /// The number in an f32 array of one element (`x.item()`).
    ///
    /// # Errors
    /// The array carries an error, is a tracer, is not f32, or has not exactly one element.
    pub fn item(&self) -> Result<f32> {
        match self.typed("item", DType::F32)? {
            [x] => Ok(*x),
            many => Err(Error::shape(
                "item",
                format!("an array of shape {:?} has {} elements", self.shape(), many.len()),
                "Only an array of one element is a number: reduce it with `mean` or `sum`, or use `to_vec`.",
            )),
        }
    }
}

impl From<f32> for Array {
    fn from(x: f32) -> Self {
        Self::scalar(x)
    }
}

impl From<&Array> for Array {
    fn from(x: &Array) -> Self {
        x.clone()
    }
}

impl From<Result<Array>> for Array {
    fn from(result: Result<Array>) -> Self {
        result.unwrap_or_else(Self::failed)
    }
}

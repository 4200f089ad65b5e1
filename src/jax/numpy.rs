//! Array operations as methods and operators of [`Array`], named as in `jax.numpy`, and how operands meet: element types and shapes.
//!
//! As in `jax.numpy`, operands of different element types meet in the wider one (`bool` < `i32` < `u32` < `f32`), shapes stretch by
//! NumPy's rules, and a scalar meets any shape. Every function here only calls [`bind`].

use crate::base::error::{Error, Result};
use crate::base::order::order_by;

use super::api::{Jitted, jit};
use super::array::Array;
use super::core::{Comparison, DType, DotDims, Primitive};
use super::shapes::check_axis;
use super::trace::{bind, is_tracing};

/// Two operands in one element type and, unless one is a scalar, of one rank (`jax.numpy.util.promote_args`).
fn promote(x: &Array, y: &Array) -> (Array, Array) {
    let dtype = x.dtype().max(y.dtype());
    let (x, y) = (x.astype(dtype), y.astype(dtype));
    let rank = x.ndim().max(y.ndim());
    if x.ndim() == 0 || y.ndim() == 0 || x.ndim() == y.ndim() {
        return (x, y);
    }
    (broadcast_to_rank(&x, rank), broadcast_to_rank(&y, rank))
}

/// Leading axes of size 1, up to this many axes.
fn broadcast_to_rank(x: &Array, rank: usize) -> Array {
    if x.ndim() >= rank {
        return x.clone();
    }
    let missing = rank - x.ndim();
    let shape = [vec![1; missing], x.shape().to_vec()].concat();
    bind(Primitive::BroadcastInDim { shape, broadcast_dimensions: (missing..rank).collect() }, &[x])
}

fn binary(primitive: Primitive, x: &Array, y: &Array) -> Array {
    let (x, y) = promote(x, y);
    if primitive == Primitive::Div && divides_by_reciprocal(&x, &y) {
        return bind(Primitive::Mul, &[&x, &bind(Primitive::Div, &[&Array::scalar(1.0), &y])]);
    }
    bind(primitive, &[&x, &y])
}

/// How many elements the result of an elementwise operation on operands of these shapes has.
pub(super) fn stretched_size(x: &[usize], y: &[usize]) -> usize {
    let along = |shape: &[usize], axis: usize| shape.len().checked_sub(axis + 1).map_or(1, |axis| shape[axis]);
    (0..x.len().max(y.len())).map(|axis| along(x, axis).max(along(y, axis))).product()
}

/// Whether `x / y` is `x · (1/y)`. In JAX, division is a jitted function of its own also outside `jit`, and its compiler replaces
/// the division by a number that is stretched over several elements.
fn divides_by_reciprocal(x: &Array, y: &Array) -> bool {
    !is_tracing() && x.dtype() == DType::F32 && y.error().is_none() && y.size() < stretched_size(x.shape(), y.shape())
}

macro_rules! operator {
    ($Trait:ident, $method:ident) => {
        impl std::ops::$Trait<&Array> for &Array {
            type Output = Array;
            fn $method(self, rhs: &Array) -> Array {
                binary(Primitive::$Trait, self, rhs)
            }
        }
        operator!($Trait, $method, Array, Array);
        operator!($Trait, $method, Array, &Array);
        operator!($Trait, $method, &Array, Array);
        operator!($Trait, $method, Array, f32);
        operator!($Trait, $method, &Array, f32);
        operator!($Trait, $method, f32, Array);
        operator!($Trait, $method, f32, &Array);
    };
    ($Trait:ident, $method:ident, $Left:ty, $Right:ty) => {
        impl std::ops::$Trait<$Right> for $Left {
            type Output = Array;
            fn $method(self, rhs: $Right) -> Array {
                binary(Primitive::$Trait, &Array::from(self), &Array::from(rhs))
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl std::ops::Neg for &Array {
    type Output = Array;
    fn neg(self) -> Array {
        bind(Primitive::Neg, &[self])
    }
}

impl std::ops::Neg for Array {
    type Output = Array;
    fn neg(self) -> Array {
        -&self
    }
}

macro_rules! unary {
    ($($(#[$doc:meta])* $name:ident => $primitive:ident;)*) => {
        impl Array {
            $($(#[$doc])*
            /// Elementwise; whole numbers are converted to f32 first.
            #[must_use]
            pub fn $name(&self) -> Array {
                bind(Primitive::$primitive, &[&self.astype(DType::F32)])
            })*
        }
    };
}
unary! {
    /// eˣ (`jnp.exp`).
    exp => Exp;
    /// Natural logarithm (`jnp.log`).
    log => Log;
    /// Square root (`jnp.sqrt`).
    sqrt => Sqrt;
    /// Hyperbolic tangent (`jnp.tanh`).
    tanh => Tanh;
    /// Sine (`jnp.sin`).
    sin => Sin;
    /// Cosine (`jnp.cos`).
    cos => Cos;
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident => $comparison:ident;)*) => {
        impl Array {
            $($(#[$doc])*
            /// Elementwise with broadcasting, giving `bool`.
            #[must_use]
            pub fn $name(&self, other: impl Into<Array>) -> Array {
                binary(Primitive::Compare(Comparison::$comparison), self, &other.into())
            })*
        }
    };
}
comparisons! {
    /// `x == y`.
    equal => Eq;
    /// `x != y`.
    not_equal => Ne;
    /// `x < y`.
    less => Lt;
    /// `x <= y`.
    less_equal => Le;
    /// `x > y`.
    greater => Gt;
    /// `x >= y`.
    greater_equal => Ge;
}

impl Array {
    /// The same numbers in another element type (`x.astype`); floats truncate toward zero.
    #[must_use]
    pub fn astype(&self, dtype: DType) -> Array {
        if self.error().is_some() || self.dtype() == dtype {
            return self.clone();
        }
        bind(Primitive::ConvertElementType { new_dtype: dtype }, &[self])
    }

    /// The larger one, elementwise (`jnp.maximum`).
    #[must_use]
    pub fn maximum(&self, other: impl Into<Array>) -> Array {
        binary(Primitive::Max, self, &other.into())
    }

    /// The smaller one, elementwise (`jnp.minimum`).
    #[must_use]
    pub fn minimum(&self, other: impl Into<Array>) -> Array {
        binary(Primitive::Min, self, &other.into())
    }

    /// xʸ for a fixed whole y, by repeated multiplication (`x ** 2`).
    #[must_use]
    pub fn powi(&self, y: i32) -> Array {
        bind(Primitive::IntegerPow { y }, &[self])
    }

    /// xʸ (`jnp.power` on floats).
    #[must_use]
    pub fn pow(&self, y: impl Into<Array>) -> Array {
        binary(Primitive::Pow, &self.astype(DType::F32), &y.into())
    }

    /// Matrix product (`jnp.matmul`, `@`): the last axis of `self` with the first of a vector, or with the last but one of a matrix;
    /// leading axes of both, if any, must be equal and run in step.
    #[must_use]
    pub fn matmul(&self, rhs: &Array) -> Array {
        if self.error().is_some() {
            return self.clone();
        }
        let (m, n) = (self.ndim(), rhs.ndim());
        if (m == 0 || n == 0) && rhs.error().is_none() {
            return Array::failed(Error::shape(
                "matmul",
                format!("operands of shapes {:?} and {:?}", self.shape(), rhs.shape()),
                "Both must have at least one axis; use `*` for a scalar.",
            ));
        }
        let batch = m.min(n).saturating_sub(2);
        let dims = DotDims {
            lhs_contract: vec![m.saturating_sub(1)],
            rhs_contract: vec![if n == 1 { 0 } else { n.saturating_sub(2) }],
            lhs_batch: (0..batch).collect(),
            rhs_batch: (0..batch).collect(),
        };
        let (x, y) = (self.astype(DType::F32), rhs.astype(DType::F32));
        bind(Primitive::DotGeneral(dims), &[&x, &y])
    }

    /// Sum of all elements, a scalar (`jnp.sum`).
    #[must_use]
    pub fn sum(&self) -> Array {
        self.sum_axes(&(0..self.ndim()).collect::<Vec<_>>())
    }

    /// Sum over these axes, which disappear (`jnp.sum(x, axis=…)`).
    #[must_use]
    pub fn sum_axes(&self, axes: &[usize]) -> Array {
        bind(Primitive::ReduceSum { axes: sorted(axes) }, &[self])
    }

    /// Mean of all elements, a scalar (`jnp.mean`): the sum divided by the count.
    #[must_use]
    pub fn mean(&self) -> Array {
        // JAX counts in f32, too
        let count = self.size() as f32;
        self.astype(DType::F32).sum() / count
    }

    /// Largest element, a scalar (`jnp.max`).
    #[must_use]
    pub fn max(&self) -> Array {
        self.max_axes(&(0..self.ndim()).collect::<Vec<_>>())
    }

    /// Maximum over these axes, which disappear (`jnp.max(x, axis=…)`).
    #[must_use]
    pub fn max_axes(&self, axes: &[usize]) -> Array {
        bind(Primitive::ReduceMax { axes: sorted(axes) }, &[self])
    }

    /// The same elements in row-major order under another shape (`x.reshape`).
    #[must_use]
    pub fn reshape(&self, shape: &[usize]) -> Array {
        if self.error().is_none() && self.shape() == shape {
            return self.clone();
        }
        bind(Primitive::Reshape { new_sizes: shape.to_vec() }, &[self])
    }

    /// The axes in another order (`jnp.transpose(x, permutation)`).
    #[must_use]
    pub fn transpose(&self, permutation: &[usize]) -> Array {
        bind(Primitive::Transpose { permutation: permutation.to_vec() }, &[self])
    }

    /// The axes in reverse order (`x.T`).
    #[must_use]
    pub fn t(&self) -> Array {
        self.transpose(&(0..self.ndim()).rev().collect::<Vec<_>>())
    }

    /// Drops all axes of size 1 (`jnp.squeeze`).
    #[must_use]
    pub fn squeeze(&self) -> Array {
        let dimensions: Vec<usize> = (0..self.ndim()).filter(|&i| self.shape()[i] == 1).collect();
        if dimensions.is_empty() {
            return self.clone();
        }
        bind(Primitive::Squeeze { dimensions }, &[self])
    }

    /// A new axis of size 1 at this place (`jnp.expand_dims`).
    #[must_use]
    pub fn expand_dims(&self, axis: usize) -> Array {
        if axis > self.ndim() {
            let error = check_axis("expand_dims", axis, &[self.shape(), &[1]].concat());
            return Array::from(error.map(|()| self.clone()));
        }
        let mut shape = self.shape().to_vec();
        shape.insert(axis, 1);
        let broadcast_dimensions = (0..shape.len()).filter(|&i| i != axis).collect();
        bind(Primitive::BroadcastInDim { shape, broadcast_dimensions }, &[self])
    }

    /// Stretched to this shape by NumPy's rules (`jnp.broadcast_to`).
    #[must_use]
    pub fn broadcast_to(&self, shape: &[usize]) -> Array {
        if self.error().is_some() || self.shape() == shape {
            return self.clone();
        }
        let first = shape.len().saturating_sub(self.ndim());
        let broadcast_dimensions = (first..first + self.ndim()).collect();
        bind(Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions }, &[self])
    }

    /// The block from `start` to `limit` (exclusive) along every axis (`jax.lax.slice`).
    #[must_use]
    pub fn slice(&self, start: &[usize], limit: &[usize]) -> Array {
        let (start_indices, limit_indices) = (start.to_vec(), limit.to_vec());
        bind(Primitive::Slice { start_indices, limit_indices, strides: None }, &[self])
    }

    /// Element or subarray number i along the first axis (`x[i]`).
    #[must_use]
    pub fn at(&self, i: usize) -> Array {
        let shape = self.shape();
        if self.error().is_some() || shape.first().is_none_or(|&size| i >= size) {
            let failed =
                || Error::axis("at", format!("index {i} is out of bounds for shape {shape:?}"), "Count from 0.");
            return if self.error().is_some() { self.clone() } else { Array::failed(failed()) };
        }
        let mut start = vec![0; shape.len()];
        let mut limit = shape.to_vec();
        (start[0], limit[0]) = (i, i + 1);
        bind(Primitive::Squeeze { dimensions: vec![0] }, &[&self.slice(&start, &limit)])
    }

    /// The rows with these numbers (`x[rows]`, rows an i32 vector). Negative numbers count from the end; rows outside are NaN.
    #[must_use]
    pub fn take(&self, rows: &Array) -> Array {
        bind(Primitive::Gather { batch_dims: 0 }, &[self, rows])
    }

    /// Euclidean norm of all elements, a scalar (`jnp.linalg.norm`): the square root of the sum of squares. As in JAX it is a jitted
    /// function of its own, so products and sum are fused also outside `jit`.
    #[must_use]
    pub fn norm(&self) -> Array {
        thread_local! {
            static NORM: Jitted<dyn Fn(&Array) -> Array> = jit(|x: &Array| (x * x).sum().sqrt());
        }
        NORM.with(|norm| norm(self))
    }
}

fn sorted(axes: &[usize]) -> Vec<usize> {
    let mut axes = axes.to_vec();
    order_by(&mut axes, |a, b| a > b);
    axes
}

/// `on_true` where `condition` holds, else `on_false` (`jnp.where`), with broadcasting.
#[must_use]
pub fn select(condition: &Array, on_true: impl Into<Array>, on_false: impl Into<Array>) -> Array {
    let (on_true, on_false) = promote(&on_true.into(), &on_false.into());
    let shape = common_shape(&[condition, &on_true, &on_false]);
    let condition = if condition.ndim() == 0 { condition.clone() } else { condition.broadcast_to(&shape) };
    bind(Primitive::SelectN, &[&condition, &on_false.broadcast_to(&shape), &on_true.broadcast_to(&shape)])
}

/// The shape to which arrays stretch together: shapes are lined up at their last axes, and axes of size 1 stretch.
fn common_shape(arrays: &[&Array]) -> Vec<usize> {
    let rank = arrays.iter().map(|x| x.ndim()).max().unwrap_or(0);
    let mut shape = vec![1; rank];
    for x in arrays {
        for (to, &size) in shape.iter_mut().rev().zip(x.shape().iter().rev()) {
            if *to == 1 {
                *to = size;
            }
        }
    }
    shape
}

/// Arrays one after the other along an existing axis (`jnp.concatenate`).
#[must_use]
pub fn concatenate(arrays: &[&Array], axis: usize) -> Array {
    bind(Primitive::Concatenate { dimension: axis }, arrays)
}

/// Arrays of one shape one beside the other along a new first axis (`jnp.stack`).
#[must_use]
pub fn stack(arrays: &[&Array]) -> Array {
    let expanded: Vec<Array> = arrays.iter().map(|x| x.expand_dims(0)).collect();
    concatenate(&expanded.iter().collect::<Vec<_>>(), 0)
}

/// 0, 1, …, n − 1 as i32 (`jnp.arange`).
#[must_use]
pub fn arange(n: usize) -> Array {
    bind(Primitive::Iota { dtype: DType::I32, shape: vec![n], dimension: 0 }, &[])
}

/// The n × n identity matrix (`jnp.eye`).
#[must_use]
pub fn eye(n: usize) -> Array {
    let iota = |dimension| bind(Primitive::Iota { dtype: DType::I32, shape: vec![n, n], dimension }, &[]);
    let (rows, columns) = (iota(0), iota(1));
    // JAX adds the number of the diagonal
    (rows + Array::from_i32(&[0], &[])).equal(&columns).astype(DType::F32)
}

/// The common error of several arrays, if any carries one.
///
/// # Errors
/// The first error found.
pub fn check(arrays: &[&Array]) -> Result<()> {
    arrays.iter().try_for_each(|x| x.aval().map(|_| ()))
}

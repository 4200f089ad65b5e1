//! The modules of `tests/golden/nnx_prints.py`, in Rust.

use thetahat::jax::{Array, DType};
use thetahat::nnx::{self, BatchStat, Cache, Linear, List, Param, Rngs, Variable};

/// Ones of this shape.
pub fn ones(shape: &[usize]) -> Array {
    Array::new(&vec![1.0; shape.iter().product()], shape)
}

/// Zeros of this shape.
pub fn zeros(shape: &[usize]) -> Array {
    Array::zeros(shape, DType::F32)
}

nnx::module! {
    /// Two named layers of one type, and fixed values of every type.
    pub struct Twice { second: Linear, first: Linear, rate: f64, tiny: f32, label: String, flag: bool, count: i32 }
}

impl Twice {
    pub fn new(rngs: &mut Rngs) -> Self {
        let second = Linear::new(3, 1, rngs);
        let first = Linear::without_bias(2, 3, rngs);
        Self { second, first, rate: 0.5, tiny: 1e-5, label: "it's".to_owned(), flag: true, count: -3 }
    }
}

nnx::module! {
    /// One layer at two places, and one variable at two.
    pub struct Shared { first: Linear, second: Linear, w: Param, a: Param }
}

impl Shared {
    pub fn new(rngs: &mut Rngs) -> Self {
        let first = Linear::without_bias(2, 2, rngs);
        let w = Param::new(ones(&[2]));
        Self { second: first.clone(), first, a: w.clone(), w }
    }
}

nnx::module! {
    /// Variables of several kinds, and an array that is none.
    pub struct Kinds { w: Param, mean: BatchStat, cache: Cache, seen: Variable, mask: Variable, scale: Array }
}

impl Kinds {
    pub fn new() -> Self {
        Self {
            w: Param::new(ones(&[2])),
            mean: BatchStat::new(zeros(&[3])),
            cache: Cache::new(Array::from_i32(&[0], &[])),
            seen: Variable::new(ones(&[1, 1])),
            mask: Variable::new(Array::zeros(&[5], DType::Bool)),
            scale: ones(&[2]),
        }
    }
}

nnx::module! {
    pub struct Empty {}
}

nnx::module! {
    pub struct Large { empty: Empty, tall: Param, wide: Param }
}

impl Large {
    pub fn new() -> Self {
        let (tall, wide) = (Param::new(zeros(&[300, 400])), Param::new(zeros(&[1000, 1001])));
        Self { empty: Empty {}, tall, wide }
    }
}

nnx::module! {
    /// A part of [`Stacked`]: lists hold one type.
    pub struct Stacked { parts: List<Variable> }
}

impl Stacked {
    pub fn new() -> Self {
        let param = Variable::of_kind(Param::KIND, ones(&[2]));
        let stat = Variable::of_kind(BatchStat::KIND, zeros(&[1]));
        Self { parts: [param, stat].into_iter().collect() }
    }
}

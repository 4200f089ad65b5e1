//! Random programs: a list of operations, interpreted on arrays, so that they can be run, traced, differentiated and mapped.
//!
//! Every list is a well-typed program: an operation picks its operands among all values so far, and where shapes do not fit, makes them fit.
//! Numbers stay small and away from poles: an operation with a limited domain is applied to something bounded.

use proptest::collection::vec;
use proptest::prelude::*;
use thetahat::jax::core::Primitive as P;
use thetahat::jax::numpy::{arange, concatenate, select};
use thetahat::jax::trace::{ClosedJaxpr, bind, trace};
use thetahat::jax::{Array, DType};

/// An operation; numbers pick operands, axes and sizes, whatever there is.
#[derive(Clone, Debug)]
pub enum Op {
    Neg(usize),
    Sin(usize),
    Cos(usize),
    Tanh(usize),
    Exp(usize),
    Log(usize),
    Sqrt(usize),
    Power(usize, i32),
    Add(usize, usize),
    Sub(usize, usize),
    Mul(usize, usize),
    Div(usize, usize),
    Pow(usize, usize),
    WithLiteral(usize, i8),
    WithConstant(usize),
    Sum(usize, usize),
    Squares(usize, usize),
    Products(usize, usize, usize),
    Transpose(usize, usize),
    Flatten(usize),
    Split(usize),
    ExpandDims(usize, usize),
    Squeeze(usize),
    Repeat(usize, usize),
    Slice(usize, usize, usize),
    Pad(usize, isize, isize, usize),
    PadWith(usize, usize),
    Concatenate(usize, usize, usize),
    Rows(usize, Vec<i8>),
    Count(usize),
    // products: rounded in an order that depends on all shapes
    Dot(usize, usize),
    Outer(usize, usize),
    // with kinks
    Max(usize, usize),
    Min(usize, usize),
    Largest(usize, usize),
    // with jumps
    Select(usize, usize, usize),
    SelectBy(usize, usize, usize),
    Truncate(usize),
    RowsBy(usize, usize),
}

/// Which operations a program may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Differentiable everywhere.
    Smooth,
    /// All but dot products: each example of a batch is rounded like that example alone.
    WithoutProducts,
    /// All.
    Any,
}

fn op(kind: Kind) -> BoxedStrategy<Op> {
    let i = || 0..64usize;
    let smooth = prop_oneof![
        i().prop_map(Op::Neg),
        i().prop_map(Op::Sin),
        i().prop_map(Op::Cos),
        i().prop_map(Op::Tanh),
        i().prop_map(Op::Exp),
        i().prop_map(Op::Log),
        i().prop_map(Op::Sqrt),
        (i(), -3..4i32).prop_map(|(a, y)| Op::Power(a, y)),
        (i(), any::<i8>()).prop_map(|(a, c)| Op::WithLiteral(a, c)),
        i().prop_map(Op::WithConstant),
        i().prop_map(Op::Count),
    ];
    let pairs = prop_oneof![
        (i(), i()).prop_map(|(a, b)| Op::Add(a, b)),
        (i(), i()).prop_map(|(a, b)| Op::Sub(a, b)),
        (i(), i()).prop_map(|(a, b)| Op::Mul(a, b)),
        (i(), i()).prop_map(|(a, b)| Op::Div(a, b)),
        (i(), i()).prop_map(|(a, b)| Op::Pow(a, b)),
        (i(), i()).prop_map(|(a, axis)| Op::Sum(a, axis)),
        (i(), i()).prop_map(|(a, axis)| Op::Squares(a, axis)),
        (i(), i(), i()).prop_map(|(a, b, axis)| Op::Products(a, b, axis)),
    ];
    let moves = prop_oneof![
        (i(), i()).prop_map(|(a, by)| Op::Transpose(a, by)),
        i().prop_map(Op::Flatten),
        i().prop_map(Op::Split),
        (i(), i()).prop_map(|(a, axis)| Op::ExpandDims(a, axis)),
        i().prop_map(Op::Squeeze),
        (i(), 1..4usize).prop_map(|(a, n)| Op::Repeat(a, n)),
        (i(), i(), 1..4usize).prop_map(|(a, b, stride)| Op::Slice(a, b, stride)),
        (i(), -1..3isize, -1..3isize, 0..3usize).prop_map(|(a, low, high, inner)| Op::Pad(a, low, high, inner)),
        (i(), i()).prop_map(|(a, b)| Op::PadWith(a, b)),
        (i(), i(), i()).prop_map(|(a, b, axis)| Op::Concatenate(a, b, axis)),
        (i(), vec(any::<i8>(), 1..4)).prop_map(|(a, rows)| Op::Rows(a, rows)),
    ];
    let products =
        prop_oneof![(i(), i()).prop_map(|(a, b)| Op::Dot(a, b)), (i(), i()).prop_map(|(a, b)| Op::Outer(a, b)),];
    let kinks = prop_oneof![
        (i(), i()).prop_map(|(a, b)| Op::Max(a, b)),
        (i(), i()).prop_map(|(a, b)| Op::Min(a, b)),
        (i(), i()).prop_map(|(a, axis)| Op::Largest(a, axis)),
        (i(), i(), i()).prop_map(|(a, b, c)| Op::Select(a, b, c)),
        (i(), i(), i()).prop_map(|(a, b, c)| Op::SelectBy(a, b, c)),
        i().prop_map(Op::Truncate),
        (i(), i()).prop_map(|(a, b)| Op::RowsBy(a, b)),
    ];
    match kind {
        Kind::Smooth => prop_oneof![3 => smooth, 3 => pairs, 3 => moves, 1 => products].boxed(),
        Kind::WithoutProducts => prop_oneof![3 => smooth, 3 => pairs, 3 => moves, 2 => kinks].boxed(),
        Kind::Any => prop_oneof![3 => smooth, 3 => pairs, 3 => moves, 1 => products, 2 => kinks].boxed(),
    }
}

/// A random program.
#[derive(Clone, Debug)]
pub struct Program {
    /// The shape of each argument.
    pub shapes: Vec<Vec<usize>>,
    /// What it does.
    pub ops: Vec<Op>,
    /// How many results it has: the last values.
    pub outputs: usize,
}

/// Programs of one to three f32 arguments with up to three axes.
pub fn program(kind: Kind) -> impl Strategy<Value = Program> {
    let shapes = vec(vec(1..4usize, 0..4), 1..4);
    (shapes, vec(op(kind), 1..14), 1..3usize).prop_map(|(shapes, ops, outputs)| Program { shapes, ops, outputs })
}

/// Numbers between -1 and 1 that depend on `seed`, no two near each other by design.
pub fn numbers(shape: &[usize], seed: u64) -> Array {
    let n = shape.iter().product();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    let data = (0..n).map(|_| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((state >> 40) as f32) / 8388608.0 - 1.0
    });
    Array::from_vec(data.collect(), shape)
}

impl Program {
    /// Its results on these arguments.
    pub fn run(&self, args: &[Array]) -> Vec<Array> {
        let mut values = args.to_vec();
        for op in &self.ops {
            let value = op.apply(&values);
            if value.ndim() <= 4 && value.size() <= 128 && value.size() > 0 {
                values.push(value);
            }
        }
        values[values.len() - self.outputs.min(values.len())..].to_vec()
    }

    /// One number that depends on all results.
    pub fn scalar(&self, args: &[Array]) -> Array {
        let parts = self.run(args).into_iter().enumerate();
        parts.fold(Array::scalar(0.0), |sum, (i, out)| sum + (out * (1.0 + i as f32 / 2.0)).sum())
    }

    /// Arguments that depend on `seed`.
    pub fn args(&self, seed: u64) -> Vec<Array> {
        self.shapes.iter().zip(0..).map(|(shape, i)| numbers(shape, seed * 8 + i)).collect()
    }

    /// The program that it writes.
    pub fn traced(&self) -> ClosedJaxpr {
        let avals: Vec<_> = self.args(0).iter().map(|x| x.aval().expect("an array").clone()).collect();
        trace(&avals, |args| self.run(&args)).expect("a program")
    }
}

/// `y` as it is if the shapes stretch to each other, else a number made of it.
fn meet(x: &Array, y: &Array) -> Array {
    let pairs = x.shape().iter().rev().zip(y.shape().iter().rev());
    if pairs.clone().all(|(a, b)| a == b || *a == 1 || *b == 1) { y.clone() } else { y.mean().sin() }
}

/// Between 0.5 and 2.5.
fn positive(x: &Array) -> Array {
    1.5 + x.sin()
}

/// The quotient by the primitive: outside `jit` the operator multiplies by the reciprocal of what is stretched, and only there.
fn divide(x: &Array, y: &Array) -> Array {
    if y.ndim() == 0 {
        return bind(P::Div, &[x, y]);
    }
    let along = |x: &Array, axis: usize| x.shape().len().checked_sub(axis + 1).map_or(1, |axis| x.shape()[axis]);
    let axes = (0..x.ndim().max(y.ndim())).rev();
    let shape: Vec<usize> = axes.map(|axis| along(x, axis).max(along(y, axis))).collect();
    if shape.iter().product::<usize>() == y.size() { x / y } else { x / y.broadcast_to(&shape) }
}

/// A vector of row numbers for `x` made of `by`.
fn row_numbers(x: &Array, by: &Array) -> Array {
    let rows = x.shape()[0] as f32;
    ((by.reshape(&[by.size()]).sin() * 0.99 + 1.0) * (rows / 2.0)).astype(DType::I32)
}

impl Op {
    #[allow(clippy::too_many_lines)] // one line or two for each operation
    fn apply(&self, values: &[Array]) -> Array {
        let at = |i: usize| &values[i % values.len()];
        let axis = |x: &Array, axis: usize| axis % x.ndim().max(1);
        match self {
            Self::Neg(a) => -at(*a),
            Self::Cos(a) => at(*a).cos(),
            Self::Tanh(a) => at(*a).tanh(),
            Self::Exp(a) => at(*a).tanh().exp(),
            Self::Log(a) => positive(at(*a)).log(),
            Self::Sqrt(a) => positive(at(*a)).sqrt(),
            Self::Power(a, y) => positive(at(*a)).powi(*y).tanh(),
            Self::Add(a, b) => (at(*a) + meet(at(*a), at(*b))) * 0.5,
            Self::Sub(a, b) => 0.5 * (at(*a) - meet(at(*a), at(*b))),
            Self::Mul(a, b) => (at(*a) * meet(at(*a), at(*b))).sin(),
            Self::Div(a, b) => divide(at(*a), &positive(&meet(at(*a), at(*b)))).tanh(),
            Self::Pow(a, b) => positive(at(*a)).pow(meet(at(*a), at(*b)).tanh()),
            Self::WithLiteral(a, c) => (at(*a) + f32::from(*c) / 64.0).tanh(),
            Self::WithConstant(a) => at(*a) * meet(at(*a), &numbers(&[3], 7)),
            Self::Sum(a, i) if at(*a).ndim() > 0 => at(*a).sum_axes(&[axis(at(*a), *i)]).sin(),
            Self::Sum(a, _) => at(*a).sum(),
            Self::Squares(a, i) if at(*a).ndim() > 0 => (at(*a) * at(*a)).sum_axes(&[axis(at(*a), *i)]).tanh(),
            Self::Products(a, b, i) if at(*a).ndim() > 0 => {
                let product = at(*a) * meet(at(*a), at(*b));
                product.sum_axes(&[axis(&product, *i)]).tanh()
            }
            Self::Transpose(a, by) => {
                let n = at(*a).ndim();
                let mut order: Vec<usize> = (0..n).collect();
                order.rotate_left(axis(at(*a), *by));
                if by % 2 == 1 && n > 1 {
                    order.swap(0, 1);
                }
                at(*a).transpose(&order)
            }
            Self::Flatten(a) => at(*a).reshape(&[at(*a).size()]),
            Self::Split(a) => {
                let size = at(*a).size();
                let by = (2..5).find(|by| size % by == 0).unwrap_or(1);
                at(*a).reshape(&[by, size / by])
            }
            Self::ExpandDims(a, i) => at(*a).expand_dims(i % (at(*a).ndim() + 1)),
            Self::Squeeze(a) => at(*a).squeeze(),
            Self::Repeat(a, n) => at(*a).broadcast_to(&[&[*n], at(*a).shape()].concat()),
            Self::Slice(a, from, stride) => slice(at(*a), *from, *stride),
            Self::Pad(a, low, high, inner) => {
                let pad = |&size: &usize| {
                    let least = -isize::try_from(size / 2).unwrap_or(0);
                    (low.max(&least).to_owned(), high.max(&least).to_owned(), *inner)
                };
                let padding = at(*a).shape().iter().map(pad).collect();
                bind(P::Pad { padding }, &[at(*a), &Array::scalar(0.25)])
            }
            Self::PadWith(a, b) => {
                let padding = vec![(1, 0, 1); at(*a).ndim()];
                bind(P::Pad { padding }, &[at(*a), &at(*b).mean().sin()])
            }
            Self::Concatenate(a, b, i) => join(at(*a), at(*b), *i),
            Self::Rows(a, rows) if at(*a).ndim() > 0 => {
                let n = i32::try_from(at(*a).shape()[0]).unwrap_or(1);
                let rows: Vec<i32> = rows.iter().map(|&row| i32::from(row) % n).collect();
                at(*a).take(&Array::from_i32(&rows, &[rows.len()]))
            }
            Self::Count(a) if at(*a).ndim() > 0 => {
                let n = at(*a).shape()[at(*a).ndim() - 1];
                at(*a) + arange(n).astype(DType::F32) * 0.1
            }
            Self::Dot(a, b) => dot(at(*a), at(*b)),
            Self::Outer(a, b) => {
                let (x, y) = (at(*a).reshape(&[at(*a).size(), 1]), at(*b).reshape(&[1, at(*b).size()]));
                x.matmul(&y).sin()
            }
            Self::Max(a, b) => at(*a).maximum(meet(at(*a), at(*b))),
            Self::Min(a, b) => at(*a).minimum(meet(at(*a), at(*b))),
            Self::Largest(a, i) if at(*a).ndim() > 0 => at(*a).max_axes(&[axis(at(*a), *i)]),
            Self::Select(a, b, c) => {
                let sum = at(*a) + meet(at(*a), at(*b));
                select(&sum.greater(0.1), sum.sin(), meet(&sum, at(*c)))
            }
            Self::SelectBy(a, b, c) => select(&at(*a).sum().less(at(*b).sum()), at(*c), at(*c).cos()),
            Self::Truncate(a) => (at(*a) * 3.0).astype(DType::I32).astype(DType::F32) * 0.25,
            Self::RowsBy(a, b) if at(*a).ndim() > 0 => at(*a).take(&row_numbers(at(*a), at(*b))),
            // what needs an axis is a sine on a number
            Self::Sin(a)
            | Self::Squares(a, _)
            | Self::Products(a, ..)
            | Self::Rows(a, _)
            | Self::Count(a)
            | Self::Largest(a, _)
            | Self::RowsBy(a, _) => at(*a).sin(),
        }
    }
}

fn slice(x: &Array, from: usize, stride: usize) -> Array {
    let start: Vec<usize> = x.shape().iter().map(|&size| from % size).collect();
    let strides = (stride > 1).then(|| vec![stride; x.ndim()]);
    bind(P::Slice { start_indices: start, limit_indices: x.shape().to_vec(), strides }, &[x])
}

/// One after the other where all other axes agree, else twice the first.
fn join(x: &Array, y: &Array, axis: usize) -> Array {
    if x.ndim() == 0 {
        return concatenate(&[&x.reshape(&[1]), &y.reshape(&[y.size()])], 0);
    }
    let axis = axis % x.ndim();
    let others =
        |x: &Array| x.shape().iter().enumerate().filter(|(i, _)| *i != axis).map(|(_, &n)| n).collect::<Vec<_>>();
    let fits = x.ndim() == y.ndim() && others(x) == others(y);
    concatenate(&[x, if fits { y } else { x }, x], axis)
}

/// A product along an axis of the first operand, with one of the second that is as long; if there is none, a product of the
/// first with itself.
fn dot(x: &Array, y: &Array) -> Array {
    let flat = |x: &Array| x.reshape(&[x.size()]);
    match (x.ndim(), y.ndim()) {
        (1 | 2, 1 | 2) if x.shape()[x.ndim() - 1] == y.shape()[0] => x.matmul(y).tanh(),
        (3, 3) if x.shape()[0] == y.shape()[0] && x.shape()[2] == y.shape()[1] => x.matmul(y).tanh(),
        (2.., _) => {
            let rows = x.reshape(&[x.shape()[0], x.size() / x.shape()[0]]);
            rows.matmul(&rows.t()).tanh()
        }
        _ => flat(x).matmul(&flat(x)).sin(),
    }
}

//! Elementwise primitives: each element of the result depends on the elements of the operands at the same place.
//!
//! However operands line up with the result, they are computed with as rows of numbers that do: an operand that stretches is first written out, a
//! few numbers at a time. So there is one loop for each operation, and not one for each way of lining up.

use super::super::core::{Comparison, DType, Lowered, Primitive, ShapedArray};
use super::super::fma::{ftz, mul_add};
use super::super::{libm32, special};
use super::walk::{broadcast_strides, walk};
use super::{floats, floats_mut};

/// The longest row of an operand that is written out.
const ROW: usize = 64;

/// An elementwise primitive with the element type of its operands and how they line up.
#[derive(Clone, Debug)]
pub struct Elementwise {
    pub primitive: Primitive,
    pub dtype: DType,
    pub layout: Layout,
    /// How many operands it has, up to three.
    arity: usize,
}

/// How the operands line up with the result.
#[derive(Clone, Debug)]
pub enum Layout {
    /// Each operand has the result's shape (`true`) or is a single number (`false`).
    Flat([bool; 3]),
    /// Some operand stretches along some axes: the result's shape, and strides for each operand.
    Strided { shape: Vec<usize>, steps: [Vec<usize>; 3] },
}

impl Layout {
    fn new(inputs: &[ShapedArray], output: &ShapedArray) -> Self {
        let full = |i: usize| inputs.get(i).is_some_and(|x| x.shape == output.shape && output.size() != 1);
        let single = |i: usize| inputs.get(i).is_none_or(|x| x.size() == 1);
        if (0..3).all(|i| full(i) || single(i)) {
            return Self::Flat([full(0), full(1), full(2)]);
        }
        let step = |i: usize| {
            inputs.get(i).map_or_else(|| vec![0; output.ndim()], |x| broadcast_strides(&x.shape, &output.shape))
        };
        Self::Strided { shape: output.shape.clone(), steps: [step(0), step(1), step(2)] }
    }
}

impl Elementwise {
    pub fn new(primitive: &Primitive, inputs: &[ShapedArray], output: &ShapedArray) -> Self {
        let layout = Layout::new(inputs, output);
        Self { primitive: primitive.clone(), dtype: inputs[0].dtype, layout, arity: inputs.len() }
    }

    pub fn run<'a>(&self, input: &dyn Fn(usize) -> &'a [u32], out: &mut [u32]) {
        let operands = std::array::from_fn(|i| if i < self.arity { input(i) } else { &[] });
        match &self.layout {
            Layout::Flat(full) if out.len() == 1 || full[..self.arity].iter().all(|full| *full) => {
                self.rows(operands, out);
            }
            Layout::Flat(full) => self.with_singles(operands, *full, out),
            Layout::Strided { shape, steps } => self.strided(operands, shape, steps, out),
        }
    }

    /// Operands that are single numbers are repeated, the others taken piece by piece.
    fn with_singles(&self, operands: [&[u32]; 3], full: [bool; 3], out: &mut [u32]) {
        let mut repeated = [[0; ROW]; 3];
        for (i, row) in repeated[..self.arity].iter_mut().enumerate().filter(|(i, _)| !full[*i]) {
            row.fill(operands[i][0]);
        }
        for (piece, out) in out.chunks_mut(ROW).enumerate() {
            let rows = std::array::from_fn(|i| {
                if full[i] { &operands[i][piece * ROW..][..out.len()] } else { &repeated[i][..out.len()] }
            });
            self.rows(rows, out);
        }
    }

    /// Operands are collected by their strides, along the last axis as far as a row has room, before the operation goes over the row.
    fn strided(&self, operands: [&[u32]; 3], shape: &[usize], steps: &[Vec<usize>; 3], out: &mut [u32]) {
        let Some((&inner, outer)) = shape.split_last() else { return };
        let mut collected = [[0; ROW]; 3];
        let (mut done, mut length) = (0, 0);
        walk(outer, [&steps[0], &steps[1], &steps[2]], [0; 3], |offsets| {
            let mut from = 0;
            while from < inner {
                let count = (inner - from).min(ROW - length);
                for i in 0..self.arity {
                    let step = steps[i][outer.len()];
                    let operand = &operands[i][offsets[i] + from * step..];
                    for (place, word) in collected[i][length..length + count].iter_mut().enumerate() {
                        *word = operand[place * step];
                    }
                }
                from += count;
                length += count;
                if length == ROW || done + length == out.len() {
                    self.rows(std::array::from_fn(|i| &collected[i][..length]), &mut out[done..done + length]);
                    done += length;
                    length = 0;
                }
            }
        });
    }

    /// The operation on operands that line up with the result.
    fn rows(&self, [x, y, z]: [&[u32]; 3], out: &mut [u32]) {
        match &self.primitive {
            Primitive::SelectN => {
                ternary([x, y, z], out, |which, on_false, on_true| if which == 0 { on_false } else { on_true });
            }
            Primitive::Compare(comparison) => match self.dtype {
                DType::F32 => compare(*comparison, floats(x), floats(y), out),
                DType::I32 => compare::<i32>(*comparison, bytemuck::cast_slice(x), bytemuck::cast_slice(y), out),
                DType::U32 | DType::Bool => compare(*comparison, x, y, out),
            },
            Primitive::ConvertElementType { new_dtype } => convert(self.dtype, *new_dtype, x, out),
            primitive => match self.dtype {
                DType::F32 => floating(primitive, [x, y, z].map(floats), floats_mut(out)),
                DType::I32 => signed(primitive, x, y, out),
                DType::U32 | DType::Bool => unsigned(primitive, x, y, out),
            },
        }
    }
}

fn floating(primitive: &Primitive, [x, y, z]: [&[f32]; 3], out: &mut [f32]) {
    use Primitive as P;
    match primitive {
        P::Add | P::AddAny => binary(x, y, out, |x, y| ftz(x + y)),
        P::Sub => binary(x, y, out, |x, y| ftz(x - y)),
        P::Mul => binary(x, y, out, |x, y| ftz(x * y)),
        P::Div => binary(x, y, out, |x, y| ftz(x / y)),
        P::Max => binary(x, y, out, maximum),
        P::Min => binary(x, y, out, |x, y| -maximum(-x, -y)),
        P::Pow => binary(x, y, out, libm32::pow),
        P::Lowered(Lowered::Fma) => ternary([x, y, z], out, |x, y, z| ftz(mul_add(x, y, z))),
        P::IntegerPow { y: 2 } => unary(x, out, |x| ftz(x * x)),
        P::IntegerPow { y } => unary(x, out, |x| integer_pow(x, *y)),
        P::Neg => unary(x, out, |x| -x),
        P::Exp => unary(x, out, special::exp),
        P::Log => unary(x, out, special::log),
        P::Sqrt => unary(x, out, f32::sqrt),
        P::Lowered(Lowered::Rsqrt) => unary(x, out, special::rsqrt),
        P::Tanh => unary(x, out, special::tanh),
        P::Sin => unary(x, out, libm32::sin),
        P::Cos => unary(x, out, libm32::cos),
        _ => debug_assert!(false, "`{}` has no kernel for floats", primitive.name()),
    }
}

fn signed(primitive: &Primitive, x: &[u32], y: &[u32], out: &mut [u32]) {
    use Primitive as P;
    let [s, t]: [&[i32]; 2] = [x, y].map(bytemuck::cast_slice);
    match primitive {
        P::Div => binary(s, t, out, |x, y| if y == 0 { u32::MAX } else { x.wrapping_div(y).cast_unsigned() }),
        P::Max => binary(s, t, out, |x, y| x.max(y).cast_unsigned()),
        P::Min => binary(s, t, out, |x, y| x.min(y).cast_unsigned()),
        // two's complement: the same bits for signed and unsigned
        _ => unsigned(primitive, x, y, out),
    }
}

fn unsigned(primitive: &Primitive, x: &[u32], y: &[u32], out: &mut [u32]) {
    use Primitive as P;
    match primitive {
        P::Add | P::AddAny => binary(x, y, out, u32::wrapping_add),
        P::Sub => binary(x, y, out, u32::wrapping_sub),
        P::Mul => binary(x, y, out, u32::wrapping_mul),
        P::Div => binary(x, y, out, |x, y| x.checked_div(y).unwrap_or(u32::MAX)),
        P::Max => binary(x, y, out, u32::max),
        P::Min => binary(x, y, out, u32::min),
        P::IntegerPow { y } => unary(x, out, |x| x.wrapping_pow(y.unsigned_abs())),
        P::Neg => unary(x, out, u32::wrapping_neg),
        _ => {}
    }
}

fn compare<T: Copy + PartialOrd>(comparison: Comparison, x: &[T], y: &[T], out: &mut [u32]) {
    match comparison {
        Comparison::Eq => binary(x, y, out, |x, y| u32::from(x == y)),
        Comparison::Ne => binary(x, y, out, |x, y| u32::from(x != y)),
        Comparison::Lt => binary(x, y, out, |x, y| u32::from(x < y)),
        Comparison::Le => binary(x, y, out, |x, y| u32::from(x <= y)),
        Comparison::Gt => binary(x, y, out, |x, y| u32::from(x > y)),
        Comparison::Ge => binary(x, y, out, |x, y| u32::from(x >= y)),
    }
}

#[inline]
fn unary<T: Copy>(x: &[T], out: &mut [T], f: impl Fn(T) -> T) {
    out.iter_mut().zip(x).for_each(|(o, &x)| *o = f(x));
}

#[inline]
fn binary<T: Copy, R>(x: &[T], y: &[T], out: &mut [R], f: impl Fn(T, T) -> R) {
    for ((o, &x), &y) in out.iter_mut().zip(x).zip(y) {
        *o = f(x, y);
    }
}

#[inline]
fn ternary<T: Copy>([x, y, z]: [&[T]; 3], out: &mut [T], f: impl Fn(T, T, T) -> T) {
    for (((o, &x), &y), &z) in out.iter_mut().zip(x).zip(y).zip(z) {
        *o = f(x, y, z);
    }
}

/// The larger one; NaN if either is, as IEEE 754's `maximum`.
pub fn maximum(x: f32, y: f32) -> f32 {
    if x > y || x.is_nan() || (x == y && x.is_sign_positive()) { x } else { y }
}

/// `xʸ` by repeated squaring, the order in which JAX multiplies (`jax._src.lax.lax._integer_pow`).
fn integer_pow(x: f32, y: i32) -> f32 {
    let (mut square, mut left) = (x, y.unsigned_abs());
    let mut product: Option<f32> = None;
    while left > 0 {
        if left & 1 == 1 {
            product = Some(product.map_or(square, |p| ftz(p * square)));
        }
        left >>= 1;
        if left > 0 {
            square = ftz(square * square);
        }
    }
    let power = product.unwrap_or(1.0);
    if y < 0 { ftz(1.0 / power) } else { power }
}

// the conversions of `convert_element_type`
fn convert(from: DType, to: DType, x: &[u32], out: &mut [u32]) {
    use DType as D;
    let map = |out: &mut [u32], f: fn(u32) -> u32| unary(x, out, f);
    match (from, to) {
        (D::F32, D::I32) => map(out, |x| (f32::from_bits(x) as i32).cast_unsigned()),
        (D::F32, D::U32) => map(out, |x| f32::from_bits(x) as u32),
        (D::F32, D::Bool) => map(out, |x| u32::from(f32::from_bits(x) != 0.0)),
        (D::I32, D::F32) => map(out, |x| (x.cast_signed() as f32).to_bits()),
        (D::U32 | D::Bool, D::F32) => map(out, |x| (x as f32).to_bits()),
        (D::I32 | D::U32, D::Bool) => map(out, |x| u32::from(x != 0)),
        _ => out.copy_from_slice(x),
    }
}

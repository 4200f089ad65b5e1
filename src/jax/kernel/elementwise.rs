//! Elementwise primitives: each element of the result depends on the elements of the operands at the same place.

use super::super::core::{Comparison, DType, Primitive, ShapedArray};
use super::super::fma::{ftz, mul_add};
use super::super::{libm32, special};
use super::walk::{broadcast_strides, strides, walk};
use super::{floats, floats_mut};

/// An elementwise primitive with the element type of its operands and how they line up.
#[derive(Clone, Debug)]
pub struct Elementwise {
    pub primitive: Primitive,
    pub dtype: DType,
    pub layout: Layout,
}

/// How the operands line up with the result.
#[derive(Clone, Debug)]
pub enum Layout {
    /// Each operand has the result's shape (`true`) or is a single number (`false`).
    Flat([bool; 3]),
    /// Some operand stretches along some axes: the result's shape, and strides for each operand and the result.
    Strided { shape: Vec<usize>, steps: [Vec<usize>; 3], out: Vec<usize> },
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
        Self::Strided { shape: output.shape.clone(), steps: [step(0), step(1), step(2)], out: strides(&output.shape) }
    }
}

impl Elementwise {
    pub fn new(primitive: &Primitive, inputs: &[ShapedArray], output: &ShapedArray) -> Self {
        Self { primitive: primitive.clone(), dtype: inputs[0].dtype, layout: Layout::new(inputs, output) }
    }

    pub fn run<'a>(&self, input: impl Fn(usize) -> &'a [u32], out: &mut [u32]) {
        match &self.primitive {
            Primitive::SelectN => self.select(input, out),
            Primitive::Compare(comparison) => self.compare(*comparison, input, out),
            Primitive::ConvertElementType { new_dtype } => convert(self.dtype, *new_dtype, input(0), out),
            _ => match self.dtype {
                DType::F32 => self.floating(input, out),
                DType::I32 => self.signed(input, out),
                DType::U32 | DType::Bool => self.unsigned(input, out),
            },
        }
    }

    fn floating<'a>(&self, input: impl Fn(usize) -> &'a [u32], out: &mut [u32]) {
        use Primitive as P;
        let x = floats(input(0));
        let out = floats_mut(out);
        match &self.primitive {
            P::Add | P::AddAny => self.binary(x, floats(input(1)), out, |x, y| ftz(x + y)),
            P::Sub => self.binary(x, floats(input(1)), out, |x, y| ftz(x - y)),
            P::Mul => self.binary(x, floats(input(1)), out, |x, y| ftz(x * y)),
            P::Div => self.binary(x, floats(input(1)), out, |x, y| ftz(x / y)),
            P::Max => self.binary(x, floats(input(1)), out, maximum),
            P::Min => self.binary(x, floats(input(1)), out, |x, y| -maximum(-x, -y)),
            P::Pow => self.binary(x, floats(input(1)), out, libm32::pow),
            P::Fma => self.ternary(x, floats(input(1)), floats(input(2)), out, |x, y, z| ftz(mul_add(x, y, z))),
            P::IntegerPow { y: 2 } => unary(x, out, |x| ftz(x * x)),
            P::IntegerPow { y } => unary(x, out, |x| integer_pow(x, *y)),
            P::Neg => unary(x, out, |x| -x),
            P::Exp => unary(x, out, special::exp),
            P::Log => unary(x, out, special::log),
            P::Sqrt => unary(x, out, f32::sqrt),
            P::Tanh => unary(x, out, special::tanh),
            P::Sin => unary(x, out, libm32::sin),
            P::Cos => unary(x, out, libm32::cos),
            _ => {}
        }
    }

    fn signed<'a>(&self, input: impl Fn(usize) -> &'a [u32], out: &mut [u32]) {
        use Primitive as P;
        let x: &[i32] = bytemuck::cast_slice(input(0));
        let second = || bytemuck::cast_slice::<u32, i32>(input(1));
        let out: &mut [i32] = bytemuck::cast_slice_mut(out);
        match &self.primitive {
            P::Add | P::AddAny => self.binary(x, second(), out, i32::wrapping_add),
            P::Sub => self.binary(x, second(), out, i32::wrapping_sub),
            P::Mul => self.binary(x, second(), out, i32::wrapping_mul),
            P::Div => self.binary(x, second(), out, |x, y| if y == 0 { -1 } else { x.wrapping_div(y) }),
            P::Max => self.binary(x, second(), out, i32::max),
            P::Min => self.binary(x, second(), out, i32::min),
            P::IntegerPow { y } => unary(x, out, |x| x.wrapping_pow(y.unsigned_abs())),
            P::Neg => unary(x, out, i32::wrapping_neg),
            _ => {}
        }
    }

    fn unsigned<'a>(&self, input: impl Fn(usize) -> &'a [u32], out: &mut [u32]) {
        use Primitive as P;
        let x = input(0);
        match &self.primitive {
            P::Add | P::AddAny => self.binary(x, input(1), out, u32::wrapping_add),
            P::Sub => self.binary(x, input(1), out, u32::wrapping_sub),
            P::Mul => self.binary(x, input(1), out, u32::wrapping_mul),
            P::Div => self.binary(x, input(1), out, |x, y| x.checked_div(y).unwrap_or(u32::MAX)),
            P::Max => self.binary(x, input(1), out, u32::max),
            P::Min => self.binary(x, input(1), out, u32::min),
            P::IntegerPow { y } => unary(x, out, |x| x.wrapping_pow(y.unsigned_abs())),
            P::Neg => unary(x, out, u32::wrapping_neg),
            _ => {}
        }
    }

    fn compare<'a>(&self, comparison: Comparison, input: impl Fn(usize) -> &'a [u32], out: &mut [u32]) {
        match self.dtype {
            DType::F32 => self.compare_as::<f32>(comparison, floats(input(0)), floats(input(1)), out),
            DType::I32 => {
                let [x, y] = [0, 1].map(|i| bytemuck::cast_slice::<u32, i32>(input(i)));
                self.compare_as(comparison, x, y, out);
            }
            DType::U32 | DType::Bool => self.compare_as(comparison, input(0), input(1), out),
        }
    }

    fn compare_as<T: Copy + PartialOrd>(&self, comparison: Comparison, x: &[T], y: &[T], out: &mut [u32]) {
        match comparison {
            Comparison::Eq => self.binary(x, y, out, |x, y| u32::from(x == y)),
            Comparison::Ne => self.binary(x, y, out, |x, y| u32::from(x != y)),
            Comparison::Lt => self.binary(x, y, out, |x, y| u32::from(x < y)),
            Comparison::Le => self.binary(x, y, out, |x, y| u32::from(x <= y)),
            Comparison::Gt => self.binary(x, y, out, |x, y| u32::from(x > y)),
            Comparison::Ge => self.binary(x, y, out, |x, y| u32::from(x >= y)),
        }
    }

    fn select<'a>(&self, input: impl Fn(usize) -> &'a [u32], out: &mut [u32]) {
        self.ternary(
            input(0),
            input(1),
            input(2),
            out,
            |which, on_false, on_true| {
                if which == 0 { on_false } else { on_true }
            },
        );
    }

    #[inline]
    fn binary<T: Copy, R>(&self, x: &[T], y: &[T], out: &mut [R], f: impl Fn(T, T) -> R) {
        match &self.layout {
            Layout::Flat([true, true, _]) => {
                for ((o, &x), &y) in out.iter_mut().zip(x).zip(y) {
                    *o = f(x, y);
                }
            }
            Layout::Flat([true, false, _]) => out.iter_mut().zip(x).for_each(|(o, &x)| *o = f(x, y[0])),
            Layout::Flat([false, true, _]) => out.iter_mut().zip(y).for_each(|(o, &y)| *o = f(x[0], y)),
            Layout::Flat([false, false, _]) => out.iter_mut().for_each(|o| *o = f(x[0], y[0])),
            Layout::Strided { shape, steps, out: step } => {
                walk(shape, [&steps[0], &steps[1], step], [0; 3], |[i, j, o]| out[o] = f(x[i], y[j]));
            }
        }
    }

    #[inline]
    fn ternary<T: Copy>(&self, x: &[T], y: &[T], z: &[T], out: &mut [T], f: impl Fn(T, T, T) -> T) {
        match &self.layout {
            Layout::Flat([true, true, true]) => {
                for (((o, &x), &y), &z) in out.iter_mut().zip(x).zip(y).zip(z) {
                    *o = f(x, y, z);
                }
            }
            Layout::Flat([true, false, true]) => {
                for ((o, &x), &z) in out.iter_mut().zip(x).zip(z) {
                    *o = f(x, y[0], z);
                }
            }
            Layout::Flat([false, true, true]) => {
                for ((o, &y), &z) in out.iter_mut().zip(y).zip(z) {
                    *o = f(x[0], y, z);
                }
            }
            Layout::Flat(full) => {
                let at = |which: usize, list: &[T], i: usize| list[if full[which] { i } else { 0 }];
                for (i, o) in out.iter_mut().enumerate() {
                    *o = f(at(0, x, i), at(1, y, i), at(2, z, i));
                }
            }
            Layout::Strided { shape, steps, out: step } => {
                let steps = [&steps[0][..], &steps[1], &steps[2], step];
                walk(shape, steps, [0; 4], |[i, j, k, o]| out[o] = f(x[i], y[j], z[k]));
            }
        }
    }
}

#[inline]
fn unary<T: Copy>(x: &[T], out: &mut [T], f: impl Fn(T) -> T) {
    out.iter_mut().zip(x).for_each(|(o, &x)| *o = f(x));
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

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // the conversions of `convert_element_type`
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

//! Elementwise operations: what they compute, and their derivatives as `jax._src.lax` writes them.

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Fused, Operation};
use super::super::shapes::broadcast_shape;
use super::super::special;
use super::float;
use super::gamma::{digamma, lgamma};

/// Operations of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of jax.lax")]
pub enum Unary {
    Abs,
    Acos,
    Acosh,
    Asin,
    Asinh,
    Atan,
    Atanh,
    Cbrt,
    Ceil,
    Cosh,
    Digamma,
    Erf,
    ErfInv,
    Expm1,
    Floor,
    IsFinite,
    Lgamma,
    Log1p,
    Logistic,
    Not,
    /// The same number; what the compiler computes before it stays apart from what it computes behind, as the turns of a loop do.
    OptimizationBarrier,
    Round,
    Rsqrt,
    Sign,
    Sinh,
    StopGradient,
    Tan,
}

const UNARY: [(Unary, &str); 27] = [
    (Unary::Abs, "abs"),
    (Unary::Acos, "acos"),
    (Unary::Acosh, "acosh"),
    (Unary::Asin, "asin"),
    (Unary::Asinh, "asinh"),
    (Unary::Atan, "atan"),
    (Unary::Atanh, "atanh"),
    (Unary::Cbrt, "cbrt"),
    (Unary::Ceil, "ceil"),
    (Unary::Cosh, "cosh"),
    (Unary::Digamma, "digamma"),
    (Unary::Erf, "erf"),
    (Unary::ErfInv, "erf_inv"),
    (Unary::Expm1, "expm1"),
    (Unary::Floor, "floor"),
    (Unary::IsFinite, "is_finite"),
    (Unary::Lgamma, "lgamma"),
    (Unary::Log1p, "log1p"),
    (Unary::Logistic, "logistic"),
    (Unary::Not, "not"),
    (Unary::OptimizationBarrier, "optimization_barrier"),
    (Unary::Round, "round"),
    (Unary::Rsqrt, "rsqrt"),
    (Unary::Sign, "sign"),
    (Unary::Sinh, "sinh"),
    (Unary::StopGradient, "stop_gradient"),
    (Unary::Tan, "tan"),
];

impl Unary {
    /// The operation of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        UNARY.iter().find(|(_, known)| *known == name).map(|&(operation, _)| operation)
    }

    fn name(self) -> &'static str {
        UNARY.iter().find(|(known, _)| *known == self).map_or("", |&(_, name)| name)
    }

    fn float(self, x: f32) -> f32 {
        let wide = f64::from(x);
        match self {
            Self::Abs => x.abs(),
            Self::Acos => wide.acos() as f32,
            Self::Acosh => wide.acosh() as f32,
            Self::Asin => wide.asin() as f32,
            Self::Asinh => wide.asinh() as f32,
            Self::Atan => wide.atan() as f32,
            Self::Atanh => wide.atanh() as f32,
            Self::Cbrt => wide.cbrt() as f32,
            Self::Ceil => x.ceil(),
            Self::Cosh => wide.cosh() as f32,
            Self::Digamma => digamma(wide) as f32,
            Self::Erf => special::erf(x),
            Self::ErfInv => special::erf_inv(x),
            // as XLA writes it: near 0 the difference would lose digits
            Self::Expm1 if x.abs() <= 0.5 => special::tanh(x * 0.5) * (special::exp(x) + 1.0),
            Self::Expm1 => special::exp(x) - 1.0,
            Self::Floor => x.floor(),
            Self::Lgamma => lgamma(wide) as f32,
            Self::Log1p => special::log1p(x),
            Self::Logistic => 1.0 / (1.0 + special::exp(-x)),
            Self::Round => x.round_ties_even(),
            Self::Rsqrt => special::rsqrt(x),
            Self::Sign if x == 0.0 || x.is_nan() => x,
            Self::Sign => 1f32.copysign(x),
            Self::Sinh => wide.sinh() as f32,
            Self::Tan => wide.tan() as f32,
            Self::IsFinite | Self::Not | Self::OptimizationBarrier | Self::StopGradient => x,
        }
    }

    fn word(self, dtype: DType, word: u32) -> u32 {
        match (self, dtype) {
            (Self::IsFinite, DType::F32) => u32::from(float(word).is_finite()),
            (Self::IsFinite, _) => 1,
            (Self::StopGradient | Self::OptimizationBarrier, _) => word,
            (Self::Not, DType::Bool) => u32::from(word == 0),
            (Self::Not, _) => !word,
            (Self::Abs, DType::I32) => word.cast_signed().wrapping_abs().cast_unsigned(),
            (Self::Sign, DType::I32) => word.cast_signed().signum().cast_unsigned(),
            (Self::Sign, DType::U32) => word.min(1),
            (_, DType::F32) => special_zero(self.float(float(word))).to_bits(),
            _ => word,
        }
    }
}

/// Subnormal numbers count as zero.
fn special_zero(x: f32) -> f32 {
    super::super::fma::ftz(x)
}

impl Operation for Unary {
    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        let dtype = inputs[0].dtype;
        let fits = match self {
            Self::IsFinite | Self::OptimizationBarrier | Self::StopGradient => true,
            Self::Abs | Self::Sign => dtype != DType::Bool,
            Self::Not => dtype != DType::F32,
            _ => dtype == DType::F32,
        };
        if !fits {
            return Err(Error::dtype(
                Self::name(*self),
                format!("does not accept dtype {}", dtype.name()),
                "Convert the operand with `astype`.",
            ));
        }
        let result = if *self == Self::IsFinite { DType::Bool } else { dtype };
        Ok(ShapedArray::new(&inputs[0].shape, result))
    }

    fn fused(&self) -> Fused {
        match self {
            Self::OptimizationBarrier => Fused::Apart,
            Self::Abs
            | Self::Ceil
            | Self::Floor
            | Self::IsFinite
            | Self::Not
            | Self::Round
            | Self::Sign
            | Self::StopGradient => Fused::Cheap,
            _ => Fused::Expensive,
        }
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        for (out, &word) in out.iter_mut().zip(inputs[0]) {
            *out = self.word(avals[0].dtype, word);
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        let (x, Some(g)) = (&x[0], &dx[0]) else { return Ok(None) };
        let one = |sum: &Array| sum + 1.0;
        Ok(Some(match self {
            Self::Ceil | Self::Floor | Self::Round | Self::Sign | Self::Not | Self::IsFinite | Self::StopGradient => {
                return Ok(None);
            }
            Self::OptimizationBarrier => unary(Self::OptimizationBarrier, g),
            Self::Abs => super::super::numpy::select(&x.greater_equal(0.0), g.clone(), -g),
            Self::Acos => g * (-unary(Self::Rsqrt, &(1.0 - x * x))),
            Self::Acosh => g * unary(Self::Rsqrt, &(x * x - 1.0)),
            Self::Asin => g * unary(Self::Rsqrt, &(1.0 - x * x)),
            Self::Asinh => g * unary(Self::Rsqrt, &(x * x + 1.0)),
            Self::Atan => g / (x * x + 1.0),
            Self::Atanh => (1.0 / (1.0 + x)) * (g / (1.0 - x)),
            Self::Cbrt => g * ((1.0 / 3.0f32) * out.powi(-2)),
            Self::Cosh => g * unary(Self::Sinh, x),
            Self::Erf => {
                let slope = (std::f64::consts::FRAC_2_SQRT_PI as f32) * g;
                slope * (-(x * x)).exp()
            }
            Self::ErfInv => {
                let slope = (std::f64::consts::PI.sqrt() / 2.0) as f32 * g;
                slope * (out * out).exp()
            }
            Self::Expm1 => g * one(out),
            Self::Log1p => g / one(x),
            Self::Logistic => g * (out * (1.0 - out)),
            Self::Rsqrt => g * (-0.5 * (out / x)),
            Self::Sinh => g * unary(Self::Cosh, x),
            Self::Tan => g * one(&(out * out)),
            Self::Lgamma => g * unary(Self::Digamma, x),
            Self::Digamma => return Err(Error::shape("grad", "`digamma` has no derivative here", "Use `lgamma`.")),
        }))
    }

    fn transpose(&self, _avals: &[ShapedArray], _x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        if *self == Self::OptimizationBarrier {
            return Ok(vec![Some(unary(*self, ct))]);
        }
        Err(Error::shape("vjp", format!("`{}` is not linear", Self::name(*self)), "Use another function."))
    }

    fn batch(&self, _this: &Extension, x: &[Array], _mapped: &[bool], _size: usize) -> Result<Array> {
        Ok(unary(*self, &x[0]))
    }
}

/// Applies an operation to each element.
#[must_use]
pub fn unary(operation: Unary, x: &Array) -> Array {
    Extension::apply(operation, &[x])
}

/// Operations of two operands of one element type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of jax.lax")]
pub enum Binary {
    And,
    Atan2,
    Or,
    Rem,
    ShiftLeft,
    ShiftRight,
    Xor,
}

const BINARY: [(Binary, &str); 7] = [
    (Binary::And, "and"),
    (Binary::Atan2, "atan2"),
    (Binary::Or, "or"),
    (Binary::Rem, "rem"),
    (Binary::ShiftLeft, "shift_left"),
    (Binary::ShiftRight, "shift_right_arithmetic"),
    (Binary::Xor, "xor"),
];

impl Binary {
    /// The operation of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        BINARY.iter().find(|(_, known)| *known == name).map(|&(operation, _)| operation)
    }

    fn name(self) -> &'static str {
        BINARY.iter().find(|(known, _)| *known == self).map_or("", |&(_, name)| name)
    }

    fn word(self, dtype: DType, x: u32, y: u32) -> u32 {
        let (a, b) = (x.cast_signed(), y.cast_signed());
        match (self, dtype) {
            (Self::And, _) => x & y,
            (Self::Or, _) => x | y,
            (Self::Xor, _) => x ^ y,
            (Self::Rem, DType::F32) => (float(x) % float(y)).to_bits(),
            // what XLA defines for a division by zero
            (Self::Rem, _) if y == 0 => x,
            (Self::Rem, DType::I32) => a.wrapping_rem(b).cast_unsigned(),
            (Self::Rem, _) => x % y,
            (Self::Atan2, DType::F32) => (f64::from(float(x)).atan2(f64::from(float(y))) as f32).to_bits(),
            (Self::Atan2, _) => x,
            (Self::ShiftLeft, _) => x.checked_shl(y).unwrap_or(0),
            (Self::ShiftRight, DType::I32) => (a >> y.min(31)).cast_unsigned(),
            (Self::ShiftRight, _) => x.checked_shr(y).unwrap_or(0),
        }
    }
}

impl Operation for Binary {
    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        let dtype = inputs[0].dtype;
        let bits = matches!(self, Self::And | Self::Or | Self::Xor | Self::ShiftLeft | Self::ShiftRight);
        let fits =
            dtype == inputs[1].dtype && (dtype != DType::F32 || !bits) && (*self != Self::Atan2 || dtype == DType::F32);
        if !fits {
            return Err(Error::dtype(
                Self::name(*self),
                format!("does not accept dtypes {}, {}", dtype.name(), inputs[1].dtype.name()),
                "Convert the operands with `astype`.",
            ));
        }
        Ok(ShapedArray { shape: broadcast_shape(Self::name(*self), inputs)?, dtype })
    }

    fn fused(&self) -> Fused {
        if matches!(self, Self::Atan2 | Self::Rem) { Fused::Expensive } else { Fused::Cheap }
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let shape = broadcast_shape(Self::name(*self), avals).unwrap_or_default();
        let at = |operand: &ShapedArray, mut index: usize| {
            if operand.ndim() == 0 {
                return 0;
            }
            let (mut position, mut step) = (0, 1);
            for (&size, &own) in shape.iter().zip(&operand.shape).rev() {
                position += if own == 1 { 0 } else { index % size * step };
                index /= size;
                step *= own;
            }
            position
        };
        for (i, out) in out.iter_mut().enumerate() {
            *out = self.word(avals[0].dtype, inputs[0][at(&avals[0], i)], inputs[1][at(&avals[1], i)]);
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        let parts = match self {
            Self::Rem => {
                let toward_zero = |q: Array| {
                    super::super::numpy::select(&q.less(0.0), unary(Unary::Ceil, &q), unary(Unary::Floor, &q))
                };
                let right = dx[1].as_ref().map(|g| -(g * toward_zero(&x[0] / &x[1])));
                [dx[0].clone(), right]
            }
            Self::Atan2 => {
                let length = &x[0] * &x[0] + &x[1] * &x[1];
                [dx[0].as_ref().map(|g| g * (&x[1] / &length)), dx[1].as_ref().map(|g| g * (-&x[0] / &length))]
            }
            _ => return Ok(None),
        };
        Ok(match parts {
            [Some(left), Some(right)] => Some(left + right),
            [left, right] => left.or(right),
        })
    }

    fn batch(&self, _this: &Extension, x: &[Array], mapped: &[bool], _size: usize) -> Result<Array> {
        // examples lie in front, so a shared operand takes axes of size 1 there; scalars stretch by themselves
        let rank = x.iter().zip(mapped).map(|(x, &mapped)| x.ndim() - usize::from(mapped)).max().unwrap_or(0);
        let operand = |i: usize| {
            let own = x[i].ndim() - usize::from(mapped[i]);
            if own == rank || (own == 0 && !mapped[i]) {
                return if mapped[i] || x[i].ndim() == 0 { x[i].clone() } else { x[i].expand_dims(0) };
            }
            let mut shape = x[i].shape().to_vec();
            let place = usize::from(mapped[i]);
            shape.splice(place..place, vec![1; rank - own]);
            x[i].reshape(&shape)
        };
        Ok(binary(*self, &operand(0), &operand(1)))
    }
}

/// Applies an operation to pairs of elements, with broadcasting of axes of size 1.
#[must_use]
pub fn binary(operation: Binary, x: &Array, y: &Array) -> Array {
    Extension::apply(operation, &[x, y])
}

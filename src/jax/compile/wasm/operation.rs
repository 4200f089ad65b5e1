//! [`Operation`]: the elementwise primitives that are written as instructions, and how each is written in four lanes.

use super::super::super::core::{Comparison, DType, Lowered, Primitive};
use super::code::{Code, Register};
use super::tanh::{TANH_COST, tanh};

/// An elementwise primitive on operands of one element type that is written as instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Float arithmetic that rounds, flushed.
    Float(Float),
    /// A fused multiply-add, flushed.
    Fma,
    /// The larger float.
    FloatMax,
    /// The smaller float.
    FloatMin,
    /// The float with the other sign.
    FloatNeg,
    /// A square root.
    Sqrt,
    /// A power of floats by multiplications.
    IntegerPow(i32),
    /// A hyperbolic tangent.
    Tanh,
    /// A primitive of integers.
    Words(Words),
    /// A choice.
    Select,
    /// A comparison of numbers of this type.
    Compare(Comparison, DType),
    /// A conversion between two types.
    Convert(DType, DType),
}

/// Float arithmetic that rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float {
    /// A sum.
    Add,
    /// A difference.
    Sub,
    /// A product.
    Mul,
    /// A quotient.
    Div,
}

/// Integer arithmetic that wraps around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// A sum.
    Add,
    /// A difference.
    Sub,
    /// A product.
    Mul,
    /// The number with the other sign.
    Neg,
    /// The larger signed number.
    MaxSigned,
    /// The larger unsigned number.
    MaxUnsigned,
    /// The smaller signed number.
    MinSigned,
    /// The smaller unsigned number.
    MinUnsigned,
}

impl Operation {
    /// How a primitive on this element type is written; `None` if it is left to the interpreter.
    pub fn of(primitive: &Primitive, dtype: DType) -> Option<Self> {
        use Primitive as P;
        let is_signed = dtype == DType::I32;
        Some(match (primitive, dtype) {
            (P::SelectN, _) => Self::Select,
            (P::Compare(comparison), _) => Self::Compare(*comparison, dtype),
            (P::ConvertElementType { new_dtype }, _) => Self::Convert(dtype, *new_dtype),
            (P::Add | P::AddAny, DType::F32) => Self::Float(Float::Add),
            (P::Sub, DType::F32) => Self::Float(Float::Sub),
            (P::Mul, DType::F32) => Self::Float(Float::Mul),
            (P::Div, DType::F32) => Self::Float(Float::Div),
            (P::Lowered(Lowered::Fma), DType::F32) => Self::Fma,
            (P::IntegerPow { y }, DType::F32) => Self::IntegerPow(*y),
            (P::Max, DType::F32) => Self::FloatMax,
            (P::Min, DType::F32) => Self::FloatMin,
            (P::Neg, DType::F32) => Self::FloatNeg,
            (P::Sqrt, DType::F32) => Self::Sqrt,
            (P::Tanh, DType::F32) => Self::Tanh,
            (_, DType::F32) => return None,
            (P::Add | P::AddAny, _) => Self::Words(Words::Add),
            (P::Sub, _) => Self::Words(Words::Sub),
            (P::Mul, _) => Self::Words(Words::Mul),
            (P::Neg, _) => Self::Words(Words::Neg),
            (P::Max, _) => Self::Words(if is_signed { Words::MaxSigned } else { Words::MaxUnsigned }),
            (P::Min, _) => Self::Words(if is_signed { Words::MinSigned } else { Words::MinUnsigned }),
            _ => return None,
        })
    }

    /// How many operations on registers it takes, about.
    pub fn cost(self) -> usize {
        if self == Self::Tanh { TANH_COST } else { 1 }
    }

    /// Whether it multiplies and adds in one rounding.
    pub fn is_fused(self) -> bool {
        matches!(self, Self::Fma | Self::Tanh)
    }

    /// Writes it on operands, of which a unary or binary operation reads the first one or two, in the first `lanes` lanes.
    pub fn write(self, code: &mut Code, operands: &[Register], lanes: usize) -> Register {
        let operand = |i: usize| operands[i.min(operands.len() - 1)];
        let [x, y, z] = [operand(0), operand(1), operand(2)];
        match self {
            Self::Float(operation) => {
                let rounded = match operation {
                    Float::Add => code.add(x, y),
                    Float::Sub => code.sub(x, y),
                    Float::Mul => code.mul(x, y),
                    Float::Div => code.div(x, y),
                };
                code.ftz(rounded)
            }
            Self::Fma => {
                let rounded = code.fma(x, y, z, lanes);
                code.ftz(rounded)
            }
            Self::IntegerPow(2) => {
                let square = code.mul(x, x);
                code.ftz(square)
            }
            Self::IntegerPow(y) => integer_pow(code, x, y),
            Self::Tanh => tanh(code, x, lanes),
            Self::FloatMax => code.max(x, y),
            Self::FloatMin => code.min(x, y),
            Self::FloatNeg => code.apply(&[x], |s| {
                s.f32x4_neg();
            }),
            Self::Sqrt => code.apply(&[x], |s| {
                s.f32x4_sqrt();
            }),
            Self::Words(operation) => operation.write(code, x, y),
            Self::Select => {
                let zero = code.splat(0);
                let is_false = code.apply(&[x, zero], |s| {
                    s.i32x4_eq();
                });
                code.apply(&[y, z, is_false], |s| {
                    s.v128_bitselect();
                })
            }
            Self::Compare(comparison, dtype) => compare(code, comparison, dtype, x, y),
            Self::Convert(from, to) => convert(code, from, to, x),
        }
    }
}

impl Words {
    fn write(self, code: &mut Code, x: Register, y: Register) -> Register {
        match self {
            Self::Add => code.add_words(x, y),
            Self::MaxSigned => code.max_signed(x, y),
            Self::MaxUnsigned => code.max_unsigned(x, y),
            Self::Neg => code.apply(&[x], |s| {
                s.i32x4_neg();
            }),
            Self::Sub | Self::Mul | Self::MinSigned | Self::MinUnsigned => code.apply(&[x, y], |s| {
                match self {
                    Self::Mul => s.i32x4_mul(),
                    Self::MinSigned => s.i32x4_min_s(),
                    Self::MinUnsigned => s.i32x4_min_u(),
                    _ => s.i32x4_sub(),
                };
            }),
        }
    }
}

/// By repeated squaring, as the kernel does it.
fn integer_pow(code: &mut Code, x: Register, y: i32) -> Register {
    let (mut square, mut left) = (x, y.unsigned_abs());
    let mut product: Option<Register> = None;
    while left > 0 {
        if left & 1 == 1 {
            product = Some(match product {
                None => square,
                Some(product) => {
                    let next = code.mul(product, square);
                    code.ftz(next)
                }
            });
        }
        left >>= 1;
        if left > 0 {
            let next = code.mul(square, square);
            square = code.ftz(next);
        }
    }
    let one = code.splat(1.0_f32.to_bits());
    let power = product.unwrap_or(one);
    if y >= 0 {
        return power;
    }
    let reciprocal = code.div(one, power);
    code.ftz(reciprocal)
}

/// 1 where the comparison holds, else 0.
fn compare(code: &mut Code, comparison: Comparison, dtype: DType, x: Register, y: Register) -> Register {
    use Comparison as C;
    let one = code.splat(1);
    let holds = code.apply(&[x, y], |s| {
        match (comparison, dtype) {
            (C::Eq, DType::F32) => s.f32x4_eq(),
            (C::Ne, DType::F32) => s.f32x4_ne(),
            (C::Lt, DType::F32) => s.f32x4_lt(),
            (C::Le, DType::F32) => s.f32x4_le(),
            (C::Gt, DType::F32) => s.f32x4_gt(),
            (C::Ge, DType::F32) => s.f32x4_ge(),
            (C::Eq, _) => s.i32x4_eq(),
            (C::Ne, _) => s.i32x4_ne(),
            (C::Lt, DType::I32) => s.i32x4_lt_s(),
            (C::Le, DType::I32) => s.i32x4_le_s(),
            (C::Gt, DType::I32) => s.i32x4_gt_s(),
            (C::Ge, DType::I32) => s.i32x4_ge_s(),
            (C::Lt, _) => s.i32x4_lt_u(),
            (C::Le, _) => s.i32x4_le_u(),
            (C::Gt, _) => s.i32x4_gt_u(),
            (C::Ge, _) => s.i32x4_ge_u(),
        };
    });
    code.apply(&[holds, one], |s| {
        s.v128_and();
    })
}

fn convert(code: &mut Code, from: DType, to: DType, x: Register) -> Register {
    use DType as D;
    match (from, to) {
        (D::F32, D::I32) => code.apply(&[x], |s| {
            s.i32x4_trunc_sat_f32x4_s();
        }),
        (D::F32, D::U32) => code.apply(&[x], |s| {
            s.i32x4_trunc_sat_f32x4_u();
        }),
        (D::I32, D::F32) => code.apply(&[x], |s| {
            s.f32x4_convert_i32x4_s();
        }),
        (D::U32 | D::Bool, D::F32) => code.apply(&[x], |s| {
            s.f32x4_convert_i32x4_u();
        }),
        (D::F32 | D::I32 | D::U32, D::Bool) => {
            let zero = code.splat(0);
            compare(code, Comparison::Ne, from, x, zero)
        }
        _ => x,
    }
}

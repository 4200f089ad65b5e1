//! Arithmetic in four lanes, with the roundings of the kernels (`jax/kernel`).

use thetahat_kernels::special::{TANH_DENOMINATOR, TANH_LARGE, TANH_LIMIT, TANH_NUMERATOR, TANH_TINY};

use super::super::super::core::{Comparison, DType, Lowered, Primitive};
use super::Fma;
use super::code::{Code, LANES, Register};
use super::module::FUSED_BY_HAND;

/// The bits of the smallest normal number of f32.
const SMALLEST: u32 = f32::MIN_POSITIVE.to_bits();
/// Operations on registers of a hyperbolic tangent.
const TANH_COST: usize = 22;
/// All bits of an f32 but the sign.
const MAGNITUDE: u32 = 0x7FFF_FFFF;

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident($($operand:ident),+) = $instruction:ident;)+) => {
        impl Code {
            $(
                $(#[$doc])*
                pub fn $name(&mut self, $($operand: Register),+) -> Register {
                    self.apply(&[$($operand),+], |sink| {
                        sink.$instruction();
                    })
                }
            )+
        }
    };
}

operations! {
    /// Sums, rounded, subnormal ones kept.
    add(a, b) = f32x4_add;
    /// Differences, rounded, subnormal ones kept.
    sub(a, b) = f32x4_sub;
    /// Products, rounded, subnormal ones kept.
    mul(a, b) = f32x4_mul;
    /// Quotients, rounded, subnormal ones kept.
    div(a, b) = f32x4_div;
    /// The larger ones; NaN if either is.
    max(a, b) = f32x4_max;
    /// The smaller ones; NaN if either is.
    min(a, b) = f32x4_min;
    /// Wrapping sums of integers.
    add_words(a, b) = i32x4_add;
    /// The larger ones of signed integers.
    max_signed(a, b) = i32x4_max_s;
    /// The larger ones of unsigned integers.
    max_unsigned(a, b) = i32x4_max_u;
}

impl Code {
    /// The sum of neighbours, of the sums of neighbours, and so on; `registers` are a power of two.
    pub fn tree(&mut self, registers: &[Register]) -> Register {
        let mut level = registers.to_vec();
        while level.len() > 1 {
            level = level.chunks(2).map(|pair| self.add(pair[0], pair[1])).collect();
        }
        level[0]
    }

    /// Zeros of the same sign instead of subnormal numbers ([`super::super::super::fma::ftz`]).
    pub fn ftz(&mut self, x: Register) -> Register {
        let (smallest, magnitude) = (self.splat(SMALLEST), self.splat(MAGNITUDE));
        let size = self.apply(&[x], |s| {
            s.f32x4_abs();
        });
        let small = self.apply(&[size, smallest], |s| {
            s.f32x4_lt();
        });
        let cleared = self.apply(&[small, magnitude], |s| {
            s.v128_and();
        });
        self.apply(&[x, cleared], |s| {
            s.v128_andnot();
        })
    }

    /// `a · b + 0` rounded once, the first term of a chain of fused multiply-adds.
    pub fn first_term(&mut self, a: Register, b: Register) -> Register {
        let zero = self.splat(0);
        self.fma(a, b, zero, LANES)
    }

    /// `a · b + c` rounded once, of which the first `lanes` lanes are wanted.
    pub fn fma(&mut self, a: Register, b: Register, c: Register, lanes: usize) -> Register {
        match self.fma {
            Fma::Relaxed => self.fused(a, b, c),
            Fma::Exact => self.fused_by_f64(a, b, c, lanes),
        }
    }

    fn fused(&mut self, a: Register, b: Register, c: Register) -> Register {
        self.apply(&[a, b, c], |s| {
            s.f32x4_relaxed_madd();
        })
    }

    /// [`super::super::super::fma::mul_add_lanes`]: in f64, and where that could round wrongly in some lane, by the function [`FUSED_BY_HAND`].
    fn fused_by_f64(&mut self, a: Register, b: Register, c: Register, lanes: usize) -> Register {
        let low = self.sum_in_f64([a, b, c]);
        let mut rare = self.is_rare(low);
        let mut result = self.apply(&[low], |s| {
            s.f32x4_demote_f64x2_zero();
        });
        if lanes > 2 {
            let high = [a, b, c].map(|x| self.shuffle(x, x, [2, 3, 2, 3]));
            let high = self.sum_in_f64(high);
            let high_rare = self.is_rare(high);
            rare = self.apply(&[rare, high_rare], |s| {
                s.v128_or();
            });
            let high = self.apply(&[high], |s| {
                s.f32x4_demote_f64x2_zero();
            });
            result = self.shuffle(result, high, [0, 1, 4, 5]);
        }
        self.if_any(rare);
        let by_hand = self.apply(&[a, b, c], |s| {
            s.call(FUSED_BY_HAND);
        });
        self.carry(result, by_hand);
        self.end();
        result
    }

    /// The first two lanes of `a · b + c` in f64.
    fn sum_in_f64(&mut self, operands: [Register; 3]) -> Register {
        let [a, b, c] = operands.map(|x| {
            self.apply(&[x], |s| {
                s.f64x2_promote_low_f32x4();
            })
        });
        let product = self.apply(&[a, b], |s| {
            s.f64x2_mul();
        });
        self.apply(&[product, c], |s| {
            s.f64x2_add();
        })
    }

    /// Lanes in which rounding an f64 sum to f32 could go wrong: [`super::super::super::fma`].
    fn is_rare(&mut self, sum: Register) -> Register {
        let both = |bits: u64| u128::from(bits) | u128::from(bits) << 64;
        let [dropped, halfway] = [(1 << 29) - 1, 1 << 28].map(|bits| self.constant(both(bits)));
        let [smallest, zero] = [f64::from(f32::MIN_POSITIVE), 0.0].map(|x| self.constant(both(x.to_bits())));
        let end = self.apply(&[sum, dropped], |s| {
            s.v128_and();
        });
        let tie = self.apply(&[end, halfway], |s| {
            s.i64x2_eq();
        });
        let size = self.apply(&[sum], |s| {
            s.f64x2_abs();
        });
        let small = self.apply(&[size, smallest], |s| {
            s.f64x2_lt();
        });
        let not_zero = self.apply(&[size, zero], |s| {
            s.f64x2_ne();
        });
        let subnormal = self.apply(&[small, not_zero], |s| {
            s.v128_and();
        });
        self.apply(&[tie, subnormal], |s| {
            s.v128_or();
        })
    }
}

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

/// The rational function of [`thetahat_kernels::special::tanh`], operation by operation. Where that returns the operand, or ±1, so does this, in the lanes
/// concerned.
fn tanh(code: &mut Code, x: Register, lanes: usize) -> Register {
    let [low, high] = [-TANH_LIMIT, TANH_LIMIT].map(|limit| code.splat(limit.to_bits()));
    let above = code.max(x, low);
    let c = code.min(above, high);
    let square = code.mul(c, c);
    let mut horner = |coefficients: &[u32]| {
        let mut sum = code.splat(coefficients[0]);
        for &coefficient in &coefficients[1..] {
            let coefficient = code.splat(coefficient);
            sum = code.fma(sum, square, coefficient, lanes);
        }
        sum
    };
    let (numerator, denominator) = (horner(&TANH_NUMERATOR), horner(&TANH_DENOMINATOR));
    let product = code.mul(c, numerator);
    let inside = code.div(product, denominator);
    let size = code.apply(&[x], |s| {
        s.f32x4_abs();
    });
    let [tiny, large] = [TANH_TINY, TANH_LARGE].map(|limit| code.splat(limit.to_bits()));
    let is_tiny = code.apply(&[size, tiny], |s| {
        s.f32x4_lt();
    });
    let is_large = code.apply(&[size, large], |s| {
        s.f32x4_ge();
    });
    let [one, sign] = [1.0_f32, -0.0].map(|number| code.splat(number.to_bits()));
    // one with the operand's sign
    let end = code.apply(&[x, one, sign], |s| {
        s.v128_bitselect();
    });
    let outside = code.apply(&[end, inside, is_large], |s| {
        s.v128_bitselect();
    });
    code.apply(&[x, outside, is_tiny], |s| {
        s.v128_bitselect();
    })
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

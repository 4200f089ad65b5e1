//! Arithmetic in four lanes, with the roundings of the kernels (`jax/kernel`).

use super::Fma;
use super::code::{Code, LANES, Register};
use super::module::FUSED_BY_HAND;

/// The bits of the smallest normal number of f32.
const SMALLEST: u32 = f32::MIN_POSITIVE.to_bits();
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

    /// `a · b + 0` rounded once, the first one of so many terms of a chain of fused multiply-adds; the only one is a product, in which a zero keeps its
    /// sign.
    pub fn first_term(&mut self, a: Register, b: Register, terms: usize) -> Register {
        if terms == 1 {
            return self.mul(a, b);
        }
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

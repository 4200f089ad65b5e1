//! Fused multiply-add in f32, the same bits on every target, and the flushing of subnormal numbers.
//!
//! JAX compiles `a * b + c` to one instruction that rounds once. Where this build's target has that instruction it is
//! used; elsewhere (WebAssembly without relaxed SIMD, a generic x86-64 build) f64 arithmetic computes the same bits.
//! Uses nothing else.

/// `a · b + c` with one rounding, as IEEE 754's `fusedMultiplyAdd` on binary32.
///
/// The result equals [`f32::mul_add`] for all inputs; a NaN may differ in its payload.
#[inline]
#[must_use]
pub fn mul_add(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_feature = "fma", target_arch = "aarch64")) { a.mul_add(b, c) } else { mul_add_by_f64(a, b, c) }
}

/// [`mul_add`] without the instruction.
///
/// The product of two f32 is exact in f64. The f64 sum is rounded, and rounding it again to f32 can only go wrong
/// when the sum lies exactly halfway between two f32 (its low 29 bits read `1000…0`), or when the f32 is subnormal
/// and keeps fewer bits. Those rare cases are put right on their own.
#[inline]
#[must_use]
pub fn mul_add_by_f64(a: f32, b: f32, c: f32) -> f32 {
    let product = f64::from(a) * f64::from(b);
    let addend = f64::from(c);
    let sum = product + addend;
    if !is_rare(sum) {
        return round_to_f32(sum);
    }
    round_inexact_tie(product, addend, sum)
}

/// [`mul_add`] in N lanes side by side. The lanes are computed together, and one by one only if one of them is a rare case.
#[allow(clippy::inline_always, reason = "the lanes must stay in registers")]
#[inline(always)]
#[must_use]
pub fn mul_add_lanes<const N: usize>(a: [f32; N], b: [f32; N], c: [f32; N]) -> [f32; N] {
    if cfg!(any(target_feature = "fma", target_arch = "aarch64")) || N <= 2 {
        return std::array::from_fn(|i| mul_add(a[i], b[i], c[i]));
    }
    let mut sums = [0.0; N];
    let mut rare = false;
    for i in 0..N {
        sums[i] = f64::from(a[i]) * f64::from(b[i]) + f64::from(c[i]);
        rare |= is_rare(sums[i]);
    }
    if rare {
        return std::array::from_fn(|i| mul_add_by_f64(a[i], b[i], c[i]));
    }
    sums.map(round_to_f32)
}

/// Whether rounding a sum twice, to f64 and then to f32, can go wrong: see [`mul_add_by_f64`].
#[inline]
fn is_rare(sum: f64) -> bool {
    const DROPPED: u64 = (1 << 29) - 1;
    const HALFWAY: u64 = 1 << 28;
    // an exact zero is not rare, but it does not matter
    (sum.to_bits() & DROPPED == HALFWAY) | (sum.abs() < f64::from(f32::MIN_POSITIVE))
}

/// Rounds `product + addend` to f32, where `sum` is its f64 rounding: a sum that was inexact is moved to the odd f64
/// beside it on the side of the exact value, so that the second rounding sees on which side of halfway that lies.
///
/// Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd" (2008).
#[cold]
#[inline(never)]
fn round_inexact_tie(product: f64, addend: f64, sum: f64) -> f32 {
    // Knuth's TwoSum: the exact error of the f64 addition.
    let part = sum - product;
    let error = (product - (sum - part)) + (addend - part);
    let bits = sum.to_bits();
    if error == 0.0 || !error.is_finite() || bits & 1 == 1 {
        return round_to_f32(sum);
    }
    let outward = (error > 0.0) == (sum > 0.0);
    round_to_f32(f64::from_bits(if outward { bits + 1 } else { bits - 1 }))
}

/// Rounds to nearest, ties to even: what `as` does from f64 to f32.
#[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is the purpose")]
#[inline]
fn round_to_f32(x: f64) -> f32 {
    x as f32
}

/// `x`, with a subnormal replaced by the zero of its sign: JAX's CPU runtime computes with subnormals flushed, both
/// as inputs and as results (the processor's "flush to zero" and "denormals are zero" modes).
#[inline]
#[must_use]
pub fn ftz(x: f32) -> f32 {
    if x.abs() < f32::MIN_POSITIVE { 0.0_f32.copysign(x) } else { x }
}

/// `a · b`, flushed as an x86-64 processor flushes it: it judges the product rounded as if exponents had no lower end,
/// so that a product just below 2⁻¹²⁶ is flushed although the subnormal format would round it up to that number.
#[inline]
#[must_use]
pub fn mul_ftz(a: f32, b: f32) -> f32 {
    let product = f64::from(a) * f64::from(b);
    let smallest = f64::from(f32::MIN_POSITIVE) * (1.0 - f64::from(f32::EPSILON) / 4.0);
    if product.abs() < smallest { 0.0_f32.copysign(a) * 1.0_f32.copysign(b) } else { round_to_f32(product) }
}

#[cfg(test)]
#[allow(clippy::float_cmp, clippy::cast_possible_truncation, reason = "bits are compared and taken apart")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lanes_are_the_single_operation() {
        let mut scatter = Scatter(2);
        for i in 0..300_000_u32 {
            let spread = [4, 30, 250][i as usize % 3];
            let mut eight = |short: bool| std::array::from_fn(|_| scatter.number(spread, short));
            let (a, b, c): ([f32; 8], [f32; 8], [f32; 8]) = (eight(i % 2 == 0), eight(i % 3 == 0), eight(i % 5 == 0));
            let lanes = mul_add_lanes(a, b, c);
            assert!((0..8).all(|l| same(lanes[l], a[l].mul_add(b[l], c[l]))), "{a:?} · {b:?} + {c:?}: {lanes:?}");
        }
    }

    /// Equal as numbers and in sign; any NaN equals any NaN.
    fn same(x: f32, y: f32) -> bool {
        x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan())
    }

    /// A multiplicative congruential generator: quick, and good enough to scatter bit patterns.
    struct Scatter(u64);

    impl Scatter {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(0x9E37_79B9_7F4A_7C15);
            (self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 16
        }

        /// A number with an exponent within `spread` of 0 and, for an odd `short`, few significant bits, so that
        /// sums often fall halfway.
        fn number(&mut self, spread: u32, short: bool) -> f32 {
            let r = self.next();
            let exponent = 127 - spread / 2 + (r >> 32) as u32 % spread;
            let kept = if short { 0x807F_F000 } else { 0x807F_FFFF };
            f32::from_bits((r as u32 & kept) | (exponent << 23))
        }
    }

    #[test]
    fn emulation_equals_the_fused_operation_on_scattered_inputs() {
        let mut scatter = Scatter(1);
        for i in 0..6_000_000_u32 {
            let spread = [4, 30, 60, 250][i as usize % 4];
            let short = i % 3 != 0;
            let (a, b, c) =
                (scatter.number(spread, short), scatter.number(spread, short), scatter.number(spread, i % 5 == 0));
            let (got, want) = (mul_add_by_f64(a, b, c), a.mul_add(b, c));
            assert!(same(got, want), "{a:e} · {b:e} + {c:e}: {got:e}, fused {want:e}");
        }
    }

    #[test]
    fn emulation_is_right_where_two_roundings_go_wrong() {
        // a·b lies halfway between two f32 and c is too small to show in an f64 beside it: only its sign decides.
        let (a, tiny) = (1.0 + f32::EPSILON, 2.0_f32.powi(-100));
        let b = 1.0 + f32::EPSILON * 2048.0 * 2048.0 / 2.0;
        for (b, c) in [(b, tiny), (b, -tiny), (1.5, tiny), (1.5, -tiny)] {
            assert!(same(mul_add_by_f64(a, b, c), a.mul_add(b, c)));
        }
        assert_ne!(mul_add_by_f64(a, 1.5, tiny), mul_add_by_f64(a, 1.5, -tiny));
    }

    #[test]
    fn emulation_equals_the_fused_operation_on_special_values() {
        let special = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            f32::from_bits(1),
            -f32::from_bits(1),
            f32::from_bits(0x007F_FFFF),
            f32::MIN_POSITIVE,
            -f32::MIN_POSITIVE,
            f32::MIN_POSITIVE * (1.0 + f32::EPSILON),
            f32::MAX,
            f32::MIN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NAN,
            0.5,
            f32::EPSILON,
            1.0 - f32::EPSILON / 2.0,
        ];
        for a in special {
            for b in special {
                for c in special {
                    assert!(same(mul_add_by_f64(a, b, c), a.mul_add(b, c)), "{a:e} · {b:e} + {c:e}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn emulation_equals_the_fused_operation_on_any_bits(a: u32, b: u32, c: u32) {
            let [a, b, c] = [a, b, c].map(f32::from_bits);
            prop_assert!(same(mul_add_by_f64(a, b, c), a.mul_add(b, c)));
            prop_assert!(same(mul_add(a, b, c), a.mul_add(b, c)));
        }

        #[test]
        fn a_sum_that_cancels_is_exact(a in -1e3_f32..1e3, b in -1e3_f32..1e3) {
            // The rounding error of a product, which an unfused operation would lose.
            let error = mul_add_by_f64(a, b, -(a * b));
            prop_assert!(same(error, a.mul_add(b, -(a * b))));
        }
    }

    #[test]
    fn a_product_just_below_the_smallest_normal_number_is_flushed() {
        let below_one = 1.0 - f32::EPSILON / 2.0;
        assert_eq!(f32::MIN_POSITIVE * below_one, f32::MIN_POSITIVE, "what the subnormal format makes of it");
        assert_eq!(mul_ftz(-f32::MIN_POSITIVE, below_one).to_bits(), (-0.0_f32).to_bits());
        assert_eq!(mul_ftz(f32::MIN_POSITIVE, 1.0), f32::MIN_POSITIVE);
        assert_eq!(mul_ftz(f32::MAX, 2.0), f32::INFINITY);
        assert!(mul_ftz(f32::INFINITY, 0.0).is_nan());
    }

    #[test]
    fn only_subnormals_are_flushed() {
        assert_eq!(ftz(f32::MIN_POSITIVE), f32::MIN_POSITIVE);
        assert_eq!(ftz(f32::from_bits(0x007F_FFFF)).to_bits(), 0);
        assert_eq!(ftz(-f32::from_bits(1)).to_bits(), (-0.0_f32).to_bits());
        assert!(ftz(f32::NAN).is_nan());
        assert_eq!(ftz(f32::NEG_INFINITY), f32::NEG_INFINITY);
    }
}

//! `sin`, `cos` and `pow` in f32 with the bits of the C library that JAX calls for them on Linux.
//!
//! glibc computes these in f64 and rounds once at the end (the algorithms are Arm's Optimized Routines). The same
//! operations are written out here in plain f64 arithmetic, which is the same on every target, so that the host and the
//! browser agree to the last bit whatever their own mathematical libraries do.

#![allow(
    clippy::float_cmp,
    clippy::many_single_char_names,
    reason = "special values are compared exactly, and the names are those of the formulas"
)]

use crate::fma::ftz;

/// Coefficients of cos r, of even powers from 0 to 8, for |r| ≤ π/4.
const COS: [u64; 5] =
    [0x3FF0_0000_0000_0000, 0xBFDF_FFFF_FD0C_621C, 0x3FA5_5553_E106_8F19, 0xBF56_C087_E89A_359D, 0x3EF9_9343_027B_F8C3];
/// Coefficients of sin r, of the powers 3, 5 and 7, for |r| ≤ π/4.
const SIN: [u64; 3] = [0xBFC5_5554_5995_A603, 0x3F81_1076_0523_0BC4, 0xBF29_94EB_3774_CF24];
/// The bits of 4/π, most significant first.
const FOUR_OVER_PI: [u32; 6] = [0xA2F9_836E, 0x4E44_1529, 0xFC27_57D1, 0xF534_DDC0, 0xDB62_9599, 0x3C43_9041];

/// Sine (`jax.lax.sin`); NaN at ±∞.
#[must_use]
pub fn sin(x: f32) -> f32 {
    if x.abs() < f32::from_bits(0x3980_0000) {
        return x;
    }
    if !x.is_finite() {
        return f32::NAN;
    }
    let (r, quadrant) = reduce(x);
    sine_of_quadrant(r, quadrant)
}

/// Cosine (`jax.lax.cos`); NaN at ±∞.
#[must_use]
pub fn cos(x: f32) -> f32 {
    let x = ftz(x);
    if x.abs() < f32::from_bits(0x3980_0000) {
        return 1.0;
    }
    if !x.is_finite() {
        return f32::NAN;
    }
    let (r, quadrant) = reduce(x);
    sine_of_quadrant(r, quadrant + 1)
}

/// x = r + quadrant · π/2 with |r| ≤ π/4 (or a little above).
fn reduce(x: f32) -> (f64, i64) {
    // The comparisons are of the exponent and the three leading bits after it, as glibc makes them.
    let top = (x.to_bits() >> 20) & 0x7FF;
    if top < std::f32::consts::FRAC_PI_4.to_bits() >> 20 {
        (f64::from(x), 0)
    } else if top < 120.0_f32.to_bits() >> 20 {
        reduce_small(f64::from(x))
    } else {
        let (r, quadrant) = reduce_large(x.to_bits());
        if x < 0.0 { (-r, -quadrant) } else { (r, quadrant) }
    }
}

/// [`reduce`] for |x| < 120, by one multiplication with π/2.
///
/// The library fuses it with the subtraction. Here the head of π/2 is short enough for its product and the first
/// difference to be exact, so that only the last difference is rounded: the same result, with no fused operation.
fn reduce_small(x: f64) -> (f64, i64) {
    /// 2²⁴ · 2/π
    const SCALED_TWO_OVER_PI: f64 = f64::from_bits(0x4164_5F30_6DC9_C883);
    const HALF_PI_HEAD: f64 = f64::from_bits(0x3FF9_21FB_5444_2D00);
    const HALF_PI_TAIL: f64 = f64::from_bits(0x3FF9_21FB_5444_2D18) - HALF_PI_HEAD;
    let scaled = x * SCALED_TWO_OVER_PI;
    #[allow(clippy::cast_possible_truncation, reason = "|x| < 128, so that the scaled quotient is below 2³¹")]
    let quadrant = ((scaled as i32).wrapping_add(0x80_0000)) >> 24;
    let n = f64::from(quadrant);
    ((x - n * HALF_PI_HEAD) - n * HALF_PI_TAIL, i64::from(quadrant))
}

/// [`reduce`] for any finite |x| ≥ 2, from its bits: x · 4/π modulo 8 in integers (Payne and Hanek).
fn reduce_large(bits: u32) -> (f64, i64) {
    /// π · 2⁻⁶⁴, the size of one unit of the fraction below times π/2.
    const PI_63: u64 = 0x3C19_21FB_5444_2D18;
    let first = 8 * ((bits >> 26) & 15);
    let x = ((bits & 0x00FF_FFFF) | 0x0080_0000) << ((bits >> 23) & 7);
    let high = x.wrapping_mul(four_over_pi(first));
    let middle = u64::from(x) * u64::from(four_over_pi(first + 32));
    let low = u64::from(x) * u64::from(four_over_pi(first + 64));
    let product = ((u64::from(high) << 32) | (low >> 32)).wrapping_add(middle);
    let quadrant = product.wrapping_add(1 << 61) >> 62;
    let fraction = product.wrapping_sub(quadrant << 62).cast_signed();
    #[allow(clippy::cast_precision_loss, reason = "rounded to f64 as the C library rounds it")]
    let r = fraction as f64 * f64::from_bits(PI_63);
    (r, quadrant.cast_signed())
}

/// The 32 bits of 4/π that end `8 + offset` bits after its leading bit; zeros stand before the leading one.
fn four_over_pi(offset: u32) -> u32 {
    let end = offset + 8;
    let (word, bit) = ((end / 32) as usize, end % 32);
    let previous = if word == 0 { 0 } else { FOUR_OVER_PI[word - 1] };
    let next = FOUR_OVER_PI.get(word).copied().unwrap_or(0);
    if bit == 0 { previous } else { (previous << bit) | (next >> (32 - bit)) }
}

/// sin(r + quadrant · π/2) for |r| ≤ π/4.
fn sine_of_quadrant(r: f64, quadrant: i64) -> f32 {
    rounded(|fma| {
        let r2 = r * r;
        let negative = quadrant & 2 != 0;
        if quadrant & 1 == 0 {
            let r = if negative { -r } else { r };
            let [c3, c5, c7] = SIN.map(f64::from_bits);
            let r3 = r * r2;
            let tail = fma(r2, c7, c5);
            let head = fma(r3, c3, r);
            fma(r3 * r2, tail, head)
        } else {
            let sign = if negative { -1.0 } else { 1.0 };
            let [c0, c2, c4, c6, c8] = COS.map(|bits| sign * f64::from_bits(bits));
            let r4 = r2 * r2;
            let tail = fma(r2, c8, c6);
            let head = fma(r4, c4, fma(r2, c2, c0));
            fma(r4 * r2, tail, head)
        }
    })
}

/// The f32 nearest to a result that the library computes in f64 with fused multiply-adds.
///
/// Without the instruction a fused f64 operation is slow, and here it seldom matters: `compute` is first given an
/// unfused one, whose result differs by less than 2⁻³⁶ of its size. Only where that could change the rounding to f32,
/// once in some 4,000 results, or where the result is near the subnormal numbers, is it computed again as the library does.
fn rounded(compute: impl Fn(fn(f64, f64, f64) -> f64) -> f64) -> f32 {
    const DROPPED: u64 = (1 << 29) - 1;
    const HALFWAY: u64 = 1 << 28;
    const DOUBT: u64 = 1 << (52 - 36);
    let quick = compute(|a, b, c| a * b + c);
    let beside_halfway = (quick.to_bits() & DROPPED).abs_diff(HALFWAY) <= DOUBT;
    let exact =
        if beside_halfway || quick.abs() < 2.0 * f64::from(f32::MIN_POSITIVE) { compute(f64::mul_add) } else { quick };
    #[allow(clippy::cast_possible_truncation, reason = "the one rounding to f32")]
    let rounded = exact as f32;
    rounded
}

/// (1/c, log₂ c) for a point c in each of 16 parts of [0.699…, 1.398…).
const LOG2_TABLE: [(u64, u64); 16] = [
    (0x3FF6_61EC_79F8_F3BE, 0xBFDE_FEC6_5B96_3019),
    (0x3FF5_71ED_4AAF_883D, 0xBFDB_0B68_32D4_FCA4),
    (0x3FF4_9539_F0F0_10B0, 0xBFD7_418B_0A1F_B77B),
    (0x3FF3_C995_B0B8_0385, 0xBFD3_9DE9_1A6D_CF7B),
    (0x3FF3_0D19_0C88_64A5, 0xBFD0_1D9B_F3F2_B631),
    (0x3FF2_5E22_7B0B_8EA0, 0xBFC9_7C1D_1B3B_7AF0),
    (0x3FF1_BB4A_4A1A_343F, 0xBFC2_F9E3_93AF_3C9F),
    (0x3FF1_2358_F08A_E5BA, 0xBFB9_60CB_BF78_8D5C),
    (0x3FF0_953F_4199_00A7, 0xBFAA_6F9D_B647_5FCE),
    (0x3FF0_0000_0000_0000, 0x0000_0000_0000_0000),
    (0x3FEE_608C_FD9A_47AC, 0x3FB3_38CA_9F24_F53D),
    (0x3FEC_A4B3_1F02_6AA0, 0x3FC4_76A9_5438_91BA),
    (0x3FEB_2036_576A_FCE6, 0x3FCE_840B_4AC4_E4D2),
    (0x3FE9_C2D1_63A1_AA2D, 0x3FD4_0645_F0C6_651C),
    (0x3FE8_86E6_0378_41ED, 0x3FD8_8E9C_2C1B_9FF8),
    (0x3FE7_67DC_F553_4862, 0x3FDC_E0A4_4EB1_7BCC),
];
/// Coefficients of log₂(1 + r), of the powers from 5 down to 1.
const LOG2: [u64; 5] =
    [0x3FD2_7616_C949_6E0B, 0xBFD7_1969_A075_C67A, 0x3FDE_C70A_6CA7_BADD, 0xBFE7_1547_48BE_F6C8, 0x3FF7_1547_652A_B82B];
/// Coefficients of 2ʳ, of the powers from 3 down to 1.
const EXP2: [u64; 3] = [0x3FAC_6AF8_4B91_2394, 0x3FCE_BFCE_50FA_C4F3, 0x3FE6_2E42_FF0C_52D6];
/// 2^(i/32) for i from 0 to 31.
const EXP2_TABLE: [u64; 32] = [
    0x3FF0_0000_0000_0000,
    0x3FF0_59B0_D315_8574,
    0x3FF0_B558_6CF9_890F,
    0x3FF1_1301_D012_5B51,
    0x3FF1_72B8_3C7D_517B,
    0x3FF1_D487_3168_B9AA,
    0x3FF2_387A_6E75_6238,
    0x3FF2_9E9D_F51F_DEE1,
    0x3FF3_06FE_0A31_B715,
    0x3FF3_71A7_373A_A9CB,
    0x3FF3_DEA6_4C12_3422,
    0x3FF4_4E08_6061_892D,
    0x3FF4_BFDA_D536_2A27,
    0x3FF5_342B_569D_4F82,
    0x3FF5_AB07_DD48_5429,
    0x3FF6_247E_B03A_5585,
    0x3FF6_A09E_667F_3BCD,
    0x3FF7_1F75_E8EC_5F74,
    0x3FF7_A114_73EB_0187,
    0x3FF8_2589_994C_CE13,
    0x3FF8_ACE5_422A_A0DB,
    0x3FF9_3737_B0CD_C5E5,
    0x3FF9_C491_82A3_F090,
    0x3FFA_5503_B23E_255D,
    0x3FFA_E89F_995A_D3AD,
    0x3FFB_7F76_F2FB_5E47,
    0x3FFC_199B_DD85_529C,
    0x3FFC_B720_DCEF_9069,
    0x3FFD_5818_DCFB_A487,
    0x3FFD_FC97_337B_9B5F,
    0x3FFE_A4AF_A2A4_90DA,
    0x3FFF_5076_5B6E_4540,
];

/// x to the power y (`jax.lax.pow`): NaN for a negative x and a y that is not whole.
#[must_use]
pub fn pow(x: f32, y: f32) -> f32 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f32::NAN;
    }
    let sign = if x.is_sign_negative() && is_odd(y) { -1.0 } else { 1.0 };
    if y.is_infinite() {
        return match x.abs() {
            1.0 => 1.0,
            size if (size < 1.0) == (y < 0.0) => f32::INFINITY,
            _ => 0.0,
        };
    }
    if x == 0.0 || x.is_infinite() {
        return if (x == 0.0) == (y < 0.0) { sign * f32::INFINITY } else { sign * 0.0 };
    }
    if x < 0.0 && y.trunc() != y {
        return f32::NAN;
    }
    let (size, y) = (x.abs(), f64::from(ftz(y)));
    sign * ftz(rounded(|fma| exp2(y * log2(size, fma), fma)))
}

/// Whether `y` is an odd integer.
fn is_odd(y: f32) -> bool {
    y.trunc() == y && (y % 2.0).abs() == 1.0
}

/// Base-2 logarithm of a positive number; that of a subnormal is −150, which is what the library makes of one on a
/// processor that flushes it while it is being scaled up.
fn log2(x: f32, fma: fn(f64, f64, f64) -> f64) -> f64 {
    /// The bits of 1/c that make its product with an f32 exact.
    const HEAD: u64 = !0 << 25;
    if x < f32::MIN_POSITIVE {
        return -150.0;
    }
    let offset = x.to_bits().wrapping_sub(0x3F33_0000);
    let part = (offset >> 19) as usize & 15;
    let z = f64::from(f32::from_bits(x.to_bits().wrapping_sub(offset & 0xFF80_0000)));
    let (inverse, log) = LOG2_TABLE[part];
    let head = f64::from_bits(inverse & HEAD);
    let tail = f64::from_bits(inverse) - head;
    // z/c − 1 with one rounding: both products and the first difference are exact.
    let r = (z * head - 1.0) + z * tail;
    let [c5, c4, c3, c2, c1] = LOG2.map(f64::from_bits);
    let whole = f64::from_bits(log) + f64::from(offset.cast_signed() >> 23);
    let r2 = r * r;
    let high = fma(c5, r, c4);
    let middle = fma(c3, r, c2);
    let low = fma(c1, r, whole);
    fma(high, r2 * r2, fma(middle, r2, low))
}

/// 2ᵗ; infinite or 0 where that leaves the range of f32.
fn exp2(t: f64, fma: fn(f64, f64, f64) -> f64) -> f64 {
    /// Adding this leaves t in units of 1/32 in the low bits.
    const SHIFT: f64 = 6_755_399_441_055_744.0 / 32.0;
    if t >= 128.0 {
        return f64::INFINITY;
    }
    if t <= -150.0 {
        return 0.0;
    }
    let shifted = t + SHIFT;
    let r = t - (shifted - SHIFT);
    let units = shifted.to_bits();
    let part = units & 31;
    let scale = f64::from_bits(EXP2_TABLE[part as usize].wrapping_add((units.wrapping_sub(part)) << 47));
    let [c3, c2, c1] = EXP2.map(f64::from_bits);
    fma(fma(c3, r, c2), r * r, fma(c1, r, 1.0)) * scale
}

//! `exp`, `log`, `log1p`, `tanh`, `sqrt`, `erf` and `erf_inv` in f32 with the bits of JAX's CPU kernels.
//!
//! JAX's compiler (XLA) writes each of these as a polynomial or a rational function in f32, and its code generator
//! fuses every product that meets a sum. The functions below do the same operations in the same order, in f32 and
//! [`mul_add`], and use no platform library, so that every target computes the same bits. Compared with jax 0.10.2 on
//! an x86-64 host with FMA, over all 2³² bit patterns each, they are equal everywhere (any NaN counting as equal to any
//! other). One exception is known: of an array with 3, 5, 6, 7, 11, 13, 14 or 15 elements JAX computes `exp` and `log` of
//! the last 3, 5, 6 or 7 with other roundings, which differ by one unit in the last place in 6 % of the values.
//! The coefficients are Cephes's for `exp` and `log`, Eigen's for `tanh`, and XLA's for the rest.
//!
//! As on that host, a subnormal input counts as zero (see [`ftz`]). `sin`, `cos` and `pow`, which JAX takes from the C
//! library, are in [`crate::libm32`].

#![allow(
    clippy::float_cmp,
    clippy::many_single_char_names,
    reason = "special values are compared exactly, and the names are those of the formulas"
)]

use crate::fma::{ftz, mul_add, mul_ftz};

/// ln 2 in two parts: a head with few bits, so that its product with an exponent is exact, and the rest.
const LN2_HEAD: f32 = f32::from_bits(0x3F31_8000);
const LN2_TAIL: f32 = f32::from_bits(0xB95E_8083);

/// 1/√x as JAX's compiler computes it for a single number: two of Newton's steps from the processor's approximation (`rsqrtss`), which has 12 bits.
///
/// The approximation is that of Intel's processors, which is the reciprocal root of the middle of one of 2048 intervals between 1 and 4, rounded to 12 bits behind
/// the point of its binade. (All 2048 were compared on a processor of 2023.) Processors of other makers approximate in another way, and the last bit
/// may differ. Zeros and subnormal numbers have infinities, negative numbers NaN.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "what is rounded to 13 bits is an f32")]
pub fn rsqrt(x: f32) -> f32 {
    const INTERVAL: u32 = 1 << 13;
    /// Bits of an f64 behind the twelve that are kept.
    const DROPPED: u64 = 1 << 40;
    if x.abs() < f32::MIN_POSITIVE {
        return f32::INFINITY.copysign(x);
    }
    if !(x > 0.0 && x.is_finite()) {
        return if x == f32::INFINITY { 0.0 } else { f32::NAN };
    }
    let middle = f32::from_bits(x.to_bits() & !(INTERVAL - 1) | (INTERVAL / 2));
    let root = 1.0 / f64::from(middle).sqrt();
    let rounded = f64::from_bits((root.to_bits() + DROPPED / 2) & !(DROPPED - 1)) as f32;
    (0..2).fold(rounded, |y, _| mul_add(0.5 * y, mul_add(-(x * y), y, 1.0), y))
}

/// Horner's rule for coefficients in order of falling power, given by their bits; each step is fused.
#[inline]
fn horner(x: f32, leading: f32, rest: &[u32]) -> f32 {
    rest.iter().fold(leading, |sum, &bits| mul_add(sum, x, f32::from_bits(bits)))
}

/// eˣ (`jax.lax.exp`): +∞ from x ≈ 88.72 on, 0 below x ≈ −87.68.
#[must_use]
pub fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = f32::from_bits(0x3FB8_AA3B);
    // Written so that a NaN passes through, which `clamp` promises too.
    let x = x.clamp(-87.8, 88.8);
    let n = mul_add(x, LOG2_E, 0.5).floor().clamp(-127.0, 127.0);
    let r = mul_add(-n, LN2_HEAD, x);
    let r = mul_add(-n, LN2_TAIL, r);
    let p = horner(r, f32::from_bits(0x3950_6967), &[0x3AB7_43CE, 0x3C08_8908, 0x3D2A_A9C1, 0x3E2A_AAAA, 0x3F00_0000]);
    let p = mul_add(p, r * r, r) + 1.0;
    // 2ⁿ by its bits; n = −127 makes 0.
    #[allow(clippy::cast_possible_truncation, reason = "n is an integer of at most 127 in size, or a NaN")]
    let power = f32::from_bits(((n as i32 + 127) << 23).cast_unsigned());
    ftz(p * power)
}

/// Natural logarithm (`jax.lax.log`): −∞ at 0, NaN below 0.
#[must_use]
pub fn log(x: f32) -> f32 {
    const SQRT_HALF: f32 = f32::from_bits(0x3F35_04F3);
    let x = ftz(x);
    if x == 0.0 {
        return f32::NEG_INFINITY;
    }
    if x.is_nan() || x < 0.0 {
        return f32::NAN;
    }
    if x == f32::INFINITY {
        return x;
    }
    // x = 2ᵉ · (1 + m) with 1 + m from √½ up to √2.
    let exponent = i16::try_from(x.to_bits() >> 23).unwrap_or(i16::MAX);
    let mut e = f32::from(exponent - 127) + 1.0;
    let mantissa = f32::from_bits((x.to_bits() & 0x807F_FFFF) | 0x3F00_0000);
    let mut m = mantissa - 1.0;
    if mantissa < SQRT_HALF {
        e -= 1.0;
        m += mantissa;
    }
    let m2 = m * m;
    let m3 = m2 * m;
    let a = horner(m, f32::from_bits(0x3D90_21BB), &[0xBDEB_D1B8, 0x3DEF_251A]);
    let b = horner(m, f32::from_bits(0xBDFE_5D4F), &[0x3E11_E9BF, 0xBE2A_AE50]);
    let c = horner(m, f32::from_bits(0x3E4C_CEAC), &[0xBE7F_FFFC, 0x3EAA_AAAA]);
    let p = mul_add(mul_add(a, m3, b), m3, c);
    let p = mul_add(p, m3, e * LN2_TAIL);
    let q = mul_add(m2, -0.5, m);
    mul_add(e, LN2_HEAD, q + p)
}

/// log(1 + x) (`jax.lax.log1p`): −∞ at −1, NaN below −1.
#[must_use]
pub fn log1p(x: f32) -> f32 {
    const SMALL: f32 = f32::from_bits(0x3ED4_13CD);
    let x = ftz(x);
    if x.abs() >= SMALL || x.is_nan() {
        return log(x + 1.0);
    }
    // x − x²/2 + x³ · n(x)/d(x)
    let numerator =
        horner(x, 4.527e-5, &[0x3EFF_40C5, 0x40D2_84FA, 0x41EF_4B9C, 0x4273_CC76, 0x4264_73AD, 0x41A0_5101]);
    let denominator = horner(x, 1.0, &[0x4171_01AD, 0x42A6_185B, 0x435D_C32D, 0x439A_8CA3, 0x4358_6D8A, 0x4270_7982]);
    let x2 = ftz(x * x);
    let cubic = ftz(ftz(x * x2) * (numerator / denominator));
    x + ftz(mul_add(x2, -0.5, cubic))
}

/// Below this size [`tanh`] is its argument.
pub const TANH_TINY: f32 = 4e-4;
/// From this size on [`tanh`] is 1 or −1.
pub const TANH_LARGE: f32 = 20.0;
/// Arguments of a larger size count as this in the rational function.
pub const TANH_LIMIT: f32 = f32::from_bits(0x40FF_F644);
/// Its numerator divided by the argument, in powers of the argument's square, by the bits of the coefficients in order of falling power.
pub const TANH_NUMERATOR: [u32; 7] =
    [0xA59F_25C0, 0x2A61_337E, 0xAEBD_37FF, 0x335C_0041, 0x3779_434A, 0x3A27_0DED, 0x3BA0_59DC];
/// Its denominator, likewise.
pub const TANH_DENOMINATOR: [u32; 4] = [0x35A0_D3D8, 0x38F8_95D6, 0x3B14_AA05, 0x3BA0_59DD];

/// Hyperbolic tangent (`jax.lax.tanh`).
#[must_use]
pub fn tanh(x: f32) -> f32 {
    if x.abs() < TANH_TINY {
        return x;
    }
    if x.abs() >= TANH_LARGE {
        return 1.0_f32.copysign(x);
    }
    let c = x.clamp(-TANH_LIMIT, TANH_LIMIT);
    let c2 = c * c;
    let numerator = horner(c2, f32::from_bits(TANH_NUMERATOR[0]), &TANH_NUMERATOR[1..]);
    let denominator = horner(c2, f32::from_bits(TANH_DENOMINATOR[0]), &TANH_DENOMINATOR[1..]);
    c * numerator / denominator
}

/// Square root (`jax.lax.sqrt`): correctly rounded; NaN below 0.
#[must_use]
pub fn sqrt(x: f32) -> f32 {
    ftz(x).sqrt()
}

/// The error function 2/√π · ∫₀ˣ exp(−t²) dt (`jax.lax.erf`).
#[must_use]
pub fn erf(x: f32) -> f32 {
    const LIMIT: f32 = f32::from_bits(0x4075_47CB);
    let x = ftz(x);
    if x.abs() >= LIMIT {
        return 1.0_f32.copysign(x);
    }
    let x2 = x * x;
    let numerator = horner(x2, f32::from_bits(0x3970_2D51), &[0x3B5F_5DA2, 0x3D50_B6EB, 0x3E3D_A740, 0x3F90_6EBA]);
    let denominator = horner(
        x2,
        f32::from_bits(0xB3FD_3906),
        &[0x37C5_88DF, 0x3A85_6D28, 0x3C66_87D4, 0x3DE3_4C21, 0x3EFE_B44A, 0x3F80_0000],
    );
    ftz(x * numerator / denominator)
}

/// The inverse of [`erf`] (`jax.lax.erf_inv`): ±∞ at ±1, NaN outside.
///
/// M. Giles, "Approximating the erfinv function" (2010), in single precision.
#[must_use]
pub fn erf_inv(x: f32) -> f32 {
    let x = ftz(x);
    if x.abs() == 1.0 {
        return x * f32::INFINITY;
    }
    let w = -log1p(ftz(x * -x));
    let p = if w < 5.0 {
        horner(
            w - 2.5,
            f32::from_bits(0x32F1_6588),
            &[0x34B8_4B36, 0xB66C_7357, 0xB693_5AC1, 0x3965_32DB, 0xBAA4_5408, 0xBB88_E4EF, 0x3E7C_8F63, 0x3FC0_2E2F],
        )
    } else {
        horner(
            w.sqrt() - 3.0,
            f32::from_bits(0xB951_F09B),
            &[0x38D3_B56B, 0x3AB0_DC72, 0xBB70_BDE7, 0x3BBC_127B, 0xBBF9_C5D7, 0x3C1A_A57E, 0x3F80_36DB, 0x4035_4F7E],
        )
    };
    mul_ftz(p, x)
}

#[cfg(test)]
mod tests {
    use super::rsqrt;

    #[test]
    fn reciprocal_roots_are_those_of_jax() {
        // jax.jit(lambda x: 1.0 / jnp.sqrt(x)) of single numbers, jax 0.10.2, on an Intel processor
        const RECORDED: [(u32, u32); 48] = [
            (0x3F3A4BF1, 0x3F960C0B),
            (0x3FE7991D, 0x3F3E5123),
            (0x438FBBDC, 0x3D71951E),
            (0x468658BC, 0x3BF9E14B),
            (0x385C25DC, 0x430A079E),
            (0x3A6F3FC3, 0x420467B7),
            (0x4534795D, 0x3C9872C3),
            (0x474C1037, 0x3B8F5DCE),
            (0x3B286041, 0x419DD482),
            (0x3C7388AE, 0x41033C34),
            (0x455CA4D5, 0x3C89DFE1),
            (0x3D810D35, 0x407EF471),
            (0x3C649F23, 0x41077295),
            (0x448CE599, 0x3CF400A4),
            (0x3C4C1806, 0x410F5B10),
            (0x3DC373A6, 0x404F2B50),
            (0x4265BAF8, 0x3E071ECF),
            (0x4027F5E7, 0x3F1E0672),
            (0x38F316E1, 0x42B9C3A1),
            (0x381127EC, 0x4329FC5B),
            (0x448ADFF0, 0x3CF5C5C3),
            (0x43AFB98B, 0x3D5A7D0A),
            (0x4540C288, 0x3C938293),
            (0x403C42A9, 0x3F15432E),
            (0x45362769, 0x3C97BE63),
            (0x3D09AA85, 0x40AE8C73),
            (0x3F7F76DD, 0x3F802257),
            (0x447C5205, 0x3D00EE11),
            (0x39439FC2, 0x42926D1C),
            (0x3C3CE360, 0x411503A0),
            (0x39442E89, 0x429237CA),
            (0x3F0AAC44, 0x3FADE9F1),
            (0x46B3E087, 0x3BD7F3B1),
            (0x3A4A8698, 0x420FE8DD),
            (0x3E24DE37, 0x401F8019),
            (0x3DF72204, 0x40383CFB),
            (0x461D47C8, 0x3C234D6C),
            (0x3B6AC81B, 0x4185A8AD),
            (0x4073561B, 0x3F0349D7),
            (0x3C04B259, 0x4131C977),
            (0x382DBBD6, 0x431B609E),
            (0x43FB990C, 0x3D36989A),
            (0x38321B09, 0x43197565),
            (0x3C00E103, 0x413466A8),
            (0x3F0B30DB, 0x3FAD9708),
            (0x3F6AEEC4, 0x3F859DAE),
            (0x38D73A80, 0x42C56BF9),
            (0x4737A6E5, 0x3B971FA2),
        ];
        for (x, y) in RECORDED {
            assert_eq!(rsqrt(f32::from_bits(x)).to_bits(), y, "{x:08X}");
        }
        assert_eq!(
            [0.0, f32::INFINITY, -0.0, 1e-40].map(rsqrt),
            [f32::INFINITY, 0.0, f32::NEG_INFINITY, f32::INFINITY]
        );
        assert!(rsqrt(-1.0).is_nan() && rsqrt(f32::NAN).is_nan());
    }
}

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

/// Hyperbolic tangent (`jax.lax.tanh`).
#[must_use]
pub fn tanh(x: f32) -> f32 {
    const LIMIT: f32 = f32::from_bits(0x40FF_F644);
    if x.abs() < 4e-4 {
        return x;
    }
    if x.abs() >= 20.0 {
        return 1.0_f32.copysign(x);
    }
    let c = x.clamp(-LIMIT, LIMIT);
    let c2 = c * c;
    let numerator = horner(
        c2,
        f32::from_bits(0xA59F_25C0),
        &[0x2A61_337E, 0xAEBD_37FF, 0x335C_0041, 0x3779_434A, 0x3A27_0DED, 0x3BA0_59DC],
    );
    let denominator = horner(c2, f32::from_bits(0x35A0_D3D8), &[0x38F8_95D6, 0x3B14_AA05, 0x3BA0_59DD]);
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

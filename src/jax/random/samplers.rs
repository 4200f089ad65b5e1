//! Draws from the usual distributions, into memory of the caller's.
//!
//! Number `i` of a draw depends on the key and on `i` alone, so that a longer draw begins with the shorter one.

use super::super::fma::{ftz, mul_add};
use super::super::special::{erf, erf_inv};
use super::key_log::consumed;
use super::permutation::{self, PermutationScratch};
use super::{Key, split_pair, threefry};

/// √2 and 1/√2 as f32.
const SQRT_2: f32 = std::f32::consts::SQRT_2;
const SQRT_HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// Random 32-bit words (`jax.random.bits`).
pub fn bits_into(key: Key, out: &mut [u32]) {
    consumed(key, "bits");
    fill(key, out, |bits| bits);
}

/// Numbers spread evenly over [`low`, `high`) (`jax.random.uniform`); `low` alone if `high` is not above it.
pub fn uniform_into(key: Key, low: f32, high: f32, out: &mut [f32]) {
    consumed(key, "uniform");
    let span = high - low;
    fill(key, out, |bits| uniform_from(bits, low, span));
}

/// Numbers from the standard normal distribution (`jax.random.normal`): √2 · erf⁻¹(u) for u even over (−1, 1).
pub fn normal_into(key: Key, out: &mut [f32]) {
    consumed(key, "normal");
    let low = (-1.0_f32).next_up();
    fill(key, out, |bits| erf_inv(uniform_from(bits, low, 1.0 - low)) * SQRT_2);
}

/// Numbers from the standard normal distribution, given that they lie in (`lower`, `upper`)
/// (`jax.random.truncated_normal`).
pub fn truncated_normal_into(key: Key, lower: f32, upper: f32, out: &mut [f32]) {
    consumed(key, "truncated_normal");
    let low = erf(lower * SQRT_HALF);
    let span = erf(upper * SQRT_HALF) - low;
    let (smallest, largest) = (lower.next_up(), upper.next_down());
    fill(key, out, |bits| {
        let x = erf_inv(uniform_from(bits, low, span)) * SQRT_2;
        ftz(minimum(maximum(x, smallest), largest))
    });
}

/// Whole numbers from `low` up to but not including `high` (`jax.random.randint` of `int32`); `low` alone if `high` is
/// not above it.
pub fn randint_into(key: Key, low: i32, high: i32, out: &mut [i32]) {
    consumed(key, "randint");
    let (upper_key, lower_key) = split_pair(key);
    let span = if high <= low { 1 } else { high.wrapping_sub(low).cast_unsigned() };
    // 2³² modulo the span.
    let half = 65_536 % span;
    let multiplier = half.wrapping_mul(half) % span;
    for (chunk, first) in out.chunks_mut(threefry::LANES).zip((0..).step_by(threefry::LANES)) {
        let upper = threefry::bits_from(upper_key.words(), first);
        let lower = threefry::bits_from(lower_key.words(), first);
        for ((out, upper), lower) in chunk.iter_mut().zip(upper).zip(lower) {
            let offset = (upper % span).wrapping_mul(multiplier).wrapping_add(lower % span) % span;
            *out = low.wrapping_add_unsigned(offset);
        }
    }
}

/// The numbers from 0 to `n` − 1 in random order (`jax.random.permutation(key, n)`), in place of what `out` held.
///
/// Allocates only where `out` or `scratch` were never this long. `n` is at most 2³².
pub fn permutation_into(key: Key, n: usize, out: &mut Vec<u32>, scratch: &mut PermutationScratch) {
    consumed(key, "permutation");
    out.clear();
    out.extend((0..=u32::MAX).take(n));
    permutation::shuffle(key, out, scratch);
}

/// Fills `out` with a function of each draw's random bits.
#[inline]
fn fill<T>(key: Key, out: &mut [T], from_bits: impl Fn(u32) -> T) {
    for (chunk, first) in out.chunks_mut(threefry::LANES).zip((0..).step_by(threefry::LANES)) {
        for (out, bits) in chunk.iter_mut().zip(threefry::bits_from(key.words(), first)) {
            *out = from_bits(bits);
        }
    }
}

/// A number in [`low`, `low` + `span`) from 23 of the random bits.
#[inline]
fn uniform_from(bits: u32, low: f32, span: f32) -> f32 {
    let unit = f32::from_bits((bits >> 9) | 1.0_f32.to_bits()) - 1.0;
    maximum(ftz(mul_add(unit, span, low)), low)
}

/// The larger number, or NaN if either is one (`jax.lax.max`).
#[inline]
fn maximum(x: f32, y: f32) -> f32 {
    if x.is_nan() || x > y { x } else { y }
}

/// The smaller number, or NaN if either is one (`jax.lax.min`).
#[inline]
fn minimum(x: f32, y: f32) -> f32 {
    if x.is_nan() || x < y { x } else { y }
}

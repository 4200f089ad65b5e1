//! Draws from the usual distributions, into memory of the caller's.
//!
//! Number `i` of a draw depends on the key and on `i` alone, so that a longer draw begins with the shorter one.

use thetahat_kernels::threefry;

use super::super::fma::{ftz, mul_add};
use super::super::special::{erf, erf_inv};
use super::key_log::consumed;
use super::permutation::{self, PermutationScratch};
use super::{Key, split_pair};

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
    for (chunk, group) in out.chunks_mut(threefry::GROUP).zip(0..) {
        let upper = threefry::bits_of_group(upper_key.words(), group);
        let lower = threefry::bits_of_group(lower_key.words(), group);
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
    for (chunk, group) in out.chunks_mut(threefry::GROUP).zip(0..) {
        for (out, bits) in chunk.iter_mut().zip(threefry::bits_of_group(key.words(), group)) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(n: usize, fill: impl FnOnce(&mut [f32])) -> Vec<f32> {
        let mut out = vec![f32::NAN; n];
        fill(&mut out);
        out
    }

    proptest! {
        #[test]
        fn a_longer_draw_begins_with_the_shorter_one(words: [u32; 2], short in 0_usize..200, more in 0_usize..200) {
            let key = Key::from_words(words);
            let all = drawn(short + more, |out| normal_into(key, out));
            prop_assert_eq!(&drawn(short, |out| normal_into(key, out)), &all[..short]);
        }

        #[test]
        fn uniform_draws_stay_in_their_range(words: [u32; 2], low in -1e6_f32..1e6, span in 1e-3_f32..1e6) {
            let high = low + span;
            for x in drawn(100, |out| uniform_into(Key::from_words(words), low, high, out)) {
                // Rounding can reach the upper end, in JAX as here.
                prop_assert!((low..=high).contains(&x), "{x} outside [{low}, {high})");
            }
        }

        #[test]
        fn truncated_draws_stay_inside(words: [u32; 2], lower in -4.0_f32..3.0, span in 0.01_f32..3.0) {
            let upper = lower + span;
            for x in drawn(100, |out| truncated_normal_into(Key::from_words(words), lower, upper, out)) {
                prop_assert!(lower < x && x < upper, "{x} outside ({lower}, {upper})");
            }
        }

        #[test]
        fn whole_numbers_stay_in_their_range(words: [u32; 2], low: i32, high: i32) {
            let mut out = [0; 50];
            randint_into(Key::from_words(words), low, high, &mut out);
            for x in out {
                prop_assert!(x == low || (low..high).contains(&x), "{x} outside [{low}, {high})");
            }
        }

        #[test]
        fn a_permutation_holds_every_number_once(words: [u32; 2], lengths in prop::collection::vec(0_usize..3000, 1..4)) {
            // One scratch and one vector for all lengths: what they held before must not matter.
            let (mut order, mut scratch) = (Vec::new(), PermutationScratch::default());
            for n in lengths {
                permutation_into(Key::from_words(words), n, &mut order, &mut scratch);
                let mut sorted = order.clone();
                sorted.sort_unstable();
                prop_assert!(sorted.into_iter().eq((0..).take(n)));
            }
        }
    }

    #[test]
    fn a_bound_that_is_no_number_gives_no_number() {
        assert!(drawn(5, |out| uniform_into(Key::from_words([0, 1]), f32::NAN, 1.0, out)).iter().all(|x| x.is_nan()));
        assert!(
            drawn(5, |out| truncated_normal_into(Key::from_words([0, 1]), -1.0, f32::NAN, out))
                .iter()
                .all(|x| x.is_nan())
        );
    }

    #[test]
    fn normal_draws_have_the_moments_of_their_distribution() {
        let draws = drawn(100_000, |out| normal_into(Key::from_words([0, 7]), out));
        let moment = |power: i32| draws.iter().map(|&x| f64::from(x).powi(power)).sum::<f64>() / 1e5;
        // Within five standard errors.
        assert!(moment(1).abs() < 5.0 / 316.0);
        assert!((moment(2) - 1.0).abs() < 5.0 * 2.0_f64.sqrt() / 316.0);
        assert!((moment(4) - 3.0).abs() < 5.0 * 96.0_f64.sqrt() / 316.0);
    }
}

//! The draws of [`super`], as arrays of a given shape.

use super::super::Array;
use super::{
    Key, PermutationScratch, bits_into, normal_into, permutation_into, randint_into, truncated_normal_into,
    uniform_into,
};

/// Random 32-bit words of this shape (`jax.random.bits`).
#[must_use]
pub fn bits(key: Key, shape: &[usize]) -> Array {
    let mut out = vec![0; shape.iter().product()];
    bits_into(key, &mut out);
    Array::from_u32(&out, shape)
}

/// Numbers spread evenly over [`low`, `high`), of this shape (`jax.random.uniform`).
#[must_use]
pub fn uniform(key: Key, shape: &[usize], low: f32, high: f32) -> Array {
    draw(shape, |out| uniform_into(key, low, high, out))
}

/// Numbers of this shape from the standard normal distribution (`jax.random.normal`).
///
/// ```
/// use thetahat::jax::random::{normal, prng_key};
///
/// assert_eq!(normal(prng_key(42), &[]).item(), Ok(-0.028_304_616));
/// ```
#[must_use]
pub fn normal(key: Key, shape: &[usize]) -> Array {
    draw(shape, |out| normal_into(key, out))
}

/// Numbers of this shape from the standard normal distribution, given that they lie in (`lower`, `upper`)
/// (`jax.random.truncated_normal`).
#[must_use]
pub fn truncated_normal(key: Key, lower: f32, upper: f32, shape: &[usize]) -> Array {
    draw(shape, |out| truncated_normal_into(key, lower, upper, out))
}

/// Whole numbers of this shape from `low` up to but not including `high` (`jax.random.randint`, as `int32`).
#[must_use]
pub fn randint(key: Key, shape: &[usize], low: i32, high: i32) -> Array {
    let mut out = vec![0; shape.iter().product()];
    randint_into(key, low, high, &mut out);
    Array::from_i32(&out, shape)
}

/// The numbers from 0 to `n` − 1 in random order, as `int32` (`jax.random.permutation(key, n)`).
#[must_use]
pub fn permutation(key: Key, n: usize) -> Array {
    let mut out = Vec::new();
    permutation_into(key, n, &mut out, &mut PermutationScratch::default());
    let out: Vec<i32> = out.into_iter().map(u32::cast_signed).collect();
    Array::from_i32(&out, &[n])
}

fn draw(shape: &[usize], fill: impl FnOnce(&mut [f32])) -> Array {
    let mut out = vec![0.0; shape.iter().product()];
    fill(&mut out);
    Array::from_vec(out, shape)
}

//! The hyperbolic tangent in four lanes.

use thetahat_kernels::special::{TANH_DENOMINATOR, TANH_LARGE, TANH_LIMIT, TANH_NUMERATOR, TANH_TINY};

use super::code::{Code, Register};

/// Operations on registers of a hyperbolic tangent.
pub const TANH_COST: usize = 22;

/// The rational function of [`thetahat_kernels::special::tanh`], operation by operation. Where that returns the operand, or ±1, so does this, in the lanes
/// concerned.
pub fn tanh(code: &mut Code, x: Register, lanes: usize) -> Register {
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

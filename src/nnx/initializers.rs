//! What parameters start from.

use crate::jax::fma::ftz;
use crate::jax::random::{Key, truncated_normal_into};

/// The kernel of a linear layer before training (`nnx.initializers.lecun_normal`, the default of `nnx.Linear`): numbers
/// from a normal distribution of variance 1/`fan_in`, cut off at two standard deviations.
///
/// `out` is a kernel of shape (`fan_in`, features out) in row-major order. The draws of `truncated_normal` on (−2, 2)
/// are scaled by √(1/`fan_in`) and divided by 0.8796…, the standard deviation that the cut leaves.
///
/// Y. `LeCun`, L. Bottou, G. Orr and K.-R. Müller, "Efficient `BackProp`" (1998).
pub fn lecun_normal_into(key: Key, fan_in: usize, out: &mut [f32]) {
    const TRUNCATED_DEVIATION: f32 = f32::from_bits(0x3F61_2F26);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "JAX rounds 1/fan_in in this order"
    )]
    let variance = (1.0 / fan_in as f64) as f32;
    let deviation = variance.sqrt() / TRUNCATED_DEVIATION;
    truncated_normal_into(key, -2.0, 2.0, out);
    for x in out {
        *x = ftz(*x * deviation);
    }
}

/// [`lecun_normal_into`] a new vector of `fan_in` · `fan_out` numbers.
#[must_use]
pub fn lecun_normal(key: Key, fan_in: usize, fan_out: usize) -> Vec<f32> {
    let mut out = vec![0.0; fan_in * fan_out];
    lecun_normal_into(key, fan_in, &mut out);
    out
}

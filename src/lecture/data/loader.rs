//! Simulated data with explicit keys, and the loader that deals it out in shuffled mini-batches.

use crate::base::error::{Error, Result};
use crate::jax::Array;
use crate::jax::random::{self, Key};

/// A simulated linear model: `y = x·theta + σ·noise`.
#[derive(Clone, Debug)]
pub struct Data {
    /// The true parameters, f32\\[M\\].
    pub theta: Array,
    /// The features, f32\\[N, M\\], standard normal.
    pub x: Array,
    /// The targets, f32\\[N\\].
    pub y: Array,
}

/// Draws parameters, features and noise with three keys of their own.
///
/// `samples` is N, `features` M, `sigma` the standard deviation of the noise.
#[must_use]
pub fn simulate(keys: [Key; 3], samples: usize, features: usize, sigma: f64) -> Data {
    simulate_stretched(keys, samples, features, sigma, 1.0)
}

/// [`simulate`] with the second feature, if there is one, multiplied by `stretch`: the farther from 1, the worse the problem is conditioned
/// (`X.at[:, 1].multiply(stretch)`).
#[must_use]
#[allow(clippy::cast_possible_truncation)] // numbers of a program are f32
pub fn simulate_stretched(
    [key_theta, key_x, key_noise]: [Key; 3],
    samples: usize,
    features: usize,
    sigma: f64,
    stretch: f64,
) -> Data {
    let theta = random::normal(key_theta, &[features]);
    let mut scales = vec![1.0; features];
    if let Some(second) = scales.get_mut(1) {
        *second = stretch as f32;
    }
    // a factor of 1 changes no bit
    let x = random::normal(key_x, &[samples, features]) * Array::new(&scales, &[1, features]);
    let noise = sigma as f32 * random::normal(key_noise, &[samples]);
    let y = x.matmul(&theta) + noise;
    Data { theta, x, y }
}

/// Deals out the data in mini-batches of `batch_size` rows, in an order that `key` decides; the last batch is smaller where N is no
/// multiple. As a Python generator, it can be gone through once.
///
/// # Errors
/// The batch size is 0, or `x` and `y` have different numbers of rows.
pub fn data_loader(
    key: Key,
    x: &Array,
    y: &Array,
    batch_size: usize,
) -> Result<impl Iterator<Item = (Array, Array)> + use<>> {
    let rows = x.shape().first().copied().unwrap_or(0);
    if y.shape().first() != Some(&rows) {
        return Err(Error::shape(
            "data_loader",
            format!("x has shape {:?}, y has shape {:?}", x.shape(), y.shape()),
            "Both must have one row for every sample.",
        ));
    }
    if batch_size == 0 {
        return Err(Error::value("Batch size", batch_size, "it must be an integer of at least 1"));
    }
    let (x, y) = (x.clone(), y.clone());
    let order = random::permutation(key, rows);
    Ok((0..rows).step_by(batch_size).map(move |first| {
        let rows = order.slice(&[first], &[(first + batch_size).min(rows)]);
        (x.take(&rows), y.take(&rows))
    }))
}

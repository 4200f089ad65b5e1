//! A small network with one hidden layer of hyperbolic tangents, trained by gradient descent on all samples at once, with a learning rate of its own for each
//! layer.
//!
//! It is the network of J. Sohl-Dickstein, "The boundary of neural network trainability is fractal" (2024, arXiv:2402.06184), in the scaling that the paper
//! calls mean field: ŷ = (1/n) · v · tanh(√(2/n) · W x), with as many hidden units as inputs, n, without biases. There n is 8 or 16, here it is [`WIDTH`].
//!
//! ```
//! use thetahat::jax::Array;
//! use thetahat::lecture::programs::tanh::{draw, make_step};
//!
//! let (mut params, x, y) = draw(42);
//! let rates = (Array::scalar(1.0), Array::scalar(1.0));
//! let mut losses = Vec::new();
//! for _ in 0..100 {
//!     let (next, loss) = make_step(&params, &x, &y, &rates);
//!     params = next;
//!     losses.push(loss.item()?);
//! }
//! assert!(losses[99] < losses[0]);
//! # Ok::<(), thetahat::Error>(())
//! ```

use crate::jax::Array;
use crate::jax::grad::value_and_grad;
use crate::jax::random::{normal, prng_key, split_n};

/// Inputs n, and hidden units.
pub const WIDTH: usize = 4;
/// Samples: as many as the network has numbers, n² + n, so that it can just fit them.
pub const SAMPLES: usize = WIDTH * WIDTH + WIDTH;

/// What is learned: W, f32\[n, n\], and v, f32\[n\].
pub type Params = (Array, Array);

/// Parameters, inputs x, f32\[n, [`SAMPLES`]\] with a column for each sample, and targets y, f32\[[`SAMPLES`]\], all standard normal.
#[must_use]
pub fn draw(seed: i64) -> (Params, Array, Array) {
    let [hidden, output, inputs, targets] = split_n(prng_key(seed));
    let params = (normal(hidden, &[WIDTH, WIDTH]), normal(output, &[WIDTH]));
    (params, normal(inputs, &[WIDTH, SAMPLES]), normal(targets, &[SAMPLES]))
}

/// ŷ, f32\[samples\], for inputs f32\[n, samples\]. In this form JAX's compiler adds every product in one chain, on every processor.
#[must_use]
pub fn predict((w, v): &Params, x: &Array) -> Array {
    let n = WIDTH as f32;
    let hidden = (w.matmul(x).t() * (2.0 / n).sqrt()).tanh();
    hidden.matmul(v) / n
}

/// The mean squared residual, a scalar.
#[must_use]
pub fn loss(params: &Params, x: &Array, y: &Array) -> Array {
    (predict(params, x) - y).powi(2).mean()
}

/// One step of gradient descent; `rates` are those of W and of v, scalars. Returns what is learned and the loss before it.
#[must_use]
pub fn make_step(params: &Params, x: &Array, y: &Array, rates: &(Array, Array)) -> (Params, Array) {
    let (loss, grads) = value_and_grad(loss)(params, x, y);
    let params = (&params.0 - &rates.0 * &grads.0, &params.1 - &rates.1 * &grads.1);
    (params, loss)
}

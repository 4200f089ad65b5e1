//! The optimizers by name, chained from their parts (`optax.alias`).
//!
//! Each comes twice: with Optax's defaults, `adam(0.001)`, and with options in place of Python's keyword arguments,
//! `adam_with(0.001, &AdamOptions { b1: 0.8, ..AdamOptions::default() })`.

use crate::jax::tree::PyTree;

use super::base::{GradientTransformation, LearningRate};
use super::combine::chain;
use super::moments::{AdagradOptions, AdamOptions, RmspropOptions, scale_by_adam, scale_by_rms, scale_by_rss, trace};
use super::transform::{add_decayed_weights, identity, scale_by_learning_rate};

/// The keyword arguments of `optax.sgd`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SgdOptions {
    /// How much of the sum of past gradients is kept at each step, usually in [0, 1); `None` for no memory.
    pub momentum: Option<f64>,
    /// Whether momentum looks one step ahead.
    pub nesterov: bool,
}

/// Stochastic gradient descent: updates are `−rate · g` (`optax.sgd(rate)`).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{apply_updates, sgd};
///
/// let params = Array::new(&[1.0, 2.0], &[2]);
/// let optimizer = sgd(0.5);
/// let state = optimizer.init(&params);
/// let (updates, _) = optimizer.update(&Array::new(&[1.0, -1.0], &[2]), &state, &params);
/// assert_eq!(apply_updates(&params, &updates).to_vec()?, [0.5, 2.5]);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn sgd<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    sgd_with(learning_rate, &SgdOptions::default())
}

/// Stochastic gradient descent with momentum (`optax.sgd(rate, momentum, nesterov)`): [`trace`] before
/// [`scale_by_learning_rate`].
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{SgdOptions, sgd_with};
///
/// let params = Array::scalar(0.0);
/// let optimizer = sgd_with(1.0, &SgdOptions { momentum: Some(0.5), nesterov: true });
/// let (updates, _) = optimizer.update(&Array::scalar(2.0), &optimizer.init(&params), &params);
/// assert_eq!(updates.item()?, -3.0); // the gradient, and half of the trace that it begins
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn sgd_with<P: PyTree>(learning_rate: impl Into<LearningRate>, options: &SgdOptions) -> GradientTransformation<P> {
    chain(vec![momentum(options.momentum, options.nesterov), scale_by_learning_rate(learning_rate)])
}

fn momentum<P: PyTree>(decay: Option<f64>, nesterov: bool) -> GradientTransformation<P> {
    decay.map_or_else(identity, |decay| trace(decay, nesterov))
}

/// Adam with its usual settings (`optax.adam(rate)`): [`scale_by_adam`] before [`scale_by_learning_rate`].
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::adam;
///
/// let params = Array::new(&[0.0, 0.0], &[2]);
/// assert_eq!(
///     adam(0.001).init(&params).to_string(),
///     "(ScaleByAdamState(count=Array(0, dtype=int32), mu=Array([0., 0.], dtype=float32), \
///      nu=Array([0., 0.], dtype=float32)), EmptyState())"
/// );
/// ```
#[must_use]
pub fn adam<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    adam_with(learning_rate, &AdamOptions::default())
}

/// Adam (`optax.adam(rate, b1, b2, …)`; with `nesterov`, `optax.nadam`).
#[must_use]
pub fn adam_with<P: PyTree>(
    learning_rate: impl Into<LearningRate>,
    options: &AdamOptions,
) -> GradientTransformation<P> {
    chain(vec![scale_by_adam(options), scale_by_learning_rate(learning_rate)])
}

/// The keyword arguments of `optax.adamw`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamwOptions {
    /// Those that it shares with Adam.
    pub adam: AdamOptions,
    /// What multiple of the parameters is added to the updates before the learning rate.
    pub weight_decay: f64,
}

impl Default for AdamwOptions {
    /// Adam's defaults, and a weight decay of 10⁻⁴.
    fn default() -> Self {
        Self { adam: AdamOptions::default(), weight_decay: 1e-4 }
    }
}

/// Adam with decoupled weight decay and its usual settings (`optax.adamw(rate)`; Loshchilov and Hutter, 2019, arXiv:1711.05101):
/// [`scale_by_adam`], [`add_decayed_weights`], [`scale_by_learning_rate`].
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::adamw;
///
/// let params = Array::scalar(1000.0);
/// let optimizer = adamw(0.1);
/// let (updates, _) = optimizer.update(&Array::scalar(0.0), &optimizer.init(&params), &params);
/// assert_eq!(updates.item()?, -0.01); // no gradient: the weight decays by rate · 10⁻⁴ of itself
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn adamw<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    adamw_with(learning_rate, &AdamwOptions::default())
}

/// Adam with decoupled weight decay (`optax.adamw(rate, b1, b2, …, weight_decay)`).
#[must_use]
pub fn adamw_with<P: PyTree>(
    learning_rate: impl Into<LearningRate>,
    options: &AdamwOptions,
) -> GradientTransformation<P> {
    chain(vec![
        scale_by_adam(&options.adam),
        add_decayed_weights(options.weight_decay),
        scale_by_learning_rate(learning_rate),
    ])
}

/// `RMSProp` with its usual settings (`optax.rmsprop(rate)`): [`scale_by_rms`], [`scale_by_learning_rate`], and momentum, if any.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::rmsprop;
///
/// let state = rmsprop(0.1).init(&Array::scalar(0.0));
/// assert_eq!(state.to_string(), "(ScaleByRmsState(nu=Array(0., dtype=float32)), EmptyState(), EmptyState())");
/// ```
#[must_use]
pub fn rmsprop<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    rmsprop_with(learning_rate, &RmspropOptions::default())
}

/// `RMSProp` (`optax.rmsprop(rate, decay, eps, …)`).
#[must_use]
pub fn rmsprop_with<P: PyTree>(
    learning_rate: impl Into<LearningRate>,
    options: &RmspropOptions,
) -> GradientTransformation<P> {
    chain(vec![
        scale_by_rms(options),
        scale_by_learning_rate(learning_rate),
        momentum(options.momentum, options.nesterov),
    ])
}

/// Adagrad with its usual settings (`optax.adagrad(rate)`): [`scale_by_rss`] before [`scale_by_learning_rate`].
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::adagrad;
///
/// let state = adagrad(0.1).init(&Array::scalar(0.0));
/// assert_eq!(state.to_string(), "(ScaleByRssState(sum_of_squares=Array(0.1, dtype=float32)), EmptyState())");
/// ```
#[must_use]
pub fn adagrad<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    adagrad_with(learning_rate, &AdagradOptions::default())
}

/// Adagrad (`optax.adagrad(rate, initial_accumulator_value, eps)`).
#[must_use]
pub fn adagrad_with<P: PyTree>(
    learning_rate: impl Into<LearningRate>,
    options: &AdagradOptions,
) -> GradientTransformation<P> {
    chain(vec![scale_by_rss(options), scale_by_learning_rate(learning_rate)])
}

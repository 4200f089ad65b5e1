//! The building blocks that remember gradients: [`trace`] (momentum), [`scale_by_adam`], [`scale_by_rms`], [`scale_by_rss`].

use crate::jax::Array;
use crate::jax::numpy::select;
use crate::jax::tree::{PyTree, tree_map, tree_map2};

use super::base::{GradientTransformation, wrong_state};
use super::numerics::{bias_correction, float, full_like, int, safe_increment, update_moment};
use super::state::{
    OptState, ScaleByAdamState, ScaleByRmsState, ScaleByRmsWithCountState, ScaleByRssState, TraceState,
};

/// Replaces gradients by a decaying sum of all gradients so far, t ← `g + decay · t` (`optax.trace`). With `nesterov` the updates
/// look one step ahead: `g + decay · t` with the new t.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::trace;
///
/// let momentum = trace(0.5, false);
/// let params = Array::scalar(0.0);
/// let state = momentum.init(&params);
/// let (_, state) = momentum.update(&Array::scalar(1.0), &state, &params);
/// let (updates, state) = momentum.update(&Array::scalar(1.0), &state, &params);
/// assert_eq!(updates.item()?, 1.5);
/// assert_eq!(state.to_string(), "TraceState(trace=Array(1.5, dtype=float32))");
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn trace<P: PyTree>(decay: f64, nesterov: bool) -> GradientTransformation<P> {
    GradientTransformation::new(
        |params: &P| OptState::Trace(TraceState { trace: full_like(params, 0.0) }),
        move |updates, state, _| {
            let OptState::Trace(TraceState { trace }) = state else {
                return wrong_state("trace", "TraceState", updates, state);
            };
            let decayed = |g: &Array, t: &Array| g + float(decay) * t;
            let trace: P = tree_map2(decayed, updates, trace);
            let updates = if nesterov { tree_map2(decayed, updates, &trace) } else { trace.clone() };
            (updates, OptState::Trace(TraceState { trace }))
        },
    )
}

/// The keyword arguments of `optax.adam` and `optax.scale_by_adam`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamOptions {
    /// Decay of the running mean of gradients, in [0, 1).
    pub b1: f64,
    /// Decay of the running mean of squares, in [0, 1).
    pub b2: f64,
    /// Added to the root, so that it is not 0.
    pub eps: f64,
    /// Added under the root, so that it can be differentiated at 0.
    pub eps_root: f64,
    /// Whether the mean of gradients looks one step ahead (Nadam).
    pub nesterov: bool,
}

impl Default for AdamOptions {
    /// b1 = 0.9, b2 = 0.999, eps = 10⁻⁸, `eps_root` = 0, no Nesterov momentum.
    fn default() -> Self {
        Self { b1: 0.9, b2: 0.999, eps: 1e-8, eps_root: 0.0, nesterov: false }
    }
}

/// Divides a running mean of the gradients by the root of a running mean of their squares (`optax.scale_by_adam`; Kingma and Ba,
/// 2015, arXiv:1412.6980): μ ← `(1 − b1)·g + b1·μ`, ν ← `(1 − b2)·g² + b2·ν`, and with n, the number of this update, from 1:
/// μ̂ = `μ / (1 − b1ⁿ)`, ν̂ = `ν / (1 − b2ⁿ)`, update = `μ̂ / (√(ν̂ + eps_root) + eps)`.
///
/// With `nesterov` (Dozat, 2016) μ̂ = `b1 · μ / (1 − b1ⁿ⁺¹) + (1 − b1) · g / (1 − b1ⁿ)`.
#[must_use]
pub fn scale_by_adam<P: PyTree>(options: &AdamOptions) -> GradientTransformation<P> {
    let AdamOptions { b1, b2, eps, eps_root, nesterov } = *options;
    GradientTransformation::new(
        |params| {
            let zeros = || full_like(params, 0.0);
            OptState::ScaleByAdam(ScaleByAdamState { count: int(0), mu: zeros(), nu: zeros() })
        },
        move |updates, state, _| {
            let OptState::ScaleByAdam(ScaleByAdamState { count, mu, nu }) = state else {
                return wrong_state("scale_by_adam", "ScaleByAdamState", updates, state);
            };
            let mu = tree_map2(|g, t| update_moment(g, t, b1, 1), updates, mu);
            let nu = tree_map2(|g, t| update_moment(g, t, b2, 2), updates, nu);
            let count = safe_increment(count);
            let mu_hat = if nesterov {
                let ahead = bias_correction(&mu, b1, &safe_increment(&count));
                let now = bias_correction(updates, b1, &count);
                tree_map2(|m, g| float(b1) * m + float(1.0 - b1) * g, &ahead, &now)
            } else {
                bias_correction(&mu, b1, &count)
            };
            let nu_hat = bias_correction(&nu, b2, &count);
            let updates = tree_map2(|m, v| m / ((v + float(eps_root)).sqrt() + float(eps)), &mu_hat, &nu_hat);
            (updates, OptState::ScaleByAdam(ScaleByAdamState { count, mu, nu }))
        },
    )
}

/// The keyword arguments of `optax.rmsprop` and `optax.scale_by_rms`. Optax's `centered` is not offered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmspropOptions {
    /// Decay of the running mean of squares, in [0, 1).
    pub decay: f64,
    /// Added under the root, or to it, so that it is not 0.
    pub eps: f64,
    /// What the running mean of squares begins with.
    pub initial_scale: f64,
    /// Whether `eps` is added under the root.
    pub eps_in_sqrt: bool,
    /// How much of the sum of past updates is kept at each step; `None` for no memory.
    pub momentum: Option<f64>,
    /// Whether momentum looks one step ahead.
    pub nesterov: bool,
    /// Whether the running mean is freed from the pull of its beginning.
    pub bias_correction: bool,
}

impl Default for RmspropOptions {
    /// decay = 0.9, eps = 10⁻⁸ under the root, beginning at 0, neither momentum nor bias correction.
    fn default() -> Self {
        Self {
            decay: 0.9,
            eps: 1e-8,
            initial_scale: 0.0,
            eps_in_sqrt: true,
            momentum: None,
            nesterov: false,
            bias_correction: false,
        }
    }
}

/// Divides gradients by the root of a running mean of their squares (`optax.scale_by_rms`; Tieleman and Hinton, 2012):
/// ν ← `(1 − decay)·g² + decay·ν`, update = `1/√(ν + eps) · g`, or `1/(√ν + eps) · g` with `eps_in_sqrt` off. With
/// `bias_correction` ν is divided by `1 − decayⁿ` first. `momentum` and `nesterov` of the options are [`super::rmsprop`]'s.
///
/// The root's reciprocal is computed as a root and a division. JAX asks the processor for its approximation and refines it, so results
/// may differ in their last bits, as they do between processors.
#[must_use]
pub fn scale_by_rms<P: PyTree>(options: &RmspropOptions) -> GradientTransformation<P> {
    let RmspropOptions { decay, eps, initial_scale, eps_in_sqrt, bias_correction: corrected, .. } = *options;
    let scaled = move |nu_hat: &P, updates: &P| {
        let scaling = |n: &Array| if eps_in_sqrt { rsqrt(&(n + float(eps))) } else { 1.0 / (n.sqrt() + float(eps)) };
        tree_map2(|n, g| scaling(n) * g, nu_hat, updates)
    };
    GradientTransformation::new(
        move |params| {
            let nu = full_like(params, initial_scale);
            if corrected {
                OptState::ScaleByRmsWithCount(ScaleByRmsWithCountState { count: int(0), nu })
            } else {
                OptState::ScaleByRms(ScaleByRmsState { nu })
            }
        },
        move |updates, state, _| {
            let moment = |nu: &P| tree_map2(|g, t| update_moment(g, t, decay, 2), updates, nu);
            match state {
                OptState::ScaleByRms(ScaleByRmsState { nu }) if !corrected => {
                    let nu = moment(nu);
                    (scaled(&nu, updates), OptState::ScaleByRms(ScaleByRmsState { nu }))
                }
                OptState::ScaleByRmsWithCount(ScaleByRmsWithCountState { count, nu }) if corrected => {
                    let (count, nu) = (safe_increment(count), moment(nu));
                    let nu_hat = bias_correction(&nu, decay, &count);
                    (scaled(&nu_hat, updates), OptState::ScaleByRmsWithCount(ScaleByRmsWithCountState { count, nu }))
                }
                _ => {
                    let expected = if corrected { "ScaleByRmsWithCountState" } else { "ScaleByRmsState" };
                    wrong_state("scale_by_rms", expected, updates, state)
                }
            }
        },
    )
}

/// The keyword arguments of `optax.adagrad` and `optax.scale_by_rss`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdagradOptions {
    /// What the sum of squares begins with, at least 0.
    pub initial_accumulator_value: f64,
    /// Added under the root, so that it is not 0.
    pub eps: f64,
}

impl Default for AdagradOptions {
    /// The sum of squares begins with 0.1, and eps = 10⁻⁷.
    fn default() -> Self {
        Self { initial_accumulator_value: 0.1, eps: 1e-7 }
    }
}

/// Divides gradients by the root of the sum of all their squares so far (`optax.scale_by_rss`; Duchi et al., 2011): s ← `g·g + s`,
/// update = `1/√(s + eps) · g` where s > 0, else 0. About the root's reciprocal see [`scale_by_rms`].
#[must_use]
pub fn scale_by_rss<P: PyTree>(options: &AdagradOptions) -> GradientTransformation<P> {
    let AdagradOptions { initial_accumulator_value, eps } = *options;
    GradientTransformation::new(
        move |params| {
            OptState::ScaleByRss(ScaleByRssState { sum_of_squares: full_like(params, initial_accumulator_value) })
        },
        move |updates, state, _| {
            let OptState::ScaleByRss(ScaleByRssState { sum_of_squares }) = state else {
                return wrong_state("scale_by_rss", "ScaleByRssState", updates, state);
            };
            let sum_of_squares = tree_map2(|g, t| g * g + t, updates, sum_of_squares);
            let scaling = tree_map(|t| select(&t.greater(0.0), rsqrt(&(t + float(eps))), 0.0), &sum_of_squares);
            let updates = tree_map2(|s, g| s * g, &scaling, updates);
            (updates, OptState::ScaleByRss(ScaleByRssState { sum_of_squares }))
        },
    )
}

/// `1 / √x`.
fn rsqrt(x: &Array) -> Array {
    1.0 / x.sqrt()
}

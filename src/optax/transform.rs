//! The building blocks that only scale or add: [`identity`], [`scale`], [`scale_by_learning_rate`], [`scale_by_schedule`],
//! [`add_decayed_weights`], [`clip_by_global_norm`] (`optax.transforms`). Those that average gradients are in [`super::moments`].

use crate::jax::numpy::select;
use crate::jax::tree::{PyTree, tree_map, tree_map2};

use super::base::{GradientTransformation, LearningRate, wrong_state};
use super::numerics::{global_norm, int, safe_increment};
use super::scalar::Scalar;
use super::schedule::Schedule;
use super::state::{OptState, ScaleByScheduleState};

/// Passes updates on unchanged (`optax.identity`).
#[must_use]
pub fn identity<P: PyTree>() -> GradientTransformation<P> {
    GradientTransformation::stateless(|updates: &P, _| updates.clone())
}

/// Multiplies updates by a number: `step_size · g` (`optax.scale`).
#[must_use]
pub fn scale<P: PyTree>(step_size: impl Into<Scalar>) -> GradientTransformation<P> {
    let step_size = step_size.into().array();
    GradientTransformation::stateless(move |updates: &P, _| tree_map(|g| &step_size * g, updates))
}

/// Multiplies updates by minus the learning rate, so that adding them goes downhill: `(−1 · rate) · g`
/// (`optax.scale_by_learning_rate`). Its state is that of [`scale`] or [`scale_by_schedule`].
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::{exponential_decay, scale_by_learning_rate};
///
/// let params = Array::scalar(0.0);
/// let halving = scale_by_learning_rate(exponential_decay(1.0, 1, 0.5));
/// let state = halving.init(&params);
/// let (first, state) = halving.update(&Array::scalar(8.0), &state, &params);
/// let (second, state) = halving.update(&Array::scalar(8.0), &state, &params);
/// assert_eq!((first.item()?, second.item()?), (-8.0, -4.0));
/// assert_eq!(state.to_string(), "ScaleByScheduleState(count=Array(2, dtype=int32))");
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn scale_by_learning_rate<P: PyTree>(learning_rate: impl Into<LearningRate>) -> GradientTransformation<P> {
    match learning_rate.into() {
        LearningRate::Constant(rate) => scale(-rate),
        LearningRate::Schedule(rate) => {
            scale_by_schedule(Schedule::new(move |count| (-Scalar::from(rate(count))).array()))
        }
    }
}

/// Multiplies updates by a number that depends on how many updates there were: `step_size(count) · g`
/// (`optax.scale_by_schedule`). Its state is a [`ScaleByScheduleState`].
#[must_use]
pub fn scale_by_schedule<P: PyTree>(step_size: Schedule) -> GradientTransformation<P> {
    GradientTransformation::new(
        |_| OptState::ScaleBySchedule(ScaleByScheduleState { count: int(0) }),
        move |updates, state, _| {
            let OptState::ScaleBySchedule(ScaleByScheduleState { count }) = state else {
                return wrong_state("scale_by_schedule", "ScaleByScheduleState", updates, state);
            };
            let step_size = step_size(count);
            let updates = tree_map(|g| &step_size * g, updates);
            (updates, OptState::ScaleBySchedule(ScaleByScheduleState { count: safe_increment(count) }))
        },
    )
}

/// Adds a multiple of the parameters, which pulls them toward zero once the learning rate's sign is applied:
/// `g + weight_decay · p` (`optax.add_decayed_weights`). The number 0 adds nothing to the program.
#[must_use]
pub fn add_decayed_weights<P: PyTree>(weight_decay: impl Into<Scalar>) -> GradientTransformation<P> {
    let weight_decay = weight_decay.into();
    if matches!(weight_decay, Scalar::Number(0.0)) {
        return identity();
    }
    let weight_decay = weight_decay.array();
    GradientTransformation::stateless(move |updates, params| tree_map2(|g, p| g + &weight_decay * p, updates, params))
}

/// Shortens updates whose common norm is not below `max_norm` to that norm: `g` if `‖g‖ < max_norm`, else `(g / ‖g‖) · max_norm`
/// (`optax.clip_by_global_norm`; Pascanu et al., 2013, arXiv:1211.5063).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::clip_by_global_norm;
///
/// let clip = clip_by_global_norm(1.0);
/// let grads = Array::new(&[3.0, 4.0], &[2]);
/// let (updates, _) = clip.update(&grads, &clip.init(&grads), &grads);
/// assert_eq!(updates.to_vec()?, [0.6, 0.8]);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn clip_by_global_norm<P: PyTree>(max_norm: impl Into<Scalar>) -> GradientTransformation<P> {
    let max_norm = max_norm.into().array();
    GradientTransformation::stateless(move |updates: &P, _| {
        let norm = global_norm(updates);
        let short = norm.less(&max_norm);
        tree_map(|g| select(&short, g, (g / &norm) * &max_norm), updates)
    })
}

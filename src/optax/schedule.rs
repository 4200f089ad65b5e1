//! Schedules: numbers that change with the count of updates (`optax.schedules`).
//!
//! All are written with array operations, so that they become part of the compiled step. Where `count` stands in a formula, it is the
//! number of updates so far, from 0.

use std::ops::Deref;
use std::rc::Rc;

use crate::base::error::Error;
use crate::jax::numpy::select;
use crate::jax::{Array, DType};

use super::numerics::{float, int};
use super::scalar::Scalar;

/// A function from the number of updates so far, an i32 scalar, to an f32 scalar (`optax.Schedule`). Call it like a function.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::linear_schedule;
///
/// let schedule = linear_schedule(1.0, 0.0, 4, 0);
/// assert_eq!(schedule(&Array::from_i32(&[1], &[])).item()?, 0.75);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[derive(Clone)]
pub struct Schedule(Rc<dyn Fn(&Array) -> Array>);

impl Schedule {
    /// A schedule that is written by hand.
    pub fn new(f: impl Fn(&Array) -> Array + 'static) -> Self {
        Self(Rc::new(f))
    }

    fn failed(error: Error) -> Self {
        Self::new(move |_| Array::failed(error.clone()))
    }
}

impl Deref for Schedule {
    type Target = dyn Fn(&Array) -> Array;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl std::fmt::Debug for Schedule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Schedule(count)")
    }
}

/// The same number at every step (`optax.constant_schedule`).
#[must_use]
pub fn constant_schedule(value: impl Into<Scalar>) -> Schedule {
    let value = value.into().array();
    Schedule::new(move |_| value.clone())
}

/// From `init_value` to `end_value` in `transition_steps` steps, along a power of what is left of them, after `transition_begin` steps of
/// waiting (`optax.polynomial_schedule`): `(init − end) · (1 − clip(count − begin, 0, steps) / steps)ᵖᵒʷᵉʳ + end`.
///
/// A whole `power` multiplies, any other is a power of floats. With `transition_steps` ≤ 0 it stays at `init_value`; a negative
/// `transition_begin` is 0.
#[must_use]
pub fn polynomial_schedule(
    init_value: impl Into<Scalar>,
    end_value: impl Into<Scalar>,
    power: f64,
    transition_steps: i32,
    transition_begin: i32,
) -> Schedule {
    let (init, end) = (init_value.into(), end_value.into());
    if transition_steps <= 0 {
        return constant_schedule(init);
    }
    let begin = transition_begin.max(0);
    Schedule::new(move |count| {
        let passed = int(0).maximum(count - int(begin));
        let passed = int(transition_steps).minimum(passed);
        let left = 1.0 - passed.astype(DType::F32) / float(f64::from(transition_steps));
        let left = match whole(power) {
            Some(power) => left.powi(power),
            None => left.pow(float(power)),
        };
        (init.clone() - end.clone()).array() * left + end.array()
    })
}

/// In a straight line from `init_value` to `end_value` (`optax.linear_schedule`): [`polynomial_schedule`] with power 1.
#[must_use]
pub fn linear_schedule(
    init_value: impl Into<Scalar>,
    end_value: impl Into<Scalar>,
    transition_steps: i32,
    transition_begin: i32,
) -> Schedule {
    polynomial_schedule(init_value, end_value, 1.0, transition_steps, transition_begin)
}

/// `init_value` times every factor whose boundary has been reached (`optax.piecewise_constant_schedule`): for each pair
/// (boundary, factor) in ascending order, v ← `v·i + ((1 − i)·factor)·v`, i = 1 while count < boundary, then 0.
///
/// For a negative factor the schedule returns errors.
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::piecewise_constant_schedule;
///
/// let schedule = piecewise_constant_schedule(8.0, &[(100, 0.5), (200, 0.25)]);
/// let at = |count| schedule(&Array::from_i32(&[count], &[])).item();
/// assert_eq!((at(99)?, at(100)?, at(500)?), (8.0, 4.0, 1.0));
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn piecewise_constant_schedule(init_value: impl Into<Scalar>, boundaries_and_scales: &[(i32, f64)]) -> Schedule {
    let init = init_value.into();
    let mut pieces = boundaries_and_scales.to_vec();
    pieces.sort_by_key(|&(boundary, _)| boundary);
    if let Some((_, scale)) = pieces.iter().find(|(_, scale)| scale.is_nan() || *scale < 0.0) {
        let expected = "a factor of `piecewise_constant_schedule` must be at least 0";
        return Schedule::failed(Error::value("boundaries_and_scales", scale, expected));
    }
    Schedule::new(move |count| {
        pieces.iter().fold(init.array(), |v, &(boundary, scale)| {
            let before = count.less(int(boundary)).astype(DType::F32);
            &v * &before + (1.0 - &before) * float(scale) * &v
        })
    })
}

/// Falls by the factor `decay_rate` every `transition_steps` steps (`optax.exponential_decay(init, steps, rate)`):
/// `init · rate^(count / steps)`, and `init` itself at count 0.
#[must_use]
pub fn exponential_decay(init_value: impl Into<Scalar>, transition_steps: i32, decay_rate: f64) -> Schedule {
    exponential_decay_with(init_value, transition_steps, decay_rate, &ExponentialDecayOptions::default())
}

/// The keyword arguments of `optax.exponential_decay`.
#[derive(Clone, Debug, Default)]
pub struct ExponentialDecayOptions {
    /// How many steps to wait before decaying; a negative number is 0.
    pub transition_begin: i32,
    /// Whether the value falls only after each whole `transition_steps`.
    pub staircase: bool,
    /// Where decay stops: a lower bound for a rate below 1, an upper bound for others.
    pub end_value: Option<Scalar>,
}

/// [`exponential_decay`] with its options (`optax.exponential_decay(init, steps, rate, transition_begin, staircase, end_value)`):
/// with d = count − begin, `init` where d ≤ 0, else `init · rate^(d / steps)`, the exponent rounded down if it is a staircase.
///
/// With `transition_steps` ≤ 0 or a rate of 0 it stays at `init_value`.
#[must_use]
pub fn exponential_decay_with(
    init_value: impl Into<Scalar>,
    transition_steps: i32,
    decay_rate: f64,
    options: &ExponentialDecayOptions,
) -> Schedule {
    let init = init_value.into();
    if transition_steps <= 0 || decay_rate == 0.0 {
        return constant_schedule(init);
    }
    let ExponentialDecayOptions { transition_begin, staircase, end_value } = options.clone();
    Schedule::new(move |count| {
        let init = init.array();
        let passed = count - int(transition_begin.max(0));
        let exponent = passed.astype(DType::F32) / float(f64::from(transition_steps));
        // an exponent below 0 is not used, so cutting off the fraction is rounding down
        let exponent = if staircase { exponent.astype(DType::I32).astype(DType::F32) } else { exponent };
        let decayed = &init * float(decay_rate).pow(exponent);
        let value = select(&passed.less_equal(int(0)), init, decayed);
        match &end_value {
            Some(end) if decay_rate < 1.0 => value.maximum(end.array()),
            Some(end) => value.minimum(end.array()),
            None => value,
        }
    })
}

/// Half a wave of a cosine from `init_value` down to 0 in `decay_steps` steps, then 0 (`optax.cosine_decay_schedule(init, steps)`):
/// `init · 0.5 · (1 + cos(π · min(count, steps) / steps))`.
///
/// For a `decay_steps` that is not positive the schedule returns errors.
#[must_use]
pub fn cosine_decay_schedule(init_value: impl Into<Scalar>, decay_steps: i32) -> Schedule {
    cosine_decay_schedule_with(init_value, decay_steps, 0.0, 1.0)
}

/// [`cosine_decay_schedule`] down to `alpha · init_value`, its wave raised to a power (`optax.cosine_decay_schedule(init, steps, alpha,
/// exponent)`): `init · ((1 − alpha) · (0.5 · (1 + cos(π · min(count, steps) / steps)))^exponent + alpha)`.
#[must_use]
pub fn cosine_decay_schedule_with(
    init_value: impl Into<Scalar>,
    decay_steps: i32,
    alpha: impl Into<Scalar>,
    exponent: f64,
) -> Schedule {
    let (init, alpha) = (init_value.into(), alpha.into());
    if decay_steps <= 0 {
        let expected = "`cosine_decay_schedule` needs at least 1 step";
        return Schedule::failed(Error::value("decay_steps", decay_steps, expected));
    }
    Schedule::new(move |count| {
        let steps = float(f64::from(decay_steps));
        let count = count.astype(DType::F32).minimum(&steps);
        let wave = 0.5 * (1.0 + (float(std::f64::consts::PI) * count / steps).cos());
        let decayed = (Scalar::from(1.0) - alpha.clone()).array() * wave.pow(float(exponent)) + alpha.array();
        init.array() * decayed
    })
}

/// In a straight line from `init_value` to `peak_value` in `warmup_steps` steps, then along a cosine down to `end_value`, which it
/// reaches at step `decay_steps` (`optax.warmup_cosine_decay_schedule(init, peak, warmup_steps, decay_steps, end)`).
///
/// Without any steps between the two the schedule returns errors.
#[must_use]
pub fn warmup_cosine_decay_schedule(
    init_value: impl Into<Scalar>,
    peak_value: impl Into<Scalar>,
    warmup_steps: i32,
    decay_steps: i32,
    end_value: f64,
) -> Schedule {
    let peak_value = peak_value.into();
    let alpha = match peak_value {
        // also where the peak is an input of the program: its cosine then ends at 0 whatever the peak
        _ if end_value == 0.0 => Scalar::Number(0.0),
        Scalar::Number(0.0) => Scalar::Number(0.0),
        _ => Scalar::Number(end_value) / peak_value.clone(),
    };
    let decay = cosine_decay_schedule_with(peak_value.clone(), decay_steps.saturating_sub(warmup_steps), alpha, 1.0);
    join_schedules(vec![linear_schedule(init_value, peak_value, warmup_steps, 0), decay], &[warmup_steps])
}

/// Schedules one after the other: from each boundary on the next one, which counts from there (`optax.join_schedules`). There must be one
/// boundary less than there are schedules; otherwise it is a schedule of errors.
#[must_use]
pub fn join_schedules(schedules: Vec<Schedule>, boundaries: &[i32]) -> Schedule {
    let boundaries = boundaries.to_vec();
    if schedules.len() != boundaries.len() + 1 {
        let given = format!("{} for {} schedules", boundaries.len(), schedules.len());
        return Schedule::failed(Error::value("the number of boundaries", given, "it must be one less"));
    }
    Schedule::new(move |count| {
        let later = boundaries.iter().zip(&schedules[1..]);
        later.fold(schedules[0](count), |value, (&boundary, next)| {
            select(&count.less(int(boundary)), value, next(&(count - int(boundary))))
        })
    })
}

/// The number as an exponent of repeated multiplication, if it is whole.
// checked by the comparison
fn whole(power: f64) -> Option<i32> {
    let rounded = power as i32;
    (f64::from(rounded).to_bits() == power.to_bits()).then_some(rounded)
}

//! [`Search`]: what goes from turn to turn of a line search, and what a turn does.

use std::rc::Rc;

use crate::jax::Array;
use crate::jax::control::cond;
use crate::jax::numpy::{select, stack};
use crate::pytree;

use super::super::numerics::{float, int, safe_increment};
use super::{Evaluate, ZoomOptions};

/// The state of a search (`optax._src.linesearch.ZoomLinesearchState`). Scalars are f32 if nothing else is said; `low` and `high` are the steps at the ends of the
/// interval, the loss at `low` not being the larger one.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names are Optax's, in its order")]
pub struct Search {
    /// Evaluations so far, i32.
    pub count: Array,
    params: Vec<Array>,
    updates: Vec<Array>,
    stepsize_guess: Array,
    /// The step that was tried last.
    pub stepsize: Array,
    /// The loss there.
    pub value: Array,
    /// Its gradient there.
    pub grad: Vec<Array>,
    /// Its slope along the updates there.
    slope: Array,
    value_init: Array,
    slope_init: Array,
    pub decrease_error: Array,
    pub curvature_error: Array,
    error: Array,
    /// Whether an interval was found, bool; likewise the next two.
    interval_found: Array,
    done: Array,
    failed: Array,
    low: Array,
    value_low: Array,
    slope_low: Array,
    high: Array,
    value_high: Array,
    slope_high: Array,
    /// A third step, and the loss there, for the cubic.
    cubic_ref: Array,
    value_cubic_ref: Array,
    /// The best step so far at which the loss has fallen enough; 0 if there is none.
    safe_stepsize: Array,
    safe_value: Array,
    safe_grad: Vec<Array>,
}

pytree!(Search {
    count,
    params,
    updates,
    stepsize_guess,
    stepsize,
    value,
    grad,
    slope,
    value_init,
    slope_init,
    decrease_error,
    curvature_error,
    error,
    interval_found,
    done,
    failed,
    low,
    value_low,
    slope_low,
    high,
    value_high,
    slope_high,
    cubic_ref,
    value_cubic_ref,
    safe_stepsize,
    safe_value,
    safe_grad,
});

impl Search {
    /// Before the first evaluation.
    pub fn begin(updates: Vec<Array>, params: Vec<Array>, value: &Array, grad: Vec<Array>) -> Self {
        let slope = vdot(&updates, &grad);
        let (zero, none) = (float(0.0), float(f64::INFINITY));
        Self {
            count: int(0),
            params,
            updates,
            stepsize_guess: float(1.0),
            stepsize: zero.clone(),
            value: value.clone(),
            safe_grad: grad.clone(),
            grad,
            slope: slope.clone(),
            value_init: value.clone(),
            slope_init: slope.clone(),
            decrease_error: none.clone(),
            curvature_error: none.clone(),
            error: none,
            interval_found: truth(false),
            done: truth(false),
            failed: truth(false),
            low: zero.clone(),
            value_low: value.clone(),
            slope_low: slope.clone(),
            high: zero.clone(),
            value_high: value.clone(),
            slope_high: slope,
            cubic_ref: zero.clone(),
            value_cubic_ref: value.clone(),
            safe_stepsize: zero,
            safe_value: value.clone(),
        }
    }

    /// Whether there is another turn.
    pub fn goes_on(&self) -> Array {
        not(&or(&self.done, &self.failed))
    }
}

/// A bool scalar.
fn truth(x: bool) -> Array {
    Array::from_bool(&[x], &[])
}

fn not(x: &Array) -> Array {
    select(x, truth(false), truth(true))
}

fn and(x: &Array, y: &Array) -> Array {
    select(x, y, truth(false))
}

fn or(x: &Array, y: &Array) -> Array {
    select(x, truth(true), y)
}

fn abs(x: &Array) -> Array {
    x.maximum(-x)
}

/// The scalar product of two lists of arrays of the same shapes (`optax.tree.vdot`).
pub(in super::super) fn vdot(x: &[Array], y: &[Array]) -> Array {
    let flat = |x: &Array| x.reshape(&[x.size()]);
    let products = x.iter().zip(y).map(|(x, y)| flat(x).matmul(&flat(y)));
    products.reduce(|sum, product| sum + product).unwrap_or_else(|| float(0.0))
}

/// `x + factor · y`, leaf by leaf (`optax.tree.add_scale`).
pub(in super::super) fn add_scale(x: &[Array], factor: &Array, y: &[Array]) -> Vec<Array> {
    x.iter().zip(y).map(|(x, y)| x + factor * y).collect()
}

fn select_all(which: &Array, x: &[Array], y: &[Array]) -> Vec<Array> {
    x.iter().zip(y).map(|(x, y)| select(which, x, y)).collect()
}

/// Scalars chosen together.
fn choose<const N: usize>(which: &Array, x: [&Array; N], y: [&Array; N]) -> [Array; N] {
    std::array::from_fn(|i| select(which, x[i], y[i]))
}

/// What was found at a step.
struct Tried {
    stepsize: Array,
    value: Array,
    grad: Vec<Array>,
    slope: Array,
    decrease_error: Array,
    curvature_error: Array,
    error: Array,
}

/// What a search is told once.
#[derive(Clone)]
pub struct Settings {
    options: ZoomOptions,
    evaluate: Rc<Evaluate>,
}

impl Settings {
    pub fn new(options: &ZoomOptions, evaluate: Rc<Evaluate>) -> Self {
        Self { options: *options, evaluate }
    }

    /// One evaluation.
    pub fn step(&self, state: &Search) -> Search {
        let new = cond(&state.interval_found, |s: &Search| self.zoom(s), |s: &Search| self.search_interval(s), state);
        cond(&new.failed, safe_step, Search::clone, &new)
    }

    fn try_step(&self, state: &Search, stepsize: Array) -> Tried {
        let params = add_scale(&state.params, &stepsize, &state.updates);
        let (value, grad) = (self.evaluate)(&params);
        let slope = vdot(&grad, &state.updates);
        let decrease_error = self.decrease_error(state, &stepsize, &value, &slope);
        let curvature_error = self.curvature_error(state, &slope);
        let error = decrease_error.maximum(&curvature_error);
        Tried { stepsize, value, grad, slope, decrease_error, curvature_error, error }
    }

    fn decrease_error(&self, state: &Search, stepsize: &Array, value: &Array, slope: &Array) -> Array {
        let ZoomOptions { slope_rtol, approx_dec_rtol, .. } = self.options;
        let Search { value_init, slope_init, .. } = state;
        let exact = value - value_init - float(slope_rtol) * stepsize * slope_init;
        let approximate = slope - float(2.0 * slope_rtol - 1.0) * slope_init;
        let change = value - value_init - float(approx_dec_rtol) * abs(value_init);
        let error = approximate.maximum(change).minimum(exact).maximum(0.0);
        select(&error.not_equal(&error), float(f64::INFINITY), error)
    }

    fn curvature_error(&self, state: &Search, slope: &Array) -> Array {
        let error = (abs(slope) - float(self.options.curv_rtol) * abs(&state.slope_init)).maximum(0.0);
        select(&error.not_equal(&error), float(f64::INFINITY), error)
    }

    fn is_last(&self, state: &Search) -> Array {
        (&state.count + int(1)).greater_equal(int(self.options.max_linesearch_steps))
    }

    /// Makes the step longer, until it is one of an interval's ends (algorithm 3.5).
    fn search_interval(&self, state: &Search) -> Search {
        let ZoomOptions { tol, increase_factor, .. } = self.options;
        let larger = float(increase_factor) * &state.stepsize;
        let tried = self.try_step(state, select(&state.count.equal(int(0)), &state.stepsize_guess, larger));
        let tol = float(tol);
        let is_safe = tried.decrease_error.less_equal(&tol);
        let [safe_stepsize, safe_value] =
            choose(&is_safe, [&tried.stepsize, &tried.value], [&state.safe_stepsize, &state.safe_value]);
        let safe_grad = select_all(&is_safe, &tried.grad, &state.safe_grad);
        let rises = and(&tried.value.greater_equal(&state.value), &state.count.greater(int(0)));
        let new_is_high = or(&tried.decrease_error.greater(0.0), &rises);
        let new_is_low = and(&tried.slope.greater_equal(0.0), &not(&new_is_high));
        let before = [&state.stepsize, &state.value, &state.slope];
        let now = [&tried.stepsize, &tried.value, &tried.slope];
        let [low, value_low, slope_low] = choose(&new_is_low, now, before);
        let [high, value_high, slope_high] = choose(&new_is_low, before, now);
        let done = tried.error.less_equal(&tol);
        let interval_found = or(&or(&new_is_high, &new_is_low), &done);
        let failed = and(&self.is_last(state), &not(&done));
        Search {
            interval_found,
            failed,
            done,
            cubic_ref: low.clone(),
            value_cubic_ref: value_low.clone(),
            low,
            value_low,
            slope_low,
            high,
            value_high,
            slope_high,
            safe_stepsize,
            safe_value,
            safe_grad,
            ..tried.into_state(state)
        }
    }

    /// Makes the interval smaller (algorithm 3.6).
    fn zoom(&self, state: &Search) -> Search {
        let ZoomOptions { tol, stepsize_precision, .. } = self.options;
        let Search { low, value_low, slope_low, high, value_high, slope_high, .. } = state;
        let Search { cubic_ref, value_cubic_ref, safe_value, .. } = state;
        let delta = abs(&(high - low));
        let (left, right) = (high.minimum(low), high.maximum(low));
        let inside = |x: &Array, margin: Array| and(&x.greater(&left + &margin), &x.less(&right - &margin));
        let too_small = delta.less_equal(float(stepsize_precision));
        let cubic = cubic_minimum([low, value_low, slope_low], [high, value_high], [cubic_ref, value_cubic_ref]);
        let use_cubic = inside(&cubic, float(0.2) * &delta);
        let parabola = parabola_minimum([low, value_low, slope_low], [high, value_high]);
        let use_parabola = and(&not(&use_cubic), &inside(&parabola, float(0.1) * &delta));
        let half = (low + high) / float(2.0);
        let use_half = and(&not(&use_cubic), &not(&use_parabola));
        let middle = select(&use_cubic, cubic, cubic_ref);
        let middle = select(&use_parabola, parabola, middle);
        let tried = self.try_step(state, select(&use_half, half, middle));

        let tol = float(tol);
        let is_safe = and(&tried.decrease_error.less_equal(&tol), &tried.value.less(safe_value));
        let [safe_stepsize, safe_value] =
            choose(&is_safe, [&tried.stepsize, &tried.value], [&state.safe_stepsize, safe_value]);
        let safe_grad = select_all(&is_safe, &tried.grad, &state.safe_grad);
        let done = tried.error.less_equal(&tol);
        let middle_is_high = or(&tried.decrease_error.greater(0.0), &tried.value.greater_equal(value_low));
        let secant = &tried.slope * (high - low);
        let low_is_high = and(&secant.greater_equal(0.0), &not(&middle_is_high));
        let middle_is_low = not(&middle_is_high);
        let middle = [&tried.stepsize, &tried.value, &tried.slope];
        let [a, b, c] = choose(&middle_is_high, middle, [high, value_high, slope_high]);
        let [new_high, new_value_high, new_slope_high] =
            choose(&low_is_high, [low, value_low, slope_low], [&a, &b, &c]);
        let [new_low, new_value_low, new_slope_low] = choose(&middle_is_low, middle, [low, value_low, slope_low]);
        let [cubic_ref, value_cubic_ref] =
            choose(&or(&middle_is_high, &low_is_high), [high, value_high], [low, value_low]);
        let presumably = or(&self.is_last(state), &and(&too_small, &safe_stepsize.greater(0.0)));
        let failed = and(&presumably, &not(&done));
        Search {
            interval_found: state.interval_found.clone(),
            done,
            failed,
            low: new_low,
            value_low: new_value_low,
            slope_low: new_slope_low,
            high: new_high,
            value_high: new_value_high,
            slope_high: new_slope_high,
            cubic_ref,
            value_cubic_ref,
            safe_stepsize,
            safe_value,
            safe_grad,
            ..tried.into_state(state)
        }
    }
}

impl Tried {
    /// A search that has tried this step; what it concludes is still that of the one before.
    fn into_state(self, before: &Search) -> Search {
        Search {
            count: safe_increment(&before.count),
            stepsize: self.stepsize,
            value: self.value,
            grad: self.grad,
            slope: self.slope,
            decrease_error: self.decrease_error,
            curvature_error: self.curvature_error,
            error: self.error,
            ..before.clone()
        }
    }
}

/// What a search that has failed returns: the best step at which the loss has fallen enough, if there is one.
fn safe_step(state: &Search) -> Search {
    let outside = abs(&state.decrease_error).equal(float(f64::INFINITY));
    let which = or(&state.safe_stepsize.greater(0.0), &outside);
    let [stepsize, value] = choose(&which, [&state.safe_stepsize, &state.safe_value], [&state.stepsize, &state.value]);
    let grad = select_all(&which, &state.safe_grad, &state.grad);
    Search { stepsize, value, grad, ..state.clone() }
}

/// Where the cubic through three points, with the slope at the first, has its minimum (`_cubicmin`).
fn cubic_minimum([a, fa, slope]: [&Array; 3], [b, fb]: [&Array; 2], [c, fc]: [&Array; 2]) -> Array {
    let (db, dc) = (b - a, c - a);
    let denominator = (&db * &dc).powi(2) * (&db - &dc);
    let first = stack(&[&dc.powi(2), &-db.powi(2)]);
    let second = stack(&[&-dc.powi(3), &db.powi(3)]);
    let rest = stack(&[&(fb - fa - slope * &db), &(fc - fa - slope * &dc)]);
    let both = stack(&[&first, &second]).matmul(&rest) / denominator;
    let (x, y) = (both.at(0), both.at(1));
    let radical = &y * &y - float(3.0) * &x * slope;
    a + (-y + radical.sqrt()) / (float(3.0) * x)
}

/// Where the parabola through two points, with the slope at the first, has its minimum (`_quadmin`).
fn parabola_minimum([a, fa, slope]: [&Array; 3], [b, fb]: [&Array; 2]) -> Array {
    let db = b - a;
    let bend = (fb - fa - slope * &db) / db.powi(2);
    a - slope / (float(2.0) * bend)
}

//! [`scale_by_zoom_linesearch`]: chooses how far to go along the updates, by evaluating the loss on the way (`optax.scale_by_zoom_linesearch`).
//!
//! First it looks for an interval that holds a good step, by doubling the step; then it narrows the interval, by the minimum of a cubic, of a parabola, or by
//! halving, until the loss has fallen enough for the way that was gone and has become flat enough (Nocedal and Wright, *Numerical Optimization*, algorithms 3.5 and
//! 3.6; near a minimum the test of Hager and Zhang, 2006). The order of every operation is Optax's.

mod search;

use std::rc::Rc;

use crate::base::error::Error;
use crate::jax::control::while_loop;
use crate::jax::tree::{PyTree, tree_failed, tree_leaves, tree_map, tree_unflatten};
use crate::jax::{Array, value_and_grad};
use crate::pytree;

use super::base::{ExtraArgs, GradientTransformation, wrong_state};
use super::numerics::{float, full_like, int};
use super::state::{OptState, display};

use search::{Search, Settings};
pub(super) use search::{add_scale, vdot};

/// The keyword arguments of `optax.scale_by_zoom_linesearch`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZoomOptions {
    /// The most evaluations of the loss and its gradient in one update.
    pub max_linesearch_steps: i32,
    /// How much the loss may miss either condition.
    pub tol: f64,
    /// By which the step grows while an interval is looked for.
    pub increase_factor: f64,
    /// The part of the first slope by which the loss has to fall for each unit of the step.
    pub slope_rtol: f64,
    /// The part of the first slope that may be left.
    pub curv_rtol: f64,
    /// How near the first loss the loss has to be for the second test of its fall.
    pub approx_dec_rtol: f64,
    /// The length of the interval at which the search ends with the best step so far.
    pub stepsize_precision: f64,
}

impl Default for ZoomOptions {
    /// Those of `optax.lbfgs`.
    fn default() -> Self {
        Self {
            max_linesearch_steps: 20,
            tol: 0.0,
            increase_factor: 2.0,
            slope_rtol: 1e-4,
            curv_rtol: 0.9,
            approx_dec_rtol: 1e-6,
            stepsize_precision: 1e-5,
        }
    }
}

/// How a search ended (`optax.ZoomLinesearchInfo`).
#[derive(Clone, Debug)]
pub struct ZoomLinesearchInfo {
    /// Evaluations of the loss and its gradient, an i32 scalar.
    pub num_linesearch_steps: Array,
    /// By how much the loss missed the condition of its fall, an f32 scalar; 0 if it holds.
    pub decrease_error: Array,
    /// By how much the slope missed its condition, an f32 scalar; 0 if it holds.
    pub curvature_error: Array,
}

/// The state of [`scale_by_zoom_linesearch`] (`optax.ScaleByZoomLinesearchState`).
#[derive(Clone, Debug)]
pub struct ScaleByZoomLinesearchState<P = Array> {
    /// The step that was chosen, in units of the updates; an f32 scalar.
    pub learning_rate: Array,
    /// The loss there, an f32 scalar.
    pub value: Array,
    /// Its gradient there, a tree like the parameters.
    pub grad: P,
    /// How the search ended.
    pub info: ZoomLinesearchInfo,
}

pytree!(ZoomLinesearchInfo { num_linesearch_steps, decrease_error, curvature_error });
pytree!(ScaleByZoomLinesearchState<P> { learning_rate, value, grad, info });
display!(ZoomLinesearchInfo, ScaleByZoomLinesearchState<P>);

/// Multiplies updates by the step that a search along them finds; it begins with a step of 1 (`optax.scale_by_zoom_linesearch` with
/// `initial_guess_strategy="one"`). It needs the loss: update with [`GradientTransformation::update_with`].
///
/// Before the first update, Optax prints the state's counts and errors with `weak_type=True`, which this crate does not know.
#[must_use]
pub fn scale_by_zoom_linesearch<P: PyTree>(options: ZoomOptions) -> GradientTransformation<P> {
    GradientTransformation::with_extra_args(
        |params| {
            OptState::ScaleByZoomLinesearch(Box::new(ScaleByZoomLinesearchState {
                learning_rate: float(1.0),
                value: float(f64::INFINITY),
                grad: full_like(params, 0.0),
                info: ZoomLinesearchInfo {
                    num_linesearch_steps: int(0),
                    decrease_error: float(f64::INFINITY),
                    curvature_error: float(f64::INFINITY),
                },
            }))
        },
        move |updates, state, params, extra| {
            if !matches!(state, OptState::ScaleByZoomLinesearch(_)) {
                return wrong_state("scale_by_zoom_linesearch", "ScaleByZoomLinesearchState", updates, state);
            }
            let Some(extra) = extra else {
                let error = Error::value(
                    "The value of the loss",
                    "none",
                    "a line search needs `value`, `grad` and `value_fn`: call `update_with`",
                );
                return (tree_failed(updates, &error), tree_failed(state, &error));
            };
            let found = search(&options, updates, params, extra);
            let grad = tree_unflatten(params, found.grad).unwrap_or_else(|error| tree_failed(params, &error));
            let state = ScaleByZoomLinesearchState {
                learning_rate: found.stepsize.clone(),
                value: found.value,
                grad,
                info: ZoomLinesearchInfo {
                    num_linesearch_steps: found.count,
                    decrease_error: found.decrease_error,
                    curvature_error: found.curvature_error,
                },
            };
            let updates = tree_map(|update| &found.stepsize * update, updates);
            (updates, OptState::ScaleByZoomLinesearch(Box::new(state)))
        },
    )
}

/// The loss and its gradient at leaves of parameters.
pub(super) type Evaluate = dyn Fn(&[Array]) -> (Array, Vec<Array>);

/// Runs the search.
fn search<P: PyTree>(options: &ZoomOptions, updates: &P, params: &P, extra: &ExtraArgs<'_, P>) -> Search {
    let (pattern, value_fn) = (params.clone(), extra.value_fn.clone());
    let at_leaves = move |leaves: &Vec<Array>| match tree_unflatten(&pattern, leaves.iter().cloned()) {
        Ok(params) => value_fn(&params),
        Err(error) => Array::failed(error),
    };
    let differentiated = value_and_grad(at_leaves);
    let evaluate: Rc<Evaluate> = Rc::new(move |leaves: &[Array]| differentiated(&leaves.to_vec()));
    let settings = Settings::new(options, evaluate);
    let start = Search::begin(tree_leaves(updates), tree_leaves(params), extra.value, tree_leaves(extra.grad));
    while_loop(Search::goes_on, |state: &Search| settings.step(state), &start)
}

//! [`lbfgs`]: a quasi-Newton method that remembers the last few steps (`optax.lbfgs`).

use crate::jax::control::while_loop;
use crate::jax::numpy::select;
use crate::jax::tree::{PyTree, tree_failed, tree_leaves, tree_map, tree_unflatten};
use crate::jax::{Array, DType};
use crate::pytree;

use super::base::{GradientTransformation, wrong_state};
use super::combine::chain;
use super::linesearch::{ZoomOptions, add_scale, scale_by_zoom_linesearch, vdot};
use super::numerics::{float, full_like, int, safe_increment};
use super::state::{OptState, display};
use super::transform::scale;

/// How many steps [`lbfgs`] remembers.
pub const MEMORY_SIZE: usize = 10;

/// The state of [`scale_by_lbfgs`] (`optax.ScaleByLBFGSState`). The memories have one more axis than the parameters, the first one, for the steps; step k lies in
/// place k modulo their number.
#[derive(Clone, Debug)]
pub struct ScaleByLBFGSState<P = Array> {
    /// How many updates there were, an i32 scalar.
    pub count: Array,
    /// The parameters at the last update.
    pub params: P,
    /// The gradient at the last update.
    pub updates: P,
    /// How the parameters changed with each step.
    pub diff_params_memory: P,
    /// How the gradient changed with each step.
    pub diff_updates_memory: P,
    /// One over the scalar product of the two, f32\[steps\].
    pub weights_memory: Array,
}

pytree!(ScaleByLBFGSState<P> { count, params, updates, diff_params_memory, diff_updates_memory, weights_memory });
display!(ScaleByLBFGSState<P>);

/// L-BFGS with its line search, and Optax's defaults (`optax.lbfgs()`): [`scale_by_lbfgs`], `scale(-1)`, [`scale_by_zoom_linesearch`].
///
/// ```
/// use std::rc::Rc;
/// use thetahat::jax::{Array, value_and_grad};
/// use thetahat::optax::{ExtraArgs, apply_updates, lbfgs};
///
/// let f = |x: &Array| (x * x).sum();
/// let solver = lbfgs();
/// let mut params = Array::new(&[1.0, 2.0, 3.0], &[3]);
/// let mut state = solver.init(&params);
/// for _ in 0..2 {
///     let (value, grad) = value_and_grad(f)(&params);
///     let extra = ExtraArgs { value: &value, grad: &grad, value_fn: Rc::new(f) };
///     let (updates, next) = solver.update_with(&grad, &state, &params, &extra);
///     (params, state) = (apply_updates(&params, &updates), next);
/// }
/// assert!(f(&params).item()? < 1e-12);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn lbfgs<P: PyTree>() -> GradientTransformation<P> {
    chain(vec![scale_by_lbfgs(MEMORY_SIZE), scale(-1.0), scale_by_zoom_linesearch(ZoomOptions::default())])
}

/// Multiplies gradients by an estimate of the inverse Hessian, made of the last `memory_size` steps, at least one (`optax.scale_by_lbfgs`; Nocedal and Wright,
/// *Numerical Optimization*, algorithm 7.4).
#[must_use]
pub fn scale_by_lbfgs<P: PyTree>(memory_size: usize) -> GradientTransformation<P> {
    let memory_size = memory_size.max(1);
    GradientTransformation::new(
        move |params: &P| {
            let memory: P = tree_map(|leaf| Array::zeros(&[&[memory_size], leaf.shape()].concat(), DType::F32), params);
            OptState::ScaleByLbfgs(Box::new(ScaleByLBFGSState {
                count: int(0),
                params: full_like(params, 0.0),
                updates: full_like(params, 0.0),
                diff_params_memory: memory.clone(),
                diff_updates_memory: memory,
                weights_memory: Array::zeros(&[memory_size], DType::F32),
            }))
        },
        move |updates: &P, state: &OptState<P>, params: &P| {
            let OptState::ScaleByLbfgs(before) = state else {
                return wrong_state("scale_by_lbfgs", "ScaleByLBFGSState", updates, state);
            };
            let leaves = Leaves {
                count: before.count.clone(),
                params: tree_leaves(&before.params),
                updates: tree_leaves(&before.updates),
                diff_params: tree_leaves(&before.diff_params_memory),
                diff_updates: tree_leaves(&before.diff_updates_memory),
                weights: before.weights_memory.clone(),
            };
            let (made, memory) = leaves.update(&tree_leaves(updates), &tree_leaves(params));
            let tree = |like: &P, leaves: Vec<Array>| {
                tree_unflatten(like, leaves).unwrap_or_else(|error| tree_failed(like, &error))
            };
            let state = ScaleByLBFGSState {
                count: memory.count,
                params: params.clone(),
                updates: updates.clone(),
                diff_params_memory: tree(params, memory.diff_params),
                diff_updates_memory: tree(params, memory.diff_updates),
                weights_memory: memory.weights,
            };
            (tree(updates, made), OptState::ScaleByLbfgs(Box::new(state)))
        },
    )
}

/// [`ScaleByLBFGSState`] as leaves.
struct Leaves {
    count: Array,
    params: Vec<Array>,
    updates: Vec<Array>,
    diff_params: Vec<Array>,
    diff_updates: Vec<Array>,
    weights: Array,
}

impl Leaves {
    fn update(self, updates: &[Array], params: &[Array]) -> (Vec<Array>, Self) {
        let size = self.weights.size();
        let place = remainder(&self.count, size);
        let last = remainder(&(&self.count + int(length(size) - 1)), size);
        let is_later = self.count.greater(int(0));
        let later = |x: Array| select(&is_later, &x, Array::zeros(x.shape(), DType::F32));
        let differences = |now: &[Array], before: &[Array]| -> Vec<Array> {
            now.iter().zip(before).map(|(now, before)| now - before).collect()
        };
        let (diff_params, diff_updates) = (differences(params, &self.params), differences(updates, &self.updates));
        let product = vdot(&diff_updates, &diff_params);
        let weight = select(&product.equal(0.0), 0.0, 1.0 / &product);
        let diff_params: Vec<Array> = diff_params.into_iter().map(later).collect();
        let diff_updates: Vec<Array> = diff_updates.into_iter().map(later).collect();
        let weight = later(weight);

        let keep = |memory: &[Array], rows: &[Array]| -> Vec<Array> {
            memory.iter().zip(rows).map(|(memory, row)| with_row(memory, &last, row)).collect()
        };
        let memory = Self {
            count: safe_increment(&self.count),
            params: params.to_vec(),
            updates: updates.to_vec(),
            diff_params: keep(&self.diff_params, &diff_params),
            diff_updates: keep(&self.diff_updates, &diff_updates),
            weights: with_row(&self.weights, &last, &weight),
        };

        // the estimate begins with a multiple of the identity; at the first step, one that makes the step no longer than 1
        let numerator = vdot(&diff_updates, &diff_params);
        let denominator = sum_of_squares(&diff_updates);
        let by_last = select(&denominator.greater(0.0), numerator / &denominator, 1.0);
        let at_first = float(1.0).minimum(1.0 / sum_of_squares(updates).sqrt());
        let identity_scale = select(&is_later, by_last, at_first);
        (memory.precondition(updates, &identity_scale, &place), memory)
    }

    /// The gradient times the estimate: back through the steps, the multiple of the identity, and forth again (`_precondition_by_lbfgs`).
    fn precondition(&self, updates: &[Array], identity_scale: &Array, place: &Array) -> Vec<Array> {
        let size = self.weights.size();
        let at = |turn: &Array| remainder(&(place + turn), size);
        let row = |memory: &[Array], index: &Array| -> Vec<Array> {
            memory.iter().map(|memory| row_of(memory, index)).collect()
        };
        let start = (int(0), updates.to_vec(), Array::zeros(&[size], DType::F32));
        let back = |(turn, vector, alphas): &(Array, Vec<Array>, Array)| {
            let number = int(length(size) - 1) - turn;
            let index = at(&number);
            let (dw, du) = (row(&self.diff_params, &index), row(&self.diff_updates, &index));
            let alpha = row_of(&self.weights, &index) * vdot(&dw, vector);
            (turn + int(1), add_scale(vector, &-&alpha, &du), with_row(alphas, &number, &alpha))
        };
        let goes_on = |turn: &Array| turn.less(int(length(size)));
        let (_, vector, alphas) = while_loop(|(turn, ..): &(Array, Vec<Array>, Array)| goes_on(turn), back, &start);
        let vector: Vec<Array> = vector.iter().map(|leaf| identity_scale * leaf).collect();
        let forth = |(turn, vector): &(Array, Vec<Array>)| {
            let index = at(turn);
            let (dw, du) = (row(&self.diff_params, &index), row(&self.diff_updates, &index));
            let beta = row_of(&self.weights, &index) * vdot(&du, vector);
            (turn + int(1), add_scale(vector, &(row_of(&alphas, turn) - beta), &dw))
        };
        while_loop(|(turn, _): &(Array, Vec<Array>)| goes_on(turn), forth, &(int(0), vector)).1
    }
}

fn length(size: usize) -> i32 {
    i32::try_from(size).unwrap_or(i32::MAX)
}

/// `x` modulo `size`, for i32 scalars that are not negative.
fn remainder(x: &Array, size: usize) -> Array {
    let size = int(length(size));
    x - x / &size * &size
}

fn sum_of_squares(leaves: &[Array]) -> Array {
    let sums = leaves.iter().map(|leaf| (leaf * leaf).sum());
    sums.reduce(|sum, next| sum + next).unwrap_or_else(|| float(0.0))
}

/// A row of a memory, `memory[index]`.
fn row_of(memory: &Array, index: &Array) -> Array {
    memory.take(&index.reshape(&[1])).reshape(memory.shape().get(1..).unwrap_or_default())
}

/// A memory with another row, `memory.at[index].set(row)`.
fn with_row(memory: &Array, index: &Array, row: &Array) -> Array {
    let size = memory.shape().first().copied().unwrap_or(0);
    let numbers: Vec<i32> = (0..length(size)).collect();
    let mut shape = vec![1; memory.ndim()];
    if let Some(first) = shape.first_mut() {
        *first = size;
    }
    let here = Array::from_i32(&numbers, &shape).equal(index);
    let row = row.reshape(&[&[1], row.shape()].concat()).broadcast_to(memory.shape());
    select(&here.broadcast_to(memory.shape()), row, memory)
}

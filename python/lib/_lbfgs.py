"""`optax.lbfgs` with its line search, in the order of operations of Optax (`optax._src.transform`, `optax._src.linesearch`)."""
from _light import namedtuple

import jax
import jax.numpy as jnp
from jax import lax
from jax.tree_util import tree_leaves as _leaves, tree_map as _map
from _optax_base import GradientTransformation, GradientTransformationExtraArgs, safe_increment, state_class, vdot, zeros_like

ScaleByLBFGSState = state_class("ScaleByLBFGSState", "count params updates diff_params_memory diff_updates_memory weights_memory")
ScaleByZoomLinesearchState = state_class("ScaleByZoomLinesearchState", "learning_rate value grad info")
ZoomLinesearchInfo = state_class("ZoomLinesearchInfo", "num_linesearch_steps decrease_error curvature_error")
_Search = namedtuple(
    "ZoomLinesearchState",
    "count params updates stepsize_guess stepsize value grad slope value_init slope_init decrease_error curvature_error error "
    "interval_found done failed low value_low slope_low high value_high slope_high cubic_ref value_cubic_ref "
    "safe_stepsize safe_value safe_grad",
)


def _squared_norm(tree):
    total = 0
    for x in _leaves(tree):
        total = total + jnp.sum(x**2)
    return total


def _add_scale(a, s, b):
    return _map(lambda x, y: x + s * y, a, b)


def _where(condition, a, b):
    return _map(lambda x, y: jnp.where(condition, x, y), a, b)


def _cast_like(tree, other):
    return _map(lambda x, y: jnp.asarray(x).astype(jnp.asarray(y).dtype), tree, other)


def scale_by_lbfgs(memory_size=10, scale_init_precond=True):
    if memory_size < 1:
        raise ValueError("memory_size must be >= 1")

    def init_fn(params):
        memory = _map(lambda leaf: jnp.zeros((memory_size,) + leaf.shape, dtype=leaf.dtype), params)
        return ScaleByLBFGSState(
            count=jnp.asarray(0, dtype=jnp.int32), params=zeros_like(params), updates=zeros_like(params), diff_params_memory=memory,
            diff_updates_memory=memory, weights_memory=jnp.zeros(memory_size),
        )

    def update_fn(updates, state, params):
        memory_idx = state.count % memory_size
        previous = (state.count - 1) % memory_size
        diff_params = _map(lambda a, b: a - b, params, state.params)
        diff_updates = _map(lambda a, b: a - b, updates, state.updates)
        product = vdot(diff_updates, diff_params)
        weight = jnp.where(product == 0.0, 0.0, 1.0 / product)
        diff_params, diff_updates, weight = _map(
            lambda x: jnp.where(state.count > 0, x, jnp.zeros_like(x)), (diff_params, diff_updates, weight))
        memories = _map(
            lambda x, y: x.at[previous].set(y),
            (state.diff_params_memory, state.diff_updates_memory, state.weights_memory),
            (diff_params, diff_updates, weight),
        )
        if scale_init_precond:
            numerator = vdot(diff_updates, diff_params)
            denominator = _squared_norm(diff_updates)
            scale = jnp.where(denominator > 0.0, numerator / denominator, 1.0)
            capped = jnp.minimum(1.0, 1.0 / jnp.sqrt(_squared_norm(lax.stop_gradient(updates))))
            scale = jnp.where(state.count > 0, scale, capped)
        else:
            scale = 1.0
        direction = _preconditioned(updates, *memories, scale, memory_idx)
        return direction, ScaleByLBFGSState(safe_increment(state.count), params, updates, *memories)

    return GradientTransformation(init_fn, update_fn)


def _preconditioned(updates, diff_params, diff_updates, weights, scale, memory_idx):
    """The gradient times the estimate of the inverse Hessian: back through the steps that are remembered, and forth."""
    size = weights.shape[0]
    indices = (memory_idx + jnp.arange(size)) % size

    def right(vec, idx):
        dw, du = _map(lambda x: x[idx], (diff_params, diff_updates))
        alpha = weights[idx] * vdot(dw, vec)
        return _cast_like(_add_scale(vec, -alpha, du), vec), alpha

    def left(vec, given):
        idx, alpha = given
        dw, du = _map(lambda x: x[idx], (diff_params, diff_updates))
        beta = weights[idx] * vdot(du, vec)
        return _cast_like(_add_scale(vec, alpha - beta, dw), vec), beta

    direction, alphas = lax.scan(right, updates, indices, reverse=True)
    direction = _map(lambda x: scale * x, direction)
    return lax.scan(left, direction, (indices, alphas))[0]


class _Zoom:
    """The search for a step that lowers the value enough and leaves a small slope."""

    def __init__(self, max_linesearch_steps, max_stepsize, tol, increase_factor, slope_rtol, curv_rtol, approx_dec_rtol, interval_threshold):
        self.max_linesearch_steps, self.max_stepsize, self.tol, self.increase_factor = max_linesearch_steps, max_stepsize, tol, increase_factor
        self.slope_rtol, self.curv_rtol = slope_rtol, curv_rtol
        self.approx_dec_rtol, self.interval_threshold = approx_dec_rtol, interval_threshold

    def begin(self, updates, params, value, grad, guess):
        slope = vdot(updates, grad)
        zero, none = jnp.asarray(0.0), jnp.asarray(jnp.inf)
        no = jnp.asarray(False)
        return _Search(
            count=jnp.asarray(0), params=params, updates=updates, stepsize_guess=guess, stepsize=jnp.asarray(0.0, dtype=jnp.float32),
            value=jnp.array(value, dtype=jnp.float32), grad=grad, slope=slope, value_init=value, slope_init=slope, decrease_error=none,
            curvature_error=none, error=none, interval_found=no, done=no, failed=no, low=zero, value_low=value, slope_low=slope, high=zero,
            value_high=value, slope_high=slope, cubic_ref=zero, value_cubic_ref=value, safe_stepsize=zero, safe_value=value, safe_grad=grad,
        )

    def run(self, value_and_grad, state):
        def step(state):
            new = lax.cond(
                state.interval_found, lambda s: self._zoom_into_interval(s, value_and_grad), lambda s: self._search_interval(s, value_and_grad), state)
            return _cast_like(lax.cond(new.failed, self._safe_step, lambda s: s, new), state)

        return lax.while_loop(lambda s: ~(s.done | s.failed), step, state)

    def _try(self, state, value_and_grad, stepsize):
        params = _add_scale(state.params, stepsize, state.updates)
        value, grad = value_and_grad(params)
        slope = vdot(grad, state.updates)
        decrease = value - state.value_init - self.slope_rtol * stepsize * state.slope_init
        if self.approx_dec_rtol is not None:
            approximate = slope - (2 * self.slope_rtol - 1.0) * state.slope_init
            change = value - state.value_init - self.approx_dec_rtol * jnp.abs(state.value_init)
            decrease = jnp.minimum(jnp.maximum(approximate, change), decrease)
        decrease = jnp.maximum(decrease, 0.0)
        decrease = jnp.where(jnp.isnan(decrease), jnp.inf, decrease)
        curvature = jnp.maximum(jnp.abs(slope) - self.curv_rtol * jnp.abs(state.slope_init), 0.0)
        curvature = jnp.where(jnp.isnan(curvature), jnp.inf, curvature)
        return value, grad, slope, decrease, curvature, jnp.maximum(decrease, curvature)

    def _safe_step(self, state):
        outside = jnp.isinf(state.decrease_error)
        stepsize, value, grad = _where(
            (state.safe_stepsize > 0.0) | outside, [state.safe_stepsize, state.safe_value, state.safe_grad], [state.stepsize, state.value, state.grad])
        return _cast_like(state._replace(stepsize=stepsize, grad=grad, value=value), state)

    def _search_interval(self, state, value_and_grad):
        stepsize = jnp.where(state.count == 0, state.stepsize_guess, self.increase_factor * state.stepsize)
        if self.max_stepsize is not None:
            reached = stepsize >= self.max_stepsize
            stepsize = jnp.minimum(stepsize, self.max_stepsize)
        else:
            reached = jnp.asarray(False)
        value, grad, slope, decrease, curvature, error = self._try(state, value_and_grad, stepsize)
        safe_stepsize, safe_value, safe_grad = _where(
            decrease <= self.tol, [stepsize, value, grad], [state.safe_stepsize, state.safe_value, state.safe_grad])
        new_is_high = (decrease > 0.0) | ((value >= state.value) & (state.count > 0))
        new_is_low = (slope >= 0.0) & (~new_is_high)
        now, before = [stepsize, value, slope], [state.stepsize, state.value, state.slope]
        low, value_low, slope_low, high, value_high, slope_high = _where(new_is_low, now + before, before + now)
        interval_found = new_is_high | new_is_low | (error <= self.tol)
        done = (error <= self.tol) | (reached & ~interval_found)
        failed = (state.count + 1 >= self.max_linesearch_steps) & (~done)
        new = state._replace(
            count=safe_increment(state.count), stepsize=stepsize, value=value, grad=grad, slope=slope, decrease_error=decrease,
            curvature_error=curvature, error=error, interval_found=interval_found, done=done, failed=failed, low=low, value_low=value_low,
            slope_low=slope_low, high=high, value_high=value_high, slope_high=slope_high, cubic_ref=low, value_cubic_ref=value_low,
            safe_stepsize=safe_stepsize, safe_value=safe_value, safe_grad=safe_grad,
        )
        return _cast_like(new, state)

    def _zoom_into_interval(self, state, value_and_grad):
        low, value_low, slope_low = state.low, state.value_low, state.slope_low
        high, value_high, slope_high = state.high, state.value_high, state.slope_high
        delta = jnp.abs(high - low)
        left, right = jnp.minimum(high, low), jnp.maximum(high, low)
        cubic_margin, parabola_margin = 0.2 * delta, 0.1 * delta
        too_small = delta <= self.interval_threshold
        cubic = _cubicmin(low, value_low, slope_low, high, value_high, state.cubic_ref, state.value_cubic_ref)
        use_cubic = (cubic > left + cubic_margin) & (cubic < right - cubic_margin)
        parabola = _quadmin(low, value_low, slope_low, high, value_high)
        use_parabola = (~use_cubic) & ((parabola > left + parabola_margin) & (parabola < right - parabola_margin))
        half = (low + high) / 2.0
        use_half = (~use_cubic) & (~use_parabola)
        middle = jnp.where(use_cubic, cubic, state.cubic_ref)
        middle = jnp.where(use_parabola, parabola, middle)
        middle = jnp.where(use_half, half, middle)
        value, grad, slope, decrease, curvature, error = self._try(state, value_and_grad, middle)
        is_safe = (decrease <= self.tol) & (value < state.safe_value)
        safe_stepsize, safe_value, safe_grad = _where(is_safe, [middle, value, grad], [state.safe_stepsize, state.safe_value, state.safe_grad])
        done = error <= self.tol
        middle_is_high = (decrease > 0.0) | (value >= value_low)
        low_is_high = (slope * (high - low) >= 0.0) & (~middle_is_high)
        at_middle, at_low, at_high = [middle, value, slope], [low, value_low, slope_low], [high, value_high, slope_high]
        new_high = _where(low_is_high, at_low, _where(middle_is_high, at_middle, at_high))
        new_low = _where(~middle_is_high, at_middle, at_low)
        cubic_ref, value_cubic_ref = _where(middle_is_high | low_is_high, [high, value_high], [low, value_low])
        last = (state.count + 1) >= self.max_linesearch_steps
        failed = (jnp.asarray(last) | (too_small & (safe_stepsize > 0.0))) & ~done
        new = state._replace(
            count=safe_increment(state.count), stepsize=middle, value=value, grad=grad, slope=slope, decrease_error=decrease,
            curvature_error=curvature, error=error, done=done, failed=failed, low=new_low[0], value_low=new_low[1], slope_low=new_low[2],
            high=new_high[0], value_high=new_high[1], slope_high=new_high[2], cubic_ref=cubic_ref, value_cubic_ref=value_cubic_ref,
            safe_stepsize=safe_stepsize, safe_value=safe_value, safe_grad=safe_grad,
        )
        return _cast_like(new, state)


def _cubicmin(a, fa, slope, b, fb, c, fc):
    db, dc = b - a, c - a
    denominator = (db * dc) ** 2 * (db - dc)
    d1 = jnp.array([[dc**2, -(db**2)], [-(dc**3), db**3]])
    A, B = jnp.dot(d1, jnp.array([fb - fa - slope * db, fc - fa - slope * dc])) / denominator
    radical = B * B - 3.0 * A * slope
    return a + (-B + jnp.sqrt(radical)) / (3.0 * A)


def _quadmin(a, fa, slope, b, fb):
    db = b - a
    B = (fb - fa - slope * db) / (db**2)
    return a - slope / (2.0 * B)


def scale_by_zoom_linesearch(
    max_linesearch_steps, max_learning_rate=None, tol=0.0, increase_factor=2.0, slope_rtol=1e-4, curv_rtol=0.9, approx_dec_rtol=1e-6,
    stepsize_precision=1e-5, initial_guess_strategy="keep", verbose=False,
):
    if initial_guess_strategy not in ("one", "keep"):
        raise ValueError(f"Unknown initial guess strategy: {initial_guess_strategy}")
    zoom = _Zoom(max_linesearch_steps, max_learning_rate, tol, increase_factor, slope_rtol, curv_rtol, approx_dec_rtol, stepsize_precision)

    def init_fn(params):
        return ScaleByZoomLinesearchState(
            learning_rate=jnp.asarray(1.0, dtype=jnp.float32), value=jnp.asarray(jnp.inf, dtype=jnp.float32), grad=zeros_like(params),
            info=ZoomLinesearchInfo(num_linesearch_steps=jnp.asarray(0), decrease_error=jnp.asarray(jnp.inf), curvature_error=jnp.asarray(jnp.inf)),
        )

    def update_fn(updates, state, params, *, value, grad, value_fn, **extra_args):
        evaluate = jax.value_and_grad(value_fn)
        guess = jnp.asarray(1.0) if initial_guess_strategy == "one" else state.learning_rate
        found = zoom.run(lambda p: evaluate(p, **extra_args), zoom.begin(updates, params, value, grad, guess))
        info = ZoomLinesearchInfo(found.count, found.decrease_error, found.curvature_error)
        new = ScaleByZoomLinesearchState(found.stepsize, found.value, found.grad, info)
        return _map(lambda u: found.stepsize * u, updates), _cast_like(new, state)

    return GradientTransformationExtraArgs(init_fn, update_fn)

"""`optax`: optimizers as pairs of pure functions on pytrees."""
from collections import namedtuple as _namedtuple
import builtins as _b
import functools as _functools

import _core
import jax
import jax.numpy as jnp
from jax.tree_util import tree_leaves as _leaves, tree_map as _map

GradientTransformation = _namedtuple("GradientTransformation", "init update")
GradientTransformationExtraArgs = _namedtuple("GradientTransformationExtraArgs", "init update")


def _state(name, fields="", types=()):
    made = _namedtuple(name, fields)
    made.__module__ = "optax"
    return made


EmptyState = _state("EmptyState")
ScaleState = EmptyState
TraceState = _state("TraceState", "trace")
ScaleByScheduleState = _state("ScaleByScheduleState", "count")
ScaleByAdamState = _state("ScaleByAdamState", "count mu nu")
ScaleByRmsState = _state("ScaleByRmsState", "nu")
ScaleByRmsWithCountState = _state("ScaleByRmsWithCountState", "count nu")
ScaleByRssState = _state("ScaleByRssState", "sum_of_squares")
ScaleByBeliefState = _state("ScaleByBeliefState", "count mu nu")
AddNoiseState = _state("AddNoiseState", "count rng_key")
EmaState = _state("EmaState", "count ema")
ScaleByLBFGSState = _state("ScaleByLBFGSState", "count params updates diff_params_memory diff_updates_memory weights_memory")
ScaleByZoomLinesearchState = _state("ScaleByZoomLinesearchState", "learning_rate value grad info")
ZoomLinesearchInfo = _state("ZoomLinesearchInfo", "num_linesearch_steps decrease_error curvature_error")
MaskedState = _state("MaskedState", "inner_state")
ScaleByLionState = _state("ScaleByLionState", "count mu")


def _zeros_like(tree):
    return _map(jnp.zeros_like, tree)


def _count0():
    return jnp.zeros([], jnp.int32)


def safe_increment(count):
    count = jnp.asarray(count)
    top = jnp.asarray(2147483647, count.dtype)
    return jnp.where(count < top, count + jnp.asarray(1, count.dtype), top)


safe_int32_increment = safe_increment


def _stateless(f):
    return GradientTransformation(lambda params: EmptyState(), lambda updates, state, params=None: (f(updates, params), state))


def stateless(f):
    return _stateless(f)


def identity():
    return _stateless(lambda updates, params: updates)


def set_to_zero():
    return _stateless(lambda updates, params: _zeros_like(updates))


def scale(step_size):
    return _stateless(lambda updates, params: _map(lambda g: step_size * g, updates))


def scale_by_schedule(step_size_fn):
    def init(params):
        return ScaleByScheduleState(count=_count0())

    def update(updates, state, params=None):
        step_size = step_size_fn(state.count)
        updates = _map(lambda g: jnp.array(step_size, dtype=g.dtype) * g, updates)
        return updates, ScaleByScheduleState(count=safe_increment(state.count))

    return GradientTransformation(init, update)


def scale_by_learning_rate(learning_rate, *, flip_sign=True):
    m = -1 if flip_sign else 1
    if callable(learning_rate):
        return scale_by_schedule(lambda count: m * learning_rate(count))
    return scale(m * learning_rate)


def _tree_update_moment(updates, moments, decay, order):
    return _map(lambda g, t: (1 - decay) * (g**order) + decay * t, updates, moments)


def _tree_update_moment_per_elem_norm(updates, moments, decay):
    return _map(lambda g, t: (1 - decay) * jnp.square(g) + decay * t, updates, moments)


def _bias_correction(moment, decay, count):
    factor = 1 - decay**count
    return _map(lambda t: t / factor.astype(t.dtype), moment)


_bias_correction_whole = jnp._whole("decay")(lambda moment, decay, count: _bias_correction(moment, decay, count))


def trace(decay, nesterov=False, accumulator_dtype=None):
    def init(params):
        return TraceState(trace=_zeros_like(params))

    def update(updates, state, params=None):
        f = lambda g, t: g + decay * t
        new = _map(f, updates, state.trace)
        updates = _map(f, updates, new) if nesterov else new
        return updates, TraceState(trace=new)

    return GradientTransformation(init, update)


def ema(decay, debias=True, accumulator_dtype=None):
    def init(params):
        return EmaState(count=_count0(), ema=_zeros_like(params))

    def update(updates, state, params=None):
        new = _tree_update_moment(updates, state.ema, decay, 1)
        count = safe_increment(state.count)
        out = _bias_correction_whole(new, decay, count) if debias else new
        return out, EmaState(count=count, ema=new)

    return GradientTransformation(init, update)


def scale_by_adam(b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, mu_dtype=None, *, nesterov=False):
    def init(params):
        return ScaleByAdamState(count=_count0(), mu=_zeros_like(params), nu=_zeros_like(params))

    def update(updates, state, params=None):
        mu = _tree_update_moment(updates, state.mu, b1, 1)
        nu = _tree_update_moment_per_elem_norm(updates, state.nu, b2)
        count = safe_increment(state.count)
        if nesterov:
            mu_hat = _map(lambda m, g: b1 * m + (1 - b1) * g, _bias_correction_whole(mu, b1, safe_increment(count)), _bias_correction_whole(updates, b1, count))
        else:
            mu_hat = _bias_correction_whole(mu, b1, count)
        nu_hat = _bias_correction_whole(nu, b2, count)
        updates = _map(lambda m, v: m / (jnp.sqrt(v + eps_root) + eps), mu_hat, nu_hat)
        nu = _map(lambda v, old: v.astype(old.dtype), nu, state.nu)
        return updates, ScaleByAdamState(count=count, mu=mu, nu=nu)

    return GradientTransformation(init, update)


def scale_by_rms(decay=0.9, eps=1e-8, initial_scale=0.0, eps_in_sqrt=True, bias_correction=False):
    def init(params):
        nu = _map(lambda p: jnp.full_like(p, initial_scale), params)
        return ScaleByRmsWithCountState(count=_count0(), nu=nu) if bias_correction else ScaleByRmsState(nu=nu)

    def update(updates, state, params=None):
        nu = _tree_update_moment_per_elem_norm(updates, state.nu, decay)
        if bias_correction:
            count = safe_increment(state.count)
            nu_hat = _bias_correction_whole(nu, decay, count)
            new = ScaleByRmsWithCountState(count=count, nu=nu)
        else:
            nu_hat, new = nu, ScaleByRmsState(nu=nu)
        if eps_in_sqrt:
            scaling = _map(lambda n: jax.lax.rsqrt(n + eps), nu_hat)
        else:
            scaling = _map(lambda n: 1 / (jnp.sqrt(n) + eps), nu_hat)
        return _map(lambda s, g: s * g, scaling, updates), new

    return GradientTransformation(init, update)


def scale_by_rss(initial_accumulator_value=0.1, eps=1e-7):
    def init(params):
        return ScaleByRssState(sum_of_squares=_map(lambda p: jnp.full_like(p, initial_accumulator_value), params))

    def update(updates, state, params=None):
        squares = _map(lambda g, t: jnp.square(g) + t, updates, state.sum_of_squares)
        inverse = _map(lambda t: jnp.where(t > 0, jax.lax.rsqrt(t + eps), 0.0), squares)
        return _map(lambda s, g: s * g, inverse, updates), ScaleByRssState(sum_of_squares=squares)

    return GradientTransformation(init, update)


def scale_by_lion(b1=0.9, b2=0.99, mu_dtype=None):
    def init(params):
        return ScaleByLionState(count=_count0(), mu=_zeros_like(params))

    def update(updates, state, params=None):
        out = _map(lambda g, m: jnp.sign((1.0 - b1) * g + b1 * m), updates, state.mu)
        return out, ScaleByLionState(count=safe_increment(state.count), mu=_tree_update_moment(updates, state.mu, b2, 1))

    return GradientTransformation(init, update)


def scale_by_sign():
    return _stateless(lambda updates, params: _map(jnp.sign, updates))


def _needs_params():
    raise ValueError("You are using a transformation that requires the current value of parameters, but you are not passing `params` when calling `update`.")


def add_decayed_weights(weight_decay=0.0, mask=None):
    def update(updates, state, params=None):
        if params is None:
            _needs_params()
        return _map(lambda g, p: g + weight_decay * p, updates, params), state

    made = GradientTransformation(lambda params: EmptyState(), update)
    return masked(made, mask) if mask is not None else made


def masked(inner, mask):
    def of(tree):
        return mask(tree) if callable(mask) else mask

    def init(params):
        return MaskedState(inner_state=inner.init(params))

    def update(updates, state, params=None):
        new, inner_state = inner.update(updates, state.inner_state, params)
        return _map(lambda m, a, b: a if m else b, of(updates), new, updates), MaskedState(inner_state=inner_state)

    return GradientTransformation(init, update)


def global_norm(updates):
    return jnp.sqrt(_b.sum(jnp.sum(jnp.square(x)) for x in _leaves(updates)))


def clip(max_delta):
    return _stateless(lambda updates, params: _map(lambda g: jnp.clip(g, -max_delta, max_delta), updates))


def clip_by_global_norm(max_norm):
    def f(updates, params):
        norm = jnp.squeeze(global_norm(updates))
        trigger = norm < max_norm
        return _map(lambda t: jnp.where(trigger, t, (t / norm.astype(t.dtype)) * max_norm), updates)

    return _stateless(f)


def clip_by_block_rms(threshold):
    def one(u):
        denominator = jnp.maximum(1.0, jnp.sqrt(jnp.mean(jnp.square(u))) / threshold)
        return u / denominator

    return _stateless(lambda updates, params: _map(one, updates))


def chain(*transforms):
    def init(params):
        return tuple(t.init(params) for t in transforms)

    def update(updates, state, params=None, **extra):
        if len(transforms) != len(state):
            raise ValueError("The number of updates and states has to be the same in chain! Make sure you have called init first!")
        new = []
        for s, t in zip(state, transforms):
            if isinstance(t, GradientTransformationExtraArgs):
                updates, s = t.update(updates, s, params, **extra)
            else:
                updates, s = t.update(updates, s, params)
            new.append(s)
        return updates, tuple(new)

    return GradientTransformationExtraArgs(init, update)


def with_extra_args_support(tx):
    return tx if isinstance(tx, GradientTransformationExtraArgs) else GradientTransformationExtraArgs(tx.init, lambda u, s, p=None, **e: tx.update(u, s, p))


def apply_updates(params, updates):
    def add(p, u):
        if p is None:
            return None
        p = jnp.asarray(p)
        return jnp.asarray(p + u).astype(p.dtype)

    return _map(add, params, updates)


def incremental_update(new_tensors, old_tensors, step_size):
    return _map(lambda new, old: step_size * new + (1.0 - step_size) * old, new_tensors, old_tensors)


def sgd(learning_rate, momentum=None, nesterov=False, accumulator_dtype=None):
    first = trace(momentum, nesterov) if momentum is not None else identity()
    return chain(first, scale_by_learning_rate(learning_rate))


def adam(learning_rate, b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, mu_dtype=None, *, nesterov=False):
    return chain(scale_by_adam(b1, b2, eps, eps_root, nesterov=nesterov), scale_by_learning_rate(learning_rate))


nadam = _functools.partial(adam, nesterov=True)


def adamw(learning_rate, b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, mu_dtype=None, weight_decay=1e-4, mask=None, *, nesterov=False):
    return chain(scale_by_adam(b1, b2, eps, eps_root, nesterov=nesterov), add_decayed_weights(weight_decay, mask), scale_by_learning_rate(learning_rate))


def rmsprop(learning_rate, decay=0.9, eps=1e-8, initial_scale=0.0, eps_in_sqrt=True, centered=False, momentum=None, nesterov=False, bias_correction=False):
    if centered:
        raise NotImplementedError("optax.rmsprop of this Python has no centered=True")
    return chain(
        scale_by_rms(decay, eps, initial_scale, eps_in_sqrt, bias_correction),
        scale_by_learning_rate(learning_rate),
        trace(momentum, nesterov) if momentum is not None else identity(),
    )


def adagrad(learning_rate, initial_accumulator_value=0.1, eps=1e-7):
    return chain(scale_by_rss(initial_accumulator_value, eps), scale_by_learning_rate(learning_rate))


def lion(learning_rate, b1=0.9, b2=0.99, mu_dtype=None, weight_decay=1e-3, mask=None):
    return chain(scale_by_lion(b1, b2), add_decayed_weights(weight_decay, mask), scale_by_learning_rate(learning_rate))


def sign_sgd(learning_rate):
    return chain(scale_by_sign(), scale_by_learning_rate(learning_rate))


def noisy_sgd(*args, **kwargs):
    raise NotImplementedError("optax of this Python has no noisy_sgd")


# schedules


def constant_schedule(value):
    return lambda count: value


def polynomial_schedule(init_value, end_value, power, transition_steps, transition_begin=0):
    if transition_steps <= 0:
        return lambda count: init_value

    def schedule(count):
        count = jnp.clip(count - transition_begin, 0, transition_steps)
        frac = 1 - count / transition_steps
        return (init_value - end_value) * (frac**power) + end_value

    return schedule


def linear_schedule(init_value, end_value, transition_steps, transition_begin=0):
    return polynomial_schedule(init_value, end_value, 1, transition_steps, transition_begin)


def piecewise_constant_schedule(init_value, boundaries_and_scales=None):
    def schedule(count):
        v = init_value
        for threshold, s in sorted((boundaries_and_scales or {}).items()):
            indicator = jnp.maximum(0.0, jnp.sign(threshold - count))
            v = v * indicator + (1 - indicator) * s * v
        return v

    return schedule


def exponential_decay(init_value, transition_steps, decay_rate, transition_begin=0, staircase=False, end_value=None):
    if transition_steps is not None and transition_steps <= 0 and not staircase:
        return lambda count: init_value
    if decay_rate == 0:
        return lambda count: init_value
    clip_fn = None if end_value is None else (jnp.maximum if decay_rate < 1.0 else jnp.minimum)

    def schedule(count):
        decreased = count - transition_begin
        p = decreased / transition_steps
        if staircase:
            p = jnp.floor(p)
        value = jnp.where(decreased <= 0, init_value, init_value * jnp.power(decay_rate, p))
        return clip_fn(value, end_value) if clip_fn is not None else value

    return schedule


def cosine_decay_schedule(init_value, decay_steps, alpha=0.0, exponent=1.0):
    if not decay_steps > 0:
        raise ValueError(f"The cosine_decay_schedule requires positive decay_steps, got {decay_steps=}.")

    def schedule(count):
        count = jnp.minimum(count, decay_steps)
        cosine = 0.5 * (1 + jnp.cos(jnp.pi * count / float(decay_steps)))
        decayed = (1 - alpha) * cosine**exponent + alpha
        return init_value * decayed

    return schedule


def join_schedules(schedules, boundaries):
    def schedule(step):
        output = schedules[0](step)
        for boundary, s in zip(boundaries, schedules[1:]):
            output = jnp.where(step < boundary, output, s(step - boundary))
        return output

    return schedule


def warmup_constant_schedule(init_value, peak_value, warmup_steps):
    return linear_schedule(init_value, peak_value, warmup_steps)


def warmup_cosine_decay_schedule(init_value, peak_value, warmup_steps, decay_steps, end_value=0.0, exponent=1.0):
    alpha = 0.0 if peak_value == 0.0 else end_value / peak_value
    return join_schedules(
        [linear_schedule(init_value, peak_value, warmup_steps), cosine_decay_schedule(peak_value, decay_steps - warmup_steps, alpha, exponent)],
        [warmup_steps],
    )


def warmup_exponential_decay_schedule(init_value, peak_value, warmup_steps, transition_steps, decay_rate, transition_begin=0, staircase=False, end_value=None):
    return join_schedules(
        [linear_schedule(init_value, peak_value, warmup_steps), exponential_decay(peak_value, transition_steps, decay_rate, transition_begin, staircase, end_value)],
        [warmup_steps],
    )


# losses


def squared_error(predictions, targets=None):
    return (predictions - targets) ** 2 if targets is not None else predictions**2


def l2_loss(predictions, targets=None):
    return 0.5 * squared_error(predictions, targets)


def huber_loss(predictions, targets=None, delta=1.0):
    errors = (predictions - targets) if targets is not None else predictions
    abs_errors = jnp.abs(errors)
    quadratic = jnp.minimum(abs_errors, delta)
    linear = abs_errors - quadratic
    return 0.5 * quadratic**2 + delta * linear


def log_cosh(predictions, targets=None):
    errors = (predictions - targets) if targets is not None else predictions
    return jnp.logaddexp(errors, -errors) - jnp.log(2.0).astype(errors.dtype)


def sigmoid_binary_cross_entropy(logits, labels):
    labels = jnp.asarray(labels).astype(logits.dtype)
    log_p = jax.nn.log_sigmoid(logits)
    log_not_p = jax.nn.log_sigmoid(-logits)
    return -labels * log_p - (1.0 - labels) * log_not_p


def softmax_cross_entropy(logits, labels, axis=-1, where=None):
    log_probs = jax.nn.log_softmax(logits, axis)
    return -(labels * log_probs).sum(axis)


def softmax_cross_entropy_with_integer_labels(logits, labels, axis=-1, where=None):
    labels = jnp.asarray(labels)
    label_logits = jnp.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return jax.nn.logsumexp(logits, axis=-1) - label_logits


def cosine_similarity(predictions, targets, epsilon=0.0, axis=-1):
    a = predictions / jnp.maximum(jnp.linalg.norm(predictions, axis=axis, keepdims=True), epsilon)
    b = targets / jnp.maximum(jnp.linalg.norm(targets, axis=axis, keepdims=True), epsilon)
    return jnp.sum(a * b, axis=axis)


def cosine_distance(predictions, targets, epsilon=0.0, axis=-1):
    return 1.0 - cosine_similarity(predictions, targets, epsilon, axis)


def hinge_loss(predictor_outputs, targets):
    return jnp.maximum(0, 1 - predictor_outputs * targets)


def smooth_labels(labels, alpha):
    return (1.0 - alpha) * labels + alpha / labels.shape[-1]


def kl_divergence(log_predictions, targets, axis=-1):
    loss = targets * (jnp.where(targets == 0, 0, jnp.log(jnp.where(targets == 0, 1.0, targets))) - log_predictions)
    return jnp.sum(loss, axis=axis)


# L-BFGS


def _vdot(a, b):
    return _b.sum(jnp.vdot(x, y) for x, y in zip(_leaves(a), _leaves(b)))


def _add_scale(a, s, b):
    return _map(lambda x, y: x + s * y, a, b)


def scale_by_lbfgs(memory_size=10, scale_init_precond=True):
    if memory_size < 1:
        raise ValueError("memory_size must be >= 1")

    def init(params):
        memory = _map(lambda p: jnp.zeros((memory_size, *p.shape), p.dtype), params)
        return ScaleByLBFGSState(count=_count0(), params=_zeros_like(params), updates=_zeros_like(params), diff_params_memory=memory,
                                 diff_updates_memory=memory, weights_memory=jnp.zeros(memory_size))

    def update(updates, state, params):
        count = state.count
        index = count % memory_size
        previous = (count - 1) % memory_size
        dp = _map(lambda a, b: a - b, params, state.params)
        du = _map(lambda a, b: a - b, updates, state.updates)
        inner = _vdot(du, dp)
        weight = jnp.where(inner == 0.0, 0.0, 1.0 / jnp.where(inner == 0.0, 1.0, inner))
        started = count > 0
        dp, du = (_map(lambda x: jnp.where(started, x, jnp.zeros_like(x)), tree) for tree in (dp, du))
        weight = jnp.where(started, weight, 0.0)
        pm = _map(lambda x, y: x.at[previous].set(y), state.diff_params_memory, dp)
        um = _map(lambda x, y: x.at[previous].set(y), state.diff_updates_memory, du)
        wm = state.weights_memory.at[previous].set(weight)
        if scale_init_precond:
            numerator, denominator = _vdot(du, dp), _vdot(du, du)
            scale_ = jnp.where(denominator > 0.0, numerator / jnp.where(denominator > 0.0, denominator, 1.0), 1.0)
            first = jnp.minimum(1.0, 1.0 / global_norm(updates))
            gamma = jnp.where(started, scale_, first)
        else:
            gamma = 1.0
        direction, alphas = updates, [None] * memory_size
        order = [(index + k) % memory_size for k in range(memory_size)]
        for k in range(memory_size - 1, -1, -1):
            i = order[k]
            alpha = wm[i] * _vdot(_map(lambda x: x[i], pm), direction)
            alphas[k] = alpha
            direction = _add_scale(direction, -alpha, _map(lambda x: x[i], um))
        direction = _map(lambda x: gamma * x, direction)
        for k in range(memory_size):
            i = order[k]
            beta = wm[i] * _vdot(_map(lambda x: x[i], um), direction)
            direction = _add_scale(direction, alphas[k] - beta, _map(lambda x: x[i], pm))
        new = ScaleByLBFGSState(count=safe_increment(count), params=params, updates=updates, diff_params_memory=pm, diff_updates_memory=um, weights_memory=wm)
        return direction, new

    return GradientTransformation(init, update)


def lbfgs(*args, **kwargs):
    raise AttributeError("module 'optax' of this Python has no 'lbfgs'")


def value_and_grad_from_state(value_fn):
    raise AttributeError("module 'optax' of this Python has no 'value_and_grad_from_state'")


import sys as _sys  # noqa: E402
from types import ModuleType as _Module  # noqa: E402

tree = tree_utils = _Module("optax.tree")
tree.norm = tree.tree_norm = tree.tree_l2_norm = global_norm
tree.vdot = tree.tree_vdot = _vdot
tree.add = tree.tree_add = lambda a, b: _map(lambda x, y: x + y, a, b)
tree.sub = tree.tree_sub = lambda a, b: _map(lambda x, y: x - y, a, b)
tree.scale = tree.tree_scalar_mul = lambda s, t: _map(lambda x: s * x, t)
tree.zeros_like = tree.tree_zeros_like = _zeros_like
tree.sum = tree.tree_sum = lambda t: _b.sum(jnp.sum(x) for x in _leaves(t))


def _tree_get(state, name, default=None):
    found = []

    def visit(x):
        if isinstance(x, tuple) and hasattr(x, "_fields"):
            for field in x._fields:
                if field == name:
                    found.append(getattr(x, field))
                else:
                    visit(getattr(x, field))
        elif isinstance(x, (tuple, list)):
            for y in x:
                visit(y)

    visit(state)
    return found[0] if found else default


tree.get = tree.tree_get = _tree_get
losses, schedules, transforms = (_Module(f"optax.{n}") for n in ("losses", "schedules", "transforms"))
for _m in (losses, schedules, transforms):
    for _name, _value in list(globals().items()):
        if callable(_value) and not _name.startswith("_"):
            setattr(_m, _name, _value)
    _sys.modules[_m.__name__] = _m
_sys.modules["optax.tree"] = _sys.modules["optax.tree_utils"] = tree

from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("optax")
del globals()["lbfgs"], globals()["value_and_grad_from_state"]

"""`optax`: optimizers as pairs of pure functions on pytrees."""
import builtins as _b

import jax
import jax.numpy as jnp
from jax.tree_util import tree_leaves as _leaves, tree_map as _map
from _light import partial as _partial
from _optax_base import GradientTransformation, GradientTransformationExtraArgs, safe_increment, state_class as _state, vdot as _vdot, zeros_like as _zeros_like
from _optax_losses import *  # noqa: F403
from _optax_schedules import *  # noqa: F403

__version__ = "0.2.8"

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
MaskedState = _state("MaskedState", "inner_state")
MaskedNode = _state("MaskedNode")
ScaleByLionState = _state("ScaleByLionState", "count mu")


def _count0():
    return jnp.zeros([], jnp.int32)


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
    def init_fn(params):
        return ScaleByScheduleState(count=_count0())

    def update_fn(updates, state, params=None):
        step_size = step_size_fn(state.count)
        updates = _map(lambda g: jnp.array(step_size, dtype=g.dtype) * g, updates)
        return updates, ScaleByScheduleState(count=safe_increment(state.count))

    return GradientTransformation(init_fn, update_fn)


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
    def init_fn(params):
        return TraceState(trace=_zeros_like(params))

    def update_fn(updates, state, params=None):
        f = lambda g, t: g + decay * t
        new = _map(f, updates, state.trace)
        updates = _map(f, updates, new) if nesterov else new
        return updates, TraceState(trace=new)

    return GradientTransformation(init_fn, update_fn)


def ema(decay, debias=True, accumulator_dtype=None):
    def init_fn(params):
        return EmaState(count=_count0(), ema=_zeros_like(params))

    def update_fn(updates, state, params=None):
        new = _tree_update_moment(updates, state.ema, decay, 1)
        count = safe_increment(state.count)
        out = _bias_correction_whole(new, decay, count) if debias else new
        return out, EmaState(count=count, ema=new)

    return GradientTransformation(init_fn, update_fn)


def _nesterov(mu, updates, b1, count):
    return _map(lambda m, g: b1 * m + (1 - b1) * g, _bias_correction_whole(mu, b1, safe_increment(count)), _bias_correction_whole(updates, b1, count))


def scale_by_adam(b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, mu_dtype=None, *, nesterov=False):
    def init_fn(params):
        return ScaleByAdamState(count=_count0(), mu=_zeros_like(params), nu=_zeros_like(params))

    def update_fn(updates, state, params=None):
        mu = _tree_update_moment(updates, state.mu, b1, 1)
        nu = _tree_update_moment_per_elem_norm(updates, state.nu, b2)
        count = safe_increment(state.count)
        mu_hat = _nesterov(mu, updates, b1, count) if nesterov else _bias_correction_whole(mu, b1, count)
        nu_hat = _bias_correction_whole(nu, b2, count)
        updates = _map(lambda m, v: m / (jnp.sqrt(v + eps_root) + eps), mu_hat, nu_hat)
        nu = _map(lambda v, old: v.astype(old.dtype), nu, state.nu)
        return updates, ScaleByAdamState(count=count, mu=mu, nu=nu)

    return GradientTransformation(init_fn, update_fn)


def scale_by_rms(decay=0.9, eps=1e-8, initial_scale=0.0, eps_in_sqrt=True, bias_correction=False):
    def init_fn(params):
        nu = _map(lambda p: jnp.full_like(p, initial_scale), params)
        return ScaleByRmsWithCountState(count=_count0(), nu=nu) if bias_correction else ScaleByRmsState(nu=nu)

    def update_fn(updates, state, params=None):
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

    return GradientTransformation(init_fn, update_fn)


def scale_by_rss(initial_accumulator_value=0.1, eps=1e-7):
    def init_fn(params):
        return ScaleByRssState(sum_of_squares=_map(lambda p: jnp.full_like(p, initial_accumulator_value), params))

    def update_fn(updates, state, params=None):
        squares = _map(lambda g, t: jnp.square(g) + t, updates, state.sum_of_squares)
        inverse = _map(lambda t: jnp.where(t > 0, jax.lax.rsqrt(t + eps), 0.0), squares)
        return _map(lambda s, g: s * g, inverse, updates), ScaleByRssState(sum_of_squares=squares)

    return GradientTransformation(init_fn, update_fn)


def scale_by_lion(b1=0.9, b2=0.99, mu_dtype=None):
    def init_fn(params):
        return ScaleByLionState(count=_count0(), mu=_zeros_like(params))

    def update_fn(updates, state, params=None):
        out = _map(lambda g, m: jnp.sign((1.0 - b1) * g + b1 * m), updates, state.mu)
        return out, ScaleByLionState(count=safe_increment(state.count), mu=_tree_update_moment(updates, state.mu, b2, 1))

    return GradientTransformation(init_fn, update_fn)


def scale_by_sign():
    return _stateless(lambda updates, params: _map(jnp.sign, updates))


def _needs_params():
    raise ValueError("You are using a transformation that requires the current value of parameters, but you are not passing `params` when calling `update`.")


def add_decayed_weights(weight_decay=0.0, mask=None):
    def update_fn(updates, state, params=None):
        if params is None:
            _needs_params()
        return _map(lambda g, p: g + weight_decay * p, updates, params), state

    made = GradientTransformation(lambda params: EmptyState(), update_fn)
    return masked(made, mask) if mask is not None else made


def masked(inner, mask, *, mask_compatible_extra_args=False):
    inner = with_extra_args_support(inner)

    def of(tree):
        return mask(tree) if callable(mask) else mask

    def left(tree, flags):
        return _map(lambda m, p: p if m else MaskedNode(), flags, tree)

    def init_fn(params):
        return MaskedState(inner_state=inner.init(left(params, of(params))))

    def update_fn(updates, state, params=None, **extra):
        flags = of(updates)
        given = None if params is None else left(params, flags)
        new, inner_state = inner.update(left(updates, flags), state.inner_state, given, **extra)
        return _map(lambda m, a, b: a if m else b, flags, new, updates), MaskedState(inner_state=inner_state)

    return GradientTransformationExtraArgs(init_fn, update_fn)


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
    def init_fn(params):
        return tuple(t.init(params) for t in transforms)

    def update_fn(updates, state, params=None, **extra):
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

    return GradientTransformationExtraArgs(init_fn, update_fn)


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


nadam, nadamw = _partial(adam, nesterov=True), _partial(lambda *args, **options: adamw(*args, **options), nesterov=True)


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


# L-BFGS


_ZOOM = object()


def lbfgs(learning_rate=None, memory_size=10, scale_init_precond=True, linesearch=_ZOOM):
    from _lbfgs import scale_by_lbfgs, scale_by_zoom_linesearch

    if linesearch is _ZOOM:
        linesearch = scale_by_zoom_linesearch(max_linesearch_steps=20, initial_guess_strategy="one")
    base = scale(-1.0) if learning_rate is None else scale_by_learning_rate(learning_rate)
    return chain(scale_by_lbfgs(memory_size=memory_size, scale_init_precond=scale_init_precond), base, identity() if linesearch is None else linesearch)


def value_and_grad_from_state(value_fn):
    def _value_and_grad(params, *fn_args, state, **fn_kwargs):
        value, grad = _tree_get(state, "value"), _tree_get(state, "grad")
        if value is None or grad is None:
            raise ValueError("Value or gradient not found in the state. Make sure that these values are stored in the state by the optimizer.")
        return jax.lax.cond(
            (~jnp.isinf(value)) & (~jnp.isnan(value)),
            lambda *_: (value, grad),
            lambda p, a, kwa: jax.value_and_grad(value_fn)(p, *a, **kwa),
            params, fn_args, fn_kwargs,
        )

    return _value_and_grad


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

_tell = _teller("optax")
_MORE = (
    "InjectStatefulHyperparamsState MultiSteps MultiStepsState PartitionState ApplyIfFiniteState adabelief adamax adamaxw apply_if_finite inject_hyperparams "
    "inject_stateful_hyperparams lamb multi_transform partition radam scale_by_adamax scale_by_belief scale_by_radam scale_by_trust_ratio scale_by_yogi "
    "sigmoid_focal_loss yogi"
).split()


def __getattr__(name):
    if name in ("ScaleByLBFGSState", "ScaleByZoomLinesearchState", "ZoomLinesearchInfo", "scale_by_lbfgs", "scale_by_zoom_linesearch"):
        # imported by the programs that need it
        import _lbfgs

        return getattr(_lbfgs, name)
    if name in _MORE:
        import _optax_more

        return getattr(_optax_more, name)
    return _tell(name)

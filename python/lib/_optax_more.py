"""`optax`: optimizers and wrappers that few programs use; `optax` imports them when they are asked for."""
import inspect as _inspect

import jax
import jax.numpy as jnp
from jax.tree_util import tree_leaves as _leaves, tree_map as _map
import optax
from optax import (
    GradientTransformation, GradientTransformationExtraArgs, ScaleByAdamState, ScaleByBeliefState, add_decayed_weights, chain, masked, safe_increment,
    scale_by_adam, scale_by_learning_rate, with_extra_args_support,
)
from optax import _bias_correction_whole as _bias_correction, _count0, _nesterov, _tree_update_moment as _moment, _tree_update_moment_per_elem_norm as _moment_per_elem
from _optax_base import state_class as _state, zeros_like as _zeros_like

InjectStatefulHyperparamsState = _state("InjectStatefulHyperparamsState", "count hyperparams hyperparams_states inner_state")
WrappedScheduleState = _state("WrappedScheduleState", "count")
MultiStepsState = _state("MultiStepsState", "mini_step gradient_step inner_opt_state acc_grads skip_state")
PartitionState = _state("PartitionState", "inner_states")
ApplyIfFiniteState = _state("ApplyIfFiniteState", "notfinite_count last_finite total_notfinite inner_state")


def scale_by_adamax(b1=0.9, b2=0.999, eps=1e-8):
    def init_fn(params):
        return ScaleByAdamState(count=_count0(), mu=_zeros_like(params), nu=_zeros_like(params))

    def update_fn(updates, state, params=None):
        count = safe_increment(state.count)
        mu = _moment(updates, state.mu, b1, 1)
        nu = _map(lambda g, t: jnp.maximum(jnp.abs(g) + eps, b2 * t), updates, state.nu)
        updates = _map(lambda m, v: m / v, _bias_correction(mu, b1, count), nu)
        return updates, ScaleByAdamState(count=count, mu=mu, nu=nu)

    return GradientTransformation(init_fn, update_fn)


def scale_by_belief(b1=0.9, b2=0.999, eps=1e-16, eps_root=1e-16, *, nesterov=False):
    def init_fn(params):
        return ScaleByBeliefState(count=_count0(), mu=_zeros_like(params), nu=_zeros_like(params))

    def update_fn(updates, state, params=None):
        mu = _moment(updates, state.mu, b1, 1)
        error = _map(lambda g, m: g - m, updates, mu)
        nu = _map(lambda v: v + eps_root, _moment_per_elem(error, state.nu, b2))
        count = safe_increment(state.count)
        mu_hat = _nesterov(mu, updates, b1, count) if nesterov else _bias_correction(mu, b1, count)
        updates = _map(lambda m, v: m / (jnp.sqrt(v) + eps), mu_hat, _bias_correction(nu, b2, count))
        return updates, ScaleByBeliefState(count=count, mu=mu, nu=nu)

    return GradientTransformation(init_fn, update_fn)


def scale_by_yogi(b1=0.9, b2=0.999, eps=1e-3, eps_root=0.0, initial_accumulator_value=1e-6):
    def init_fn(params):
        start = lambda: _map(lambda p: jnp.full_like(p, initial_accumulator_value), params)
        return ScaleByAdamState(count=_count0(), mu=start(), nu=start())

    def update_fn(updates, state, params=None):
        mu = _moment(updates, state.mu, b1, 1)
        nu = _map(lambda g, v: v - (1 - b2) * jnp.sign(v - g**2) * g**2, updates, state.nu)
        count = safe_increment(state.count)
        updates = _map(lambda m, v: m / (jnp.sqrt(v + eps_root) + eps), _bias_correction(mu, b1, count), _bias_correction(nu, b2, count))
        return updates, ScaleByAdamState(count=count, mu=mu, nu=nu)

    return GradientTransformation(init_fn, update_fn)


def scale_by_radam(b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, threshold=5.0, *, nesterov=False):
    ro_inf = 2.0 / (1.0 - b2) - 1.0

    def init_fn(params):
        return ScaleByAdamState(count=_count0(), mu=_zeros_like(params), nu=_zeros_like(params))

    def update_fn(updates, state, params=None):
        mu = _moment(updates, state.mu, b1, 1)
        nu = _moment_per_elem(updates, state.nu, b2)
        count = safe_increment(state.count)
        b2t = b2**count
        ro = ro_inf - 2 * count * b2t / (1 - b2t)
        mu_hat = _nesterov(mu, updates, b1, count) if nesterov else _bias_correction(mu, b1, count)
        nu_hat = _bias_correction(nu, b2, count)
        r = jnp.sqrt((ro - 4.0) * (ro - 2.0) * ro_inf / ((ro_inf - 4.0) * (ro_inf - 2.0) * ro))
        rectified = _map(lambda m, v: r.astype(m.dtype) * m / (jnp.sqrt(v + eps_root) + eps), mu_hat, nu_hat)
        updates = _map(lambda t, f: jnp.where(ro >= threshold, t, f), rectified, mu_hat)
        return updates, ScaleByAdamState(count=count, mu=mu, nu=nu)

    return GradientTransformation(init_fn, update_fn)


def _safe_norm(x, min_norm):
    norm = jnp.linalg.norm(x)
    return jnp.where(norm <= min_norm, min_norm, jnp.linalg.norm(jnp.where(norm <= min_norm, jnp.ones_like(x), x)))


def scale_by_trust_ratio(min_norm=0.0, trust_coefficient=1.0, eps=0.0):
    def one(update, param):
        param_norm, update_norm = _safe_norm(param, min_norm), _safe_norm(update, min_norm)
        ratio = trust_coefficient * param_norm / (update_norm + eps)
        return update * jnp.where(jnp.logical_or(param_norm == 0.0, update_norm == 0.0), jnp.array(1.0, dtype=param.dtype), ratio)

    def update_fn(updates, state, params=None):
        if params is None:
            optax._needs_params()
        return _map(one, updates, params), state

    return GradientTransformation(lambda params: optax.EmptyState(), update_fn)


def adamax(learning_rate, b1=0.9, b2=0.999, eps=1e-8):
    return chain(scale_by_adamax(b1, b2, eps), scale_by_learning_rate(learning_rate))


def adamaxw(learning_rate, b1=0.9, b2=0.999, eps=1e-8, weight_decay=1e-4, mask=None):
    return chain(scale_by_adamax(b1, b2, eps), add_decayed_weights(weight_decay, mask), scale_by_learning_rate(learning_rate))


def adabelief(learning_rate, b1=0.9, b2=0.999, eps=1e-16, eps_root=1e-16, *, nesterov=False):
    return chain(scale_by_belief(b1, b2, eps, eps_root, nesterov=nesterov), scale_by_learning_rate(learning_rate))


def yogi(learning_rate, b1=0.9, b2=0.999, eps=1e-3):
    return chain(scale_by_yogi(b1, b2, eps), scale_by_learning_rate(learning_rate))


def radam(learning_rate, b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, threshold=5.0, *, nesterov=False):
    return chain(scale_by_radam(b1, b2, eps, eps_root, threshold, nesterov=nesterov), scale_by_learning_rate(learning_rate))


def lamb(learning_rate, b1=0.9, b2=0.999, eps=1e-6, eps_root=0.0, weight_decay=0.0, mask=None):
    return chain(scale_by_adam(b1, b2, eps, eps_root), add_decayed_weights(weight_decay, mask), scale_by_trust_ratio(), scale_by_learning_rate(learning_rate))


def inject_hyperparams(inner_factory, static_args=(), hyperparam_dtype=None):
    static = {static_args} if isinstance(static_args, str) else set(static_args)

    def wrapped(*args, **kwargs):
        parameters = _inspect.signature(inner_factory).parameters
        given = {name: p.default for name, p in parameters.items() if p.default is not _inspect.Parameter.empty}
        given |= dict(zip(parameters, args)) | kwargs
        schedules, numbers, others = {}, {}, {}
        for name in [name for name in parameters if name in given]:
            value = given[name]
            if name in static or isinstance(value, bool):
                others[name] = value
            elif callable(value):
                schedules[name] = value
            elif isinstance(value, (int, float, jax.Array)):
                numbers[name] = value
            else:
                others[name] = value

        def typed(value, dtype):
            return jnp.asarray(value, dtype) if not isinstance(value, int) else jnp.asarray(value)

        def kind(tree):
            return hyperparam_dtype or getattr(next(iter(_leaves(tree)), None), "dtype", None)

        def init_fn(params):
            dtype = kind(params)
            values = {k: typed(v, dtype) for k, v in numbers.items()}
            values |= {k: typed(f(_count0()), dtype) for k, f in schedules.items()}
            states = {k: WrappedScheduleState(count=_count0()) for k in schedules}
            return InjectStatefulHyperparamsState(_count0(), values, states, inner_factory(**others, **values).init(params))

        def update_fn(updates, state, params=None, **extra):
            dtype = kind(updates)
            values = {k: typed(v, dtype) for k, v in state.hyperparams.items()}
            values |= {k: typed(f(state.hyperparams_states[k].count), dtype) for k, f in schedules.items()}
            states = {k: WrappedScheduleState(count=safe_increment(s.count)) for k, s in state.hyperparams_states.items()}
            inner = with_extra_args_support(inner_factory(**others, **values))
            updates, inner_state = inner.update(updates, state.inner_state, params, **extra)
            return updates, InjectStatefulHyperparamsState(safe_increment(state.count), values, states, inner_state)

        return GradientTransformationExtraArgs(init_fn, update_fn)

    return wrapped


inject_stateful_hyperparams = inject_hyperparams


class MultiSteps:
    """Gradients of several steps, averaged before they are used."""

    def __init__(self, opt, every_k_schedule, use_grad_mean=True, should_skip_update_fn=None, accumulator_dtype=jnp.float32):
        if should_skip_update_fn is not None:
            raise NotImplementedError("optax.MultiSteps of this Python has no should_skip_update_fn")
        self._opt = self.inner_opt = with_extra_args_support(opt)
        self._every = every_k_schedule if callable(every_k_schedule) else lambda step: every_k_schedule
        self._add = (lambda g, a, n: a + (g - a) / (n + 1)) if use_grad_mean else (lambda g, a, n: g + a)

    def init(self, params):
        return MultiStepsState(_count0(), _count0(), self._opt.init(params), _zeros_like(params), ())

    def update(self, updates, state, params=None, **extra):
        k = self._every(state.gradient_step)
        grads = _map(lambda g, a: self._add(g, a, state.mini_step), updates, state.acc_grads)
        final, inner = self._opt.update(grads, state.inner_opt_state, params, **extra)
        emit = state.mini_step == (k - 1)
        new = MultiStepsState(
            mini_step=safe_increment(state.mini_step) % k,
            gradient_step=emit * safe_increment(state.gradient_step) + (1 - emit) * state.gradient_step,
            inner_opt_state=_map(lambda old, new: jnp.where(emit, new, old).astype(old.dtype), state.inner_opt_state, inner),
            acc_grads=_map(lambda g: (1 - emit) * g, grads),
            skip_state=(),
        )
        # as XLA compiles the product with a truth value
        return _map(lambda g: jnp.where(emit, g, jnp.zeros_like(g)), final), new

    def has_updated(self, state):
        return jnp.logical_and(state.mini_step == 0, state.gradient_step > 0)

    def gradient_transformation(self):
        return GradientTransformation(self.init, self.update)


def partition(transforms, param_labels, *, mask_compatible_extra_args=False):
    def parts(tree):
        labels = param_labels(tree) if callable(param_labels) else param_labels
        known = set(_leaves(labels))
        if not known.issubset(transforms.keys()):
            raise ValueError(f"Some parameters have no corresponding transformation.\nParameter labels: {sorted(known)} \nTransforms keys: {sorted(transforms.keys())} \n")
        return {group: masked(tx, _map(lambda label, group=group: label == group, labels)) for group, tx in transforms.items()}

    def init_fn(params):
        return PartitionState({group: tx.init(params) for group, tx in parts(params).items()})

    def update_fn(updates, state, params=None, **extra):
        new = {}
        for group, tx in parts(updates).items():
            updates, new[group] = tx.update(updates, state.inner_states[group], params, **extra)
        return updates, PartitionState(new)

    return GradientTransformationExtraArgs(init_fn, update_fn)


multi_transform = partition


def apply_if_finite(inner, max_consecutive_errors):
    inner = with_extra_args_support(inner)

    def init_fn(params):
        return ApplyIfFiniteState(_count0(), jnp.array(True), _count0(), inner.init(params))

    def update_fn(updates, state, params=None, **extra):
        finite = jnp.all(jnp.array([jnp.all(jnp.isfinite(g)) for g in _leaves(updates)]))
        count = jnp.where(finite, _count0(), safe_increment(state.notfinite_count))
        use = jnp.logical_or(finite, count > max_consecutive_errors)
        out, inner_state = jax.lax.cond(
            use, lambda: inner.update(updates, state.inner_state, params, **extra), lambda: (_zeros_like(updates), state.inner_state)
        )
        total = jnp.where(finite, state.total_notfinite, safe_increment(state.total_notfinite))
        return out, ApplyIfFiniteState(count, finite, total, inner_state)

    return GradientTransformationExtraArgs(init_fn, update_fn)


def sigmoid_focal_loss(logits, labels, alpha=None, gamma=2.0):
    labels = jnp.asarray(labels).astype(logits.dtype)
    cross_entropy = optax.sigmoid_binary_cross_entropy(logits, labels)
    log_p, log_q = jax.nn.log_sigmoid(logits), jax.nn.log_sigmoid(-logits)
    log_rest = jax.nn.logsumexp(jnp.stack([log_p, log_q], axis=-1), axis=-1, b=jnp.stack([1 - labels, labels], axis=-1))
    loss = cross_entropy * jnp.exp(gamma * log_rest)
    return loss if alpha is None else (alpha * labels + (1.0 - alpha) * (1.0 - labels)) * loss

"""Records what Optax's transformations do, for tests/optax.

Usage: python optax.py > optax.json
Written against jax 0.10.2, optax 0.2.8, on a CPU with fused multiply-add.

Parameters and gradients are trees {"b": (vector of 2,), "w": matrix of 2x2} whose numbers follow from integers by exact formulas. The
gradients do not depend on the parameters, so that a difference in one step is not carried into the next one's gradient. Each optimizer
runs 200 steps op by op and compiled (one jitted function of gradients, state and parameters). All 32-bit words are little endian in
base64: the six numbers of the updates of every step, and all leaves of state and parameters after the last.
"""
import sys

sys.path = [p for p in sys.path if not p.endswith("golden")]  # this file is itself called optax.py
import base64, json
import jax, jax.numpy as jnp, numpy as np, optax

STEPS = 200


def numbers(i):
    return [((i * 37 + j * 11 + i * i * j * 5) % 64 - 32) / 64 for j in range(6)]


def tree(x):
    x = np.array(x, np.float32)
    return {"b": (jnp.asarray(x[:2]),), "w": jnp.asarray(x[2:].reshape(2, 2))}


def words(t):
    leaves = [np.asarray(leaf).ravel().view(np.uint32) for leaf in jax.tree.leaves(t)]
    return base64.b64encode(np.concatenate(leaves).astype("<u4").tobytes()).decode() if leaves else ""


def scalar_words(xs):
    return base64.b64encode(np.array(xs, np.float32).view(np.uint32).astype("<u4").tobytes()).decode()


exponential = optax.exponential_decay(0.1, 30, 0.5)
SCHEDULES = {
    "constant": optax.constant_schedule(0.125),
    "exponential": optax.exponential_decay(0.001, 1000, 0.95),
    "exponential_short": exponential,
    "exponential_staircase": optax.exponential_decay(0.1, 30, 0.7, transition_begin=10, staircase=True, end_value=0.01),
    "exponential_growth": optax.exponential_decay(0.1, 50, 1.5, end_value=0.3),
    "cosine": optax.cosine_decay_schedule(0.1, 150),
    "cosine_alpha": optax.cosine_decay_schedule(0.1, 150, alpha=0.1, exponent=1.5),
    "warmup_cosine": optax.warmup_cosine_decay_schedule(0.01, 0.1, 20, 180, 0.001),
    "piecewise": optax.piecewise_constant_schedule(0.1, {50: 0.3, 120: 0.7}),
    "linear": optax.linear_schedule(0.1, 0.02, 150, 10),
    "polynomial": optax.polynomial_schedule(0.1, 0.02, 2, 150, 10),
    "polynomial_root": optax.polynomial_schedule(0.1, 0.02, 0.5, 150),
    "join": optax.join_schedules([optax.constant_schedule(0.3), exponential, optax.linear_schedule(0.1, 0.0, 40)], [40, 120]),
}

OPTIMIZERS = {
    "identity": optax.identity(),
    "scale": optax.scale(0.3),
    "trace": optax.trace(0.9),
    "scale_by_adam": optax.scale_by_adam(),
    "scale_by_rms": optax.scale_by_rms(eps_in_sqrt=False),
    "scale_by_rss": optax.scale_by_rss(),
    "scale_by_schedule": optax.scale_by_schedule(SCHEDULES["linear"]),
    "scale_by_learning_rate": optax.scale_by_learning_rate(0.3),
    "clip_by_global_norm": optax.clip_by_global_norm(0.75),
    "add_decayed_weights": optax.add_decayed_weights(0.01),
    "sgd": optax.sgd(0.01),
    "momentum": optax.sgd(0.01, momentum=0.9),
    "nesterov": optax.sgd(0.01, momentum=0.9, nesterov=True),
    "sgd_exponential": optax.sgd(exponential),
    "sgd_cosine": optax.sgd(SCHEDULES["cosine"]),
    "sgd_constant_schedule": optax.sgd(SCHEDULES["constant"]),
    "adam": optax.adam(0.01),
    "adam_options": optax.adam(0.01, b1=0.8, b2=0.99, eps=1e-6, eps_root=1e-7),
    "nadam": optax.adam(0.01, nesterov=True),
    "adam_warmup_cosine": optax.adam(SCHEDULES["warmup_cosine"]),
    "adamw": optax.adamw(0.01, weight_decay=0.02),
    "rmsprop": optax.rmsprop(0.01),
    "rmsprop_options": optax.rmsprop(0.01, decay=0.8, initial_scale=0.5, eps_in_sqrt=False, momentum=0.9, nesterov=True, bias_correction=True),
    "adagrad": optax.adagrad(0.1),
    "clipped_momentum": optax.chain(optax.clip_by_global_norm(0.5), optax.trace(0.9), optax.scale_by_learning_rate(0.1)),
}


def run(optimizer, compiled):
    def step(grads, state, params):
        updates, state = optimizer.update(grads, state, params)
        return updates, state, optax.apply_updates(params, updates)

    if compiled:
        step = jax.jit(step)
    params = tree(numbers(1000))
    state = optimizer.init(params)
    log = []
    for i in range(STEPS):
        updates, state, params = step(tree(numbers(i)), state, params)
        log.append(words(updates))
    return {
        "updates": "".join(log),
        "state": words(state),
        "params": words(params),
    }


def text(optimizer):
    vector, nested = jnp.array([0.5, -1.0]), tree(numbers(1000))
    texts = [repr(optimizer.init(vector)), repr(optimizer.init(nested))]
    state = optimizer.init(vector)
    for _ in range(2):
        _, state = optimizer.update(jnp.array([0.25, -8.0]), state, vector)
    jax.jit(lambda p: texts.append(repr(optimizer.init(p))))(vector)
    return texts + [repr(state)]


def schedule(f, compiled):
    f = jax.jit(f) if compiled else f
    return scalar_words([f(jnp.int32(i)) for i in range(STEPS)])


def both(run, subject):
    return {"eager": run(subject, False), "jitted": run(subject, True)}


print(
    json.dumps(
        {
            "jax": jax.__version__,
            "optax": optax.__version__,
            "steps": STEPS,
            "schedules": {name: both(schedule, f) for name, f in SCHEDULES.items()},
            "optimizers": {name: both(run, o) | {"text": text(o)} for name, o in OPTIMIZERS.items()},
        },
        indent=0,
    )
)

"""`jax.nn.initializers`."""
import math
import sys
from types import ModuleType

import jax.numpy as jnp
import jax.random as random

initializers = ModuleType("jax.nn.initializers")


def zeros(key, shape, dtype=float):
    return jnp.zeros(shape, dtype)


def ones(key, shape, dtype=float):
    return jnp.ones(shape, dtype)


def constant(value, dtype=float):
    return lambda key, shape, dtype=float: jnp.full(shape, value, dtype)


def uniform(scale=1e-2, dtype=float):
    return lambda key, shape, dtype=float: random.uniform(key, shape) * jnp.array(scale, "float32")


def normal(stddev=1e-2, dtype=float):
    return lambda key, shape, dtype=float: random.normal(key, shape) * jnp.array(stddev, "float32")


def variance_scaling(scale, mode, distribution, in_axis=-2, out_axis=-1, dtype=float):
    def init(key, shape, dtype=float):
        fan_in, fan_out = (shape[0], shape[0]) if len(shape) == 1 else (math.prod(shape[:-1]), math.prod(shape[:-2]) * shape[-1])
        count = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
        variance = jnp.array(scale / count, "float32")
        if distribution == "normal":
            return random.normal(key, shape) * jnp.sqrt(variance)
        if distribution == "uniform":
            return random.uniform(key, shape, minval=-1.0) * jnp.sqrt(3 * variance)
        stddev = jnp.sqrt(variance) / jnp.array(0.87962566103423978, "float32")
        return random.truncated_normal(key, -2, 2, shape) * stddev

    return init


def _named(scale, mode, distribution):
    return lambda in_axis=-2, out_axis=-1, dtype=float: variance_scaling(scale, mode, distribution)


lecun_normal, lecun_uniform = _named(1.0, "fan_in", "truncated_normal"), _named(1.0, "fan_in", "uniform")
glorot_normal = xavier_normal = _named(1.0, "fan_avg", "truncated_normal")
glorot_uniform = xavier_uniform = _named(1.0, "fan_avg", "uniform")
he_normal = kaiming_normal = _named(2.0, "fan_in", "truncated_normal")
he_uniform = kaiming_uniform = _named(2.0, "fan_in", "uniform")
for _name in ("zeros ones constant uniform normal variance_scaling lecun_normal lecun_uniform glorot_normal xavier_normal glorot_uniform xavier_uniform "
              "he_normal kaiming_normal he_uniform kaiming_uniform").split():
    setattr(initializers, _name, globals()[_name])
initializers.zeros_init = lambda: zeros
initializers.ones_init = lambda: ones
sys.modules["jax.nn.initializers"] = initializers

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


def truncated_normal(stddev=1e-2, dtype=float, lower=-2.0, upper=2.0):
    return lambda key, shape, dtype=float: random.truncated_normal(key, lower, upper, shape) * jnp.array(stddev, "float32")


def _size(shape, axes):
    return shape[axes] if isinstance(axes, int) else math.prod(shape[axis] for axis in axes)


def _fans(shape, in_axis, out_axis, batch_axis):
    """How many inputs and outputs a weight has; the axes that are neither, nor examples, are a convolution's window."""
    if in_axis == -2 and len(shape) <= 1:
        raise ValueError(
            f"Can't compute input and output sizes of a {len(shape)}-dimensional weights tensor with default in_axis. Must be at least 2D or specify in_axis explicitly."
        )
    inputs, outputs = _size(shape, in_axis), _size(shape, out_axis)
    window = math.prod(shape) / inputs / outputs / _size(shape, batch_axis)
    return inputs * window, outputs * window


def variance_scaling(scale, mode, distribution, in_axis=-2, out_axis=-1, batch_axis=(), dtype=float):
    def init(key, shape, dtype=float):
        fan_in, fan_out = _fans(shape, in_axis, out_axis, batch_axis)
        counts = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2, "fan_geo_avg": (fan_in * fan_out) ** 0.5}
        if mode not in counts:
            raise ValueError(f"invalid mode for variance scaling initializer: {mode}")
        variance = jnp.array(scale / counts[mode], "float32")
        if distribution == "truncated_normal":
            stddev = jnp.sqrt(variance) / jnp.array(0.87962566103423978, "float32")
            return random.truncated_normal(key, -2, 2, shape) * stddev
        if distribution == "normal":
            return random.normal(key, shape) * jnp.sqrt(variance)
        if distribution == "uniform":
            return random.uniform(key, shape, minval=-1.0) * jnp.sqrt(3 * variance)
        raise ValueError(f"invalid distribution for variance scaling initializer: {distribution}")

    return init


def _named(scale, mode, distribution):
    return lambda in_axis=-2, out_axis=-1, batch_axis=(), dtype=float: variance_scaling(scale, mode, distribution, in_axis, out_axis, batch_axis)


lecun_normal, lecun_uniform = _named(1.0, "fan_in", "truncated_normal"), _named(1.0, "fan_in", "uniform")
glorot_normal = xavier_normal = _named(1.0, "fan_avg", "truncated_normal")
glorot_uniform = xavier_uniform = _named(1.0, "fan_avg", "uniform")
he_normal = kaiming_normal = _named(2.0, "fan_in", "truncated_normal")
he_uniform = kaiming_uniform = _named(2.0, "fan_in", "uniform")
for _name in ("zeros ones constant uniform normal truncated_normal variance_scaling lecun_normal lecun_uniform glorot_normal xavier_normal glorot_uniform xavier_uniform "
              "he_normal kaiming_normal he_uniform kaiming_uniform").split():
    setattr(initializers, _name, globals()[_name])
initializers.zeros_init = lambda: zeros
initializers.ones_init = lambda: ones
sys.modules["jax.nn.initializers"] = initializers

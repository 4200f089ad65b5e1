"""What the parts of `optax` share."""
from _light import namedtuple

import jax.numpy as jnp
from jax.tree_util import tree_leaves as _leaves, tree_map

GradientTransformation = namedtuple("GradientTransformation", "init update", "optax")
GradientTransformationExtraArgs = namedtuple("GradientTransformationExtraArgs", "init update", "optax")


def state_class(name, fields=""):
    return namedtuple(name, fields, "optax")


def zeros_like(tree):
    return tree_map(jnp.zeros_like, tree)


def safe_increment(count):
    count = jnp.asarray(count)
    top = jnp.asarray(2147483647, count.dtype)
    return jnp.where(count < top, count + jnp.asarray(1, count.dtype), top)


def vdot(a, b):
    total = 0
    for x, y in zip(_leaves(a), _leaves(b)):
        total = total + jnp.vdot(x, y)
    return total

"""What the parts of `optax` share."""
from collections import namedtuple

import jax.numpy as jnp
from jax.tree_util import tree_map

GradientTransformation = namedtuple("GradientTransformation", "init update")
GradientTransformationExtraArgs = namedtuple("GradientTransformationExtraArgs", "init update")


def state_class(name, fields=""):
    made = namedtuple(name, fields)
    made.__module__ = "optax"
    return made


def zeros_like(tree):
    return tree_map(jnp.zeros_like, tree)


def safe_increment(count):
    count = jnp.asarray(count)
    top = jnp.asarray(2147483647, count.dtype)
    return jnp.where(count < top, count + jnp.asarray(1, count.dtype), top)

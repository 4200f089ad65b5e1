"""`jax.nn`."""

import _core
import _lax
import jax
import jax.numpy as jnp
from jax.numpy import _whole, tanh


@jax.custom_jvp
@_whole()
def relu(x):
    return jnp.maximum(x, 0)


relu.defjvps(lambda g, ans, x: _lax.select(x > 0, g, jnp.zeros_like(g)))


@_whole()
def relu6(x):
    return jnp.minimum(jnp.maximum(x, 0), 6.0)


def sigmoid(x):
    return _lax.unary("logistic", x)


@_whole()
def softplus(x):
    return jnp.logaddexp(x, 0.0)


@_whole()
def silu(x):
    return x * sigmoid(x)


swish = silu


@_whole()
def log_sigmoid(x):
    return -softplus(-_core.asarray(x))


@_whole()
def elu(x, alpha=1.0):
    x = _core.asarray(x)
    safe = jnp.where(x > 0, 0.0, x)
    return jnp.where(x > 0, x, alpha * jnp.expm1(safe))


@_whole()
def selu(x):
    return 1.0507009873554804934193349852946 * elu(x, 1.6732632423543772848170429916717)


@_whole()
def celu(x, alpha=1.0):
    return jnp.maximum(x, 0.0) + alpha * jnp.expm1(jnp.minimum(x, 0.0) / alpha)


@_whole()
def leaky_relu(x, negative_slope=1e-2):
    x = _core.asarray(x)
    return jnp.where(x >= 0, x, negative_slope * x)


def gelu(x, approximate=True):
    x = _core.asarray(x)
    if approximate:
        return x * (0.5 * (1.0 + jnp.tanh(0.7978845608028654 * (x + 0.044715 * (x ** 3)))))
    return 0.5 * x * jax.lax.erfc(-x * 0.7071067811865476)


@_whole()
def hard_tanh(x):
    return jnp.clip(x, -1, 1)


@_whole()
def hard_sigmoid(x):
    return relu6(_core.asarray(x) + 3.0) / 6.0


@_whole()
def soft_sign(x):
    x = _core.asarray(x)
    return x / (jnp.abs(x) + 1)


@_whole()
def squareplus(x, b=4):
    x = _core.asarray(x)
    return (x + jnp.sqrt(jnp.square(x) + b)) / 2


@_whole()
def mish(x):
    return x * jnp.tanh(softplus(x))


def softmax(x, axis=-1, where=None):
    x = _core.asarray(x)
    if where is not None:
        where = _core.asarray(where)
        safe = jnp.where(where, x, -jnp.inf)
        top = jnp.max(safe, axis, keepdims=True, initial=-jnp.inf)
        terms = jnp.exp(safe - jax.lax.stop_gradient(top))
        return jnp.where(where, terms / jnp.sum(jnp.where(where, terms, 0), axis, keepdims=True), 0)
    top = jnp.max(x, axis, keepdims=True, initial=-jnp.inf)
    terms = jnp.exp(x - jax.lax.stop_gradient(top))
    return terms / jnp.sum(terms, axis, keepdims=True)


@_whole("axis", name="log_softmax")
def _log_softmax(x, axis):
    shifted = x - jax.lax.stop_gradient(jnp.max(x, axis, keepdims=True, initial=-jnp.inf))
    return shifted - jnp.log(jnp.sum(jnp.exp(shifted), axis, keepdims=True))


def log_softmax(x, axis=-1, where=None):
    return _log_softmax(_core.asarray(x).astype("float32"), axis)


def logsumexp(a, axis=None, b=None, keepdims=False, return_sign=False):
    a = _core.asarray(a).astype("float32")
    top = jnp.max(a, axis, keepdims=True)
    top = jax.lax.stop_gradient(jnp.where(jnp.isfinite(top), top, jnp.zeros_like(top)))
    terms = jnp.exp(a - top)
    if b is not None:
        terms = terms * b
    out = jnp.log(jnp.sum(terms, axis, keepdims=keepdims))
    return out + (top if keepdims else jnp.reshape(top, out.shape))


def logmeanexp(x, axis=None):
    x = _core.asarray(x)
    n = x.size if axis is None else x.shape[axis]
    return logsumexp(x, axis) - jnp.log(float(n))


@_whole("axis")
def standardize(x, axis=-1, epsilon=1e-5):
    return (x - jnp.mean(x, axis, keepdims=True)) * jax.lax.rsqrt(jnp.var(x, axis, keepdims=True) + epsilon)


@_whole("axis")
def glu(x, axis=-1):
    a, b = jnp.split(x, 2, axis)
    return a * sigmoid(b)


def one_hot(x, num_classes, *, dtype=None, axis=-1):
    x = _core.asarray(x)
    classes = jnp.arange(num_classes, dtype=x.dtype)
    return (x[..., None] == classes).astype(dtype or "float32")


identity = lambda x: x

from jax.nn_initializers import initializers  # noqa: E402
from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("jax.nn")

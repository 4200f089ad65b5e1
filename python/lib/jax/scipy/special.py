"""`jax.scipy.special`."""
import jax.numpy as jnp
from jax.lax import digamma, erf, erf_inv as erfinv, erfc, lgamma as gammaln
from jax.nn import log_softmax, logsumexp, sigmoid as expit, softmax


def logit(x):
    return jnp.log(x / (1 - x))


def xlogy(x, y):
    return jnp.where(x == 0, 0.0, x * jnp.log(jnp.where(x == 0, 1.0, y)))


def entr(x):
    return -xlogy(x, x)

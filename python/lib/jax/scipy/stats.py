"""`jax.scipy.stats`: the normal distribution."""
import jax.numpy as jnp
from jax.lax import erf


class norm:
    @staticmethod
    def logpdf(x, loc=0, scale=1):
        z = (x - loc) / scale
        return -(jnp.log(2 * jnp.pi * jnp.square(scale * jnp.ones(()))) + z * z) / 2

    @staticmethod
    def pdf(x, loc=0, scale=1):
        return jnp.exp(norm.logpdf(x, loc, scale))

    @staticmethod
    def cdf(x, loc=0, scale=1):
        return 0.5 * (1 + erf((x - loc) / (scale * 1.4142135623730951)))

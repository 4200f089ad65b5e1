"""Twelve learning rates at once: a whole training, mapped.

Try: where does it begin to diverge? That is 2 divided by the largest curvature.
"""
import jax
import jax.numpy as jnp

curvatures = jnp.array([1.0, 4.0])


def f(x):
    return 0.5 * jnp.sum(curvatures * x**2)


def train(rate):
    x = jnp.array([1.0, 1.0])
    for _ in range(12):
        x = x - rate * jax.grad(f)(x)
    return f(x)


rates = jnp.linspace(0.05, 0.6, 12)
losses = jax.vmap(train)(rates)
for rate, loss in zip(rates, losses):
    print(f"rate {rate:.2f}  loss after 12 steps {loss:.3e}")

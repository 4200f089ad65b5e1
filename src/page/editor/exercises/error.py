"""An error to mend: a gradient is one of a scalar.

Read the last line of the message first.
"""
import jax
import jax.numpy as jnp

X = jnp.arange(6.0).reshape(3, 2)
Y = jnp.array([1.0, 2.0, 3.0])


def loss(theta):
    return (X @ theta - Y) ** 2


theta = jnp.zeros(2)
print(jax.grad(loss)(theta))

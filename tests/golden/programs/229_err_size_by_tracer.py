# an integer from a tracer
import jax
import jax.numpy as jnp

@jax.jit
def ones(n):
    return jnp.ones(n)
print("before")
print(ones(3))

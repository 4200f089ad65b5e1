# an array as static argument
import jax
import jax.numpy as jnp
from functools import partial
@partial(jax.jit, static_argnames="n")
def f(x, n):
    return x * n
print(f(2.0, n=3))
print(f(2.0, n=jnp.array(3)))

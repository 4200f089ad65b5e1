import jax, jax.numpy as jnp
@jax.jit
def head(x, n):
    return x[:n]
print(jnp.arange(5)[:2])
print(head(jnp.arange(5), 2))

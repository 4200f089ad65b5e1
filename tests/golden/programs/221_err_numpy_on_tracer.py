import jax, numpy as np, jax.numpy as jnp
def f(x):
    return np.sum(np.asarray(x) ** 2)
print(f(jnp.arange(3.0)))
print(jax.grad(f)(jnp.arange(3.0)))

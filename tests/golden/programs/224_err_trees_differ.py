import jax, jax.numpy as jnp
params = {"w": jnp.ones(2), "b": jnp.zeros(1)}
grads = {"w": jnp.ones(2), "b": jnp.zeros(1), "c": jnp.ones(1)}
print(jax.tree.map(lambda p: p.shape, params))
print(jax.tree.map(lambda p, g: p - g, params, grads))

"""Draws within bounds of their own, positions in triangles, and numbers that do not fit."""
import jax
import jax.numpy as jnp

key = jax.random.key(0)
print(jax.random.randint(key, (3,), 0, jnp.array([2, 3, 4])))
print(jax.random.randint(key, (2, 3), jnp.array([-5, 0, 100]), jnp.array([0, 1, 1000])))
print(jax.random.randint(key, (4,), jnp.array([3, 3, 3, 3]), 2))
print(jax.random.uniform(key, (3,), minval=jnp.array([0.0, 10.0, 20.0]), maxval=30.0))
print(*jnp.tril_indices(3), *jnp.triu_indices(3, 1), *jnp.triu_indices(2, 0, 3))

matrix = jnp.arange(9.0).reshape(3, 3)
print(matrix[jnp.tril_indices(3)], matrix[jnp.triu_indices(3, 1)])
for call in (lambda: jax.random.fold_in(key, jnp.zeros((3, 0))), lambda: jax.random.fold_in(key, jnp.arange(3))):
    try:
        call()
    except TypeError as error:
        print(type(error).__name__, error)
print(1 << 100, 2**-1, (-1) ** 10**20, 0 ** 10**20, pow(3, 10**20, 7))

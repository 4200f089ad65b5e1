# keys
import jax
import jax.numpy as jnp
from jax import random
key = random.PRNGKey(0)
print(key, key.dtype, key.shape)
k1, k2 = random.split(key)
print(k1, k2, random.fold_in(key, 7))
print(random.normal(k1), random.normal(k1, (3,)), random.uniform(k2, (2, 2)))
print(random.uniform(k2, (3,), minval=-2.0, maxval=5.0), random.randint(k1, (6,), 0, 10))
print(random.permutation(k2, 8), random.permutation(k2, jnp.arange(6).reshape(3, 2)))
print(random.choice(k1, jnp.array([10, 20, 30]), (4,)), random.choice(k1, 5, (3,), replace=False))
new = random.key(42)
print(new, new.shape, new.dtype, random.key_data(new))
print(random.normal(new, (2,)), random.split(new).shape)
print(jax.vmap(lambda k: random.normal(k, (2,)))(random.split(key, 3)))
print(random.bernoulli(k1, 0.3, (5,)), random.exponential(k2, (2,)), random.rademacher(k1, (4,)))
print(random.normal(key, (2, 3)).mean(axis=1), random.normal(key, (10000,)).std())
m = random.uniform(k1, (1000,))
inside = (m ** 2 + random.uniform(k2, (1000,)) ** 2 < 1).mean()
print("pi about", 4 * inside)

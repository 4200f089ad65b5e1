# keys old and new
import jax
import jax.numpy as jnp
from jax import random
key = random.key(3)
print(key, key.dtype, key.shape, random.key_data(key))
k1, k2 = random.split(key)
print(random.normal(k1, (2,)), random.uniform(k2))
ks = random.split(key, 3)
print(ks.shape, ks[0], len(ks))
for i, k in enumerate(ks):
    print(i, random.randint(k, (), 0, 100))
print(random.normal(random.fold_in(key, 1), (3,)))
print(jax.vmap(lambda k: random.normal(k))(ks))
old = random.PRNGKey(3)
print(old, jnp.array_equal(old, random.key_data(key)), random.normal(old, (2,)) == random.normal(key, (2,)))
def walk(key, n):
    x = 0.0
    for _ in range(n):
        key, sub = random.split(key)
        x = x + random.normal(sub)
    return x
print(walk(old, 5), jax.jit(walk, static_argnums=1)(old, 5))
print(random.choice(old, jnp.arange(10), (4,), replace=False), random.permutation(old, 6))
print(random.bernoulli(old, 0.5, (3,)), random.exponential(old, (2,)), random.categorical(old, jnp.log(jnp.array([0.1, 0.9])), shape=(4,)))

# key used like an array of floats
import jax
key = jax.random.key(0)
print(jax.random.uniform(key))
print(key + 1)

# normal without a key
import jax
print(jax.random.uniform(jax.random.PRNGKey(0)))
print(jax.random.normal((3, 2)))

# a tracer leaves its function
import jax
import jax.numpy as jnp
seen = []
@jax.jit
def f(x):
    seen.append(x * 2)
    return x + 1
print(f(1.0))
print(len(seen))
print(seen[0] + 1)

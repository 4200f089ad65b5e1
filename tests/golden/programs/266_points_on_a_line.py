# to the last bit, as XLA rounds them for each number of points
import jax
import jax.numpy as jnp

for a, b in [(-5, 5), (-1, 1), (0.1, 100), (5, -2)]:
    for n in (0, 1, 2, 3, 4, 7, 11, 21, 30, 31, 32):
        print(a, b, n, *(float(x).hex() for x in jnp.linspace(a, b, n)))
    for n in (59, 352, 353, 400, 500, 1000):
        print(a, b, n, *(float(x).hex() for x in jnp.linspace(a, b, n, endpoint=False)[-40:]))
print(jnp.linspace(-5, 5, 11))
print(jnp.linspace(-1, 1, 21))
print(jnp.linspace(jnp.array([0.0, 1.0]), jnp.array([1.0, 3.0]), 5))
print(jnp.linspace(0, 1, 5, retstep=True))
print(jax.jit(lambda a: jnp.linspace(a, 1.0, 7))(0.25))

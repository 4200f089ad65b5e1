# lax.top_k gives a list; `in` looks into one-dimensional arrays only; geomspace rounds as XLA does.
import jax
import jax.numpy as jnp
from jax import lax

print(lax.top_k(jnp.array([3.0, 1.0, 2.0]), 2))
values, places = lax.top_k(jnp.array([[3.0, 1.0, 2.0], [0.0, 5.0, 4.0]]), 2)
print(values, places)
print(jax.jit(lambda x: lax.top_k(x, 1))(jnp.array([1.0, 5.0])), jax.vmap(lambda x: lax.top_k(x, 1))(jnp.ones((2, 3))))

print(1 in jnp.arange(3), 5 in jnp.arange(3), jnp.array(1) in jnp.arange(3), 1.5 in jnp.arange(3), 4 not in jnp.arange(3), 5 in jnp.ones((0,)))
for other, array in ((5, jnp.ones((2, 2))), (5, jnp.array(3.0)), (None, jnp.arange(3)), ("a", jnp.arange(3)), ([1, 2], jnp.arange(3)), (jnp.ones(3), jnp.arange(3))):
    try:
        print(other in array)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    jax.jit(lambda x: 5 in x)(jnp.ones(3))
except jax.errors.TracerBoolConversionError as error:
    print(str(error).splitlines()[0])

print(jnp.geomspace(1, 1000, 4), jnp.geomspace(1, 1000, 4, endpoint=False), jnp.geomspace(1, 256, 9))
print(jnp.geomspace(2.0, 0.5, 7), jnp.geomspace(-1, -1000, 4), jnp.geomspace(1, 1000, 1), jnp.geomspace(1, 2, 0))
print(jnp.geomspace(jnp.array([1.0, 2.0]), 100, 5))
print(jnp.geomspace(jnp.array([1.0, 2.0]), 100, 3, axis=1), jnp.geomspace(1, 100, 3, dtype=int))
print(jnp.logspace(0, 3, 4), jnp.logspace(0, 2, 5, base=2), jnp.logspace(-3, 0, 7), jnp.logspace(0, 2, 3, dtype=int))
# 1 - step is rounded twice where the loop is written out
print(jnp.linspace(-3, 0, 7), jnp.linspace(-4, -1, 20), jnp.linspace(0.3, 7.1, 64, endpoint=False), jnp.linspace(-4, -1, 345).sum())
print(jnp.logspace(-4, -1, 20), jnp.logspace(-1, 2, 16), jnp.logspace(-2, 1, 13))
print([float(x) for x in jnp.linspace(-4, -1, 300)])

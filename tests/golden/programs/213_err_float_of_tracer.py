# float() on a tracer
import jax
import jax.numpy as jnp
@jax.jit
def f(x):
    return float(x) * 2
try:
    f(1.0)
except Exception as e:
    print(type(e).__name__, isinstance(e, TypeError))
    print(str(e).splitlines()[0])
@jax.jit
def g(n):
    return jnp.arange(n)
print(g(3))

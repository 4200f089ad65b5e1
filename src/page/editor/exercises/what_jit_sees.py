"""What jit sees: tracers at first, and nothing at all from then on.

Try: call it with an array of another shape, or branch on x.
"""
import jax
import jax.numpy as jnp


def f(x):
    print("tracing with", x)
    return jnp.sum(jnp.sin(x) * x)


fast = jax.jit(f)
x = jnp.arange(3.0)
print("first call:", fast(x))
print("second call:", fast(x + 1))
print()
print(jax.make_jaxpr(f)(x))
print()
print(jax.make_jaxpr(jax.grad(f))(x))

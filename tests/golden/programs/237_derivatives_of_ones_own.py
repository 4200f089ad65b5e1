# a custom derivative, stop_gradient and implicit functions
import jax
import jax.numpy as jnp
from jax import lax

@jax.custom_vjp
def clip_gradient(x, bound):
    return x
clip_gradient.defvjp(lambda x, b: (x, b), lambda b, g: (jnp.clip(g, -b, b), None))
print(jax.grad(lambda x: clip_gradient(x, 1.0) ** 2)(3.0), jax.grad(lambda x: clip_gradient(x, 1.0) ** 2)(0.25))

@jax.custom_jvp
def safe_sqrt(x):
    return jnp.sqrt(jnp.maximum(x, 0.0))
@safe_sqrt.defjvp
def _(primals, tangents):
    (x,), (t,) = primals, tangents
    return safe_sqrt(x), jnp.where(x > 0, t / (2 * jnp.sqrt(jnp.where(x > 0, x, 1.0))), 0.0)
print(jax.grad(safe_sqrt)(4.0), jax.grad(safe_sqrt)(0.0), jax.vmap(jax.grad(safe_sqrt))(jnp.array([0.0, 1.0, 9.0])))
f = lambda x: lax.stop_gradient(x) * x
print(jax.grad(f)(3.0), jax.grad(lambda x: x - lax.stop_gradient(x))(2.0))
def fixed_point(a):
    x = 1.0
    for _ in range(30):
        x = 0.5 * (x + a / x)
    return x
print(fixed_point(2.0), jax.grad(fixed_point)(2.0), 0.5 / jnp.sqrt(2.0))
print(jax.grad(lambda x: jnp.where(x > 0, jnp.log(jnp.where(x > 0, x, 1.0)), 0.0))(0.0))
print(jax.jacfwd(lambda x: jnp.array([x[0] ** 2, x[0] * x[1]]))(jnp.array([1.0, 2.0])))
print(jax.make_jaxpr(f)(1.0))

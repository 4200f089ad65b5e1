# forward and backward by hand and by jax
import jax
import jax.numpy as jnp

def f(x1, x2):
    v1 = jnp.log(x1)
    v2 = x1 * x2
    v3 = jnp.sin(x2)
    v4 = v1 + v2
    return v4 - v3

x1, x2 = 2.0, 5.0
print(f(x1, x2))
print(jax.grad(f, argnums=0)(x1, x2), jax.grad(f, argnums=1)(x1, x2))
print(jax.grad(f, argnums=(0, 1))(x1, x2))
y, dy = jax.jvp(f, (x1, x2), (1.0, 0.0))
print(y, dy)
y, vjp_fn = jax.vjp(f, x1, x2)
print(vjp_fn(1.0))
print(vjp_fn(jnp.float32(2.0)))
print(jax.make_jaxpr(f)(x1, x2))
print(jax.make_jaxpr(jax.grad(f))(x1, x2))
eps = 1e-3
print((f(x1 + eps, x2) - f(x1 - eps, x2)) / (2 * eps))
h = jax.hessian(f, argnums=(0, 1))(x1, x2)
print(h)
print(jax.jit(jax.grad(jax.grad(f)))(x1, x2))

# programs printed
import jax
import jax.numpy as jnp
x = jnp.array([1.0, 2.0, 3.0])
A = jnp.ones((2, 3))
def loss(w, b):
    return jnp.mean((A @ w + b - 1.0) ** 2)
print(jax.make_jaxpr(loss)(x, 0.5))
print(jax.make_jaxpr(jax.grad(loss))(x, 0.5))
print(jax.make_jaxpr(lambda x: jnp.where(x > 1, x, 0.0))(x))
print(jax.make_jaxpr(lambda x: jnp.max(x) - jnp.min(x))(x))
print(jax.make_jaxpr(lambda x: x[0] * x[1:].sum())(x))
print(jax.make_jaxpr(lambda x: jnp.dot(x, x) / jnp.linalg.norm(x))(x))
print(jax.make_jaxpr(jax.jit(lambda x: x * 2))(x))
print(jax.make_jaxpr(lambda x: jnp.maximum(x, 0) + jnp.abs(x) ** 0.5)(x))
print(jax.make_jaxpr(jax.vmap(lambda a, b: jnp.dot(a, b), in_axes=(0, None)))(A, x))
print(jax.make_jaxpr(lambda x: (x.sum(), x.reshape(3, 1), x.astype(int)))(x))
print(jax.make_jaxpr(lambda p: p["w"] * 2 + p["b"])({"w": x, "b": 1.0}))
print(jax.make_jaxpr(lambda x: jax.lax.cond(x > 0, lambda x: x, lambda x: -x, x))(1.0))
print(jax.make_jaxpr(jax.value_and_grad(lambda x: jnp.log(x) * jnp.exp(-x)))(2.0))

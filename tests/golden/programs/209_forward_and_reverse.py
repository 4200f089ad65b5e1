# forward and reverse by hand
import jax
import jax.numpy as jnp
from jax import jvp, vjp, grad, jacfwd, jacrev

def f(x):
    return jnp.array([x[0] * jnp.sin(x[1]), jnp.exp(x[0]) + x[1] ** 2, x[0] / x[1]])
x = jnp.array([0.5, 2.0])
y, ydot = jvp(f, (x,), (jnp.array([1.0, 0.0]),))
print(y, ydot)
y, pull = vjp(f, x)
print(pull(jnp.array([1.0, 0.0, 0.0])), pull(jnp.ones(3)))
print(jacfwd(f)(x))
print(jacrev(f)(x))
print(jnp.allclose(jacfwd(f)(x), jacrev(f)(x)))
g = lambda a, b: jnp.tanh(a * b) + a
print(vjp(g, 2.0, 0.3)[1](1.0))
print(grad(grad(lambda z: z ** 4))(2.0), grad(grad(grad(jnp.sin)))(1.0))
hvp = lambda h, x, v: jvp(grad(h), (x,), (v,))[1]
h = lambda z: jnp.sum(z ** 3) + z[0] * z[1]
print(hvp(h, x, jnp.array([1.0, -1.0])))
print(jax.hessian(h)(x))
print(jax.value_and_grad(h)(x))
print(grad(h, has_aux=False)(x), grad(lambda z: (h(z), z * 2), has_aux=True)(x))
print(jax.value_and_grad(lambda a, b: (a * b, {"sum": a + b}), argnums=(0, 1), has_aux=True)(2.0, 3.0))

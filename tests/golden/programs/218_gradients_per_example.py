import jax
import jax.numpy as jnp
from jax import vmap, grad, jit
def f(x, a):
    return a * jnp.sin(x) + x ** 2
xs = jnp.linspace(-1.0, 1.0, 5)
print(vmap(f, in_axes=(0, None))(xs, 2.0))
print(vmap(grad(f), in_axes=(0, None))(xs, 2.0))
print(vmap(grad(grad(f)), in_axes=(0, None))(xs, 2.0))
print(jit(vmap(grad(f, argnums=1), in_axes=(0, None)))(xs, 2.0))
print(grad(lambda a: vmap(f, (0, None))(xs, a).sum())(2.0))
W = jnp.arange(6.0).reshape(2, 3) / 10
def net(W, x):
    return jnp.tanh(W @ x)
x = jnp.array([1.0, -1.0, 0.5])
print(jax.jacobian(net)(W, x).shape, jax.jacfwd(net, argnums=1)(W, x))
def loss(p, x, y):
    return (jnp.tanh(p["w"] @ x + p["b"]) - y) ** 2
p = {"w": jnp.array([0.1, 0.2, 0.3]), "b": 0.5}
print(grad(loss)(p, x, 1.0))
X = jnp.stack([x, -x, 2 * x])
y = jnp.array([1.0, 0.0, -1.0])
per = vmap(grad(loss), in_axes=(None, 0, 0))(p, X, y)
print(per)
mean = jax.tree.map(lambda g: g.mean(axis=0), per)
full = grad(lambda p: jnp.mean(vmap(loss, (None, 0, 0))(p, X, y)))(p)
print(mean)
print(full)
print(jax.tree.all(jax.tree.map(jnp.allclose, mean, full)))
v, g = jax.value_and_grad(loss, argnums=(0, 1))(p, x, 0.0)
print(v, g)
out, f_vjp = jax.vjp(net, W, x)
print(out, f_vjp(jnp.array([1.0, 0.0])))
print(jax.jvp(net, (W, x), (jnp.ones_like(W), jnp.zeros(3))))

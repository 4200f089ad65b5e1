# has_aux, argnums, dictionaries, tuples
import jax
import jax.numpy as jnp
from typing import NamedTuple

class Params(NamedTuple):
    w: jax.Array
    b: jax.Array

def predict(p, x):
    return jnp.tanh(x @ p.w + p.b)

def loss(p, x, y):
    e = predict(p, x) - y
    return jnp.mean(e ** 2), {"mae": jnp.mean(jnp.abs(e)), "n": len(y)}

p = Params(jnp.array([0.5, -0.5]), jnp.array(0.1))
x = jnp.array([[1.0, 2.0], [3.0, 1.0], [0.0, -1.0]])
y = jnp.array([0.0, 1.0, 0.5])
(value, aux), g = jax.value_and_grad(loss, has_aux=True)(p, x, y)
print(value, aux)
print(g)
print(g.w.shape, jax.tree.structure(g))
print(jax.grad(loss, has_aux=True)(p, x, y)[1]["n"])
print(jax.grad(lambda d: d["a"] * d["b"][0] ** 2)({"a": 2.0, "b": [3.0, 4.0]}))
print(jax.grad(lambda a, b: a * b, argnums=1)(2.0, 5.0))
print(jax.vmap(jax.grad(lambda x: x ** 3))(jnp.arange(4.0)))
per_example = jax.vmap(jax.grad(lambda p, x, y: (predict(p, x) - y) ** 2), in_axes=(None, 0, 0))
print(per_example(p, x, y).w)
print(jax.tree.map(lambda a: a.mean(0), per_example(p, x, y)))
step = jax.jit(lambda p, lr: jax.tree.map(lambda a, b: a - lr * b, p, jax.grad(loss, has_aux=True)(p, x, y)[0]))
for _ in range(3):
    p = step(p, 0.1)
print(p)

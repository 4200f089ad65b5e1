import jax
import jax.numpy as jnp
from jax import random, grad, jit
X = jnp.column_stack([jnp.ones(8), jnp.arange(8.0)])
y = jnp.array([1.0, 2.9, 5.1, 7.0, 9.2, 30.0, 13.1, 14.8])
def huber(r, d=1.0):
    a = jnp.abs(r)
    return jnp.where(a <= d, 0.5 * r ** 2, d * (a - 0.5 * d))
def loss(b):
    return huber(X @ b - y).mean()
b = jnp.zeros(2)
step = jit(lambda b: b - 0.05 * grad(loss)(b))
for i in range(400):
    b = step(b)
    if i in (0, 9, 99, 399):
        print(i, b, loss(b))
ols = jnp.linalg.solve(X.T @ X, X.T @ y)
print("ols", jnp.round(ols, 3), "huber", jnp.round(b, 3))
r = y - X @ b
print(jnp.round(r, 2), jnp.argmax(jnp.abs(r)))
print(jnp.median(jnp.abs(r)), jnp.max(jnp.abs(r)))
w = jnp.minimum(1.0, 1.0 / jnp.maximum(jnp.abs(r), 1e-6))
print(w)

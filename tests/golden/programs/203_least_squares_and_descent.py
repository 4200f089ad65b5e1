# OLS in closed form and by gradient descent
import jax
import jax.numpy as jnp
from jax import random

key = random.PRNGKey(12)
kx, ke = random.split(key)
x = random.uniform(kx, (60,), minval=-1.0, maxval=3.0)
X = jnp.column_stack([jnp.ones(60), x])
y = 2.0 + 0.5 * x + 0.3 * random.normal(ke, (60,))
b = jnp.linalg.solve(X.T @ X, X.T @ y)
print("OLS", jnp.round(b, 3))
u = y - X @ b
s2 = jnp.dot(u, u) / (60 - 2)
V = s2 * jnp.linalg.inv(X.T @ X)
se = jnp.sqrt(jnp.diag(V))
for name, c, s in zip(["const", "x"], b, se):
    print(f"{name:>6s} {c:8.4f} ({s:.4f}) t = {c / s:.2f}")
loss = lambda t: jnp.mean((X @ t - y) ** 2)
g = jax.jit(jax.grad(loss))
H = jax.hessian(loss)(b)
L = jnp.linalg.eigvalsh(H)
print(f"largest eigenvalue {L.max():.4f}, so lr < {2 / L.max():.4f}")
for lr in (0.1, 0.3, 0.5):
    t = jnp.zeros(2)
    for i in range(100):
        t = t - lr * g(t)
    print(lr, t, loss(t))
r2 = 1 - jnp.sum(u ** 2) / jnp.sum((y - y.mean()) ** 2)
print(f"R2 {r2:.4f}")

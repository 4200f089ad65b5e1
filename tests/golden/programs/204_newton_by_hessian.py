# newton's method with jax.hessian
import jax
import jax.numpy as jnp

def f(x):
    return (x[0] - 1.0) ** 4 + (x[0] - 2.0 * x[1]) ** 2 + jnp.exp(-x[1])

x = jnp.array([3.0, 0.0])
g, H = jax.grad(f), jax.hessian(f)
for k in range(6):
    step = jnp.linalg.solve(H(x), g(x))
    x = x - step
    print(f"{k}: f = {f(x):.5f}  |g| = {jnp.linalg.norm(g(x)):.2e}")
print(jnp.round(x, 3))

def newton1d(h, z, n=8):
    dh = jax.grad(h)
    for _ in range(n):
        z = z - h(z) / dh(z)
    return z
print(newton1d(lambda z: z ** 2 - 2.0, 1.0))
print(newton1d(lambda z: jnp.cos(z) - z, 0.5))
print(newton1d(lambda z: jnp.exp(z) - 3.0 * z, 0.3))

"""Derivatives of derivatives, and all of them at once.

Try: the Hessian of your own function of two variables.
"""
import jax
import jax.numpy as jnp


def f(x):
    return x**3 - 2.0 * x


print("f(2), f'(2), f''(2), f'''(2):")
g = f
for _ in range(4):
    print(" ", g(2.0))
    g = jax.grad(g)

xs = jnp.linspace(-1.0, 1.0, 5)
print("f' at five points:", jax.vmap(jax.grad(f))(xs))


def rosenbrock(v):
    return (1.0 - v[0]) ** 2 + 100.0 * (v[1] - v[0] ** 2) ** 2


v = jnp.array([1.0, 1.0])
print("gradient:", jax.grad(rosenbrock)(v))
print("Hessian:")
print(jax.hessian(rosenbrock)(v))

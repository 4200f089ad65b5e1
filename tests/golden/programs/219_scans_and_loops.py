import jax
import jax.numpy as jnp
from jax import lax, random
def gd_step(theta, _):
    g = jax.grad(lambda t: jnp.sum((t - jnp.array([1.0, 2.0])) ** 2))(theta)
    new = theta - 0.1 * g
    return new, jnp.linalg.norm(new)
theta, norms = lax.scan(gd_step, jnp.zeros(2), None, length=10)
print(theta)
print(norms)
@jax.jit
def power_method(A, v):
    def body(i, v):
        w = A @ v
        return w / jnp.linalg.norm(w)
    v = lax.fori_loop(0, 20, body, v)
    return v @ A @ v, v
lam, v = power_method(jnp.array([[2.0, 1.0], [1.0, 3.0]]), jnp.ones(2))
print(lam, v)
def collatz(n):
    return lax.while_loop(lambda s: s[0] != 1, lambda s: (jnp.where(s[0] % 2 == 0, s[0] // 2, 3 * s[0] + 1), s[1] + 1), (n, 0))[1]
print(collatz(6), jax.vmap(collatz)(jnp.arange(1, 8)))
def sqrt_newton(a):
    def cond(x):
        return jnp.abs(x * x - a) > 1e-5
    return lax.while_loop(cond, lambda x: 0.5 * (x + a / x), a)
print(sqrt_newton(2.0), jax.jit(sqrt_newton)(10.0))
walk = lax.scan(lambda c, e: (c + e, c + e), 0.0, random.normal(random.PRNGKey(0), (8,)))[1]
print(walk, jnp.cumsum(random.normal(random.PRNGKey(0), (8,))))
def clip_grad(x):
    return lax.cond(jnp.linalg.norm(x) > 1.0, lambda z: z / jnp.linalg.norm(z), lambda z: z, x)
print(clip_grad(jnp.array([3.0, 4.0])), jax.jit(clip_grad)(jnp.array([0.3, 0.4])), jax.jit(clip_grad)(jnp.array([3.0, 4.0])))
def horner(c, x):
    return lax.scan(lambda acc, k: (acc * x + k, acc), 0.0, c)[0]
c = jnp.array([1.0, -2.0, 3.0])
print(horner(c, 2.0), jax.grad(horner, argnums=1)(c, 2.0), jax.vmap(horner, (None, 0))(c, jnp.arange(4.0)))
print(lax.fori_loop(0, 5, lambda i, a: a.at[i].set(i * i), jnp.zeros(5)))

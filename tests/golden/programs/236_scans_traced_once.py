# scan: asset prices and gradients through time
import jax
import jax.numpy as jnp
from jax import lax

def simulate(rho, shocks):
    def step(state, eps):
        new = rho * state + eps
        return new, new
    last, path = lax.scan(step, 0.0, shocks)
    return path

shocks = jax.random.normal(jax.random.PRNGKey(0), (6,))
path = simulate(0.9, shocks)
print(path, path.shape)
print(jax.grad(lambda rho: simulate(rho, shocks)[-1])(0.9))
print(jax.vmap(simulate, in_axes=(0, None))(jnp.array([0.0, 0.5, 1.0]), shocks))
def step(carry, x):
    mean, n = carry
    n = n + 1
    mean = mean + (x - mean) / n
    return (mean, n), mean
(mean, n), running = lax.scan(step, (0.0, 0), jnp.array([1.0, 2.0, 6.0]))
print(mean, n, running)
final, _ = lax.scan(lambda c, _: (c * 1.05, None), 100.0, None, length=10)
print(final, f"{final:.2f}")
print(lax.fori_loop(0, 10, lambda i, c: c + i * i, 0), lax.fori_loop(1, 5, lambda i, v: v.at[i].set(v[i - 1] * 2), jnp.ones(5)))
print(lax.while_loop(lambda s: s[0] < 1000.0, lambda s: (s[0] * 1.5, s[1] + 1), (1.0, 0)))
print(jax.jit(simulate)(0.5, shocks)[-1], jnp.cumsum(shocks)[-1], jnp.allclose(simulate(1.0, shocks), jnp.cumsum(shocks)))

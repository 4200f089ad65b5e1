# bisection in a while_loop, and the derivative by the implicit function theorem
import jax
import jax.numpy as jnp
from jax import lax

def excess(p, a):
    return a / p - 0.5 * p

def bisect(a, lo=0.01, hi=100.0, tol=1e-5):
    def cond(state):
        lo, hi = state
        return hi - lo > tol
    def body(state):
        lo, hi = state
        mid = 0.5 * (lo + hi)
        up = excess(mid, a) > 0
        return jnp.where(up, mid, lo), jnp.where(up, hi, mid)
    lo, hi = lax.while_loop(cond, body, (lo, hi))
    return 0.5 * (lo + hi)

for a in [0.5, 1.0, 2.0, 4.5]:
    p = bisect(a)
    dp = -jax.grad(excess, 1)(p, a) / jax.grad(excess)(p, a)
    print(f"a={a}: price {p:.5f} slope {dp:.5f} exact {jnp.sqrt(2 * a):.5f}")
fast = jax.jit(bisect)
print(fast(2.0), fast(3.0))
count = lax.while_loop(lambda s: s[0] > 1, lambda s: (jnp.where(s[0] % 2 == 0, s[0] // 2, 3 * s[0] + 1), s[1] + 1), (27, 0))
print(count)
print(lax.fori_loop(0, 10, lambda i, x: x + i, 0), lax.fori_loop(0, 5, lambda i, x: x * 1.5, 1.0))

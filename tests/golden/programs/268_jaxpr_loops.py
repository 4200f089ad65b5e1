# loops as equations: scan, fori_loop, while_loop and cond in programs that are shown
import jax
import jax.numpy as jnp
from jax import lax


def cumulative(xs):
    def body(total, x):
        return total + x, total * x
    return lax.scan(body, 0.0, xs)


print(jax.make_jaxpr(cumulative)(jnp.arange(4.0)))
print(jax.make_jaxpr(lambda x: lax.fori_loop(0, 5, lambda i, v: v * x, 1.0))(2.0))
print(jax.make_jaxpr(lambda x: lax.while_loop(lambda v: v > 1.0, lambda v: v / 2, x))(10.0))
print(jax.make_jaxpr(lambda x: lax.cond(x > 0, lambda v: v * 2, lambda v: -v, x))(1.0))


def descent(x0):
    def body(i, x):
        return x - 0.1 * jax.grad(lambda v: jnp.sum(v ** 2))(x)
    return lax.fori_loop(0, 10, body, x0)


print(jax.make_jaxpr(descent)(jnp.ones(2)))
print(descent(jnp.ones(2)), jax.jit(descent)(jnp.ones(2)))


def ignored(x):
    jnp.sum(x)
    return x * 2


# what nothing reads has a name inside, and none outside
print(jax.make_jaxpr(ignored)(jnp.ones(2)))
print(jax.make_jaxpr(lambda x: lax.scan(lambda c, _: (ignored(c), None), x, None, length=3))(jnp.ones(2)))
print(jax.make_jaxpr(lambda x: lax.map(lambda t: t * x, jnp.arange(3.0)))(1.0))
print(jax.make_jaxpr(lambda x: lax.scan(lambda c, t: (c + t, c), x, jnp.arange(3.0), reverse=True))(1.0))
print(jax.grad(lambda x: jax.jit(cumulative)(x)[0])(jnp.ones(3)))
print(jax.vmap(jax.jit(lambda x: lax.fori_loop(0, 3, lambda i, v: v * x + i, x)))(jnp.arange(3.0)))
# Python's numbers stand as they were written where they meet weak types
print(jax.make_jaxpr(lambda x: jnp.maximum(x, 1e-6) + 0.1)(1.0))
print(jax.make_jaxpr(lambda x: jnp.maximum(x, 1e-6) + 0.1)(jnp.ones(2)))
print(jax.make_jaxpr(jax.nn.softmax)(jnp.ones((2, 3))))

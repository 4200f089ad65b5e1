"""Records programs with loops and decisions under jax 0.10.2: their texts, and values as bits. Prints JSON."""
import json
import jax, jax.numpy as jnp, numpy as np
from jax import lax

bits = lambda tree: [np.asarray(leaf).reshape(-1).astype(np.float32 if np.asarray(leaf).dtype == np.float32 else np.int32).view(np.uint32).tolist() for leaf in jax.tree.leaves(tree)]
x, v = jnp.float32(1.5), jnp.array([0.5, 2.0, 3.0])
ones = jnp.ones_like(v)
double = lambda x: lax.while_loop(lambda c: c[0] < 5, lambda c: (c[0] + 1, c[1] * 2.0), (0, x))[1]
grow = lambda x, v: lax.while_loop(lambda c: jnp.sum(c * v) < 100.0, lambda c: c * 2.0 + v, x * v)
until = lambda x: lax.while_loop(lambda c: c < 10.0, lambda c: c * c + 0.3, x)
turns = lambda x, n: lax.fori_loop(0, n, lambda i, c: c * 2.0, x)
hinge = lambda p, x: lax.cond(p > 1.0, lambda x: jnp.sin(x), lambda x: x * 3.0, x)
pair = lambda p, x, v: lax.cond(p > 0.0, lambda x: (jnp.sin(x) * v, 1), lambda x: (x * v, 2), x)
nested = lambda x: lax.while_loop(lambda c: c < 50.0, lambda c: lax.cond(c > 5.0, lambda c: c * 3.0 + 0.1, lambda c: c + 1.7, c), x)
n = jnp.int32(3)
cases = {
    "double": (double, (x,)),
    "grow": (grow, (x, v)),
    "until": (until, (x,)),
    "turns": (turns, (x, n)),
    "hinge": (hinge, (x, x)),
    "pair": (pair, (x, x, v)),
    "nested": (nested, (x,)),
    "double, forward": (lambda x: jax.jvp(double, (x,), (1.0,)), (x,)),
    "grow, forward": (lambda x, v: jax.jvp(grow, (x, v), (1.0, ones)), (x, v)),
    "until, forward": (lambda x: jax.jvp(until, (x,), (1.0,)), (x,)),
    "hinge, forward": (lambda p, x: jax.jvp(lambda x: hinge(p, x), (x,), (1.0,)), (x, x)),
    "nested, forward": (lambda x: jax.jvp(nested, (x,), (1.0,)), (x,)),
    "hinge, backward": (jax.grad(hinge, 1), (x, x)),
    "pair, backward": (lambda p, x, v: jax.grad(lambda x, v: jnp.sum(pair(p, x, v)[0]), (0, 1))(x, v), (x, x, v)),
    "double, mapped": (jax.vmap(double), (v,)),
    "until, mapped": (jax.vmap(until), (v,)),
    "grow, mapped": (jax.vmap(grow, (0, None)), (v, v)),
    "hinge, mapped": (jax.vmap(hinge, (None, 0)), (x, v)),
    "hinge, all mapped": (jax.vmap(hinge), (v, v)),
    "nested, mapped": (jax.vmap(nested), (v,)),
    "hinge, backward, mapped": (jax.vmap(jax.grad(hinge, 1)), (v, v)),
}
out = {}
for name, (f, args) in cases.items():
    out[name] = {"jaxpr": str(jax.make_jaxpr(f)(*args)), "eager": bits(f(*args)), "jitted": bits(jax.jit(f)(*args))}
print(json.dumps(out, indent=1))

# static arguments, partial and counting of traces
import jax
import jax.numpy as jnp
from functools import partial

traces = 0
@partial(jax.jit, static_argnames=("kind", "n"))
def model(x, kind="linear", n=1):
    global traces
    traces += 1
    print("tracing", kind, n, x)
    if kind == "linear":
        return n * x
    elif kind == "square":
        return x ** 2
    raise ValueError(f"unknown kind {kind}")

print(model(2.0), model(3.0), model(2.0, n=3), model(2.0, kind="square"))
print(model(jnp.arange(3)), traces)
try:
    model(1.0, kind="cubic")
except ValueError as e:
    print("ValueError:", e)
double = partial(model, n=2)
print(double(5.0), traces)

@jax.jit
def branch(x):
    print("shape", x.shape, "ndim", x.ndim, "size", x.size, len(x))
    return x.sum() if x.ndim == 1 else x
print(branch(jnp.ones(4)))
@jax.jit
def loop(xs):
    total = 0.0
    for i, x in enumerate(xs):
        total = total + i * x
    return total, xs[0]
print(loop([1.0, 2.0, 3.0]), loop((1, 2)))
f = jax.jit(lambda d: {k: v * 2 for k, v in d.items()})
print(f({"b": 1.0, "a": jnp.arange(2)}))
print(jax.jit(lambda x: x)(3), jax.jit(lambda: jnp.ones(2))(), jax.jit(sum)([1, 2, 3]))

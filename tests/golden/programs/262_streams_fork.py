# Dropout takes a stream of its own from the generator, which draws one key for it
import re

import jax
import jax.numpy as jnp
import optax
from flax import nnx


def show(module):
    print(re.sub(r" at 0x[0-9a-f]+", "", repr(module)))


r = nnx.Rngs(0)
a = nnx.Linear(2, 3, rngs=r)
d = nnx.Dropout(0.1, rngs=r)
b = nnx.Linear(3, 1, rngs=r)
print(b.kernel[...])
show(d)
print(d(jnp.ones(8)))
print(nnx.state(d))
print(nnx.graphdef(d))
print(nnx.state(r))
m = nnx.Sequential(a, d, b)
show(m)
x = jnp.array([[1.0, -2.0]])
m.eval()
print(m(x))
m.train()
print(m(x))
print(m(x))
print(len(nnx.Rngs(0, params=1)), list(nnx.Rngs(0, params=1)))
print(nnx.Rngs(0, params=1))
print(nnx.Rngs(0, params=1)["dropout"])
print(nnx.Rngs(3).normal((2,)), nnx.Rngs(3).noise.uniform((2,)))
print(nnx.Dropout(0.5, broadcast_dims=(0,), rngs=nnx.Rngs(4))(jnp.ones((3, 4))))
print(nnx.Dropout(0.5, rngs=nnx.Rngs(3)["dropout"])(jnp.ones((3, 4))))
print(nnx.Dropout(0.5)(jnp.ones((3, 4)), rngs=jax.random.key(1)))
for wrong in (
    lambda: nnx.Dropout(0.5, rngs=3),
    lambda: nnx.Dropout(0.5)(jnp.ones(3)),
    lambda: nnx.Rngs(params=1)["noise"],
    lambda: nnx.Rngs(params=1).noise,
    lambda: nnx.Rngs(1.5),
    lambda: nnx.Dropout(0.5, rngs=nnx.Rngs(0))(jnp.ones(3), rngs=4),
):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)

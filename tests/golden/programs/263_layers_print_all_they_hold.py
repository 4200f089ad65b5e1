import re

import jax
import jax.numpy as jnp
import optax
from flax import nnx


def show(module):
    print(re.sub(r" at 0x[0-9a-f]+", "", repr(module)))


embed = nnx.Embed(4, 2, rngs=nnx.Rngs(0))
show(embed)
print(embed(jnp.array([1, 3])))
print(embed.attend(jnp.ones((1, 2))))
try:
    embed(jnp.ones(2))
except ValueError as error:
    print(error)
show(nnx.LayerNorm(3, rngs=nnx.Rngs(0)))
model = nnx.Linear(2, 3, rngs=nnx.Rngs(1))
for tx in (optax.sgd(0.1), optax.adam(0.1), optax.sgd(0.1, momentum=0.9)):
    show(nnx.Optimizer(model, tx, wrt=nnx.Param))


class Held(nnx.Module):
    def __init__(self):
        self.p = nnx.Param(jnp.ones(2), foo=3, a=1)
        self.s = nnx.data({"x": nnx.Param(jnp.ones(3)), "y": jnp.ones(2)})
        self.st = nnx.data(nnx.state(nnx.Linear(2, 3, rngs=nnx.Rngs(0))))


held = Held()
show(held)
print(held.p.get_metadata())
print(nnx.graphdef(held))
key = jax.random.key(7)
for init in (
    jax.nn.initializers.variance_scaling(1.0, "fan_in", "normal", out_axis=0),
    jax.nn.initializers.variance_scaling(2.0, "fan_geo_avg", "uniform"),
    jax.nn.initializers.variance_scaling(1.0, "fan_out", "truncated_normal", in_axis=0, out_axis=1),
    jax.nn.initializers.truncated_normal(0.5),
    jax.nn.initializers.he_normal(in_axis=0, out_axis=-1),
):
    print(init(key, (2, 3)))
print(jax.nn.initializers.lecun_normal()(key, (3, 2, 2)).shape)
for wrong in (
    lambda: jax.nn.initializers.lecun_normal()(key, (3,)),
    lambda: jax.nn.initializers.variance_scaling(1.0, "fan", "normal")(key, (2, 3)),
    lambda: jax.nn.initializers.variance_scaling(1.0, "fan_in", "gauss")(key, (2, 3)),
):
    try:
        print(wrong())
    except ValueError as error:
        print(error)

"""What Flax prints of the lecture's modules, taken apart in the middle of a training: the texts in modules.json.

Usage: modules.py > modules.json
The packages: jax==0.10.2 flax==0.12.8 optax==0.2.8
"""
import json
import re

import jax
import jax.numpy as jnp
import optax
from flax import nnx
from jax import random

N, M, SIGMA, BATCH = 500, 2, 0.001, 64


class MyLinear(nnx.Module):
    def __init__(self, in_size, out_size, rngs):
        self.out_size = out_size
        self.in_size = in_size
        self.kernel = nnx.Param(random.normal(rngs(), (out_size, in_size)))

    def __call__(self, x):
        return self.kernel @ x


def data_loader(key, X, Y, batch_size):
    order = random.permutation(key, jnp.arange(X.shape[0]))
    for i in range(0, X.shape[0], batch_size):
        rows = order[i : i + batch_size]
        yield X[rows], Y[rows]


def residual(model, x, y):
    return (model(x) - y) ** 2


def residuals_loss(model, X, Y):
    return jnp.mean(jax.vmap(residual, in_axes=(None, 0, 0))(model, X, Y))


@nnx.jit
def train_step(model, optimizer, X, Y):
    loss, grads = nnx.value_and_grad(residuals_loss)(model, X, Y)
    optimizer.update(model, grads)
    return loss


@nnx.jit
def gradient(model, X, Y):
    return nnx.grad(residuals_loss)(model, X, Y)


def plain(text):
    """Without addresses, which differ from run to run, and with the name of the pair that is a transformation in place of its functions."""
    text = re.sub(r" at 0x[0-9a-f]+", "", str(text))
    name = "GradientTransformation(init, update)"
    text = re.sub(r"tx=\(<function chain.*?update_fn>\)", f"tx={name}", text)
    return re.sub(r"GradientTransformation(ExtraArgs)?\(init=.*?update_fn>\)", name, text)


def fake(state):
    return jax.tree.map(lambda p: p + 0.01, state)


FILTERS = {
    "nnx.Param": nnx.Param,
    "nnx.Not(nnx.Param)": nnx.Not(nnx.Param),
    "nnx.OptState": nnx.OptState,
    "nnx.PathContains('kernel')": nnx.PathContains("kernel"),
    "...": ...,
}


def training(own, tx, steps):
    """The modules after this many steps, with the gradient of the next one and the state after it."""
    rngs = nnx.Rngs(42)
    model = nnx.Linear(M, 1, use_bias=False, rngs=rngs)
    theta = random.normal(rngs(), (M,))
    X = random.normal(rngs(), (N, M))
    Y = X @ theta + SIGMA * random.normal(rngs(), (N,))
    if own:
        model = MyLinear(M, 1, rngs=rngs)
    optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)
    key, taken = random.PRNGKey(42), 0
    while True:
        key, subkey = random.split(key)
        for batch in data_loader(subkey, X, Y, BATCH):
            if taken == steps:
                both = (model, optimizer)
                graphdef, state = nnx.split(model)
                pair_graphdef, pair_state = nnx.split(both)
                told = {
                    "model": plain(model),
                    "graphdef": plain(graphdef),
                    "state": plain(state),
                    "moved": plain(fake(state)),
                    "merged": plain(nnx.merge(graphdef, fake(state))),
                    "pair": plain(model) + "\n" + plain(optimizer),
                    "pair graphdef": plain(pair_graphdef),
                    "pair state": plain(pair_state),
                    "filters": {
                        name: [plain(part) for part in (nnx.state(both, wanted), nnx.state(both, nnx.Not(wanted)))]
                        for name, wanted in FILTERS.items()
                    },
                }
                told["gradient"] = plain(gradient(model, *batch))
                train_step(model, optimizer, *batch)
                told["after"] = plain(nnx.state(model))
                return told
            train_step(model, optimizer, *batch)
            taken += 1


print(
    json.dumps(
        {
            "linear": training(False, optax.sgd(0.001), 40),
            "mylinear": training(True, optax.adam(0.001), 21),
        },
        indent=1,
    )
)

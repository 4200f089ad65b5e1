"""Records the course's training of a network under jax 0.10.2, flax 0.12.8, optax 0.2.8: losses as bits, what the script prints. Prints JSON.

Usage: mlp.py [EPOCHS]; 2000 without it. The batch of an epoch is all rows, in the order of the epoch's shuffle."""
import json
import sys
import jax, jax.numpy as jnp, numpy as np, optax
from jax import random
from flax import nnx

SEED, N, M, TEST, SIGMA, RATE = 42, 500, 2, 200, 0.0001, 0.001
EPOCHS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
bits = lambda x: np.asarray(x, np.float32).reshape(-1).view(np.uint32).tolist()
lines = []
say = lambda line: lines.append(line)


class Mlp(nnx.Module):
    def __init__(self, sizes, rngs):
        self.layers = nnx.List([nnx.Linear(m, n, rngs=rngs) for m, n in zip(sizes, sizes[1:])])

    def __call__(self, x):
        for layer in self.layers[:-1]:
            x = nnx.relu(layer(x))
        return self.layers[-1](x)


def residual(model, x, y):
    return (model(x) - y) ** 2


def residuals_loss(model, X, Y):
    return jnp.mean(jax.vmap(residual, in_axes=(None, 0, 0))(model, X, Y))


@nnx.jit
def train_step(model, optimizer, X, Y):
    loss, grads = nnx.value_and_grad(residuals_loss)(model, X, Y)
    optimizer.update(model, grads)
    return loss


rngs = nnx.Rngs(SEED)
theta = random.normal(rngs(), (M,))
X = random.normal(rngs(), (N, M))
Y = X @ theta + SIGMA * random.normal(rngs(), (N,))
model = Mlp([M, 128, 128, 1], rngs=rngs)
start = [bits(leaf)[:4] for leaf in jax.tree.leaves(nnx.state(model))]
say(f"Number of parameters: {sum(x.size for x in jax.tree.leaves(nnx.state(model, nnx.Param)))}")
optimizer = nnx.Optimizer(model, optax.sgd(RATE), wrt=nnx.Param)
key = random.PRNGKey(SEED)
losses = []
for epoch in range(EPOCHS):
    key, subkey = random.split(key)
    order = random.permutation(subkey, jnp.arange(N))
    loss = train_step(model, optimizer, X[order], Y[order])
    losses.append(bits(loss)[0])
    if epoch % 100 == 0:
        say(f"Epoch {epoch}, loss {loss}")
X_test = random.normal(rngs(), (TEST, M))
Y_test = X_test @ theta + SIGMA * random.normal(rngs(), (TEST,))
say(f"loss(model, X, Y) = {residuals_loss(model, X, Y)}, loss(model, X_test, Y_test) = {residuals_loss(model, X_test, Y_test)}")
print(json.dumps({"epochs": EPOCHS, "start": start, "losses": losses, "test_y": bits(Y_test)[:8], "printed": lines}))

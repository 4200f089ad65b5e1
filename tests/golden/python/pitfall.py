"""Linear regression that learns nothing: a generator that is used up.

Needs: pip install jax==0.10.2 flax==0.12.8 optax==0.2.8
"""

import os
import platform
import sys
from importlib.metadata import version

import jax
import jax.numpy as jnp
import optax
from flax import nnx
from jax import random

# Say in a line if something is not as it was where the numbers come from.
versions = {"jax": "0.10.2", "flax": "0.12.8", "optax": "0.2.8"}
flags = {
    "jax_enable_x64": False,
    "jax_disable_jit": False,
    "jax_threefry_partitionable": True,
    "jax_default_prng_impl": "threefry2x32",
    "jax_default_matmul_precision": None,
}
found = {name: version(name) for name in versions}
found |= {name: getattr(jax.config, name, None) for name in flags}
found["platform"] = jax.default_backend()
found["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "")
found["processor"] = platform.machine().lower().replace("amd64", "x86_64")
wanted = versions | flags | {"platform": "cpu", "XLA_FLAGS": "", "processor": "x86_64"}
differences = [
    f"{name} is {found[name]!r}, not {wanted[name]!r}"
    for name in wanted
    if found[name] != wanted[name]
]
if differences:
    text = "; ".join(differences)
    print(f"Digits may differ from the page’s: {text}", file=sys.stderr)

# A linear layer, then the data: the streams of keys are used in this order.
N, M, sigma = 500, 2, 0.001
rngs = nnx.Rngs(42)
model = nnx.Linear(M, 1, use_bias=False, rngs=rngs)
print(f"kernel = {model.kernel[...].ravel()}")
theta = random.normal(rngs(), (M,))
X = random.normal(rngs(), (N, M))
Y = X @ theta + sigma * random.normal(rngs(), (N,))
key = random.PRNGKey(42)


# Deal the data out in shuffled batches.
def data_loader(key, X, Y, batch_size):
    order = random.permutation(key, jnp.arange(X.shape[0]))
    for i in range(0, X.shape[0], batch_size):
        rows = order[i : i + batch_size]
        yield X[rows], Y[rows]


# The model: a module that owns its kernel.
class MyLinear(nnx.Module):
    def __init__(self, in_size, out_size, rngs):
        self.out_size = out_size
        self.in_size = in_size
        kernel = random.normal(rngs(), (out_size, in_size))
        self.kernel = nnx.Param(kernel)

    def __call__(self, x):
        return self.kernel @ x


model = MyLinear(M, 1, rngs=rngs)
print(f"kernel = {model.kernel[...].ravel()}")


def residual(model, x, y):
    y_hat = model(x)
    return (y_hat - y) ** 2


def residuals_loss(model, X, Y):
    batched_residuals = jax.vmap(residual, in_axes=(None, 0, 0))
    return jnp.mean(batched_residuals(model, X, Y))


# The optimizer, which keeps its state itself.
batch_size, num_epochs = 64, 500
tx = optax.sgd(0.001)
optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)


# One step: loss and gradient, then the optimizer changes the model.
@nnx.jit
def train_step(model, optimizer, X, Y):
    loss, grads = nnx.value_and_grad(residuals_loss)(model, X, Y)
    optimizer.update(model, grads)
    return loss


# The loader is a generator, and it can be gone through only once.
train_loader = data_loader(key, X, Y, batch_size)
for X_batch, Y_batch in train_loader:
    pass  # now it is used up

for epoch in range(num_epochs):
    key, subkey = random.split(key)
    for X_batch, Y_batch in train_loader:  # never entered
        loss = train_step(model, optimizer, X_batch, Y_batch)
    if epoch % 100 == 0:
        distance = jnp.linalg.norm(theta - jnp.squeeze(model.kernel[...]))
        print(f"Epoch {epoch}, ||theta-theta_hat|| = {distance}")

distance = jnp.linalg.norm(theta - jnp.squeeze(model.kernel[...]))
print(f"||theta - theta_hat|| = {distance}")

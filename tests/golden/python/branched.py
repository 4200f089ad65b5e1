"""Linear regression by SGD: pure functions of an array of parameters.

Needs: pip install jax==0.10.2 flax==0.12.8 optax==0.2.8
"""

import os
import platform
import sys
from importlib.metadata import version

import jax
import jax.numpy as jnp
import optax
from jax import random

# Say in a line if something is not as it was where the numbers come from.
versions = {"jax": "0.10.2", "optax": "0.2.8"}
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

# Simulate data. Every draw gets a key of its own.
N, M, sigma = 500, 2, 0.001
key = random.PRNGKey(42)
key, *subkeys = random.split(key, num=4)
theta = random.normal(subkeys[0], (M,))
X = random.normal(subkeys[1], (N, M))
X = X.at[:, 1].multiply(3.0)
Y = X @ theta + sigma * random.normal(subkeys[2], (N,))


# Deal the data out in shuffled batches.
def data_loader(key, X, Y, batch_size):
    order = random.permutation(key, jnp.arange(X.shape[0]))
    for i in range(0, X.shape[0], batch_size):
        rows = order[i : i + batch_size]
        yield X[rows], Y[rows]


# The model, and the loss of a batch.
def predict(theta, X):
    return jnp.matmul(X, theta)


def vectorized_residuals(params, X, Y):
    Y_hat = predict(params, X)
    return jnp.mean((Y_hat - Y) ** 2)


# The optimizer, and where it starts.
key, subkey = random.split(key)
theta_0 = random.normal(subkey, (M,))
theta_0 = jnp.array([1.0, -0.1])
print(f"theta_0 = {theta_0}, theta = {theta}")
batch_size, num_epochs = 16, 201
optimizer = optax.sgd(0.001)
params = theta_0
opt_state = optimizer.init(params)


# One step: loss and gradient, updates, new parameters.
def step_by(optimizer):
    @jax.jit
    def make_step(params, opt_state, X, Y):
        loss_value, grads = jax.value_and_grad(vectorized_residuals)(params, X, Y)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
        return params, opt_state, loss_value

    return make_step


make_step = step_by(optimizer)


# Go over the data again and again, in another order each time.
step = 0
for epoch in range(num_epochs):
    key, subkey = random.split(key)
    train_loader = data_loader(subkey, X, Y, batch_size)
    for X_batch, Y_batch in train_loader:
        if step == 3000:  # from here on by other settings
            learning_rate = optax.cosine_decay_schedule(0.01, decay_steps=6432)
            optimizer = optax.adam(learning_rate)
            opt_state = optimizer.init(params)
            make_step = step_by(optimizer)
        params, opt_state, loss = make_step(params, opt_state, X_batch, Y_batch)
        step += 1
    if epoch % 100 == 0:
        distance = jnp.linalg.norm(theta - params)
        print(f"Epoch {epoch}, ||theta - theta_hat|| = {distance}")

distance = jnp.linalg.norm(theta - params)
print(f"||theta - theta_hat|| = {distance}")

"""The lecture's first training as one types it. It says how it ends, and what the training took; whoever measures runs it in several Pythons."""

import time

import jax
import jax.numpy as jnp
import optax
from jax import random

N, M, sigma = 500, 2, 0.001
key, theta_key, x_key, noise_key = random.split(random.PRNGKey(42), 4)
theta = random.normal(theta_key, (M,))
X = random.normal(x_key, (N, M))
Y = X @ theta + sigma * random.normal(noise_key, (N,))


def data_loader(key, X, Y, batch_size):
    order = random.permutation(key, jnp.arange(N))
    for start in range(0, N, batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], Y[rows]


def loss(params, X, Y):
    return jnp.mean((jnp.matmul(X, params) - Y) ** 2)


optimizer = optax.sgd(1e-3)


@jax.jit
def make_step(params, opt_state, X, Y):
    value, grads = jax.value_and_grad(loss)(params, X, Y)
    updates, opt_state = optimizer.update(grads, opt_state, params)
    return optax.apply_updates(params, updates), opt_state, value


key, subkey = random.split(key)
params = random.normal(subkey, (M,))
opt_state = optimizer.init(params)
began = time.perf_counter()
for epoch in range(201):
    key, subkey = random.split(key)
    for x, y in data_loader(subkey, X, Y, 16):
        params, opt_state, value = make_step(params, opt_state, x, y)
print(f"||theta - theta_hat|| = {jnp.linalg.norm(theta - params)}")
print(1000 * (time.perf_counter() - began))

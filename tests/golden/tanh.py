"""Records trainings of the network of `src/lecture/programs/tanh.rs` under jax 0.10.2: losses as bits. Prints JSON.

Usage: tanh.py [STEPS]; 250 without it."""
import json
import math
import sys
import jax, jax.numpy as jnp, numpy as np
from jax import random

N = 4
SEED = 42
STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 250
RATES = [(0.5, 0.5), (1.0, 4.0), (100.0, 3.0), (3000.0, 1.0), (0.2, 30.0), (40.0, 8.0), (700.0, 7.9), (333.0, 8.5)]
bits = lambda x: np.asarray(x, np.float32).reshape(-1).view(np.uint32).tolist()


def predict(params, x):
    w, v = params
    return jnp.tanh((w @ x).T * math.sqrt(2 / N)) @ v / N


def loss(params, x, y):
    return jnp.mean((predict(params, x) - y) ** 2)


@jax.jit
def make_step(params, x, y, rates):
    value, grads = jax.value_and_grad(loss)(params, x, y)
    return jax.tree.map(lambda p, g, rate: p - rate * g, params, grads, rates), value


keys = random.split(random.PRNGKey(SEED), 4)
start = (random.normal(keys[0], (N, N)), random.normal(keys[1], (N,)))
x, y = random.normal(keys[2], (N, N * N + N)), random.normal(keys[3], (N * N + N,))
runs = []
for rates in RATES:
    params, losses = start, []
    for _ in range(STEPS):
        params, value = make_step(params, x, y, tuple(map(jnp.float32, rates)))
        losses.append(bits(value)[0])
    runs.append({"rates": rates, "losses": losses})
print(json.dumps({"start": [bits(start[0]), bits(start[1])], "x": bits(x), "y": bits(y), "runs": runs}))

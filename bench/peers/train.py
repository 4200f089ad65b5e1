"""Trains with JAX: `train.py FOLDER PROBLEM PEER REPETITIONS SLOW` prints times and numbers, in JSON."""

import json
import sys
import time
from math import prod
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax, random

# Milliseconds from which on a training is a slow one.
SLOW = 2000


class Problem:
    """What all peers are given, as `bench/src/problem.rs` has it."""

    def __init__(self, folder, name):
        description = json.loads((folder / f"{name}.json").read_text())
        words = (folder / f"{name}.bin").read_bytes()

        def part(where, dtype="<f4"):
            shape = where["shape"]
            return np.frombuffer(words, dtype, prod(shape), 4 * where["first"]).reshape(shape)

        self.rate = description["rate"]
        self.batch_size = description["batch_size"]
        self.steps = description["steps"]
        self.x = jnp.array(part(description["x"]))
        self.y = jnp.array(part(description["y"]))
        self.start = [jnp.array(part(parameter)) for parameter in description["start"]]
        self.is_linear = description["orders"] is not None
        if self.is_linear:
            self.orders = part(description["orders"], "<u4").astype(np.int32)
            self.key = jnp.array(description["key"], dtype=jnp.uint32)


def linear_loss(params, x, y):
    [theta] = params
    return jnp.mean((jnp.matmul(x, theta) - y) ** 2)


def network_loss(params, x, y):
    w1, b1, w2, b2, w3, b3 = params
    hidden = jax.nn.relu(x @ w1 + b1)
    hidden = jax.nn.relu(hidden @ w2 + b2)
    return jnp.mean(((hidden @ w3 + b3).reshape(-1) - y) ** 2)


def make_step(problem):
    """A step of stochastic gradient descent."""
    loss = linear_loss if problem.is_linear else network_loss

    def step(params, x, y):
        value, grads = jax.value_and_grad(loss)(params, x, y)
        return [p - problem.rate * g for p, g in zip(params, grads)], value

    return step


def make_epoch(problem):
    """All steps of an epoch in the given order, in one `lax.scan`, and one step more for what is left."""
    step, size = make_step(problem), problem.batch_size
    samples, features = problem.x.shape
    full = samples // size * size

    def by_rows(params, x, y, order):
        def take(params, rows):
            return step(params, x[rows], y[rows])

        return lax.scan(take, params, order[:full].reshape(-1, size))

    def shuffled_first(params, x, y, order):
        batches = x[order[:full]].reshape(-1, size, features), y[order[:full]].reshape(-1, size)
        return lax.scan(lambda params, batch: step(params, *batch), params, batches)

    def epoch(params, x, y, order):
        # each is the faster one by far on its side
        params, losses = (shuffled_first if features < 16 else by_rows)(params, x, y, order)
        if full < samples:
            params, last = step(params, x[order[full:]], y[order[full:]])
            losses = jnp.append(losses, last)
        return params, losses

    return epoch


def scan(problem):
    """The whole training in one program."""
    if not problem.is_linear:
        step = make_step(problem)

        @jax.jit
        def train_network(params, x, y):
            return lax.scan(lambda params, _: step(params, x, y), params, length=problem.steps)

        return lambda: train_network(problem.start, problem.x, problem.y)

    epoch, orders = make_epoch(problem), jnp.array(problem.orders)

    @jax.jit
    def train(params, x, y, orders):
        return lax.scan(lambda params, order: epoch(params, x, y, order), params, orders)

    return lambda: train(problem.start, problem.x, problem.y, orders)


def scan_shuffled(problem):
    """The whole training in one program that draws its permutations itself."""
    epoch = make_epoch(problem)
    epochs, samples = problem.orders.shape

    @jax.jit
    def train(params, x, y, key):
        def shuffled(carry, _):
            params, key = carry
            key, subkey = random.split(key)
            params, losses = epoch(params, x, y, random.permutation(subkey, samples))
            return (params, key), losses

        (params, _), losses = lax.scan(shuffled, (params, key), length=epochs)
        return params, losses

    return lambda: train(problem.start, problem.x, problem.y, problem.key)


def jitted_step(problem):
    """One program for each step, called from Python: it is told the rows, and gathers them itself."""
    step = make_step(problem)
    full = jax.jit(step)
    gathered = jax.jit(lambda params, x, y, rows: step(params, x[rows], y[rows]))

    def train():
        params, losses = problem.start, []
        if problem.is_linear:
            for order in problem.orders:
                for first in range(0, len(order), problem.batch_size):
                    rows = order[first : first + problem.batch_size]
                    params, loss = gathered(params, problem.x, problem.y, rows)
                    losses.append(loss)
        else:
            for _ in range(problem.steps):
                params, loss = full(params, problem.x, problem.y)
                losses.append(loss)
        return params, losses

    return train


def lecture(problem):
    """As one writes it first: a compiled step with Optax, fed by a generator that shuffles and slices JAX's arrays."""
    optimizer = optax.sgd(problem.rate)

    def batches(key):
        samples = problem.x.shape[0]
        order = random.permutation(key, jnp.arange(samples))
        for first in range(0, samples, problem.batch_size):
            rows = order[first : first + problem.batch_size]
            yield problem.x[rows], problem.y[rows]

    @jax.jit
    def step(params, state, x, y):
        loss, grads = jax.value_and_grad(linear_loss)(params, x, y)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, loss

    def train():
        params, key, losses = problem.start, problem.key, []
        state = optimizer.init(params)
        for _ in range(problem.orders.shape[0]):
            key, subkey = random.split(key)
            for x, y in batches(subkey):
                params, state, loss = step(params, state, x, y)
                losses.append(loss)
        return params, losses

    return train


def measure(train, repetitions, slow):
    """The milliseconds of so many trainings after four to warm up; where one takes longer than two seconds, of `slow` trainings after two."""

    def timed():
        started = time.perf_counter()
        jax.block_until_ready(train())
        return 1000 * (time.perf_counter() - started)

    params, losses = jax.device_get(train())
    is_slow = timed() > SLOW
    if not is_slow:
        timed()
        timed()
    return {
        "milliseconds": [timed() for _ in range(slow if is_slow else repetitions)],
        "losses": np.ravel(np.array(losses)).tolist(),
        "params": np.concatenate([np.ravel(p) for p in params]).tolist(),
    }


PEERS = {"scan": scan, "scan-shuffled": scan_shuffled, "step": jitted_step, "lecture": lecture}

if __name__ == "__main__":
    folder, name, peer, repetitions, slow = sys.argv[1:]
    problem = Problem(Path(folder), name)
    json.dump(measure(PEERS[peer](problem), int(repetitions), int(slow)), sys.stdout)

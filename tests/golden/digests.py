"""Digests of many values that real JAX computes, for tests/digests.rs. Usage: digests.py > digests.json

A digest is the sum, modulo 2^64, of a mixture of each 32-bit result and its place; all NaNs count as one. A function's inputs are
the products of their places and an odd number modulo 2^32, as bits of an f32, so that they scatter over all of its range.
"""
import json, sys
import jax, jax.numpy as jnp, numpy as np
from jax import random

COUNT, BLOCKS = 1 << 20, 16
M = np.uint64

def digest(x):
    w = np.asarray(x).ravel()
    if w.dtype == np.float32:
        w = np.where(np.isnan(w), np.float32(np.nan), w)
    w = w.astype(w.dtype, order="C").view(np.uint32)
    with np.errstate(over="ignore"):
        z = w.astype(np.uint64) + np.arange(1, w.size + 1, dtype=np.uint64) * M(0x9E3779B97F4A7C15)
        z = (z ^ (z >> M(30))) * M(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> M(27))) * M(0x94D049BB133111EB)
        return f"{int((z ^ (z >> M(31))).sum(dtype=np.uint64)):016x}"

scattered = lambda odd: (np.arange(COUNT, dtype=np.uint64) * M(odd)).astype(np.uint32).view(np.float32)
blocks = lambda y: [digest(b) for b in np.asarray(y).reshape(BLOCKS, -1)]
x, y = scattered(0x9E3779B1), scattered(0x85EBCA77)
# Exponents from -8 to 7 for the powers of a positive base, so that most results are neither 0 nor infinite.
near = ((x.view(np.uint32) & 0x01FFFFFF) + 0x3E000000).view(np.float32)
out = {"jax": jax.__version__, "functions": {}, "draws": []}
for name in "exp log log1p tanh sqrt erf erf_inv sin cos".split():
    out["functions"][name] = blocks(jax.jit(getattr(jax.lax, name))(x))
out["functions"]["pow"] = blocks(jax.jit(jax.lax.pow)(x, y))
out["functions"]["pow_near_one"] = blocks(jax.jit(jax.lax.pow)(near, jnp.asarray(y.view(np.int32) >> 24, np.float32) * np.float32(0.37)))
for seed in (0, 42, -1, 2**40 + 5):
    k = random.fold_in(random.PRNGKey(seed), 3)
    for n in (1, 15, 16, 17, 1000, 100_003):
        out["draws"].append([seed, n, {
            "bits": digest(random.bits(k, (n,))),
            "uniform(-3, 1e9)": digest(random.uniform(k, (n,), minval=-3., maxval=1e9)),
            "uniform(5, 5)": digest(random.uniform(k, (n,), minval=5., maxval=5.)),
            "normal": digest(random.normal(k, (n,))),
            "truncated_normal(-2, 2)": digest(random.truncated_normal(k, -2., 2., (n,))),
            "truncated_normal(0.3, 4.5)": digest(random.truncated_normal(k, 0.3, 4.5, (n,))),
            "truncated_normal(-inf, 0)": digest(random.truncated_normal(k, -np.inf, 0., (n,))),
            "randint(-5, 7)": digest(random.randint(k, (n,), -5, 7)),
            "randint(i32)": digest(random.randint(k, (n,), -2**31, 2**31 - 1)),
            "randint(3, 3)": digest(random.randint(k, (n,), 3, 3)),
            "permutation": digest(random.permutation(k, n)),
            "split": digest(random.split(k, n)),
        }])
json.dump(out, sys.stdout, indent=0)

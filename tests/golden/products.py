"""Products of matrices of many shapes under jax 0.10.2 on an x86-64 processor with AVX-512: a digest of each result. Usage: products.py > products.json

The elements of an operand are the products of their places and an odd number modulo 2^32, shifted to lie between -1/2 and 1/2. Digests as in digests.py."""
import json, random
import jax, jax.numpy as jnp, numpy as np

M = np.uint64


def digest(x):
    w = np.asarray(x).ravel().view(np.uint32)
    with np.errstate(over="ignore"):
        z = w.astype(np.uint64) + np.arange(1, w.size + 1, dtype=np.uint64) * M(0x9E3779B97F4A7C15)
        z = (z ^ (z >> M(30))) * M(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> M(27))) * M(0x94D049BB133111EB)
        return f"{int((z ^ (z >> M(31))).sum(dtype=np.uint64)):016x}"


def operand(odd, *shape):
    words = ((np.arange(1, 1 + int(np.prod(shape)), dtype=np.uint64) * M(odd)).astype(np.uint32) >> np.uint32(8)).astype(np.int32)
    return jnp.asarray(((words - (1 << 23)).astype(np.float32) / np.float32(1 << 24)).reshape(shape))


def weight_gradient(x, g):
    return jax.vjp(lambda w: x @ w, jnp.zeros((x.shape[-1], g.shape[-1]), jnp.float32))[1](g)[0]


# Each kind: the shapes of the operands for b batches of n rows, k terms, m columns, and what is computed of them.
KINDS = {
    "plain": (lambda b, n, k, m: ((n, k), (k, m)), lambda x, y: x @ y),
    "transposed": (lambda b, n, k, m: ((n, k), (m, k)), jax.jit(lambda x, y: x @ y.T)),
    "left transposed": (lambda b, n, k, m: ((k, n), (k, m)), jax.jit(lambda x, y: x.T @ y)),
    "batched": (lambda b, n, k, m: ((b, n, k), (b, k, m)), lambda x, y: x @ y),
    "of three axes": (lambda b, n, k, m: ((b, n, k), (k, m)), lambda x, y: x @ y),
    "vmap": (lambda b, n, k, m: ((n, k), (m, k)), lambda x, y: jax.vmap(lambda v: x @ v)(y)),
    "jit vmap": (lambda b, n, k, m: ((n, k), (m, k)), jax.jit(lambda x, y: jax.vmap(lambda v: x @ v)(y))),
    "result transposed": (lambda b, n, k, m: ((n, k), (m, k)), jax.jit(lambda x, y: (x @ y.T).T)),
    "gradient": (lambda b, n, k, m: ((b, n, k), (b, n, m)), weight_gradient),
    "jit gradient": (lambda b, n, k, m: ((b, n, k), (b, n, m)), jax.jit(weight_gradient)),
}


def size(most):
    return max(2, int(most ** random.random()))


random.seed(0)
cases = []
for kind, count, most in [*((kind, 60, 48) for kind in KINDS), ("plain", 240, 64), ("plain", 60, 512), ("transposed", 30, 512)]:
    shapes, f = KINDS[kind]
    for _ in range(count):
        sizes = [size(5), size(most), size(most), size(most)]
        x, y = shapes(*sizes)
        cases.append([kind, sizes, digest(f(operand(0x9E3779B1, *x), operand(0x85EBCA77, *y)))])
print("[")
print(",\n".join(json.dumps(case) for case in cases))
print("]")

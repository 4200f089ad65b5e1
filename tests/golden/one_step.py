"""Records one step of the lecture's raw program under jax 0.10.2: every value of it, as bits. Prints JSON.

`eager` holds what JAX computes operation by operation; `jitted` what the compiled `make_step` returns, and what a compiled step returns that also returns the values
in between."""
import json
import jax, jax.numpy as jnp, numpy as np, optax
from jax import random

N, M, BATCH, SIGMA, RATE, STEPS = 500, 2, 16, 0.001, 0.001, 40
bits = lambda x: np.asarray(x, np.float32).reshape(-1).view(np.uint32).tolist()

key = random.PRNGKey(42)
key, *sub = random.split(key, num=4)
theta = random.normal(sub[0], (M,)); X = random.normal(sub[1], (N, M)); Y = jnp.matmul(X, theta) + SIGMA * random.normal(sub[2], (N,))
key, s = random.split(key); params = random.normal(s, (M,))

predict = lambda th, x: jnp.matmul(x, th)
loss = lambda th, x, y: jnp.mean((predict(th, x) - y) ** 2)
opt = optax.sgd(RATE); state = opt.init(params)

@jax.jit
def make_step(params, state, x, y):
    l, g = jax.value_and_grad(loss)(params, x, y)
    u, state = opt.update(g, state, params)
    return optax.apply_updates(params, u), state, l

@jax.jit
def step_with_values(params, state, x, y):
    def pieces(th):
        p = predict(th, x); r = p - y; q = r ** 2
        return jnp.mean(q), (p, r, q)
    (l, (p, r, q)), g = jax.value_and_grad(pieces, has_aux=True)(params)
    u, _ = opt.update(g, state, params)
    return p, r, q, l, g, u, optax.apply_updates(params, u)

taken, done = 0, None
for epoch in range(3):
    before = key
    key, s = random.split(key)
    order = random.permutation(s, jnp.arange(N))
    for first in range(0, N, BATCH):
        rows = order[first:first + BATCH]; x, y = X[rows], Y[rows]
        if taken == STEPS:
            p = predict(params, x); r = p - y; q = r ** 2; total = jnp.sum(q); l = total / BATCH
            cotangents = [jnp.float32(1.0)]
            for f, at in ((lambda t: t / BATCH, total), (jnp.sum, q), (lambda r: r ** 2, r), (lambda p: p - y, p), (lambda th: predict(th, x), params)):
                cotangents.append(jax.vjp(f, at)[1](cotangents[-1])[0])
            updates, _ = opt.update(cotangents[-1], state, params)
            eager = dict(zip(("sum", "squares", "residuals", "predictions", "gradient"), map(bits, cotangents[1:])))
            done = {
                "step": taken, "epoch": epoch, "keys": [np.asarray(k).tolist() for k in (before, key, s)], "rows": rows.tolist(),
                "params": bits(params), "x": bits(x), "y": bits(y),
                "eager": {"predictions": bits(p), "residuals": bits(r), "squares": bits(q), "sum": bits(total), "loss": bits(l), "cotangents": eager,
                          "updates": bits(updates), "params_after": bits(optax.apply_updates(params, updates))},
                "jaxpr": str(jax.make_jaxpr(make_step.__wrapped__)(params, state, x, y)),
            }
            names = ("predictions", "residuals", "squares", "loss", "gradient", "updates", "params_after")
            done["jitted"] = dict(zip(names, map(bits, step_with_values(params, state, x, y))))
            after, _, l = make_step(params, state, x, y)
            done["make_step"] = {"params_after": bits(after), "loss": bits(l)}
            print(json.dumps(done)); raise SystemExit
        params, state, l = make_step(params, state, x, y)
        taken += 1

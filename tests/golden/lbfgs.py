"""Records `optax.lbfgs()` with its line search under jax 0.10.2, flax 0.12.8, optax 0.2.8. Prints JSON.

`script` is the course's script: a linear layer, twenty epochs of one batch of all rows, through the split step. `problems` are updates of other functions, every
number of the state as bits."""
import json
import jax, jax.numpy as jnp, numpy as np, optax
from jax import random
from flax import nnx

bits = lambda x: np.asarray(x).reshape(-1).view(np.uint32).tolist()


def script(seed=42, N=500, M=2, sigma=0.001, epochs=20):
    lines, losses, norms, kernels, rates, evaluations = [], [], [], [], [], []
    rngs = nnx.Rngs(seed)
    theta = random.normal(rngs(), (M,))
    X = random.normal(rngs(), (N, M))
    Y = X @ theta + sigma * random.normal(rngs(), (N,))
    residual = lambda model, x, y: (model(x) - y) ** 2
    residuals_loss = lambda model, X, Y: jnp.mean(jax.vmap(residual, in_axes=(None, 0, 0))(model, X, Y))
    model = nnx.Linear(M, 1, use_bias=False, rngs=rngs)
    optimizer = nnx.Optimizer(model, optax.lbfgs(), wrt=nnx.Param)

    @nnx.jit
    def step(graphdef, state, X, Y):
        model, optimizer = nnx.merge(graphdef, state)
        model_graphdef, _ = nnx.split(model)
        value_fn = lambda state: residuals_loss(nnx.merge(model_graphdef, state), X, Y)
        loss, grads = nnx.value_and_grad(residuals_loss)(model, X, Y)
        optimizer.update(model, grads, value=loss, grad=grads, value_fn=value_fn)
        return loss, nnx.split((model, optimizer))[1]

    graphdef, state = nnx.split((model, optimizer))
    key = random.PRNGKey(seed)
    for epoch in range(epochs):
        key, subkey = random.split(key)
        order = random.permutation(subkey, jnp.arange(N))
        loss, state = step(graphdef, state, X[order], Y[order])
        model, optimizer = nnx.merge(graphdef, state)
        norm = jnp.linalg.norm(theta - jnp.squeeze(model.kernel[...]))
        search = optimizer.opt_state[2]
        losses += bits(loss); norms += bits(norm); kernels += bits(model.kernel[...])
        rates += bits(search.learning_rate.value); evaluations.append(int(search.info.num_linesearch_steps.value))
        if epoch % 2 == 0:
            lines.append(f"Epoch {epoch},||theta - theta_hat|| = {norm}")
    lines.append(f"||theta - theta_hat|| = {norm}")
    return dict(seed=seed, samples=N, features=M, sigma=sigma, losses=losses, norms=norms, kernels=kernels, rates=rates, evaluations=evaluations, printed=lines)


rosen = lambda x: jnp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)
quadratic = lambda x: jnp.sum(jnp.array([1.0, 10.0, 100.0]) * x ** 2)
quartic = lambda x: jnp.sum(x ** 4 - 3.0 * x ** 2 + x)


def problem(f, start, steps, jitted=True):
    solver = optax.lbfgs()
    params = jnp.array(start)
    state = solver.init(params)
    first = str(state)

    def step(params, state):
        value, grad = jax.value_and_grad(f)(params)
        updates, state = solver.update(grad, state, params, value=value, grad=grad, value_fn=f)
        return optax.apply_updates(params, updates), state, value

    step = jax.jit(step)
    record = []
    for _ in range(steps):
        params, state, value = step(params, state)
        record.append([bits(leaf) for leaf in jax.tree.leaves((params, state, value))])
    return dict(start=start, first=first, last=str(state), leaves=record)


def lab(variant, N=500, M=2, sigma=0.001, seed=42, epochs=20):
    """A functional program of the Lab: the full batch, in the order of each epoch's shuffle."""
    key = random.PRNGKey(seed)
    key, *sub = random.split(key, num=4)
    theta = random.normal(sub[0], (M,)); X = random.normal(sub[1], (N, M)); Y = X @ theta + sigma * random.normal(sub[2], (N,))
    key, s = random.split(key); params = random.normal(s, (M,))
    predict = lambda th, x: jnp.matmul(x, th)
    residual = lambda th, x, y: (predict(th, x) - y) ** 2
    loss = {"raw": lambda th, x, y: jnp.mean((predict(th, x) - y) ** 2),
            "vmap": lambda th, x, y: jnp.mean(jax.vmap(residual, in_axes=(None, 0, 0))(th, x, y))}[variant]
    optimizer = optax.lbfgs()
    state = optimizer.init(params)

    @jax.jit
    def make_step(params, state, X, Y):
        l, g = jax.value_and_grad(loss)(params, X, Y)
        u, state = optimizer.update(g, state, params, value=l, grad=g, value_fn=lambda params: loss(params, X, Y))
        return optax.apply_updates(params, u), state, l

    losses, trained, norms = [], [], []
    for _ in range(epochs):
        key, s = random.split(key)
        order = random.permutation(s, jnp.arange(N))
        params, state, l = make_step(params, state, X[order], Y[order])
        losses += bits(l); trained += bits(params); norms += bits(jnp.linalg.norm(theta - params))
    return dict(variant=variant, seed=seed, samples=N, features=M, sigma=sigma, losses=losses, params=trained, norms=norms)


print(json.dumps({
    "lab": [lab("raw"), lab("vmap"), lab("raw", N=64, M=3, sigma=0.5), lab("raw", N=40, M=1, sigma=0.1, seed=7), lab("vmap", N=200, M=8, sigma=0.2, seed=3)],
    "script": [script(), script(seed=7, M=3, sigma=0.5), script(seed=1, N=20, M=1, sigma=0.1, epochs=8)],
    "problems": {
        "rosen": problem(rosen, [-1.2, 1.0], 40),
        "rosen5": problem(rosen, [0.5, -0.5, 0.3, 1.5, -1.0], 30),
        "quadratic": problem(quadratic, [1.0, 1.0, 1.0], 12),
        "quartic": problem(quartic, [0.1, 2.0, -2.0], 15),
    },
}))

import jax, optax
import jax.numpy as jnp
from jax import random
k1, k2 = random.split(random.PRNGKey(0))
X = random.normal(k1, (50, 4))
w = jnp.array([1.0, -1.0, 2.0, 0.0])
y = X @ w + 0.1 * random.normal(k2, (50,))
def loss(p):
    return jnp.mean((X @ p["w"] + p["b"] - y) ** 2)
params = {"w": jnp.zeros(4), "b": jnp.zeros(())}
opt = optax.lbfgs(memory_size=5)
state = opt.init(params)
vag = optax.value_and_grad_from_state(loss)
@jax.jit
def step(carry):
    params, state = carry
    value, grad = vag(params, state=state)
    updates, state = opt.update(grad, state, params, value=value, grad=grad, value_fn=loss)
    return optax.apply_updates(params, updates), state
for i in range(8):
    params, state = step((params, state))
    print(i, f"{loss(params):.6f}", jnp.round(params["w"], 3), f"{params['b']:.4f}")
print(optax.tree.get(state, "count"), optax.tree.norm(jax.grad(loss)(params)) < 1e-3)
print(state[-1].info.num_linesearch_steps, type(state).__name__, len(state))
def fun(x):
    return jnp.sum(x ** 4) + x[0]
x = jnp.array([1.0, -2.0, 3.0])
solver = optax.lbfgs(learning_rate=0.1, linesearch=None)
s = solver.init(x)
for _ in range(5):
    g = jax.grad(fun)(x)
    u, s = solver.update(g, s, x)
    x = optax.apply_updates(x, u)
print(x)

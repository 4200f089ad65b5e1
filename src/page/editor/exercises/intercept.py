"""A line with an intercept: parameters in a dictionary.

Try: start from another guess, or fit a parabola (a third parameter).
"""
import jax
import jax.numpy as jnp
import optax
from jax import random

key = random.PRNGKey(0)
key, x_key, noise_key = random.split(key, 3)
X = random.uniform(x_key, (100,), minval=-1.0, maxval=1.0)
Y = 2.0 * X - 0.5 + 0.1 * random.normal(noise_key, (100,))


def loss(params):
    return jnp.mean((params["slope"] * X + params["intercept"] - Y) ** 2)


optimizer = optax.sgd(0.3)
params = {"slope": 0.0, "intercept": 0.0}
opt_state = optimizer.init(params)


@jax.jit
def step(params, opt_state):
    value, grads = jax.value_and_grad(loss)(params)
    updates, opt_state = optimizer.update(grads, opt_state)
    return optax.apply_updates(params, updates), opt_state, value


for epoch in range(41):
    params, opt_state, value = step(params, opt_state)
    if epoch % 10 == 0:
        print(f"epoch {epoch:2d}  loss {value:.6f}")
print(params)

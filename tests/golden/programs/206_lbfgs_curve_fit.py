# lbfgs for a nonlinear least squares problem, loop until the gradient is small
import jax
import jax.numpy as jnp
import optax
from jax import random

t = jnp.linspace(0.0, 4.0, 30)
key = random.PRNGKey(5)
y = 2.0 * jnp.exp(-0.7 * t) + 0.01 * random.normal(key, (30,))

def loss(p):
    return jnp.mean((p[0] * jnp.exp(-p[1] * t) - y) ** 2)

opt = optax.lbfgs()
vg = optax.value_and_grad_from_state(loss)
p = jnp.array([1.0, 0.1])
state = opt.init(p)
for i in range(12):
    value, grad = vg(p, state=state)
    updates, state = opt.update(grad, state, p, value=value, grad=grad, value_fn=loss)
    p = optax.apply_updates(p, updates)
    print(f"{i} {value:.6f} {optax.global_norm(grad):.5f}")
print(f"{p[0]:.4f} {p[1]:.4f}")

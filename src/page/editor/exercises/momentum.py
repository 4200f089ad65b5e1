"""Momentum by hand, against optax.

Try: Nesterov's, which takes the gradient where the velocity leads.
"""
import jax
import jax.numpy as jnp
import optax

A = jnp.array([[3.0, 0.5], [0.5, 0.2]])


def f(x):
    return 0.5 * x @ A @ x


learning_rate, beta = 0.1, 0.9
start = jnp.array([1.0, -2.0])

x, velocity = start, jnp.zeros(2)
for _ in range(100):
    velocity = beta * velocity + jax.grad(f)(x)
    x = x - learning_rate * velocity
print("by hand:", x, f(x))

optimizer = optax.sgd(learning_rate, momentum=beta)
y, state = start, optimizer.init(start)
for _ in range(100):
    updates, state = optimizer.update(jax.grad(f)(y), state)
    y = optax.apply_updates(y, updates)
print("optax:  ", y, f(y))

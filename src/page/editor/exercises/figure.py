"""A figure: how the loss falls, for three learning rates.

Try: plt.loglog, another rate, or a histogram of the last gradients.
"""
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt

curvatures = jnp.array([1.0, 10.0])


def f(x):
    return 0.5 * jnp.sum(curvatures * x**2)


step = jax.jit(lambda x, rate: (x - rate * jax.grad(f)(x), f(x)))

for rate in [0.02, 0.1, 0.19]:
    x, losses = jnp.array([1.0, 1.0]), []
    for _ in range(60):
        x, loss = step(x, rate)
        losses.append(float(loss))
    plt.semilogy(losses, label=f"rate {rate}")
    print(f"rate {rate}: {losses[-1]:.3e}")

plt.xlabel("step")
plt.ylabel("loss")
plt.legend()
plt.show()

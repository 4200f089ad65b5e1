# many seeds at once: the spread of the estimate
import jax
import jax.numpy as jnp
from jax import random

def simulate(key, n=50):
    kx, ke = random.split(key)
    X = random.normal(kx, (n, 2))
    y = X @ jnp.array([1.0, -0.5]) + 0.1 * random.normal(ke, (n,))
    return X, y

def fit(key):
    X, y = simulate(key)
    theta = jnp.zeros(2)
    grad = jax.grad(lambda t: jnp.mean((X @ t - y) ** 2))
    for _ in range(50):
        theta = theta - 0.2 * grad(theta)
    return theta

keys = random.split(random.PRNGKey(0), 64)
thetas = jax.vmap(fit)(keys)
print(thetas.shape)
print(thetas.mean(axis=0), thetas.std(axis=0))
print(thetas[:4])
one = fit(keys[0])
print(one, jnp.allclose(one, thetas[0], atol=1e-5))
print(jnp.max(jnp.abs(thetas - jnp.array([1.0, -0.5]))))
errors = jnp.linalg.norm(thetas - jnp.array([1.0, -0.5]), axis=1)
print(errors.shape, f"{errors.max():.5f} {errors.min():.5f} {jnp.median(errors):.5f}")

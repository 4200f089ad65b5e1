# printing jaxprs of a loss and of its gradient with functions inside
import jax
import jax.numpy as jnp
def sigmoid(z):
    return 1 / (1 + jnp.exp(-z))
@jax.jit
def predict(w, x):
    return sigmoid(x @ w)
def loss(w, x, y):
    p = predict(w, x)
    return -jnp.mean(y * jnp.log(p) + (1 - y) * jnp.log(1 - p))
w, x, y = jnp.zeros(2), jnp.ones((3, 2)), jnp.array([0.0, 1.0, 1.0])
print(loss(w, x, y), jax.grad(loss)(w, x, y))
print(jax.make_jaxpr(predict)(w, x))
print(jax.make_jaxpr(loss)(w, x, y))
print(jax.make_jaxpr(lambda z: jnp.cumsum(jnp.sort(z)))(w))
print(jax.make_jaxpr(lambda w: predict(w, x) + predict(2 * w, x))(w))
print(jax.make_jaxpr(jax.nn.relu)(1.0))

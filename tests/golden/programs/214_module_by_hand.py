import jax, optax
import jax.numpy as jnp
from jax import random
from flax import nnx

class MyLinear(nnx.Module):
    def __init__(self, n_in, rngs):
        self.w = nnx.Param(random.normal(rngs(), (n_in,)))
        self.b = nnx.Param(jnp.zeros(()))
    def __call__(self, x):
        return jnp.dot(self.w, x) + self.b

rngs = nnx.Rngs(3)
X = random.normal(rngs(), (120, 2))
y = X @ jnp.array([2.0, -1.0]) + 0.5 + 0.05 * random.normal(rngs(), (120,))
model = MyLinear(2, rngs)
def loss_fn(model, X, y):
    pred = jax.vmap(model)(X)
    return jnp.mean((pred - y) ** 2)
optimizer = nnx.Optimizer(model, optax.adam(0.05), wrt=nnx.Param)
@nnx.jit
def train_step(model, optimizer, X, y):
    loss, grads = nnx.value_and_grad(loss_fn)(model, X, y)
    optimizer.update(model, grads)
    return loss
print("before", loss_fn(model, X, y))
for i in range(150):
    rows = random.randint(random.PRNGKey(i), (16,), 0, 120)
    loss = train_step(model, optimizer, X[rows], y[rows])
    if i % 50 == 0:
        print(i, loss, model.w.value, model.b.value)
print("after", loss_fn(model, X, y))
print(model)

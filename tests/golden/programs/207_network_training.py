# a small network learns x1 * x2
import jax
import jax.numpy as jnp
from jax import random
import optax
from flax import nnx

class MLP(nnx.Module):
    def __init__(self, din, width, dout, *, rngs: nnx.Rngs):
        self.linear1 = nnx.Linear(din, width, rngs=rngs)
        self.linear2 = nnx.Linear(width, dout, rngs=rngs)

    def __call__(self, x):
        return self.linear2(nnx.relu(self.linear1(x)))

rngs = nnx.Rngs(0)
model = MLP(2, 8, 1, rngs=rngs)
X = random.normal(random.PRNGKey(1), (64, 2))
Y = (X[:, 0] * X[:, 1])[:, None]
optimizer = nnx.Optimizer(model, optax.adam(0.02), wrt=nnx.Param)

@nnx.jit
def step(model, optimizer, X, Y):
    loss, grads = nnx.value_and_grad(lambda m: jnp.mean((m(X) - Y) ** 2))(model)
    optimizer.update(model, grads)
    return loss

for i in range(100):
    loss = step(model, optimizer, X, Y)
    if i % 20 == 0:
        print(i, f"{loss:.5f}")
print(jax.tree.map(jnp.shape, nnx.state(model)))
print(model(jnp.ones((1, 2))).shape, model.linear1.in_features, model.linear2.out_features)
n = sum(p.size for p in jax.tree.leaves(nnx.state(model, nnx.Param)))
print("parameters", n)

# only train the last layer
import jax
import jax.numpy as jnp
import optax
from flax import nnx

class Two(nnx.Module):
    def __init__(self, rngs):
        self.a = nnx.Linear(2, 3, rngs=rngs)
        self.b = nnx.Linear(3, 1, use_bias=False, rngs=rngs)
    def __call__(self, x):
        return self.b(jnp.tanh(self.a(x)))

model = Two(nnx.Rngs(4))
X = jnp.array([[1.0, 2.0], [0.0, -1.0], [0.5, 0.5]])
Y = jnp.array([[1.0], [0.0], [0.5]])
only_b = nnx.All(nnx.Param, nnx.PathContains("b"))
f = lambda m: jnp.mean((m(X) - Y) ** 2)
v, g = nnx.value_and_grad(f, argnums=nnx.DiffState(0, only_b))(model)
print(v)
print(g)
opt = nnx.Optimizer(model, optax.sgd(0.1), wrt=only_b)
before = model.a.kernel.value
for i in range(3):
    v, g = nnx.value_and_grad(f, argnums=nnx.DiffState(0, only_b))(model)
    opt.update(model, g)
    print(i, v)
print(bool((before == model.a.kernel.value).all()))
print(nnx.state(model, only_b))

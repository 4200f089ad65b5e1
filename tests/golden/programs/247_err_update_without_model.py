# model forgotten in update
import jax.numpy as jnp
import optax
from flax import nnx
m = nnx.Linear(1, 1, rngs=nnx.Rngs(0))
opt = nnx.Optimizer(m, optax.sgd(0.1), wrt=nnx.Param)
g = nnx.grad(lambda m: jnp.sum(m(jnp.ones((1, 1)))))(m)
print(g["bias"].value)
opt.update(g)

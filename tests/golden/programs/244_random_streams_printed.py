# printing the random state
import jax
import jax.numpy as jnp
from flax import nnx
rngs = nnx.Rngs(0)
print(rngs)
rngs()
print(rngs.default.count)
two = nnx.Rngs(params=1, dropout=2)
print(two.params(), two.dropout())
print(two)
print(type(rngs).__name__, type(rngs.default).__name__)
class Noisy(nnx.Module):
    def __init__(self, rngs):
        self.w = nnx.Param(jnp.ones(2))
        self.rngs = rngs
    def __call__(self, x):
        return x * self.w + 0.1 * jax.random.normal(self.rngs.noise(), x.shape)
m = Noisy(nnx.Rngs(params=0, noise=5))
print(m(jnp.ones(2)), m(jnp.ones(2)))
print(m)
print(nnx.state(m, nnx.Param))
print(nnx.state(m, nnx.RngCount))

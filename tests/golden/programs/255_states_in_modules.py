# mutable state under jit
import jax
import jax.numpy as jnp
from flax import nnx
class Count(nnx.Variable):
    pass
class Ema(nnx.Module):
    def __init__(self, decay):
        self.decay = decay
        self.value = nnx.Variable(jnp.zeros(()))
        self.n = Count(jnp.array(0))
    def __call__(self, x):
        self.n.value += 1
        self.value.value = self.decay * self.value.value + (1 - self.decay) * x
        return self.value.value / (1 - self.decay ** self.n.value)
ema = Ema(0.9)
print(ema(1.0), ema(2.0), ema.n.value)
fast = nnx.jit(lambda m, x: m(x))
for x in (3.0, 4.0):
    print(fast(ema, x), ema.n.value)
print(ema)
graphdef, counts, rest = nnx.split(ema, Count, ...)
print(counts)
print(rest)
print(nnx.state(ema, Count)["n"].value, nnx.state(ema, nnx.Param))

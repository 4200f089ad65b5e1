# a jitted class method and a closure that changes
import jax
import jax.numpy as jnp
from functools import partial
class Model:
    def __init__(self, scale):
        self.scale = scale
    @partial(jax.jit, static_argnums=0)
    def apply(self, x):
        print("tracing with", self.scale)
        return self.scale * x
m = Model(2.0)
print(m.apply(3.0), m.apply(4.0))
m.scale = 10.0
print(m.apply(3.0), "still the old scale")
print(Model(5.0).apply(1.0))
factor = 3
f = jax.jit(lambda x: factor * x)
print(f(1.0))
factor = 100
print(f(1.0), f(jnp.ones(2)))
g = jax.jit(f)
print(g(2), g(2.0), jax.jit(lambda x: (x, x.dtype))(1)[0] if False else g(jnp.arange(2)))

# what is in the graphdef of my own module
import jax
import jax.numpy as jnp
from flax import nnx
class Poly(nnx.Module):
    def __init__(self, degree, rngs=None):
        self.degree = degree
        self.coef = nnx.Param(jnp.zeros(degree + 1))
        self.label = None
        self.scale = 0.5
    def __call__(self, x):
        return jnp.polyval(self.coef.value, x) * self.scale
m = Poly(2)
print(m)
graphdef, state = nnx.split(m)
print(graphdef)
print(state)
m.coef.value = jnp.array([1.0, 0.0, -1.0])
print(m(2.0), m(jnp.array([0.0, 1.0])))
m.note = "trained"
print(nnx.graphdef(m))
print(m)
try:
    m.label = nnx.Param(jnp.ones(1))
except ValueError as e:
    print(str(e).splitlines()[0])
m2 = nnx.clone(m)
m2.coef.value += 1.0
print(m.coef.value, m2.coef.value, m.note)
print(nnx.merge(graphdef, state)(1.0))

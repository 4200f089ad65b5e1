# NumPy's options say how arrays are printed, JAX's too
import numpy as np
import jax
import jax.numpy as jnp

np.set_printoptions(precision=3, suppress=True)
print(jnp.linspace(0, 1, 7))
print(np.array([1e-5, 123.456789, 1.0]))
print(jnp.array([1e-5, 123.456789, 1.0]))
A = jnp.exp(jnp.arange(6.0)).reshape(2, 3)
print(A)
print(repr(A), repr(jnp.array(0.123456)), jnp.array(0.123456))
np.set_printoptions(precision=2)
print(A / 7, {"A": A[0]})
np.set_printoptions(precision=8, suppress=False)
a = jnp.arange(20) / 7
with np.printoptions(precision=2, linewidth=40):
    print(a)
print(a[:4])
np.set_printoptions(threshold=6, edgeitems=2)
print(jnp.arange(100.0), np.arange(30), jnp.ones((7, 8)))
np.set_printoptions(threshold=1000, edgeitems=3, linewidth=50)
print(jnp.arange(30) * 1.5)
jnp.set_printoptions(precision=4, suppress=True, linewidth=75)
W = jax.random.normal(jax.random.PRNGKey(0), (3, 4))
print(W)
print(W.mean(axis=0), jnp.array([1e6, 1e-6]), jnp.array([True, False]), jnp.array([1, -20]))
np.set_printoptions(formatter={"float": "{:.1f}".format})
print(W)
np.set_printoptions(formatter=None, sign="+")
print(W[0], np.array([jnp.nan, 1.5, -2.0]))
np.set_printoptions(floatmode="fixed", precision=3, sign="-")
print(jnp.array([1.0, 2.5]), np.array([1.0, 2.5]))
print(np.array2string(np.array([1.23456, 2.0]), precision=2), np.array2string(np.array([1, 2]), separator=", "))

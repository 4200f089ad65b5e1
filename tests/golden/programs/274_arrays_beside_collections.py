# arrays beside lists, tuples, sets and other objects
import jax.numpy as jnp
x = jnp.ones(2)
for o in ([1], (1,), {1}, {}, None, "a"):
    for f in (lambda: x + o, lambda: o + x, lambda: x @ o, lambda: x < o, lambda: x == o):
        try: print(f())
        except TypeError as e: print(str(e)[:110])

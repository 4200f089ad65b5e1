import jax
import jax.numpy as jnp
import numpy as np

calls = [
    lambda: [0] * 10**9,
    lambda: "a" * 10**10,
    lambda: list(range(10**9)),
    lambda: tuple(range(10**12)),
    lambda: 10**10**9,
    lambda: 1 << 10**12,
    lambda: np.zeros((10**5, 10**5)),
    lambda: np.arange(2**31),
    lambda: jnp.zeros((10**5, 10**5)),
    lambda: jnp.zeros((2**31, 2**31)),
    lambda: jnp.arange(10**9),
    lambda: jnp.linspace(1, 2, 2147483647),
    lambda: jnp.geomspace(2147483647, 2, 2147483647),
    lambda: jnp.ones(10**5)[:, None] * jnp.ones(10**5),
    lambda: jax.jit(lambda x: x[:, None] * x)(jnp.ones(10**5)),
    lambda: jnp.tril_indices(10**6),
    lambda: jnp.repeat(jnp.ones(3), 10**9),
    lambda: jnp.vsplit(jnp.zeros((0, 3)), 2**31),
    lambda: jnp.zeros((0, 10**9)).shape,
    lambda: f"{1.5:.2147483647f}",
    lambda: f"{'a':999999999}",
    lambda: f"{7:99999999999999999999}",
    lambda: "%.100000f" % 1.5,
    lambda: "100000% of " "%d" % 3,
    lambda: f"{2.5:>12345.3f}".strip(),
]
for call in calls:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

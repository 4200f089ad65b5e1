import inspect
import math

import jax
import jax.numpy as jnp
import jax.scipy.special
import jax.scipy.stats
import numpy as np
import optax
from flax import nnx
from jax import lax

modules = {
    "jnp": jnp, "jnp.linalg": jnp.linalg, "jax.random": jax.random, "lax": lax, "jax.nn": jax.nn, "jax.nn.initializers": jax.nn.initializers, "jax": jax,
    "jax.tree": jax.tree, "jax.tree_util": jax.tree_util, "jax.scipy.special": jax.scipy.special, "jax.scipy.stats": jax.scipy.stats,
    "optax": optax, "nnx": nnx, "np": np, "math": math,
}
# what may go on without end by right, or for as long as its numbers are large
endless = {"lax.while_loop", "nnx.while_loop", "lax.fori_loop", "nnx.fori_loop", "math.factorial", "math.comb", "math.perm"}


def parameters(f):
    try:
        found = inspect.signature(f).parameters.values()
    except Exception:
        return ["x"]
    names, named = [], False
    for p in found:
        if p.kind == p.VAR_POSITIONAL:
            names.extend(["x", "*"])
            named = True
        elif p.kind != p.VAR_KEYWORD:
            if p.kind == p.KEYWORD_ONLY and not named:
                names.append("*")
                named = True
            names.append(p.name + ("" if p.default is p.empty else "="))
    return names


for module, contents in modules.items():
    for name in sorted(dir(contents)):
        f = getattr(contents, name)
        if not name.startswith("_") and callable(f) and f"{module}.{name}" not in endless:
            print(f"{module}.{name}", *parameters(f))

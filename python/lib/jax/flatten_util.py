"""`jax.flatten_util`: a tree as one vector."""
import jax.numpy as jnp
from jax.tree_util import tree_flatten


def ravel_pytree(pytree):
    leaves, treedef = tree_flatten(pytree)
    leaves = [jnp.asarray(leaf) for leaf in leaves]
    if not leaves:
        return jnp.zeros(0), lambda flat: treedef.unflatten([])
    shapes, kinds = [leaf.shape for leaf in leaves], [leaf.dtype for leaf in leaves]
    flat = jnp.concatenate([jnp.ravel(leaf) for leaf in leaves])

    def unravel(given):
        given = jnp.asarray(given)
        if given.shape != flat.shape:
            raise ValueError(f"The unravel function expected an input of shape {flat.shape}, got shape {given.shape}.")
        parts, at = [], 0
        for leaf, shape, kind in zip(leaves, shapes, kinds):
            parts.append(given[at : at + leaf.size].reshape(shape).astype(kind))
            at += leaf.size
        return treedef.unflatten(parts)

    return flat, unravel

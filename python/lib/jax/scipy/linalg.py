"""`jax.scipy.linalg`: what programs use of it, in terms of `jax.numpy.linalg`."""
import jax.numpy as jnp
from jax.numpy.linalg import det, eigh, inv, qr, svd


def cholesky(a, lower=False, overwrite_a=False, check_finite=True):
    factor = jnp.linalg.cholesky(a)
    return factor if lower else jnp.swapaxes(factor, -1, -2)


def cho_factor(a, lower=False, overwrite_a=False, check_finite=True):
    return cholesky(a, lower), lower


def solve_triangular(a, b, trans=0, lower=False, unit_diagonal=False, overwrite_b=False, debug=None, check_finite=True):
    a = jnp.tril(a) if lower else jnp.triu(a)
    if unit_diagonal:
        a = a - jnp.diag(jnp.diag(a)) + jnp.eye(a.shape[0])
    return jnp.linalg.solve(a.T if trans in (1, 2, "T", "C") else a, b)


def cho_solve(c_and_lower, b, overwrite_b=False, check_finite=True):
    factor, lower = c_and_lower
    first = solve_triangular(factor, b, trans=0 if lower else 1, lower=lower)
    return solve_triangular(factor, first, trans=1 if lower else 0, lower=lower)


def solve(a, b, lower=False, overwrite_a=False, overwrite_b=False, debug=False, check_finite=True, assume_a="gen"):
    return jnp.linalg.solve(a, b)


def block_diag(*arrays):
    blocks = [jnp.atleast_2d(jnp.asarray(a)) for a in arrays]
    width = sum(block.shape[1] for block in blocks)
    rows, at = [], 0
    for block in blocks:
        rows.append(jnp.pad(block, ((0, 0), (at, width - at - block.shape[1]))))
        at += block.shape[1]
    return jnp.concatenate(rows)

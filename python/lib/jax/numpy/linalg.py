"""`jax.numpy.linalg` for small matrices."""
import _core
import _lax
import jax.numpy as jnp


def _float(a):
    a = _core.asarray(a)
    return a if a.dtype.name == "float32" else a.astype("float32")


def _square(a, name):
    if a.ndim < 2 or a.shape[-1] != a.shape[-2]:
        ending = "" if name == "_det()" else "."
        raise ValueError(f"Argument to {name} must have shape [..., n, n], got {a.shape}{ending}")


_whole = jnp._whole


@_whole("ord", "axis", "keepdims", name="norm")
def _norm(x, ord, axis, keepdims):
    if axis is None:
        axis = tuple(range(x.ndim))
        if ord is None:
            return jnp.sqrt(jnp.sum(x * x, keepdims=keepdims))
    axes = (axis,) if isinstance(axis, int) else tuple(axis)
    if len(axes) == 1:
        axis = axes[0]
        if ord is None or ord == 2:
            return jnp.sqrt(jnp.sum(x * x, axis=axis, keepdims=keepdims))
        if ord == jnp.inf:
            return jnp.max(jnp.abs(x), axis=axis, keepdims=keepdims)
        if ord == -jnp.inf:
            return jnp.min(jnp.abs(x), axis=axis, keepdims=keepdims)
        if ord == 0:
            return jnp.sum((x != 0).astype("float32"), axis=axis, keepdims=keepdims)
        if ord == 1:
            return jnp.sum(jnp.abs(x), axis=axis, keepdims=keepdims)
        return jnp.power(jnp.sum(jnp.abs(x) ** ord, axis=axis, keepdims=keepdims), 1.0 / ord)
    if ord in (None, "fro"):
        return jnp.sqrt(jnp.sum(x * x, axis=axes, keepdims=keepdims))
    if ord == 1:
        return jnp.max(jnp.sum(jnp.abs(x), axis=axes[0]))
    if ord == jnp.inf:
        return jnp.max(jnp.sum(jnp.abs(x), axis=axes[1]))
    if ord == 2:
        return jnp.max(svdvals(x))
    if ord == -2:
        return jnp.min(svdvals(x))
    if ord == "nuc":
        return jnp.sum(svdvals(x))
    raise ValueError(f"Invalid order '{ord}' for matrix norm.")


def norm(x, ord=None, axis=None, keepdims=False):
    if not _core.is_array(x):
        jnp._check("norm", x)
    return _norm(_float(x), ord, tuple(axis) if isinstance(axis, list) else axis, keepdims)


def vector_norm(x, ord=2, axis=None, keepdims=False):
    x = jnp.ravel(x) if axis is None else x
    return norm(x, ord, 0 if axis is None else axis, keepdims)


def matrix_norm(x, ord="fro", keepdims=False):
    return norm(x, ord, (-2, -1), keepdims)


def _batched(f, *args):
    import jax

    depth = args[0].ndim - 2
    for _ in range(depth):
        f = jax.vmap(f)
    return f(*args)


def solve(a, b):
    a, b = _float(a), _float(b)
    if a.ndim == 2 and a.shape[0] != a.shape[1]:
        raise ValueError(
            f"inconsistent size for core dimension 'm': {a.shape[1]} vs {a.shape[0]} on vectorized function with excluded=frozenset() "
            f"and signature='(m,m),({'m' if b.ndim == 1 else 'm,n'})->({'m' if b.ndim == 1 else 'm,n'})'"
        )
    if b.ndim == 1:
        return _lax.linalg("solve", [a, b[:, None]])[0][:, 0]
    return _batched(lambda a, b: _lax.linalg("solve", [a, b])[0], a, b)


def inv(a):
    a = _float(a)
    _square(a, "inv")
    return _batched(lambda a: _lax.linalg("solve", [a, jnp.eye(a.shape[-1])])[0], a)


def cholesky(a, upper=False, symmetrize_input=True):
    a = _float(a)
    if a.ndim == 2:
        a + a.T  # refuses what is not square in JAX's words
    _square(a, "cholesky")
    low = _batched(lambda a: _lax.linalg("cholesky", [a])[0], a)
    return jnp.swapaxes(low, -1, -2) if upper else low


def eigh(a, UPLO=None, symmetrize_input=True):
    a = _float(a)
    _square(a, "eigh")
    return EighResult(*_lax.linalg("eigh", [a]))


def eigvalsh(a, UPLO="L"):
    a = _float(a)
    if a.ndim == 2:
        a + a.T  # refuses what is not square in JAX's words
    _square(a, "eigvalsh")
    return _batched(lambda a: _lax.linalg("eigvalsh", [a])[0], a)


from _light import namedtuple as _namedtuple  # noqa: E402

EighResult = _namedtuple("EighResult", "eigenvalues eigenvectors")
SVDResult = _namedtuple("SVDResult", "U S Vh")
SlogdetResult = _namedtuple("SlogdetResult", "sign logabsdet")
QRResult = _namedtuple("QRResult", "Q R")


def svdvals(a):
    a = _float(a)
    gram = a.T @ a if a.shape[0] >= a.shape[1] else a @ a.T
    return jnp.sqrt(jnp.maximum(eigvalsh(gram)[::-1], 0.0))


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    a = _float(a)
    if not compute_uv:
        return svdvals(a)
    if full_matrices and a.shape[0] != a.shape[1]:
        raise NotImplementedError("jnp.linalg.svd of this Python has only full_matrices=False")
    w, v = eigh(a.T @ a)
    s = jnp.sqrt(jnp.maximum(w[::-1], 0.0))
    v = v[:, ::-1]
    return SVDResult(a @ v / s, s, v.T)


def cond(x, p=None):
    x = _float(x)
    if p in (None, 2):
        s = svdvals(x)
        return s[0] / s[-1]
    return norm(x, p) * norm(inv(x), p)


def matrix_rank(M, rtol=None, tol=None):
    s = svdvals(M)
    limit = jnp.max(s) * max(_float(M).shape) * 1.1920929e-07 * 16 if rtol is None else jnp.max(s) * rtol
    return jnp.sum(s > limit)


def det(a):
    a = _float(a)
    _square(a, "_det()")
    n = a.shape[-1]
    if n == 1:
        return a[..., 0, 0]
    if n == 2:
        return a[..., 0, 0] * a[..., 1, 1] - a[..., 0, 1] * a[..., 1, 0]
    if n == 3:
        return (
            a[..., 0, 0] * a[..., 1, 1] * a[..., 2, 2] + a[..., 0, 1] * a[..., 1, 2] * a[..., 2, 0] + a[..., 0, 2] * a[..., 1, 0] * a[..., 2, 1]
            - a[..., 0, 2] * a[..., 1, 1] * a[..., 2, 0] - a[..., 0, 0] * a[..., 1, 2] * a[..., 2, 1] - a[..., 0, 1] * a[..., 1, 0] * a[..., 2, 2]
        )
    total = 0.0
    for j in range(n):
        minor = jnp.concatenate([a[1:, :j], a[1:, j + 1:]], 1)
        total = total + (-1) ** j * a[0, j] * det(minor)
    return total


def slogdet(a, method=None):
    value = det(a)
    return SlogdetResult(jnp.sign(value), jnp.log(jnp.abs(value)))


def matrix_power(a, n):
    a = _core.asarray(a)
    _square(a, "matrix_power")
    if n == 0:
        return jnp.eye(a.shape[-1], dtype=a.dtype)
    if n < 0:
        a, n = inv(a), -n
    if n == 1:
        return a
    if n == 2:
        return a @ a
    if n == 3:
        return (a @ a) @ a
    z = result = None
    while n > 0:
        z = a if z is None else z @ z
        n, bit = divmod(n, 2)
        if bit:
            result = z if result is None else result @ z
    return result


def lstsq(a, b, rcond=None, numpy_resid=False):
    a, b = _float(a), _float(b)
    x = solve(a.T @ a, a.T @ b)
    residual = b - a @ x
    residuals = jnp.atleast_1d(jnp.sum(residual * residual, axis=0))
    s = svdvals(a)
    return x, residuals, matrix_rank(a), s


def pinv(a, rtol=None, hermitian=False, rcond=None):
    a = _float(a)
    if a.shape[0] >= a.shape[1]:
        return solve(a.T @ a, a.T)
    return a.T @ inv(a @ a.T)


def qr(a, mode="reduced"):
    a = _float(a)
    m, n = a.shape
    if mode not in ("reduced", "r"):
        raise NotImplementedError(f"jnp.linalg.qr of this Python has no mode={mode!r}")
    # a wide matrix has the factors of its first columns
    q, r = _lax.linalg("qr", [a[:, :m]])
    if n > m:
        r = jnp.concatenate([r, q.T @ a[:, m:]], axis=1)
    return r if mode == "r" else QRResult(q, r)


def matmul(a, b):
    return jnp.matmul(a, b)


def outer(a, b):
    return jnp.outer(a, b)


def trace(a):
    return jnp.trace(a)


def diagonal(a):
    return jnp.diagonal(a)


def multi_dot(arrays):
    out = arrays[0]
    for x in arrays[1:]:
        out = out @ x
    return out


from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("jax.numpy.linalg")

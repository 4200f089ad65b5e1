"""`jax.random`: draws from explicit keys."""
import _core
import _lax
import jax.numpy as jnp


class PRNGKeyArray:
    """Keys of the new style, `key<fry>[]`: arrays of raw keys whose last axis is hidden."""

    def __init__(self, data):
        self._data = data

    @property
    def shape(self):
        return self._data.shape[:-1]

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return self._data.size // 2

    @property
    def dtype(self):
        return _KeyDtype()

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __getitem__(self, i):
        if not self.shape:
            raise IndexError(f"Too many indices: array is 0-dimensional, but {len(i) if isinstance(i, tuple) else 1} were indexed")
        return PRNGKeyArray(self._data[i])

    def __iter__(self):
        if not self.shape:
            raise TypeError("iteration over a 0-d key array")
        return iter([PRNGKeyArray(self._data[i]) for i in range(self.shape[0])])

    def reshape(self, *shape):
        shape = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        return PRNGKeyArray(jnp.reshape(self._data, tuple(shape) + (2,)))

    def __repr__(self):
        return f"Array({self.shape}, dtype=key<fry>) overlaying:\n{self._data}"

    def __eq__(self, other):
        return jnp.all(self._data == other._data, axis=-1)

    __hash__ = None


PRNGKeyArray.__module__ = "jax._src.random.prng"


def key_impl(keys):
    return "threefry2x32"


def _refuse(name):
    def f(self, other):
        kind = "key<fry>" if isinstance(other, PRNGKeyArray) else _core.asarray(other).dtype.name
        raise TypeError(f"{name} does not accept dtypes key<fry>, {kind}.")

    return f


for _method, _name in (("__add__", "add"), ("__sub__", "sub"), ("__mul__", "mul"), ("__truediv__", "div")):
    setattr(PRNGKeyArray, _method, _refuse(_name))


class _KeyDtype:
    name = "key<fry>"

    def __repr__(self):
        return "key<fry>"

    def __eq__(self, other):
        return isinstance(other, _KeyDtype)

    def __hash__(self):
        return 7


_core.tree_register(PRNGKeyArray, lambda k: ((k._data,), None), lambda aux, children: PRNGKeyArray(children[0]))


def _seed(seed):
    if isinstance(seed, (int,)) and not isinstance(seed, bool):
        if not -(2**63) <= seed < 2**63:
            raise OverflowError("Python int too large to convert to C long")
        return _core.from_flat([0, seed & 0xFFFFFFFF], (2,), "uint32")
    if not _core.is_array(seed):
        raise TypeError(f"PRNG key seed must be an integer; got {seed!r}")
    seed = _core.asarray(seed)
    if seed.ndim:
        raise TypeError(f"PRNGKey accepts a scalar seed, but was given an array of shape {seed.shape} != (). Use jax.vmap for batching")
    if seed.dtype.name == "float32":
        raise TypeError(f"PRNG key seed must be an integer; got {seed!r}")
    return jnp.stack([jnp.zeros((), "uint32"), _core.convert(seed, "uint32", False)])


def PRNGKey(seed, *, impl=None):
    return _seed(seed)


def key(seed, *, impl=None):
    return PRNGKeyArray(_seed(seed))


def key_data(keys):
    return keys._data if isinstance(keys, PRNGKeyArray) else keys


def wrap_key_data(data, *, impl=None):
    return PRNGKeyArray(_core.asarray(data))


def _drawing():
    """The name of the function of this module that a program called."""
    import sys

    frame, name = sys._getframe(2), ""
    while frame is not None and frame.f_globals.get("__name__") == __name__:
        frame, name = frame.f_back, frame.f_code.co_name
    return name


def _raw(k):
    if isinstance(k, PRNGKeyArray):
        if k.ndim:
            raise ValueError(f"{_drawing()} accepts a single key, but was given a key array of shape {k.shape} != (). Use jax.vmap for batching.")
        return k._data
    if hasattr(k, "__jax_array__") and not isinstance(k, jnp.ndarray):
        k = k.__jax_array__()
        return _raw(k)
    if not isinstance(k, jnp.ndarray):
        if not hasattr(k, "dtype"):
            if k is None or isinstance(k, (tuple, list, dict)):
                raise TypeError(f"unexpected PRNG key type {type(k)}")
            raise TypeError(f"JAX encountered invalid PRNG key data: expected key_data to have ndim, shape, and dtype attributes. Got {k}")
        k = _core.asarray(k)
    if k.dtype.name != "uint32" or k.shape[-1:] != (2,):
        raise TypeError(f"JAX encountered invalid PRNG key data: expected key_data.dtype = uint32; got dtype={k.dtype.name}" if k.dtype.name != "uint32" else f"JAX encountered invalid PRNG key data: expected key_data.ndim >= 1; got ndim={k.ndim}" if k.ndim == 0 else f"JAX encountered invalid PRNG key data: expected key_data.shape to end with (2,); got shape={k.shape} for impl=PRNGImpl(key_shape=(2,))")
    if k.ndim > 1:
        raise ValueError(f"{_drawing()} accepts a single key, but was given a key array of shape {k.shape} != (). Use jax.vmap for batching.")
    return k


def _like(k, data):
    return PRNGKeyArray(data) if isinstance(k, PRNGKeyArray) else data


def split(key, num=2):
    if isinstance(num, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    shape = tuple(num) if isinstance(num, (tuple, list)) else (int(num),)
    n = 1
    for s in shape:
        n *= s
    data = _lax.draw("split", (n, 2), [_raw(key)])
    return _like(key, jnp.reshape(data, shape + (2,)) if len(shape) != 1 else data)


def fold_in(key, data):
    shape = jnp.shape(data)
    if shape:
        raise TypeError(f"fold_in accepts a scalar, but was given an array ofshape {shape} != (). Use jax.vmap for batching.")
    return _like(key, _lax.draw("fold_in", (2,), [_raw(key), _core.convert(data, "uint32", False)]))


def clone(key):
    return key


def _shape(shape):
    return jnp._shape(shape)


def bits(key, shape=(), dtype=None):
    return _lax.draw("bits", _shape(shape), [_raw(key)])


def _f32(x):
    return _core.convert(x, "float32", False)


def _check_floating(dtype, name, kinds):
    if not jnp.issubdtype(dtype, jnp.floating):
        raise ValueError(f"dtype argument to `{name}` must be a {kinds} dtype, got {jnp._canonical(dtype)}")


def uniform(key, shape=(), dtype=float, minval=0.0, maxval=1.0):
    _check_floating(dtype, "uniform", "float")
    low, high = _f32(minval), _f32(maxval)
    if low.ndim == 0 and high.ndim == 0:
        return _lax.draw("uniform", _shape(shape), [_raw(key), low, high])
    unit = _lax.draw("uniform", _shape(shape), [_raw(key), _f32(0.0), _f32(1.0)])
    return jnp.maximum(low, unit * (high - low) + low)


def normal(key, shape=(), dtype=float):
    _check_floating(dtype, "normal", "float or complex")
    if _core.is_abstract():
        # a part of the program that is compiled, in which the last product may meet a sum
        unit = _lax.draw("uniform", _shape(shape), [_raw(key), _f32(-0.99999994), _f32(1.0)])
        return 1.4142135381698608 * _lax.unary("erf_inv", unit)
    return _lax.draw("normal", _shape(shape), [_raw(key)])


def truncated_normal(key, lower, upper, shape=(), dtype=float):
    return _lax.draw("truncated_normal", _shape(shape), [_raw(key), _f32(lower), _f32(upper)])


def randint(key, shape, minval, maxval, dtype=int):
    low, high = _core.convert(minval, "int32", False), _core.convert(maxval, "int32", False)
    if low.ndim == 0 and high.ndim == 0:
        return _lax.draw("randint", _shape(shape), [_raw(key), low, high])
    # as JAX draws each within bounds of its own
    keys = split(key)
    higher, lower = bits(keys[0], shape), bits(keys[1], shape)
    span = jnp.where(high <= low, 1, high - low).astype("uint32")
    unit = jnp.array(2**16, "uint32") % span
    unit = unit * unit % span
    return low + ((higher % span * unit + lower % span) % span).astype("int32")


def permutation(key, x, axis=0, independent=False):
    if not _core.is_array(x):
        raise TypeError(f"permutation requires ndarray or scalar arguments, got {type(x)} at position 0.")
    if isinstance(x, float):
        raise TypeError("x must be an integer or at least 1-dimensional")
    if isinstance(x, int) or _core.asarray(x).ndim == 0:
        return _lax.draw("permutation", (int(x),), [_raw(key)])
    x = _core.asarray(x)
    order = _lax.draw("permutation", (x.shape[axis],), [_raw(key)])
    return jnp.take(x, order, axis)


def bernoulli(key, p=0.5, shape=None):
    p = _f32(p)
    shape = p.shape if shape is None else _shape(shape)
    return uniform(key, shape) < p


def rademacher(key, shape=(), dtype=int):
    drawn = bernoulli(key, 0.5, shape)
    return (2 * drawn.astype("int32") - 1).astype(dtype)


def exponential(key, shape=(), dtype=float):
    return -jnp.log1p(-uniform(key, shape))


_tiny = 1.1754943508222875e-38


def gumbel(key, shape=(), dtype=float, mode=None):
    return -jnp.log(-jnp.log(uniform(key, shape, minval=_tiny, maxval=1.0)))


def categorical(key, logits, axis=-1, shape=None, replace=True, mode=None):
    logits = _core.asarray(logits)
    axis = axis % logits.ndim
    batch = tuple(n for i, n in enumerate(logits.shape) if i != axis)
    shape = batch if shape is None else _shape(shape)
    front = shape[: len(shape) - len(batch)]
    full = list(shape[len(front):])
    full.insert(axis, logits.shape[axis])
    noise = gumbel(key, tuple(front) + tuple(full))
    return jnp.argmax(noise + jnp.reshape(logits, (1,) * len(front) + logits.shape), axis=axis + len(front))


def choice(key, a, shape=(), replace=True, p=None, axis=0, mode=None):
    shape = _shape(shape)
    if not _core.is_array(a):
        raise TypeError(f"choice requires ndarray or scalar arguments, got {type(a)} at position 0.")
    a = _core.asarray(a)
    n_inputs = int(a) if a.ndim == 0 else a.shape[axis]
    n_draws = 1
    for s in shape:
        n_draws *= s
    if n_inputs <= 0:
        raise ValueError("a must be greater than 0 unless no samples are taken")
    if not replace and n_draws > n_inputs:
        raise ValueError(f"Cannot take a larger sample (size {n_draws}) than population (size {n_inputs}) when 'replace=False'")
    if p is None:
        if replace:
            index = randint(key, shape, 0, n_inputs)
            out = index if a.ndim == 0 else jnp.take(a, index, axis)
        else:
            out = permutation(key, n_inputs if a.ndim == 0 else a, axis)[:n_draws]
            out = jnp.reshape(out, shape + out.shape[1:])
        return out
    p = _f32(p) if _core.is_array(p) else jnp.asarray(p, "float32")
    if p.shape != (n_inputs,):
        raise ValueError(f"p must be None or a 1D vector with the same size as a.shape[axis]. p has shape {p.shape} and a.shape[axis] is {n_inputs}.")
    if replace:
        p_cuml = jnp.cumsum(p)
        r = p_cuml[-1] * (1 - uniform(key, shape))
        index = jnp.searchsorted(p_cuml, r)
    else:
        g = gumbel(key, (n_inputs,)) + jnp.log(p)
        index = jnp.reshape(jnp.argsort(-g)[:n_draws], shape)
    return index if a.ndim == 0 else jnp.take(a, index, axis)


def multivariate_normal(key, mean, cov, shape=None, dtype=None, method="cholesky"):
    mean, cov = jnp.asarray(mean, "float32"), jnp.asarray(cov, "float32")
    shape = mean.shape[:-1] if shape is None else _shape(shape)
    factor = jnp.linalg.cholesky(cov)
    drawn = normal(key, shape + mean.shape[-1:])
    return mean + jnp.einsum("ij,kj->ki", factor, jnp.reshape(drawn, (-1, mean.shape[-1]))).reshape(shape + mean.shape[-1:])


def logistic(key, shape=(), dtype=float):
    x = uniform(key, shape, minval=1.1920929e-07, maxval=1.0)
    return jnp.log(x / (1 - x))


def laplace(key, shape=(), dtype=float):
    u = uniform(key, shape, minval=-1.0 + 1.1920929e-07, maxval=1.0)
    return jnp.sign(u) * jnp.log1p(-jnp.abs(u))


def cauchy(key, shape=(), dtype=float):
    u = uniform(key, shape, minval=1.1920929e-07, maxval=1.0)
    return jnp.tan(jnp.pi * (u - 0.5))


def lognormal(key, sigma=1.0, shape=(), dtype=float):
    return jnp.exp(normal(key, shape) * sigma)


def pareto(key, b, shape=(), dtype=float):
    return jnp.exp(exponential(key, shape) / b)


from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("jax.random")

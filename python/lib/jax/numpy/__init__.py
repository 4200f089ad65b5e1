"""`jax.numpy`, in terms of the engine's operations, as JAX writes it in terms of `lax`."""
import builtins as _b

import _core
import _lax
import _dtypes
from _core import ArrayImpl as ndarray
from _light import wraps as _wraps
from _dtypes import canonical as _canonical, dtype, finfo, iinfo

pi, e, inf, nan, euler_gamma = 3.141592653589793, 2.718281828459045, float("inf"), float("nan"), 0.5772156649015329
newaxis = None
bool_ = _dtypes.scalar_type("bool")
for _name in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64", "bfloat16"):
    globals()[_name] = _dtypes.scalar_type(_name)
float_, int_, uint, single, double = float32, int32, uint32, float32, float64


class DynamicJaxprTracer(ndarray):
    __slots__ = ()


class LinearizeTracer(ndarray):
    __slots__ = ()


class JVPTracer(ndarray):
    __slots__ = ()


class BatchTracer(ndarray):
    __slots__ = ()


for _tracer, _where in ((DynamicJaxprTracer, "partial_eval"), (LinearizeTracer, "ad"), (JVPTracer, "ad"), (BatchTracer, "batching")):
    _tracer.__module__ = f"jax._src.interpreters.{_where}"
    _core.hook(_tracer.__name__, _tracer)


class floating:
    pass


class integer:
    pass


class inexact:
    pass


class number:
    pass


def _whole(*static, inline=False, name=None):
    """JAX compiles the function as a whole, so it is rounded as a whole; `inline` as for `jax.jit`."""

    def decorate(f):
        if name is not None:
            f.__name__ = name
        names = list(f.__code__.co_varnames[: f.__code__.co_argcount + f.__code__.co_kwonlyargcount])
        numbers = [names.index(name) for name in static if names.index(name) < f.__code__.co_argcount]
        compiled = _core.jit(f, numbers, list(static), inline)

        @_wraps(f)
        def call(*args, **kwargs):
            return compiled(*args, **kwargs)

        return call

    return decorate


def _check(name, *args):
    for i, x in enumerate(args):
        if not _core.is_array(x):
            raise TypeError(f"{name} requires ndarray or scalar arguments, got {type(x)} at position {i}.")


def _array_of(x, name="array"):
    if isinstance(x, ndarray):
        return x
    _check(name, x)
    return _core.asarray(x)


def array(object, dtype=None, copy=True, order="K", ndmin=0):
    if object is None:
        raise ValueError("None is not a valid value for jnp.array")
    made = _core.asarray(object, None if dtype is None else _canonical(dtype))
    if ndmin > made.ndim:
        made = reshape(made, (1,) * (ndmin - made.ndim) + made.shape)
    return made


def asarray(a, dtype=None, order=None, copy=None):
    return array(a, dtype)


def _shape(shape):
    sizes = tuple(shape) if isinstance(shape, (tuple, list)) or (isinstance(shape, ndarray) and shape.ndim) else (shape,)
    return _whole_numbers(sizes)


def _whole_numbers(sizes, shown=None, where=""):
    """The sizes of a shape as integers; `shown` is what was given, for the error that says that they are none."""
    if not _b.all(_is_size(n) for n in sizes):
        raise TypeError(f"Shapes must be 1D sequences of concrete values of integer type, got {sizes if shown is None else shown}.{where}")
    return tuple(int(n) for n in sizes)


def _is_size(n):
    if isinstance(n, ndarray):
        return n.ndim == 0 and n.dtype.name in ("int32", "uint32") and not _core.is_tracer(n)
    return hasattr(n, "__index__")


def _full(shape, value, dtype_name, weak=False):
    scalar = _core.asarray(value, dtype_name)
    if any_negative(shape):
        raise TypeError(f"broadcast_in_dim shape must have every element be nonnegative, got {shape}.")
    made = _lax.broadcast_in_dim(scalar, shape, ())
    return _core.weaken(made, True) if weak else made


def any_negative(shape):
    return _b.any(n < 0 for n in shape)


def zeros(shape, dtype=None):
    return _full(_shape(shape), 0, _canonical(dtype or "float32"))


def ones(shape, dtype=None):
    return _full(_shape(shape), 1, _canonical(dtype or "float32"))


empty = zeros


def full(shape, fill_value, dtype=None):
    value = _core.asarray(fill_value, None if dtype is None else _canonical(dtype))
    weak = value.weak_type
    made = broadcast_to(value, _shape(shape))
    return _core.weaken(made, weak and dtype is None)


def zeros_like(a, dtype=None, shape=None):
    a = _array_of(a, "zeros_like")
    return _full(a.shape if shape is None else _shape(shape), 0, _canonical(dtype or a.dtype), dtype is None and a.weak_type)


def ones_like(a, dtype=None, shape=None):
    a = _array_of(a, "ones_like")
    return _full(a.shape if shape is None else _shape(shape), 1, _canonical(dtype or a.dtype), dtype is None and a.weak_type)


empty_like = zeros_like


def full_like(a, fill_value, dtype=None, shape=None):
    a = _array_of(a, "full_like")
    made = _core.asarray(fill_value, _canonical(dtype or a.dtype))
    made = broadcast_to(made, a.shape if shape is None else _shape(shape))
    return _core.weaken(made, True) if dtype is None and a.weak_type else made


def arange(start, stop=None, step=None, dtype=None):
    for x in (start, stop, step):
        if x is not None and _core.is_tracer(x) and _core.known(x) is None:
            import jax.errors

            raise jax.errors.ConcretizationTypeError("Abstract tracer value encountered where concrete value is expected: traced array with shape " + f"{x.dtype.name}[{','.join(map(str, x.shape))}]\nIt arose in the jnp.arange argument `stop`")
    plain = lambda x: x.item() if isinstance(x, ndarray) else x
    start, stop, step = plain(start), plain(stop), plain(step)
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    floats = _b.any(isinstance(x, float) for x in (start, stop, step))
    name = _canonical(dtype) if dtype is not None else "float32" if floats else "int32"
    import math

    n = _room(_b.max(0, math.ceil((stop - start) / step)))
    if start == 0 and step == 1:
        return _lax.iota(name, (n,), 0)
    if name == "float32" and n > 1:
        # in single precision throughout
        start, delta = _rounded([start, step])
        return _core.from_flat([start + x for x in _rounded([i * delta for i in range(n)])], (n,), name)
    return _core.from_flat([start + i * step for i in range(n)], (n,), name)


def _room(count):
    """Refuses so many numbers that an array of them is larger than any that is made; gives them back otherwise."""
    if count > 2**27:
        import jax.errors

        raise jax.errors.JaxRuntimeError(f"RESOURCE_EXHAUSTED: Out of memory allocating {4 * count} bytes.")
    return count


def _rounded(numbers):
    """Numbers in single precision."""
    return _core.to_flat(_core.from_flat(numbers, (len(numbers),), "float32"))


# XLA writes loops of so few turns out, and so rounds products with a constant number of the turn; longer ones multiply and subtract at once in whole blocks.
_UNROLLED, _BLOCK = 352, 32
# In loops of so few turns a product with one is none.
_WRITTEN = 30
# It deals longer ones out to several threads.
_THREADS = 4096


def _steps(div, wide):
    """The numbers of the steps, what is left of one after each, for bounds of shape `wide`, and the part that is a step."""
    (part,) = _rounded([1 / div])
    tall = (div,) + (1,) * len(wide)
    if div > _THREADS:
        places = reshape(_lax.iota("float32", (div,), 0), tall)
        return places, 1 - places * part, part
    whole = div // _BLOCK * _BLOCK if div >= _UNROLLED else 0
    products = [i * part for i in range(div)]
    rest = [1 - x for x in products[:whole]] + [1 - x for x in _rounded(products[whole:])]
    return _core.from_flat(list(range(div)), tall, "float32"), _core.from_flat(rest, tall, "float32"), part


@_whole("num", "endpoint")
def _linspace(start, stop, num, endpoint=True):
    div = num - 1 if endpoint else num
    start, stop = (_core.convert(x, "float32", False) for x in (start, stop))
    if num == 0:
        return zeros((0,))
    if num == 1:
        return reshape(start, (1, *start.shape))
    wide = broadcast_shapes(start.shape, stop.shape)
    places, rest, part = _steps(div, wide)
    low, unit = reshape(start, (1, *start.shape)), reshape(stop * part, (1, *stop.shape))
    out = places * unit + low * rest
    if 1 < div < _WRITTEN:
        out = concatenate([out[:1], broadcast_to(low * rest[1:2] + unit, out[1:2].shape), out[2:]])
    if endpoint:
        out = concatenate([out, reshape(broadcast_to(stop, wide), (1, *wide))])
    return out


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    out = _linspace(start, stop, int(num), endpoint)
    if dtype is not None:
        out = out.astype(dtype)
    if retstep:
        start, stop = (_core.convert(x, "float32", False) for x in (start, stop))
        return out, (stop - start) / ((num - 1) if endpoint else num)
    return out


@_whole("num", "endpoint")
def _logspace(start, stop, num, endpoint, base):
    return power(base, _linspace(start, stop, num, endpoint))


def _spaced(out, dtype, axis):
    """Samples that lie along the first axis, along this one, in this type."""
    out = moveaxis(out, 0, axis) if axis else out
    return out if dtype is None else out.astype(dtype)


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    return _spaced(_logspace(start, stop, int(num), endpoint, base), dtype, axis)


@_whole("num", "endpoint")
def _geomspace(start, stop, num, endpoint):
    # JAX's log10 and linspace, with their constants multiplied as XLA multiplies them: the stop by one product of two, which leaves 10.000003 at 10
    start, stop = (_core.convert(x, "float32", False) for x in (start, stop))
    side = sign(start)
    wide = broadcast_shapes(start.shape, stop.shape)
    first, last = log(start / side), broadcast_to(log(stop / side), wide)
    (scale,) = _rounded([0.4342944819032518])
    if num < 2:
        return side * power(10.0, _linspace(first * scale, last * scale, num, endpoint))
    div = num - 1 if endpoint else num
    places, rest, part = _steps(div, wide)
    (both,) = _rounded([scale * part])
    out = reshape(first * scale, (1, *start.shape)) * rest + places * reshape(last * both, (1, *wide))
    if endpoint:
        out = concatenate([out, reshape(last * scale, (1, *wide))])
    return side * power(10.0, out)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    return _spaced(_geomspace(start, stop, int(num), endpoint), dtype, axis)


def eye(N, M=None, k=0, dtype=None):
    (N,) = _whole_numbers((N,), where=" argument of 'N' jnp.eye().")
    M = N if M is None else M
    rows, columns = _lax.iota("int32", (N, M), 0), _lax.iota("int32", (N, M), 1)
    return ((rows + k) == columns).astype(dtype or "float32")


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=None):
    M = N if M is None else M
    rows, columns = _lax.iota("int32", (N, M), 0), _lax.iota("int32", (N, M), 1)
    return ((rows + k) >= columns).astype(dtype or "float32")


def tril(m, k=0):
    m = _array_of(m, "tril")
    _at_least_2d(m, "tril")
    return where(tri(*m.shape[-2:], k=k, dtype=bool), m, zeros_like(m))


def _at_least_2d(m, name):
    if m.ndim < 2:
        raise ValueError(f"Argument to jax.numpy.{name} must be at least 2D")


def triu(m, k=0):
    m = _array_of(m, "triu")
    _at_least_2d(m, "triu")
    return where(tri(*m.shape[-2:], k=k - 1, dtype=bool), zeros_like(m), m)


def diag(v, k=0):
    v = _array_of(v, "diag")
    if v.ndim not in (1, 2):
        raise ValueError("diag input must be 1d or 2d")
    if v.ndim == 1:
        n = v.shape[0] + abs_int(k)
        rows, columns = _lax.iota("int32", (n, n), 0), _lax.iota("int32", (n, n), 1)
        wide = pad(v, (_b.max(0, k), _b.max(0, -k)))
        return where((rows + k) == columns, wide, zeros_like(wide))
    return diagonal(v, k)


def abs_int(k):
    return -k if k < 0 else k


def diagonal(a, offset=0, axis1=0, axis2=1):
    a = _array_of(a)
    n, m = a.shape[:2]
    length = _b.max(0, _b.min(n, m - offset) if offset >= 0 else _b.min(n + offset, m))
    first = offset if offset >= 0 else -offset * m
    return _lax.take_flat(a, _core.from_flat([first + i * (m + 1) for i in range(length)], (length,), "int32"))


def diag_indices(n, ndim=2):
    return (arange(n),) * ndim


def diagflat(v, k=0):
    return diag(ravel(v), k)


def tril_indices(n, k=0, m=None):
    return nonzero(tri(n, m, k, bool))


def triu_indices(n, k=0, m=None):
    return nonzero(logical_not(tri(n, m, k - 1, bool)))


def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    xi = [_array_of(x, "meshgrid") for x in xi]
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Valid values for indexing are 'xy' and 'ij', got {indexing}")
    if _b.any(x.ndim != 1 for x in xi):
        raise ValueError(f"Arguments to jax.numpy.meshgrid must be 1D, got shapes {[x.shape for x in xi]}")
    if indexing == "xy" and len(xi) >= 2:
        xi[0], xi[1] = xi[1], xi[0]
    shape = tuple(x.shape[0] for x in xi)
    out = []
    for i, x in enumerate(xi):
        axes = [1] * len(xi)
        axes[i] = x.shape[0]
        grid = _lax.broadcast_in_dim(x, shape, (i,)) if not sparse else reshape(x, tuple(axes))
        out.append(grid)
    if indexing == "xy" and len(xi) >= 2:
        out[0], out[1] = out[1], out[0]
    return out


def indices(dimensions, dtype=None):
    return stack([_lax.iota(_canonical(dtype or "int32"), tuple(dimensions), i) for i in range(len(dimensions))])


# elementwise


def _unary(name, prim=None, float_only=True):
    prim = prim or name

    def f(x, /):
        if not isinstance(x, ndarray):
            _check(name, x)
        return _lax.unary(prim, x)

    f.__name__ = f.__qualname__ = name
    return f


exp, log, sqrt, tanh, sin, cos = (_unary(n) for n in "exp log sqrt tanh sin cos".split())
for _name, _prim in dict(tan="tan", arcsin="asin", arccos="acos", arctan="atan", sinh="sinh", cosh="cosh", arcsinh="asinh", arccosh="acosh", arctanh="atanh",
                         expm1="expm1", log1p="log1p", cbrt="cbrt", floor="floor", ceil="ceil", sign="sign", isfinite="is_finite").items():
    globals()[_name] = _unary(_name, _prim)
asin, acos, atan, asinh, acosh, atanh = arcsin, arccos, arctan, arcsinh, arccosh, arctanh


def negative(x, /):
    return -_array_of(x, "negative")


def positive(x, /):
    return _array_of(x, "positive")


def abs(x, /):
    x = _array_of(x, "absolute")
    return x if x.dtype.name in ("bool", "uint32") else _lax.unary("abs", x)


absolute = fabs = abs


def square(x, /):
    x = _array_of(x, "square")
    return x ** 2


def reciprocal(x, /):
    return 1 / _core.convert(_array_of(x), "float32", False)


@_whole(inline=True)
def exp2(x, /):
    return exp(0.6931471805599453 * _array_of(x))


@_whole(inline=True)
def log2(x, /):
    return log(_array_of(x)) / log(array(2.0, float32))


@_whole(inline=True)
def log10(x, /):
    return log(_array_of(x)) / log(array(10.0, float32))


def trunc(x, /):
    x = _array_of(x)
    return where(x < 0, ceil(x), floor(x))


def rint(x, /):
    return _lax.unary("round", _array_of(x))


@_whole("decimals")
def _round(x, decimals):
    if decimals == 0:
        return _lax.unary("round", x)
    factor = array(10.0**abs_int(decimals), float32)
    return _lax.unary("round", x * factor) / factor if decimals > 0 else _lax.unary("round", x / factor) * factor


def round(a, decimals=0, out=None):
    a = _array_of(a, "round")
    decimals = 0 if decimals is None else decimals
    if a.dtype.name != "float32":
        return a if decimals >= 0 else _round(a.astype(float32), decimals).astype(a.dtype)
    return _round(a, decimals)


around = round


def _number_round(x, digits):
    if digits is None and x.ndim == 0:
        return round(x).astype("int32")
    return _core.weaken(round(x, 0 if digits is None else digits), x.weak_type)


def isnan(x, /):
    x = _array_of(x, "isnan")
    return x != x


def isinf(x, /):
    x = _array_of(x)
    return abs(x) == inf


def isposinf(x, /):
    return _array_of(x) == inf


def isneginf(x, /):
    return _array_of(x) == -inf


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x = _array_of(x)
    x = where(isnan(x), array(nan, x.dtype), x)
    x = where(isposinf(x), array(3.4028235e38 if posinf is None else posinf, x.dtype), x)
    return where(isneginf(x), array(-3.4028235e38 if neginf is None else neginf, x.dtype), x)


def signbit(x, /):
    x = _array_of(x)
    return (x < 0) | ((x == 0) & (1 / x < 0))


def _binary(name, prim):
    def f(x1, x2, /):
        _check(name, x1, x2)
        return _lax.binary(prim, x1, x2)

    f.__name__ = f.__qualname__ = name
    return f


add, subtract, multiply, divide = (_binary(n, p) for n, p in (("add", "add"), ("subtract", "sub"), ("multiply", "mul"), ("divide", "div")))
true_divide = divide
maximum, minimum = _binary("maximum", "max"), _binary("minimum", "min")
arctan2 = atan2 = _binary("arctan2", "atan2")
bitwise_and, bitwise_or, bitwise_xor = _binary("bitwise_and", "and"), _binary("bitwise_or", "or"), _binary("bitwise_xor", "xor")
left_shift, right_shift = _binary("left_shift", "shift_left"), _binary("right_shift", "shift_right_arithmetic")
fmod = _binary("fmod", "rem")


def fmax(x1, x2, /):
    return where(isnan(x1), x2, where(isnan(x2), x1, maximum(x1, x2)))


def fmin(x1, x2, /):
    return where(isnan(x1), x2, where(isnan(x2), x1, minimum(x1, x2)))


def _compare(name, prim):
    def f(x1, x2, /):
        _check(name, x1, x2)
        return _lax.compare(prim, x1, x2)

    f.__name__ = f.__qualname__ = name
    return f


equal, not_equal, less, less_equal, greater, greater_equal = (_compare(n, p) for n, p in (
    ("equal", "eq"), ("not_equal", "ne"), ("less", "lt"), ("less_equal", "le"), ("greater", "gt"), ("greater_equal", "ge")))


def _truth(x):
    x = _array_of(x)
    return x if x.dtype.name == "bool" else x != 0


def logical_and(x1, x2, /):
    return _lax.binary("and", _truth(x1), _truth(x2))


def logical_or(x1, x2, /):
    return _lax.binary("or", _truth(x1), _truth(x2))


def logical_xor(x1, x2, /):
    return _lax.binary("xor", _truth(x1), _truth(x2))


def logical_not(x, /):
    return _lax.unary("not", _truth(x))


def invert(x, /):
    return _lax.unary("not", _array_of(x))


bitwise_not = invert


def power(x1, x2, /):
    _check("power", x1, x2)
    if isinstance(x2, int) and not isinstance(x2, bool):
        x1 = _array_of(x1)
        if x1.dtype.name == "bool":
            x1 = x1.astype("int32")
        if x2 >= 0 or x1.dtype.name == "float32":
            return x1 ** x2
    if isinstance(x2, int) and not isinstance(x2, bool):
        raise TypeError(f"Integers cannot be raised to negative powers, got integer_pow({_aval(x1)}, {x2})")
    name, weak = _core.result_type([x1, x2])
    if name != "float32":
        return _integer_power(_core.convert(x1, name, weak), _core.convert(x2, name, weak))
    if isinstance(x2, ndarray) and x2.ndim == 0 and x2.dtype.name == "int32" and not _core.is_tracing():
        # a float to the power of one integer is multiplied up, as LLVM compiles it
        return _array_of(x1) ** int(x2)
    return _lax.binary("pow", x1, x2)


pow = power


def float_power(x1, x2, /):
    return _lax.binary("pow", x1, x2)


def _integer_power(x, y):
    result, base = ones_like(x), x
    for bit in range(6):
        odd = (_lax.binary("shift_right_arithmetic", y, bit) & 1) == 1
        result = where(odd, result * base, result)
        base = base * base
    return result


def remainder(x1, x2, /):
    _check("remainder", x1, x2)
    name, weak = _core.result_type([x1, x2])
    x1, x2 = (_core.convert(x, name, weak) for x in (x1, x2))
    zero = array(0, name)
    if name != "float32":
        x2 = where(x2 == zero, ones_like(x2), x2)
    rest = _lax.binary("rem", x1, x2)
    plus = ((rest < zero) != (x2 < zero)) & (rest != zero)
    return where(plus, rest + x2, rest)


mod = remainder


def floor_divide(x1, x2, /):
    _check("floor_divide", x1, x2)
    name, weak = _core.result_type([x1, x2])
    x1, x2 = (_core.convert(x, name, weak) for x in (x1, x2))
    if name == "float32":
        rest = _lax.binary("rem", x1, x2)
        quotient = (x1 - rest) / x2
        ind = (rest != 0) & (sign(x2) != sign(rest))
        quotient = quotient - ind.astype("float32")
        return _lax.unary("round", quotient)
    quotient = _int_div(x1, x2)
    select = (sign(x1) != sign(x2)) & (_lax.binary("rem", x1, x2) != 0)
    return where(select, quotient - 1, quotient)


def _int_div(x, y):
    return _lax.binary("int_div", x, y)


def divmod(x1, x2, /):
    return floor_divide(x1, x2), remainder(x1, x2)


def modf(x, /):
    whole = trunc(x)
    return x - whole, whole


def _weak_of(f):
    """The result is as weak as the arguments are together."""

    @_wraps(f)
    def call(x1, x2, /):
        _check(f.__name__, x1, x2)
        return _core.weaken(f(x1, x2), _core.result_type([x1, x2])[1])

    return call


@_weak_of
@_whole()
def hypot(x1, x2, /):
    x1, x2 = abs(_core.convert(x1, "float32", False)), abs(_core.convert(x2, "float32", False))
    big, small = maximum(x1, x2), minimum(x1, x2)
    return where(big == 0, big, big * sqrt(1 + square(small / where(big == 0, ones_like(big), big))))


def _log_of_sum(x1, x2):
    largest = maximum(x1, x2)
    delta = x1 - x2
    return _lax.select(delta != delta, x1 + x2, largest + log1p(exp(-_lax.unary("abs", delta))))


def _logaddexp_jvp(primals, tangents):
    (x1, x2), (t1, t2) = primals, tangents
    out = logaddexp(x1, x2)
    finite = lambda x: _lax.select(x == inf, zeros_like(x), x)
    return out, t1 * exp(finite(x1) - finite(out)) + t2 * exp(finite(x2) - finite(out))


@_whole(inline=True)
def _logaddexp(x1, x2):
    import jax

    global _logaddexp_rule
    if _logaddexp_rule is None:
        _log_of_sum.__name__ = "logaddexp"
        _logaddexp_rule = jax.custom_jvp(_log_of_sum)
        _logaddexp_rule.defjvp(_logaddexp_jvp)
    return _logaddexp_rule(x1, x2)


_logaddexp_rule = None


@_weak_of
def logaddexp(x1, x2, /):
    x1, x2 = _core.convert(x1, "float32", False), _core.convert(x2, "float32", False)
    return _logaddexp(x1, x2)


@_weak_of
@_whole()
def logaddexp2(x1, x2, /):
    largest = maximum(x1, x2)
    delta = x1 - x2
    return where(isnan(delta), x1 + x2, largest + log1p(exp2(-abs(delta))) / log(array(2.0, float32)))


def deg2rad(x, /):
    return _array_of(x) * (pi / 180)


radians = deg2rad


def rad2deg(x, /):
    return _array_of(x) * (180 / pi)


degrees = rad2deg


def sinc(x, /):
    x = _array_of(x) * pi
    safe = where(x == 0, 1.0, x)
    return where(x == 0, 1.0, sin(safe) / safe)


def heaviside(x1, x2, /):
    x1 = _array_of(x1)
    return where(x1 < 0, 0.0, where(x1 > 0, 1.0, x2))


def copysign(x1, x2, /):
    return where(signbit(x2), -abs(x1), abs(x1))


def gcd(x1, x2):
    return _core.asarray(__import__("math").gcd(int(x1), int(x2)))


def clip(arr=None, /, min=None, max=None, *, a=None, a_min=None, a_max=None):
    arr = _array_of(a if arr is None else arr, "clip")
    min = a_min if min is None else min
    max = a_max if max is None else max
    return _clip(arr, min, max) if _core.is_tracing() else _between(arr, min, max)


def _between(arr, min, max):
    if min is not None:
        arr = maximum(min, arr)
    if max is not None:
        arr = minimum(max, arr)
    return arr


@_whole(name="clip")
def _clip(arr, min, max):
    return _between(arr, min, max)


@_whole()
def _where(condition, x, y):
    return _lax.select(condition, x, y)


def where(condition, x=None, y=None, /, *, size=None, fill_value=None):
    if x is None and y is None:
        return nonzero(condition, size=size)
    if x is None or y is None:
        raise ValueError("Either both or neither of the x and y arguments should be provided to jax.numpy.where, got " + f"{x} and {y}.")
    _check("where", condition, x, y)
    # nothing is rounded here, so only programs that are shown tell the difference
    return _where(condition, x, y) if _core.is_tracing() else _lax.select(condition, x, y)


def select(condlist, choicelist, default=0):
    if len(condlist) != len(choicelist):
        raise ValueError(f"condlist must have length equal to choicelist ({len(condlist)} vs {len(choicelist)})")
    if not condlist:
        raise ValueError("condlist must be non-empty")
    name, weak = _core.result_type([*[_array_of(c) for c in choicelist], default])
    out = _core.convert(default, name, weak)
    for condition, choice in zip(reversed(condlist), reversed(choicelist)):
        out = where(condition, _core.convert(choice, name, weak), out)
    return out


def piecewise(x, condlist, funclist):
    x = _array_of(x)
    if len(funclist) == len(condlist) + 1:
        out = funclist[-1](x) if callable(funclist[-1]) else full_like(x, funclist[-1])
    else:
        out = zeros_like(x)
    for condition, f in list(zip(condlist, funclist))[::-1]:
        out = where(condition, f(x) if callable(f) else full_like(x, f), out)
    return out


# shapes


def shape(a):
    return _core.asarray(a).shape


def ndim(a):
    return _array_of(a).ndim


def size(a, axis=None):
    a = _array_of(a)
    return a.size if axis is None else a.shape[axis]


def _text(shape):
    return str(tuple(shape))


def reshape(a, shape=None, order="C", *, newshape=None, copy=None):
    a = _array_of(a, "reshape")
    shape = newshape if shape is None else shape
    if isinstance(shape, ndarray) and shape.ndim:
        shape = shape.tolist()
    shape = shape if isinstance(shape, (tuple, list)) else (shape,) if _is_size(shape) else [shape]
    if order == "F":
        return transpose(reshape(transpose(a), tuple(reversed(_resolve(a, shape)))))
    return _lax.reshape(a, _resolve(a, shape))


def _resolve(a, shape):
    shape = _whole_numbers(tuple(shape), shape)
    unknown = shape.count(-1)
    if unknown > 1:
        raise TypeError(f"can only specify one unknown axis size with a `-1` value, got {shape}")
    known = 1
    for n in shape:
        known *= 1 if n == -1 else n
    if unknown:
        if known == 0 or a.size % known:
            raise TypeError(f"cannot reshape array of shape {a.shape} (size {a.size}) into shape {shape} because the product of specified axis sizes ({known}) does not evenly divide {a.size}")
        return tuple(a.size // known if n == -1 else n for n in shape)
    if _b.any(n < 0 for n in shape):
        raise TypeError(f"reshape new_sizes must all be positive, got {shape}.")
    if known != a.size:
        raise TypeError(f"cannot reshape array of shape {a.shape} (size {a.size}) into shape {shape[0] if len(shape) == 1 else shape} (size {known})")
    return shape


def ravel(a, order="C"):
    return reshape(a, (-1,), order)


def transpose(a, axes=None):
    a = _array_of(a, "transpose")
    if axes is not None and (len(axes) != a.ndim or len({i % a.ndim for i in axes}) != a.ndim):
        raise TypeError(f"transpose permutation isn't a permutation of operand dimensions, got permutation {tuple(axes)} for operand shape {a.shape}.")
    axes = tuple(reversed(range(a.ndim))) if axes is None else tuple(_axis(i, a.ndim) for i in axes)
    if axes == tuple(range(a.ndim)):
        return a
    return _lax.transpose(a, axes)


permute_dims = transpose


def matrix_transpose(a):
    return swapaxes(a, -1, -2)


def _axis(axis, ndim):
    axis = axis.__index__()
    if not -ndim <= axis < ndim:
        raise ValueError(f"axis {axis} is out of bounds for array of dimension {ndim}")
    return axis % ndim


def swapaxes(a, axis1, axis2):
    a = _array_of(a)
    order = list(range(a.ndim))
    i, j = _axis(axis1, a.ndim), _axis(axis2, a.ndim)
    order[i], order[j] = order[j], order[i]
    return transpose(a, order)


def moveaxis(a, source, destination):
    a = _array_of(a)
    source = (source,) if isinstance(source, int) else source
    destination = (destination,) if isinstance(destination, int) else destination
    source = [_axis(i, a.ndim) for i in source]
    destination = [_axis(i, a.ndim) for i in destination]
    order = [i for i in range(a.ndim) if i not in source]
    for to, of in sorted(zip(destination, source)):
        order.insert(to, of)
    return transpose(a, order)


def squeeze(a, axis=None):
    a = _array_of(a)
    if axis is None:
        axes = tuple(i for i, n in enumerate(a.shape) if n == 1)
    else:
        axes = tuple(_axis(i, a.ndim) for i in ((axis,) if isinstance(axis, int) else axis))
    for i in axes:
        if a.shape[i] != 1:
            raise ValueError(f"cannot select an axis to squeeze out which has size not equal to one, got shape={a.shape} and dimensions={axes}")
    return _lax.squeeze(a, axes) if axes else a


def expand_dims(a, axis):
    a = _array_of(a)
    axes = (axis,) if isinstance(axis, int) else tuple(axis)
    rank = a.ndim + len(axes)
    axes = sorted(_axis(i, rank) for i in axes)
    kept = [i for i in range(rank) if i not in axes]
    shape = [1] * rank
    for i, n in zip(kept, a.shape):
        shape[i] = n
    return _lax.broadcast_in_dim(a, tuple(shape), tuple(kept))


def broadcast_shapes(*shapes):
    shapes = [s if isinstance(s, tuple) else (s,) for s in shapes]
    out = []
    for i in range(_b.max((len(s) for s in shapes), default=0)):
        sizes = {s[-1 - i] for s in shapes if len(s) > i} - {1}
        if len(sizes) > 1:
            raise ValueError(f"Incompatible shapes for broadcasting: shapes={list(shapes)}")
        out.append(sizes.pop() if sizes else 1)
    return tuple(reversed(out))


def broadcast_to(array, shape):
    a = _array_of(array)
    shape = _shape(shape)
    if len(shape) < a.ndim or _b.any(n not in (1, m) for n, m in zip(reversed(a.shape), reversed(shape))):
        raise ValueError(_not_stretched(a, shape))
    first = len(shape) - a.ndim
    return _lax.broadcast_in_dim(a, shape, tuple(range(first, len(shape))))


def _not_stretched(a, shape):
    """Why an array does not stretch to a shape, in the words of JAX."""
    if a.ndim > len(shape):
        return f"Cannot broadcast to shape with fewer dimensions: arr_shape={a.shape} shape={shape}"
    kind = lambda shape: f"{a.dtype.name}[{','.join(map(str, shape))}]"
    return f"Incompatible types for broadcasting: input type={kind(a.shape)} and requested type={kind(shape)}"


def _aval(x):
    """A type as JAX shows it: ~int32[]."""
    x = _core.asarray(x)
    return f"{'~' if x.weak_type else ''}{x.dtype.name}[{','.join(map(str, x.shape))}]"


def broadcast_arrays(*args):
    args = [_array_of(x) for x in args]
    shape = broadcast_shapes(*(x.shape for x in args))
    return [broadcast_to(x, shape) for x in args]


def atleast_1d(*arys):
    out = [reshape(x, (1,)) if _array_of(x).ndim == 0 else _array_of(x) for x in arys]
    return out[0] if len(out) == 1 else out


def atleast_2d(*arys):
    out = []
    for x in arys:
        x = _array_of(x)
        out.append(x if x.ndim >= 2 else reshape(x, (1, x.size)))
    return out[0] if len(out) == 1 else out


def atleast_3d(*arys):
    out = []
    for x in arys:
        x = atleast_2d(x)
        out.append(x if x.ndim >= 3 else expand_dims(x, -1))
    return out[0] if len(out) == 1 else out


def _list_of(arrays, name):
    if isinstance(arrays, ndarray):
        return [arrays[i] for i in range(arrays.shape[0])]
    if not isinstance(arrays, (list, tuple)):
        arrays = list(arrays)
    if not arrays:
        raise ValueError(f"Need at least one array to {name}.")
    _check(name, *arrays)
    return [_array_of(x) for x in arrays]


def concatenate(arrays, axis=0, dtype=None):
    arrays = _list_of(arrays, "concatenate")
    if axis is None:
        arrays, axis = [ravel(x) for x in arrays], 0
    if arrays[0].ndim == 0:
        raise ValueError("Zero-dimensional arrays cannot be concatenated.")
    axis = _axis(axis, arrays[0].ndim)
    for x in arrays:
        if x.ndim != arrays[0].ndim:
            raise TypeError(f"Cannot concatenate arrays with different numbers of dimensions: got {', '.join(str(x.shape) for x in arrays)}.")
        if _b.any(i != axis and n != m for i, (n, m) in enumerate(zip(x.shape, arrays[0].shape))):
            shapes = ", ".join(str(x.shape) for x in arrays)
            raise TypeError(f"Cannot concatenate arrays with shapes that differ in dimensions other than the one being concatenated: concatenating along dimension {axis} for shapes {shapes}.")
    out = _lax.concatenate(arrays, axis)
    return out if dtype is None else out.astype(dtype)


concat = concatenate


def stack(arrays, axis=0, out=None, dtype=None):
    arrays = _list_of(arrays, "stack")
    shape = arrays[0].shape
    if _b.any(x.ndim != len(shape) for x in arrays):
        raise ValueError(f"Cannot stack arrays with different numbers of dimensions: got {', '.join(str(a.shape) for a in arrays)}.")
    if _b.any(x.shape != shape for x in arrays):
        raise ValueError(f"All input arrays must have the same shape. Got {', '.join(str(a.shape) for a in arrays)}.")
    axis = _axis(axis, len(shape) + 1)
    return _lax.concatenate([expand_dims(x, axis) for x in arrays], axis)


def vstack(tup, dtype=None):
    return concatenate([atleast_2d(x) for x in _list_of(tup, "vstack")], 0)


row_stack = vstack


def hstack(tup, dtype=None):
    arrays = [atleast_1d(x) for x in _list_of(tup, "hstack")]
    return concatenate(arrays, 0 if arrays[0].ndim == 1 else 1)


def dstack(tup, dtype=None):
    return concatenate([atleast_3d(x) for x in _list_of(tup, "dstack")], 2)


def column_stack(tup):
    arrays = [x if x.ndim >= 2 else reshape(x, (x.size, 1)) for x in _list_of(tup, "column_stack")]
    return concatenate(arrays, 1)


def append(arr, values, axis=None):
    if axis is None:
        return concatenate([ravel(arr), ravel(_core.asarray(values))])
    return concatenate([arr, values], axis)


def split(ary, indices_or_sections, axis=0):
    a = _array_of(ary)
    axis = _axis(axis, a.ndim)
    n = a.shape[axis]
    if isinstance(indices_or_sections, int):
        if n % indices_or_sections:
            raise ValueError("array split does not result in an equal division: rest is " + str(n % indices_or_sections))
        step = n // indices_or_sections
        # each part is an object of some hundred bytes
        _room(32 * indices_or_sections)
        bounds = [i * step for i in range(indices_or_sections + 1)]
    else:
        bounds = [0, *[int(i) for i in indices_or_sections], n]
    return [_along(a, axis, start, stop) for start, stop in zip(bounds, bounds[1:])]


def array_split(ary, indices_or_sections, axis=0):
    a = _array_of(ary)
    n, k = a.shape[axis], indices_or_sections
    if not isinstance(k, int):
        return split(a, k, axis)
    _room(32 * k)
    sizes = [n // k + (1 if i < n % k else 0) for i in range(k)]
    bounds = [_b.sum(sizes[:i]) for i in range(k + 1)]
    return [_along(a, _axis(axis, a.ndim), start, stop) for start, stop in zip(bounds, bounds[1:])]


def hsplit(ary, n):
    return split(ary, n, 0 if _array_of(ary).ndim == 1 else 1)


def vsplit(ary, n):
    return split(ary, n, 0)


def _along(a, axis, start, stop):
    low, high = [0] * a.ndim, list(a.shape)
    low[axis], high[axis] = start, _b.max(start, stop)
    return _lax.slice(a, tuple(low), tuple(high), None)


def flip(m, axis=None):
    m = _array_of(m)
    axes = range(m.ndim) if axis is None else [_axis(i, m.ndim) for i in ((axis,) if isinstance(axis, int) else axis)]
    key = tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(m.ndim))
    return m[key]


def flipud(m):
    return flip(m, 0)


def fliplr(m):
    return flip(m, 1)


def roll(a, shift, axis=None):
    a = _array_of(a)
    if axis is None:
        return reshape(roll(ravel(a), shift, 0), a.shape)
    if not isinstance(axis, int):
        for s, i in zip(shift, axis):
            a = roll(a, s, i)
        return a
    axis = _axis(axis, a.ndim)
    n = a.shape[axis]
    if n == 0:
        return a
    k = int(shift) % n
    return a if k == 0 else concatenate([_along(a, axis, n - k, n), _along(a, axis, 0, n - k)], axis)


def rot90(m, k=1, axes=(0, 1)):
    for _ in range(k % 4):
        m = flip(swapaxes(m, *axes), axes[0])
    return m


def tile(A, reps):
    a = _array_of(A)
    reps = (reps,) if isinstance(reps, int) else tuple(reps)
    rank = _b.max(a.ndim, len(reps))
    reps = (1,) * (rank - len(reps)) + reps
    a = reshape(a, (1,) * (rank - a.ndim) + a.shape)
    shape = tuple(x for r, n in zip(reps, a.shape) for x in (r, n))
    wide = _lax.broadcast_in_dim(a, shape, tuple(range(1, 2 * rank, 2)))
    return reshape(wide, tuple(r * n for r, n in zip(reps, a.shape)))


def repeat(a, repeats, axis=None, *, total_repeat_length=None):
    a = _array_of(a)
    if axis is None:
        a, axis = ravel(a), 0
    axis = _axis(axis, a.ndim)
    counts = [int(repeats)] * a.shape[axis] if isinstance(repeats, int) or _array_of(repeats).ndim == 0 else [int(r) for r in _array_of(repeats).tolist()]
    if len(counts) == 1:
        counts = counts * a.shape[axis]
    _room(_b.sum(counts))
    rows = [i for i, count in enumerate(counts) for _ in range(count)]
    return take(a, _core.from_flat(rows, (len(rows),), "int32"), axis)


def pad(array, pad_width, mode="constant", constant_values=0, **kwargs):
    a = _array_of(array)
    if mode not in ("constant", "edge"):
        raise NotImplementedError(f"jnp.pad of this Python has no mode '{mode}'")
    if isinstance(pad_width, int):
        widths = [(pad_width, pad_width)] * a.ndim
    elif isinstance(pad_width[0], int):
        widths = [tuple(pad_width) if len(pad_width) == 2 else (pad_width[0],) * 2] * a.ndim
    else:
        widths = [tuple(w) if len(w) == 2 else (w[0], w[0]) for w in pad_width]
        widths = widths * a.ndim if len(widths) == 1 else widths
    if mode == "edge":
        for axis, (low, high) in enumerate(widths):
            rows = [0] * low + list(range(a.shape[axis])) + [a.shape[axis] - 1] * high
            a = take(a, _core.from_flat(rows, (len(rows),), "int32"), axis)
        return a
    return _lax.pad(a, constant_values, widths)


# reductions


def _axes(x, axis):
    if axis is None:
        return tuple(range(x.ndim))
    return tuple(_axis(i, x.ndim) for i in ((axis,) if isinstance(axis, int) or not isinstance(axis, (tuple, list)) else axis))


def _kept(out, x, axes, keepdims):
    if out.weak_type:
        # what is reduced has a type of its own
        out = _core.convert(out, out.dtype.name, False)
    if not keepdims:
        return out
    shape = tuple(1 if i in axes else n for i, n in enumerate(x.shape))
    kept = tuple(i for i in range(x.ndim) if i not in axes)
    return _lax.broadcast_in_dim(out, shape, kept)


def _masked(x, mask, value):
    return x if mask is None else where(mask, x, array(value, x.dtype))


def sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    x = _array_of(a, "sum")
    if dtype is not None:
        x = x.astype(dtype)
    if x.dtype.name == "bool":
        x = x.astype("int32")
    x = _masked(x, where, 0)
    axes = _axes(x, axis)
    out = _kept(_lax.reduce("sum", x, axes), x, axes, keepdims)
    return out if initial is None else out + initial


def prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    x = _array_of(a, "prod")
    if x.dtype.name == "bool":
        x = x.astype("int32")
    x = _masked(x, where, 1)
    axes = _axes(x, axis)
    return _kept(_lax.reduce("prod", x, axes), x, axes, keepdims)


def _extreme(kind):
    def f(a, axis=None, out=None, keepdims=False, initial=None, where=None):
        x = _array_of(a, kind)
        axes = _axes(x, axis)
        if _b.any(x.shape[i] == 0 for i in axes) and initial is None:
            raise ValueError(f"zero-size array to reduction operation {kind} which has no identity")
        if x.dtype.name == "bool":
            return (any if kind == "max" else all)(x, axis, keepdims=keepdims)
        if where is not None:
            x = _lax.select(where, x, array(initial, x.dtype))
        out = _lax.reduce(kind, x, axes)
        if initial is not None:
            out = (maximum if kind == "max" else minimum)(array(initial, x.dtype), out)
        return _kept(out, x, axes, keepdims)

    f.__name__ = f.__qualname__ = kind
    return f


max = amax = _extreme("max")
min = amin = _extreme("min")


def ptp(a, axis=None, out=None, keepdims=False):
    return max(a, axis, keepdims=keepdims) - min(a, axis, keepdims=keepdims)


def all(a, axis=None, out=None, keepdims=False, where=None):
    x = _truth(_array_of(a, "all"))
    axes = _axes(x, axis)
    whole = x.astype("int32")
    return _kept(_lax.reduce("min", whole, axes) == 1 if x.size else array(True), x, axes, keepdims)


def any(a, axis=None, out=None, keepdims=False, where=None):
    x = _truth(_array_of(a, "any"))
    axes = _axes(x, axis)
    whole = x.astype("int32")
    return _kept(_lax.reduce("max", whole, axes) == 1 if x.size else array(False), x, axes, keepdims)


def _freeze(axis):
    return tuple(axis) if isinstance(axis, list) else axis


@_whole("axis", "keepdims", inline=True)
def _mean(x, axis, keepdims):
    axes = _axes(x, axis)
    n = 1
    for i in axes:
        n *= x.shape[i]
    total = _kept(_lax.reduce("sum", x, axes), x, axes, keepdims)
    return total / array(n, "float32")


def mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=None):
    x = _array_of(a, "mean")
    if where is not None:
        return sum(x, axis, keepdims=keepdims, where=where) / sum(broadcast_to(where, x.shape), axis, keepdims=keepdims)
    if x.dtype.name != "float32":
        x = x.astype("float32")
    return _mean(x, _freeze(axis), keepdims)


@_whole("axis", "keepdims")
def _var(x, correction, axis, keepdims):
    axes = _axes(x, axis)
    n = 1
    for i in axes:
        n *= x.shape[i]
    centered = square(x - _kept(_lax.reduce("sum", x, axes), x, axes, True) / array(n, "float32"))
    # an argument of the program, so that the quotient is not a product with a constant
    normalizer = array(n, "float32") - _core.convert(correction, "float32", False)
    result = _kept(_lax.reduce("sum", centered, axes), x, axes, keepdims) / normalizer
    return where(normalizer > 0, result, nan)


@_whole("axis", "keepdims")
def _std(x, correction, axis, keepdims):
    return sqrt(_var(x, correction, axis, keepdims))


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=None, correction=None):
    x = _array_of(a, "var")
    x = x if x.dtype.name == "float32" else x.astype("float32")
    return _var(x, ddof if correction is None else correction, _freeze(axis), keepdims)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=None, correction=None):
    x = _array_of(a, "std")
    x = x if x.dtype.name == "float32" else x.astype("float32")
    return _std(x, ddof if correction is None else correction, _freeze(axis), keepdims)


@_whole("axis", "keepdims", inline=True)
def _average(x, w, axis, keepdims):
    if w.ndim != x.ndim and axis is not None:
        shape = [1] * x.ndim
        shape[_axis(axis, x.ndim)] = w.size
        w = reshape(w, tuple(shape))
    total = sum(w, axis, keepdims=keepdims)
    return sum(x * w, axis, keepdims=keepdims) / total, total


def average(a, axis=None, weights=None, returned=False, keepdims=False):
    x = _array_of(a, "average")
    if weights is None:
        out = mean(x, axis, keepdims=keepdims)
        return (out, full_like(out, x.size // _b.max(out.size, 1))) if returned else out
    w = _array_of(weights)
    if w.shape != x.shape:
        if axis is None:
            raise ValueError("Axis must be specified when shapes of a and weights differ.")
        if w.shape != (x.shape[_axis(axis, x.ndim)],):
            raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    out, total = _average(x.astype("float32"), w.astype("float32"), _freeze(axis), keepdims)
    return (out, broadcast_to(total, out.shape)) if returned else out


def nansum(a, axis=None, **kwargs):
    a = _array_of(a)
    return sum(where(isnan(a), array(0, a.dtype), a), axis, **kwargs)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=False):
    a = _array_of(a)
    count = sum(logical_not(isnan(a)).astype("float32"), axis, keepdims=keepdims)
    return nansum(a, axis, keepdims=keepdims) / count


def nanmax(a, axis=None, **kwargs):
    a = _array_of(a)
    return max(where(isnan(a), -inf, a), axis, **kwargs)


def nanmin(a, axis=None, **kwargs):
    a = _array_of(a)
    return min(where(isnan(a), inf, a), axis, **kwargs)


def nanvar(a, axis=None, **kwargs):
    a = _array_of(a)
    return nanmean(square(a - nanmean(a, axis, keepdims=True)), axis)


def nanstd(a, axis=None, **kwargs):
    return sqrt(nanvar(a, axis))


def count_nonzero(a, axis=None, keepdims=False):
    return sum(_truth(a), axis, keepdims=keepdims)


def _along_whole(name):
    """An operation along an axis as a jitted function of its own, as JAX has it."""

    def f(a, axis):
        return _lax.along(name, a, axis)

    f.__name__ = name
    return _core.jit(f, [1], ["axis"], False)


def _along_axis(name):
    whole = _along_whole(name)

    def f(a, axis=None, dtype=None, out=None):
        x = _array_of(a, name)
        if axis is None:
            x, axis = ravel(x), 0
        if x.dtype.name == "bool":
            x = x.astype("int32")
        if dtype is not None:
            x = x.astype(dtype)
        return whole(x, _axis(axis, x.ndim)) if _core.is_tracing() else _lax.along(name, x, _axis(axis, x.ndim))

    f.__name__ = f.__qualname__ = name
    return f


_sorted_whole = _along_whole("sort")
cumsum, cumprod = _along_axis("cumsum"), _along_axis("cumprod")
cumulative_sum, cumulative_prod = cumsum, cumprod


def _position(name):
    def f(a, axis=None, out=None, keepdims=False):
        x = _array_of(a, name)
        if x.size == 0:
            raise ValueError(f"attempt to get {name} of an empty sequence")
        whole = axis is None
        if whole:
            flat, place = ravel(x), 0
        else:
            flat, place = x, _axis(axis, x.ndim)
        if flat.dtype.name == "bool":
            flat = flat.astype("int32")
        out = _lax.along(name, flat, place)
        if keepdims:
            return reshape(out, (1,) * x.ndim) if whole else expand_dims(out, place)
        return out

    f.__name__ = f.__qualname__ = name
    return f


argmax, argmin = _position("argmax"), _position("argmin")


def nanargmax(a, axis=None):
    a = _array_of(a)
    return argmax(where(isnan(a), -inf, a), axis)


def nanargmin(a, axis=None):
    a = _array_of(a)
    return argmin(where(isnan(a), inf, a), axis)


def sort(a, axis=-1, *, kind=None, order=None, stable=True, descending=False):
    x = _array_of(a, "sort")
    if axis is None:
        x, axis = ravel(x), 0
    axis = _axis(axis, x.ndim)
    out = _sorted_whole(x, axis) if _core.is_tracing() else _lax.along("sort", x, axis)
    return flip(out, axis) if descending else out


def argsort(a, axis=-1, *, kind=None, order=None, stable=True, descending=False):
    x = _array_of(a, "argsort")
    if axis is None:
        x, axis = ravel(x), 0
    if descending:
        return _lax.along("argsort", -x, _axis(axis, x.ndim))
    return _lax.along("argsort", x, _axis(axis, x.ndim))


def lexsort(keys, axis=-1):
    keys = [_array_of(k) for k in keys]
    order = arange(keys[0].shape[-1])
    for key in keys:
        order = order[argsort(key[order])]
    return order


@_whole("axis", "method", "keepdims")
def _quantile(x, q, axis, method, keepdims):
    axes = _axes(x, axis)
    rest = [i for i in range(x.ndim) if i not in axes]
    flat = reshape(transpose(x, (*rest, *axes)), tuple(x.shape[i] for i in rest) + (-1,))
    n = flat.shape[-1]
    ordered = _lax.along("sort", flat, flat.ndim - 1)
    missing = any(isnan(flat), axis=-1)
    at = q * array(n - 1, "float32")

    def one(at):
        low, high = floor(at), ceil(at)
        high_weight = at - low
        low_weight = 1 - high_weight
        low = clip(low, 0, n - 1).astype("int32")
        high = clip(high, 0, n - 1).astype("int32")
        low_value, high_value = take(ordered, low, -1, mode="clip"), take(ordered, high, -1, mode="clip")
        if method == "linear":
            out = low_value * low_weight + high_value * high_weight
        elif method == "lower":
            out = low_value
        elif method == "higher":
            out = high_value
        elif method == "nearest":
            out = where(high_weight < 0.5, low_value, high_value)
        elif method == "midpoint":
            out = (low_value + high_value) * 0.5
        else:
            raise ValueError(f"{method=} not recognized")
        return where(missing, nan, out)

    if at.ndim == 0:
        return _kept(one(at), x, axes, keepdims)
    return stack([_kept(one(at[i]), x, axes, keepdims) for i in range(at.shape[0])])


@_whole("axis", "method", "keepdims")
def _percentile(x, q, axis, method, keepdims):
    return _quantile(x, q / array(100, "float32"), axis, method, keepdims)


@_whole("axis", "keepdims")
def _median(x, axis, keepdims):
    return _quantile(x, array(0.5, "float32"), axis, "linear", keepdims)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False):
    return _quantile(_array_of(a, "quantile").astype("float32"), _core.asarray(q).astype("float32"), _freeze(axis), method, keepdims)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False):
    return _percentile(_array_of(a, "percentile").astype("float32"), _core.asarray(q).astype("float32"), _freeze(axis), method, keepdims)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return _median(_array_of(a, "median").astype("float32"), _freeze(axis), keepdims)


def nanmedian(a, axis=None):
    a = _array_of(a)
    return median(a[logical_not(isnan(a))])


def diff(a, n=1, axis=-1):
    a = _array_of(a)
    axis = _axis(axis, a.ndim)
    for _ in range(n):
        size = a.shape[axis]
        a = _along(a, axis, 1, size) - _along(a, axis, 0, size - 1)
    return a


def ediff1d(a):
    return diff(ravel(a))


def gradient(f, *varargs, axis=None):
    f = _array_of(f)
    h = varargs[0] if varargs else 1.0
    inner = (f[2:] - f[:-2]) * 0.5 / h
    return concatenate([(f[1:2] - f[0:1]) / h, inner, (f[-1:] - f[-2:-1]) / h])


def trapezoid(y, x=None, dx=1.0, axis=-1):
    y = _array_of(y)
    if x is not None:
        dx = diff(_array_of(x))
    return 0.5 * (dx * (y[..., 1:] + y[..., :-1])).sum(-1)


@_whole("rowvar", "bias", "ddof")
def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    X = atleast_2d(_core.asarray(m)).astype("float32")
    if not rowvar and _core.asarray(m).ndim != 1:
        X = X.T
    if y is not None:
        Y = atleast_2d(_core.asarray(y)).astype("float32")
        X = concatenate([X, Y if rowvar or Y.shape[0] == 1 else Y.T], 0)
    ddof = (0 if bias else 1) if ddof is None else ddof
    X = X - mean(X, axis=1)[:, None]
    return squeeze(dot(X, X.T) / (X.shape[1] - ddof))


@_whole("rowvar")
def corrcoef(x, y=None, rowvar=True):
    c = cov(x, y, rowvar)
    if c.ndim == 0:
        return c / c
    stddev = sqrt(diag(c))
    c = c / stddev[:, None] / stddev[None, :]
    return clip(c, -1, 1)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = _array_of(a, "isclose"), _array_of(b, "isclose")
    if a.dtype.name != "float32" and b.dtype.name != "float32":
        return a == b
    a, b = a.astype("float32"), b.astype("float32")
    out = abs(a - b) <= (atol + rtol * abs(b))
    out = where(isinf(a) | isinf(b), a == b, out)
    if equal_nan:
        return where(isnan(a) & isnan(b), True, where(isnan(a) | isnan(b), False, out))
    return where(isnan(a) | isnan(b), False, out)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return all(isclose(a, b, rtol, atol, equal_nan))


def array_equal(a1, a2, equal_nan=False):
    a1, a2 = _core.asarray(a1), _core.asarray(a2)
    if a1.shape != a2.shape:
        return array(False)
    same = a1 == a2
    if equal_nan:
        same = same | (isnan(a1) & isnan(a2))
    return all(same)


def array_equiv(a1, a2):
    try:
        a1, a2 = broadcast_arrays(a1, a2)
    except ValueError:
        return array(False)
    return all(a1 == a2)


# products


def matmul(a, b, precision=None, preferred_element_type=None):
    _check("matmul", a, b)
    return _array_of(a) @ _array_of(b)


def dot(a, b, precision=None, preferred_element_type=None):
    _check("dot", a, b)
    a, b = _array_of(a), _array_of(b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    contract = ((a.ndim - 1,), (0 if b.ndim == 1 else b.ndim - 2,))
    return _lax.dot_general(a, b, contract, ((), ()))


def vdot(a, b, precision=None):
    return dot(ravel(a), ravel(b))


def inner(a, b, precision=None):
    a, b = _array_of(a), _array_of(b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    return _lax.dot_general(a, b, ((a.ndim - 1,), (b.ndim - 1,)), ((), ()))


def outer(a, b, out=None):
    a, b = ravel(a), ravel(b)
    return a[:, None] * b[None, :]


def tensordot(a, b, axes=2):
    a, b = _array_of(a), _array_of(b)
    if isinstance(axes, int):
        left, right = tuple(range(a.ndim - axes, a.ndim)), tuple(range(axes))
    else:
        left, right = axes
        left = (left,) if isinstance(left, int) else tuple(left)
        right = (right,) if isinstance(right, int) else tuple(right)
    return _lax.dot_general(a, b, (tuple(_axis(i, a.ndim) for i in left), tuple(_axis(i, b.ndim) for i in right)), ((), ()))


@_whole()
def kron(a, b):
    a, b = _array_of(a, "kron"), _array_of(b, "kron")
    if a.ndim <= 1 and b.ndim <= 1:
        return ravel(outer(a, b))
    a, b = atleast_2d(a), atleast_2d(b)
    m, n = a.shape
    p, q = b.shape
    return reshape(a[:, None, :, None] * b[None, :, None, :], (m * p, n * q))


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    a, b = _array_of(a), _array_of(b)
    if a.shape[-1] == 2:
        return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    a0, a1, a2 = a[..., 0], a[..., 1], a[..., 2]
    b0, b1, b2 = b[..., 0], b[..., 1], b[..., 2]
    return stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0], axis=-1)


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    for axis in (axis1, axis2):
        _axis(axis, _array_of(a, "trace").ndim)
    return sum(diagonal(a, offset))


def einsum(subscripts, /, *operands, **ignored):
    operands = [_array_of(x) for x in operands]
    subscripts = subscripts.replace(" ", "")
    if "..." in subscripts:
        raise NotImplementedError("jnp.einsum of this Python has no ellipsis")
    inputs, arrow, output = subscripts.partition("->")
    terms = inputs.split(",")
    if len(terms) != len(operands):
        raise ValueError(f"einsum got {len(operands)} operands for {len(terms)} subscripts")
    if not arrow:
        letters = inputs.replace(",", "")
        output = "".join(sorted(c for c in set(letters) if letters.count(c) == 1))
    for term, x in zip(terms, operands):
        if len(term) != x.ndim:
            raise ValueError(f"Einstein sum subscript '{term}' does not contain the correct number of indices for operand {terms.index(term)}.")
    lengths = {}
    for i, (term, x) in enumerate(zip(reversed(terms), reversed(operands))):
        for label, n in zip(term, x.shape):
            if lengths.setdefault(label, n) != n and 1 not in (n, lengths[label]):
                raise ValueError(f"Size of label '{label}' for operand {i} ({n}) does not match previous terms ({lengths[label]}).")

    def single(term, x, keep):
        while True:
            twice = [c for c in term if term.count(c) > 1]
            if not twice:
                break
            i = term.index(twice[0])
            j = term.index(twice[0], i + 1)
            mask = _lax.iota("int32", (x.shape[i], x.shape[i]), 0) == _lax.iota("int32", (x.shape[i], x.shape[i]), 1)
            mask = _lax.broadcast_in_dim(mask, x.shape, (i, j))
            x = sum(where(mask, x, zeros_like(x)), axis=j)
            term = term[:j] + term[j + 1:]
        gone = [i for i, c in enumerate(term) if c not in keep]
        if gone:
            x = sum(x, axis=tuple(gone))
            term = "".join(c for c in term if c in keep)
        return term, x

    while len(operands) > 1:
        a, b, ta, tb = operands[0], operands[1], terms[0], terms[1]
        later = set(output).union(*terms[2:])
        ta, a = single(ta, a, later | set(tb))
        tb, b = single(tb, b, later | set(ta))
        batch = [c for c in ta if c in tb and c in later]
        contract = [c for c in ta if c in tb and c not in later]
        out = _lax.dot_general(a, b, (tuple(ta.index(c) for c in contract), tuple(tb.index(c) for c in contract)),
                                (tuple(ta.index(c) for c in batch), tuple(tb.index(c) for c in batch)))
        term = "".join(batch) + "".join(c for c in ta if c not in tb) + "".join(c for c in tb if c not in ta)
        operands, terms = [out, *operands[2:]], [term, *terms[2:]]
    term, x = single(terms[0], operands[0], set(output))
    return transpose(x, [term.index(c) for c in output])


def ix_(*args):
    out = []
    for k, x in enumerate(args):
        x = _array_of(x)
        if x.ndim != 1:
            raise ValueError(f"Arguments to jax.numpy.ix_ must be 1-dimensional, got shape {x.shape}")
        if x.dtype.name == "bool":
            x = nonzero(x)[0]
        out.append(reshape(x, (1,) * k + x.shape + (1,) * (len(args) - k - 1)))
    return tuple(out)


def rollaxis(a, axis, start=0):
    ndim = _array_of(a).ndim
    axis, start = axis % ndim, start + ndim if start < 0 else start
    return moveaxis(a, axis, start - 1 if axis < start else start)


def block(arrays):
    def depth(x):
        return 1 + depth(x[0]) if isinstance(x, list) else 0

    most = depth(arrays)

    def join(x, level):
        if not isinstance(x, list):
            x = _array_of(x)
            return reshape(x, (1,) * _b.max(most - x.ndim, 0) + x.shape)
        return concatenate([join(y, level - 1) for y in x], axis=-level)

    return join(arrays, most)


# indexing


def _normalized(idx):
    return idx if isinstance(idx, tuple) else (idx,)


def _index_error(idx):
    if isinstance(idx, list):
        raise TypeError("Using a non-tuple sequence for multidimensional indexing is not allowed; use `arr[array(seq)]` instead of `arr[seq]`. See https://github.com/jax-ml/jax/issues/4564 for more information.")
    if isinstance(idx, str):
        raise TypeError(f"JAX does not support string indexing; got idx={idx!r}")


def _expand(x, idx):
    """Index entries for the axes of `x`, with those that make new axes."""
    entries = []
    for i in _normalized(idx):
        if isinstance(i, list) and isinstance(idx, tuple):
            i = array(i)
        _index_error(i)
        if i is not None and i is not Ellipsis and not isinstance(i, (int, slice)) or isinstance(i, bool):
            if isinstance(i, float):
                raise TypeError("Indexer must have integer or boolean type, got indexer with type float64")
            if not _core.is_array(i):
                raise TypeError(f"JAX arrays may only be indexed by integers, slices, ellipsis, None and arrays, got {type(i)}")
            i = _core.asarray(i)
            if i.dtype.name == "float32":
                raise TypeError("Indexer must have integer or boolean type, got indexer with type float32")
            if i.dtype.name == "bool":
                if _core.is_tracer(i):
                    mask = _core.known(i)
                    if mask is None:
                        import jax.errors

                        raise jax.errors.NonConcreteBooleanIndexError(f"Array boolean indices must be concrete; got bool[{','.join(map(str, i.shape))}]")
                    i = mask
                entries.extend(nonzero(i))
                continue
        entries.append(i)
    used = len([i for i in entries if i is not None and i is not Ellipsis])
    if used > x.ndim:
        raise IndexError(f"Too many indices: array is {x.ndim}-dimensional, but {used} were indexed")
    dots = [k for k, i in enumerate(entries) if i is Ellipsis]
    if len(dots) > 1:
        raise IndexError("an index can only have a single ellipsis ('...')")
    rest = [slice(None)] * (x.ndim - used)
    if dots:
        entries[dots[0]:dots[0] + 1] = rest
    else:
        entries.extend(rest)
    return entries


def _int_constant(numbers, shape):
    return _core.from_flat(list(numbers), shape, "int32")


def _positions(x, idx, clamp):
    """Positions in row-major order of the elements that `idx` selects; where clamping is not wanted, those outside are no positions."""
    entries = _expand(x, idx)
    arrays = [k for k, i in enumerate(entries) if isinstance(i, ndarray)]
    scalar_ints = [k for k, i in enumerate(entries) if isinstance(i, int)]
    advanced = arrays + scalar_ints if arrays else []
    advanced.sort()
    together = not advanced or advanced == list(range(advanced[0], advanced[-1] + 1))
    wide = broadcast_shapes(*(entries[k].shape for k in arrays)) if arrays else ()
    parts, shape, axis = [], [], 0
    if arrays and not together:
        shape.extend(wide)
        place = 0
    else:
        place = None
    strides, step = [], 1
    for n in reversed(x.shape):
        strides.insert(0, step)
        step *= n
    for k, i in enumerate(entries):
        if i is None:
            shape.append(1)
            continue
        n = x.shape[axis]
        if isinstance(i, slice):
            numbers = range(*i.indices(n))
            parts.append(("slice", numbers, len(shape), axis))
            shape.append(len(numbers))
        else:
            if arrays and place is None:
                place = len(shape)
                shape.extend(wide)
            parts.append(("array" if isinstance(i, ndarray) else "int", i, place, axis))
        axis += 1
    shape = tuple(shape)
    total, valid = None, None
    offset = 0
    for kind, value, at, axis in parts:
        n, stride = x.shape[axis], strides[axis]
        if kind == "slice":
            term = _lax.broadcast_in_dim(_int_constant([v * stride for v in value], (len(value),)), shape, (at,))
        elif kind == "int":
            wrapped = value + n if value < 0 else value
            if clamp:
                wrapped = _b.min(_b.max(wrapped, 0), n - 1)
            elif not 0 <= wrapped < n:
                valid = array(False) if valid is None else valid & False
            offset += wrapped * stride
            continue
        else:
            value = value.astype("int32")
            value = where(value < 0, value + n, value)
            if clamp:
                value = clip(value, 0, n - 1)
            else:
                inside = (value >= 0) & (value < n)
                inside = _spread(inside, shape, at, len(wide))
                valid = inside if valid is None else valid & inside
            term = _spread(value * stride, shape, at, len(wide))
        total = term if total is None else total + term
    total = broadcast_to(array(0, int), shape) if total is None else total
    if offset:
        total = total + offset
    if valid is not None:
        total = where(valid, total, x.size)
    return total


def _spread(value, shape, at, rank):
    first = at + rank - value.ndim
    return _lax.broadcast_in_dim(value, shape, tuple(range(first, first + value.ndim)))


def _getitem(x, idx):
    if isinstance(idx, ndarray) and idx.ndim == 1 and idx.dtype.name in ("int32", "uint32") and x.ndim >= 1 and x.shape[0] > 0:
        # what is known and within bounds does not come here
        n = x.shape[0]
        if _core.is_tracer(idx):
            return _lax.take_rows(x, clip(idx, -n, n - 1))
    entries = _expand(x, idx)
    if not _b.any(isinstance(i, ndarray) for i in entries) and not _b.any(isinstance(i, slice) and i.step is not None and i.step < 0 for i in entries):
        plain = tuple(i for i in entries if i is not None)
        out = x[plain] if plain else x
        if None in [i if i is None else 0 for i in entries]:
            axes, at = [], 0
            for i in entries:
                if i is None:
                    axes.append(at)
                    at += 1
                elif isinstance(i, slice):
                    at += 1
            out = expand_dims(out, tuple(axes))
        return out
    if x.size == 0:
        return zeros(_positions(x, idx, False).shape, x.dtype)
    return _lax.take_flat(x, _positions(x, idx, True))


class _IndexUpdateHelper:
    def __init__(self, x):
        self.x = x

    def __getitem__(self, idx):
        return _IndexUpdateRef(self.x, idx)

    def __repr__(self):
        return f"_IndexUpdateHelper({self.x!r})"


class _IndexUpdateRef:
    def __init__(self, x, idx):
        self.x, self.idx = x, idx

    def _scatter(self, mode, values):
        x = self.x
        values = _core.asarray(values)
        positions = _positions(x, self.idx, False)
        values = broadcast_to(values.astype(x.dtype), positions.shape)
        return _lax.scatter_flat(mode, x, positions, values)

    def set(self, values, **ignored):
        return self._scatter("set", values)

    def add(self, values, **ignored):
        return self._scatter("add", values)

    def subtract(self, values, **ignored):
        return self._scatter("add", -_core.asarray(values))

    def multiply(self, values, **ignored):
        return self._scatter("mul", values)

    mul = multiply

    def divide(self, values, **ignored):
        return self.x / ones_like(self.x).at[self.idx].multiply(values)

    def power(self, values, **ignored):
        return self.x.at[self.idx].set(self.x[self.idx] ** values)

    def min(self, values, **ignored):
        return self._scatter("min", values)

    def max(self, values, **ignored):
        return self._scatter("max", values)

    def apply(self, f, **ignored):
        return self.x.at[self.idx].set(f(self.x[self.idx]))

    def get(self, mode=None, fill_value=None, **ignored):
        if mode in ("fill", "drop"):
            out = _lax.take_flat(self.x, _positions(self.x, self.idx, False))
            if fill_value is not None:
                out = where(_positions(self.x, self.idx, False) >= self.x.size, array(fill_value, self.x.dtype), out)
            return out
        return self.x[self.idx]


def take(a, indices, axis=None, out=None, mode=None, fill_value=None):
    a = _array_of(a)
    indices = _core.asarray(indices)
    if indices.dtype.name not in ("int32", "uint32"):
        raise ValueError("indices must have an integer type")
    if axis is None:
        a, axis = ravel(a), 0
    axis = _axis(axis, a.ndim)
    if mode == "wrap":
        indices = remainder(indices, a.shape[axis])
    key = (slice(None),) * axis + (indices,)
    return _lax.take_flat(a, _positions(a, key, mode == "clip"))


def take_along_axis(arr, indices, axis=-1, mode=None, fill_value=None):
    arr, indices = _array_of(arr), _array_of(indices)
    axis = _axis(axis, arr.ndim)
    shape = indices.shape
    key = tuple(indices if i == axis else _lax.iota("int32", shape, i) for i in range(arr.ndim))
    return arr[key]


def nonzero(a, *, size=None, fill_value=None):
    x = _array_of(a)
    if _core.is_tracer(x):
        known = _core.known(x)
        if known is None:
            import jax.errors

            raise jax.errors.ConcretizationTypeError("Abstract tracer value encountered where concrete value is expected: traced array with shape int32[]\nThe size argument of jnp.nonzero must be statically specified to use jnp.nonzero within JAX transformations.")
        x = known
    x = atleast_1d(x)
    found = [i for i, v in enumerate(_core.to_flat(x)) if v]
    if size is not None:
        missing = _b.max(0, size - len(found))
        found = found[:size]
    else:
        missing = 0
    out, step = [], x.size
    for n in x.shape:
        step //= n if n else 1
        fill = 0 if fill_value is None else int(fill_value)
        out.append(_int_constant([i // step % n for i in found] + [fill] * missing, (len(found) + missing,)))
    return tuple(out)


def flatnonzero(a, *, size=None, fill_value=None):
    return nonzero(ravel(a), size=size, fill_value=fill_value)[0]


def argwhere(a, *, size=None, fill_value=None):
    return transpose(vstack(nonzero(a)))


def extract(condition, arr):
    return ravel(arr)[ravel(condition)]


compress = extract


def unravel_index(indices, shape):
    indices = _core.asarray(indices)
    out, step = [], 1
    for n in shape:
        step *= n
    for n in shape:
        step //= n
        out.append(remainder(floor_divide(indices, step), n))
    return tuple(out)


def ravel_multi_index(multi_index, dims):
    out = 0
    for i, n in zip(multi_index, dims):
        out = out * n + i
    return out


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, size=None, fill_value=None, sorted=True):
    x = ravel(_core.asarray(ar))
    if _core.is_tracer(x):
        known = _core.known(x)
        if known is None:
            import jax.errors

            raise jax.errors.ConcretizationTypeError(f"Abstract tracer value encountered where concrete value is expected: traced array with shape {_aval(x)}\nThe error arose in jnp.unique(); pass its argument `size` to use it within JAX transformations.")
        x = known
    numbers = _core.to_flat(x)
    order = sorted_indices(numbers)
    firsts, counts, inverse = [], [], [0] * len(numbers)
    for i in order:
        if not firsts or numbers[i] != numbers[firsts[-1]]:
            firsts.append(i)
            counts.append(0)
        counts[-1] += 1
        inverse[i] = len(firsts) - 1
    if size is not None:
        firsts = (firsts + firsts[:1] * size)[:size]
        counts = (counts + [0] * size)[:size]
    out = [_core.from_flat([numbers[i] for i in firsts], (len(firsts),), x.dtype.name)]
    if return_index:
        out.append(_int_constant(firsts, (len(firsts),)))
    if return_inverse:
        out.append(reshape(_int_constant(inverse, (len(inverse),)), _core.asarray(ar).shape))
    if return_counts:
        out.append(_int_constant(counts, (len(counts),)))
    return out[0] if len(out) == 1 else tuple(out)


def sorted_indices(numbers):
    return _b.sorted(range(len(numbers)), key=lambda i: numbers[i])


def isin(element, test_elements):
    element, test = _core.asarray(element), ravel(_core.asarray(test_elements))
    return any(element[..., None] == test, axis=-1)


def intersect1d(a, b):
    a, b = unique(a), unique(b)
    return a[isin(a, b)]


def setdiff1d(a, b):
    a = unique(a)
    return a[logical_not(isin(a, b))]


def union1d(a, b):
    return unique(concatenate([ravel(a), ravel(b)]))


def searchsorted(a, v, side="left", sorter=None, *, method=None):
    a, v = _array_of(a), _core.asarray(v)
    below = a < v[..., None] if side == "left" else a <= v[..., None]
    return sum(below, axis=-1).astype("int32")


def digitize(x, bins, right=False):
    bins = _core.asarray(bins)
    numbers = _core.to_flat(bins)
    side = "right" if not right else "left"
    if len(numbers) > 1 and numbers[0] > numbers[-1]:
        return array(len(numbers), int) - searchsorted(bins[::-1], x, "left" if not right else "right")
    return searchsorted(bins, x, side)


def bincount(x, weights=None, minlength=0, *, length=None):
    x = _array_of(x)
    numbers = _core.to_flat(x) if not _core.is_tracer(x) else None
    n = length if length is not None else _b.max(_b.max(numbers, default=-1) + 1, minlength)
    out = zeros(n, int if weights is None else float32)
    return out.at[x].add(1 if weights is None else weights)


def histogram(a, bins=10, range=None, weights=None, density=None):
    a = ravel(_core.asarray(a)).astype("float32")
    if isinstance(bins, int):
        low, high = (min(a), max(a)) if range is None else range
        edges = linspace(low, high, bins + 1)
    else:
        edges = _core.asarray(bins).astype("float32")
    place = searchsorted(edges, a, side="right")
    place = where(a == edges[-1], len(edges) - 1, place)
    counts = zeros(len(edges), float32).at[place].add(1 if weights is None else weights)[1:]
    if density:
        counts = counts / sum(counts) / diff(edges)
    return counts, edges


@_whole("left", "right")
def _interp(x, xp, fp, left=None, right=None):
    i = clip(searchsorted(xp, x, side="right"), 1, len(xp) - 1)
    df = fp[i] - fp[i - 1]
    dx = xp[i] - xp[i - 1]
    delta = x - xp[i - 1]
    epsilon = 1.1920929e-07
    dx0 = abs(dx) <= epsilon
    f = where(dx0, fp[i - 1], fp[i - 1] + (delta / where(dx0, 1.0, dx)) * df)
    f = where(x < xp[0], fp[0] if left is None else left, f)
    return where(x > xp[-1], fp[-1] if right is None else right, f)


def interp(x, xp, fp, left=None, right=None, period=None):
    x, xp, fp = (_core.asarray(v).astype("float32") for v in (x, xp, fp))
    return _interp(x, xp, fp, left, right)


def polyval(p, x):
    p = _core.asarray(p)
    y = zeros_like(_core.asarray(x)) if p.size == 0 else 0 * _core.asarray(x)
    for i in range(p.shape[0]):
        y = y * x + p[i]
    return y


def polyfit(x, y, deg):
    from jax.numpy import linalg

    return linalg.lstsq(vander(x, deg + 1), y)[0]


def vander(x, N=None, increasing=False):
    x = _core.asarray(x)
    N = x.shape[0] if N is None else N
    _room(N * x.size)
    powers = range(N) if increasing else range(N - 1, -1, -1)
    return stack([x ** k for k in powers], axis=1)


def convolve(a, v, mode="full"):
    a, v = _core.asarray(a), _core.asarray(v)
    n, m = a.shape[0], v.shape[0]
    wide = pad(a, (m - 1, m - 1))
    out = stack([dot(wide[i:i + m], v[::-1]) for i in range(n + m - 1)])
    if mode == "full":
        return out
    if mode == "same":
        first = (m - 1) // 2
        return out[first:first + _b.max(n, m)]
    return out[_b.min(n, m) - 1:_b.max(n, m)]


def vectorize(pyfunc, *, excluded=(), signature=None):
    import jax

    def f(*args):
        args = [_core.asarray(x) for x in args]
        shape = broadcast_shapes(*(x.shape for x in args))
        flat = [ravel(broadcast_to(x, shape)) for x in args]
        return reshape(jax.vmap(pyfunc)(*flat), shape) if shape else pyfunc(*args)

    return f


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    import jax

    f = lambda x: func1d(x, *args, **kwargs)
    arr = moveaxis(_array_of(arr), axis, -1)
    for _ in range(arr.ndim - 1):
        f = jax.vmap(f)
    return f(arr)


def result_type(*args):
    arrays = []
    for arg in args:
        if _core.is_array(arg):
            arrays.append(arg)
        else:
            arrays.append(zeros((), _canonical(arg)))
    return dtype(_core.result_type(arrays)[0])


def promote_types(a, b):
    return result_type(zeros((), a), zeros((), b))


def issubdtype(arg1, arg2):
    kind = dtype(arg1).kind
    if arg2 in (floating, inexact):
        return kind == "f"
    if arg2 is integer:
        return kind in "iu"
    if arg2 is number:
        return kind in "iuf"
    return dtype(arg1) == dtype(arg2)


def isscalar(element):
    return _core.is_array(element) and _array_of(element).ndim == 0


def iscomplexobj(x):
    return False


def isrealobj(x):
    return True


def real(x):
    return _array_of(x)


def copy(a, order=None):
    return _array_of(a)


def astype(x, dtype):
    return _array_of(x).astype(dtype)


def save(*args, **kwargs):
    raise NotImplementedError("this Python has no files")


from _printing import array_repr, array_str, get_printoptions, printoptions, set_printoptions  # noqa: E402


# methods of arrays


def _astype(x, dtype, copy=False, device=None):
    return _core.convert(x, _canonical(dtype), False)


def _reshape_method(x, *shape, order="C"):
    return reshape(x, shape[0] if len(shape) == 1 else shape, order)


def _transpose_method(x, *axes):
    if not axes or axes == (None,):
        return transpose(x)
    return transpose(x, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes)


for _name, _function in dict(
    sum=sum, prod=prod, max=max, min=min, mean=mean, var=var, std=std, all=all, any=any, argmax=argmax, argmin=argmin, argsort=argsort, cumsum=cumsum,
    cumprod=cumprod, clip=clip, dot=dot, take=take, trace=trace, ravel=ravel, flatten=ravel, squeeze=squeeze, swapaxes=swapaxes, repeat=repeat, round=round,
    reshape=_reshape_method, transpose=_transpose_method, astype=_astype, diagonal=diagonal, nonzero=nonzero, copy=copy, ptp=ptp,
    searchsorted=searchsorted,
).items():
    _core.method(_name, _function)


def _contains(self, other):
    name = "Array.__contains__"
    if other is None or isinstance(other, str):
        raise TypeError(f"{name}: unsupported operand type {type(other)}.")
    _check(name, other)
    query = asarray(other)
    if self.ndim != 1:
        raise ValueError(f"{name}: search array must be one-dimensional, got arr.shape={self.shape}.")
    if query.ndim != 0:
        raise ValueError(f"{name}: query value must be a scalar, got {query.shape=}")
    return any(self == query)


_core.hook("contains", _contains)
_core.method("sort", lambda x, axis=-1, **k: sort(x, axis))
_core.method("at", property(_IndexUpdateHelper))
_core.method("nbytes", property(lambda x: x.size * x.dtype.itemsize))
_core.method("itemsize", property(lambda x: x.dtype.itemsize))
_core.method("mT", property(matrix_transpose))
_core.method("real", property(real))
_core.method("device", property(lambda x: __import__("jax").devices()[0]))
_core.method("devices", lambda x: {__import__("jax").devices()[0]})
_core.method("is_fully_addressable", True)
_core.method("sharding", property(lambda x: __import__("jax")._api.SingleDeviceSharding()))
_core.method("committed", False)
_core.method("aval", property(lambda x: f"ShapedArray({_aval(x).lstrip('~')}{', weak_type=True' if x.weak_type else ''})"))
_core.method("view", lambda x, *a: x)
_core.method("__deepcopy__", lambda x, memo: x)
_core.method("__copy__", lambda x: x)
for _name, _function in dict(getitem=_getitem, power=power, floor_divide=floor_divide, remainder=remainder, divmod=divmod, abs=abs, invert=invert, round=_number_round).items():
    _core.hook(_name, _function)

from jax.numpy import linalg  # noqa: E402
from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("jax.numpy")

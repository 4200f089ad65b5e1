"""`numpy`: arrays of this Python's own numbers, as far as programs mix them with JAX's."""
import builtins as _b
import math as _math

import _core
import _dtypes
import _printing
from _dtypes import dtype
from _math import shortest as _shortest, single as _single

pi, e, inf, nan, euler_gamma, newaxis = _math.pi, _math.e, _math.inf, _math.nan, 0.5772156649015329, None
_RANK = {"bool": 0, "int32": 1, "uint32": 1, "int64": 2, "float32": 3, "float64": 4}


def _convert(x, name):
    if name == "bool":
        return bool(x)
    if name.startswith("int") or name.startswith("uint"):
        x = int(x)
        if name == "int32":
            x = (x + 2**31) % 2**32 - 2**31
        elif name == "uint32":
            x %= 2**32
        return x
    return _single(float(x)) if name == "float32" else float(x)


def _join(a, b):
    if {a, b} == {"float32", "int64"} or {a, b} == {"float32", "int32"}:
        return "float64"
    return a if _RANK[a] >= _RANK[b] else b


class generic:
    """A number of an element type of its own."""

    ndim, shape, size = 0, (), 1

    def __jax_array__(self):
        return _core.asarray(self._plain(), _dtypes.canonical(self._dtype_name))

    @property
    def dtype(self):
        return dtype(self._dtype_name)

    def item(self):
        return self._plain()

    def tolist(self):
        return self._plain()

    def astype(self, what):
        return _scalar(self._plain(), _dtypes.name_of(what))

    def __str__(self):
        return _text(self._plain(), self._dtype_name)

    def __repr__(self):
        return f"np.{self._dtype_name}({str(self)})"

    def __format__(self, spec):
        return format(self._plain(), spec) if spec else str(self)

    def __array__(self):
        return asarray(self)


def _operate(name, python):
    def f(self, other):
        if isinstance(other, (generic, ndarray)) or type(other) in (int, float, bool):
            return _binary(python, self, other, name)
        return NotImplemented

    return f


def _reflected(python, name):
    def f(self, other):
        if isinstance(other, (generic, ndarray)) or type(other) in (int, float, bool):
            return _binary(python, other, self, name)
        return NotImplemented

    return f


class floating(generic):
    pass


class integer(generic):
    pass


number = generic


class float64(floating, float):
    _dtype_name = "float64"

    def _plain(self):
        return float.__add__(self, 0.0) if float(self) == float(self) else nan

    __hash__ = float.__hash__


class float32(floating):
    _dtype_name = "float32"

    def __init__(self, x=0.0):
        self._x = _single(float(x))

    def _plain(self):
        return self._x

    def __float__(self):
        return self._x

    def __int__(self):
        return int(self._x)

    def __bool__(self):
        return self._x != 0

    def __hash__(self):
        return hash(self._x)


class int64(integer):
    _dtype_name = "int64"

    def __init__(self, x=0):
        self._x = int(x)

    def _plain(self):
        return self._x

    def __index__(self):
        return self._x

    __int__ = __index__

    def __float__(self):
        return float(self._x)

    def __bool__(self):
        return self._x != 0

    def __hash__(self):
        return hash(self._x)


class int32(int64):
    _dtype_name = "int32"


class uint32(int64):
    _dtype_name = "uint32"


class bool_(generic):
    _dtype_name = "bool"

    def __init__(self, x=False):
        self._x = bool(x)

    def _plain(self):
        return self._x

    def __bool__(self):
        return self._x

    def __index__(self):
        return int(self._x)

    def __repr__(self):
        return f"np.{self._x}_"

    def __hash__(self):
        return hash(self._x)


float_, int_ = float64, int64
_types = {"float64": float64, "float32": float32, "int64": int64, "int32": int32, "uint32": uint32, "bool": bool_}


def _scalar(x, name):
    return _types[name](_convert(x, name))


def _digits(x, name):
    mantissa, _, exponent = _shortest(_b.abs(x), name == "float32").partition("e")
    return mantissa.replace(".", ""), int(exponent)


def _positional(x, name):
    digits, exponent = _digits(x, name)
    if exponent < 0:
        whole, part = "0", "0" * (-exponent - 1) + digits
    else:
        whole, part = digits[: exponent + 1].ljust(exponent + 1, "0"), digits[exponent + 1:]
    return ("-" if _math.copysign(1, x) < 0 else "") + whole, part


def _text(x, name):
    if name == "bool" or name.startswith(("int", "uint")):
        return str(x)
    if x != x:
        return "nan"
    if x in (inf, -inf):
        return "inf" if x > 0 else "-inf"
    size = _b.abs(x)
    if size != 0 and not 1e-4 <= size < 1e16:
        digits, exponent = _digits(x, name)
        part = digits[1:].rstrip("0")
        return f"{'-' if x < 0 else ''}{digits[0]}{'.' + part if part else ''}e{'-' if exponent < 0 else '+'}{_b.abs(exponent):02d}"
    whole, part = _positional(x, name)
    return f"{whole}.{part or '0'}"


def _elements(values, name):
    """The texts of numbers that are printed together."""
    if name == "bool":
        width = _b.max((len(str(x)) for x in values), default=0)
        return [str(x).rjust(width) for x in values]
    if name.startswith(("int", "uint")):
        width = _b.max((len(str(x)) for x in values), default=0)
        return [str(x).rjust(width) for x in values]
    finite = [x for x in values if x == x and x not in (inf, -inf)]
    sizes = [_b.abs(x) for x in finite if x != 0]
    exponent = bool(sizes) and (_b.max(sizes) >= 1e8 or _b.min(sizes) < 1e-4 or _b.max(sizes) / _b.min(sizes) > 1000.0)
    texts = {}
    if exponent:
        parts = []
        for x in finite:
            digits, power = _digits(round_sig(x, 9, name), name) if x else ("0", 0)
            parts.append(len(digits[1:].rstrip("0")))
        places = _b.min(8, _b.max(parts, default=0))
        for x in finite:
            text = f"{x:.{places}e}"
            texts[x] = text if places else text.replace("e", ".e")
    else:
        places = 0
        for x in finite:
            part = _positional(x, name)[1]
            if len(part) > 8:
                part = f"{x:.8f}".partition(".")[2].rstrip("0")
            places = _b.max(places, len(part))
        for x in finite:
            text = _fixed(x, places, name)
            whole, _, part = text.partition(".")
            texts[x] = whole + "." + part.rstrip("0").ljust(places) if places else whole + "."
            if places:
                texts[x] = whole + "." + part
        shown = {x: _trim(x, places, name) for x in finite}
        texts = shown
    out = ["nan" if x != x else "inf" if x == inf else "-inf" if x == -inf else texts[x] for x in values]
    width = _b.max((len(t) for t in out), default=0)
    return [t.rjust(width) for t in out]


def round_sig(x, n, name):
    return float(f"{x:.{n - 1}e}")


def _fixed(x, places, name):
    whole, part = _positional(x, name)
    return f"{x:.{places}f}" if len(part) > places else f"{whole}.{part.ljust(places, '0')}"


def _trim(x, places, name):
    text = _fixed(x, places, name)
    whole, _, part = text.partition(".")
    return whole + "." + part.rstrip("0").ljust(places)


class ndarray:
    def __init__(self, data, shape, name):
        self._data, self.shape, self._name = data, tuple(shape), name

    @property
    def dtype(self):
        return dtype(self._name)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return len(self._data)

    @property
    def nbytes(self):
        return len(self._data) * self.dtype.itemsize

    @property
    def T(self):
        return transpose(self)

    def __jax_array__(self):
        return _core.from_flat(self._data, self.shape, _dtypes.canonical(self._name))

    @property
    def itemsize(self):
        return self.dtype.itemsize

    def __getattr__(self, name):
        raise AttributeError(f"'numpy.ndarray' object has no attribute '{name}'")

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __getitem__(self, key):
        positions, shape = _positions(self.shape, key)
        if shape == () and len(positions) == 1:
            return _scalar(self._data[positions[0]], self._name)
        return ndarray([self._data[i] for i in positions], shape, self._name)

    def __setitem__(self, key, value):
        positions, shape = _positions(self.shape, key)
        values = broadcast_to(asarray(value), shape)._data
        for i, x in zip(positions, values):
            self._data[i] = _convert(x, self._name)

    def __bool__(self):
        if self.size != 1:
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return bool(self._data[0])

    def __float__(self):
        return float(self.item())

    def __int__(self):
        return int(self.item())

    def __index__(self):
        return self.item().__index__()

    def item(self, *args):
        if args:
            return self._data[args[0]]
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._data[0]

    def tolist(self):
        if not self.shape:
            return self._data[0]
        rows = list(self._data)
        for n in reversed(self.shape[1:]):
            rows = [rows[i:i + n] for i in range(0, len(rows), n)]
        return rows

    def _nested(self, separator, prefix):
        texts = _elements(self._data, self._name)
        texts = iter(texts)

        def write(shape, indent):
            if len(shape) == 1:
                items = [next(texts) for _ in range(shape[0])]
                lines, line = [], ""
                for i, item in enumerate(items):
                    piece = item + (separator.rstrip() if i + 1 < len(items) else "")
                    if line and indent + len(line) + 1 + len(piece) > 75 - (1 if i + 1 == len(items) else 0):
                        lines.append(line)
                        line = piece
                    else:
                        line = f"{line} {piece}" if line else piece
                lines.append(line)
                return "[" + ("\n" + " " * (indent + 1)).join(lines) + "]"
            parts = [write(shape[1:], indent + 1) for _ in range(shape[0])]
            return "[" + (separator.rstrip() + "\n" * (len(shape) - 1) + " " * (indent + 1)).join(parts) + "]"

        if 0 in self.shape:
            return "[]"
        return write(self.shape, prefix)

    def __str__(self):
        if not self.shape:
            return _text(self._data[0], self._name)
        return self._set(" ", 0)

    def _set(self, separator, prefix):
        if _printing.changed() or self.size > 1000:
            return _printing.text(self._data, self.shape, self._name, separator, prefix, prefix and 1)
        return self._nested(separator, prefix)

    def __repr__(self):
        if not self.shape:
            text = _text(self._data[0], self._name)
            text = text[:-1] if text.endswith(".0") else text
        else:
            text = self._set(", ", 6)
        if 0 in self.shape and self.shape != (0,):
            text += f", shape={self.shape}"
        kind = "" if self._name in ("float64", "int64", "bool") and self.size else f", dtype={self._name}"
        return f"array({text}{kind})"

    def __format__(self, spec):
        if not self.shape:
            return format(self._data[0], spec)
        if spec:
            raise TypeError("unsupported format string passed to numpy.ndarray.__format__")
        return str(self)

    def astype(self, what, copy=True):
        name = _dtypes.name_of(what)
        return ndarray([_convert(x, name) for x in self._data], self.shape, name)

    def copy(self):
        return ndarray(list(self._data), self.shape, self._name)

    def reshape(self, *shape):
        return reshape(self, shape[0] if len(shape) == 1 else shape)

    def ravel(self):
        return ndarray(list(self._data), (self.size,), self._name)

    flatten = ravel

    def transpose(self, *axes):
        return transpose(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes or None)

    def dot(self, other):
        return dot(self, other)

    def fill(self, value):
        self[...] = value

    def sort(self, axis=-1):
        self._data = sort(self, axis)._data

    __hash__ = None


def _method(name):
    def f(self, *args, **kwargs):
        return globals()[name](self, *args, **kwargs)

    f.__name__ = name
    return f


for _name in "sum mean max min prod std var argmax argmin argsort cumsum cumprod all any round clip squeeze repeat".split():
    setattr(ndarray, _name, _method(_name))
    setattr(generic, _name, _method(_name))


def _positions(shape, key):
    """Positions in row-major order, and the shape, of what an index selects."""
    keys = list(key) if isinstance(key, tuple) else [key]
    entries = []
    for k in keys:
        if isinstance(k, (list,)) or _is_jax(k):
            k = asarray(k)
        if isinstance(k, ndarray) and k._name == "bool":
            found = nonzero(k)
            entries.extend(found)
        elif isinstance(k, (ndarray, slice)) or k is None or k is Ellipsis:
            entries.append(k if not (isinstance(k, ndarray) and not k.shape) else int(k))
        elif hasattr(k, "__index__"):
            entries.append(k.__index__())
        else:
            raise IndexError("only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices")
    used = len([k for k in entries if k is not None and k is not Ellipsis])
    if used > len(shape):
        raise IndexError(f"too many indices for array: array is {len(shape)}-dimensional, but {used} were indexed")
    rest = [slice(None)] * (len(shape) - used)
    if Ellipsis in [k for k in entries if not isinstance(k, ndarray)]:
        at = [i for i, k in enumerate(entries) if k is Ellipsis][0]
        entries[at:at + 1] = rest
    else:
        entries.extend(rest)
    arrays = [k for k in entries if isinstance(k, ndarray)]
    wide = _broadcast_shape(*(k.shape for k in arrays)) if arrays else ()
    out, axes, placed, axis = [], [], False, 0
    for k in entries:
        if k is None:
            out.append(1)
            axes.append(None)
            continue
        n = shape[axis]
        if isinstance(k, slice):
            numbers = list(range(*k.indices(n)))
            out.append(len(numbers))
            axes.append(("slice", numbers, axis))
        elif isinstance(k, ndarray):
            numbers = broadcast_to(k, wide)._data
            for i in numbers:
                if not -n <= i < n:
                    raise IndexError(f"index {i} is out of bounds for axis {axis} with size {n}")
            if not placed:
                out.extend(wide)
                axes.append(("array", [i % n for i in numbers], axis))
                placed = True
            else:
                axes.append(("also", [i % n for i in numbers], axis))
        else:
            if not -n <= k < n:
                raise IndexError(f"index {k} is out of bounds for axis {axis} with size {n}")
            axes.append(("int", k % n, axis))
        axis += 1
    strides, step = [0] * len(shape), 1
    for i in range(len(shape) - 1, -1, -1):
        strides[i], step = step, step * shape[i]
    positions = [(0, 0)]
    also = [(numbers, strides[axis]) for entry in axes if entry and entry[0] == "also" for _, numbers, axis in [entry]]
    for entry in axes:
        if entry is None or entry[0] == "also":
            continue
        kind, numbers, axis = entry
        if kind == "int":
            positions = [(p + numbers * strides[axis], q) for p, q in positions]
        elif kind == "slice":
            positions = [(p + i * strides[axis], q) for p, q in positions for i in numbers]
        else:
            positions = [(p + i * strides[axis] + _b.sum(n[q] * s for n, s in also), q) for p, _ in positions for q, i in enumerate(numbers)]
    return [p for p, _ in positions], tuple(out)


def _is_jax(x):
    return isinstance(x, _core.ArrayImpl)


def array(obj, dtype=None, copy=True, ndmin=0):
    made = _array(obj)
    if dtype is not None:
        made = made.astype(dtype)
    elif isinstance(obj, ndarray):
        made = made.copy()
    return made


def _array(obj):
    if isinstance(obj, ndarray):
        return obj
    if isinstance(obj, generic):
        return ndarray([obj._plain()], (), obj._dtype_name)
    if _is_jax(obj):
        obj.__array__()
        flat = obj.reshape(-1).tolist()
        return ndarray(flat, obj.shape, obj.dtype.name)
    if hasattr(obj, "__jax_array__"):
        return _array(obj.__jax_array__())
    if isinstance(obj, bool):
        return ndarray([obj], (), "bool")
    if isinstance(obj, int):
        return ndarray([obj], (), "int64")
    if isinstance(obj, float):
        return ndarray([obj], (), "float64")
    if isinstance(obj, str):
        raise TypeError("this NumPy has no arrays of text")
    parts = [_array(x) for x in obj]
    if not parts:
        return ndarray([], (0,), "float64")
    if len({p.shape for p in parts}) > 1:
        raise ValueError("setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was " + f"({len(parts)},) + inhomogeneous part.")
    name = parts[0]._name
    for p in parts:
        name = _join(name, p._name)
    return ndarray([_convert(x, name) for p in parts for x in p._data], (len(parts), *parts[0].shape), name)


def asarray(obj, dtype=None):
    made = _array(obj)
    return made if dtype is None else made.astype(dtype)


ascontiguousarray = copy = array


def _shape(shape):
    return tuple(int(n) for n in shape) if isinstance(shape, (tuple, list)) else (int(shape),)


def _room(shape, name):
    """Refuses an array that is larger than any that is made, in the words of NumPy."""
    if _b.any(n < 0 for n in shape):
        raise ValueError("negative dimensions are not allowed")
    count = _math.prod(shape)
    if count > 2**27:
        size, unit = count * dtype(name).itemsize / 2**30, "GiB"
        if size >= 1024:
            size, unit = size / 1024, "TiB"
        raise MemoryError(f"Unable to allocate {size:.3g} {unit} for an array with shape {shape} and data type {name}")
    return shape


def full(shape, fill_value, dtype=None):
    value = asarray(fill_value, dtype)
    shape = _room(_shape(shape), value._name)
    return ndarray([value._data[0]] * _math.prod(shape), shape, value._name)


def zeros(shape, dtype=None):
    return full(shape, 0.0, dtype or "float64")


def ones(shape, dtype=None):
    return full(shape, 1.0, dtype or "float64")


empty = zeros


def zeros_like(a, dtype=None):
    a = asarray(a)
    return full(a.shape, 0, dtype or a.dtype)


def ones_like(a, dtype=None):
    a = asarray(a)
    return full(a.shape, 1, dtype or a.dtype)


def full_like(a, value, dtype=None):
    a = asarray(a)
    return full(a.shape, value, dtype or a.dtype)


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    n = _b.max(0, _math.ceil((stop - start) / step))
    delta = (start + step) - start
    floats = _b.any(isinstance(x, float) for x in (start, stop, step))
    _room((n,), "float64" if floats else "int64")
    made = ndarray([start + i * delta for i in range(n)], (n,), "float64" if floats else "int64")
    if floats:
        made = made.astype("float64")
    return made if dtype is None else made.astype(dtype)


def linspace(start, stop, num=50, endpoint=True, dtype=None):
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    _room((num,), "float64")
    div = num - 1 if endpoint else num
    step = (stop - start) / div if div else nan
    data = [i * step + start for i in range(num)]
    if endpoint and num > 1:
        data[-1] = float(stop)
    made = ndarray([float(x) for x in data], (num,), "float64")
    return made if dtype is None else made.astype(dtype)


def logspace(start, stop, num=50, base=10.0):
    return base ** linspace(start, stop, num)


def eye(n, m=None, k=0, dtype="float64"):
    n, m = _room((n, n if m is None else m), _dtypes.name_of(dtype))
    return ndarray([_convert(j - i == k, _dtypes.name_of(dtype)) for i in range(n if m else 0) for j in range(m)], (n, m), _dtypes.name_of(dtype))


def identity(n, dtype="float64"):
    return eye(n, dtype=dtype)


def diag(v, k=0):
    v = asarray(v)
    if v.ndim == 1:
        n, _ = _room((v.size, v.size), v._name)
        return ndarray([v._data[i] if i == j else _convert(0, v._name) for i in range(n) for j in range(n)], (n, n), v._name)
    n = _b.min(v.shape)
    return ndarray([v._data[i * v.shape[1] + i] for i in range(n)], (n,), v._name)


def reshape(a, shape):
    a = asarray(a)
    shape = _shape(shape)
    known = _math.prod(n for n in shape if n != -1)
    wanted = tuple(a.size // known if n == -1 and known else n for n in shape)
    if _math.prod(wanted) != a.size:
        raise ValueError(f"cannot reshape array of size {a.size} into shape {str(shape).replace(' ', '')}")
    return ndarray(list(a._data), wanted, a._name)


def ravel(a):
    return asarray(a).ravel()


def transpose(a, axes=None):
    a = asarray(a)
    axes = tuple(reversed(range(a.ndim))) if axes is None else tuple(axes)
    strides, step = [0] * a.ndim, 1
    for i in range(a.ndim - 1, -1, -1):
        strides[i], step = step, step * a.shape[i]
    positions = [0]
    for axis in axes:
        positions = [p + i * strides[axis] for p in positions for i in range(a.shape[axis])]
    return ndarray([a._data[p] for p in positions], tuple(a.shape[i] for i in axes), a._name)


def squeeze(a, axis=None):
    a = asarray(a)
    return reshape(a, tuple(n for n in a.shape if n != 1))


def expand_dims(a, axis):
    a = asarray(a)
    shape = list(a.shape)
    shape.insert(axis % (a.ndim + 1), 1)
    return reshape(a, tuple(shape))


def _broadcast_shape(*shapes):
    out = []
    for i in range(_b.max((len(s) for s in shapes), default=0)):
        sizes = {s[-1 - i] for s in shapes if len(s) > i} - {1}
        if len(sizes) > 1:
            raise ValueError("operands could not be broadcast together with shapes " + " ".join(str(s).replace(" ", "") for s in shapes) + " ")
        out.append(sizes.pop() if sizes else 1)
    return tuple(reversed(out))


def broadcast_to(a, shape):
    a = asarray(a)
    shape = _shape(shape)
    if a.shape == shape:
        return a
    _room(shape, a._name)
    if _broadcast_shape(a.shape, shape) != shape:
        raise ValueError(f"could not broadcast input array from shape {str(a.shape).replace(' ', '')} into shape {str(shape).replace(' ', '')}")
    positions, step = [0], 1
    padded = (1,) * (len(shape) - a.ndim) + a.shape
    strides = []
    for n in reversed(padded):
        strides.insert(0, 0 if n == 1 else step)
        step *= n
    for n, s in zip(shape, strides):
        positions = [p + i * s for p in positions for i in range(n)]
    return ndarray([a._data[p] for p in positions], shape, a._name)


def _weak(x):
    return type(x) in (int, float, bool)


def _result_name(x, y, a, b):
    if _weak(x) and not _weak(y):
        return _weak_join(a._name, b._name, x)
    if _weak(y) and not _weak(x):
        return _weak_join(b._name, a._name, y)
    return _join(a._name, b._name)


def _weak_join(weak, strong, value):
    if type(value) is bool or _RANK[strong] >= 3:
        return strong
    if type(value) is int:
        return "int64" if strong == "bool" else strong
    return "float64"


def _out(data, shape, name):
    data = [_convert(x, name) for x in data]
    return _scalar(data[0], name) if shape == () else ndarray(data, shape, name)


def _divide(a, b):
    if b == 0:
        return nan if a == 0 or a != a else _math.copysign(inf, a) * _math.copysign(1, b)
    return a / b


def _power(a, b):
    try:
        return a**b
    except ZeroDivisionError:
        return inf
    except OverflowError:
        return inf


def _binary(f, x, y, name):
    a, b = asarray(x), asarray(y)
    shape = _broadcast_shape(a.shape, b.shape)
    kind = _result_name(x, y, a, b)
    if name in ("lt", "le", "gt", "ge", "eq", "ne", "and_bool"):
        kind = "bool"
    elif name == "div" and _RANK[kind] < 3:
        kind = "float64"
    elif name in ("float",) and _RANK[kind] < 3:
        kind = "float64"
    a, b = broadcast_to(a, shape), broadcast_to(b, shape)
    return _out([f(p, q) for p, q in zip(a._data, b._data)], shape, kind)


_OPERATORS = {
    "add": ("__add__", lambda a, b: a + b), "sub": ("__sub__", lambda a, b: a - b), "mul": ("__mul__", lambda a, b: a * b), "div": ("__truediv__", _divide),
    "floordiv": ("__floordiv__", lambda a, b: a // b if b else (0 if isinstance(a, int) else nan)), "mod": ("__mod__", lambda a, b: a % b if b else (0 if isinstance(a, int) else nan)),
    "pow": ("__pow__", _power), "lt": ("__lt__", lambda a, b: a < b), "le": ("__le__", lambda a, b: a <= b), "gt": ("__gt__", lambda a, b: a > b), "ge": ("__ge__", lambda a, b: a >= b),
    "eq": ("__eq__", lambda a, b: a == b), "ne": ("__ne__", lambda a, b: a != b), "and": ("__and__", lambda a, b: a & b), "or": ("__or__", lambda a, b: a | b), "xor": ("__xor__", lambda a, b: a ^ b),
}


def _install(cls):
    for name, (method, f) in _OPERATORS.items():
        def forward(self, other, f=f, name=name):
            if not _operand(other):
                return NotImplemented
            return _binary(f, self, other, name)

        def backward(self, other, f=f, name=name):
            if not _operand(other):
                return NotImplemented
            return _binary(f, other, self, name)

        setattr(cls, method, forward)
        if name not in ("lt", "le", "gt", "ge", "eq", "ne"):
            setattr(cls, "__r" + method[2:], backward)
    cls.__neg__ = lambda self: _map(lambda a: -a, self)
    cls.__pos__ = lambda self: self
    cls.__abs__ = lambda self: abs(self)
    cls.__invert__ = lambda self: _map(lambda a: (not a) if isinstance(a, bool) else ~a, self)
    cls.__matmul__ = lambda self, other: matmul(self, other) if _operand(other) else NotImplemented
    cls.__rmatmul__ = lambda self, other: matmul(other, self) if _operand(other) else NotImplemented
    cls.__round__ = lambda self, n=None: round(self, n or 0) if n is not None else int(_b.round(self.item()))


def _operand(x):
    return isinstance(x, (ndarray, generic, int, float, bool, list, tuple)) and not _is_jax(x)


def _map(f, x, kind=None):
    a = asarray(x)
    name = a._name if kind is None else kind
    return _out([f(v) for v in a._data], a.shape, name)


for _class in (ndarray, float64, float32, int64, bool_):
    _install(_class)
float64.__hash__, float32.__hash__, int64.__hash__ = float.__hash__, (lambda self: hash(self._x)), (lambda self: hash(self._x))


def _float_function(name, f):
    def g(x, /):
        a = asarray(x)
        kind = a._name if _RANK[a._name] >= 3 else "float64"

        def safe(v):
            try:
                return f(v)
            except ValueError:
                return -inf if name.startswith("log") and v == 0 else nan
            except OverflowError:
                return inf

        return _map(safe, a, kind)

    g.__name__ = name
    return g


for _name, _f in dict(exp=_math.exp, log=_math.log, sqrt=_math.sqrt, sin=_math.sin, cos=_math.cos, tan=_math.tan, tanh=_math.tanh, sinh=_math.sinh, cosh=_math.cosh,
                      arctan=_math.atan, arcsin=_math.asin, arccos=_math.acos, log2=_math.log2, log10=_math.log10, log1p=_math.log1p, expm1=_math.expm1,
                      floor=lambda v: float(_math.floor(v)) if v - v == 0 else v, ceil=lambda v: float(_math.ceil(v)) if v - v == 0 else v, rint=lambda v: float(_b.round(v))).items():
    globals()[_name] = _float_function(_name, _f)


def abs(x):
    return _map(_b.abs, x)


absolute = fabs = abs


def sign(x):
    return _map(lambda v: (v > 0) - (v < 0) if v == v else v, x)


def square(x):
    return _map(lambda v: v * v, x)


def isnan(x):
    return _map(lambda v: v != v, x, "bool")


def isinf(x):
    return _map(lambda v: v in (inf, -inf), x, "bool")


def isfinite(x):
    return _map(lambda v: v - v == 0, x, "bool")


def logical_not(x):
    return _map(lambda v: not v, x, "bool")


def logical_and(x, y):
    return _binary(lambda a, b: bool(a) and bool(b), x, y, "and_bool")


def logical_or(x, y):
    return _binary(lambda a, b: bool(a) or bool(b), x, y, "and_bool")


def maximum(x, y):
    return _binary(lambda a, b: a if a != a or a >= b else b, x, y, "max")


def minimum(x, y):
    return _binary(lambda a, b: a if a != a or a <= b else b, x, y, "min")


def add(x, y):
    return asarray(x) + y


def subtract(x, y):
    return asarray(x) - y


def multiply(x, y):
    return asarray(x) * y


def divide(x, y):
    return asarray(x) / y


def power(x, y):
    return asarray(x) ** y


def mod(x, y):
    return asarray(x) % y


def clip(a, low=None, high=None):
    if low is not None:
        a = maximum(a, low)
    return a if high is None else minimum(a, high)


def where(condition, x=None, y=None):
    if x is None:
        return nonzero(condition)
    c, a, b = asarray(condition), asarray(x), asarray(y)
    shape = _broadcast_shape(c.shape, a.shape, b.shape)
    name = _result_name(x, y, a, b)
    c, a, b = (broadcast_to(v, shape) for v in (c, a, b))
    return _out([p if t else q for t, p, q in zip(c._data, a._data, b._data)], shape, name)


def round(x, decimals=0):
    a = asarray(x)
    if _RANK[a._name] < 3:
        return a
    scale = 10.0**decimals
    return _map(lambda v: _b.round(v * scale) / scale if v - v == 0 else v, a)


around = round


def _pairwise(values):
    """The sum in NumPy's order."""
    n = len(values)
    if n < 8:
        total = 0.0
        for i, v in enumerate(values):
            total = v if i == 0 else total + v
        return total
    if n <= 128:
        r = list(values[:8])
        i = 8
        while i < n - n % 8:
            for k in range(8):
                r[k] += values[i + k]
            i += 8
        total = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
        for v in values[i:]:
            total += v
        return total
    half = n // 2
    half -= half % 8
    return _pairwise(values[:half]) + _pairwise(values[half:])


def _lines(a, axis):
    axis %= a.ndim
    before, along = _math.prod(a.shape[:axis]), a.shape[axis]
    behind = _math.prod(a.shape[axis + 1:])
    lines = [[a._data[(i * along + j) * behind + k] for j in range(along)] for i in range(before) for k in range(behind)]
    return lines, a.shape[:axis] + a.shape[axis + 1:]


def _reduce(f, a, axis, keepdims, kind=None):
    a = asarray(a)
    name = a._name if kind is None else kind(a._name)
    if axis is None:
        out = _out([f(a._data)], (), name)
        return reshape(out, (1,) * a.ndim) if keepdims else out
    if isinstance(axis, tuple):
        for i in sorted((i % a.ndim for i in axis), reverse=True):
            a = asarray(_reduce(f, a, i, keepdims, kind))
        return a
    if not -a.ndim <= axis < a.ndim:
        raise ValueError(f"axis {axis} is out of bounds for array of dimension {a.ndim}")
    lines, shape = _lines(a, axis)
    out = _out([f(line) for line in lines], shape, name) if lines else ndarray([], shape, name)
    return expand_dims(out, axis % a.ndim) if keepdims else out


def _wide(name):
    return "int64" if name in ("bool", "int32") else name


def _floats(name):
    return name if name.startswith("float") else "float64"


def sum(a, axis=None, dtype=None, keepdims=False):
    return _reduce(lambda v: _pairwise(v) if v else 0, a, axis, keepdims, _wide)


def prod(a, axis=None, keepdims=False):
    return _reduce(_math.prod, a, axis, keepdims, _wide)


def mean(a, axis=None, dtype=None, keepdims=False):
    return _reduce(lambda v: _pairwise([float(x) for x in v]) / len(v) if v else nan, a, axis, keepdims, _floats)


def _variance(v, ddof):
    m = _pairwise([float(x) for x in v]) / len(v)
    return _divide(_pairwise([(x - m) ** 2 for x in v]), len(v) - ddof)


def var(a, axis=None, ddof=0, keepdims=False):
    return _reduce(lambda v: _variance(v, ddof), a, axis, keepdims, _floats)


def std(a, axis=None, ddof=0, keepdims=False):
    return _reduce(lambda v: _math.sqrt(_variance(v, ddof)), a, axis, keepdims, _floats)


def max(a, axis=None, keepdims=False):
    return _reduce(lambda v: nan if _b.any(x != x for x in v) else _b.max(v), a, axis, keepdims)


def min(a, axis=None, keepdims=False):
    return _reduce(lambda v: nan if _b.any(x != x for x in v) else _b.min(v), a, axis, keepdims)


amax, amin = max, min


def all(a, axis=None, keepdims=False):
    return _reduce(lambda v: _b.all(v), a, axis, keepdims, lambda n: "bool")


def any(a, axis=None, keepdims=False):
    return _reduce(lambda v: _b.any(v), a, axis, keepdims, lambda n: "bool")


def argmax(a, axis=None):
    return _reduce(lambda v: v.index(_b.max(v)), a, axis, False, lambda n: "int64")


def argmin(a, axis=None):
    return _reduce(lambda v: v.index(_b.min(v)), a, axis, False, lambda n: "int64")


def _quantile(v, q):
    v = sorted(v)
    at = q * (len(v) - 1)
    low = _math.floor(at)
    high = _b.min(low + 1, len(v) - 1)
    t = at - low
    return v[low] + (v[high] - v[low]) * t if t < 0.5 else v[high] - (v[high] - v[low]) * (1 - t)


def quantile(a, q, axis=None):
    if not isinstance(q, (int, float)):
        return array([quantile(a, x, axis) for x in asarray(q)._data])
    return _reduce(lambda v: _quantile(v, q), a, axis, False, _floats)


def percentile(a, q, axis=None):
    if not isinstance(q, (int, float)):
        return array([percentile(a, x, axis) for x in asarray(q)._data])
    return quantile(a, q / 100, axis)


def median(a, axis=None):
    return _reduce(lambda v: _pairwise([float(x) for x in sorted(v)[(len(v) - 1) // 2:len(v) // 2 + 1]]) / (2 - len(v) % 2), a, axis, False, _floats)


def _along(f, a, axis, kind=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), 0
    axis %= a.ndim
    lines, _ = _lines(a, axis)
    lines = [f(line) for line in lines]
    behind, along = _math.prod(a.shape[axis + 1:]), a.shape[axis]
    data = [None] * a.size
    for index, line in enumerate(lines):
        i, k = divmod(index, behind)
        for j, v in enumerate(line):
            data[(i * along + j) * behind + k] = v
    name = a._name if kind is None else kind(a._name)
    return ndarray([_convert(v, name) for v in data], a.shape, name)


def _accumulate(f):
    def g(line):
        out = []
        for v in line:
            out.append(f(out[-1], v) if out else v)
        return out

    return g


def cumsum(a, axis=None):
    return _along(_accumulate(lambda p, v: p + v), a, axis, _wide)


def cumprod(a, axis=None):
    return _along(_accumulate(lambda p, v: p * v), a, axis, _wide)


def sort(a, axis=-1):
    return _along(sorted, a, axis)


def argsort(a, axis=-1, kind=None):
    return _along(lambda v: sorted(range(len(v)), key=v.__getitem__), a, axis, lambda n: "int64")


def unique(a):
    a = asarray(a)
    data = sorted(set(a._data))
    return ndarray(data, (len(data),), a._name)


def nonzero(a):
    a = asarray(a)
    found = [i for i, v in enumerate(a._data) if v]
    out, step = [], a.size
    for n in a.shape:
        step //= n or 1
        out.append(ndarray([i // step % n for i in found], (len(found),), "int64"))
    return tuple(out)


def diff(a, n=1):
    a = asarray(a)
    return a[1:] - a[:-1]


def concatenate(arrays, axis=0):
    arrays = [asarray(x) for x in arrays]
    axis %= arrays[0].ndim
    if axis:
        order = list(range(arrays[0].ndim))
        order[0], order[axis] = order[axis], order[0]
        return transpose(concatenate([transpose(x, order) for x in arrays]), order)
    name = arrays[0]._name
    for x in arrays:
        name = _join(name, x._name)
    return ndarray([_convert(v, name) for x in arrays for v in x._data], (_b.sum(x.shape[0] for x in arrays), *arrays[0].shape[1:]), name)


def stack(arrays, axis=0):
    return concatenate([expand_dims(x, axis) for x in arrays], axis)


def vstack(arrays):
    return concatenate([reshape(x, (1, -1)) if asarray(x).ndim < 2 else x for x in arrays])


def hstack(arrays):
    arrays = [asarray(x) for x in arrays]
    return concatenate(arrays, 0 if arrays[0].ndim == 1 else 1)


def column_stack(arrays):
    return concatenate([reshape(x, (-1, 1)) if asarray(x).ndim < 2 else x for x in arrays], 1)


def repeat(a, repeats, axis=None):
    a = asarray(a)
    _room((a.size * repeats,), a._name)
    return ndarray([v for v in a._data for _ in range(repeats)], (a.size * repeats,), a._name)


def tile(a, reps):
    return concatenate([asarray(a)] * reps)


def meshgrid(x, y):
    x, y = asarray(x), asarray(y)
    return [broadcast_to(x, (y.size, x.size)), broadcast_to(reshape(y, (-1, 1)), (y.size, x.size))]


def outer(a, b):
    return reshape(a, (-1, 1)) * reshape(b, (1, -1))


def matmul(a, b):
    a, b = asarray(a), asarray(b)
    rows = reshape(a, (1, -1)) if a.ndim == 1 else a
    columns = reshape(b, (-1, 1)) if b.ndim == 1 else b
    n, k = rows.shape[-2:]
    m = columns.shape[1]
    if columns.shape[0] != k:
        raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {columns.shape[0]} is different from {k})")
    name = _join(a._name, b._name)
    data = [_b.sum((rows._data[i * k + t] * columns._data[t * m + j] for t in range(k)), 0) for i in range(n) for j in range(m)]
    shape = (() if a.ndim == 1 else (n,)) + (() if b.ndim == 1 else (m,))
    return _out(data, shape, name)


def dot(a, b):
    if _b.any(asarray(x).ndim == 0 for x in (a, b)):
        return asarray(a) * b
    return matmul(a, b)


vdot = inner = dot


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _binary(lambda x, y: x == y or (x - x == 0 and y - y == 0 and _b.abs(x - y) <= atol + rtol * _b.abs(y)), asarray(a), asarray(b), "eq")


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(all(isclose(a, b, rtol, atol)))


def array_equal(a, b):
    a, b = asarray(a), asarray(b)
    return a.shape == b.shape and _b.all(x == y for x, y in zip(a._data, b._data))


def shape(a):
    return asarray(a).shape


def ndim(a):
    return asarray(a).ndim


def size(a):
    return asarray(a).size


def isscalar(x):
    return isinstance(x, (generic, int, float, str))


from _printing import array2string, array_repr, array_str, get_printoptions, printoptions, set_printoptions  # noqa: E402


def issubdtype(a, b):
    kind = dtype(a).kind
    return kind == "f" if b is floating else kind in "iu" if b is integer else dtype(a) == dtype(b)


def interp(x, xp, fp):
    xp, fp = asarray(xp)._data, asarray(fp)._data

    def one(v):
        if v <= xp[0]:
            return fp[0]
        if v >= xp[-1]:
            return fp[-1]
        i = _b.max(k for k in range(len(xp)) if xp[k] <= v)
        return fp[i] + (v - xp[i]) * ((fp[i + 1] - fp[i]) / (xp[i + 1] - xp[i]))

    return _map(one, asarray(x), "float64")


class _Linalg:
    @staticmethod
    def norm(a, ord=None, axis=None):
        a = asarray(a)
        return _reduce(lambda v: _math.sqrt(_pairwise([float(x) * x for x in v])), a, axis, False, _floats)


linalg = _Linalg()


def count_nonzero(a, axis=None):
    return _reduce(lambda v: _b.sum(1 for x in v if x), asarray(a), axis, False, "int64")


def _by_method(f, name):
    """What NumPy leaves to the method of this name of whatever it is given."""

    def g(a, *args, **kwargs):
        return getattr(a, name)(*args, **kwargs) if _is_jax(a) else f(a, *args, **kwargs)

    g.__name__ = f.__name__
    return g


for _name in "sum prod mean std var max min argmax argmin any all cumsum cumprod round reshape ravel squeeze transpose repeat".split():
    globals()[_name] = _by_method(globals()[_name], _name)
amax, amin, around = max, min, round
from _dtypes import finfo, iinfo  # noqa: E402


from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("numpy")

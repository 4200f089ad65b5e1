"""Element types: `dtype` objects and the scalar types by which programs name them."""
import _core

_KINDS = {
    "bool": ("b", 1), "int8": ("i", 1), "int16": ("i", 2), "int32": ("i", 4), "int64": ("i", 8), "uint8": ("u", 1), "uint16": ("u", 2),
    "uint32": ("u", 4), "uint64": ("u", 8), "float16": ("f", 2), "float32": ("f", 4), "float64": ("f", 8), "bfloat16": ("V", 2),
    "complex64": ("c", 8), "complex128": ("c", 16), "object": ("O", 8), "float0": ("V", 0),
}
_known = {}


class dtype:
    def __new__(cls, what):
        name = name_of(what)
        if name not in _known:
            made = object.__new__(cls)
            made.name = name
            made.kind, made.itemsize = _KINDS[name]
            _known[name] = made
        return _known[name]

    @property
    def type(self):
        return _scalar_types.get(self.name)

    def __repr__(self):
        return f"dtype('{self.name}')"

    def __str__(self):
        return self.name

    def __eq__(self, other):
        try:
            return self.name == name_of(other)
        except TypeError:
            return False

    def __hash__(self):
        return hash(self.name)


dtype.__module__ = "numpy"
_scalar_types = {}


def name_of(what):
    """The name of the element type that an object means."""
    if isinstance(what, dtype):
        return what.name
    if what is float:
        return "float64"
    if what is int:
        return "int64"
    if what is bool:
        return "bool"
    if isinstance(what, str):
        what = {"f4": "float32", "f8": "float64", "i4": "int32", "i8": "int64", "float": "float64", "int": "int64", "bool_": "bool"}.get(what, what)
        if what in _KINDS:
            return what
        raise TypeError(f"data type '{what}' not understood")
    name = getattr(what, "_dtype_name", None)
    if isinstance(name, str):
        return name
    found = getattr(what, "dtype", None)
    if isinstance(found, dtype):
        return found.name
    raise TypeError(f"Cannot interpret '{what!r}' as a data type.")


def canonical(what):
    """The name of JAX's element type for what a program names: 64-bit types are 32-bit ones, as without `jax_enable_x64`."""
    name = name_of(what)
    return {"float64": "float32", "int64": "int32", "uint64": "uint32"}.get(name, name)


class _Scalar(type):
    """A type such as `jnp.float32`: it names an element type and makes arrays of it."""

    def __call__(cls, x=0):
        return _core.asarray(x, canonical(cls._dtype_name))

    def __eq__(cls, other):
        if isinstance(other, (dtype, _Scalar)):
            return cls._dtype_name == name_of(other)
        return getattr(other, "_dtype_name", None) == cls._dtype_name

    def __hash__(cls):
        return hash(cls._dtype_name)

    def __repr__(cls):
        return f"<class 'jax.numpy.{cls._dtype_name}'>"

    @property
    def dtype(cls):
        return dtype(cls._dtype_name)

    def __instancecheck__(cls, other):
        return False


def scalar_type(name):
    made = _Scalar(name, (), {"_dtype_name": name, "__module__": "jax.numpy"})
    return made


for _name in ("bool", "int32", "uint32", "float32"):
    _core.hook(_name, dtype(_name))


class finfo:
    def __init__(self, what):
        name = canonical(what)
        self.dtype = dtype(name)
        self.bits = 32
        self.eps = _core.asarray(1.1920929e-07, "float32")
        self.max = _core.asarray(3.4028235e38, "float32")
        self.min = _core.asarray(-3.4028235e38, "float32")
        self.tiny = self.smallest_normal = _core.asarray(1.1754944e-38, "float32")


class iinfo:
    def __init__(self, what):
        name = canonical(what)
        self.dtype = dtype(name)
        self.bits = 32
        self.max = 2147483647 if name == "int32" else 4294967295
        self.min = -2147483648 if name == "int32" else 0

"""`flax.nnx`: modules, variables and the graph of them, over the engine's arrays and transformations."""
import builtins as _b

import _core
import _lax
import jax
import jax.numpy as jnp
from _light import partial as _partial, wraps as _wraps
from jax import _api
from jax.nn import (
    celu, elu, gelu, glu, hard_sigmoid, hard_tanh, leaky_relu, log_sigmoid, log_softmax, logsumexp, one_hot, relu, selu, sigmoid, silu, soft_sign, softmax,
    softplus, standardize, swish,
)
from jax.nn import initializers
from jax.numpy import tanh


def identity(x):
    return x


def _object(name, comment, brackets, items):
    if not items:
        return f"{name}{brackets[0]}{brackets[1]}"
    lines = ",\n".join("  " + item.replace("\n", "\n  ") for item in items)
    return f"{name}{brackets[0]}{comment}\n{lines}\n{brackets[1]}"


def _size_text(count, size):
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
        if size > unit:
            return f"{count:,} ({size / unit:,.1f} {name})"
    return f"{count:,} ({size:,} B)"


def _size_of(value):
    if _is_key(value):
        return [value.size, 8 * value.size]
    total = [0, 0]
    for leaf in _core.tree_flatten(value)[0]:
        if isinstance(leaf, jnp.ndarray) or hasattr(leaf, "itemsize") and hasattr(leaf, "shape"):
            total[0] += leaf.size
            total[1] += leaf.size * leaf.dtype.itemsize
    return total


def _short(value):
    if isinstance(value, jnp.ndarray) and value.size > 1 and not _core.is_tracer(value):
        return f"Array(shape={value.shape}, dtype=dtype('{value.dtype.name}'))"
    return repr(value)


# variables


def _delegate(cls, names):
    for name in names.split():
        def f(self, *args, name=name):
            args = [a.value if isinstance(a, Variable) else a for a in args]
            value = self.value
            made = getattr(type(value), name, None)
            if made is None:
                return NotImplemented
            return made(value, *args)

        setattr(cls, name, f)


class Variable:
    """A value that can be replaced, part of a module."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        _register_variable(cls)

    def __init__(self, value, **metadata):
        if isinstance(value, Variable):
            value = value.value
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "_metadata", metadata)

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        if isinstance(new, Variable):
            new = new.value
        object.__setattr__(self, "_value", new)

    raw_value = value

    def get_value(self):
        return self._value

    def set_value(self, new):
        self.value = new

    def get_metadata(self, name=None, default=None):
        return _whole_metadata(self) if name is None else self._metadata.get(name, default)

    def replace(self, value=None, **metadata):
        return type(self)(self._value if value is None else value, **{**self._metadata, **metadata})

    def copy(self):
        return type(self)(self._value, **self._metadata)

    @property
    def type(self):
        return type(self)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        if name in self._metadata:
            return self._metadata[name]
        return getattr(self._value, name)

    def __setattr__(self, name, new):
        if name in ("value", "raw_value"):
            Variable.value.__set__(self, new)
        else:
            self._metadata[name] = new

    def __jax_array__(self):
        return self._value

    def __getitem__(self, key):
        return self._value if key is Ellipsis else self._value[key]

    def __setitem__(self, key, new):
        if key is Ellipsis:
            new = new.value if isinstance(new, Variable) else new
            self.value = jnp.broadcast_to(jnp.asarray(new), self._value.shape) if isinstance(self._value, jnp.ndarray) and jnp.shape(new) != self._value.shape else new
        else:
            self.value = self._value.at[key].set(new.value if isinstance(new, Variable) else new)

    def __repr__(self):
        count, size = _size_of(self._value)
        comment = f" # {_size_text(count, size)}" if count else ""
        return _object(type(self).__name__, comment, "()", [f"value={self._value!r}", *_shown_metadata(self)])

    def __len__(self):
        return len(self._value)

    def __iter__(self):
        return iter(self._value)

    def __bool__(self):
        return bool(self._value)

    def __float__(self):
        return float(self._value)

    def __int__(self):
        return int(self._value)

    def __index__(self):
        return self._value.__index__()

    def __call__(self, *args, **kwargs):
        return self._value(*args, **kwargs)

    def _refuse_in_place(instead):
        def f(self, other):
            raise NotImplementedError(f"In-place operations are no longer supported for Variable.\nUse `{instead}` instead.")

        return f

    __iadd__, __isub__, __imul__ = map(_refuse_in_place, ("variable[...] += x", "variable[...] -= x", "variable[...] *= x"))
    __imatmul__, __itruediv__ = map(_refuse_in_place, ("variable.value @= x", "variable.value /= x"))
    __imod__, __ipow__ = map(_refuse_in_place, ("variable.value %= x", "variable.value **= x"))
    __ifloordiv__ = _refuse_in_place("variable.value //= x`")
    __hash__ = object.__hash__


_delegate(Variable, "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __pow__ __rpow__ "
                    "__matmul__ __rmatmul__ __neg__ __pos__ __abs__ __invert__ __eq__ __ne__ __and__ __or__ __xor__ __round__")
Variable.__hash__ = object.__hash__


_usual_metadata = {"hijax": False, "ref": False, "eager_sharding": True}


def _whole_metadata(variable):
    return {**variable._metadata, **{key: value for key, value in _usual_metadata.items() if key not in variable._metadata}}


def _shown_metadata(variable):
    return [f"{key}={value!r}" for key, value in variable._metadata.items()]


class _Meta:
    """Metadata of a variable as part of a structure."""

    def __init__(self, metadata):
        self.metadata = metadata

    def __eq__(self, other):
        return isinstance(other, _Meta) and self.metadata == other.metadata

    def __hash__(self):
        return 0

    def __repr__(self):
        return repr(tuple(sorted({**_usual_metadata, **self.metadata}.items())))


def _register_variable(cls):
    def unflatten(aux, children):
        made = object.__new__(cls)
        object.__setattr__(made, "_value", children[0])
        object.__setattr__(made, "_metadata", dict(aux.metadata))
        return made

    _core.tree_register(cls, lambda v: ((v._value,), _Meta(v._metadata)), unflatten)
    from jax.tree_util import GetAttrKey, _keys_of

    _keys_of[cls] = lambda aux: [GetAttrKey("value")]


_register_variable(Variable)


class Param(Variable):
    pass


class BatchStat(Variable):
    pass


class Cache(Variable):
    pass


class Intermediate(Variable):
    pass


class Perturbation(Intermediate):
    pass


class RngState(Variable):
    pass


class RngCount(RngState):
    pass


class RngKey(RngState):
    pass


class OptState(Variable):
    pass


class OptArray(OptState):
    pass


class OptVariable(OptState):
    pass


for _class in (Variable, Param, BatchStat, Cache, Intermediate, Perturbation):
    _class.__module__ = "flax.nnx.variablelib"
for _class in (RngState, RngCount, RngKey):
    _class.__module__ = "flax.nnx.rnglib"
for _class in (OptState, OptArray, OptVariable):
    _class.__module__ = "flax.nnx.training.optimizer"
VariableState = Variable


# states: nested mappings of variables


def _sorted_keys(keys):
    return sorted(keys, key=lambda k: (isinstance(k, str), k))


class State(dict):
    def __init__(self, mapping=()):
        if not isinstance(mapping, dict):
            mapping = dict(mapping)
        super().__init__(mapping)

    def __getitem__(self, key):
        value = super().__getitem__(key)
        return State(value) if type(value) is dict else value

    def __getattr__(self, key):
        if key.startswith("__"):
            raise AttributeError(key)
        try:
            return self[key]
        except KeyError:
            raise AttributeError(f"No attribute '{key}' in State") from None

    def __setattr__(self, key, value):
        self[key] = value

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]

    @property
    def raw_mapping(self):
        return dict(super().items())

    def flat_state(self):
        return FlatState(_flat(self))

    @classmethod
    def from_flat_path(cls, flat):
        return _nested(list(dict(flat).items()))

    def to_pure_dict(self):
        return to_pure_dict(self)

    def filter(self, *filters):
        out = filter_state(self, *filters)
        return out

    @classmethod
    def merge(cls, *states):
        return merge_state(*states)

    def __repr__(self):
        return _object("State", "", ("({", "})"), _items(self))

    __str__ = __repr__

    def __hash__(self):
        return id(self)


State.__module__ = "flax.nnx.statelib"


class FlatState(list):
    def __init__(self, pairs):
        super().__init__(pairs)

    def __repr__(self):
        return _object("FlatState", "", ("([", "])"), [f"({path!r}, {value!r})" for path, value in self])


def _items(mapping, text=repr):
    out = []
    for key in _sorted_keys(mapping):
        value = dict.__getitem__(mapping, key)
        shown = _object("", "", "{}", _items(value, text)) if isinstance(value, dict) else text(value)
        out.append(f"{key!r}: {shown}")
    return out


def _state_flatten(state):
    keys = _sorted_keys(state)
    return [dict.__getitem__(state, key) for key in keys], tuple(keys)


_core.tree_register(State, _state_flatten, lambda keys, children: State(zip(keys, children)))
from jax.tree_util import DictKey as _DictKey, _keys_of as _keys_of_trees  # noqa: E402

_keys_of_trees[State] = lambda keys: [_DictKey(key) for key in keys]


def _flat(mapping, path=()):
    out = []
    for key in _sorted_keys(mapping):
        value = dict.__getitem__(mapping, key)
        if isinstance(value, dict):
            out.extend(_flat(value, path + (key,)))
        else:
            out.append((path + (key,), value))
    return out


def _nested(pairs):
    root = {}
    for path, value in pairs:
        here = root
        for key in path[:-1]:
            here = here.setdefault(key, {})
        here[path[-1]] = value
    return State(root)


def to_pure_dict(state):
    def pure(x):
        if isinstance(x, dict):
            return {key: pure(dict.__getitem__(x, key)) for key in x}
        return x.value if isinstance(x, Variable) else x

    return pure(state)


def to_flat_state(state):
    return FlatState(_flat(state))


def from_flat_state(flat):
    return _nested(list(flat))


def merge_state(*states):
    return _nested([pair for s in states for pair in _flat(s)])


# modules


class _Hidden:
    pass


class _ModuleMeta(type):
    def __call__(cls, *args, **kwargs):
        made = cls.__new__(cls, *args, **kwargs)
        if isinstance(made, cls):
            made.__init__(*args, **kwargs)
            if isinstance(made, Module):
                _nodes_of(made)["_pytree__nodes"] = False
        return made


class _Marked:
    """A value that is to be part of the graph, or not, whatever its type."""

    def __init__(self, value, is_data):
        self.value, self.is_data = value, is_data


class Static:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, Static) and self.value == other.value

    def __hash__(self):
        return hash(self.value)


def static(value):
    return _Marked(value, False)


def data(value):
    return _Marked(value, True)


def _is_data(value):
    if isinstance(value, (Variable, Module, jnp.ndarray, State)) or _is_key(value):
        return True
    if isinstance(value, (list, tuple)):
        return _b.any(_is_data(x) for x in value)
    if isinstance(value, dict):
        return _b.any(_is_data(x) for x in value.values())
    return False


def _is_key(value):
    return isinstance(value, jax.random.PRNGKeyArray)


class _Statics:
    """The fixed attributes of a module as part of a structure."""

    def __init__(self, pairs, names, nodes):
        self.pairs, self.names, self.nodes = pairs, names, nodes

    def __eq__(self, other):
        if not isinstance(other, _Statics) or self.names != other.names or len(self.pairs) != len(other.pairs):
            return False
        return _b.all(a == c and (b is d or b == d) for (a, b), (c, d) in zip(self.pairs, other.pairs))

    def __hash__(self):
        return hash(self.names)

    def __repr__(self):
        return repr(dict(self.pairs))


def _nodes_of(module):
    """Which attributes are part of the graph, by name, in the order in which they were first assigned."""
    try:
        return module._nodes
    except AttributeError:
        object.__setattr__(module, "_nodes", {})
        return module._nodes


class Module(metaclass=_ModuleMeta):
    __slots__ = ("_nodes", "__dict__", "__weakref__")

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()
        _register_module(cls)

    def __setattr__(self, name, value):
        explicit = isinstance(value, _Marked)
        if explicit:
            value, is_data = value.value, value.is_data
        else:
            is_data = _is_data(value) and not isinstance(value, (list, tuple)) and (type(value) is not dict)
        nodes = _nodes_of(self)
        known = nodes.get(name, False)
        if is_data and not explicit and name in self.__dict__ and not known:
            raise ValueError(
                f"Cannot assign data value of type '{type(value)}' to static attribute '{name}' of Pytree type '{type(self)}'. To override the status explicitly wrap "
                f"the value with nnx.data on assignment:\n\n  _.{name} = nnx.data(...)\n\n")
        if not is_data and not known and _is_data(value):
            if explicit:
                raise ValueError(f"Found data in value of type '{type(value)}' annotated with nnx.static(...) when setting attribute '{name}' of Pytree type '{type(self)}'.")
            raise ValueError(
                f"Found data on value of type '{type(value)}' assigned to static attribute '{name}' of Pytree type '{type(self)}'. Static attributes should not contain "
                "data values. Consider one of the following options:\n\n1. If the attribute is meant to be data, wrap the value with nnx.data on assignment:\n\n"
                f"  _.{name} = nnx.data(...)\n\n2. If the container is a list or dict, try using nnx.List(...) or nnx.Dict(...) instead.\n")
        if name not in nodes or explicit:
            nodes[name] = is_data
        object.__setattr__(self, name, value)

    def _attributes(self):
        """Names and values in the order in which they are shown."""
        return list(self.__dict__.items())

    def _children(self):
        """Names and values that are part of the graph, sorted."""
        return [(key, self.__dict__[key]) for key in sorted(self.__dict__)]

    def __repr__(self):
        return _module_text(self)

    def eval(self, **attributes):
        return self.set_attributes(deterministic=True, use_running_average=True, raise_if_not_found=False)

    def train(self, **attributes):
        return self.set_attributes(deterministic=False, use_running_average=False, raise_if_not_found=False)

    def set_attributes(self, *filters, raise_if_not_found=True, **attributes):
        for path, module in iter_modules(self):
            for name, value in attributes.items():
                if name in module.__dict__:
                    setattr(module, name, value)

    def sow(self, kind, name, value, **ignored):
        setattr(self, name, kind((*getattr(self, name).value, value) if hasattr(self, name) else (value,)))


Pytree = Object = Module


def _register_module(cls):
    def flatten(module):
        names, values, fixed = [], [], []
        for name, value in sorted(module.__dict__.items()):
            if _is_data(value):
                names.append(name)
                values.append(value)
            else:
                fixed.append((name, value))
        return values, _Statics(tuple(fixed), tuple(names), dict(_nodes_of(module)))

    def unflatten(aux, children):
        made = object.__new__(cls)
        object.__setattr__(made, "_nodes", dict(aux.nodes))
        for name, value in (*zip(aux.names, children), *aux.pairs):
            object.__setattr__(made, name, value)
        return made

    _core.tree_register(cls, flatten, unflatten)
    from jax.tree_util import GetAttrKey, _keys_of

    _keys_of[cls] = lambda aux: [GetAttrKey(name) for name in aux.names]


_register_module(Module)


def _entries(value):
    """Keys and values one level below a node of the graph; `None` for what is no node."""
    if isinstance(value, List):
        return list(enumerate(value._items))
    if isinstance(value, Dict):
        return sorted(value._mapping.items())
    if isinstance(value, Module):
        return [(name, child) for name, child in value._children() if _is_data(child)]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return list(zip(value._fields, value))
    if isinstance(value, (tuple, list)):
        return list(enumerate(value))
    if isinstance(value, dict):
        return [(key, dict.__getitem__(value, key)) for key in _sorted_keys(value)]
    return None


def _walk(value, path=(), seen=None):
    """Path and variable for all variables, each once, in the order of the graph."""
    seen = set() if seen is None else seen
    if isinstance(value, Variable):
        if id(value) not in seen:
            seen.add(id(value))
            yield path, value
        return
    if isinstance(value, jnp.ndarray):
        yield path, value
        return
    entries = _entries(value)
    if entries is None:
        return
    if isinstance(value, Module):
        if id(value) in seen:
            return
        seen.add(id(value))
    for key, child in entries:
        yield from _walk(child, path + (key,), seen)


def _variables(value):
    return [(path, v) for path, v in _walk(value) if isinstance(v, Variable)]


def iter_graph(value):
    return _walk(value)


def iter_modules(value, path=()):
    for key, child in _entries(value) or []:
        yield from iter_modules(child, path + (key,))
    if isinstance(value, Module):
        yield path, value


def _sizes(value, seen, out):
    """Sizes by kind of all modules inside, by identity."""
    mine = {}
    if isinstance(value, Variable):
        if id(value) not in seen:
            seen.add(id(value))
            count, size = _size_of(value._value)
            if count:
                mine[_kind(value)] = [count, size]
        return mine
    for key, child in _entries(value) or []:
        for kind, (count, size) in _sizes(child, seen, out).items():
            total = mine.setdefault(kind, [0, 0])
            total[0] += count
            total[1] += size
    if isinstance(value, Module) and id(value) not in out:
        out[id(value)] = mine
    return mine


def _kind(variable):
    """The class under which the sizes of variables are added up."""
    return "RngState" if isinstance(variable, RngState) else type(variable).__name__


def _comment(sizes):
    parts = [f"{kind}: {_size_text(*size)}" for kind, size in sizes.items()]
    if len(parts) > 1:
        parts.append("Total: " + _size_text(_b.sum(s[0] for s in sizes.values()), _b.sum(s[1] for s in sizes.values())))
    return f" # {', '.join(parts)}" if parts else ""


def _module_text(module):
    sizes = {}
    _sizes(module, set(), sizes)
    shown = set()

    def text(value, short):
        if isinstance(value, Variable):
            count, size = _size_of(value._value)
            comment = f" # {_size_text(count, size)}" if count else ""
            return _object(type(value).__name__, comment, "()", [f"value={_short(value._value) if short else repr(value._value)}", *_shown_metadata(value)])
        if isinstance(value, List):
            return _object("List", "", ("([", "])"), [text(child, False) for child in value._items])
        if isinstance(value, Dict):
            return _object("Dict", "", ("({", "})"), [f"{key!r}: {text(child, False)}" for key, child in value._mapping.items()])
        if isinstance(value, Module):
            if id(value) in shown:
                return f"{type(value).__name__}(...)"
            if _variables(value):
                shown.add(id(value))
            items = []
            for name, child in value._attributes():
                if name.startswith("_") and not _is_data(child):
                    continue
                items.append(f"{name}={text(child, True)}")
            return _object(type(value).__name__, _comment(sizes.get(id(value), {})), "()", items)
        if isinstance(value, State):
            return _object("State", "", ("({", "})"), _items(value, lambda inside: text(inside, short)))
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key!r}: {text(inside, short)}" for key, inside in value.items()) + "}"
        if isinstance(value, jnp.ndarray):
            return _short(value) if short else repr(value)
        if isinstance(value, tuple):
            return "(" + ", ".join(text(x, short) for x in value) + (",)" if len(value) == 1 else ")")
        if isinstance(value, type):
            return value.__name__
        return repr(value)

    return text(module, False)


class List(Module):
    def __init__(self, items=()):
        object.__setattr__(self, "_items", list(items))

    def _attributes(self):
        return list(enumerate(self._items))

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __getitem__(self, key):
        try:
            return self._items[key]
        except IndexError:
            raise IndexError("Index out of bounds") from None

    def __setitem__(self, key, value):
        self._items[key] = value

    def append(self, value):
        self._items.append(value)

    def extend(self, values):
        self._items.extend(values)

    def insert(self, index, value):
        self._items.insert(index, value)

    def pop(self, index=-1):
        return self._items.pop(index)


class Dict(Module):
    def __init__(self, *args, **kwargs):
        object.__setattr__(self, "_mapping", dict(*args, **kwargs))

    def _attributes(self):
        return list(self._mapping.items())

    def __getitem__(self, key):
        return self._mapping[key]

    def __setitem__(self, key, value):
        self._mapping[key] = value

    def __len__(self):
        return len(self._mapping)

    def __iter__(self):
        return iter(self._mapping)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._mapping[name]
        except KeyError:
            raise AttributeError(f"'Dict' object has no attribute '{name}'") from None

    def items(self):
        return self._mapping.items()

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()


def _container_flatten(entries):
    """The parts of a list or mapping that hold data, and the rest as a part of the structure."""
    inside = [(key, value) for key, value in entries if _is_data(value)]
    fixed = tuple((key, value) for key, value in entries if not _is_data(value))
    return [value for _, value in inside], _Statics(fixed, tuple(key for key, _ in inside), {})


def _container_entries(aux, children):
    return sorted([*zip(aux.names, children), *aux.pairs], key=lambda pair: pair[0])


_core.tree_register(List, lambda m: _container_flatten(list(enumerate(m._items))), lambda aux, children: List(x for _, x in _container_entries(aux, children)))
_core.tree_register(Dict, lambda m: _container_flatten(sorted(m._mapping.items())), lambda aux, children: Dict(_container_entries(aux, children)))


class Sequential(Module):
    def __init__(self, *layers):
        self.layers = List(layers)

    def __call__(self, *args, **kwargs):
        output = None
        for i, f in enumerate(self.layers):
            if i:
                args, kwargs = (output if isinstance(output, tuple) else (output,)), {}
            output = f(*args, **kwargs)
        return output


# random streams


class RngStream(Module):
    def __init__(self, key, *, tag):
        if isinstance(key, int):
            key = jax.random.key(key)
        elif isinstance(key, jnp.ndarray) and key.dtype == "uint32" and key.shape[-1:] == (2,):
            key = jax.random.wrap_key_data(key)
        elif isinstance(key, jnp.ndarray) and key.ndim == 0 and jnp.issubdtype(key.dtype, jnp.integer):
            key = jax.random.key(key)
        if not _is_key(key):
            raise ValueError(f"Invalid rng value: {key}, expected a jax.Array of jax.dtypes.prng_key sub-dtype")
        self.tag = tag
        self.key = RngKey(key, tag=tag)
        self.count = RngCount(jnp.zeros(key.shape, "uint32"), tag=tag)

    def __call__(self):
        key = jax.random.fold_in(self.key.value, self.count.value)
        self.count.value = self.count.value + jnp.array(1, "uint32")
        return key

    def split(self, k):
        return type(self)(jax.random.split(self(), k), tag=self.tag)

    def fork(self, *, split=None):
        key = self()
        return type(self)(key if split is None else jax.random.split(key, split), tag=self.tag)

    def __getattr__(self, name):
        if name in _DRAWS:
            return _partial(lambda draw, *args, **kwargs: draw(self(), *args, **kwargs), getattr(jax.random, name))
        raise AttributeError(f"'RngStream' object has no attribute '{name}'")


# What a stream, and the default one of `Rngs`, draws by itself.
_DRAWS = ("bernoulli", "bits", "categorical", "choice", "exponential", "gumbel", "normal", "permutation", "randint", "truncated_normal", "uniform")


class Rngs(Module):
    def __init__(self, default=None, **streams):
        if default is not None:
            streams = {**default, **streams} if isinstance(default, dict) else {**streams, "default": default}
        for name, key in streams.items():
            if isinstance(key, RngStream):
                key = key.key
            if isinstance(key, Variable):
                key = key.value
            _nodes_of(self)[name] = True
            object.__setattr__(self, name, RngStream(key, tag=name))

    def _stream(self, name, error):
        found = self.__dict__.get(name, self.__dict__.get("default"))
        if found is None:
            raise error(f"No RngStream named '{name}' found in Rngs.")
        return found

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._stream("default", AttributeError), name) if name in _DRAWS else self._stream(name, AttributeError)

    def __getitem__(self, name):
        return self._stream(name, KeyError)

    def __call__(self):
        return self._stream("default", AttributeError)()

    def __contains__(self, name):
        return name in self.__dict__

    def __iter__(self):
        return iter(self.__dict__)

    def __len__(self):
        return len(self.__dict__)

    def items(self):
        return self.__dict__.items()

    def fork(self, **split):
        made = Rngs()
        for name, stream in self.__dict__.items():
            _nodes_of(made)[name] = True
            object.__setattr__(made, name, stream.fork())
        return made


# layers


def dot_general(*args, **kwargs):
    return jax.lax.dot_general(*args, **kwargs)


def promote_dtype(*args, **kwargs):
    return args


class Linear(Module):
    def __init__(self, in_features, out_features, *, use_bias=True, dtype=None, param_dtype=jnp.float32, precision=None, kernel_init=None, bias_init=None,
                 dot_general=dot_general, promote_dtype=promote_dtype, preferred_element_type=None, rngs):
        kernel_init = initializers.lecun_normal() if kernel_init is None else kernel_init
        key = rngs.params() if not isinstance(rngs, RngStream) else rngs()
        self.kernel = Param(kernel_init(key, (in_features, out_features), param_dtype))
        if use_bias:
            key = rngs.params() if not isinstance(rngs, RngStream) else rngs()
            self.bias = Param((initializers.zeros if bias_init is None else bias_init)(key, (out_features,), param_dtype))
        else:
            self.bias = data(None)
        self.in_features, self.out_features, self.use_bias = in_features, out_features, use_bias
        self.dtype, self.param_dtype, self.precision = dtype, param_dtype, precision
        self.dot_general, self.promote_dtype, self.preferred_element_type = dot_general, promote_dtype, preferred_element_type

    def __call__(self, inputs, out_sharding=None):
        x = jnp.asarray(inputs)
        kernel = self.kernel.value
        y = _lax.dot_general(x, kernel, ((x.ndim - 1,), (0,)), ((), ()))
        if self.bias is not None:
            y = y + jnp.reshape(self.bias.value, (1,) * (y.ndim - 1) + (-1,))
        return y


class Dropout(Module):
    def __init__(self, rate, *, broadcast_dims=(), deterministic=False, rng_collection="dropout", rngs=None):
        self.rate, self.broadcast_dims, self.deterministic, self.rng_collection = rate, broadcast_dims, deterministic, rng_collection
        if isinstance(rngs, Rngs):
            self.rngs = rngs[rng_collection].fork()
        elif isinstance(rngs, RngStream):
            self.rngs = rngs.fork()
        elif rngs is None:
            self.rngs = data(None)
        else:
            raise TypeError(f"rngs must be a Rngs, RngStream or None, but got {type(rngs)}.")

    def __call__(self, inputs, *, deterministic=None, rngs=None):
        deterministic = self.deterministic if deterministic is None else deterministic
        if deterministic is None:
            raise ValueError(
                "No `deterministic` argument was provided to Dropout. Consider one of the following options:\n\n"
                "1. Pass `deterministic` to the Dropout constructor:\n\n  self.dropout = nnx.Dropout(..., deterministic=True/False)\n\n"
                "2. Pass `deterministic` to the Dropout __call__:\n\n  self.dropout(x, deterministic=True/False)\n\n"
                "3. Use `nnx.view` to create a view of the model with a specific `deterministic` value:\n\n"
                "  model_view = nnx.view(model, deterministic=True/False)\n"
            )
        if self.rate == 0.0 or deterministic:
            return inputs
        if self.rate == 1.0:
            return jnp.zeros_like(inputs)
        rngs = self.rngs if rngs is None else rngs
        if rngs is None:
            raise ValueError(
                "`deterministic` is False, but no `rngs` argument was provided to Dropout\n          as either a __call__ argument or class attribute."
            )
        if isinstance(rngs, Rngs):
            key = rngs[self.rng_collection]()
        elif isinstance(rngs, RngStream):
            key = rngs()
        elif _is_key(rngs) or isinstance(rngs, jnp.ndarray):
            key = rngs
        else:
            raise TypeError(f"rngs must be a Rngs, RngStream or jax.Array, but got {type(rngs)}.")
        keep = 1.0 - self.rate
        shape = list(inputs.shape)
        for dim in self.broadcast_dims:
            shape[dim] = 1
        mask = jnp.broadcast_to(jax.random.bernoulli(key, keep, tuple(shape)), inputs.shape)
        return jax.lax.select(mask, inputs / keep, jnp.zeros_like(inputs))


class LayerNorm(Module):
    def __init__(self, num_features, *, epsilon=1e-6, dtype=None, param_dtype=jnp.float32, use_bias=True, use_scale=True, bias_init=initializers.zeros,
                 scale_init=initializers.ones, reduction_axes=-1, feature_axes=-1, axis_name=None, axis_index_groups=None, use_fast_variance=True,
                 promote_dtype=promote_dtype, rngs):
        shape = (num_features,)
        self.scale = Param(scale_init(rngs.params(), shape, param_dtype)) if use_scale else data(None)
        self.bias = Param(bias_init(rngs.params(), shape, param_dtype)) if use_bias else data(None)
        self.num_features, self.epsilon, self.dtype, self.param_dtype = num_features, epsilon, dtype, param_dtype
        self.use_bias, self.use_scale, self.reduction_axes, self.feature_axes = use_bias, use_scale, reduction_axes, feature_axes
        self.axis_name, self.axis_index_groups, self.use_fast_variance, self.promote_dtype = axis_name, axis_index_groups, use_fast_variance, promote_dtype

    def __call__(self, x, *, mask=None):
        axes = self.reduction_axes
        mean = jnp.mean(x, axes, keepdims=True, where=mask)
        if self.use_fast_variance:
            var = jnp.maximum(0.0, jnp.mean(jnp.square(x), axes, keepdims=True, where=mask) - jnp.square(mean))
        else:
            var = jnp.mean(jnp.square(x - mean), axes, keepdims=True, where=mask)
        shape = [1] * x.ndim
        for axis in self.feature_axes if isinstance(self.feature_axes, (tuple, list)) else (self.feature_axes,):
            shape[axis] = x.shape[axis]
        y = x - mean
        mul = jax.lax.rsqrt(var + self.epsilon)
        if self.scale is not None:
            mul = mul * jnp.reshape(self.scale.value, shape)
        y = y * mul
        return y if self.bias is None else y + jnp.reshape(self.bias.value, shape)


class BatchNorm(Module):
    def __init__(self, num_features, *, use_running_average=False, axis=-1, momentum=0.99, epsilon=1e-5, dtype=None, param_dtype=jnp.float32, use_bias=True,
                 use_scale=True, bias_init=initializers.zeros, scale_init=initializers.ones, axis_name=None, axis_index_groups=None, use_fast_variance=True,
                 promote_dtype=promote_dtype, rngs):
        shape = (num_features,)
        self.mean, self.var = BatchStat(jnp.zeros(shape)), BatchStat(jnp.ones(shape))
        self.scale = Param(scale_init(rngs.params(), shape, param_dtype)) if use_scale else data(None)
        self.bias = Param(bias_init(rngs.params(), shape, param_dtype)) if use_bias else data(None)
        self.num_features, self.use_running_average, self.axis, self.momentum, self.epsilon = num_features, use_running_average, axis, momentum, epsilon
        self.dtype, self.param_dtype, self.use_bias, self.use_scale = dtype, param_dtype, use_bias, use_scale
        self.axis_name, self.axis_index_groups, self.use_fast_variance, self.promote_dtype = axis_name, axis_index_groups, use_fast_variance, promote_dtype

    def __call__(self, x, use_running_average=None, *, mask=None):
        known = self.use_running_average if use_running_average is None else use_running_average
        if known is None:
            raise ValueError("No `use_running_average` argument was provided to BatchNorm. Consider one of the following options:")
        feature = self.axis % x.ndim
        axes = tuple(i for i in range(x.ndim) if i != feature)
        mean, var = self.mean.value, self.var.value
        if not known:
            mean = jnp.mean(x, axes, where=mask)
            if self.use_fast_variance:
                var = jnp.maximum(0.0, jnp.mean(jnp.square(x), axes, where=mask) - jnp.square(mean))
            else:
                var = jnp.mean(jnp.square(x - jnp.expand_dims(mean, axes)), axes, where=mask)
            self.mean.value = self.momentum * self.mean.value + (1 - self.momentum) * mean
            self.var.value = self.momentum * self.var.value + (1 - self.momentum) * var
        shape = [1] * x.ndim
        shape[feature] = x.shape[feature]
        y = x - jnp.reshape(mean, shape)
        mul = jax.lax.rsqrt(jnp.reshape(var, shape) + self.epsilon)
        if self.scale is not None:
            mul = mul * jnp.reshape(self.scale.value, shape)
        y = y * mul
        return y if self.bias is None else y + jnp.reshape(self.bias.value, shape)


class Embed(Module):
    def __init__(self, num_embeddings, features, *, dtype=None, param_dtype=jnp.float32, embedding_init=None, promote_dtype=promote_dtype, rngs):
        init = initializers.variance_scaling(1.0, "fan_in", "normal", out_axis=0) if embedding_init is None else embedding_init
        self.embedding = Param(init(rngs.params(), (num_embeddings, features), param_dtype))
        self.num_embeddings, self.features = num_embeddings, features
        self.dtype, self.param_dtype, self.promote_dtype = dtype or self.embedding.dtype, param_dtype, promote_dtype

    def __call__(self, inputs):
        if not jnp.issubdtype(inputs.dtype, jnp.integer):
            raise ValueError("Input type must be an integer or unsigned integer.")
        if self.num_embeddings == 1:
            return jnp.broadcast_to(self.embedding.value, inputs.shape + (self.features,))
        return jnp.take(self.embedding.value, inputs, axis=0)

    def attend(self, query):
        return jnp.dot(query, self.embedding.value.T)


# filters


class OfType:
    def __init__(self, kind):
        self.kind = kind

    def __call__(self, path, x):
        return isinstance(x, self.kind)

    def __repr__(self):
        return f"OfType({self.kind!r})"


class WithTag:
    def __init__(self, tag):
        self.tag = tag

    def __call__(self, path, x):
        return isinstance(x, Variable) and x.get_metadata("tag") == self.tag

    def __repr__(self):
        return f"WithTag({self.tag!r})"


class PathContains:
    def __init__(self, key, exact=True):
        self.key, self.exact = key, exact

    def __call__(self, path, x):
        return self.key in path if self.exact else _b.any(self.key in str(p) for p in path)

    def __repr__(self):
        return f"PathContains({self.key!r}, exact={self.exact})"


class PathIn:
    def __init__(self, *paths):
        self.paths = paths

    def __call__(self, path, x):
        return path in self.paths


class All:
    def __init__(self, *filters):
        self.predicates = tuple(to_predicate(f) for f in filters)

    def __call__(self, path, x):
        return _b.all(p(path, x) for p in self.predicates)

    def __repr__(self):
        return f"All({', '.join(map(repr, self.predicates))})"


class Any:
    def __init__(self, *filters):
        self.predicates = tuple(to_predicate(f) for f in filters)

    def __call__(self, path, x):
        return _b.any(p(path, x) for p in self.predicates)

    def __repr__(self):
        return f"Any({', '.join(map(repr, self.predicates))})"


class Not:
    def __init__(self, filter):
        self.predicate = to_predicate(filter)

    def __call__(self, path, x):
        return not self.predicate(path, x)

    def __repr__(self):
        return f"Not({self.predicate!r})"


class Everything:
    def __call__(self, path, x):
        return True

    def __repr__(self):
        return "Everything()"


class Nothing:
    def __call__(self, path, x):
        return False

    def __repr__(self):
        return "Nothing()"


def to_predicate(filter):
    if isinstance(filter, str):
        return WithTag(filter)
    if isinstance(filter, type):
        return OfType(filter)
    if filter is True or filter is Ellipsis:
        return Everything()
    if filter is False or filter is None:
        return Nothing()
    if callable(filter):
        return filter
    if isinstance(filter, (list, tuple)):
        return Any(*filter)
    raise TypeError(f"Invalid collection filter: {filter!r}. ")


filterlib = type("filterlib", (), {"All": All, "Any": Any, "Not": Not, "to_predicate": staticmethod(to_predicate)})


def _divide(pairs, filters, exhaustive=True):
    predicates = [to_predicate(f) for f in filters]
    parts, rest = [[] for _ in filters], []
    for path, x in pairs:
        for part, predicate in zip(parts, predicates):
            if predicate(path, x):
                part.append((path, x))
                break
        else:
            rest.append((path, x))
    if exhaustive and rest:
        raise ValueError(f"Non-exhaustive filters, got a non-empty remainder: {FlatState(rest)}.\nUse `...` to match all remaining elements.")
    return [_nested(part) for part in parts]


# split and merge


class GraphDef:
    """The structure of a node without its values; its text is written when it is asked for."""

    def __init__(self, template, leaves):
        self._template, self._leaves, self._written = template, leaves, None

    @property
    def _text(self):
        if self._written is None:
            self._written = _graph_text(self._template, self._leaves)
        return self._written

    def __repr__(self):
        return self._text

    def __eq__(self, other):
        return isinstance(other, GraphDef) and self._text == other._text

    def __hash__(self):
        return hash(self._text)


GraphDef.__module__ = "flax.nnx.graphlib"
_core.tree_register(GraphDef, lambda g: ((), g), lambda g, children: g)


def _copy_graph(value, seen, leaf, order=sorted):
    """A copy of the graph whose variables `leaf` makes, with the attributes of modules in this order."""
    if id(value) in seen:
        return seen[id(value)]
    if isinstance(value, Variable):
        made = leaf(value)
    elif isinstance(value, List):
        made = List()
        seen[id(value)] = made
        made._items.extend(_copy_graph(x, seen, leaf, order) for x in value._items)
    elif isinstance(value, Dict):
        made = Dict({key: _copy_graph(x, seen, leaf, order) for key, x in value._mapping.items()})
    elif isinstance(value, Module):
        made = object.__new__(type(value))
        object.__setattr__(made, "_nodes", dict(_nodes_of(value)))
        seen[id(value)] = made
        for name in order(value.__dict__):
            object.__setattr__(made, name, _copy_graph(value.__dict__[name], seen, leaf, order))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        made = type(value)(*(_copy_graph(x, seen, leaf, order) for x in value))
    elif isinstance(value, (tuple, list)) and _is_data(value):
        made = type(value)(_copy_graph(x, seen, leaf, order) for x in value)
    elif isinstance(value, State):
        made = State({key: _copy_graph(dict.__getitem__(value, key), seen, leaf, order) for key in value})
    elif isinstance(value, dict) and _is_data(value):
        made = {key: _copy_graph(x, seen, leaf, order) for key, x in value.items()}
    else:
        return value
    seen[id(value)] = made
    return made


def _definition(name, fields):
    return _object(name, "", "()", [f"{key}={value}" for key, value in fields])


def _graph_text(node, leaves):
    nodes, attributes, numbers = [], [], {}

    def attribute(key, child, is_data):
        if isinstance(child, Module) or child is None and is_data or isinstance(child, Variable) or (isinstance(child, (tuple, list, dict)) and is_data):
            shown = "NodeAttr()"
        elif isinstance(child, jnp.ndarray):
            shown = "LeafAttr()"
        else:
            shown = f"Static(value={child!r})"
        attributes.append(f"({key!r}, {shown})")

    def visit(value):
        if value is None:
            nodes.append(_definition("NodeDef", [("type", "'NoneType'"), ("index", None), ("outer_index", None), ("num_attributes", 0), ("metadata", None)]))
            return
        if isinstance(value, (Variable, Module)):
            if id(value) in numbers:
                nodes.append(_definition("NodeRef", [("index", numbers[id(value)])]))
                return
            numbers[id(value)] = len(numbers)
        if isinstance(value, Variable):
            metadata = _whole_metadata(value)
            text = _object("PrettyMapping", "", ("({", "})"), [f"{key!r}: {x!r}" for key, x in metadata.items()])
            nodes.append(_definition("VariableDef", [("type", repr(type(value).__name__)), ("index", numbers[id(value)]), ("outer_index", None), ("metadata", text)]))
            return
        if isinstance(value, Module):
            name = type(value).__name__
            own = dict(value._attributes())
            if isinstance(value, (List, Dict)):
                nodes_of = {**{str(k): _is_data(x) or x is None for k, x in own.items()}, "_pytree__nodes": False}
            else:
                nodes_of = _nodes_of(value)
            flags = {"_pytree__state": True, **nodes_of}
            entries = sorted([*((k, x, _is_data(x) or x is None and nodes_of.get(str(k), False)) for k, x in own.items()), ("_pytree__nodes", flags, False), ("_pytree__state", _Hidden, True)],
                             key=lambda entry: (isinstance(entry[0], str), entry[0]))
            nodes.append(_definition("NodeDef", [("type", repr(name)), ("index", numbers[id(value)]), ("outer_index", None), ("num_attributes", len(entries)), ("metadata", name)]))
            for key, child, is_data in entries:
                if child is _Hidden:
                    attributes.append("('_pytree__state', NodeAttr())")
                    nodes.append(_definition("NodeDef", [("type", "'GenericPytree'"), ("index", None), ("outer_index", None), ("num_attributes", 0),
                                                         ("metadata", "({}, PyTreeDef(CustomNode(PytreeState[(False, False)], [])))")]))
                    continue
                attribute(key, child, is_data)
                if isinstance(child, (Variable, Module)) or child is None and is_data or (isinstance(child, (tuple, list, dict)) and is_data):
                    visit(child)
            return
        if isinstance(value, (tuple, list, dict)):
            entries = _entries(value)
            nodes.append(_definition("NodeDef", [("type", repr(type(value).__name__)), ("index", None), ("outer_index", None), ("num_attributes", len(entries)), ("metadata", None)]))
            for key, child in entries:
                attribute(key, child, True)
                visit(child)

    visit(node)
    return f"GraphDef(nodes=[{', '.join(nodes)}], attributes=[{', '.join(attributes)}], num_leaves={leaves})"


def split(node, *filters):
    pairs = list(_walk(node))
    template = _copy_graph(node, {}, lambda v: type(v)(None, **v._metadata), list)
    graphdef = GraphDef(template, len(pairs))
    if not filters:
        return graphdef, _nested(pairs)
    return (graphdef, *_divide(pairs, filters))


def merge(graphdef, state, *states):
    if not isinstance(graphdef, GraphDef):
        raise TypeError(f"Expected a GraphDef or GraphState object, got: {graphdef}")
    given = _b.sum(len(_flat(s)) for s in (state, *states))
    if given != graphdef._leaves:
        raise ValueError(f"Incorrect number of leaves, expected {graphdef._leaves} leaves, but got {given}.")
    pairs = [pair for s in (state, *states) for pair in _flat(s)]
    known = dict(pairs)
    places = {id(v): known.get(path) for path, v in _variables(graphdef._template)}

    def leaf(v):
        # the module and the state share their variables
        new = places.get(id(v))
        return new if isinstance(new, Variable) else type(v)(new, **v._metadata)

    node = _copy_graph(graphdef._template, {}, leaf)
    _put(node, _nested([(path, x) for path, x in pairs if not isinstance(x, Variable)]))
    return node


def _put(node, state):
    for path, new in _flat(state):
        here = node
        for key in path[:-1]:
            here = _child(here, key)
        target = _child(here, path[-1])
        value = new.value if isinstance(new, Variable) else new
        if isinstance(target, Variable):
            target.value = value
        elif isinstance(here, Module):
            object.__setattr__(here, path[-1], value)


def _child(node, key):
    if isinstance(node, (List, Dict)):
        return node[key]
    if isinstance(node, Module):
        return node.__dict__.get(key)
    if isinstance(node, tuple) and hasattr(node, "_fields"):
        return getattr(node, key)
    if isinstance(node, dict):
        return dict.__getitem__(node, key)
    return node[key]


def state(node, *filters):
    pairs = list(_walk(node))
    if not filters:
        return _nested(pairs)
    parts = _divide(pairs, filters, exhaustive=False)
    return parts[0] if len(parts) == 1 else tuple(parts)


def filter_state(state, *filters):
    parts = _divide(_flat(state), filters, exhaustive=False)
    return parts[0] if len(parts) == 1 else tuple(parts)


split_state = filter_state


def variables(node, *filters):
    return state(node, *filters)


def graphdef(node):
    return split(node)[0]


def update(node, state, *states):
    for s in (state, *states):
        _put(node, s if isinstance(s, State) else _nested(_flat(s)))


def clone(node, variables=True):
    return _copy_graph(node, {}, lambda v: v.copy())


def pop(node, *filters):
    raise AttributeError("module 'flax.nnx' of this Python has no 'pop'")


def display(*args):
    for x in args:
        print(x)


# transformations


def jit(fun=None, *, static_argnums=None, static_argnames=None, donate_argnums=None, donate_argnames=None, **ignored):
    if fun is None:
        return _partial(jit, static_argnums=static_argnums, static_argnames=static_argnames)

    def pure(*args, **kwargs):
        out = fun(*args, **kwargs)
        return out, [v.value for _, v in _walk_all(args, kwargs)]

    pure.__name__ = getattr(fun, "__name__", "fun")
    pure.__wrapped__ = fun
    compiled = _api.jit(pure, static_argnums=static_argnums, static_argnames=static_argnames)

    @_wraps(fun)
    def call(*args, **kwargs):
        if _core.is_tracing():
            return fun(*args, **kwargs)
        out, values = compiled(*args, **kwargs)
        for (_, variable), value in zip(_walk_all(args, kwargs), values):
            variable.value = value
        _rebuild(args, kwargs)
        return out

    return call


def _rebuild(args, kwargs, seen=None):
    """NNX's transformations write what they return into the modules that they were given, attributes in the order of their names."""
    seen = set() if seen is None else seen
    for value in (*args, *kwargs.values()):
        entries = _entries(value)
        if entries is None or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Module) and not isinstance(value, State):
            attributes = sorted(vars(value).items())
            vars(value).clear()
            vars(value).update(attributes)
        _rebuild([child for _, child in entries], {}, seen)


def _walk_all(args, kwargs):
    seen = set()
    out = []
    for i, arg in enumerate(args):
        out.extend((path, v) for path, v in _walk(arg, (i,), seen) if isinstance(v, Variable) and not isinstance(arg, State))
    for key in sorted(kwargs):
        out.extend((path, v) for path, v in _walk(kwargs[key], (key,), seen) if isinstance(v, Variable))
    return out


class DiffState:
    def __init__(self, argnum, filter):
        self.argnum, self.filter = argnum, filter

    def __repr__(self):
        return f"DiffState(argnum={self.argnum!r}, filter={self.filter!r})"


def _check_arguments(f, args, kwargs):
    """Refuses a call that lacks an argument, in the words of `inspect.signature(f).bind`."""
    code = getattr(f, "__code__", None)
    if code is None:
        return
    names = code.co_varnames[: code.co_argcount]
    needed = names[: len(names) - len(f.__defaults__ or ())]
    for missing in needed[len(args):]:
        if missing not in kwargs:
            raise TypeError(f"missing a required argument: '{missing}'")


def _differentiate(f, argnums, has_aux, args, kwargs, name):
    _check_arguments(f, args, kwargs)
    single = not isinstance(argnums, (tuple, list))
    wanted = [argnums] if single else list(argnums)
    plan, diffs, all_variables = [], [], _walk_all(args, kwargs)
    for item in wanted:
        number, filter = (item.argnum, item.filter) if isinstance(item, DiffState) else (item, Param)
        arg = args[number]
        if isinstance(arg, (Module, Variable)) or _variables(arg):
            predicate = to_predicate(filter)
            found = [(path, v) for path, v in _variables(arg) if predicate(path, v)]
            plan.append((number, "node", found))
            diffs.extend(v.value for _, v in found)
        else:
            leaves, treedef = _core.tree_flatten(arg)
            plan.append((number, "tree", treedef))
            diffs.extend(leaves)
    for leaf in diffs:
        _api._check_input(leaf, "grad")
    chosen = {id(v) for _, kind, found in plan if kind == "node" for _, v in found}
    others = [v for _, v in all_variables if id(v) not in chosen]
    touched = {id(v): v for v in (*(v for _, v in all_variables), *(v for _, kind, found in plan if kind == "node" for _, v in found))}
    before = [(v, v.value) for v in touched.values()]
    outside = {}

    def flat(given):
        rest = iter(given)
        arguments = list(args)
        try:
            for number, kind, found in plan:
                if kind == "node":
                    for _, v in found:
                        v.value = next(rest)
                else:
                    arguments[number] = found.unflatten([next(rest) for _ in range(found.num_leaves)])
            result = f(*arguments, **kwargs)
            aux = None
            if has_aux:
                result, aux = result
            if not _core.is_array(result):
                raise TypeError(f"Gradient only defined for scalar-output functions. Output was {result}.")
            value = _core.asarray(result)
            if value.shape != ():
                raise TypeError(f"Gradient only defined for scalar-output functions. Output had shape: {value.shape}.")
            every, outside["aux"] = _core.tree_flatten(aux)
            outside["fixed"] = [None if isinstance(part, jnp.ndarray) else part for part in every]
            parts = [part for part in every if isinstance(part, jnp.ndarray)]
            changed = [(v, v.value) for v, (w, old) in ((v, next(p for p in before if p[0] is v)) for v in others) if v.value is not old]
            outside["changed"] = [v for v, _ in changed]
            return [value, *parts, *(new for _, new in changed)]
        finally:
            for v, old in before:
                v.value = old

    values, gradients = _core.value_and_grad(flat, diffs)
    count = _b.sum(1 for part in outside["fixed"] if part is None)
    found_aux = iter(values[1:1 + count])
    aux = outside["aux"].unflatten([next(found_aux) if part is None else part for part in outside["fixed"]])
    for v, new in zip(outside["changed"], values[1 + count:]):
        v.value = new
    _rebuild(args, kwargs)
    rest = iter(gradients)
    out = []
    for number, kind, found in plan:
        if kind == "node":
            out.append(_nested([(path, type(v)(next(rest), **v._metadata)) for path, v in found]))
        else:
            out.append(found.unflatten([next(rest) for _ in range(found.num_leaves)]))
    return values[0], aux, out[0] if single else tuple(out)


def value_and_grad(f=None, *, argnums=0, has_aux=False, **ignored):
    if f is None:
        return _partial(value_and_grad, argnums=argnums, has_aux=has_aux)

    @_wraps(f)
    def call(*args, **kwargs):
        value, aux, gradients = _differentiate(f, argnums, has_aux, args, kwargs, "value_and_grad")
        return ((value, aux) if has_aux else value), gradients

    return call


def grad(f=None, *, argnums=0, has_aux=False, **ignored):
    if f is None:
        return _partial(grad, argnums=argnums, has_aux=has_aux)

    @_wraps(f)
    def call(*args, **kwargs):
        value, aux, gradients = _differentiate(f, argnums, has_aux, args, kwargs, "grad")
        return (gradients, aux) if has_aux else gradients

    return call


def vmap(f=None, *, in_axes=0, out_axes=0, **ignored):
    if f is None:
        return _partial(vmap, in_axes=in_axes, out_axes=out_axes)
    mapped = jax.vmap(f, in_axes=in_axes, out_axes=out_axes)

    @_wraps(f)
    def call(*args, **kwargs):
        out = mapped(*args, **kwargs)
        _rebuild(args, kwargs)
        return out

    return call


def remat(f, **ignored):
    return f


checkpoint = remat
scan = cond = while_loop = fori_loop = None
cond, while_loop, fori_loop, switch = jax.lax.cond, jax.lax.while_loop, jax.lax.fori_loop, jax.lax.switch


# optimizers


def _wrap(tree, inside=False):
    if isinstance(tree, dict):
        return State({key: _wrap(value, True) for key, value in tree.items()})
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*(_wrap(x, inside) for x in tree))
    if isinstance(tree, (tuple, list)):
        return type(tree)(_wrap(x, inside) for x in tree)
    if isinstance(tree, jnp.ndarray):
        return (OptVariable if inside else OptArray)(tree)
    return tree


def _unwrap(tree):
    if isinstance(tree, Variable):
        return tree.value
    if isinstance(tree, dict):
        return {key: _unwrap(value) for key, value in tree.items()}
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*(_unwrap(x) for x in tree))
    if isinstance(tree, (tuple, list)):
        return type(tree)(_unwrap(x) for x in tree)
    return tree


def _refill(old, new):
    if isinstance(old, Variable):
        old.value = new
    elif isinstance(old, dict):
        for key in old:
            _refill(old[key], new[key])
    elif isinstance(old, (tuple, list)):
        for a, b in zip(old, new):
            _refill(a, b)


class Optimizer(Module):
    def __init__(self, model, tx, *others, wrt=None, graph=None):
        if wrt is None or others:
            raise TypeError("Missing required argument `wrt`. As of Flax 0.11.0 the `wrt` argument is required, if you want to keep the previous use nnx.ModelAndOptimizer instead of nnx.Optimizer.")
        self.graph = graph
        self.step = OptState(jnp.array(0, "uint32"))
        self.tx = tx
        self.opt_state = data(_wrap(tx.init(to_pure_dict(state(model, wrt)))))
        self.wrt = wrt

    def __getattr__(self, name):
        if name == "model":
            raise AttributeError("Optimizer does not have attribute 'model' since Flax 0.11.0. To keep the previous behavior, use nnx.ModelAndOptimizer instead of nnx.Optimizer.")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def update(self, model, grads=None, /, **kwargs):
        if grads is None:
            raise TypeError("Missing required argument `grads`. As of Flax 0.11.0 update requires both (model, grads) arguments to be passed. If you want to keep the previous use nnx.ModelAndOptimizer instead of nnx.Optimizer.")
        if not isinstance(model, (Module, Variable)) and not isinstance(model, State):
            raise TypeError(f"Expected a module, got {type(model)}")
        params = state(model, self.wrt)
        pure = to_pure_dict(params)
        gradients = to_pure_dict(grads if isinstance(grads, (dict, State)) else state(grads))
        if kwargs:
            updates, new = self.tx.update(gradients, _unwrap(self.opt_state), pure, **kwargs)
        else:
            updates, new = self.tx.update(gradients, _unwrap(self.opt_state), pure)
        import optax

        new_params = optax.apply_updates(pure, updates)
        for path, v in _flat(params):
            value = new_params
            for key in path:
                value = value[key]
            v.value = value
        update(model, params)
        self.step.value = self.step.value + jnp.array(1, "uint32")
        _refill(self.opt_state, new)


class ModelAndOptimizer(Optimizer):
    def __init__(self, model, tx, *, wrt=Param):
        super().__init__(model, tx, wrt=wrt)
        self.model = model

    def update(self, grads, /, **kwargs):
        super().update(self.model, grads, **kwargs)


class Metric(Module):
    pass


for _where, _classes in {
    "module": (Module,), "helpers": (List, Dict, Sequential), "rnglib": (Rngs, RngStream), "nn.linear": (Linear, Embed), "nn.stochastic": (Dropout,),
    "nn.normalization": (LayerNorm,), "training.optimizer": (Optimizer, ModelAndOptimizer),
}.items():
    for _class in _classes:
        _class.__module__ = f"flax.nnx.{_where}"


from _missing import teller as _teller  # noqa: E402

del pop, scan
__getattr__ = _teller("flax.nnx")

"""`jax.tree_util`: pytrees."""
import _core
from _core import PyTreeDef


def tree_flatten(tree, is_leaf=None):
    return _core.tree_flatten(tree, is_leaf)


def tree_leaves(tree, is_leaf=None):
    return _core.tree_flatten(tree, is_leaf)[0]


def tree_structure(tree, is_leaf=None):
    return _core.tree_flatten(tree, is_leaf)[1]


def tree_unflatten(treedef, leaves):
    return treedef.unflatten(leaves)


def flatten_up_to(treedef, tree):
    """The parts of `tree` that stand where `treedef` has leaves."""
    kind, keys, children, aux = treedef.level()
    if kind == "leaf":
        return [tree]
    if kind == "none":
        if tree is not None:
            raise ValueError(f"Expected None, got {tree}.")
        return []
    mine = _children(tree)
    if mine is None or mine[0] != kind or len(mine[1]) != len(children):
        if mine is not None and mine[0] == kind and kind != "dict":
            raise ValueError(f"pytree structure error: different lengths of {kind} at key path\n    tree_map tree")
        if kind == "dict" and isinstance(tree, dict):
            raise ValueError("pytree structure error: different numbers of pytree children at key path\n    tree_map tree")
        raise ValueError("pytree structure error: different types at key path\n    tree_map tree")
    if kind == "dict" and mine[2] != keys:
        raise ValueError("pytree structure error: different pytree metadata at key path\n    tree_map tree")
    out = []
    for child, part in zip(children, mine[1]):
        out.extend(flatten_up_to(child, part))
    return out


def _children(tree):
    """Kind, children and keys of a tree, one level deep."""
    first = [True]

    def below(_):
        if first:
            first.clear()
            return False
        return True

    parts, treedef = _core.tree_flatten(tree, below)
    kind, keys, children, aux = treedef.level()
    if kind in ("leaf", "none"):
        return (kind, [], None)
    every, position = [], 0
    for child in children:
        every.append(None if child.num_leaves == 0 else parts[position])
        position += child.num_leaves
    return (kind, every, keys)


def tree_map(f, tree, *rest, is_leaf=None):
    leaves, treedef = _core.tree_flatten(tree, is_leaf)
    others = [flatten_up_to(treedef, other) for other in rest]
    return treedef.unflatten([f(*parts) for parts in zip(leaves, *others)])


def tree_reduce(function, tree, *initializer, is_leaf=None):
    from _functools import reduce

    return reduce(function, tree_leaves(tree, is_leaf), *initializer)


def tree_all(tree, is_leaf=None):
    return all(tree_leaves(tree, is_leaf))


def tree_transpose(outer_treedef, inner_treedef, pytree):
    flat = [tree_leaves(part) for part in flatten_up_to(outer_treedef, pytree)]
    return inner_treedef.unflatten([outer_treedef.unflatten(list(column)) for column in zip(*flat)])


class DictKey:
    def __init__(self, key):
        self.key = key

    def __str__(self):
        return f"[{self.key!r}]"

    def __repr__(self):
        return f"DictKey(key={self.key!r})"

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(str(self))


class SequenceKey(DictKey):
    def __init__(self, idx):
        self.idx = idx

    def __str__(self):
        return f"[{self.idx}]"

    def __repr__(self):
        return f"SequenceKey(idx={self.idx})"


class GetAttrKey(DictKey):
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return f".{self.name}"

    def __repr__(self):
        return f"GetAttrKey(name={self.name!r})"


class FlattenedIndexKey(DictKey):
    def __init__(self, key):
        self.key = key

    def __str__(self):
        return f"[<flat index {self.key}>]"

    def __repr__(self):
        return f"FlattenedIndexKey(key={self.key})"


_keys_of = {}


def _paths(treedef):
    kind, keys, children, aux = treedef.level()
    if kind == "leaf":
        return [()]
    if kind == "dict":
        steps = [DictKey(key) for key in keys]
    elif kind in ("tuple", "list"):
        steps = [SequenceKey(i) for i in range(len(children))]
    elif kind == "namedtuple":
        steps = [GetAttrKey(name) for name in keys._fields]
    elif keys in _keys_of:
        steps = _keys_of[keys](aux)
    else:
        steps = [FlattenedIndexKey(i) for i in range(len(children))]
    return [(step,) + path for step, child in zip(steps, children) for path in _paths(child)]


def tree_flatten_with_path(tree, is_leaf=None):
    leaves, treedef = _core.tree_flatten(tree, is_leaf)
    return list(zip(_paths(treedef), leaves)), treedef


def tree_leaves_with_path(tree, is_leaf=None):
    return tree_flatten_with_path(tree, is_leaf)[0]


def tree_map_with_path(f, tree, *rest, is_leaf=None):
    pairs, treedef = tree_flatten_with_path(tree, is_leaf)
    others = [flatten_up_to(treedef, other) for other in rest]
    return treedef.unflatten([f(path, leaf, *parts) for (path, leaf), *parts in zip(pairs, *others)])


def keystr(keys, *, simple=False, separator=""):
    if simple:
        names = [str(getattr(key, "key", getattr(key, "idx", getattr(key, "name", key)))) for key in keys]
        return separator.join(names)
    return separator.join(str(key) for key in keys)


def register_pytree_node(nodetype, flatten_func, unflatten_func, flatten_with_keys_func=None):
    _core.tree_register(nodetype, lambda x: tuple(flatten_func(x)), unflatten_func)


def register_pytree_node_class(cls):
    register_pytree_node(cls, lambda x: x.tree_flatten(), cls.tree_unflatten)
    return cls


def register_pytree_with_keys(nodetype, flatten_with_keys, unflatten_func, flatten_func=None):
    def flatten(x):
        children, aux = flatten_with_keys(x)
        return [child for _, child in children], aux

    register_pytree_node(nodetype, flatten_func or flatten, unflatten_func)


def register_dataclass(nodetype, data_fields=None, meta_fields=None, drop_fields=()):
    if data_fields is None:
        import dataclasses

        fields = dataclasses.fields(nodetype)
        meta_fields = [field.name for field in fields if field.metadata.get("static")]
        data_fields = [field.name for field in fields if not field.metadata.get("static")]
    data, meta = tuple(data_fields), tuple(meta_fields)

    def flatten(x):
        return [getattr(x, name) for name in data], tuple(getattr(x, name) for name in meta)

    def unflatten(aux, children):
        made = object.__new__(nodetype)
        for name, value in [*zip(meta, aux), *zip(data, children)]:
            object.__setattr__(made, name, value)
        return made

    _keys_of[nodetype] = lambda aux: [GetAttrKey(name) for name in data]
    _core.tree_register(nodetype, flatten, unflatten)
    return nodetype


class Partial:
    def __init__(self, func, *args, **kwargs):
        self.func, self.args, self.keywords = func, args, kwargs

    def __call__(self, *args, **kwargs):
        return self.func(*self.args, *args, **{**self.keywords, **kwargs})


_core.tree_register(
    Partial,
    lambda p: ((p.args, p.keywords), p.func),
    lambda func, children: Partial(func, *children[0], **children[1]),
)

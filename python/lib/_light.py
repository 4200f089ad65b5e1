"""What this library needs of `functools` and `collections`, without what these import: a program that needs neither starts sooner."""
from _functools import partial  # noqa: F401
from _operator import itemgetter


def wraps(wrapped):
    """`functools.wraps`."""

    def decorate(wrapper):
        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            if hasattr(wrapped, name):
                setattr(wrapper, name, getattr(wrapped, name))
        wrapper.__dict__.update(getattr(wrapped, "__dict__", {}))
        wrapper.__wrapped__ = wrapped
        return wrapper

    return decorate


def namedtuple(name, fields="", module="collections"):
    """`collections.namedtuple`, which compiles each class from a text."""
    names = tuple(fields.split())
    count = len(names)
    new = tuple.__new__

    def __new__(cls, *args, **kwargs):
        if len(args) == count and not kwargs:
            return new(cls, args)
        if len(args) + len(kwargs) == count and all(field in kwargs for field in names[len(args):]):
            return new(cls, [*args, *(kwargs[field] for field in names[len(args):])])
        from collections import namedtuple as full

        # which says what is wrong
        return full(name, fields)(*args, **kwargs)

    def _make(cls, iterable):
        items = tuple(iterable)
        if len(items) != count:
            raise TypeError(f"Expected {count} arguments, got {len(items)}")
        return new(cls, items)

    def _replace(self, /, **kwargs):
        items = [kwargs.pop(field, value) for field, value in zip(names, self)]
        if kwargs:
            raise ValueError(f"Got unexpected field names: {list(kwargs)!r}")
        return new(type(self), items)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{field}={value!r}' for field, value in zip(names, self))})"

    def _asdict(self):
        return dict(zip(names, self))

    def __getnewargs__(self):
        return tuple(self)

    methods = {f.__name__: f for f in (__new__, _replace, __repr__, _asdict, __getnewargs__)}
    for f in methods.values():
        f.__qualname__ = f"{name}.{f.__name__}"
    contents = {field: property(itemgetter(i)) for i, field in enumerate(names)}
    contents |= methods
    contents |= {"__slots__": (), "_fields": names, "_field_defaults": {}, "__match_args__": names, "_make": classmethod(_make), "__module__": module,
                 "__doc__": f"{name}({', '.join(names)})"}
    return type(name, (tuple,), contents)

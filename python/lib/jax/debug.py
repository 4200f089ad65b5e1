"""`jax.debug`."""
import _core


def print(fmt, *args, ordered=False, **kwargs):
    import builtins

    if not isinstance(fmt, str):
        raise TypeError(f"expected str, got {type(fmt).__name__}")
    leaves, treedef = _core.tree_flatten((args, kwargs))
    arrays = [leaf for leaf in leaves if _core.is_array(leaf)]

    def show(values):
        rest = iter(values)
        args, kwargs = treedef.unflatten([next(rest) if _core.is_array(leaf) else leaf for leaf in leaves])
        builtins.print(fmt.format(*args, **kwargs))

    _core.effect(show, arrays)


def callback(function, *args, ordered=False, **kwargs):
    leaves, treedef = _core.tree_flatten((args, kwargs))

    def call(values):
        args, kwargs = treedef.unflatten(values)
        function(*args, **kwargs)

    _core.effect(call, leaves)


def breakpoint(*args, **kwargs):
    raise NotImplementedError("this Python has no debugger")

"""What a module says of a name that it does not have."""
import _known


def teller(module):
    """A module's `__getattr__`: a name that the real module has, too, is told from one that it has not."""

    def __getattr__(name):
        if not name.startswith("_") and name in _known.names.get(module, "").split():
            raise AttributeError(f"module '{module}' of this Python has no '{name}'")
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return __getattr__

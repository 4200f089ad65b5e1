"""`jax.typing`."""


def __getattr__(name):
    if name in ("ArrayLike", "DTypeLike"):
        # imported by the programs that need it, which are few
        from typing import Any

        return Any
    raise AttributeError(f"module 'jax.typing' has no attribute '{name}'")

"""`jax`, on the engine of this project."""
import _core
from _core import ArrayImpl as Array
from jax import errors
from jax import tree_util, tree
from jax._api import (
    Device, ShapeDtypeStruct, block_until_ready, checkpoint, clear_caches, custom_jvp, custom_vjp, default_backend, device_count, device_get, device_put,
    devices, effects_barrier, eval_shape, grad, hessian, jacfwd, jacobian, jacrev, jit, jvp, linearize, local_device_count, local_devices, make_jaxpr,
    named_call, pure_callback, remat, value_and_grad, vjp, vmap,
)
from jax import numpy
from jax import lax, random

__version__ = "0.10.2"


class _Config:
    jax_enable_x64 = False
    jax_debug_nans = False
    jax_disable_jit = False
    jax_platforms = None
    jax_default_matmul_precision = None
    jax_log_compiles = False
    jax_traceback_filtering = "auto"
    jax_numpy_rank_promotion = "allow"
    jax_platform_name = ""

    def update(self, name, value):
        if name == "jax_enable_x64" and value:
            raise NotImplementedError("this JAX has no 64-bit arrays: it computes in float32, int32, uint32 and bool")
        if not hasattr(type(self), name):
            raise AttributeError(f"Unrecognized config option: {name}")
        setattr(self, name, value)

    def read(self, name):
        return getattr(self, name, None)


config = _Config()


def typeof(x):
    return numpy._aval(_core.asarray(x))


class _Scope:
    def __init__(self, *args):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False

    def __call__(self, f):
        return f


named_scope = disable_jit = ensure_compile_time_eval = default_matmul_precision = debug_nans = checking_leaks = _Scope

from _missing import teller as _teller  # noqa: E402

_tell = _teller("jax")


def __getattr__(name):
    if name in ("debug", "flatten_util", "nn", "ops", "scipy", "typing"):
        # imported by the programs that need it
        return getattr(__import__(f"jax.{name}"), name)
    return _tell(name)

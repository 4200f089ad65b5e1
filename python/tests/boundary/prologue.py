import math

import jax
import jax.numpy as jnp
import jax.scipy.special
import jax.scipy.stats
import numpy as np
import optax
from flax import nnx
from jax import lax


def attempt(text, call):
    print("CALL", text)
    try:
        words = repr(call())
    except (KeyError, StopIteration, AssertionError, NotImplementedError, AttributeError):
        return
    except SystemError as error:
        print("FAULT", text, repr(error))
    except Exception as error:
        words = str(error)
        if not words or "panick" in words or "RustPython" in words or "rust" in words.lower().split():
            print("FAULT", text, repr(error))



"""`jax.typing`."""
from typing import Any as ArrayLike, Any as DTypeLike

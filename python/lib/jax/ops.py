"""`jax.ops`: sums and the like over segments."""
import jax.numpy as jnp


def _segment(name, start):
    def f(data, segment_ids, num_segments=None, indices_are_sorted=False, unique_indices=False, bucket_size=None, mode=None):
        data, ids = jnp.asarray(data), jnp.asarray(segment_ids)
        n = int(jnp.max(ids)) + 1 if num_segments is None else int(num_segments)
        out = jnp.full((n, *data.shape[1:]), start(data.dtype), data.dtype)
        return getattr(out.at[ids], name)(data)

    return f


def _least(dtype):
    return jnp.iinfo(dtype).min if jnp.issubdtype(dtype, jnp.integer) else -jnp.inf


def _greatest(dtype):
    return jnp.iinfo(dtype).max if jnp.issubdtype(dtype, jnp.integer) else jnp.inf


segment_sum = _segment("add", lambda dtype: 0)
segment_prod = _segment("multiply", lambda dtype: 1)
segment_max, segment_min = _segment("max", _least), _segment("min", _greatest)

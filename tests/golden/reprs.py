"""Arrays and numbers as real Python, NumPy and JAX print them, for tests/repr.rs. Usage: reprs.py > reprs.json

Each case: dtype, shape, elements as 32-bit words in hexadecimal, then str(x) and repr(x) of the jax.Array; for "floats": the
f64 bits and Python's repr.
"""
import json, struct, sys
import jax.numpy as jnp, numpy as np

rng = np.random.default_rng(2024)
words = lambda x: " ".join(f"{w:x}" for w in (x.astype(np.uint32) if x.dtype == bool else x.view(np.uint32)).ravel())
cases = []

def add(x):
    x = np.array(x, order="C")
    j = jnp.asarray(x)
    assert j.dtype == x.dtype
    # A long array of text is not recorded: its elements follow from their number (see `counted` below).
    cases.append([x.dtype.name, list(x.shape), words(x), str(j), repr(j)])

def counted(shape, dtype, divisor):
    """Elements are their index divided by `divisor`, so that only shape, type and divisor need be recorded."""
    n = int(np.prod(shape))
    x = (np.arange(n, dtype=np.float32) / np.float32(divisor)).astype(dtype).reshape(shape)
    j = jnp.asarray(x)
    cases.append([x.dtype.name, list(shape), f"/{divisor}", str(j), repr(j)])

f32 = lambda *xs: np.array(xs, np.float32)
specials = f32(0, -0., 1, -1, .1, 1e-4, 9.9999e-5, 1e-5, 999999, 1e6, 1000001, 16777216, 1e8, 123456.79, 1e15, 1e16, 9.999999e15, 3.4e38, 1.1754944e-38, .33333334, 2 / 3,
               1e-10, .00012345678, .0009999, np.inf, -np.inf, np.nan, 8388608.5, 2.6319637, 5.4140573, 100, 12345.678, .5, 1024.25)
for x in specials:
    add(np.float32(x))
    add(f32(x))
for i in range(200):  # short rows of unlike sizes
    n = int(rng.integers(1, 9))
    x = rng.standard_normal(n) * 10. ** rng.uniform(-3, 3) * 10. ** (rng.uniform(-1, 1, n) * rng.integers(0, 4))
    x = x.astype(np.float32)
    if i % 3 == 0: x = np.round(x, int(rng.integers(0, 6))).astype(np.float32)
    if i % 7 == 0: x[rng.integers(n)] = rng.choice(specials)
    if i % 11 == 0: x[rng.integers(n)] = [np.nan, np.inf, -np.inf][i % 3]
    add(x)
for i in range(60):  # any bits
    add(rng.integers(0, 2**32, int(rng.integers(1, 4)), dtype=np.uint32).view(np.float32))
for shape in [(2, 1), (1, 2), (2, 2), (3, 1), (1, 1), (5, 3), (2, 8), (8, 2), (2, 3, 2), (1, 1, 1), (2, 1, 2, 2), (3, 12), (20,), (33,), (2, 2, 9)]:
    add(rng.standard_normal(shape).astype(np.float32))
    add((rng.standard_normal(shape) * np.exp(rng.uniform(-6, 6, shape))).astype(np.float32))
    add(rng.integers(-50, 2000, shape).astype(np.int32))
    add(rng.integers(0, 2**32, shape, dtype=np.uint32))
    add(rng.integers(0, 2, shape).astype(bool))
for dtype in (np.float32, np.int32, np.uint32, bool):
    for shape in [(0,), (0, 3), (3, 0), (2, 0, 1)]:
        add(np.zeros(shape, dtype))
    add(np.array(1, dtype)); add(np.array(0, dtype)); add(np.ones(3, dtype)); add(np.ones((2, 30), dtype))
add(np.array([-2**31, 2**31 - 1], np.int32)); add(np.array([2**32 - 1], np.uint32)); add(np.array([True, True]))
add(f32(np.nan, np.nan)); add(f32(np.inf, -np.inf)); add(f32(np.inf, 1)); add(f32(-np.inf, .5)); add(f32(-np.inf, 1e-8)); add(f32(np.nan, 1.5e20)); add(f32(0, 0)); add(f32(0, -0.))
counted((1000,), np.float32, 7); counted((500, 2), np.int32, 1); counted((25, 40), np.uint32, 1)
for shape in [(1001,), (2000,), (40, 50), (7, 200), (6, 200), (501, 2), (2, 501), (10, 10, 11), (7, 8, 8, 8), (1001, 1), (1, 1001), (3, 7, 60), (100, 100)]:
    for divisor in (1, 7, 1024):
        counted(shape, np.float32, divisor)
    counted(shape, np.int32, 1)
floats = [0., -0., 1., -1., .1, 1e16, 9999999999999998., 1e-4, 9.9999e-5, 1e22, 1e-5, 5e-324, 1.7976931348623157e308, np.inf, -np.inf, np.nan, 123456789012345680., 1e15, 2.**53]
floats += [float(x) for x in specials]
floats += (rng.standard_normal(300) * 10. ** rng.uniform(-20, 20, 300)).astype(np.float32).astype(float).tolist()
floats += rng.integers(0, 2**63, 300).view(np.float64).tolist()
json.dump({"numpy": np.__version__, "cases": cases, "floats": [[f"{struct.unpack('<Q', struct.pack('<d', x))[0]:x}", repr(x)] for x in floats]}, sys.stdout, separators=(",", ":"))

"""Programs as jax.make_jaxpr prints them: every primitive by itself, mapped in several ways, and differentiated.

NumPy 2 shows the numbers that JAX's rules compute with NumPy as np.int64(1) inside JAX's text; an option of NumPy's makes them plain
numbers, as they were before and as JAX prints all others.

Run with jax 0.10.2; the output is jaxprs_more.txt. tests/jaxprs builds the same programs with the same names.
"""
import jax, jax.numpy as jnp, numpy as np
from jax import lax

np.set_printoptions(legacy="1.25")

SIZE = 5  # examples in a batch
DTYPES = {"f": jnp.float32, "i": jnp.int32, "b": jnp.bool_}


def array(spec):
    """"f23" is a float32 array of shape (2, 3)."""
    return jnp.ones(tuple(int(size) for size in spec[1:]), DTYPES[spec[0]])


def stacked(spec, axis):
    return spec if axis is None else spec[: 1 + axis] + str(SIZE) + spec[1 + axis :]


def show(name, f, *args):
    print(f"== {name}")
    print(jax.make_jaxpr(f)(*args))
    print()


def total(f):
    return lambda *args: (lambda out: lax.reduce_sum(out, tuple(range(out.ndim))) if out.ndim else out)(f(*args))


def case(name, f, specs, axes=(), wrt=()):
    """The program, `vmap` with each of these in_axes, and gradients of its sum, jvp and vjp."""
    specs = specs.split()
    args = [array(spec) for spec in specs]
    show(name, f, *args)
    for in_axes in axes:
        mapped = [array(stacked(spec, axis)) for spec, axis in zip(specs, in_axes)]
        text = ", ".join(map(str, in_axes))
        show(f"vmap({name}, ({text}))", jax.vmap(f, in_axes), *mapped)
        show(f"vmap({name}, ({text}), 1)" if f(*args).ndim else f"vmap(-{name}, ({text}))",
             jax.vmap(f, in_axes, 1) if f(*args).ndim else jax.vmap(lambda *a: -f(*a), in_axes), *mapped)
    for i in wrt:
        show(f"grad({name}, {i})", jax.grad(total(f), i), *args)
        show(f"vmap(grad({name}, {i}))", jax.vmap(jax.grad(total(f), i)), *[array(stacked(spec, 0)) for spec in specs])
        for j in wrt:
            show(f"grad(grad({name}, {i}), {j})", jax.grad(total(jax.grad(total(f), i)), j), *args)
    if wrt:
        out = f(*args)
        floats = [i for i, spec in enumerate(specs) if spec[0] == "f"]
        assert all(spec[0] == "f" for spec in specs) or name.startswith(("select", "gather"))
        if len(floats) == len(specs):
            show(f"jvp({name})", lambda a, t: jax.jvp(f, tuple(a), tuple(t)), args, args)
            show(f"vjp({name})", lambda a, ct: jax.vjp(f, *a)[1](ct), args, out)


UNARY = {
    "neg": lax.neg, "square": lambda x: lax.integer_pow(x, 2), "cube": lambda x: lax.integer_pow(x, 3),
    "reciprocal": lambda x: lax.integer_pow(x, -1), "exp": lax.exp, "log": lax.log, "sqrt": lax.sqrt,
    "tanh": lax.tanh, "sin": lax.sin, "cos": lax.cos,
}
for name, f in UNARY.items():
    case(name, f, "f3", [(0,), (1,)], [0])
    case(f"{name} of a number", f, "f", [(0,)], [0])

BINARY = {"add": lax.add, "sub": lax.sub, "mul": lax.mul, "div": lax.div, "max": lax.max, "min": lax.min, "pow": lax.pow}
COMPARE = {"eq": lax.eq, "ne": lax.ne, "lt": lax.lt, "le": lax.le, "gt": lax.gt, "ge": lax.ge}
PAIRS = [(0, 0), (0, None), (None, 0), (1, 0), (0, 1), (1, 1)]
for name, f in BINARY.items():
    case(name, f, "f3 f3", PAIRS, [0, 1])
    case(f"{name} of numbers", f, "f f", [(0, 0), (0, None)], [0, 1])
    case(f"{name} of a number and a vector", f, "f f3", [(0, 0), (0, None), (None, 0), (None, 1), (0, 1)], [0, 1])
    case(f"{name} of a vector and a number", f, "f3 f", [(0, 0), (0, None), (None, 0), (1, None), (1, 0)], [0, 1])
    case(f"{name} of a row and a matrix", f, "f13 f23", [(0, 0), (None, 0), (2, 1)], [0, 1])
    case(f"{name} of a literal", lambda x, f=f: f(np.float32(2.0), x), "f3", [(0,), (1,)], [0])
    case(f"{name} with a literal", lambda x, f=f: f(x, np.float32(2.0)), "f3", [(0,), (1,)], [0])
for name, f in COMPARE.items():
    show(name, f, array("f3"), array("f3"))
    show(f"vmap({name})", jax.vmap(f, (0, None)), array("f53"), array("f3"))

case("select_n", lax.select_n, "b3 f3 f3",
     [(0, 0, 0), (None, 0, 0), (0, None, None), (0, 0, None), (0, None, 0), (None, 0, 1), (1, 1, 1), (None, None, 0), (1, 0, None)], [1, 2])
case("select_n of five", lax.select_n, "b5 f5 f5", [(None, 0, 1), (0, 0, 1), (1, 0, 1)])
case("select_n by a number", lax.select_n, "b f3 f3", [(0, 0, 0), (None, 0, 0), (None, 0, 1), (0, None, None), (0, 0, 1), (0, 1, 1), (None, None, 0)], [1, 2])
case("select_n by a number of five", lax.select_n, "b f5 f5", [(None, 0, 1), (None, 1, 0)])
case("select_n of numbers", lax.select_n, "b f f", [(0, 0, 0), (0, None, None), (None, 0, None), (None, 0, 0)], [1, 2])


def dot(contract, batch=((), ())):
    return lambda x, y: lax.dot_general(x, y, (contract, batch), preferred_element_type=jnp.float32)


DOT_AXES = [(0, 0), (0, None), (None, 0), (1, 0), (0, 1), (1, 1), (None, 1), (1, None)]
case("matrix times vector", dot(((1,), (0,))), "f23 f3", [*DOT_AXES, (2, 0), (2, 1), (2, None)], [0, 1])
case("vector times matrix", dot(((0,), (0,))), "f2 f23", [*DOT_AXES, (0, 2), (None, 2)], [0, 1])
case("vector times vector", dot(((0,), (0,))), "f3 f3", DOT_AXES, [0, 1])
case("matrix times matrix", dot(((1,), (0,))), "f23 f34", [*DOT_AXES, (2, 2), (2, None), (None, 2)], [0, 1])
case("matrix times transposed", dot(((1,), (1,))), "f23 f43", DOT_AXES, [0, 1])
case("transposed times matrix", dot(((0,), (0,))), "f32 f34", DOT_AXES, [0, 1])
case("outer product", dot(((), ())), "f2 f3", DOT_AXES, [0, 1])
case("batched product", dot(((2,), (1,)), ((0,), (0,))), "f234 f243", [*DOT_AXES, (3, 3), (3, None), (None, 2)], [0, 1])
case("batched vectors", dot(((1,), (1,)), ((0,), (0,))), "f23 f23", DOT_AXES, [0, 1])
case("double contraction", dot(((0, 1), (0, 1))), "f23 f234", DOT_AXES, [0, 1])
case("double contraction crossed", dot(((0, 1), (1, 0))), "f23 f324", DOT_AXES, [0, 1])

for axes in [(0,), (1,), (0, 1)]:
    case(f"reduce_sum over {axes}", lambda x, axes=axes: lax.reduce_sum(x, axes), "f23", [(0,), (1,), (2,)], [0])
    case(f"reduce_max over {axes}", lambda x, axes=axes: lax.reduce_max(x, axes), "f23", [(0,), (1,), (2,)], [0])
case("reduce_sum of three", lambda x: lax.reduce_sum(x, (0, 2)), "f234", [(0,), (1,), (2,), (3,)], [0])

case("broadcast a vector", lambda x: lax.broadcast_in_dim(x, (2, 3), (1,)), "f3", [(0,), (1,)], [0])
case("broadcast a number", lambda x: lax.broadcast_in_dim(x, (2, 3), ()), "f", [(0,)], [0])
case("broadcast a row", lambda x: lax.broadcast_in_dim(x, (2, 3), (0, 1)), "f13", [(0,), (1,), (2,)], [0])
case("expand_dims", lambda x: lax.expand_dims(x, (1,)), "f3", [(0,), (1,)], [0])
case("reshape to a vector", lambda x: lax.reshape(x, (6,)), "f23", [(0,), (1,), (2,)], [0])
case("reshape to a matrix", lambda x: lax.reshape(x, (3, 2)), "f6", [(0,), (1,)], [0])
case("transpose", lambda x: lax.transpose(x, (1, 0)), "f23", [(0,), (1,), (2,)], [0])
case("transpose three", lambda x: lax.transpose(x, (2, 0, 1)), "f234", [(0,), (1,), (2,), (3,)], [0])
case("squeeze", lambda x: lax.squeeze(x, (1,)), "f213", [(0,), (1,), (2,), (3,)], [0])
case("slice", lambda x: lax.slice(x, (0, 1), (2, 3)), "f23", [(0,), (1,), (2,)], [0])
case("slice with strides", lambda x: lax.slice(x, (1, 0), (4, 5), (2, 3)), "f46", [(0,), (1,), (2,)], [0])
case("pad", lambda x: lax.pad(x, np.float32(0), ((1, 2, 0), (0, 1, 2))), "f23", [(0,), (1,), (2,)], [0])
case("pad with a value", lambda x, v: lax.pad(x, v, ((1, 2, 1),)), "f3 f", [(0, None), (1, None), (None, 0), (0, 0), (1, 0)], [0])
case("concatenate", lambda x, y: lax.concatenate([x, y], 0), "f23 f43", [(0, 0), (0, None), (None, 0), (1, 2)], [0, 1])
case("concatenate three", lambda x, y, z: lax.concatenate([x, y, z], 1), "f21 f23 f22", [(0, 0, 0), (None, 0, 1)], [0, 1, 2])
case("convert to int", lambda x: lax.convert_element_type(x, jnp.int32), "f3", [(0,), (1,)])
case("convert from int", lambda x: lax.convert_element_type(x, jnp.float32), "i3", [(0,), (1,)])
case("convert from bool", lambda x: lax.convert_element_type(x, jnp.float32), "b3", [(0,), (1,)])
show("iota", lambda: lax.iota(jnp.int32, 5))
show("iota of a matrix", lambda: lax.broadcasted_iota(jnp.float32, (2, 3), 1))
show("eye", lambda: jnp.eye(3))
show("vmap(add iota)", jax.vmap(lambda x: x + lax.iota(jnp.float32, 3)), array("f53"))
show("vmap(iota)", jax.vmap(lambda x: lax.iota(jnp.float32, 3)), array("f53"))
show("grad(through integers)", jax.grad(lambda x: lax.reduce_sum(x * lax.convert_element_type(lax.convert_element_type(x, jnp.int32), jnp.float32), (0,))), array("f3"))

# Programs of several equations, with the operators of arrays.
softplus = lambda x: lax.log(1.0 + lax.exp(x))
logistic = lambda x: 1.0 / (1.0 + lax.exp(-x))
swish = lambda x: x * logistic(x)
normalised = lambda x: x / lax.sqrt((x * x).sum())
polynomial = lambda x: x**3 - 2.0 * x**2 + x - 1.0
leaky = lambda x: lax.select_n(x > 0, 0.1 * x, x)
def logsumexp(x):
    m = lax.reduce_max(x, (0,))
    return lax.log(lax.exp(x - m).sum()) + m
def softmax(x):
    e = lax.exp(x - lax.reduce_max(x, (0,)))
    return e / e.sum()
for name, f in {"softplus": softplus, "logistic": logistic, "swish": swish, "normalised": normalised, "polynomial": polynomial,
                "leaky": leaky, "logsumexp": logsumexp, "softmax": softmax}.items():
    case(name, f, "f3", [(0,), (1,)], [0])
mlp = lambda x, v, w: (lax.tanh(x @ v) @ w).sum()
case("mlp", mlp, "f2 f23 f3", [(0, None, None), (0, 0, 0), (None, 0, None), (None, None, 1)], [0, 1, 2])
mse = lambda t, x, y: ((x @ t - y) ** 2).mean()
case("mse", mse, "f2 f42 f4", [(0, None, None), (None, 0, 0), (1, None, 1)], [0, 1, 2])
ridge = lambda t, x, y: ((x @ t - y) ** 2).mean() + 0.5 * (t**2).sum()
case("ridge", ridge, "f2 f42 f4", [(0, None, None), (None, 1, 0)], [0, 1, 2])
distance = lambda x, y: lax.sqrt(((x - y) ** 2).sum())
case("distance", distance, "f3 f3", PAIRS, [0, 1])
centred = lambda x: x - x.mean(0)
case("centred", centred, "f23", [(0,), (1,), (2,)], [0])
covariance = lambda x: centred(x).T @ centred(x) / x.shape[0]
case("covariance", covariance, "f43", [(0,), (2,)], [0])

show("pairwise", jax.vmap(jax.vmap(distance, (0, None)), (None, 0)), array("f43"), array("f63"))
show("pairwise grad", jax.vmap(jax.vmap(jax.grad(distance), (0, None)), (None, 0)), array("f43"), array("f63"))
show("vmap of vmap", jax.vmap(jax.vmap(mse, (None, 0, 0)), (0, None, None)), array("f52"), array("f642"), array("f64"))
show("grad of vmap", jax.grad(lambda t, x, y: jax.vmap(mse, (None, 0, 0))(t, x, y).sum()), array("f2"), array("f642"), array("f64"))
show("grad of vmap of vmap", jax.grad(lambda x: jax.vmap(jax.vmap(softplus))(x).sum()), array("f43"))
show("jvp of grad", lambda x, t: jax.jvp(jax.grad(logsumexp), (x,), (t,)), array("f3"), array("f3"))
show("grad of jvp", jax.grad(lambda x, t: jax.jvp(logsumexp, (x,), (t,))[1]), array("f3"), array("f3"))
at = array("f3")
show("vmap of jvp", jax.vmap(lambda t: jax.jvp(logsumexp, (at,), (t,))[1]), array("f53"))
show("third derivative", jax.grad(jax.grad(jax.grad(swish))), array("f"))
show("two outputs", lambda x: (x + 1.0, x * 2.0), array("f3"))
show("no outputs", lambda x: (), array("f3"))
show("identity", lambda x: x, array("f3"))
show("vmap of identity", jax.vmap(lambda x: x, 1), array("f35"))
show("number", lambda x: 2.0, array("f3"))
show("vmap of a number", jax.vmap(lambda x: np.float32(2.0)), array("f53"))
show("unused", lambda x, y: x, array("f3"), array("f3"))
show("vmap with some outputs shared", jax.vmap(lambda x, y: (x + y, y * 2.0), (0, None), (1, None)), array("f53"), array("f3"))
show("vmap of everything", jax.vmap(lambda x, y: (x + y, y * 2.0), 0), array("f53"), array("f53"))
show("vmap of shared outputs", jax.vmap(lambda x, y: (x, y * 2.0), (0, None)), array("f53"), array("f3"))
def dead(x):
    lax.exp(x)
    y = lax.sin(x)
    lax.cos(y)
    return x * 2.0
show("dead code", dead, array("f3"))
show("vmap of dead code", jax.vmap(dead), array("f53"))
show("grad of dead code", jax.grad(lambda x: dead(x).sum()), array("f3"))
show("grad of an unused argument", jax.grad(lambda x, y: y.sum()), array("f3"), array("f3"))
show("grad of a number", jax.grad(lambda x: np.float32(1.0)), array("f3"))
constant = np.arange(3, dtype=np.float32)
show("constant", lambda x: x * constant, array("f3"))
show("vmap of constant", jax.vmap(lambda x: x * constant), array("f53"))
show("grad of constant", jax.grad(lambda x: (x * constant).sum()), array("f3"))
LITERALS = [2.0, 0.1, -0.0, 1e20, 1e-7, 1e15, 1e16, 123456789.0, 1e-4, 9.9e-5, 3.4028235e38, 1e-38, np.inf, -np.inf, np.nan, 1 / 3, 16777216.0, 5e-324 + 1e-30]
show("literals", lambda x: tuple(x * np.float32(c) for c in LITERALS), array("f"))
show("integer literals", lambda x: (x + np.int32(3), x * np.int32(-7)), array("i3"))
def chain(n):
    def f(x):
        for _ in range(n):
            x = lax.sin(x)
        return x
    return f
show("chain of 30", chain(30), array("f"))
show("chain of 700", chain(700), array("f"))
show("grad of a chain", jax.grad(chain(30)), array("f"))
for n in [1, 2, 7, 8, 9, 10, 11, 17, 25, 26, 27, 30, 60]:
    show(f"{n} arguments", lambda *xs: xs, *[array("f")] * n)
    show(f"{n} wide arguments", lambda *xs: lax.concatenate([*xs], 0) if n > 1 else -xs[0], *[array("f2345")] * n)
for n in range(1, 9):
    show(f"reshape to {n} axes", lambda x: lax.reshape(x, (2,) + (1,) * (n - 1)), array("f12"))

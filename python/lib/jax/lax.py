"""`jax.lax`: operations, and control flow as programs."""
import _core
import _lax
import jax.numpy as jnp
from jax import _api

from jax.numpy import (
    abs, bitwise_and, bitwise_not, bitwise_or, bitwise_xor, ceil, cos, cosh, exp, expm1, floor, log, log1p, sign, sin, sinh, sqrt, square, tan, tanh, acos, asin, atan, atan2,
)


def _prim(name):
    def f(x, y, /):
        a, b = _core.asarray(x), _core.asarray(y)
        if a.dtype != b.dtype:
            raise TypeError(f"lax.{name} requires arguments to have the same dtypes, got {a.dtype}, {b.dtype}. (Tip: jnp.{name} is a similar function that does automatic type promotion on inputs).")
        return _lax.binary(name, x, y)

    f.__name__ = name
    return f


add, sub, mul, max, min, pow, rem = (_prim(n) for n in "add sub mul max min pow rem".split())


def div(x, y, /):
    a = _core.asarray(x)
    return _lax.binary("int_div" if a.dtype.name in ("int32", "uint32") and _core.asarray(y).dtype.name != "float32" else "div", x, y)


eq, ne, lt, le, gt, ge = (lambda x, y, p=p: _lax.compare(p, x, y) for p in "eq ne lt le gt ge".split())


def neg(x):
    return -_core.asarray(x)


def integer_pow(x, y):
    return _core.asarray(x) ** y


def reciprocal(x):
    return 1.0 / x


def _un(name):
    return lambda x: _lax.unary(name, x)


erf, erf_inv, logistic, rsqrt, cbrt, lgamma, digamma, is_finite, stop_gradient_array = (_un(n) for n in "erf erf_inv logistic rsqrt cbrt lgamma digamma is_finite stop_gradient".split())
tie_in = lambda x, y: y


def round(x, rounding_method=None):
    return _lax.unary("round", x)


def erfc(x):
    return 1.0 - _lax.unary("erf", x)


def stop_gradient(x):
    leaves, treedef = _core.tree_flatten(x)
    return treedef.unflatten([stop_gradient_array(leaf) for leaf in leaves])


def select(pred, on_true, on_false):
    pred, on_true = _core.asarray(pred), _core.asarray(on_true)
    if pred.shape not in ((), on_true.shape):
        raise TypeError(f"select `which` must be scalar or have the same shape as cases, got `which` shape {pred.shape} but case shape {on_true.shape}.")
    return _lax.select(pred, on_true, on_false)


def select_n(which, *cases):
    return _lax.select(which, cases[1], cases[0])


def clamp(min, x, max):
    return jnp.clip(x, min, max)


def convert_element_type(operand, new_dtype):
    return _core.convert(operand, jnp._canonical(new_dtype), False)


def iota(dtype, size):
    return _lax.iota(jnp._canonical(dtype), (size,), 0)


def broadcasted_iota(dtype, shape, dimension):
    return _lax.iota(jnp._canonical(dtype), tuple(shape), dimension)


def full(shape, fill_value, dtype=None):
    return jnp.full(shape, fill_value, dtype)


def full_like(x, fill_value, dtype=None, shape=None):
    return jnp.full_like(x, fill_value, dtype, shape)


def reshape(operand, new_sizes, dimensions=None):
    return jnp.reshape(operand, new_sizes)


def transpose(operand, permutation):
    return jnp.transpose(operand, permutation)


def squeeze(array, dimensions):
    return jnp.squeeze(array, tuple(dimensions))


def expand_dims(array, dimensions):
    return jnp.expand_dims(array, tuple(dimensions))


def broadcast(operand, sizes):
    operand = _core.asarray(operand)
    return jnp.broadcast_to(operand, tuple(sizes) + operand.shape)


def broadcast_in_dim(operand, shape, broadcast_dimensions):
    return _lax.broadcast_in_dim(_core.asarray(operand), tuple(shape), tuple(broadcast_dimensions))


def concatenate(operands, dimension):
    return jnp.concatenate(operands, dimension)


def rev(operand, dimensions):
    return jnp.flip(operand, tuple(dimensions))


def dot(lhs, rhs, precision=None, preferred_element_type=None):
    return jnp.dot(lhs, rhs)


def dot_general(lhs, rhs, dimension_numbers, precision=None, preferred_element_type=None):
    contract, batch = dimension_numbers
    return _lax.dot_general(lhs, rhs, tuple(tuple(c) for c in contract), tuple(tuple(b) for b in batch))


def slice(operand, start_indices, limit_indices, strides=None):
    return _lax.slice(operand, tuple(start_indices), tuple(limit_indices), strides)


def slice_in_dim(operand, start_index, limit_index, stride=1, axis=0):
    import builtins

    key = (builtins.slice(None),) * axis + (builtins.slice(start_index, limit_index, stride),)
    return operand[key]


def index_in_dim(operand, index, axis=0, keepdims=True):
    out = jnp.take(operand, index, axis)
    return jnp.expand_dims(out, axis) if keepdims else out


def dynamic_slice(operand, start_indices, slice_sizes):
    operand = _core.asarray(operand)
    key = []
    rank = operand.ndim
    for axis, (start, size) in enumerate(zip(start_indices, slice_sizes)):
        start = jnp.clip(_core.asarray(start), 0, operand.shape[axis] - size)
        shape = [1] * rank
        shape[axis] = size
        key.append(jnp.reshape(start + jnp.arange(size), tuple(shape)))
    return operand[tuple(key)]


def dynamic_slice_in_dim(operand, start_index, slice_size, axis=0):
    starts = [0] * operand.ndim
    sizes = list(operand.shape)
    starts[axis], sizes[axis] = start_index, slice_size
    return dynamic_slice(operand, starts, sizes)


def dynamic_index_in_dim(operand, index, axis=0, keepdims=True):
    out = dynamic_slice_in_dim(operand, index, 1, axis)
    return out if keepdims else jnp.squeeze(out, axis)


def dynamic_update_slice(operand, update, start_indices):
    operand, update = _core.asarray(operand), _core.asarray(update)
    key = []
    for axis, start in enumerate(start_indices):
        size = update.shape[axis]
        start = jnp.clip(_core.asarray(start), 0, operand.shape[axis] - size)
        shape = [1] * operand.ndim
        shape[axis] = size
        key.append(jnp.reshape(start + jnp.arange(size), tuple(shape)))
    return operand.at[tuple(key)].set(update)


def dynamic_update_slice_in_dim(operand, update, start_index, axis):
    starts = [0] * operand.ndim
    starts[axis] = start_index
    return dynamic_update_slice(operand, update, starts)


def dynamic_update_index_in_dim(operand, update, index, axis):
    update = _core.asarray(update)
    if update.ndim < operand.ndim:
        update = jnp.expand_dims(update, axis)
    return dynamic_update_slice_in_dim(operand, update, index, axis)


def sort(operand, dimension=-1, is_stable=True, num_keys=1):
    return jnp.sort(operand, dimension)


def top_k(operand, k, axis=-1):
    order = jnp.argsort(-_core.asarray(operand))[..., :k]
    return [jnp.take_along_axis(operand, order, -1), order]


def cumsum(operand, axis=0, reverse=False):
    return _lax.along("cumsum_reverse" if reverse else "cumsum", operand, axis % operand.ndim)


def cumprod(operand, axis=0, reverse=False):
    return _lax.along("cumprod", operand, axis % operand.ndim)


def cummax(operand, axis=0, reverse=False):
    return _lax.along("cummax", operand, axis % operand.ndim)


def cummin(operand, axis=0, reverse=False):
    return _lax.along("cummin", operand, axis % operand.ndim)


def argmax(operand, axis, index_dtype=None):
    return jnp.argmax(operand, axis)


def argmin(operand, axis, index_dtype=None):
    return jnp.argmin(operand, axis)


def reduce(operands, init_values, computation, dimensions):
    raise NotImplementedError("lax.reduce is not part of this JAX; use jnp.sum, jnp.max or lax.scan")


def associative_scan(fn, elems, reverse=False, axis=0):
    leaves, treedef = _core.tree_flatten(elems)
    if axis != 0:
        raise NotImplementedError("lax.associative_scan of this JAX works along axis 0")
    if reverse:
        leaves = [leaf[::-1] for leaf in leaves]

    def combine(a, b):
        return _core.tree_flatten(fn(treedef.unflatten(a), treedef.unflatten(b)))[0]

    def scan(elems):
        n = elems[0].shape[0]
        if n < 2:
            return elems
        reduced = combine([x[:-1:2] for x in elems], [x[1::2] for x in elems])
        odd = scan(reduced)
        if n % 2 == 0:
            even = combine([x[:-1] for x in odd], [x[2::2] for x in elems])
        else:
            even = combine(odd, [x[2::2] for x in elems])
        even = [jnp.concatenate([x[:1], y]) for x, y in zip(elems, even)]
        out = []
        for e, o in zip(even, odd):
            rows = [e[i // 2] if i % 2 == 0 else o[i // 2] for i in range(n)]
            out.append(jnp.stack(rows))
        return out

    out = scan(leaves)
    if reverse:
        out = [leaf[::-1] for leaf in out]
    return treedef.unflatten(out)


# control flow


def _sizes(x):
    return ",".join([str(n) for n in x.shape])


def _aval(x):
    """A traced value as JAX names its type, anything else as it is."""
    if not _core.is_array(x):
        return x
    x = _core.asarray(x)
    return f"{'~' if x.weak_type else ''}{x.dtype.name}[{_sizes(x)}]"


def _as_arrays(tree):
    leaves, treedef = _core.tree_flatten(tree)
    return treedef.unflatten([_core.asarray(leaf) for leaf in leaves])


def _check_carry(name, before, after, where):
    a, ta = _core.tree_flatten(before)
    b, tb = _core.tree_flatten(after)
    if ta != tb:
        raise TypeError(f"{where} function carry input and carry output must have the same pytree structure, but they differ:\n\nThe input carry {name} is a {ta} but the corresponding component of the carry output is a {tb}.\n\nRevise the function so that the carry output has the same pytree structure as the carry input.")
    for x, y in zip(a, b):
        y = _core.asarray(y)
        if x.shape != y.shape or x.dtype != y.dtype:
            old = f"{x.dtype.name}[{_sizes(x)}]"
            new = f"{y.dtype.name}[{_sizes(y)}]"
            raise TypeError(f"{where} function carry input and carry output must have equal types, but they differ:\n\nThe input carry {name} has type {old} but the corresponding output carry component has type {new}, so the {'shapes' if x.shape != y.shape else 'dtypes'} do not match.\n\nRevise the function so that all output types match the corresponding input types.")


def _settle(init, result):
    """The carry in the types that the body gives, where those of `init` are weak; `init` itself if nothing changes."""
    a, treedef = _core.tree_flatten(init)
    b, other = _core.tree_flatten(result)
    if treedef != other:
        return init
    changes = [x.weak_type and x.shape == y.shape and x.dtype != y.dtype for x, y in zip(a, b)]
    if not [change for change in changes if change]:
        return init
    return treedef.unflatten([_core.convert(x, y.dtype.name, False) if change else x for x, y, change in zip(a, b, changes)])


def optimization_barrier(tree):
    leaves, treedef = _core.tree_flatten(tree)
    return treedef.unflatten([_lax.unary("optimization_barrier", leaf) for leaf in leaves])


def _turns(step, name, carry, inputs):
    """The last carry, and what each turn gives besides, of a loop whose turns run one program, traced once."""
    compiled = _core.jit(step, (), [], False, True)
    tracing = _core.is_tracing()
    types = None
    results = []
    for x in inputs:
        after, y = compiled(carry, x)
        if types is None:
            settled = _settle(carry, after)
            if settled is not carry:
                carry = settled
                after, y = compiled(carry, x)
            _check_carry("carry" if name == "scan body" else "", carry, after, "scan body")
            types = [leaf.weak_type for leaf in _core.tree_flatten(carry)[0]]
        if tracing:
            after, y = optimization_barrier((after, y))
        results.append(_core.tree_flatten(y))
        leaves, treedef = _core.tree_flatten(after)
        last = after
        carry = treedef.unflatten([_core.weaken(leaf, weak) for leaf, weak in zip(leaves, types)])
    return (last if results else carry), results


class _Again(Exception):
    """A loop must be traced again: what goes from turn to turn has these element types."""


def _equation(step, carry, treedef, leaves, n, start=None, reverse=False, unroll=1):
    """The loop as one equation of the program that is being traced; `start` if what goes from turn to turn begins with a counter."""
    flat, tree = _core.tree_flatten(carry)
    found = []

    def turn(given):
        before = tree.unflatten(given[: len(flat)])
        after, y = step(before, treedef.unflatten(given[len(flat) :]))
        settled = _settle(before, after)
        if settled is not before:
            raise _Again([leaf.dtype.name for leaf in _core.tree_flatten(settled)[0]])
        if start is None:
            _check_carry("carry", before, after, "scan body")
        else:
            _check_carry("", before[1], after[1], "scan body")
        ys, kind = _core.tree_flatten(y)
        found[:] = [kind]
        return _core.tree_flatten(after)[0] + ys

    course = (n, start, reverse, unroll if isinstance(unroll, int) else 1)
    try:
        out = _core.scan(turn, flat, leaves, course)
    except _Again as again:
        flat = [_core.convert(x, name, False) if x.dtype.name != name else x for x, name in zip(flat, again.args[0])]
        carry = tree.unflatten(flat)
        out = _core.scan(turn, flat, leaves, course)
    return tree.unflatten(out[: len(flat)]), found[0].unflatten(out[len(flat) :])


def scan(f, init, xs=None, length=None, reverse=False, unroll=1, _split_transpose=None):
    if not callable(f):
        raise TypeError(f"lax.scan: f argument should be a callable, got {f}")
    carry = _as_arrays(init)
    leaves, treedef = _core.tree_flatten(xs)
    leaves = [_core.asarray(leaf) for leaf in leaves]
    for leaf in leaves:
        if leaf.ndim == 0:
            raise ValueError("scan got value with no leading axis to scan over: " + str(leaf) + ".")
    sizes = [leaf.shape[0] for leaf in leaves]
    if length is not None and [n for n in sizes if n != int(length)]:
        raise ValueError(f"scan got `length` argument of {int(length)} which disagrees with leading axis sizes {sizes}.")
    if len(set(sizes)) > 1:
        raise ValueError("scan got values with different leading axis sizes: " + ", ".join(str(n) for n in sizes) + ".")
    if not sizes and length is None:
        raise ValueError("scan got no values to scan over and `length` not provided.")
    n = sizes[0] if sizes else int(length)

    def step(carry, x):
        out = f(carry, x)
        if not isinstance(out, (tuple, list)) or len(out) != 2:
            raise TypeError(f"scan body output must be a pair, got {_aval(out)}.")
        _check_output(f, out, "scan")
        after, y = out
        return _as_arrays(after), _as_arrays(y)

    if n == 0:
        after, y = _api.eval_shape(step, carry, treedef.unflatten([jnp.zeros(leaf.shape[1:], leaf.dtype) for leaf in leaves]))
        flat, tree = _core.tree_flatten(y)
        return carry, tree.unflatten([jnp.zeros((0, *leaf.shape), leaf.dtype) for leaf in flat])
    if _core.is_staged():
        return _equation(step, carry, treedef, leaves, n, None, bool(reverse), unroll)
    order = range(n - 1, -1, -1) if reverse else range(n)
    carry, ys = _turns(step, "scan body", carry, (treedef.unflatten([leaf[i] for leaf in leaves]) for i in order))
    if reverse:
        ys.reverse()
    parts, tree = ys[0]
    stacked = [_core.weaken(jnp.stack([y[0][k] for y in ys]), part.weak_type) for k, part in enumerate(parts)]
    return carry, tree.unflatten(stacked)


def _check_output(f, out, name):
    """Refuses what is no array, in the words of JAX."""
    leaves = _core.tree_flatten(out)[0]
    for i, leaf in enumerate(leaves):
        if not _core.is_array(leaf):
            where = f" at output component [{i}]" if len(leaves) > 1 else ""
            raise TypeError(f"function {_place(f)} traced for {name} returned a value of type {type(leaf)}{where}, which is not a valid JAX type")


_place = _api._place


def map(f, xs, batch_size=None):
    return scan(lambda _, x: ((), f(x)), (), xs)[1]


def _known_int(x):
    if isinstance(x, int):
        return x
    x = _core.asarray(x)
    if _core.is_tracer(x):
        known = _core.known(x)
        return None
    return int(x)


def fori_loop(lower, upper, body_fun, init_val, *, unroll=None):
    if not callable(body_fun):
        raise TypeError("lax.fori_loop: body_fun argument should be callable.")
    start, stop = _known_int(lower), _known_int(upper)
    carry = _as_arrays(init_val)
    if start is None or stop is None:
        def cond(state):
            return state[0] < state[1]

        def body(state):
            i, upper, value = state
            return i + 1, upper, body_fun(i, value)

        lower, upper = _core.convert(lower, "int32", False), _core.convert(upper, "int32", False)
        return while_loop(cond, body, (lower, upper, carry))[2]
    if isinstance(lower, float) or isinstance(upper, float):
        kinds = [_core.asarray(x).dtype.name for x in (lower, upper)]
        raise TypeError(f"lower and upper arguments to fori_loop must have equal types, got {kinds[0]} and {kinds[1]}")

    def step(carry, i):
        return _as_arrays(body_fun(i, carry)), ()

    if _core.is_staged() and start < stop:
        nothing = _core.tree_flatten(())[1]
        counted = lambda state, _: ((state[0] + 1, step(state[1], state[0])[0]), ())
        return _equation(counted, (_core.asarray(start), carry), nothing, [], stop - start, start)[0][1]
    return _turns(step, "fori_loop body", carry, (_core.asarray(i) for i in range(start, stop)))[0]


def while_loop(cond_fun, body_fun, init_val):
    if not callable(body_fun) or not callable(cond_fun):
        raise TypeError("lax.while_loop: body_fun and cond_fun arguments should be callable.")
    carry = _as_arrays(init_val)
    leaves, treedef = _core.tree_flatten(carry)
    outside = {}

    def typed_body(given):
        out = _as_arrays(body_fun(treedef.unflatten(given)))
        _check_carry("", outside["carry"], out, "while_loop body")
        return _core.tree_flatten(out)[0]

    def cond(given):
        out = cond_fun(treedef.unflatten(given))
        _check_output(cond_fun, out, "while_cond")
        if not _core.is_array(out):
            raise TypeError(f"cond_fun must return a boolean scalar, but got pytree {_core.tree_flatten(out)[1]}.")
        out = _core.asarray(out)
        if out.shape != () or out.dtype.name != "bool":
            weak = ", weak_type=True" if out.weak_type else ""
            raise TypeError(f"cond_fun must return a boolean scalar, but got output type(s) [ShapedArray({out.dtype.name}[{_sizes(out)}]{weak})].")
        return [out]

    shapes = _api.eval_shape(lambda c: _as_arrays(body_fun(c)), carry)
    given, tree = _core.tree_flatten(shapes)
    if tree == treedef:
        leaves = [_core.convert(c, s.dtype.name, False) if c.weak_type and c.dtype != s.dtype and c.shape == s.shape else c for c, s in zip(leaves, given)]
    outside["carry"] = treedef.unflatten(leaves)
    if not _core.is_tracing():
        run = _api.jit(lambda *given: typed_body(list(given)))
        test = _api.jit(lambda *given: cond(list(given))[0])
        while test(*leaves):
            leaves = run(*leaves)
        return treedef.unflatten(leaves)
    return treedef.unflatten(_core.while_loop(cond, typed_body, leaves))


def _predicate(pred):
    if pred is None:
        raise TypeError("cond predicate is None")
    if not _core.is_array(pred):
        raise TypeError(f"Pred must be a scalar, got {pred} of type {type(pred)}")
    pred = _core.asarray(pred)
    if pred.shape != ():
        raise TypeError(f"Pred must be a scalar, got {pred} of shape {pred.shape}.")
    return pred


def cond(pred, true_fun, false_fun, *operands, operand=None, linear=None):
    if not callable(true_fun) or not callable(false_fun):
        raise TypeError("lax.cond: true_fun and false_fun arguments should be callable.")
    if operand is not None and not operands:
        operands = (operand,)
    pred = _predicate(pred)
    operands = tuple(_as_arrays(x) for x in operands)
    if not _core.is_tracer(pred) and not _core.is_tracing():
        _check_branches("cond", [true_fun, false_fun], operands, ("true_fun", "false_fun"))
        return _api.jit(true_fun if pred else false_fun)(*operands)
    pred = pred if pred.dtype.name == "bool" else pred != 0
    return _decide("cond", pred.astype("int32"), [false_fun, true_fun], operands, ("false_fun", "true_fun"))


def _check_branches(name, branches, operands, names):
    shapes = [_api.eval_shape(lambda *args, f=f: _as_arrays(f(*args)), *operands) for f in branches]
    _compare_branches(name, shapes, names)


def _compare_branches(name, results, names):
    first, tree = _core.tree_flatten(results[0])
    for which, other in zip(names[1:], results[1:]):
        leaves, structure = _core.tree_flatten(other)
        if structure != tree:
            raise TypeError(f"{name} branch outputs must have the same pytree structure, but they differ:\n\nThe output of {names[0]} has pytree structure {tree} but the output of {which} has pytree structure {structure}.")
        for a, b in zip(first, leaves):
            if a.shape != b.shape or (a.dtype != b.dtype and not (getattr(a, "weak_type", False) or getattr(b, "weak_type", False))):
                old = f"{a.dtype.name}[{_sizes(a)}]"
                new = f"{b.dtype.name}[{_sizes(b)}]"
                raise TypeError(f"{name} branches must have equal output types but they differ.\n\nThe output of {names[0]} has type {old} but the corresponding output of {which} has type {new}, so the {'shapes' if a.shape != b.shape else 'dtypes'} do not match.")


def _decide(name, index, branches, operands, names):
    """The branch with the number `index`, a tracer, of the operands."""
    leaves, treedef = _core.tree_flatten(operands)
    shapes = [_api.eval_shape(lambda *args, f=f: _as_arrays(f(*args)), *operands) for f in branches]
    order = (1, 0) if name == "cond" else range(len(branches))
    _compare_branches(name, [shapes[i] for i in order], [names[i] for i in order])
    tree = _core.tree_flatten(shapes[0])[1]
    kinds = [_core.tree_flatten(shape)[0] for shape in shapes]
    wanted = [max_type([kind[k] for kind in kinds]) for k in range(len(kinds[0]))]

    def typed(f):
        def branch(given):
            out = _core.tree_flatten(f(*treedef.unflatten(given)))[0]
            return [_core.asarray(x) if _core.asarray(x).dtype.name == t else _core.convert(x, t, False) for x, t in zip(out, wanted)]

        return branch

    return tree.unflatten(_core.cond(index, [typed(f) for f in branches], leaves))


def max_type(kinds):
    order = ("bool", "int32", "uint32", "float32")
    best = kinds[0].dtype.name
    for kind in kinds[1:]:
        if order.index(kind.dtype.name) > order.index(best):
            best = kind.dtype.name
    return best


def switch(index, branches, *operands, operand=None, linear=None):
    branches = list(branches)
    if not branches:
        raise ValueError("Empty branch sequence")
    if not all_callable(branches):
        raise TypeError("lax.switch: branches argument should be a sequence of callables.")
    if operand is not None and not operands:
        operands = (operand,)
    index = _core.asarray(index)
    if index.shape != ():
        raise TypeError(f"Branch index must be scalar, got {index} of shape {index.shape}.")
    if index.dtype.name not in ("int32", "uint32"):
        raise TypeError(f"Index type must be an integer, got {index} as {index.dtype.name}")
    operands = tuple(_as_arrays(x) for x in operands)
    names = [f"branch {i}" for i in range(len(branches))]
    if not _core.is_tracer(index) and not _core.is_tracing():
        i = int(index)
        i = 0 if i < 0 else len(branches) - 1 if i >= len(branches) else i
        _check_branches("switch", branches, operands, names)
        return _api.jit(branches[i])(*operands)
    index = _core.convert(jnp.clip(index, 0, len(branches) - 1), "int32", False)
    return _decide("switch", index, branches, operands, names)


def all_callable(branches):
    for f in branches:
        if not callable(f):
            return False
    return True


def psum(x, axis_name):
    raise NameError(f"unbound axis name: {axis_name}")


pmean = psum

from _missing import teller as _teller  # noqa: E402

__getattr__ = _teller("jax.lax")

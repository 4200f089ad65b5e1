"""Transformations: trees, argument numbers and auxiliary outputs around the engine's functions of flat lists."""

import _core
from _light import partial
from jax.tree_util import flatten_up_to


def _name(f):
    return getattr(f, "__name__", type(f).__name__)


def _like(made, f):
    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        try:
            setattr(made, attribute, getattr(f, attribute))
        except AttributeError:
            pass
    try:
        made.__wrapped__ = f
    except AttributeError:
        pass
    return made


def _tuple(x):
    if x is None:
        return ()
    return (x,) if isinstance(x, (int, str)) else tuple(x)


def _parameters(f):
    f = getattr(f, "__wrapped__", f)
    code = getattr(f, "__code__", None)
    if code is None:
        return []
    names = list(code.co_varnames[: code.co_argcount])
    return names[1:] if hasattr(f, "__self__") else names


def _place(f):
    """A function's name and where it stands, as JAX's errors tell it."""
    code = getattr(f, "__code__", None)
    return _name(f) if code is None else f"{_name(f)} at {code.co_filename}:{code.co_firstlineno}"


def jit(fun=None, *, static_argnums=None, static_argnames=None, donate_argnums=None, donate_argnames=None, inline=False, **ignored):
    if fun is None:
        return partial(jit, static_argnums=static_argnums, static_argnames=static_argnames, inline=inline)
    if not callable(fun):
        raise TypeError(f"Expected a callable value, got {fun}")
    numbers, names = list(_tuple(static_argnums)), list(_tuple(static_argnames))
    if numbers or names:
        parameters = _parameters(fun)
        _check_static(fun, parameters, numbers, names)
        for name in list(names):
            if name in parameters and parameters.index(name) not in numbers:
                numbers.append(parameters.index(name))
        for number in list(numbers):
            if -len(parameters) <= number < len(parameters) and parameters[number] not in names:
                names.append(parameters[number])
    return _like(_jitted(fun, numbers, names, inline), fun)


# What the newest functions have been traced to: whoever jits one again, alike, does not trace it again.
_functions = {}


def _jitted(fun, numbers, names, inline=False):
    if type(fun) is not type(_jitted):
        return _core.jit(fun, numbers, names, inline)
    known = _functions.pop(id(fun), (fun, {}))
    _functions[id(fun)] = known
    if len(_functions) > 256:
        del _functions[next(iter(_functions))]
    key = (tuple(numbers), tuple(names), inline)
    if key not in known[1]:
        known[1][key] = _core.jit(fun, numbers, names, inline)
    return known[1][key]._again()


def _check_static(fun, parameters, numbers, names):
    code = getattr(fun, "__code__", None)
    if code is None or code.co_flags & 12:
        return
    known = list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"Jitted function has invalid argnames {{{', '.join(map(repr, unknown))}}} in static_argnames. Function does not take these args.")
    if [n for n in numbers if not -len(parameters) <= n < len(parameters)]:
        raise ValueError(f"Jitted function has static_argnums={tuple(numbers)}, but only accepts {len(parameters)} positional arguments.")


def _check_input(leaf, name):
    if not _core.is_array(leaf):
        raise TypeError(f"Argument '{leaf}' of type {type(leaf)} is not a valid JAX type.")
    dtype = _core.result_type([leaf])[0]
    if dtype != "float32":
        raise TypeError(
            f"{name} requires real- or complex-valued inputs (input dtype that is a sub-dtype of np.inexact), but got {dtype}. "
            "If you want to use Boolean- or integer-valued inputs, use vjp or set allow_int to True."
        )


def _differentiate(fun, argnums, has_aux, args, kwargs, name):
    single = isinstance(argnums, int)
    numbers = [argnums] if single else list(argnums)
    for number in numbers:
        if number >= len(args) or number < -len(args):
            raise TypeError(f"differentiating with respect to argnums={argnums} requires at least {max(numbers) + 1} positional arguments to be passed by the caller, but got only {len(args)} positional arguments.")
    numbers = [number % len(args) for number in numbers]
    leaves, treedef = _core.tree_flatten(tuple(args[i] for i in numbers))
    for leaf in leaves:
        _check_input(leaf, name)
    outside = {}

    def flat(given):
        arguments = list(args)
        for i, part in zip(numbers, treedef.unflatten(given)):
            arguments[i] = part
        result = fun(*arguments, **kwargs)
        aux_leaves = []
        if has_aux:
            if not isinstance(result, tuple) or len(result) != 2:
                raise TypeError("expected function with aux output to return a two-element tuple, but got " + f"type {type(result)} with value {result!r}")
            result, aux = result
            parts, outside["aux"] = _core.tree_flatten(aux)
            # what is no JAX array is given back as it is
            outside["fixed"] = [None if isinstance(part, _core.ArrayImpl) else part for part in parts]
            aux_leaves = [part for part in parts if isinstance(part, _core.ArrayImpl)]
        if isinstance(result, str):
            raise TypeError(f"Argument '{result}' of type {type(result)} is not a valid JAX type")
        if not _core.is_array(result):
            parts, structure = _core.tree_flatten(result)
            shown = structure.unflatten([_core.known(part) if _core.is_tracer(part) else part for part in parts])
            raise TypeError(f"Gradient only defined for scalar-output functions. Output was {shown}.")
        value = _core.asarray(result)
        if value.shape != ():
            raise TypeError(f"Gradient only defined for scalar-output functions. Output had shape: {value.shape}.")
        if value.dtype.name != "float32":
            raise TypeError(f"{name} requires real-valued outputs (output dtype that is a sub-dtype of np.floating), but got {value.dtype.name}. For differentiation of functions with integer outputs, use jax.vjp directly.")
        return [value, *aux_leaves]

    values, gradients = _core.value_and_grad(flat, leaves)
    gradients = treedef.unflatten(gradients)
    gradients = gradients[0] if single else gradients
    aux = None
    if has_aux:
        rest = iter(values[1:])
        aux = outside["aux"].unflatten([next(rest) if fixed is None else fixed for fixed in outside["fixed"]])
    return values[0], aux, gradients


def value_and_grad(fun, argnums=0, has_aux=False, holomorphic=False, allow_int=False, reduce_axes=()):
    def value_and_grad_f(*args, **kwargs):
        value, aux, gradients = _differentiate(fun, argnums, has_aux, args, kwargs, "value_and_grad" if False else "grad")
        return ((value, aux) if has_aux else value), gradients

    return _like(value_and_grad_f, fun)


def grad(fun, argnums=0, has_aux=False, holomorphic=False, allow_int=False, reduce_axes=()):
    if not callable(fun):
        raise TypeError(f"Expected a callable value, got {fun}")

    def grad_f(*args, **kwargs):
        value, aux, gradients = _differentiate(fun, argnums, has_aux, args, kwargs, "grad")
        return (gradients, aux) if has_aux else gradients

    return _like(grad_f, fun)


def _flat_function(fun, treedef, outside, has_aux=False):
    def flat(given):
        result = fun(*treedef.unflatten(given))
        if has_aux:
            result, outside["aux"] = result
        parts, outside["out"] = _core.tree_flatten(result)
        return parts

    return flat


def jvp(fun, primals, tangents, has_aux=False):
    if not isinstance(primals, (tuple, list)) or not isinstance(tangents, (tuple, list)):
        raise TypeError(f"primal and tangent arguments to jax.jvp must be tuples or lists; found {type(primals).__name__} and {type(tangents).__name__}.")
    leaves, treedef = _core.tree_flatten(tuple(primals))
    directions, other = _core.tree_flatten(tuple(tangents))
    if treedef != other:
        raise TypeError(f"primal and tangent arguments to jax.jvp must have the same tree structure; primals have tree structure {treedef} whereas tangents have tree structure {other}.")
    for primal, tangent in zip(leaves, directions):
        p, t = _core.asarray(primal), _core.asarray(tangent)
        if p.dtype != t.dtype:
            raise TypeError(f"primal and tangent arguments to jax.jvp do not match; dtypes must be equal, or in case of int/bool primal dtype the tangent dtype must be float0.Got primal dtype {p.dtype} and so expected tangent dtype {p.dtype}, but got tangent dtype {t.dtype} instead.")
        if p.shape != t.shape:
            raise ValueError(f"jvp called with different primal and tangent shapes;Got primal shape {p.shape} and tangent shape as {t.shape}")
    outside = {}
    values, found = _core.jvp(_flat_function(fun, treedef, outside, has_aux), leaves, directions)
    out = outside["out"]
    result = out.unflatten(values), out.unflatten(found)
    return (*result, outside["aux"]) if has_aux else result


def vjp(fun, *primals, has_aux=False):
    leaves, treedef = _core.tree_flatten(primals)
    outside = {}
    values, pull_back = _core.vjp(_flat_function(fun, treedef, outside, has_aux), leaves)
    out = outside["out"]

    def vjp_fun(out_ct):
        parts, other = _core.tree_flatten(out_ct)
        if other != out:
            raise ValueError("unexpected tree structure.")
        for part, value in zip(parts, values):
            given = _core.asarray(part)
            if given.shape != value.shape or given.dtype != value.dtype:
                had, wanted = (f"{x.dtype.name}[{','.join(map(str, x.shape))}]" for x in (given, value))
                raise ValueError(
                    f"unexpected JAX type (e.g. shape/dtype) for argument to VJP function: got {had}, but expected {wanted} because the corresponding output of the "
                    f"differentiated function had JAX type {wanted}"
                )
        return treedef.unflatten(pull_back(parts))

    value = out.unflatten(values)
    return (value, vjp_fun, outside["aux"]) if has_aux else (value, vjp_fun)


def linearize(fun, *primals):
    value = fun(*primals)
    return value, lambda *tangents: jvp(fun, primals, tangents)[1]


def _prefix(axes, tree, name):
    """An axis for each leaf of `tree`."""
    leaves, treedef = _core.tree_flatten(tree)
    if axes is None or isinstance(axes, int):
        return [axes] * len(leaves)
    if not isinstance(axes, (tuple, list, dict)):
        raise TypeError(f"vmap {name} must be an int, None, or a tuple of entries corresponding to the positional arguments passed to the function, but got {axes}.")
    kind, keys, children, aux = treedef.level()
    parts = [axes[key] for key in keys] if isinstance(axes, dict) else list(axes)
    if len(parts) != len(children):
        raise ValueError(f"vmap {name} specification must be a tree prefix of the corresponding value, got specification {axes} for value tree {treedef}.")
    out = []
    if isinstance(tree, dict):
        values = [tree[key] for key in keys]
    else:
        values = list(tree)
    for part, value in zip(parts, values):
        out.extend(_prefix(part, value, name))
    return out


def vmap(fun, in_axes=0, out_axes=0, axis_name=None, axis_size=None, spmd_axis_name=None):
    if not callable(fun):
        raise TypeError(f"Expected a callable value, got {fun}")
    if in_axes is not None and not isinstance(in_axes, (int, tuple, list)):
        raise TypeError(f"vmap in_axes must be an int, None, or a tuple of entries corresponding to the positional arguments passed to the function, but got {in_axes}.")
    if isinstance(in_axes, list):
        in_axes = tuple(in_axes)

    def vmap_f(*args, **kwargs):
        if isinstance(in_axes, tuple) and len(in_axes) != len(args):
            raise ValueError(f"vmap in_axes must be an int, None, or a tuple of entries corresponding to the positional arguments passed to the function, but got len(in_axes)={len(in_axes)}, len(args)={len(args)}")
        leaves, treedef = _core.tree_flatten((args, kwargs))
        axes = _prefix(in_axes, args, "in_axes") + [0] * (len(leaves) - len(_core.tree_flatten(args)[0]))
        leaves = [_core.asarray(leaf) for leaf in leaves]
        sizes, found = [], []
        for leaf, axis in zip(leaves, axes):
            if axis is None:
                found.append(None)
                continue
            if leaf.ndim == 0 or not -leaf.ndim <= axis < leaf.ndim:
                raise ValueError(f"vmap was requested to map its argument along axis {axis}, which implies that its rank should be at least {axis + 1 if axis >= 0 else -axis}, but is only {leaf.ndim} (its shape is {leaf.shape})")
            found.append(axis % leaf.ndim)
            sizes.append(leaf.shape[axis % leaf.ndim])
        if axis_size is not None:
            sizes.append(axis_size)
        if not leaves and axis_size is None:
            raise ValueError(f"vmap wrapped function must be passed at least one argument containing an array or axis_size must be specified, got empty *args={args} and **kwargs={kwargs}")
        if not sizes:
            raise ValueError("vmap must have at least one non-None value in in_axes or axis_size must be specified")
        if len(set(sizes)) > 1:
            raise ValueError(_inconsistent(fun, args, in_axes, leaves, found))
        outside = {}

        def flat(given):
            arguments, keywords = treedef.unflatten(given)
            result = fun(*arguments, **keywords)
            parts, outside["out"] = _core.tree_flatten(result)
            for part in parts:
                if not _core.is_array(part):
                    raise TypeError(f"Output from batched function {part!r} with type {type(part)} is not a valid JAX type")
            return parts

        def outs(ranks):
            tree = outside["out"].unflatten(list(range(len(ranks))))
            places = _prefix(out_axes, tree, "out_axes")
            return [None if axis is None else axis % (rank + 1) for axis, rank in zip(places, ranks)]

        return outside_unflatten(outside, _core.vmap(flat, leaves, found, outs, sizes[0]))

    return _like(vmap_f, fun)


def outside_unflatten(outside, leaves):
    return outside["out"].unflatten(leaves)


def _inconsistent(fun, args, in_axes, leaves, found):
    names = _parameters(fun)
    groups = {}
    for i, (leaf, axis) in enumerate(zip(leaves, found)):
        if axis is not None:
            name = names[i] if i < len(names) else f"args[{i}]"
            text = f"axis {axis} of argument {name} of type {leaf.dtype.name}[{','.join(map(str, leaf.shape))}]"
            groups.setdefault(leaf.shape[axis], []).append(text)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    lines = []
    for i, (size, texts) in enumerate(ordered):
        if len(texts) == 1:
            lines.append(f"  * one axis had size {size}: {texts[0]}")
        else:
            lines.append(f"  * {'some' if i else 'most'} axes ({len(texts)} of them) had size {size}, e.g. {texts[0]}")
    return "vmap got inconsistent sizes for array axes to be mapped:\n" + ";\n".join(lines)


def _on_basis(fun, argnums, args, forward, has_aux=False):
    single = isinstance(argnums, int)
    numbers = [argnums] if single else list(argnums)
    import jax.numpy as jnp

    chosen = tuple(args[i] for i in numbers)
    leaves, treedef = _core.tree_flatten(chosen)
    leaves = [_core.asarray(leaf) for leaf in leaves]
    for leaf in leaves:
        if forward and leaf.dtype.name != "float32":
            raise TypeError(
                f"jacfwd requires real-valued inputs (input dtype that is a sub-dtype of np.floating), but got {leaf.dtype.name}. For holomorphic differentiation, pass "
                "holomorphic=True. For differentiation of non-holomorphic functions involving complex inputs or integer inputs, use jax.jvp directly."
            )
        _check_input(leaf, "jacrev")
    chosen = treedef.unflatten(leaves)

    def partial(*parts):
        arguments = list(args)
        for i, part in zip(numbers, parts):
            arguments[i] = part
        return fun(*arguments)

    def basis(leaf):
        n = leaf.size
        return _core.weaken(jnp.reshape(jnp.eye(n), (n, *leaf.shape)), leaf.weak_type)

    if forward:
        columns = []
        outside = {}
        for which, leaf in enumerate(leaves):
            def push(direction, which=which):
                tangents = [direction if i == which else jnp.zeros_like(other) for i, other in enumerate(leaves)]
                out = jvp(partial, chosen, treedef.unflatten(tangents))[1]
                parts, outside["out"] = _core.tree_flatten(out)
                return parts

            parts = vmap(push, out_axes=-1)(basis(leaf))
            columns.append([jnp.reshape(part, (*part.shape[:-1], *leaf.shape)) for part in parts])
        trees = [treedef.unflatten([column[j] for column in columns]) for j in range(len(columns[0]))]
        trees = [tree[0] if single else tree for tree in trees]
        return outside["out"].unflatten(trees)
    value, pull_back = vjp(partial, *chosen)
    outputs, out = _core.tree_flatten(value)
    rows = []
    for which, output in enumerate(outputs):
        def pull(seed, which=which):
            seeds = [seed if i == which else jnp.zeros_like(other) for i, other in enumerate(outputs)]
            return pull_back(out.unflatten(seeds))

        found = vmap(pull)(basis(output))
        parts = _core.tree_flatten(found)[0]
        parts = [jnp.reshape(part, (*output.shape, *leaf.shape)) for part, leaf in zip(parts, leaves)]
        tree = treedef.unflatten(parts)
        rows.append(tree[0] if single else tree)
    return out.unflatten(rows)


def jacfwd(fun, argnums=0, has_aux=False, holomorphic=False):
    def jacfun(*args, **kwargs):
        return _on_basis(partial(fun, **kwargs) if kwargs else fun, argnums, args, True)

    return _like(jacfun, fun)


def jacrev(fun, argnums=0, has_aux=False, holomorphic=False, allow_int=False):
    def jacfun(*args, **kwargs):
        return _on_basis(partial(fun, **kwargs) if kwargs else fun, argnums, args, False)

    return _like(jacfun, fun)


jacobian = jacrev


def hessian(fun, argnums=0, has_aux=False, holomorphic=False):
    return jacfwd(jacrev(fun, argnums), argnums)


class ClosedJaxpr:
    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text

    __str__ = __repr__


ClosedJaxpr.__module__ = "jax._src.core"


def make_jaxpr(fun, static_argnums=(), axis_env=None, return_shape=False):
    if not callable(fun):
        raise TypeError("the first argument must be callable")
    static = set(_tuple(static_argnums))

    def text_of(args, kwargs):
        if type(fun) is type(make_jaxpr):
            return _jitted(fun, list(_tuple(static_argnums)), [])._jaxpr(*args, **kwargs)
        dynamic = tuple(arg for i, arg in enumerate(args) if i not in static)
        leaves, treedef = _core.tree_flatten((dynamic, kwargs))

        def flat(given):
            arguments, keywords = treedef.unflatten(given)
            rest = iter(arguments)
            every = [arg if i in static else next(rest) for i, arg in enumerate(args)]
            return _core.tree_flatten(fun(*every, **keywords))[0]

        return _core.make_jaxpr(flat, leaves)

    def make_jaxpr_f(*args, **kwargs):
        text = ClosedJaxpr(text_of(args, kwargs))
        return (text, eval_shape(fun, *args, **kwargs)) if return_shape else text

    return _like(make_jaxpr_f, fun)


class ShapeDtypeStruct:
    def __init__(self, shape, dtype, **ignored):
        from _dtypes import dtype as make

        self.shape, self.dtype = tuple(shape), make(dtype)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        n = 1
        for k in self.shape:
            n *= k
        return n

    def __repr__(self):
        return f"ShapeDtypeStruct(shape={self.shape}, dtype={self.dtype.name})"

    def __eq__(self, other):
        return isinstance(other, ShapeDtypeStruct) and (self.shape, self.dtype) == (other.shape, other.dtype)

    def __hash__(self):
        return hash((self.shape, self.dtype.name))


def eval_shape(fun, *args, **kwargs):
    import jax.numpy as jnp

    leaves, treedef = _core.tree_flatten((args, kwargs))
    leaves = [jnp.zeros(leaf.shape, leaf.dtype) if isinstance(leaf, ShapeDtypeStruct) else leaf for leaf in leaves]
    outside = {}

    def flat(given):
        arguments, keywords = treedef.unflatten(given)
        parts, outside["out"] = _core.tree_flatten(fun(*arguments, **keywords))
        return parts

    found = _core.eval_shape(flat, leaves)
    return outside["out"].unflatten([ShapeDtypeStruct(shape, name) for shape, name in found])


class custom_jvp:
    def __init__(self, fun, nondiff_argnums=()):
        self.fun, self.rule, self.nondiff = fun, None, tuple(nondiff_argnums)
        _like(self, fun)

    def defjvp(self, jvp, symbolic_zeros=False):
        self.rule = jvp
        return jvp

    def defjvps(self, *rules):
        def jvp(primals, tangents):
            out = self(*primals)
            parts = [f(t, out, *primals) for f, t in zip(rules, tangents) if f is not None]
            total = parts[0]
            for part in parts[1:]:
                total = total + part
            return out, total

        self.rule = jvp

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)

    def __call__(self, *args, **kwargs):
        if self.rule is None:
            raise AttributeError(f"No JVP defined for custom_jvp function {_name(self.fun)} using defjvp.")
        if not _core.is_tracing():
            return self.fun(*args, **kwargs)
        fixed = {i: arg for i, arg in enumerate(args) if i in self.nondiff}
        leaves, treedef = _core.tree_flatten((tuple(arg for i, arg in enumerate(args) if i not in fixed), kwargs))
        outside = {}

        def whole(dynamic):
            rest = iter(dynamic)
            return [fixed[i] if i in fixed else next(rest) for i in range(len(args))]

        def flat(given):
            dynamic, keywords = treedef.unflatten(given)
            parts, outside["out"] = _core.tree_flatten(self.fun(*whole(dynamic), **keywords))
            return parts

        def rule(given, tangents):
            dynamic, _ = treedef.unflatten(given)
            directions, _ = treedef.unflatten(tangents)
            out, found = self.rule(*[fixed[i] for i in sorted(fixed)], tuple(dynamic), tuple(directions))
            return [_core.asarray(part) for part in _core.tree_flatten(found)[0]]

        flat.__name__, rule.__name__ = _name(self.fun), _name(self.rule)
        found = _core.custom_call(flat, rule, True, leaves)
        return outside["out"].unflatten(found)


class custom_vjp:
    def __init__(self, fun, nondiff_argnums=()):
        self.fun, self.fwd, self.bwd, self.nondiff = fun, None, None, tuple(nondiff_argnums)
        _like(self, fun)

    def defvjp(self, fwd, bwd, symbolic_zeros=False, optimize_remat=False):
        self.fwd, self.bwd = fwd, bwd

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)

    def __call__(self, *args, **kwargs):
        if self.fwd is None:
            raise AttributeError(f"No VJP defined for custom_vjp function {_name(self.fun)} using defvjp.")
        if not _core.is_tracing():
            return self.fun(*args, **kwargs)
        fixed = {i: arg for i, arg in enumerate(args) if i in self.nondiff}
        leaves, treedef = _core.tree_flatten(tuple(arg for i, arg in enumerate(args) if i not in fixed))
        outside = {}

        def whole(dynamic):
            rest = iter(dynamic)
            return [fixed[i] if i in fixed else next(rest) for i in range(len(args))]

        def flat(given):
            parts, outside["out"] = _core.tree_flatten(self.fun(*whole(treedef.unflatten(given)), **kwargs))
            return parts

        def forward(given):
            out, residuals = self.fwd(*whole(treedef.unflatten(given)))
            parts, outside["residuals"] = _core.tree_flatten(residuals)
            outside["kept"] = [part if not _core.is_array(part) else None for part in parts]
            return [_core.asarray(part) for part in parts]

        def backward(residuals, cotangent):
            kept = outside["residuals"].unflatten(residuals)
            ct = outside["out"].unflatten(cotangent)
            found = self.bwd(*[fixed[i] for i in sorted(fixed)], kept, ct)
            parts = []
            import jax.numpy as jnp

            for value, (given, leaf) in _pair_up(found, treedef, leaves):
                parts.append(jnp.zeros_like(leaf) if given is None else _core.asarray(given))
            return parts

        flat.__name__, forward.__name__, backward.__name__ = _name(self.fun), _name(self.fwd), _name(self.bwd)
        found = _core.custom_call(flat, (forward, backward), False, leaves)
        return outside["out"].unflatten(found)


def _pair_up(found, treedef, leaves):
    """For each argument leaf the cotangent that the rule gives, `None` where it gives none for a whole argument."""
    kind, keys, children, aux = treedef.level()
    found = found if isinstance(found, tuple) else (found,)
    position = 0
    for child, part in zip(children, found):
        for k in range(child.num_leaves):
            value = None if part is None else _core.tree_flatten(part)[0][k]
            yield None, (value, leaves[position])
            position += 1


def checkpoint(fun=None, **ignored):
    return checkpoint if fun is None else fun


remat = checkpoint


def block_until_ready(x):
    return x


def device_put(x, device=None, **ignored):
    return _core.tree_flatten(x)[1].unflatten([_core.asarray(leaf) for leaf in _core.tree_flatten(x)[0]])


def device_get(x):
    import numpy

    leaves, treedef = _core.tree_flatten(x)
    return treedef.unflatten([numpy.asarray(leaf) for leaf in leaves])


def effects_barrier():
    pass


def pure_callback(*args, **kwargs):
    raise NotImplementedError("this JAX has no pure_callback")


def named_call(fun, name=None):
    return fun


class Device:
    platform = "cpu"
    device_kind = "cpu"
    id = 0

    def __repr__(self):
        return "CpuDevice(id=0)"

    def __str__(self):
        return "cpu:0"


class SingleDeviceSharding:
    def __repr__(self):
        return "SingleDeviceSharding(device=CpuDevice(id=0), memory_kind=device)"


_cpu = Device()


def devices(backend=None):
    return [_cpu]


local_devices = devices


def device_count(backend=None):
    return 1


local_device_count = device_count


def default_backend():
    return "cpu"


def clear_caches():
    pass

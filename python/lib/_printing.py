"""How NumPy prints arrays where a program has changed its options (`numpy/_core/arrayprint.py`); with the defaults nothing here is used."""
import _core
from _math import shortest as _shortest

_DEFAULTS = {
    "edgeitems": 3, "threshold": 1000, "floatmode": "maxprec", "precision": 8, "suppress": False, "linewidth": 75,
    "nanstr": "nan", "infstr": "inf", "sign": "-", "formatter": None, "legacy": False, "override_repr": None,
}
_options = dict(_DEFAULTS)


def changed():
    """Whether arrays are printed otherwise than by default."""
    return _options != _DEFAULTS


def get_printoptions():
    return dict(_options)


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None):
    _options["formatter"] = formatter
    _options.update(_given(precision=precision, threshold=threshold, edgeitems=edgeitems, linewidth=linewidth, suppress=suppress, nanstr=nanstr, infstr=infstr, sign=sign, floatmode=floatmode))
    _core.hook("array_text", _jax_text if changed() else None)


def _given(**options):
    given = {name: value for name, value in options.items() if value is not None}
    if given.get("floatmode", "maxprec") not in ("fixed", "unique", "maxprec", "maxprec_equal"):
        raise ValueError("floatmode option must be one of \"fixed\", \"unique\", \"maxprec\", \"maxprec_equal\"")
    if given.get("sign", "-") not in ("-", "+", " "):
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    if not isinstance(given.get("precision", 8), int):
        raise TypeError("precision must be an integer")
    return given


class printoptions:
    """Options for the lines of a `with`."""

    def __init__(self, *args, **options):
        self._given = args, options

    def __enter__(self):
        self._before = dict(_options)
        args, options = self._given
        set_printoptions(*args, **options)
        return get_printoptions()

    def __exit__(self, *exception):
        set_printoptions(**{k: v for k, v in self._before.items() if k not in ("legacy", "override_repr")})


def _digits(x, single):
    """The fewest digits that tell a number from its neighbours, and the power of ten of the first."""
    mantissa, _, exponent = _shortest(abs(x), single).partition("e")
    return mantissa.replace(".", "").rstrip("0") or "0", int(exponent)


def _is_negative(x):
    return str(x).startswith("-")


def _signed(x, text, sign):
    return ("-" if _is_negative(x) else "+" if sign == "+" else "") + text


def _fixed(x, single, precision, unique):
    """Whole and fractional part in fixed form, at most `precision` places."""
    digits, power = _digits(x, single) if x else ("0", 0)
    if power < 0:
        whole, part = "0", "0" * (-power - 1) + digits
    else:
        whole, part = digits[: power + 1].ljust(power + 1, "0"), digits[power + 1 :]
    if not unique or (precision is not None and len(part) > precision):
        whole, _, part = f"{abs(x):.{precision}f}".partition(".")
    return whole, part.rstrip("0") if unique else part


def _exponent(x, single, precision, unique):
    """Mantissa's parts and the exponent in exponent form."""
    digits, power = _digits(x, single) if x else ("0", 0)
    whole, part = digits[0], digits[1:]
    if not unique or (precision is not None and len(part) > precision):
        mantissa, _, power = f"{abs(x):.{precision}e}".partition("e")
        whole, _, part = mantissa.partition(".")
        power = int(power)
    return whole, part.rstrip("0") if unique else part, f"{'-' if power < 0 else '+'}{abs(power):02d}"


def _is_finite(x):
    return x - x == 0


def _floats(values, single, options):
    finite = [x for x in values if _is_finite(x)]
    sizes = [abs(x) for x in finite if x != 0]
    large = bool(sizes) and max(sizes) >= (1e6 if single else 1e8)
    uneven = bool(sizes) and not options["suppress"] and (min(sizes) < 1e-4 or max(sizes) / min(sizes) > 1000.0)
    mode, sign = options["floatmode"], options["sign"]
    precision = None if mode == "unique" else options["precision"]
    unique = mode != "fixed"
    if large or uneven:
        parts = [_exponent(x, single, precision, unique) for x in finite]
        places = max((len(part) for _, part, _ in parts), default=0)
        texts = [_signed(x, f"{whole}.{part.ljust(places, '0')}e{power}", sign) for x, (whole, part, power) in zip(finite, parts)]
    else:
        parts = [_fixed(x, single, precision, unique) for x in finite]
        places = max((len(part) for _, part in parts), default=0)
        filler = "0" if mode in ("fixed", "maxprec_equal") else " "
        texts = [_signed(x, f"{whole}.{part.ljust(places, filler)}", sign) for x, (whole, part) in zip(finite, parts)]
    if sign == " ":
        texts = [text if text.startswith("-") else " " + text for text in texts]
    texts = iter(texts)
    plus = "+" if sign == "+" else ""
    special = lambda x: plus + options["nanstr"] if x != x else ("-" if x < 0 else plus) + options["infstr"]
    return _aligned([next(texts) if _is_finite(x) else special(x) for x in values])


def _aligned(texts):
    width = max((len(text) for text in texts), default=0)
    return [text.rjust(width) for text in texts]


def _formatter(kind, options):
    """The function of the program that prints such elements, if it gave one."""
    given = options["formatter"] or {}
    names = {"f": ("float", "float_kind"), "b": ("bool",)}.get(kind, ("int", "int_kind"))
    found = [given[name] for name in ("all", *names[::-1], *names) if given.get(name) is not None]
    return found[-1] if found else None


def _elements(values, name, options, alone):
    kind = "b" if name == "bool" else "f" if name.startswith("float") else "i"
    own = _formatter(kind, options)
    if own is not None:
        return [own(x) for x in values]
    if kind == "f":
        return _floats(values, name == "float32", options)
    if kind == "b":
        return [str(x).rjust(0 if alone else 5) for x in values]
    texts = _aligned([str(x) for x in values])
    plus = {"+": "+", " ": " "}.get(options["sign"], "")
    return _aligned([("" if x < 0 else plus) + text.strip() for x, text in zip(values, texts)]) if plus else texts


def _rows(shape, texts, indent, width, separator, edge):
    """Brackets around texts; lines that break where the next word would not fit with what follows it."""
    if not shape:
        return next(texts)
    n = shape[0]
    items = [*range(edge), None, *range(n - edge, n)] if edge and n > 2 * edge else range(n)
    if len(shape) > 1:
        parts = ["..." if i is None else _rows(shape[1:], texts, indent + 1, width - 1, separator, edge) for i in items]
        return "[" + (separator.rstrip() + "\n" * (len(shape) - 1) + " " * indent).join(parts) + "]"
    lines, line = "", " " * indent
    items = list(items)
    for place, i in enumerate(items):
        word = "..." if i is None else next(texts)
        if len(line) + len(word) > width - max(len(separator.rstrip()), 1) and len(line) > indent:
            lines += line.rstrip() + "\n"
            line = " " * indent
        line += word + (separator if place + 1 < len(items) else "")
    return "[" + (lines + line)[indent:] + "]"


def _visible(values, shape, edge):
    if not shape:
        return values
    n, size = shape[0], len(values) // shape[0]
    rows = [*range(edge), *range(n - edge, n)] if edge and n > 2 * edge else range(n)
    return [x for i in rows for x in _visible(values[i * size : (i + 1) * size], shape[1:], edge)]


def text(values, shape, name, separator=" ", prefix=0, suffix=0, **changes):
    """Numbers in row-major order as an array of this shape."""
    options = {**_options, **changes}
    if 0 in shape:
        return "[]"
    edge = options["edgeitems"] if len(values) > options["threshold"] else 0
    texts = iter(_elements(_visible(values, shape, edge), name, options, not shape))
    return _rows(shape, texts, prefix + 1, options["linewidth"] - suffix, separator, edge)


def _jax_text(values, shape, name, is_repr, weak):
    """What `str` and `repr` of JAX's arrays give."""
    if not is_repr:
        return text(values, shape, name) if shape else None
    kind = f"dtype={name}{', weak_type=True' if weak else ''})"
    inner = f"[], shape={shape}" if 0 in shape else text(values, shape, name, ", ", 6, 1)
    last = len(inner) - inner.rfind("\n") + 1
    gap = " " * 6 if last + len(kind) + 1 > _options["linewidth"] else " "
    return f"Array({inner},{gap}{kind}"


def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=" ", prefix="", style=None, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix="", **ignored):
    import numpy

    a = numpy.asarray(a)
    changes = _given(linewidth=max_line_width, precision=precision, suppress=suppress_small, formatter=formatter, threshold=threshold, edgeitems=edgeitems, sign=sign, floatmode=floatmode)
    return text(a._data, a.shape, a._name, separator, len(prefix), len(suffix), **changes)


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    return array2string(a, max_line_width, precision, suppress_small) if getattr(a, "shape", ()) else str(a)


def array_repr(a, max_line_width=None, precision=None, suppress_small=None):
    if type(a).__module__ != "numpy":
        return repr(a)
    body = array2string(a, max_line_width, precision, suppress_small, ", ", "array(", suffix=")")
    kind = "" if a._name in ("float64", "int64", "bool") and a.size else f", dtype={a._name}"
    return f"array({body}{kind})"

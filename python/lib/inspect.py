"""What programs and Python's own modules ask of `inspect`."""
import types


class _empty:
    pass


class Parameter:
    empty = _empty
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = range(5)

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def __str__(self):
        text = {2: "*", 4: "**"}.get(self.kind, "") + self.name
        return text if self.default is _empty else f"{text}={self.default!r}"


class Signature:
    empty = _empty

    def __init__(self, parameters):
        self.parameters = {p.name: p for p in parameters}
        self.return_annotation = _empty

    def __str__(self):
        return "(" + ", ".join(str(p) for p in self.parameters.values()) + ")"


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def signature(obj, **ignored):
    bound = 0
    if isinstance(obj, type):
        obj, bound = obj.__init__, 1
    elif hasattr(obj, "__self__") and hasattr(obj, "__func__"):
        obj, bound = obj.__func__, 1
    obj = unwrap(obj)
    code = getattr(obj, "__code__", None)
    if code is None:
        raise ValueError(f"no signature found for {obj!r}")
    names = code.co_varnames
    count, only = code.co_argcount, code.co_kwonlyargcount
    defaults = obj.__defaults__ or ()
    parameters = []
    for i, name in enumerate(names[:count]):
        at = i - (count - len(defaults))
        parameters.append(Parameter(name, 1, default=defaults[at] if at >= 0 else _empty))
    place = count + only
    if code.co_flags & 4:
        parameters.append(Parameter(names[place], 2))
        place += 1
    for name in names[count:count + only]:
        parameters.append(Parameter(name, 3, default=(obj.__kwdefaults__ or {}).get(name, _empty)))
    if code.co_flags & 8:
        parameters.append(Parameter(names[place], 4))
    return Signature(parameters[bound:])


def isclass(x):
    return isinstance(x, type)


def isfunction(x):
    return isinstance(x, types.FunctionType)


def ismethod(x):
    return isinstance(x, types.MethodType)


def isbuiltin(x):
    return isinstance(x, types.BuiltinFunctionType)


def isroutine(x):
    return isfunction(x) or ismethod(x) or isbuiltin(x)


def ismodule(x):
    return isinstance(x, types.ModuleType)


def isgenerator(x):
    return isinstance(x, types.GeneratorType)


def isgeneratorfunction(x):
    return isfunction(x) and bool(x.__code__.co_flags & 32)


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    return "\n".join(lines).strip("\n")


def getdoc(x):
    doc = getattr(x, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getmembers(x, predicate=None):
    pairs = sorted((name, getattr(x, name)) for name in dir(x))
    return [(name, value) for name, value in pairs if predicate is None or predicate(value)]


def get_annotations(obj, **ignored):
    return dict(getattr(obj, "__annotations__", {}))


def getsource(obj):
    raise OSError("could not get source code")


def getmro(cls):
    return cls.__mro__

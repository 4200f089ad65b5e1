"""What a program finds before its first line: streams that write to the host."""
import sys
import _core


class _Stream:
    encoding = "utf-8"
    errors = "strict"
    closed = False

    def __init__(self, number, name):
        self._number, self.name = number, name

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        _core.write(self._number, text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        return self._number

    def writable(self):
        return True


class _Nothing:
    encoding = "utf-8"

    def read(self, *args):
        return ""

    def readline(self, *args):
        return ""

    def __iter__(self):
        return iter(())


sys.stdout = sys.__stdout__ = _Stream(1, "<stdout>")
sys.stderr = sys.__stderr__ = _Stream(2, "<stderr>")
sys.stdin = sys.__stdin__ = _Nothing()


def _set_clock():
    """In a browser the time is the host's."""
    import time

    start = _core.clock()
    if start is None:
        return

    def since_start():
        return _core.clock() - start

    def sleep(seconds):
        end = _core.clock() + seconds
        while _core.clock() < end:
            pass

    def of_now(f, default):
        return lambda seconds=None: f(default() if seconds is None else seconds)

    time.time, time.sleep = _core.clock, sleep
    time.perf_counter = time.monotonic = time.process_time = time.thread_time = since_start
    time.time_ns = lambda: int(_core.clock() * 1e9)
    time.perf_counter_ns = time.monotonic_ns = time.process_time_ns = lambda: int(since_start() * 1e9)
    for name in ("localtime", "gmtime", "ctime"):
        if hasattr(time, name):
            setattr(time, name, of_now(getattr(time, name), _core.clock))
    strftime = time.strftime
    time.strftime = lambda form, t=None: strftime(form, time.localtime() if t is None else t)


_set_clock()


import builtins as _builtins


def _digits(x):
    """A decimal's digits and exponent, exactly: x is digits · 10^exponent."""
    numerator, denominator = x.as_integer_ratio()
    power = denominator.bit_length() - 1
    return numerator * 5**power, -power


def _round_float(x, n):
    digits, exponent = _digits(abs(x))
    if -exponent <= n:
        return x
    unit = 10 ** (-exponent - n)
    whole, rest = divmod(digits, unit)
    if rest * 2 > unit or (rest * 2 == unit and whole % 2):
        whole += 1
    result = float(f"{whole}e{-n}")
    return -result if x < 0 or (x == 0 and str(x)[0] == "-") else result


_round = _builtins.round


def round(number, ndigits=None):
    if type(number) is float and ndigits is not None and number - number == 0:
        n = ndigits.__index__()
        if n > 323:
            return number
        if n < -308:
            return 0.0 * number
        return _round_float(number, n)
    return _round(number) if ndigits is None else _round(number, ndigits)


round.__module__ = "builtins"
_builtins.round = round


import codecs as _codecs


def _latin1(name):
    if name != "latin1":
        return None
    return _codecs.CodecInfo(
        lambda text, errors="strict": (bytes(ord(c) for c in text), len(text)),
        lambda data, errors="strict": ("".join(chr(b) for b in bytes(data)), len(data)),
        name="latin1",
    )


_codecs.register(_latin1)


def _remove(self, value, /):
    for i, x in enumerate(self):
        if x is value or x == value:
            del self[i]
            return
    raise ValueError("list.remove(x): x not in list")


def _index(self, value, start=0, stop=9223372036854775807, /):
    for i in range(*slice(start, stop).indices(len(self))):
        if self[i] is value or self[i] == value:
            return i
    raise ValueError(f"{value!r} is not in list")


_joined, _formatted = str.join, str.format


def _join(self, iterable, /):
    items = list(iterable)
    for i, item in enumerate(items):
        if not isinstance(item, str):
            raise TypeError(f"sequence item {i}: expected str instance, {type(item).__name__} found")
    return _joined(self, items)


def _format(self, /, *args, **kwargs):
    try:
        return _formatted(self, *args, **kwargs)
    except IndexError as error:
        if str(error) != "tuple index out of range":
            raise
    raise IndexError(f"Replacement index {len(args)} out of range for positional args tuple")


for _class, _name, _method in ((list, "remove", _remove), (list, "index", _index), (str, "join", _join), (str, "format", _format)):
    _method.__name__, _method.__qualname__ = _name, f"{_class.__name__}.{_name}"
    _core.replace_method(_class, _name, _method)


def _str(self, /):
    text = BaseException.__str__(self)
    return _core.words(text) if len(self.args) == 1 else text


for _class in (TypeError, ValueError, ZeroDivisionError, OverflowError, UnboundLocalError, RecursionError):
    _core.replace_method(_class, "__str__", _str)

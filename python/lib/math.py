"""Python's `math`, over the host's functions of floats."""
from _math import one as _one, two as _two

pi = 3.141592653589793
e = 2.718281828459045
tau = 6.283185307179586
inf = float("inf")
nan = float("nan")


def _float(x):
    if isinstance(x, (float, int)):
        return float(x)
    if hasattr(type(x), "__float__"):
        return float(x)
    if hasattr(type(x), "__index__"):
        return float(x.__index__())
    raise TypeError(f"must be real number, not {type(x).__name__}")


def _make(name, domain=None, overflows=False):
    def function(x, /):
        x = _float(x)
        result = _one(name, x)
        if result != result and x == x:
            raise ValueError("math domain error")
        if result in (inf, -inf) and x not in (inf, -inf):
            if overflows:
                raise OverflowError("math range error")
            raise ValueError("math domain error")
        return result

    function.__name__ = function.__qualname__ = name
    return function


for _name in "acos acosh asin asinh atan atanh cbrt cos erf erfc log1p sin sqrt tan tanh".split():
    globals()[_name] = _make(_name)
for _name in "cosh exp exp2 expm1 gamma lgamma sinh".split():
    globals()[_name] = _make(_name, overflows=True)
del _name


def _log(name, x, scale):
    if isinstance(x, int) and not isinstance(x, bool):
        if x <= 0:
            raise ValueError("math domain error")
        shift = max(0, x.bit_length() - 1000)
        return _one(name, float(x >> shift)) + shift * scale
    x = _float(x)
    if x <= 0.0:
        raise ValueError("math domain error")
    return _one(name, x)


def log(x, base=None):
    result = _log("log", x, 0.6931471805599453)
    if base is None:
        return result
    return result / _log("log", base, 0.6931471805599453)


def log2(x, /):
    return _log("log2", x, 1.0)


def log10(x, /):
    return _log("log10", x, 0.30102999566398120)


def atan2(y, x, /):
    return _two("atan2", _float(y), _float(x))


def copysign(x, y, /):
    return _two("copysign", _float(x), _float(y))


def fmod(x, y, /):
    x, y = _float(x), _float(y)
    if y == 0.0 or (x in (inf, -inf) and y == y):
        raise ValueError("math domain error")
    return _two("fmod", x, y)


def remainder(x, y, /):
    x, y = _float(x), _float(y)
    if y == 0.0 or (x in (inf, -inf) and y == y):
        raise ValueError("math domain error")
    return _two("remainder", x, y)


def pow(x, y, /):
    x, y = _float(x), _float(y)
    if x == 0.0 and y < 0.0:
        raise ValueError("math domain error")
    result = _two("pow", x, y)
    if result != result and x == x and y == y:
        raise ValueError("math domain error")
    if result in (inf, -inf) and x not in (inf, -inf) and y not in (inf, -inf):
        raise OverflowError("math range error")
    return result


def hypot(*coordinates):
    numbers = [abs(_float(x)) for x in coordinates]
    if len(numbers) == 2:
        return _two("hypot", *numbers)
    largest = max(numbers, default=0.0)
    if largest in (0.0, inf):
        return largest
    return largest * sqrt(fsum((x / largest) ** 2 for x in numbers))


def dist(p, q, /):
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    return hypot(*(a - b for a, b in zip(p, q)))


def ceil(x, /):
    if hasattr(type(x), "__ceil__"):
        return type(x).__ceil__(x)
    return -floor(-_float(x))


def floor(x, /):
    if isinstance(x, int):
        return int(x)
    if not isinstance(x, float) and hasattr(type(x), "__floor__"):
        return type(x).__floor__(x)
    x = _float(x)
    whole = int(x)
    return whole - 1 if whole > x else whole


def trunc(x, /):
    return type(x).__trunc__(x) if hasattr(type(x), "__trunc__") else int(_float(x))


def fabs(x, /):
    return abs(_float(x))


def isnan(x, /):
    x = _float(x)
    return x != x


def isinf(x, /):
    return _float(x) in (inf, -inf)


def isfinite(x, /):
    x = _float(x)
    return x == x and x not in (inf, -inf)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    difference = abs(b - a)
    return difference <= abs(rel_tol * b) or difference <= abs(rel_tol * a) or difference <= abs_tol


def degrees(x, /):
    return _float(x) * (180.0 / pi)


def radians(x, /):
    return _float(x) * (pi / 180.0)


def frexp(x, /):
    x = _float(x)
    if x == 0.0 or not isfinite(x):
        return (x, 0)
    numerator, denominator = abs(x).as_integer_ratio()
    exponent = numerator.bit_length() - denominator.bit_length()
    mantissa = ldexp(x, -exponent)
    if abs(mantissa) >= 1.0:
        exponent += 1
        mantissa = ldexp(x, -exponent)
    return (mantissa, exponent)


def ldexp(x, i, /):
    x = _float(x)
    if x == 0.0 or not isfinite(x):
        return x
    while i > 1000:
        x, i = x * 2.0**1000, i - 1000
    while i < -1000:
        x, i = x * 2.0**-1000, i + 1000
    result = x * 2.0**i
    if result in (inf, -inf):
        raise OverflowError("math range error")
    return result


def modf(x, /):
    x = _float(x)
    if isinf(x):
        return (copysign(0.0, x), x)
    whole = _one("trunc", x)
    return (copysign(x - whole, x), whole)


def nextafter(x, y, /):
    x, y = _float(x), _float(y)
    if x != x or y != y:
        return nan
    if x == y:
        return y
    return _one("next_up" if y > x else "next_down", x)


def ulp(x, /):
    x = abs(_float(x))
    if not isfinite(x):
        return x
    return _one("next_up", x) - x


def fsum(seq, /):
    partials = []
    for x in seq:
        x = _float(x)
        kept = 0
        for y in partials:
            if abs(x) < abs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low:
                partials[kept] = low
                kept += 1
            x = high
        partials[kept:] = [x]
    if not partials:
        return 0.0
    total = partials.pop()
    low = 0.0
    while partials:
        x = total
        y = partials.pop()
        total = x + y
        low = y - (total - x)
        if low:
            break
    if partials and ((low < 0.0 and partials[-1] < 0.0) or (low > 0.0 and partials[-1] > 0.0)):
        y = low * 2.0
        x = total + y
        if y == x - total:
            total = x
    return total


def prod(iterable, /, *, start=1):
    for x in iterable:
        start = start * x
    return start


def sumprod(p, q, /):
    return sum(a * b for a, b in zip(p, q, strict=True))


def _index(x):
    if isinstance(x, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    return x.__index__()


def factorial(n, /):
    n = _index(n)
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    if n > 9223372036854775807:
        raise OverflowError("factorial() argument should not exceed 9223372036854775807")
    result = 1
    for k in range(2, n + 1):
        result *= k
    return result


def comb(n, k, /):
    n, k = _index(n), _index(k)
    if n < 0:
        raise ValueError("n must be a non-negative integer")
    if k < 0:
        raise ValueError("k must be a non-negative integer")
    if k > n:
        return 0
    result = 1
    for i in range(min(k, n - k)):
        result = result * (n - i) // (i + 1)
    return result


def perm(n, k=None, /):
    if k is None:
        return factorial(n)
    n, k = _index(n), _index(k)
    if n < 0 or k < 0:
        raise ValueError("n must be a non-negative integer" if n < 0 else "k must be a non-negative integer")
    result = 1
    for i in range(k):
        result *= n - i
    return result


def gcd(*integers):
    result = 0
    for x in integers:
        x = abs(_index(x))
        while x:
            result, x = x, result % x
    return result


def lcm(*integers):
    result = 1
    for x in integers:
        x = _index(x)
        if x == 0:
            return 0
        result = abs(result * x) // gcd(result, x)
    return result


def isqrt(n, /):
    n = _index(n)
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    if n == 0:
        return 0
    x = 1 << ((n.bit_length() + 1) // 2)
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y

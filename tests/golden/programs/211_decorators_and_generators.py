# closures, decorators, generators
import functools
import time

def timed(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        t0 = time.perf_counter()
        result = f(*args, **kwargs)
        wrapper.calls += 1
        assert time.perf_counter() >= t0
        return result
    wrapper.calls = 0
    return wrapper

@timed
def fib(n):
    """the n-th fibonacci number"""
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(10), fib.calls, fib.__name__, fib.__doc__)

def counter(start=0):
    n = start
    while True:
        step = yield n
        n += step if step is not None else 1

c = counter(5)
print(next(c), next(c), c.send(10), next(c))
def limited():
    yield 1
    return "done"
g = limited()
print(next(g))
try:
    next(g)
except StopIteration as e:
    print("stopped with", e.value)
print(functools.reduce(lambda a, b: a * b, range(1, 6)), list(map(str, [1, 2.5, None])), list(filter(None, [0, 1, "", "a"])))
def make(n):
    def inner(x):
        nonlocal n
        n += x
        return n
    return inner
add = make(10)
print(add(1), add(5))
fs = [lambda x, k=k: x ** k for k in range(3)]
print([f(2) for f in fs])
print({k: v for k, v in zip("abc", range(3))}, {i % 3 for i in range(10)}, sum(x * x for x in range(5)))
print(*[1, 2], sep="-", end="!\n")
a, *rest = [1, 2, 3]
print(a, rest, [*rest, a], {**{"x": 1}, "y": 2})
@functools.lru_cache(maxsize=None)
def slow(n):
    return n if n < 2 else slow(n - 1) + slow(n - 2)
print(slow(50), slow.cache_info())

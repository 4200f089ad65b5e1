# what Python says when something is wrong
import math
from functools import reduce

class Box:
    pass

def two():
    return 1, 2, 3

def unpack():
    a, b = two()
    return a + b

def late():
    print(value)
    value = 1

attempts = {
    "remove": lambda: [1, 2].remove(3),
    "index": lambda: ["a"].index("b"),
    "list key": lambda: [1]["a"],
    "float key": lambda: [1][1.0],
    "text key": lambda: "abc"["a"],
    "tuple item": lambda: (1, 2).__getitem__("a") if False else (1, 2)["a"],
    "unpack": unpack,
    "late": late,
    "max": lambda: max([]),
    "min": lambda: min(()),
    "join": lambda: ", ".join(["a", 1]),
    "format": lambda: "{} {}".format(1),
    "percent": lambda: "%d" % "a",
    "float": lambda: float(None),
    "power": lambda: 0 ** -1,
    "tuple plus": lambda: (1,) + [2],
    "isinstance": lambda: isinstance(1, "int"),
    "reduce": lambda: reduce(lambda a, b: a + b, []),
    "round": lambda: round("a"),
    "sqrt": lambda: math.sqrt(-1),
    "missing": lambda: {"a": 1}["b"],
    "call": lambda: 5(),
    "attribute": lambda: Box().size,
}
for name, attempt in attempts.items():
    try:
        attempt()
    except Exception as e:
        print(f"{name:>10}: {type(e).__name__}: {e}")
try:
    x = (1, 2)
    x[0] = 5
except TypeError as e:
    print(repr(e))
try:
    with Box():
        pass
except TypeError as e:
    print(e)
values = [3, 1, 2]
values.remove(1)
print(values, values.index(2), "-".join("abc"), "{1} {0}".format("a", "b"))
sizes = {"w": 2}
print(sizes["b"])

# inheritance and abstract classes
from abc import ABC, abstractmethod
from enum import Enum
from dataclasses import dataclass, asdict, replace
import math

class Shape(ABC):
    @abstractmethod
    def area(self): ...
    def describe(self):
        return f"{type(self).__name__} with area {self.area():.2f}"
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return math.pi * self.r ** 2
class Square(Shape):
    def __init__(self, a): self._a = a
    @property
    def a(self): return self._a
    @a.setter
    def a(self, value):
        if value < 0:
            raise ValueError("negative side")
        self._a = value
    def area(self): return self._a ** 2
    @classmethod
    def unit(cls): return cls(1)
    @staticmethod
    def corners(): return 4
for s in (Circle(1), Square.unit()):
    print(s.describe(), isinstance(s, Shape))
try:
    Shape()
except TypeError as e:
    print("TypeError:", e)
sq = Square(2)
try:
    sq.a = -1
except ValueError as e:
    print("ValueError:", e, sq.a, Square.corners())
class Kind(Enum):
    SGD = "sgd"
    ADAM = "adam"
print(Kind.SGD, Kind("adam"), Kind.ADAM.name, Kind.ADAM.value, list(Kind), Kind.SGD is Kind.SGD)
@dataclass(frozen=True, order=True)
class Config:
    lr: float = 0.1
    steps: int = 10
c = Config()
print(c, replace(c, lr=0.5), asdict(c), c < Config(0.2), c == Config(0.1, 10), hash(c) == hash(Config()))
try:
    c.lr = 1
except Exception as e:
    print(type(e).__name__, e)
class Base:
    def __init__(self, x): self.x = x
    def __repr__(self): return f"{self.__class__.__name__}(x={self.x})"
class Child(Base):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def __getattr__(self, name): return f"no {name}"
ch = Child(1, 2)
print(ch, ch.y, ch.foo, vars(ch), Child.__mro__[1].__name__, [m for m in dir(ch) if not m.startswith("_")])

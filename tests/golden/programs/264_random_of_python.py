# Python's own random: the same draws from the same seeds, whatever the seed is.
import math
import random
import statistics

random.seed(42)
print(random.random(), random.random())
print([random.randint(1, 6) for _ in range(10)], random.randrange(0, 100, 7), random.randrange(10))
items = list(range(10))
random.shuffle(items)
print(items, random.choice("abcdef"), random.choices([1, 2, 3], weights=[1, 2, 7], k=8), random.choices("xyz", k=5))
print(random.sample(range(1000), 5), random.sample(["a", "b", "c"], 2), random.sample(range(10**9), 3))
print(random.sample([1, 2], counts=[3, 4], k=4))
print(random.gauss(0, 1), random.gauss(5, 0.1), random.gauss(0, 1))
print(random.uniform(-1, 1), random.normalvariate(0, 1), random.betavariate(2, 3), random.triangular(0, 1, 0.3))
print(random.lognormvariate(0, 0.5), random.vonmisesvariate(0, 4), random.gammavariate(2, 1), random.gammavariate(0.5, 1))
print(random.paretovariate(3), random.weibullvariate(1, 2), random.expovariate(1.5))
print(random.getrandbits(1), random.getrandbits(32), random.getrandbits(33), random.getrandbits(200), random.getrandbits(0))
print(random.randbytes(7))

for seed in (0, 1, -1, 2**32, 2**100 + 7, -(2**70), True, 3.5, -0.25, 0.0, "text", "", "ü", b"bytes", bytearray(b"xy")):
    random.seed(seed)
    print(repr(seed), random.random(), random.getrandbits(64))
random.seed("old", version=1)
print(random.random())

state = random.getstate()
print(state[0], len(state[1]), state[1][-1], state[2])
a = [random.random() for _ in range(700)]
random.setstate(state)
print(a == [random.random() for _ in range(700)], a[-1])

own = random.Random(7)
other = random.Random(7)
print(own.random() == other.random(), own.randint(0, 10**30), own.gauss(0, 1), isinstance(own, random.Random))


class Dice(random.Random):
    def roll(self):
        return self.randint(1, 6)


dice = Dice(3)
print([dice.roll() for _ in range(8)])

print(0 <= random.SystemRandom().random() < 1, len(random.SystemRandom().randbytes(9)))
random.seed()
print(0 <= random.random() < 1, random.Random().random() != random.Random().random())

for wrong in (
    lambda: random.seed([1]),
    lambda: random.choice([]),
    lambda: random.sample([1, 2], 3),
    lambda: random.getrandbits(-1),
    lambda: random.setstate((3, (1, 2), None)),
    lambda: random.setstate((3, [1, 2], None)),
    lambda: random.randrange(0),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)

random.seed(1)
data = [random.gauss(10, 2) for _ in range(100)]
print(statistics.mean(data), statistics.fmean(data), statistics.median(data))
print(statistics.stdev(data), statistics.pstdev(data), statistics.variance(data), statistics.pvariance(data))
print(statistics.quantiles(data), statistics.quantiles(data, n=10, method="inclusive"))
print(statistics.mode([1, 2, 2, 3]), statistics.multimode("aabbc"), statistics.harmonic_mean([40, 60]), statistics.geometric_mean([1, 2, 4]))
print(statistics.correlation(data, sorted(data)), statistics.linear_regression([1, 2, 3], [2.0, 4.1, 5.9]))
print(statistics.mean([1, 2, 3, 4]), statistics.median([1, 3, 5, 7]), statistics.median_low([1, 3]), statistics.stdev([1, 2, 3, 4]))
normal = statistics.NormalDist(0, 1)
print(normal.cdf(1.0), normal.inv_cdf(0.975), normal.pdf(0.5), statistics.NormalDist.from_samples(data))
print(math.isclose(sum(random.random() for _ in range(1000)) / 1000, 0.5, abs_tol=0.05))
try:
    statistics.mean([])
except statistics.StatisticsError as error:
    print(error)

"""Random programs and what JAX's jit makes of them: writes programs.json.

Usage: programs.py SEED COUNT FILE
A program is a list of operations on earlier values; values 0, 1, ... are its arguments. Written against jax 0.10.2.
"""
import json, random, sys
import jax, jax.numpy as jnp, numpy as np

seed, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
random.seed(seed)
rng = np.random.default_rng(seed)
CONSTANTS = [0.5, 2.0, 3.0, 0.1, 7.0, -1.0, 1.0, 0.9, -0.3]

def apply(op, xs, dims):
    two = {"add": jnp.add, "sub": jnp.subtract, "mul": jnp.multiply, "div": jnp.divide, "max": jnp.maximum, "min": jnp.minimum}
    if op in two: return two[op](*xs)
    if op == "neg": return -xs[0]
    if op == "square": return xs[0] ** 2
    if op == "cube": return xs[0] ** 3
    if op == "sqrt": return jnp.sqrt(jnp.square(xs[0]) + 1.0)
    if op == "sum": return jnp.sum(xs[0])
    if op == "mean": return jnp.mean(xs[0])
    if op == "dot": return xs[0] @ xs[1]
    if op == "reshape": return xs[0].reshape(dims)
    raise ValueError(op)

def program():
    n, m = random.choice([1, 1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 33, 40]), random.choice([1, 2, 3, 5, 8])
    shapes = [(n,), (n,), (n,), (), (n, m), (m,)]
    equations = []
    for _ in range(random.randint(3, 12)):
        kind = random.random()
        def pick(shape):
            fits = [i for i, s in enumerate(shapes) if s == shape]
            return random.choice(fits[-4:]) if fits else None
        shape = random.choice(shapes[3:] + [(n,)] * 3)
        if kind < 0.72:
            op = random.choice(["add"] * 4 + ["sub"] * 3 + ["mul"] * 6 + ["div", "max", "min"])
            second = random.random()
            x = pick(shape)
            y = random.choice(CONSTANTS) if second < 0.25 else pick(()) if second < 0.4 else pick(shape)
            if isinstance(y, float): y = {"constant": y}
            pair = [x, y] if random.random() < 0.5 else [y, x]
            equations.append((op, pair, None)); shapes.append(shape)
        elif kind < 0.82:
            equations.append((random.choice(["neg", "square", "cube", "sqrt"]), [pick(shape)], None)); shapes.append(shape)
        elif kind < 0.9:
            equations.append((random.choice(["sum", "mean"]), [pick(random.choice([(n,), (m,)]))], None)); shapes.append(())
        elif kind < 0.95:
            equations.append(("dot", [pick((n, m)), pick((m,))], None)); shapes.append((n,))
        else:
            at = pick((n,)); to = random.choice([(n, 1), (1, n)])
            equations.append(("reshape", [at], to)); shapes.append(to)
    first = 6
    used = {i for _, xs, _ in equations for i in xs if isinstance(i, int)}
    outs = [i for i in range(first, len(shapes)) if i not in used or random.random() < 0.15]
    return shapes, equations, outs

def run(equations, outs):
    def f(*args):
        values = list(args)
        for op, xs, dims in equations:
            values.append(apply(op, [x["constant"] if isinstance(x, dict) else values[x] for x in xs], dims))
        return [values[i] for i in outs]
    return f

bits = lambda x: np.asarray(x, np.float32).view(np.uint32).ravel().tolist()
records = []
while len(records) < count:
    shapes, equations, outs = program()
    f = jax.jit(run(equations, outs))
    args = [rng.normal(size=s).astype(np.float32) for s in shapes[:6]]
    results = f(*args)
    if not all(np.isfinite(r).all() for r in map(np.asarray, results)): continue
    records.append({"shapes": shapes[:6], "equations": [{"op": o, "of": x, "dims": d} for o, x, d in equations], "outs": outs,
                    "arguments": [bits(a) for a in args], "results": [bits(r) for r in results]})
json.dump({"jax": jax.__version__, "seed": seed, "programs": records}, open(path, "w"), separators=(",", ":"))

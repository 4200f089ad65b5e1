"""What Flax prints for modules, states and graphs, and what some modules compute: the text in nnx_prints.txt.

Usage: nnx_prints.py > nnx_prints.txt
Written against jax 0.10.2, flax 0.12.8, optax 0.2.8. Addresses of functions are left out, and an Optax transformation, which prints
as its two functions, is written `GradientTransformation(init, update)`.
"""
import re
import jax, jax.numpy as jnp, optax
from jax import random
from flax import nnx


def show(name, value):
    text = str(value)
    text = re.sub(r"GradientTransformationExtraArgs\(init=<[^>]*>[^>]*>, update=<[^>]*>[^>]*>\)", "GradientTransformation(init, update)", text)
    text = re.sub(r"\(<function [\w.<>]*init_fn at \w+>, <function [\w.<>]*update_fn at \w+>\)", "GradientTransformation(init, update)", text)
    text = re.sub(r" at 0x[0-9a-f]+", "", text)
    print(f"## {name}\n{text}")


def show_all(name, module):
    show(name, module)
    graphdef, state = nnx.split(module)
    show(f"{name} graphdef", graphdef)
    show(f"{name} state", state)
    show(f"{name} merged", nnx.merge(graphdef, state))


class MyLinear(nnx.Module):
    def __init__(self, in_size, out_size, rngs):
        self.out_size = out_size
        self.in_size = in_size
        self.kernel = nnx.Param(random.normal(rngs(), (self.out_size, self.in_size)))

    def __call__(self, x):
        return self.kernel @ x


class Mlp(nnx.Module):
    def __init__(self, sizes, rngs):
        self.layers = nnx.List([nnx.Linear(m, n, rngs=rngs) for m, n in zip(sizes, sizes[1:])])

    def __call__(self, x):
        for layer in self.layers[:-1]:
            x = nnx.relu(layer(x))
        return self.layers[-1](x)


class Twice(nnx.Module):
    """Two named layers of one type, and fixed values of every type."""

    def __init__(self, rngs):
        self.second = nnx.Linear(3, 1, rngs=rngs)
        self.first = nnx.Linear(2, 3, use_bias=False, rngs=rngs)
        self.rate = 0.5
        self.tiny = 1e-05
        self.label = "it's"
        self.flag = True
        self.count = -3


class Shared(nnx.Module):
    """One layer at two places, and one variable at two."""

    def __init__(self, rngs):
        self.first = nnx.Linear(2, 2, use_bias=False, rngs=rngs)
        self.second = self.first
        self.w = nnx.Param(jnp.ones((2,)))
        self.a = self.w


class Kinds(nnx.Module):
    def __init__(self):
        self.w = nnx.Param(jnp.ones((2,)))
        self.mean = nnx.BatchStat(jnp.zeros((3,)))
        self.cache = nnx.Cache(jnp.zeros((), jnp.int32))
        self.seen = nnx.Variable(jnp.ones((1, 1)))
        self.mask = nnx.Variable(jnp.zeros((5,), bool))
        self.scale = jnp.ones((2,))


class Empty(nnx.Module):
    pass


class Large(nnx.Module):
    def __init__(self):
        self.empty = Empty()
        self.tall = nnx.Param(jnp.zeros((300, 400)))
        self.wide = nnx.Param(jnp.zeros((1000, 1001)))


class Stacked(nnx.Module):
    def __init__(self):
        self.parts = nnx.List([nnx.Param(jnp.ones((2,))), nnx.BatchStat(jnp.zeros((1,)))])


rngs = nnx.Rngs(42)
show("param", nnx.Linear(2, 1, use_bias=False, rngs=rngs).kernel)
show("scalar", nnx.Param(jnp.float32(2)))
show("no numbers", nnx.BatchStat(jnp.ones((0, 2))))
show("large param", nnx.Param(jnp.arange(1200.0).reshape(300, 4)))
show_all("my linear", MyLinear(2, 1, rngs=nnx.Rngs(42)))


@nnx.jit
def show_traced(model):
    show("traced", model)
    show("traced kernel", model.kernel)
    show("traced state", nnx.state(model))


show_traced(MyLinear(2, 1, rngs=nnx.Rngs(42)))
show_all("linear", nnx.Linear(2, 3, rngs=nnx.Rngs(0)))
show_all("mlp", Mlp([2, 3, 3, 1], rngs=nnx.Rngs(7)))
show_all("twice", Twice(rngs=nnx.Rngs(1)))
show_all("shared", Shared(rngs=nnx.Rngs(2)))
show_all("kinds", Kinds())
show_all("large", Large())
show_all("stacked", Stacked())
_, params, stats, rest = nnx.split(Kinds(), nnx.Param, nnx.BatchStat, ...)
show("kinds params", params)
show("kinds stats", stats)
show("kinds rest", rest)
show("kinds variables", nnx.state(Kinds(), nnx.Variable))
show("kinds not params", nnx.state(Kinds(), nnx.Not(nnx.Param)))
show("kinds of path", nnx.state(Kinds(), nnx.PathContains("mean")))
show_all("optimizer sgd", nnx.Optimizer(MyLinear(2, 1, rngs=nnx.Rngs(42)), optax.sgd(0.1), wrt=nnx.Param))
show_all("optimizer momentum", nnx.Optimizer(MyLinear(2, 1, rngs=nnx.Rngs(42)), optax.sgd(0.1, momentum=0.9), wrt=nnx.Param))
show_all("optimizer adam", nnx.Optimizer(Twice(rngs=nnx.Rngs(1)), optax.adam(0.1), wrt=nnx.Param))
model = MyLinear(2, 1, rngs=nnx.Rngs(42))
graphdef, state = nnx.split((model, nnx.Optimizer(model, optax.sgd(0.1), wrt=nnx.Param)))
show("pair graphdef", graphdef)
show("pair state", state)


def bits(x):
    return jax.lax.bitcast_convert_type(x, jnp.uint32).ravel().tolist()


for seed, sizes in ((42, (2, 1)), (0, (2, 1)), (3, (8, 4))):
    rngs = nnx.Rngs(seed)
    show(f"bits linear {seed} {sizes}", bits(nnx.Linear(*sizes, rngs=rngs).kernel[...]))
    show(f"bits my linear {seed} {sizes}", bits(MyLinear(*sizes, rngs=rngs).kernel[...]))
mlp = Mlp([2, 128, 128, 1], rngs=nnx.Rngs(42))
for i in range(3):
    show(f"mlp kernel {i}: first bits and exclusive or", (b := bits(mlp.layers[i].kernel[...]))[:4] + [__import__("functools").reduce(int.__xor__, b)])
x = random.normal(random.PRNGKey(1), (16, 2))
y = random.normal(random.PRNGKey(2), (16,))
loss = lambda model, x, y: jnp.mean((jnp.squeeze(model(x)) - y) ** 2)
value, grads = nnx.value_and_grad(loss)(mlp, x, y)
show("mlp loss", value)
show("mlp gradient norms", [float(jnp.linalg.norm(g)) for g in jax.tree.leaves(grads)])

# training the second layer only
import jax
import jax.numpy as jnp
import optax
from flax import nnx

class Net(nnx.Module):
    def __init__(self, rngs):
        self.body = nnx.Linear(2, 3, rngs=rngs)
        self.head = nnx.Linear(3, 1, rngs=rngs)
    def __call__(self, x):
        return self.head(nnx.sigmoid(self.body(x)))

net = Net(nnx.Rngs(0))
x = jax.random.normal(jax.random.key(1), (8, 2))
y = x[:, :1] - x[:, 1:]
only_head = nnx.All(nnx.Param, nnx.PathContains("head"))
opt = nnx.Optimizer(net, optax.sgd(0.5), wrt=only_head)
before = net.body.kernel.value

@nnx.jit
def step(net, opt, x, y):
    loss_fn = lambda net: jnp.mean((net(x) - y) ** 2)
    loss, grads = nnx.value_and_grad(loss_fn, argnums=nnx.DiffState(0, only_head))(net)
    opt.update(net, grads)
    return loss

for i in range(6):
    print(i, step(net, opt, x, y))
print(jnp.array_equal(before, net.body.kernel.value))
graphdef, head, rest = nnx.split(net, only_head, ...)
print(head)
print(jax.tree.map(jnp.shape, rest))
print(nnx.merge(graphdef, head, rest)(x[:2]))

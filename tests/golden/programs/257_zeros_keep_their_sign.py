# where no unit is active, the signs of zeros tell how products are added
import jax
import jax.numpy as jnp
from flax import nnx

for m, k, n in [(1, 1, 3), (1, 2, 2), (1, 3, 7), (1, 4, 9), (1, 2, 13), (2, 3, 2), (3, 2, 1), (9, 4, 1)]:
    product = jnp.zeros((m, k)) @ -jnp.ones((k, n))
    print(m, k, n, ["-" if str(v)[0] == "-" else "+" for v in product.ravel().tolist()])

class Net(nnx.Module):
    def __init__(self, rngs):
        self.inner = nnx.Linear(2, 3, rngs=rngs)
        self.outer = nnx.Linear(3, 1, rngs=rngs)

    def __call__(self, x):
        return self.outer(nnx.relu(self.inner(x)))

net = Net(nnx.Rngs(0))
net.inner.bias.value = jnp.array([-10.0, -10.0, -10.0])
x, y = jnp.ones((4, 2)), jnp.ones((4, 1))
loss = lambda net: jnp.mean((net(x) - y) ** 2)
print(nnx.grad(loss)(net))
print(nnx.jit(nnx.grad(loss))(net)["outer"]["kernel"].value.ravel())
w = jnp.zeros(3)
print(jax.grad(lambda w: jnp.mean((jnp.zeros((5, 3)) @ w - 1.0) ** 2))(w))

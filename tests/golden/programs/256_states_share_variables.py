# a state holds the module's own variables
import jax
import jax.numpy as jnp
import optax
from flax import nnx

net = nnx.Sequential(nnx.Linear(2, 2, rngs=nnx.Rngs(0)), jnp.tanh, nnx.Linear(2, 1, rngs=nnx.Rngs(1)))
x = jnp.array([[1.0, -1.0], [0.5, 2.0]])
optimizer = nnx.Optimizer(net, optax.sgd(0.1), wrt=nnx.Param)
before = nnx.state(net)
values = jax.tree.map(lambda p: p + 0.0, before)

@nnx.jit
def step(net, optimizer):
    loss, grads = nnx.value_and_grad(lambda m: jnp.mean(m(x) ** 2))(net)
    optimizer.update(net, grads)
    return loss

print([step(net, optimizer) for _ in range(3)], optimizer.step.value)
print(before["layers"][2]["bias"].value, values["layers"][2]["bias"].value, net.layers[2].bias.value)
graphdef, state = nnx.split(net)
twin = nnx.merge(graphdef, state)
twin.layers[2].bias.value = jnp.array([9.0])
print(net.layers[2].bias, state["layers"][2]["bias"] is net.layers[2].bias)
copy = nnx.clone(net)
copy.layers[2].bias.value = jnp.zeros(1)
print(net.layers[2].bias.value, f"{copy.layers[2].bias}")
nnx.update(net, values)
print(net(x), len(net.layers), jax.vmap(net)(x).shape)
try:
    net.layers[2].bias += 1.0
except NotImplementedError as e:
    print(e)
try:
    nnx.split(net, nnx.PathContains("bias"))
except ValueError as e:
    print(str(e).splitlines()[0])
print(jax.tree.structure(nnx.state(net.layers[0])))

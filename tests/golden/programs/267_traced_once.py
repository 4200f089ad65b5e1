# a function is traced once for the same shapes, whoever asks
import jax, jax.numpy as jnp
@jax.jit
def f(x):
    print("tracing with", x)
    return x * 2
f(jnp.ones(3))
print(jax.make_jaxpr(f)(jnp.ones(3)))
print(jax.make_jaxpr(f)(jnp.ones(4)))
f(jnp.ones(4))
print("plain")
def g(x):
    print("g", x)
    return x + 1
print(jax.make_jaxpr(g)(jnp.ones(3)))
print(jax.make_jaxpr(g)(jnp.ones(3)))
jax.jit(g)(jnp.ones(3))
jax.jit(g)(jnp.ones(3))
print("grad")
@jax.jit
def loss(x):
    print("loss", x)
    return (x ** 2).sum()
loss(jnp.ones(3))
jax.grad(loss)(jnp.ones(3))
jax.grad(loss)(jnp.ones(3))
jax.value_and_grad(loss)(jnp.ones(3))
jax.jit(lambda x: loss(x) + 1)(jnp.ones(3))
jax.vmap(loss)(jnp.ones((2, 3)))
jax.vmap(loss)(jnp.ones((2, 3)))

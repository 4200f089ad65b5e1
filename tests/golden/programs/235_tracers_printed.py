# what is x inside of grad, vmap and jit?
import jax
import jax.numpy as jnp

def f(x):
    print("x is", x)
    y = x ** 2
    print("y is", y, y.shape, y.dtype)
    return y

print(f(3.0) if False else "start")
print(jax.grad(f)(3.0))
print(jax.jit(f)(3.0))
print(jax.vmap(f)(jnp.arange(3.0)))
print(jax.vmap(jax.grad(f))(jnp.arange(3.0)))
print(jax.jit(jax.grad(f))(2.0))
g = lambda x: jnp.sum(f(x))
print(jax.grad(g)(jnp.array([1.0, 2.0])))
def h(x):
    print(type(x).__name__, isinstance(x, jax.Array))
    return x * 1.0
h(jnp.ones(2)); jax.jit(h)(1.0); jax.grad(h)(1.0); jax.vmap(h)(jnp.ones(2))
print(jax.value_and_grad(lambda x: x * (2.0 if x > 1 else 3.0))(2.0))

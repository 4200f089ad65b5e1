# gradient of a function with two outputs
import jax
import jax.numpy as jnp
def f(x):
    return jnp.sum(x ** 2), x
x = jnp.arange(3.0)
print(f(x)[0])
print(jax.value_and_grad(f, has_aux=True)(x))
print(jax.grad(f)(x))

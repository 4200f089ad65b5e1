# a float to the power of one integer is multiplied up, of several is not
import jax
import jax.numpy as jnp

for n in (0, 1, 3, 7, 11, 20, -3):
    t = jnp.array(n)
    print(n, 0.999 ** t, 0.95 ** t, jnp.power(jnp.full(3, 0.97), t), jnp.float32(1.7) ** t)
print(0.999 ** jnp.arange(6), 0.5 ** jnp.arange(3), 2 ** jnp.array(5), jnp.array(2) ** 3)
print(0.1 * 0.9 ** jnp.array(12), jnp.array(0.9) ** 12, (0.9 ** jnp.array(3)).dtype, (0.9 ** jnp.array(3)).weak_type)

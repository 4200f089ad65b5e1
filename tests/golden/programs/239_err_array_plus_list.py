# list plus array
import jax.numpy as jnp
losses = [1.0, 2.0]
print(jnp.array(losses) + 1)
print(jnp.array(losses) + losses)

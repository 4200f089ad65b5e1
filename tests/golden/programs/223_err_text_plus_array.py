import jax.numpy as jnp
loss = jnp.array(0.25)
for epoch in range(2):
    print("epoch " + str(epoch) + " loss " + str(loss))
print("final loss " + loss)

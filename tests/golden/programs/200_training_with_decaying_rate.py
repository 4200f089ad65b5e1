# the lecture's training with a decaying learning rate
import jax
import jax.numpy as jnp
from jax import random
import optax

N, M, sigma = 500, 2, 0.001
key = random.PRNGKey(42)
key, *subkey = random.split(key, num=4)
theta = random.normal(subkey[0], (M,))
X = random.normal(subkey[1], (N, M))
Y = X @ theta + sigma * random.normal(subkey[2], (N,))

def data_loader(key, X, Y, batch_size):
    idx = random.permutation(key, jnp.arange(X.shape[0]))
    for i in range(0, X.shape[0], batch_size):
        yield X[idx[i:i + batch_size]], Y[idx[i:i + batch_size]]

def loss_fn(params, X, Y):
    return jnp.mean((X @ params - Y) ** 2)

schedule = optax.exponential_decay(init_value=0.1, transition_steps=100, decay_rate=0.8)
optimizer = optax.sgd(learning_rate=schedule)

@jax.jit
def make_step(params, opt_state, X, Y):
    loss_value, grads = jax.value_and_grad(loss_fn)(params, X, Y)
    updates, opt_state = optimizer.update(grads, opt_state, params)
    params = optax.apply_updates(params, updates)
    return params, opt_state, loss_value

key, subkey = random.split(key)
params = random.normal(subkey, (M,))
opt_state = optimizer.init(params)
print(f"start {jnp.linalg.norm(theta - params)}")
for epoch in range(20):
    key, subkey = random.split(key)
    for X_batch, Y_batch in data_loader(subkey, X, Y, 25):
        params, opt_state, loss_value = make_step(params, opt_state, X_batch, Y_batch)
    if epoch % 4 == 0:
        print(f"Epoch {epoch}, ||theta-theta_hat|| = {jnp.linalg.norm(theta - params)}, loss {loss_value}")
print(opt_state)
print(params, theta, schedule(400))

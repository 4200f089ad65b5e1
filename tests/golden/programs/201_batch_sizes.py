# how does the batch size matter?
import jax
import jax.numpy as jnp
from jax import random, jit, vmap, value_and_grad
import optax

N, M = 200, 4
key = random.PRNGKey(7)
k1, k2, k3, key = random.split(key, 4)
theta = random.normal(k1, (M,))
X = random.normal(k2, (N, M))
Y = X @ theta + 0.05 * random.normal(k3, (N,))

def predict(params, x):
    return jnp.dot(params, x)

def loss(params, X, Y):
    pred = vmap(predict, in_axes=(None, 0))(params, X)
    return jnp.mean((pred - Y) ** 2)

def run(batch, lr=0.02, epochs=5):
    opt = optax.sgd(lr)
    @jit
    def step(p, s, x, y):
        v, g = value_and_grad(loss)(p, x, y)
        u, s = opt.update(g, s)
        return optax.apply_updates(p, u), s, v
    p = jnp.zeros(M)
    s = opt.init(p)
    k = random.PRNGKey(1)
    for e in range(epochs):
        k, sub = random.split(k)
        idx = random.permutation(sub, N)
        for i in range(0, N, batch):
            p, s, v = step(p, s, X[idx[i:i+batch]], Y[idx[i:i+batch]])
    return p, v
for b in [1, 4, 10, 32, 50, 64, 200]:
    p, v = run(b)
    print(f"batch {b:3d}: last loss {v:.6f} distance {jnp.linalg.norm(p - theta):.6f}", p)

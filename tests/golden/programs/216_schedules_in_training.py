import jax, optax
import jax.numpy as jnp
target = jnp.array([1.0, -2.0, 0.5])
def f(p):
    return jnp.sum((p["a"] - target) ** 2) + 0.1 * p["b"] ** 2
for name, lr in [("const", optax.constant_schedule(0.1)), ("linear", optax.linear_schedule(0.2, 0.01, 20)), ("exp", optax.exponential_decay(0.2, 5, 0.7)), ("cos", optax.cosine_decay_schedule(0.2, 25)),
                 ("join", optax.join_schedules([optax.constant_schedule(0.05), optax.linear_schedule(0.2, 0.0, 10)], [5]))]:
    tx = optax.sgd(lr)
    p = {"a": jnp.zeros(3), "b": jnp.array(2.0)}
    s = tx.init(p)
    @jax.jit
    def step(p, s):
        v, g = jax.value_and_grad(f)(p)
        u, s = tx.update(g, s, p)
        return optax.apply_updates(p, u), s, v
    for i in range(25):
        p, s, v = step(p, s)
    print(name, v, p["a"], p["b"], optax.global_norm(jax.grad(f)(p)))
    print("   ", [round(float(lr(t)), 5) for t in (0, 5, 10, 24)], jax.tree.leaves(s))

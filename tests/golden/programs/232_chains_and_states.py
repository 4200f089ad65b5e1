# chains and their states
import jax
import jax.numpy as jnp
import optax

params = {"w": jnp.array([1.0, 2.0]), "b": jnp.array([0.5])}
grads = {"w": jnp.array([3.0, -4.0]), "b": jnp.array([1.0])}
tx = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(0.1))
state = tx.init(params)
print(state)
updates, state = tx.update(grads, state, params)
print(updates)
print(optax.global_norm(grads), optax.global_norm(updates))
params = optax.apply_updates(params, updates)
print(params)
print(state[1][0].count, state[1][0].mu)
tx = optax.chain(optax.add_decayed_weights(0.01), optax.sgd(0.1))
u, s = tx.update(grads, tx.init(params), params)
print(u)
print(jax.tree.map(lambda p, u: p + u, params, u))
schedule = optax.exponential_decay(init_value=0.5, transition_steps=1, decay_rate=0.5)
tx = optax.chain(optax.scale_by_schedule(schedule), optax.scale(-1.0))
s = tx.init(params)
for i in range(3):
    u, s = tx.update(grads, s)
    print(i, u["w"], s[0].count)

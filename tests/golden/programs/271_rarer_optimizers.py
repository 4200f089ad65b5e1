# optimizers and wrappers that few programs use; trees as vectors; sums over segments
import jax
import jax.numpy as jnp
import optax
from jax.flatten_util import ravel_pytree

f = lambda p: 0.5 * jnp.sum(jnp.array([1.0, 10.0]) * p ** 2)
for name in ("adamax", "nadam", "lion", "adabelief", "yogi", "lamb", "sign_sgd"):
    tx = getattr(optax, name)(0.05)
    p = jnp.array([1.0, 1.0])
    s = tx.init(p)
    for _ in range(20):
        u, s = tx.update(jax.grad(f)(p), s, p)
        p = optax.apply_updates(p, u)
    print(f"{name:10s} {f(p):.5f}", p)
params = {"w": jnp.ones(2), "b": jnp.zeros(1)}
g = {"w": jnp.array([3.0, 4.0]), "b": jnp.array([0.5])}
masked = optax.masked(optax.add_decayed_weights(0.1), {"w": True, "b": False})
print(masked.update(g, masked.init(params), params)[0])
print(optax.masked(optax.trace(0.9), {"w": True, "b": False}).init(params))
inject = optax.inject_hyperparams(optax.sgd)(learning_rate=0.5)
state = inject.init(params)
print(state.hyperparams)
state.hyperparams["learning_rate"] = 0.1
print(inject.update(g, state)[0])
steps = optax.MultiSteps(optax.sgd(0.1), every_k_schedule=2)
a = steps.init(params)
for i in range(2):
    u, a = steps.update(g, a, params)
    print(i, u["w"], a.mini_step, a.gradient_step)
parts = optax.multi_transform({"fast": optax.sgd(1.0), "slow": optax.sgd(0.01)}, {"w": "fast", "b": "slow"})
print(parts.update(g, parts.init(params))[0])
flat, unravel = ravel_pytree(params)
print(flat, unravel(flat * 2)["w"])
print(jax.ops.segment_sum(jnp.arange(5.0), jnp.array([0, 1, 0, 2, 1]), num_segments=3))
print(jnp.block([[jnp.eye(2), jnp.zeros((2, 1))], [jnp.ones((1, 2)), jnp.full((1, 1), 3.0)]]))
M = jnp.arange(24).reshape(2, 3, 4)
print(M[1, [0, 2]], M[:, [0, 1], 0])

# broadcasting
import jax.numpy as jnp

a = jnp.arange(3)
B = jnp.ones((2, 3))
print(a + B, (a[:, None] * a[None, :]), (a[:, jnp.newaxis] + jnp.arange(2)).shape)
print(jnp.outer(a, a), jnp.zeros((3, 1)) + jnp.arange(4.0), sep="\n")
for s, t in [((3,), (3, 1)), ((2, 3), (3,)), ((2, 3), (2,)), ((4, 1, 3), (2, 1))]:
    try:
        r = jnp.ones(s) + jnp.ones(t)
        print(s, t, "->", r.shape)
    except (TypeError, ValueError) as e:
        print(s, t, type(e).__name__, e)
for s, t in [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (2, 3)), ((2, 3), (3, 4)), ((3,), (2,))]:
    try:
        r = jnp.ones(s) @ jnp.ones(t)
        print(s, t, "->", r.shape, r)
    except (TypeError, ValueError) as e:
        print(s, t, type(e).__name__, str(e).splitlines()[0])
X = jnp.array([[1.0, 2.0], [3.0, 4.0], [5.0, 9.0]])
print(X - X.mean(axis=0), (X - X.mean(0)) / X.std(0), X / X.sum(axis=1, keepdims=True), sep="\n")
print(jnp.max(X, axis=0), jnp.argmax(X, axis=1), X.mean(), X.T.shape, X.sum(-1))
print(jnp.dot(X.T, X), jnp.matmul(X, jnp.ones(2)), jnp.dot(2.0, X[0]))
print(jnp.linalg.norm(X), jnp.linalg.norm(X, axis=1), jnp.linalg.norm(X, ord=1), jnp.linalg.norm(X[0], 1))
print(jnp.cumprod(jnp.array([1.0, 2.0, 3.0])), jnp.floor(jnp.array([1.7, -1.2])), jnp.prod(X))

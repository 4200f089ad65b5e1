# eigenvectors and the factors of QR have LAPACK's signs
import jax
import jax.numpy as jnp

A = jnp.array([[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]])
w, V = jnp.linalg.eigh(A)
print([f"{x:.3f}" for x in w], [f"{x:.3f}" for x in V.ravel()])
for n in (2, 3, 4, 5, 6, 7):
    X = jax.random.normal(jax.random.PRNGKey(n), (30, n))
    w, V = jnp.linalg.eigh(X.T @ X / 30)
    print(n, [f"{x:.3f}" for x in w])
    for row in V:
        print("  ", [f"{x:.3f}" for x in row])
    Q, R = jnp.linalg.qr(X[: n + 1])
    for row in list(Q) + list(R):
        print("  ", [f"{x:.3f}" for x in row])
Q, R = jnp.linalg.qr(jnp.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]))
print(Q.shape, R.shape, [f"{x:.3f}" for x in R.ravel()])
loss = lambda a: jnp.sum(jnp.linalg.qr(a)[0] * jnp.arange(6.0).reshape(3, 2)) + jnp.linalg.qr(a)[1][0, 1]
print([f"{x:.3f}" for x in jax.grad(loss)(jnp.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])).ravel()])

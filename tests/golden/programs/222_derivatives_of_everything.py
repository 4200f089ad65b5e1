import jax
import jax.numpy as jnp
def f(x):
    return jnp.sin(x) * jnp.exp(-x ** 2) + jnp.log(1 + x ** 2)
df = jax.grad(f)
for x in [-1.5, -0.3, 0.0, 0.7, 2.0]:
    h = 1e-3
    fd = (f(x + h) - f(x - h)) / (2 * h)
    print(f"x={x:5.2f} f={f(x):9.6f} f'={df(x):9.6f} close={jnp.abs(fd - df(x)) < 1e-3}")
xs = jnp.linspace(-2, 2, 9)
print(jax.vmap(df)(xs))
print(jax.vmap(jax.grad(df))(xs))
i = jnp.argmax(jax.vmap(f)(xs))
print(i, xs[i], f(xs[i]))
g = lambda a, b: jnp.cos(a) * b + jnp.sqrt(b) / a + jnp.tanh(a * b) - jnp.arctan(b)
print(jax.grad(g, argnums=(0, 1))(1.2, 0.7))
print(jax.hessian(lambda v: g(v[0], v[1]))(jnp.array([1.2, 0.7])))
print(jax.grad(lambda v: jnp.sum(jnp.abs(v) ** 1.5))(jnp.array([1.0, -2.0, 3.0])))
print(jax.grad(lambda v: jnp.linalg.norm(v))(jnp.array([3.0, 4.0])), jax.grad(lambda v: jnp.max(v))(jnp.array([3.0, 4.0])), jax.grad(lambda v: jnp.prod(v))(jnp.array([3.0, 4.0, 2.0])))
print(jax.grad(lambda v: jnp.std(v))(jnp.array([1.0, 2.0, 4.0])), jax.grad(lambda v: jnp.var(v))(jnp.array([1.0, 2.0, 4.0])))
print(jax.grad(lambda v: jnp.cumsum(v)[1] * v[2])(jnp.array([1.0, 2.0, 4.0])), jax.grad(lambda v: jnp.clip(v, 0.0, 1.0).sum())(jnp.array([-1.0, 0.5, 2.0])))
print(jax.grad(lambda v: (v / v.sum())[0])(jnp.array([1.0, 2.0, 4.0])), jax.grad(lambda v: jnp.median(v))(jnp.array([1.0, 2.0, 4.0])))
print(jax.grad(lambda A: jnp.linalg.det(A))(jnp.array([[2.0, 1.0], [1.0, 3.0]])), jax.grad(lambda A: jnp.trace(A @ A))(jnp.array([[2.0, 1.0], [1.0, 3.0]])))
print(jax.grad(lambda v: jax.nn.softmax(v)[0])(jnp.array([1.0, 2.0, 3.0])), jax.grad(lambda v: jax.nn.logsumexp(v))(jnp.array([1.0, 2.0, 3.0])))
print(jax.grad(lambda v: jnp.where(v > 1.5, v ** 3, v).sum())(jnp.array([1.0, 2.0, 3.0])), jax.grad(jax.nn.sigmoid)(0.3), jax.grad(jax.nn.softplus)(0.3))

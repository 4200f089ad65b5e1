# custom pytree class
import jax
import jax.numpy as jnp
@jax.tree_util.register_pytree_node_class
class Layer:
    def __init__(self, w, b, name):
        self.w, self.b, self.name = w, b, name
    def __call__(self, x):
        return jnp.tanh(x @ self.w + self.b)
    def tree_flatten(self):
        return (self.w, self.b), self.name
    @classmethod
    def tree_unflatten(cls, name, children):
        return cls(*children, name)
    def __repr__(self):
        return f"Layer({self.name}, {jax.tree.map(jnp.shape, (self.w, self.b))})"
l = Layer(jnp.ones((2, 3)), jnp.zeros(3), "first")
print(l, jax.tree.leaves(l)[1], jax.tree.structure(l))
g = jax.grad(lambda l, x: jnp.sum(l(x) ** 2))(l, jnp.array([0.1, 0.2]))
print(g, g.w, g.b)
print(jax.jit(lambda l: jax.tree.map(lambda p: p * 2, l))(l).w[0])
l2 = jax.tree.map(lambda p, q: p - 0.1 * q, l, g)
print(l2.b, l2.name, jax.tree.map(jnp.size, [l, {"x": l}]))

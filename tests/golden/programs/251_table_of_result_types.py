# a table of result types
import jax.numpy as jnp
values = {"bool": jnp.array([True]), "int32": jnp.array([1]), "float32": jnp.array([1.0]), "py int": 1, "py float": 1.0, "py bool": True}
names = list(values)
print(" " * 9, *[n.rjust(9) for n in names])
for a in names:
    print(a.rjust(9), *[str(jnp.result_type(values[a], values[b])).rjust(9) for b in names])
for op in ("+", "*", "/", "//", "**", ">"):
    print(op, eval(f"values['int32'] {op} values['float32']").dtype, eval(f"values['int32'] {op} 2").dtype, eval(f"values['bool'] {op} 2").dtype)
print((jnp.array([1]) + jnp.float32(0.5)).dtype, (jnp.arange(3) * 0.5).dtype, jnp.mean(jnp.arange(3)).dtype, jnp.sum(jnp.array([True, True])).dtype)
print(jnp.ones(2, dtype=jnp.int32) / 2, jnp.array([1, 2]).astype(float), jnp.array([1.7]).astype(int), jnp.asarray([True, False]).astype(jnp.float32))
print(jnp.float32(1) + 1, jnp.int32(1) + 1.5, jnp.array(1) + True, repr(jnp.array(1) + 1), repr(jnp.float32(2) * 2))

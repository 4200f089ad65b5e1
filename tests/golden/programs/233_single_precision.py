# float32 is not exact
import jax.numpy as jnp
x = jnp.float32(0.1)
print(x + x + x, x * 3, 0.1 + 0.2, float(x), x == 0.1, float(x) == 0.1)
print(jnp.float32(16777216.0) + 1, jnp.float32(1e-8) + 1, jnp.float32(1e38) * 10)
s = jnp.float32(0.0)
for _ in range(1000):
    s = s + 0.1
print(s, 0.1 * 1000, jnp.sum(jnp.full(1000, 0.1)))
print(jnp.int32(2147483647) + 1, jnp.array(7) // 2, jnp.array(-7) // 2, jnp.array(-7) % 3, jnp.array(7) / 2)
print(jnp.sqrt(-1.0), jnp.log(0.0), 1 / jnp.array(0.0), jnp.exp(100.0), jnp.inf - jnp.inf)
print(jnp.isnan(jnp.nan), jnp.nan == jnp.nan, jnp.isfinite(jnp.array([1.0, jnp.inf, jnp.nan])))
print(jnp.exp(1.0), jnp.e, jnp.log(10.0), jnp.pi, jnp.sin(jnp.pi), jnp.cos(jnp.pi))
print(jnp.allclose(x * 3, 0.3), jnp.isclose(1.0, 1.0 + 1e-6), jnp.array_equal(jnp.ones(2), jnp.ones(2)))
print(jnp.round(2.5), jnp.round(3.5), jnp.round(-1.567, 2), round(jnp.float32(2.675), 2), jnp.floor(-1.5), jnp.ceil(1.2), jnp.trunc(-1.7))
print(jnp.arange(0.0, 1.0, 0.1), jnp.linspace(0.0, 1.0, 11))
print(1e-3 * jnp.arange(5), 1e6 * jnp.arange(3.0), jnp.array([1e-5, 1.0, 1e5]), jnp.array([0.1, 0.22, 0.333]))
print(jnp.maximum(jnp.nan, 1.0), jnp.sign(-0.0), jnp.abs(jnp.array([-0.0, -1.0])), jnp.power(2.0, 0.5), 2 ** jnp.arange(5))
print(jnp.mean(jnp.array([1, 2])), jnp.sum(jnp.array([True, True])), jnp.prod(jnp.arange(1, 13)), jnp.cumprod(jnp.arange(1.0, 6)))

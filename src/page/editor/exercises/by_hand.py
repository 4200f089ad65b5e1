"""Gradient descent without an optimizer.

Try: another learning rate, another start, f(x) = x**4.
"""
import jax


def f(x):
    return (x - 3.0) ** 2 + 1.0


learning_rate = 0.1
x = 0.0
for step in range(20):
    value, slope = jax.value_and_grad(f)(x)
    x = x - learning_rate * slope
    print(f"step {step:2d}  x = {x:.6f}  f(x) = {value:.6f}  f'(x) = {slope:.6f}")

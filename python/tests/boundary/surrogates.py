import jax
import jax.numpy as jnp
import numpy as np

text = "a\ud800"
calls = [
    lambda: print(text),
    lambda: print("a", end=text),
    lambda: "%s" % text == text,
    lambda: text * 2 == text + text,
    lambda: len(text.join(["b", "b"])),
    lambda: getattr(jnp, text),
    lambda: jnp.einsum(text, jnp.ones(2)),
    lambda: jax.jit(lambda x: {text: x})(1.0)[text],
    lambda: jax.tree.map(lambda x: x + 1, {text: 1})[text],
    lambda: float(text),
    lambda: int(text),
    lambda: {}[text],
]
for number, call in enumerate(calls):
    try:
        print(number, ascii(call()))
    except Exception as error:
        print(number, type(error).__name__)

# unknown optimizer name in a dictionary
import optax
optimizers = {"sgd": optax.sgd, "adam": optax.adam}
print(sorted(optimizers))
tx = optimizers["rmsprop"](0.1)

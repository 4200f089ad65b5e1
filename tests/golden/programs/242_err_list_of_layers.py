# list of layers
from flax import nnx
class Net(nnx.Module):
    def __init__(self, rngs):
        self.layers = [nnx.Linear(2, 2, rngs=rngs) for _ in range(2)]
print("building")
net = Net(nnx.Rngs(0))

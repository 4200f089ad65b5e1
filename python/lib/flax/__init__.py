"""`flax`: its NNX."""

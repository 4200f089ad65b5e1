"""`jax.scipy`: what programs of the course use."""
from jax.scipy import linalg, special, stats

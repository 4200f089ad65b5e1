"""Losses of `optax`."""
import jax
import jax.numpy as jnp


def _check_kind(x, kind):
    try:
        name = jnp.result_type(x).name
    except TypeError:
        raise TypeError(f"Cannot determine dtype of {x}") from None
    if name not in {"floating": ("float32",), "integer": ("int32", "uint32")}[kind]:
        raise TypeError(f"Expected the input to have a dtype that is a subdtype of <class 'numpy.{kind}'>, got {name} instead")


def _check_shapes(a, b):
    if jnp.shape(a) != jnp.shape(b):
        raise ValueError(f"Shape mismatch: got {jnp.shape(a)} and {jnp.shape(b)}.")


def squared_error(predictions, targets=None):
    _check_kind(predictions, "floating")
    if targets is not None:
        _check_shapes(predictions, targets)
    return (predictions - targets) ** 2 if targets is not None else predictions**2


def l2_loss(predictions, targets=None):
    return 0.5 * squared_error(predictions, targets)


def huber_loss(predictions, targets=None, delta=1.0):
    _check_kind(predictions, "floating")
    errors = (predictions - targets) if targets is not None else predictions
    abs_errors = jnp.abs(errors)
    quadratic = jnp.minimum(abs_errors, delta)
    linear = abs_errors - quadratic
    return 0.5 * quadratic**2 + delta * linear


def log_cosh(predictions, targets=None):
    _check_kind(predictions, "floating")
    errors = (predictions - targets) if targets is not None else predictions
    return jnp.logaddexp(errors, -errors) - jnp.log(2.0).astype(errors.dtype)


def sigmoid_binary_cross_entropy(logits, labels):
    _check_kind(logits, "floating")
    labels = jnp.asarray(labels).astype(logits.dtype)
    log_p = jax.nn.log_sigmoid(logits)
    log_not_p = jax.nn.log_sigmoid(-logits)
    return -labels * log_p - (1.0 - labels) * log_not_p


def softmax_cross_entropy(logits, labels, axis=-1, where=None):
    _check_kind(logits, "floating")
    log_probs = jax.nn.log_softmax(logits, axis)
    return -(labels * log_probs).sum(axis)


def softmax_cross_entropy_with_integer_labels(logits, labels, axis=-1, where=None):
    _check_kind(logits, "floating")
    _check_kind(labels, "integer")
    labels = jnp.asarray(labels)
    label_logits = jnp.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return jax.nn.logsumexp(logits, axis=-1) - label_logits


def cosine_similarity(predictions, targets, epsilon=0.0, axis=-1):
    a = predictions / jnp.maximum(jnp.linalg.norm(predictions, axis=axis, keepdims=True), epsilon)
    b = targets / jnp.maximum(jnp.linalg.norm(targets, axis=axis, keepdims=True), epsilon)
    return jnp.sum(a * b, axis=axis)


def cosine_distance(predictions, targets, epsilon=0.0, axis=-1):
    return 1.0 - cosine_similarity(predictions, targets, epsilon, axis)


def hinge_loss(predictor_outputs, targets):
    return jnp.maximum(0, 1 - predictor_outputs * targets)


def smooth_labels(labels, alpha):
    return (1.0 - alpha) * labels + alpha / labels.shape[-1]


def kl_divergence(log_predictions, targets, axis=-1):
    loss = targets * (jnp.where(targets == 0, 0, jnp.log(jnp.where(targets == 0, 1.0, targets))) - log_predictions)
    return jnp.sum(loss, axis=axis)

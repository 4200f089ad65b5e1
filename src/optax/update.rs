//! Applying updates (`optax.apply_updates`).

use crate::jax::tree::{PyTree, tree_map2};

/// Parameters plus updates, leaf by leaf (`optax.apply_updates`).
#[must_use]
pub fn apply_updates<P: PyTree>(params: &P, updates: &P) -> P {
    tree_map2(|p, u| p + u, params, updates)
}

//! Applying updates (`optax.apply_updates`).

use crate::jax::tree::{PyTree, mismatch, tree_failed, tree_map2, tree_structure};

/// Parameters plus updates, leaf by leaf: `p + u` (`optax.apply_updates`).
///
/// For trees of different structures, returns the parameters' structure with an error in every leaf.
#[must_use]
pub fn apply_updates<P: PyTree>(params: &P, updates: &P) -> P {
    if tree_structure(params) != tree_structure(updates) {
        return tree_failed(params, &mismatch("apply_updates", params, updates));
    }
    tree_map2(|p, u| p + u, params, updates)
}

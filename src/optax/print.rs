//! [`repr`]: a pytree as Python prints it, with its arrays.

use crate::jax::tree::{PyTree, tree_flatten};

/// The text that Python's `repr` returns for a tree of tuples, lists, dictionaries and named tuples of JAX arrays.
pub(super) fn repr<T: PyTree>(tree: &T) -> String {
    let (leaves, structure) = tree_flatten(tree);
    let mut texts = leaves.iter().map(|leaf| format!("{leaf:?}"));
    let mut text = String::new();
    structure.write(&mut text, &mut |out| out.extend(texts.next()));
    text
}

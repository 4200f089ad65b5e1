//! Whether a tree has a structure that is known already. A jitted function asks that on every call, so nothing is built for the answer.

use std::fmt::{self, Debug, Write};

use super::super::array::Array;
use super::key::Key;
use super::{AnyTree, NodeKind, TreeDef, Visitor};

impl TreeDef {
    /// The leaves of a tree of this structure, in order; none if it has another one.
    pub(in crate::jax) fn leaves_of(&self, tree: &mut dyn AnyTree) -> Option<Vec<Array>> {
        let mut comparison =
            Comparison { root: Some(self), open: Vec::new(), is_alike: true, is_keyed: false, leaves: Vec::new() };
        tree.show(&mut comparison);
        (comparison.is_alike && comparison.root.is_none()).then_some(comparison.leaves)
    }
}

/// A walk through a tree beside a structure.
struct Comparison<'t> {
    /// The structure, until the walk begins.
    root: Option<&'t TreeDef>,
    /// The children of each node on the way to where the walk is, the innermost last, and how many of them have come.
    open: Vec<(&'t [(Key, TreeDef)], usize)>,
    /// Whether nothing has differed yet.
    is_alike: bool,
    /// Whether the next child has said its key.
    is_keyed: bool,
    leaves: Vec<Array>,
}

impl<'t> Comparison<'t> {
    /// What the structure has where the tree has its next part; none from the first difference on.
    fn next(&mut self) -> Option<&'t TreeDef> {
        let is_keyed = std::mem::take(&mut self.is_keyed);
        let next = match self.open.last_mut() {
            _ if !self.is_alike => None,
            None => self.root.take(),
            Some((children, come)) => children.get(*come).and_then(|(key, child)| {
                // a child without a key has its number for one
                let fits = is_keyed || *key == Key::Index(*come);
                *come += 1;
                fits.then_some(child)
            }),
        };
        self.is_alike &= next.is_some();
        next
    }
}

impl Visitor for Comparison<'_> {
    fn leaf(&mut self, leaf: &mut Array) {
        let expected = self.next();
        self.is_alike &= matches!(expected, Some(TreeDef::Leaf));
        if self.is_alike {
            self.leaves.push(leaf.clone());
        }
    }

    fn begin(&mut self, kind: NodeKind) {
        match self.next() {
            Some(TreeDef::Node { kind: expected, children }) if *expected == kind => self.open.push((children, 0)),
            _ => self.is_alike = false,
        }
    }

    fn key(&mut self, key: &Key) {
        let expected = self.open.last().and_then(|(children, come)| children.get(*come));
        self.is_alike &= expected.is_some_and(|(expected, _)| expected == key);
        self.is_keyed = true;
    }

    fn end(&mut self) {
        if self.is_alike {
            self.is_alike = self.open.pop().is_some_and(|(children, come)| come == children.len());
        }
    }

    fn fixed(&mut self, value: &dyn Debug) {
        let Some(TreeDef::Fixed(expected)) = self.next() else {
            self.is_alike = false;
            return;
        };
        let mut rest = Rest(expected);
        self.is_alike = write!(rest, "{value:?}").is_ok() && rest.0.is_empty();
    }
}

/// What is left of a text that is compared with another one, which is written to it; what differs is refused.
struct Rest<'t>(&'t str);

impl Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jax::tree::{PyTree, tree_structure};

    /// A tree that shows itself as a structure says.
    #[derive(Clone)]
    struct Like(TreeDef);

    impl PyTree for Like {
        fn visit(&mut self, visitor: &mut dyn Visitor) {
            fn show(def: &TreeDef, visitor: &mut dyn Visitor) {
                match def {
                    TreeDef::Leaf => visitor.leaf(&mut Array::scalar(1.0)),
                    TreeDef::Fixed(text) => visitor.fixed(&format_args!("{text}")),
                    TreeDef::Node { kind, children } => {
                        visitor.begin(*kind);
                        for (key, child) in children {
                            visitor.key(key);
                            show(child, visitor);
                        }
                        visitor.end();
                    }
                }
            }
            show(&self.0, visitor);
        }
    }

    /// Structures that differ in one thing each.
    fn structures() -> Vec<TreeDef> {
        let node = |kind, children: &[(Key, TreeDef)]| TreeDef::Node { kind, children: children.to_vec() };
        let fixed = |text: &str| TreeDef::Fixed(text.to_owned());
        let (first, second) = (Key::from(0), Key::from(1));
        let pair = |a: TreeDef, b: TreeDef| node(NodeKind::Tuple, &[(first.clone(), a), (second.clone(), b)]);
        vec![
            TreeDef::Leaf,
            fixed("relu"),
            fixed("relu6"),
            fixed(""),
            node(NodeKind::None, &[]),
            node(NodeKind::Tuple, &[]),
            node(NodeKind::List, &[]),
            node(NodeKind::Tuple, &[(first.clone(), TreeDef::Leaf)]),
            node(NodeKind::Named("Linear"), &[(Key::from("w"), TreeDef::Leaf)]),
            node(NodeKind::Named("Linear"), &[(Key::from("b"), TreeDef::Leaf)]),
            node(NodeKind::Named("Conv"), &[(Key::from("w"), TreeDef::Leaf)]),
            pair(TreeDef::Leaf, TreeDef::Leaf),
            pair(TreeDef::Leaf, fixed("relu")),
            pair(fixed("relu"), TreeDef::Leaf),
            pair(pair(TreeDef::Leaf, TreeDef::Leaf), TreeDef::Leaf),
            pair(TreeDef::Leaf, pair(TreeDef::Leaf, TreeDef::Leaf)),
            pair(node(NodeKind::Tuple, &[]), node(NodeKind::Tuple, &[])),
        ]
    }

    #[test]
    fn exactly_trees_of_a_structure_give_their_leaves() {
        for known in structures() {
            for shown in structures() {
                let leaves = known.leaves_of(&mut Like(shown.clone()));
                assert_eq!(leaves.is_some(), known == shown, "{known} and {shown}");
                let count = |leaves: Vec<Array>| leaves.len();
                assert!(leaves.map(count).is_none_or(|count| count == known.paths().len()), "{known}");
            }
        }
    }

    #[test]
    fn children_without_keys_are_numbered() {
        let mut pair = (Array::scalar(1.0), (Array::scalar(2.0),));
        let structure = tree_structure(&pair);
        assert_eq!(structure.leaves_of(&mut pair).map(|leaves| leaves.len()), Some(2));
        assert!(structure.leaves_of(&mut (Array::scalar(1.0),)).is_none());
    }
}

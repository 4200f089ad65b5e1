//! What is done with pytrees whatever they are made of: leaves, structures, paths, maps. Each is a visitor, compiled once for all trees.

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::{AnyTree, PyTree, TreeDef, Visitor};

struct Leaves(Vec<Array>);

impl Visitor for Leaves {
    fn leaf(&mut self, leaf: &mut Array) {
        self.0.push(leaf.clone());
    }
}

/// The leaves of a tree, in order (`jax.tree.leaves`).
#[must_use]
pub fn tree_leaves<T: PyTree>(tree: &T) -> Vec<Array> {
    leaves(&mut tree.clone())
}

/// [`tree_leaves`] of a tree that nobody else needs.
pub(in crate::jax) fn leaves(tree: &mut dyn AnyTree) -> Vec<Array> {
    let mut leaves = Leaves(Vec::new());
    tree.show(&mut leaves);
    leaves.0
}

/// The structure of a tree (`jax.tree.structure`).
#[must_use]
pub fn tree_structure<T: PyTree>(tree: &T) -> TreeDef {
    structure(&mut tree.clone())
}

fn structure(tree: &mut dyn AnyTree) -> TreeDef {
    TreeDef::of(tree, &mut |_| {})
}

/// Where each leaf is, in the form that Python would use to reach it: `[0].mu['kernel']`.
#[must_use]
pub fn tree_paths<T: PyTree>(tree: &T) -> Vec<String> {
    structure(&mut tree.clone()).paths()
}

/// Leaves and structure of a tree (`jax.tree.flatten`).
#[must_use]
pub fn tree_flatten<T: PyTree>(tree: &T) -> (Vec<Array>, TreeDef) {
    flatten(&mut tree.clone())
}

/// [`tree_flatten`] of a tree that nobody else needs, in one walk.
pub(in crate::jax) fn flatten(tree: &mut dyn AnyTree) -> (Vec<Array>, TreeDef) {
    let mut leaves = Vec::new();
    let structure = TreeDef::of(tree, &mut |leaf| leaves.push(leaf.clone()));
    (leaves, structure)
}

struct Replace {
    leaves: std::vec::IntoIter<Array>,
    taken: usize,
    missing: bool,
}

impl Visitor for Replace {
    fn leaf(&mut self, leaf: &mut Array) {
        match self.leaves.next() {
            Some(new) => *leaf = new,
            None => self.missing = true,
        }
        self.taken += 1;
    }
}

/// Gives a tree other leaves.
///
/// # Errors
/// There are more or fewer leaves than it has; some of its own may be gone then.
pub(in crate::jax) fn put(tree: &mut dyn AnyTree, leaves: Vec<Array>) -> Result<()> {
    let mut replace = Replace { leaves: leaves.into_iter(), taken: 0, missing: false };
    tree.show(&mut replace);
    let left = replace.leaves.len();
    if replace.missing || left > 0 {
        let given = if replace.missing { "fewer".to_owned() } else { (replace.taken + left).to_string() };
        return Err(Error::tree(
            "tree_unflatten",
            format!("{given} leaves for a structure of {}: {}", replace.taken, structure(tree)),
            "Flatten a tree of the same structure.",
        ));
    }
    Ok(())
}

/// Gives a tree these leaves, or to all its leaves the error that was met.
pub(in crate::jax) fn settle(tree: &mut dyn AnyTree, leaves: Result<Vec<Array>>) {
    if let Err(error) = leaves.and_then(|leaves| put(tree, leaves)) {
        fail(tree, &error);
    }
}

/// Lets all leaves of a tree carry an error.
fn fail(tree: &mut dyn AnyTree, error: &Error) {
    struct Fail<'a>(&'a Error);
    impl Visitor for Fail<'_> {
        fn leaf(&mut self, leaf: &mut Array) {
            *leaf = Array::failed(self.0.clone());
        }
    }
    tree.show(&mut Fail(error));
}

/// A tree of the structure of `like` with other leaves (`jax.tree.unflatten`).
///
/// # Errors
/// There are more or fewer leaves than `like` has.
pub fn tree_unflatten<T: PyTree>(like: &T, leaves: impl IntoIterator<Item = Array>) -> Result<T> {
    let mut tree = like.clone();
    put(&mut tree, leaves.into_iter().collect())?;
    Ok(tree)
}

/// A tree of the structure of `like` whose leaves all carry an error.
pub(crate) fn tree_failed<T: PyTree>(like: &T, error: &Error) -> T {
    let mut tree = like.clone();
    fail(&mut tree, error);
    tree
}

/// A tree of the structure of `like` with these leaves, which all carry the error if there is one.
pub(crate) fn tree_settled<T: PyTree>(like: &T, leaves: Result<Vec<Array>>) -> T {
    let mut tree = like.clone();
    settle(&mut tree, leaves);
    tree
}

/// Applies `f` to every leaf (`jax.tree.map`).
#[must_use]
pub fn tree_map<T: PyTree>(mut f: impl FnMut(&Array) -> Array, tree: &T) -> T {
    tree_settled(tree, Ok(tree_leaves(tree).iter().map(&mut f).collect()))
}

/// Applies `f` to each pair of corresponding leaves (`jax.tree.map` with two trees). The result has the structure of `a`; where
/// `b` has another one, every leaf carries an error that says where they part.
#[must_use]
pub fn tree_map2<A: PyTree, B: PyTree>(mut f: impl FnMut(&Array, &Array) -> Array, a: &A, b: &B) -> A {
    let (x, y) = (tree_leaves(a), tree_leaves(b));
    let leaves: Vec<Array> = x.iter().zip(&y).map(|(x, y)| f(x, y)).collect();
    tree_settled(a, if x.len() == y.len() { Ok(leaves) } else { Err(mismatch("tree_map", a, b)) })
}

/// The error for two trees that should have had one structure: it shows both and the first path at which they part.
pub fn mismatch<A: PyTree, B: PyTree>(function: &str, a: &A, b: &B) -> Error {
    differ(function, &mut a.clone(), &mut b.clone())
}

fn differ(function: &str, a: &mut dyn AnyTree, b: &mut dyn AnyTree) -> Error {
    let (a, b) = (structure(a), structure(b));
    let (pa, pb) = (a.paths(), b.paths());
    let part = (0..pa.len().max(pb.len())).find(|&i| pa.get(i) != pb.get(i)).unwrap_or(0);
    let show = |paths: &[String]| paths.get(part).map_or("no leaf".to_owned(), |path| format!("leaf {path:?}"));
    Error::tree(
        function,
        format!(
            "the trees differ: {a} and {b}; at leaf number {part} the first has {}, the second {}",
            show(&pa),
            show(&pb)
        ),
        "Give trees of one structure.",
    )
}

/// The first error that a leaf carries, if any.
///
/// # Errors
/// That error.
pub fn tree_check<T: PyTree>(tree: &T) -> Result<()> {
    check(&tree_leaves(tree))
}

fn check(leaves: &[Array]) -> Result<()> {
    leaves.iter().try_for_each(|leaf| leaf.aval().map(|_| ()))
}

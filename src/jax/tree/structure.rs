//! [`TreeDef`]: the structure of a pytree as data, and how JAX prints it.

use std::fmt::{self, Debug};

use super::super::array::Array;
use super::key::Key;
use super::{AnyTree, Visitor};

/// The sorts of nodes of a pytree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// Nothing, where there could be a tree.
    None,
    /// A tuple.
    Tuple,
    /// A list.
    List,
    /// A dictionary, ordered by key.
    Dict,
    /// A struct, named tuple or module of a type of this name; its children are its attributes.
    Named(&'static str),
    /// A wrapper of this name around one value, such as a variable.
    Wrapper(&'static str),
    /// A mapping of a type of this name, ordered by key.
    Mapping(&'static str),
}

impl NodeKind {
    /// The name of its type and its opening bracket.
    fn open(self) -> [&'static str; 2] {
        match self {
            Self::None => ["None", ""],
            Self::Tuple => ["", "("],
            Self::List => ["", "["],
            Self::Dict => ["", "{"],
            Self::Named(name) | Self::Wrapper(name) => [name, "("],
            Self::Mapping(name) => [name, "({"],
        }
    }

    /// The closing bracket behind this many children.
    fn close(self, children: usize) -> &'static str {
        match self {
            Self::None => "",
            Self::Tuple if children == 1 => ",)",
            Self::Tuple | Self::Named(_) | Self::Wrapper(_) => ")",
            Self::List => "]",
            Self::Dict => "}",
            Self::Mapping(_) => "})",
        }
    }

    /// What stands before the child of this key.
    fn label(self, key: &Key) -> String {
        match (self, key) {
            (Self::Dict | Self::Mapping(_), key) => format!("{key}: "),
            (Self::Named(_), Key::Name(name)) => format!("{name}="),
            _ => String::new(),
        }
    }

    /// How Python reaches the child of this key.
    fn access(self, key: &Key) -> String {
        match (self, key) {
            (Self::Dict | Self::Mapping(_), key) | (_, key @ Key::Index(_)) => format!("[{key}]"),
            (_, Key::Name(name)) => format!(".{name}"),
        }
    }
}

/// The structure of a pytree; two trees have the same structure exactly if their `TreeDef`s are equal. Prints as JAX prints it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TreeDef {
    /// A place for an array.
    Leaf,
    /// A part that belongs to the structure, by its `Debug` text.
    Fixed(String),
    /// A node.
    Node {
        /// What sort of node it is.
        kind: NodeKind,
        /// Its children, in order.
        children: Vec<(Key, TreeDef)>,
    },
}

impl TreeDef {
    /// The structure of a tree, whose leaves go to `leaf`.
    pub(super) fn of(tree: &mut dyn AnyTree, leaf: &mut dyn FnMut(&mut Array)) -> Self {
        let mut builder = Builder { open: Vec::new(), root: None, leaf };
        tree.show(&mut builder);
        builder.root.unwrap_or(Self::Node { kind: NodeKind::None, children: Vec::new() })
    }

    /// Writes the structure, with what `leaf` writes in the places of the leaves, in order.
    pub(crate) fn write(&self, out: &mut String, leaf: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Leaf => leaf(out),
            Self::Fixed(text) => out.push_str(text),
            Self::Node { kind, children } => {
                kind.open().iter().for_each(|text| out.push_str(text));
                for (i, (key, child)) in children.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    out.push_str(&kind.label(key));
                    child.write(out, leaf);
                }
                out.push_str(kind.close(children.len()));
            }
        }
    }

    /// Where each leaf is, in the form that Python would use to reach it: `[0].mu['kernel']`.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        self.collect(String::new(), &mut paths);
        paths
    }

    fn collect(&self, path: String, paths: &mut Vec<String>) {
        match self {
            Self::Leaf => paths.push(path),
            Self::Fixed(_) => {}
            Self::Node { kind, children } => {
                for (key, child) in children {
                    child.collect(format!("{path}{}", kind.access(key)), paths);
                }
            }
        }
    }
}

impl fmt::Display for TreeDef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text, &mut |out| out.push('*'));
        write!(f, "PyTreeDef({text})")
    }
}

/// Builds a structure.
struct Builder<'l> {
    open: Vec<Open>,
    root: Option<TreeDef>,
    leaf: &'l mut dyn FnMut(&mut Array),
}

/// A node to which children are still added.
struct Open {
    kind: NodeKind,
    children: Vec<(Key, TreeDef)>,
    /// The key of the next child.
    next: Option<Key>,
}

impl Builder<'_> {
    fn add(&mut self, child: TreeDef) {
        match self.open.last_mut() {
            Some(node) => {
                let key = node.next.take().unwrap_or(Key::Index(node.children.len()));
                node.children.push((key, child));
            }
            None => self.root = Some(child),
        }
    }
}

impl Visitor for Builder<'_> {
    fn leaf(&mut self, leaf: &mut Array) {
        (self.leaf)(leaf);
        self.add(TreeDef::Leaf);
    }

    fn begin(&mut self, kind: NodeKind) {
        self.open.push(Open { kind, children: Vec::new(), next: None });
    }

    fn key(&mut self, key: &Key) {
        if let Some(node) = self.open.last_mut() {
            node.next = Some(key.clone());
        }
    }

    fn end(&mut self) {
        if let Some(Open { kind, children, .. }) = self.open.pop() {
            self.add(TreeDef::Node { kind, children });
        }
    }

    fn fixed(&mut self, value: &dyn Debug) {
        self.add(TreeDef::Fixed(format!("{value:?}")));
    }
}

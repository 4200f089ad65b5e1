//! [`State`]: the values of a module's variables by path, without the module.

use std::fmt;

use super::filter::{Filter, check_order};
use super::key::{Key, path_text};
use super::print;
use super::variable::{VariableKind, visit_value};
use crate::base::error::{Error, Result};
use crate::jax::Array;
use crate::jax::tree::{NodeKind, PyTree, Visitor};

/// A tree of variables' values, ordered by key (`nnx.State`). Parameters, gradients and updates of a module are such trees. It is
/// a pytree whose leaves are the values, so `tree_map` and the optimizers take it.
#[derive(Clone, Default)]
pub struct State(Vec<(Key, Entry)>);

/// What is at a key of a [`State`].
#[derive(Clone)]
pub enum Entry {
    /// The value of a variable.
    Leaf(VariableState),
    /// A state of its own.
    Nested(State),
}

/// The value of a variable, or an array of a module that is no variable.
#[derive(Clone)]
pub struct VariableState {
    /// The variable's kind; `None` for an array that is no variable.
    pub kind: Option<&'static VariableKind>,
    /// The value.
    pub value: Array,
}

impl State {
    /// An empty state.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a value at a path. Whatever was there before, or on the way, is replaced; an empty path puts nothing.
    pub fn insert(&mut self, path: &[Key], leaf: VariableState) {
        let Some((key, rest)) = path.split_first() else { return };
        let at = self.place(key).unwrap_or_else(|at| {
            self.0.insert(at, (key.clone(), Entry::Nested(Self::new())));
            at
        });
        let entry = &mut self.0[at].1;
        match entry {
            _ if rest.is_empty() => *entry = Entry::Leaf(leaf),
            Entry::Nested(state) => state.insert(rest, leaf),
            Entry::Leaf(_) => {
                let mut state = Self::new();
                state.insert(rest, leaf);
                *entry = Entry::Nested(state);
            }
        }
    }

    /// Where a key is, or would have to be inserted.
    fn place(&self, key: &Key) -> std::result::Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }

    /// What is at a path: `state['layers'][0]['kernel']`.
    #[must_use]
    pub fn get(&self, path: &[Key]) -> Option<&VariableState> {
        let (key, rest) = path.split_first()?;
        match &self.0[self.place(key).ok()?].1 {
            Entry::Leaf(leaf) => rest.is_empty().then_some(leaf),
            Entry::Nested(state) => state.get(rest),
        }
    }

    /// The value at a path that is written with dots: `state.value("layers.0.kernel")`.
    ///
    /// # Errors
    /// There is no variable at that path.
    pub fn value(&self, path: &str) -> Result<&Array> {
        let key = |part: &str| part.parse().map_or_else(|_| Key::Name(part.to_owned().into()), Key::Index);
        let keys: Vec<Key> = path.split('.').map(key).collect();
        self.get(&keys).map(|leaf| &leaf.value).ok_or_else(|| {
            let problem = format!("there is no variable at {}; there is {}", path_text(&keys), self.describe());
            Error::tree("State", problem, "Give the path of one of them.")
        })
    }

    /// What is there, ordered by key: the tree as data.
    #[must_use]
    pub fn entries(&self) -> &[(Key, Entry)] {
        &self.0
    }

    /// All paths and what is there, ordered by path.
    #[must_use]
    pub fn flat(&self) -> Vec<(Vec<Key>, &VariableState)> {
        let mut flat = Vec::new();
        self.collect(&mut Vec::new(), &mut flat);
        flat
    }

    fn collect<'s>(&'s self, path: &mut Vec<Key>, flat: &mut Vec<(Vec<Key>, &'s VariableState)>) {
        for (key, entry) in &self.0 {
            path.push(key.clone());
            match entry {
                Entry::Leaf(leaf) => flat.push((path.clone(), leaf)),
                Entry::Nested(state) => state.collect(path, flat),
            }
            path.pop();
        }
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let count = |entry: &Entry| if let Entry::Nested(state) = entry { state.len() } else { 1 };
        self.0.iter().map(|(_, entry)| count(entry)).sum()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the filter lets through (`nnx.filter_state`).
    #[must_use]
    pub fn filter(&self, filter: &Filter) -> Self {
        let mut state = Self::new();
        for (path, leaf) in self.flat() {
            if filter.matches(&path, leaf.kind) {
                state.insert(&path, leaf.clone());
            }
        }
        state
    }

    /// One state for each filter, with the values that it lets through and no filter before it did (`nnx.split_state`).
    ///
    /// # Errors
    /// No filter lets some value through, or [`Filter::Rest`] is not the last one.
    pub fn split<const N: usize>(&self, filters: &[Filter; N]) -> Result<[Self; N]> {
        check_order("split", filters)?;
        let mut states = [const { Self(Vec::new()) }; N];
        let mut left = Vec::new();
        for (path, leaf) in self.flat() {
            match filters.iter().position(|filter| filter.matches(&path, leaf.kind)) {
                Some(place) => states[place].insert(&path, leaf.clone()),
                None => left.push(describe_leaf(&path, leaf)),
            }
        }
        if left.is_empty() {
            return Ok(states);
        }
        Err(Error::tree(
            "split",
            format!("no filter lets through {}", left.join(", ")),
            "Put `Filter::Rest` last to get all that is left.",
        ))
    }

    /// All values of several states in one (`nnx.merge_state`); where two have a value at one path, the later one counts.
    #[must_use]
    pub fn merge<'s>(states: impl IntoIterator<Item = &'s State>) -> Self {
        let mut merged = Self::new();
        for state in states {
            for (path, leaf) in state.flat() {
                merged.insert(&path, leaf.clone());
            }
        }
        merged
    }

    /// Its paths and kinds in words, for messages.
    pub(super) fn describe(&self) -> String {
        let leaves: Vec<String> = self.flat().into_iter().map(|(path, leaf)| describe_leaf(&path, leaf)).collect();
        if leaves.is_empty() { "nothing".to_owned() } else { leaves.join(", ") }
    }

    fn print(&self, name: &str, open: &str, close: &str) -> String {
        let entry = |(key, entry): &(Key, Entry)| match entry {
            Entry::Leaf(leaf) => format!("{key}: {leaf}"),
            Entry::Nested(state) => format!("{key}: {}", state.print("", "{", "}")),
        };
        print::object(name, "", (open, close), self.0.iter().map(entry))
    }
}

fn describe_leaf(path: &[Key], leaf: &VariableState) -> String {
    format!("{} at {}", leaf.kind.map_or("an array", |kind| kind.name), path_text(path))
}

impl PyTree for State {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin(NodeKind::Mapping("State"));
        for (key, entry) in &mut self.0 {
            visitor.key(key);
            match entry {
                Entry::Nested(state) => state.visit(visitor),
                Entry::Leaf(VariableState { kind: Some(kind), value }) => visit_value(kind, value, visitor),
                Entry::Leaf(VariableState { kind: None, value }) => visitor.leaf(value),
            }
        }
        visitor.end();
    }
}

/// Prints what Python prints for the variable.
impl fmt::Display for VariableState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Some(kind) => f.write_str(&print::variable(kind, &self.value, print::Value::Full)),
            None => fmt::Debug::fmt(&self.value, f),
        }
    }
}

/// Prints what `print(state)` prints.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.print("State", "({", "})"))
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

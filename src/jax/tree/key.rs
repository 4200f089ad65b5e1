//! [`Key`]: the name of a child or the number of an element, one step of a path through a tree; and Python's way to write it.

use std::borrow::Cow;
use std::fmt;

/// One step of a path: numbers of elements come before names, and names are ordered by their bytes, as Flax orders them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// The number of an element of a list or tuple.
    Index(usize),
    /// The name of an attribute, or a key of a dictionary.
    Name(Cow<'static, str>),
}

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<usize> for Key {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// Prints what Python's `repr(key)` gives: `'kernel'`, `0`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "{index}"),
            Self::Name(name) if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
                write!(f, "'{name}'")
            }
            Self::Name(name) => f.write_str(&str_repr(name)),
        }
    }
}

/// A path as Python writes the access to what it leads to: `['layers'][0]['kernel']`.
#[must_use]
pub fn path_text(path: &[Key]) -> String {
    path.iter().fold(String::new(), |text, key| format!("{text}[{key}]"))
}

/// A text as Python's `repr` gives it: in single quotes, or in double quotes if it has single ones and no double ones.
pub(crate) fn str_repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_ordered_as_flax_orders_them() {
        let mut keys = [Key::from("b"), Key::from("B"), Key::from("_a"), Key::from(10), Key::from(9)];
        keys.sort();
        assert_eq!(keys, [Key::from(9), Key::from(10), Key::from("B"), Key::from("_a"), Key::from("b")]);
    }

    #[test]
    fn texts_are_quoted_as_in_python() {
        // repr(x) of CPython 3.13
        assert_eq!(str_repr("kernel"), "'kernel'");
        assert_eq!(str_repr("a'b"), "\"a'b\"");
        assert_eq!(str_repr("a'b\"c"), "'a\\'b\"c'");
        assert_eq!(str_repr("a\nb\\"), "'a\\nb\\\\'");
        assert_eq!(path_text(&["layers".into(), 0.into()]), "['layers'][0]");
    }
}

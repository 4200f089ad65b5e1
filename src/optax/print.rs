//! [`repr`]: a pytree as Python prints it, with its arrays.

use std::fmt::{Arguments, Write};

use crate::jax::Array;
use crate::jax::tree::{PyTree, Visitor};

/// The text that Python's `repr` gives for a tree of tuples, lists, dictionaries and named tuples of JAX arrays.
pub(super) fn repr<T: PyTree>(tree: &T) -> String {
    let mut printer = Printer::default();
    tree.clone().visit(&mut printer);
    printer.text
}

#[derive(Default)]
struct Printer {
    text: String,
    /// Whether a separator is due before the next child.
    pending: bool,
}

impl Printer {
    fn separate(&mut self) {
        if std::mem::take(&mut self.pending) {
            self.text.push_str(", ");
        }
    }
}

impl Visitor for Printer {
    fn leaf(&mut self, leaf: &mut Array) {
        self.separate();
        // writing to a string cannot fail
        let _ = write!(self.text, "{leaf:?}");
        self.pending = true;
    }

    fn begin(&mut self, open: &str) {
        self.separate();
        self.text.push_str(open);
    }

    fn key(&mut self, _: Arguments<'_>, printed: Arguments<'_>) {
        self.separate();
        let _ = self.text.write_fmt(printed);
    }

    fn end(&mut self, close: &str) {
        self.text.push_str(close);
        self.pending = true;
    }
}

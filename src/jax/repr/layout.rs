//! How the elements' texts are set: brackets, separators, line breaks, and the dots of a long array.

use std::vec::IntoIter;

use super::Element;

/// Characters in a line.
pub(super) const LINE_WIDTH: usize = 75;
/// An array with more elements than this is summarised.
const THRESHOLD: usize = 1000;
/// How many items show at each end of a summarised axis.
const EDGE_ITEMS: usize = 3;
const DOTS: &str = "...";

/// What stands around an array's text, which decides where its lines break.
pub(super) struct Layout {
    /// What stands between two elements of a row.
    separator: &'static str,
    /// Columns before the array's first bracket.
    prefix: usize,
    /// Columns in a line, less those of what follows the array.
    width: usize,
}

/// A place in a row: an index, or the dots.
#[derive(Clone, Copy)]
enum Item {
    Index(usize),
    Dots,
}

impl Layout {
    /// As `str` sets it.
    pub(super) const STR: Self = Self { separator: " ", prefix: 0, width: LINE_WIDTH };
    /// As JAX's `repr` sets it: after `Array(` and before a comma.
    pub(super) const REPR: Self = Self { separator: ", ", prefix: "Array(".len(), width: LINE_WIDTH - 1 };

    /// The text of an array of this shape.
    pub(super) fn array<T: Element>(&self, data: &[T], shape: &[usize]) -> String {
        if data.is_empty() {
            return "[]".to_owned();
        }
        let summarised = data.len() > THRESHOLD;
        let items: Vec<Vec<Item>> = shape.iter().map(|&len| items_of(len, summarised)).collect();
        let mut visible = Vec::new();
        collect_visible(0, shape, &items, &mut visible);
        let visible: Vec<T> = visible.into_iter().map(|at| data[at]).collect();
        let mut words = T::common(&visible, shape.is_empty()).into_iter();
        self.nested(&items, self.prefix + 1, self.width, &mut words)
    }

    /// The text of the axes in `items`, whose opening bracket stands in the column before `indent`.
    fn nested(&self, items: &[Vec<Item>], indent: usize, width: usize, words: &mut IntoIter<String>) -> String {
        let Some((axis, inner)) = items.split_first() else { return words.next().unwrap_or_default() };
        if inner.is_empty() {
            return self.row(axis, indent, width, words);
        }
        let separator = format!("{}{}{}", self.separator.trim_end(), "\n".repeat(inner.len()), " ".repeat(indent));
        let parts: Vec<String> = axis
            .iter()
            .map(|item| match item {
                Item::Dots => DOTS.to_owned(),
                Item::Index(_) => self.nested(inner, indent + 1, width - 1, words),
            })
            .collect();
        format!("[{}]", parts.join(&separator))
    }

    /// One row, broken into lines where the next word would not fit with what follows it.
    fn row(&self, axis: &[Item], indent: usize, width: usize, words: &mut IntoIter<String>) -> String {
        let indentation = " ".repeat(indent);
        let mut lines = String::new();
        let mut line = indentation.clone();
        for (place, item) in axis.iter().enumerate() {
            let word = match item {
                Item::Dots => DOTS.to_owned(),
                Item::Index(_) => words.next().unwrap_or_default(),
            };
            if line.len() + word.len() > width - 1 && line.len() > indent {
                lines += line.trim_end();
                lines.push('\n');
                line.clone_from(&indentation);
            }
            line += &word;
            if place + 1 < axis.len() {
                line += self.separator;
            }
        }
        lines += &line;
        format!("[{}]", &lines[indent..])
    }
}

/// What shows of an axis of this length.
fn items_of(len: usize, summarised: bool) -> Vec<Item> {
    if summarised && len > 2 * EDGE_ITEMS {
        let head = (0..EDGE_ITEMS).map(Item::Index);
        let tail = (len - EDGE_ITEMS..len).map(Item::Index);
        return head.chain([Item::Dots]).chain(tail).collect();
    }
    (0..len).map(Item::Index).collect()
}

/// The places of the elements that show, in the order in which they do; `from` is that of the first of these axes.
fn collect_visible(from: usize, shape: &[usize], items: &[Vec<Item>], visible: &mut Vec<usize>) {
    let Some((axis, inner)) = items.split_first() else {
        visible.push(from);
        return;
    };
    let stride: usize = shape[1..].iter().product();
    for item in axis {
        if let Item::Index(index) = item {
            collect_visible(from + index * stride, &shape[1..], inner, visible);
        }
    }
}

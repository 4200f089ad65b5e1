//! [`Doc`]: text that knows where it may be broken into lines, and how it is laid out.
//!
//! The layout is that of Lindig, *Strictly Pretty* (2000), with one difference that JAX's printer has, too: whether a group is broken
//! depends on that group alone, not on what stands behind it on the line.

/// A document.
#[derive(Clone, Debug)]
pub(super) enum Doc {
    /// Text without line breaks.
    Text(String),
    /// A new line, or this text where the group around it fits on the line.
    Break(&'static str),
    /// One after the other.
    Concat(Vec<Doc>),
    /// Lines that begin inside are indented by this many more columns.
    Nest(usize, Box<Doc>),
    /// Laid out on one line if it fits there, else with a new line at each of its own breaks.
    Group(Box<Doc>),
}

impl Doc {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn nest(self, columns: usize) -> Self {
        Self::Nest(columns, Box::new(self))
    }

    pub fn group(self) -> Self {
        Self::Group(Box::new(self))
    }

    /// The parts with `separator` between each two.
    pub fn join(separator: &Self, parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            if !all.is_empty() {
                all.push(separator.clone());
            }
            all.push(part);
        }
        Self::Concat(all)
    }

    /// Lays the document out for lines of this many columns.
    pub fn format(&self, width: usize) -> String {
        let mut out = String::new();
        let mut column = 0;
        let mut agenda = vec![(0, false, self)];
        while let Some((indent, flat, doc)) = agenda.pop() {
            match doc {
                Self::Text(text) => {
                    column += text.chars().count();
                    out.push_str(text);
                }
                Self::Break(text) if flat => {
                    column += text.len();
                    out.push_str(text);
                }
                Self::Break(_) => {
                    column = indent;
                    out.push('\n');
                    out.extend(std::iter::repeat_n(' ', indent));
                }
                Self::Concat(parts) => agenda.extend(parts.iter().rev().map(|part| (indent, flat, part))),
                Self::Nest(columns, inner) => agenda.push((indent + columns, flat, inner)),
                Self::Group(inner) => {
                    let flat = inner.fits(width.saturating_sub(column)) && column <= width;
                    agenda.push((indent, flat, inner));
                }
            }
        }
        out
    }

    /// Whether the document on one line takes at most this many columns.
    fn fits(&self, columns: usize) -> bool {
        let mut left = columns;
        let mut agenda = vec![self];
        while let Some(doc) = agenda.pop() {
            let taken = match doc {
                Self::Text(text) => text.chars().count(),
                Self::Break(text) => text.len(),
                Self::Concat(parts) => {
                    agenda.extend(parts);
                    0
                }
                Self::Nest(_, inner) | Self::Group(inner) => {
                    agenda.push(inner);
                    0
                }
            };
            if taken > left {
                return false;
            }
            left -= taken;
        }
        true
    }
}

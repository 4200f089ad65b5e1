//! Code in colours: a line of Python or Rust as pieces with what they are. Enough for the programs that are shown, and never wrong about their text.

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Names, signs and spaces.
    Plain,
    /// A word of the language.
    Keyword,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A comment.
    Comment,
}

/// The languages of the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// As it is taught.
    Python,
    /// As it runs.
    Rust,
}

const PYTHON: [&str; 35] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "False", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "None", "nonlocal", "not", "or",
    "pass", "raise", "return", "True", "try", "while", "with", "yield",
];
const RUST: [&str; 21] = [
    "as", "const", "else", "enum", "fn", "for", "if", "impl", "in", "let", "match", "mod", "move", "mut", "pub",
    "return", "self", "struct", "type", "use", "where",
];

impl Language {
    fn has(self, word: &str) -> bool {
        match self {
            Self::Python => PYTHON.contains(&word),
            Self::Rust => RUST.contains(&word),
        }
    }

    fn comment(self) -> &'static str {
        match self {
            Self::Python => "#",
            Self::Rust => "//",
        }
    }
}

/// The pieces of a line; one after the other they are the line.
#[must_use]
pub fn pieces(line: &str, language: Language) -> Vec<(Kind, &str)> {
    let mut found: Vec<(Kind, &str)> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (kind, length) = piece(rest, language);
        found.push((kind, &rest[..length]));
        rest = &rest[length..];
    }
    found
}

/// What a text within a line begins with, and how long that is, in bytes.
#[must_use]
pub fn piece(rest: &str, language: Language) -> (Kind, usize) {
    let Some(first) = rest.chars().next() else { return (Kind::Plain, 0) };
    if rest.starts_with(language.comment()) {
        (Kind::Comment, rest.len())
    } else if first == '"' || (first == '\'' && language == Language::Python) {
        (Kind::Text, text_length(rest, first))
    } else if first.is_ascii_digit() {
        (Kind::Number, number_length(rest))
    } else if is_letter(first) {
        let length = length_while(rest, |c| is_letter(c) || c.is_ascii_digit());
        (if language.has(&rest[..length]) { Kind::Keyword } else { Kind::Plain }, length)
    } else {
        (Kind::Plain, first.len_utf8())
    }
}

/// Whether a word may begin with it: outside of comments and texts nothing but ASCII and letters of other alphabets is met.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

/// The length of a number, with the sign of its exponent: `1e-3`.
fn number_length(text: &str) -> usize {
    let length = length_while(text, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
    let (number, rest) = text.split_at(length);
    let is_hexadecimal = number.starts_with("0x") || number.starts_with("0X");
    let exponent = rest.strip_prefix(['-', '+']).map_or(0, |rest| length_while(rest, |c| c.is_ascii_digit()));
    if exponent > 0 && number.ends_with(['e', 'E']) && !is_hexadecimal { length + 1 + exponent } else { length }
}

fn length_while(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

/// The length of a text with its quotes; to the end of the line where it is not closed.
fn text_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        if !escaped && c == quote {
            return index + 1;
        }
        escaped = !escaped && c == '\\';
    }
    text.len()
}

/// The code of a Rust file: without the comments that introduce it, its doctest, and its tests.
#[must_use]
pub fn rust_code(source: &str) -> Vec<&str> {
    let lines = source.lines().take_while(|line| *line != "#[cfg(test)]");
    let code = lines.filter(|line| !line.starts_with("//!") && !line.starts_with("#[must_use]"));
    let code: Vec<&str> = code.skip_while(|line| line.is_empty()).collect();
    let end = code.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    code[..end].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lecture::python::listing;
    use crate::lecture::settings::config::{Config, Program};

    #[test]
    fn pieces_have_their_kinds() {
        let line = "    return f\"a \\\" b\" + 2.5e3  # why";
        let kinds: Vec<(Kind, &str)> =
            pieces(line, Language::Python).into_iter().filter(|(kind, _)| *kind != Kind::Plain).collect();
        let expected = [
            (Kind::Keyword, "return"),
            (Kind::Text, "\"a \\\" b\""),
            (Kind::Number, "2.5e3"),
            (Kind::Comment, "# why"),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(pieces("fn f<'a>()", Language::Rust)[0], (Kind::Keyword, "fn"));
    }

    #[test]
    fn nothing_of_a_program_is_lost() {
        for &program in Program::ALL {
            for line in listing(&Config::lecture(program)).cells.iter().flat_map(|cell| &cell.lines) {
                let whole: String = pieces(&line.text, Language::Python).iter().map(|(_, text)| *text).collect();
                assert_eq!(whole, line.text);
            }
        }
    }

    #[test]
    fn a_file_is_shown_without_its_introduction_and_tests() {
        let source = "//! What.\n\nuse a;\n\n/// Doc.\n#[must_use]\nfn f() {}\n\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(rust_code(source), ["use a;", "", "/// Doc.", "fn f() {}"]);
    }
}

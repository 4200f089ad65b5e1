//! A Python text in colours, as HTML: it lies behind the field in which the text is edited, so it has the text's lines, letter for letter.

use crate::page::highlight::{Kind, Language, piece};

/// A text within `"""` or `'''`.
const LONG: [&str; 2] = ["\"\"\"", "'''"];

/// The lines of a text, each as an element; the one with this number, counted from 1, is marked. Values stand behind the lines with their numbers,
/// which rise.
#[must_use]
pub fn html(text: &str, marked: Option<usize>, values: &[(usize, String)]) -> String {
    let mut values = values.iter().peekable();
    let mut html = String::with_capacity(3 * text.len());
    let mut lexer = Lexer::default();
    for (index, line) in text.split('\n').enumerate() {
        html += if marked == Some(index + 1) { "<div class=\"at\"" } else { "<div" };
        let mut sign = " data-now=\"";
        while let Some((_, value)) = values.next_if(|(line, _)| *line == index + 1) {
            html += sign;
            escape(value, &mut html);
            sign = " · ";
        }
        html += if sign == " · " { "\">" } else { ">" };
        for (kind, piece) in lexer.pieces(line) {
            let class = match kind {
                Kind::Plain => "",
                Kind::Keyword => "k",
                Kind::Number => "n",
                Kind::Text => "s",
                Kind::Comment => "c",
            };
            if class.is_empty() {
                escape(piece, &mut html);
            } else {
                html.extend(["<span class=", class, ">"]);
                escape(piece, &mut html);
                html += "</span>";
            }
        }
        html += "</div>";
    }
    html
}

/// Cuts a text into pieces, line by line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexer {
    /// What a text that began in an earlier line ends with.
    open: Option<&'static str>,
}

impl Lexer {
    /// Whether the next line begins within a text.
    #[must_use]
    pub fn is_in_text(self) -> bool {
        self.open.is_some()
    }

    /// The pieces of the next line.
    pub fn pieces<'a>(&mut self, line: &'a str) -> Vec<(Kind, &'a str)> {
        let mut found = Vec::new();
        let mut rest = line;
        while !rest.is_empty() {
            let (kind, length) = if let Some(quotes) = self.open {
                let end = rest.find(quotes).map(|at| at + quotes.len());
                if end.is_some() {
                    self.open = None;
                }
                (Kind::Text, end.unwrap_or(rest.len()))
            } else if let Some(quotes) = LONG.into_iter().find(|quotes| rest.starts_with(quotes)) {
                self.open = Some(quotes);
                (Kind::Text, quotes.len())
            } else {
                piece(rest, Language::Python)
            };
            found.push((kind, &rest[..length]));
            rest = &rest[length..];
        }
        found
    }
}

/// Adds a text to HTML.
pub fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

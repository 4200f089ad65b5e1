//! A Python text in colours, as HTML: it lies behind the field in which the text is edited, so it has the text's lines, letter for letter.

use crate::page::highlight::{Kind, Language, piece};

/// A text within `"""` or `'''`.
const LONG: [&str; 2] = ["\"\"\"", "'''"];

/// The lines of a text, each as an element; the one with this number, counted from 1, is marked.
#[must_use]
pub fn html(text: &str, marked: Option<usize>) -> String {
    let mut html = String::with_capacity(3 * text.len());
    let mut open = None;
    for (index, line) in text.split('\n').enumerate() {
        html += if marked == Some(index + 1) { "<div class=\"at\">" } else { "<div>" };
        for (kind, piece) in pieces(line, &mut open) {
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

/// The pieces of a line; `open` is what a text that began in an earlier line ends with.
fn pieces<'a>(line: &'a str, open: &mut Option<&'static str>) -> Vec<(Kind, &'a str)> {
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (kind, length) = if let Some(quotes) = *open {
            let end = rest.find(quotes).map(|at| at + quotes.len());
            if end.is_some() {
                *open = None;
            }
            (Kind::Text, end.unwrap_or(rest.len()))
        } else if let Some(quotes) = LONG.into_iter().find(|quotes| rest.starts_with(quotes)) {
            *open = Some(quotes);
            (Kind::Text, quotes.len())
        } else {
            piece(rest, Language::Python)
        };
        found.push((kind, &rest[..length]));
        rest = &rest[length..];
    }
    found
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

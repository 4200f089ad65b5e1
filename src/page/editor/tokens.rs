//! The words, numbers and signs of a program, line by line.

use super::colours::Lexer;
use crate::page::highlight::Kind;

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// As it is written.
    pub text: &'a str,
    /// Where it stands in the program, in bytes.
    pub at: usize,
}

/// A line.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What it consists of, but for comments.
    pub tokens: Vec<Token<'a>>,
    /// Where it begins in the program, in bytes.
    pub start: usize,
    /// Whether a statement begins with it that belongs to nothing else.
    pub is_outermost: bool,
    /// Whether no bracket is open at its end.
    pub is_whole: bool,
}

impl Token<'_> {
    /// Whether it is this word or sign.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether it is a name.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.kind == Kind::Plain
            && self.text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii())
    }
}

/// The lines of a program.
#[must_use]
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut lexer, mut depth, mut start) = (Lexer::default(), 0_usize, 0);
    let mut found = Vec::new();
    for line in text.split('\n') {
        let is_outermost = depth == 0 && !lexer.is_in_text() && !line.starts_with([' ', '\t']);
        let mut tokens = Vec::new();
        let mut at = start;
        for (kind, piece) in lexer.pieces(line) {
            if kind != Kind::Comment && !piece.trim().is_empty() {
                tokens.push(Token { kind, text: piece, at });
            }
            at += piece.len();
        }
        for token in &tokens {
            match token.text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        found.push(Line { tokens, start, is_outermost, is_whole: depth == 0 });
        start += line.len() + 1;
    }
    found
}

//! A wrong program's tokens as `CPython`'s parser has them, and what its tokenizer says before the parser is asked: brackets, strings and numbers.

use std::ops::Range;

use rustpython_compiler::ast::token::TokenKind;
use rustpython_compiler::parser::{
    self, InterpolatedStringErrorType as Inside, LexicalErrorType, Mode, ParseError, ParseErrorType,
};

use crate::syntax::{Class, Fault};

/// A token; texts with replacement fields are one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
    /// The innermost bracket that is open before the token, as a place in the list.
    pub open: Option<usize>,
}

/// A program that cannot be compiled.
pub struct Program<'a> {
    pub source: &'a str,
    pub tokens: Vec<Token>,
    /// What ruff's parser and lexer say, from the beginning on.
    pub errors: Vec<ParseError>,
    /// The brackets that are open at the end, as places in the list.
    pub unclosed: Vec<usize>,
    /// A bracket that closes none, or one of another sort.
    bracket: Option<Fault>,
    /// Where the text with replacement fields starts that has no end.
    formatted: Option<usize>,
}

impl<'a> Program<'a> {
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        let parsed = parser::parse_unchecked(source, Mode::Module.into());
        let mut program = Self {
            source,
            tokens: Vec::new(),
            errors: Vec::new(),
            unclosed: Vec::new(),
            bracket: None,
            formatted: None,
        };
        let mut within = 0_usize;
        for token in parsed.tokens() {
            let (kind, range) = token.as_tuple();
            let (start, end) = (usize::from(range.start()), usize::from(range.end()));
            match kind {
                TokenKind::FStringEnd => {
                    within = within.saturating_sub(1);
                    program.formatted = program.formatted.filter(|_| within > 0);
                    if let Some(text) = program.tokens.last_mut().filter(|_| within == 0) {
                        text.end = end;
                    }
                }
                TokenKind::FStringStart => {
                    if within == 0 {
                        program.push(TokenKind::String, start, end);
                        program.formatted = Some(start);
                    }
                    within += 1;
                }
                TokenKind::Comment | TokenKind::NonLogicalNewline => {}
                kind if within == 0 => program.push(kind, start, end),
                _ => {}
            }
        }
        program.push(TokenKind::EndOfFile, source.len(), source.len());
        program.errors = parsed.into_errors();
        program
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        let place = self.tokens.len();
        if is_closing(kind) {
            self.close(start, end);
        }
        let open = self.unclosed.last().copied();
        self.tokens.push(Token { kind, start, end, open });
        if is_opening(kind) {
            self.unclosed.push(place);
        }
    }

    /// The bracket that a token stands in; one that closes stands in the one that it closes.
    #[must_use]
    pub fn inside(&self, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        let is_its = |before: &Token| is_opening(before.kind) && before.open == token.open;
        if is_closing(token.kind) { self.tokens[..at].iter().rposition(is_its) } else { token.open }
    }

    fn close(&mut self, start: usize, end: usize) {
        let closing = &self.source[start..end];
        let opening = self.unclosed.pop().map(|place| self.tokens[place]);
        if self.bracket.is_some() {
            return;
        }
        let message = match opening.map(|token| (&self.source[token.start..token.end], self.line(token.start))) {
            None => format!("unmatched '{closing}'"),
            Some((opening, _)) if matches!((opening, closing), ("(", ")") | ("[", "]") | ("{", "}")) => return,
            Some((opening, line)) => {
                let place = if line == self.line(start) { String::new() } else { format!(" on line {line}") };
                format!("closing parenthesis '{closing}' does not match opening parenthesis '{opening}'{place}")
            }
        };
        self.bracket = Some(self.fault(message, start..start));
    }

    /// The line of a place, from 1.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        1 + self.source[..at].matches('\n').count()
    }

    /// Line and column of a place, from 1, in characters.
    fn position(&self, at: usize) -> (usize, i64) {
        let start = self.source[..at].rfind('\n').map_or(0, |at| at + 1);
        let column = self.source[start..at].chars().count() as i64 + 1;
        // behind the last line `CPython` is still on it
        if at == self.source.len() && start == at && at > 0 {
            let last = self.source[..at].lines().last().unwrap_or_default();
            return (self.line(at) - 1, last.chars().count() as i64 + 1);
        }
        (self.line(at), column)
    }

    /// A syntax error about a part of the source.
    #[must_use]
    pub fn fault(&self, message: impl Into<String>, range: Range<usize>) -> Fault {
        let (line, offset) = self.position(range.start);
        let (end_line, end_offset) = self.position(range.end);
        Fault { class: Class::Syntax, message: message.into(), line, offset, end_line, end_offset, text: None }
    }

    /// The first thing in the whole source that the tokenizer refuses.
    #[must_use]
    pub fn refused(&self) -> Option<Fault> {
        let lexical = self.errors.iter().filter_map(|error| self.lexical(error));
        let all = lexical.chain(self.bracket.clone()).chain(self.number());
        all.min_by_key(|fault| (fault.line, fault.offset))
    }

    fn lexical(&self, error: &ParseError) -> Option<Fault> {
        let ParseErrorType::Lexical(kind) = &error.error else { return None };
        let (start, end) = (usize::from(error.location.start()), usize::from(error.location.end()));
        match kind {
            LexicalErrorType::UnclosedStringError
            | LexicalErrorType::FStringError(Inside::UnterminatedString | Inside::UnterminatedTripleQuotedString) => {
                let around = self.formatted.filter(|&around| around <= start);
                Some(around.map_or_else(|| self.unterminated(start), |around| self.unended(around)))
            }
            LexicalErrorType::UnrecognizedToken { tok } if !tok.is_ascii() => {
                let code = *tok as u32;
                let is_shown = !tok.is_control() && !tok.is_whitespace() && !matches!(code, 0x200b..=0x200f | 0xfeff);
                let what = if is_shown { format!("character '{tok}' (") } else { "non-printable character ".into() };
                Some(self.fault(format!("invalid {what}U+{code:04X}{}", if is_shown { ")" } else { "" }), start..start))
            }
            LexicalErrorType::LineContinuationError => {
                let after = self.source[start..].find('\\').map_or(start, |at| start + at + 1);
                let message = "unexpected character after line continuation character";
                Some(Fault { end_offset: 0, ..self.fault(message, after..after) })
            }
            LexicalErrorType::InvalidByteLiteral => {
                let text =
                    self.tokens.iter().rfind(|token| token.start <= start).map_or(start..end, |t| t.start..t.end);
                Some(self.fault("bytes can only contain ASCII literal characters", text))
            }
            _ => None,
        }
    }

    /// The quotes of a text that starts there, behind its prefix.
    fn quotes(&self, start: usize) -> &'a str {
        let text = self.source[start..].trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        let is_triple = text.starts_with("'''") || text.starts_with("\"\"\"");
        text.get(..if is_triple { 3 } else { 1 }).unwrap_or_default()
    }

    fn unterminated(&self, start: usize) -> Fault {
        let is_triple = self.quotes(start).len() == 3;
        // a backslash at its end takes the next line in
        let mut end = start;
        while let Some(line) = self.source[end..].find('\n').filter(|_| !is_triple) {
            end += line;
            if !self.source[..end].ends_with('\\') {
                break;
            }
            end += 1;
        }
        let line = if is_triple { self.source.lines().count() } else { self.line(end) };
        let kind = if is_triple { "triple-quoted string" } else { "string" };
        self.fault(format!("unterminated {kind} literal (detected at line {line})"), start..start)
    }

    /// A text with replacement fields that has no end: unless its quotes end inside of a field.
    fn unended(&self, start: usize) -> Fault {
        let quotes = self.quotes(start);
        let inside = start + self.source[start..].find(quotes).unwrap_or_default() + quotes.len();
        let rest = &self.source[inside..];
        let rest = if quotes.len() == 3 { rest } else { rest.lines().next().unwrap_or_default() };
        match rest.find(quotes) {
            Some(end) => {
                let after = &rest[end + quotes.len()..];
                let next = inside + rest.len() - after.trim_start_matches(' ').len();
                self.fault("f-string: expecting '}'", next..next)
            }
            None => self.unterminated(start),
        }
    }

    /// A number that letters follow, or digits of another base.
    fn number(&self) -> Option<Fault> {
        let wrong = |pair: &[Token]| {
            let [number, next] = pair else { return None };
            let is_number = matches!(number.kind, TokenKind::Int | TokenKind::Float | TokenKind::Complex);
            let text = &self.source[number.start..next.end];
            let digits = text.get(..2).unwrap_or_default().to_ascii_lowercase();
            let (base, name) = match digits.as_str() {
                "0x" => (16, "hexadecimal"),
                "0o" => (8, "octal"),
                "0b" => (2, "binary"),
                _ => (10, if number.kind == TokenKind::Complex { "imaginary" } else { "decimal" }),
            };
            let is_refused =
                |error: &&ParseError| matches!(&error.error, ParseErrorType::Lexical(LexicalErrorType::OtherError(_)));
            let refused = self.errors.iter().filter(is_refused).map(|error| usize::from(error.location.start()));
            let is_wrong = refused.into_iter().any(|at| (number.start..number.end.max(number.start + 1)).contains(&at));
            if is_wrong && base == 10 && text.starts_with('0') {
                let message =
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
                let zeros = text.len() - text.trim_start_matches(['0', '_']).len();
                return Some(self.fault(message, number.start..number.start + zeros));
            }
            let follows = number.end == next.start && next.kind == TokenKind::Name;
            if !(is_wrong || is_number && follows) {
                return None;
            }
            let skipped = if base == 10 { 0 } else { 2 };
            let is_digit = |letter: char| letter.is_digit(base) || letter == '_' || base == 10 && letter == '.';
            let length = text[skipped..].find(|letter| !is_digit(letter)).map_or(text.len(), |at| at + skipped);
            let length = text.find("__").map_or(length, |at| length.min(at + 1));
            let strange = text[length..].chars().next().filter(char::is_ascii_digit).filter(|_| base < 10);
            let message = strange.map_or_else(
                || format!("invalid {name} literal"),
                |digit| format!("invalid digit '{digit}' in {name} literal"),
            );
            let last = number.start + if strange.is_some() { length } else { length.saturating_sub(1) };
            Some(self.fault(message, last..last))
        };
        self.tokens.windows(2).find_map(wrong)
    }
}

/// Whether it opens a bracket.
#[must_use]
pub fn is_opening(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace)
}

fn is_closing(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace)
}

//! Syntax errors in the words of `CPython` 3.11, and where it sees them.
//!
//! Here is what is found; [`refusal`](crate::refusal) raises it. Its tokenizer speaks first ([`tokens`](crate::tokens)), about anything in the source; then its parser, about the first token that fits nowhere ([`fault`]): rules for frequent mistakes look at what stands
//! around that token, as the rules `invalid_…` of its grammar do. What they do not know is `invalid syntax`.

use rustpython_compiler::ast::{Expr, token::TokenKind};
use rustpython_compiler::parser::{LexicalErrorType, ParseErrorType, parse_expression};

use crate::mistakes::{cannot_assign, is_bitwise};
use crate::tokens::{Program, Token};

/// How many tokens an expression may have that is looked at: each end is tried.
const LONGEST: usize = 300;

/// The exception's class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `SyntaxError`
    Syntax,
    /// `IndentationError`
    Indentation,
    /// `TabError`
    Tab,
}

/// What is wrong with a source, and where: lines and columns from 1, and `CPython`'s own 0 and -1 where it knows no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The exception's class.
    pub class: Class,
    /// What it says.
    pub message: String,
    /// Where it is.
    pub line: usize,
    /// In which column.
    pub offset: i64,
    /// Where it ends.
    pub end_line: usize,
    /// Before which column.
    pub end_offset: i64,
    /// What is shown instead of the source's line.
    pub text: Option<String>,
}

/// What `CPython`'s tokenizer and parser say of a source; nothing if it can be parsed.
#[must_use]
pub fn fault(source: &str) -> Option<Fault> {
    let program = Program::new(source);
    let error = program.errors.first()?;
    let dedent = program.dedent(&error.error, error.location.start().into());
    if let Some(refused) = program.refused() {
        // the parser comes to a wrong dedent before the tokenizer comes to what is behind
        return Some(dedent.filter(|dedent| dedent.line < refused.line).unwrap_or(refused));
    }
    if dedent.is_some() {
        return dedent;
    }
    let at = program.token_at(error.location.start().into());
    let range = usize::from(error.location.start())..usize::from(error.location.end());
    if let Some(inside) = program.in_text(&error.error, range.start, at) {
        return Some(inside);
    }
    let fault = program.named(&error.error, range, at).unwrap_or_else(|| program.general(at));
    Some(program.never_closed(&fault, at).unwrap_or(fault))
}

impl Program<'_> {
    /// The token that reaches to a place or starts behind it.
    pub(crate) fn token_at(&self, place: usize) -> usize {
        let is_there = |token: &Token| token.end > place || token.start >= place;
        self.tokens.iter().position(is_there).unwrap_or(self.tokens.len() - 1)
    }

    pub(crate) fn at(&self, place: usize, message: impl Into<String>) -> Fault {
        let token = self.tokens[place];
        // the end of a line takes no room
        let end = if token.kind == TokenKind::Newline { token.start } else { token.end };
        let fault = self.fault(message, token.start..end);
        if token.kind == TokenKind::EndOfFile { Fault { end_offset: -1, ..fault } } else { fault }
    }

    pub(crate) fn text(&self, place: usize) -> &str {
        &self.source[self.tokens[place].start..self.tokens[place].end]
    }

    /// The first token of the logical line of a token.
    pub(crate) fn line_start(&self, at: usize) -> usize {
        let ends = [TokenKind::Newline, TokenKind::Indent, TokenKind::Dedent];
        self.tokens[..at].iter().rposition(|token| ends.contains(&token.kind)).map_or(0, |end| end + 1)
    }

    /// The keyword that the statement of a token starts with.
    pub(crate) fn keyword(&self, at: usize) -> &str {
        let first = self.line_start(at);
        self.text(if self.text(first) == "async" { first + 1 } else { first })
    }

    /// Where the expression that ends before a token starts: behind what separates expressions.
    fn expression_start(&self, at: usize) -> usize {
        use TokenKind::{
            As, Assert, Colon, ColonEqual, Comma, Del, Elif, Else, Equal, For, From, If, In, Lambda, Newline, Return,
            Semi, While, Yield,
        };
        let open = self.inside(at);
        let ends = [
            As,
            Assert,
            Colon,
            ColonEqual,
            Comma,
            Del,
            Elif,
            Else,
            Equal,
            For,
            From,
            If,
            In,
            Lambda,
            Newline,
            Return,
            Semi,
            While,
            Yield,
            TokenKind::Indent,
            TokenKind::Dedent,
        ];
        let is_end = |place: &usize| {
            Some(*place) == open || self.tokens[*place].open == open && ends.contains(&self.tokens[*place].kind)
        };
        let start = (0..at).rev().find(is_end).map_or(0, |end| end + 1);
        let is_star = matches!(self.tokens[start].kind, TokenKind::Star | TokenKind::DoubleStar);
        start + usize::from(is_star && start < at)
    }

    /// The expression of the tokens from one to before another.
    pub(crate) fn expression(&self, from: usize, to: usize) -> Option<Expr> {
        let text = self.source.get(self.tokens[from].start..self.tokens[to.checked_sub(1)?].end)?;
        // in brackets lines may end anywhere
        parse_expression(&format!("({text})")).ok().map(|parsed| *parsed.into_syntax().body)
    }

    /// Behind the longest expression that starts at a token.
    pub(crate) fn expression_end(&self, from: usize, with_commas: bool) -> Option<usize> {
        let open = self.tokens[from].open;
        let is_end = |token: &Token| match token.kind {
            TokenKind::Comma => token.open == open && !with_commas,
            TokenKind::Semi | TokenKind::Equal => token.open == open,
            kind => matches!(kind, TokenKind::Newline | TokenKind::EndOfFile),
        };
        let last = from + self.tokens[from..].iter().position(is_end)?.min(LONGEST);
        (from + 1..=last).rev().find(|&to| self.expression(from, to).is_some())
    }

    pub(crate) fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        self.tokens[from].start..self.tokens[to - 1].end
    }

    /// Where a name is declared to be of another scope.
    pub(crate) fn declaration(&self, name: &str) -> Option<Fault> {
        let is_declared = |&start: &usize| {
            let mut names = self.tokens[start..].iter().take_while(|token| token.kind != TokenKind::Newline);
            matches!(self.tokens[start].kind, TokenKind::Global | TokenKind::Nonlocal)
                && names.any(|token| &self.source[token.start..token.end] == name)
        };
        (0..self.tokens.len()).find(is_declared).map(|start| self.statement(start))
    }

    /// The place of what starts with a token and ends with its statement.
    fn statement(&self, start: usize) -> Fault {
        let open = self.tokens[start].open;
        let ends = [TokenKind::Newline, TokenKind::Semi, TokenKind::EndOfFile];
        let is_end = |&at: &usize| {
            self.tokens[at].open == open && ends.contains(&self.tokens[at].kind) || self.tokens[at].open < open
        };
        let end = (start + 1..self.tokens.len()).find(is_end).unwrap_or(start + 1);
        self.fault("", self.range(start, end))
    }

    /// The same of the keyword that stands at a line and column.
    pub(crate) fn statement_at(&self, line: usize, offset: i64) -> Option<Fault> {
        let is_there = |&start: &usize| {
            let place = self.at(start, "");
            self.tokens[start].kind.is_keyword() && (place.line, place.offset) == (line, offset)
        };
        (0..self.tokens.len()).find(is_there).map(|start| self.statement(start))
    }

    /// What is said of any token that fits nowhere.
    fn general(&self, at: usize) -> Fault {
        let rules = [Self::not_called, Self::compared, Self::no_else, Self::no_key, Self::no_comma];
        let found = rules.iter().find_map(|rule| rule(self, at));
        found.unwrap_or_else(|| match self.tokens[at].kind {
            TokenKind::Indent => self.indent(at),
            // an operator of old
            TokenKind::Greater if at > 0 && self.text(at - 1) == "<" => {
                self.fault("invalid syntax", self.range(at - 1, at + 1))
            }
            _ => self.at(at, "invalid syntax"),
        })
    }

    /// `print 3`
    fn not_called(&self, at: usize) -> Option<Fault> {
        let name = at.checked_sub(1).filter(|&name| matches!(self.text(name), "print" | "exec"))?;
        let end = self.expression_end(at, true)?;
        let name_text = self.text(name);
        let message = format!("Missing parentheses in call to '{name_text}'. Did you mean {name_text}(...)?");
        Some(self.fault(message, self.range(name, end)))
    }

    /// `if x = 3:`
    fn compared(&self, at: usize) -> Option<Fault> {
        let is_condition = self.tokens[at].open.is_some() || matches!(self.keyword(at), "if" | "elif" | "while");
        if self.tokens[at].kind != TokenKind::Equal || !is_condition {
            return None;
        }
        let (start, end) = (self.expression_start(at), self.bitwise_end(at + 1)?);
        if start > 0 && matches!(self.text(start - 1), "*" | "**") {
            return None;
        }
        let target = self.expression(start, at)?;
        if let Expr::Name(_) = target {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(self.fault(message, self.range(start, end)));
        }
        is_bitwise(&target).then(|| self.fault(cannot_assign(&target, true), self.range(start, at)))
    }

    /// Behind what may be compared, unless it is assigned itself.
    pub(crate) fn bitwise_end(&self, from: usize) -> Option<usize> {
        let end = self.expression_end(from, false)?;
        let is_assigned = matches!(self.tokens[end].kind, TokenKind::Equal | TokenKind::ColonEqual);
        (!is_assigned).then_some(end)
    }

    /// `x = 1 if 2`
    fn no_else(&self, at: usize) -> Option<Fault> {
        let open = self.tokens[at].open;
        let condition = self.expression_start(at);
        let word = condition.checked_sub(1).filter(|&word| self.tokens[word].kind == TokenKind::If)?;
        let start = self.expression_start(word);
        if self.tokens[word].open != open || start == word || self.tokens[at].kind == TokenKind::Colon {
            return None;
        }
        self.expression(start, word)?;
        self.expression(condition, at)?;
        let is_filter = (0..start)
            .rev()
            .take_while(|&place| Some(place) != open)
            .any(|place| self.tokens[place].open == open && self.tokens[place].kind == TokenKind::For);
        (!is_filter).then(|| self.fault("expected 'else' after 'if' expression", self.range(start, at)))
    }

    /// `{1: 2, 3 4}`
    fn no_key(&self, at: usize) -> Option<Fault> {
        let open = self.inside(at).filter(|&open| self.text(open) == "{")?;
        let is_colon = |token: &Token| token.open == Some(open) && token.kind == TokenKind::Colon;
        let start = self.expression_start(at);
        let follows_comma = self.tokens[start - 1].kind == TokenKind::Comma;
        if !follows_comma || start == at || !self.tokens[open..start].iter().any(is_colon) {
            return None;
        }
        let last = self.tokens[at - 1].end - 1;
        Some(Fault { end_offset: 0, ..self.fault("':' expected after dictionary key", last..last) })
    }

    /// `[1, 2 3]`
    fn no_comma(&self, at: usize) -> Option<Fault> {
        self.tokens[at].open?;
        let start = self.expression_start(at);
        let is_text = |place: usize| self.tokens[place].kind == TokenKind::String;
        let is_prefix = self.tokens[start].kind == TokenKind::Name && is_text(start + 1);
        let is_soft = matches!(self.text(start), "_" | "match" | "case");
        if start == at || is_prefix || is_soft {
            return None;
        }
        let before = self.expression(start, at)?;
        if matches!(before, Expr::If(_) | Expr::Lambda(_) | Expr::Named(_) | Expr::Generator(_)) {
            return None;
        }
        let end = self.expression_end(at, false)?;
        Some(self.fault("invalid syntax. Perhaps you forgot a comma?", self.range(start, end)))
    }

    pub(crate) fn indent(&self, at: usize) -> Fault {
        let token = self.tokens[at];
        let width = (token.end - token.start) as i64;
        let fault = self.fault("unexpected indent", token.start..token.start);
        let fault = Fault { class: Class::Indentation, offset: width, end_offset: -1, ..fault };
        self.mixed(token.start).unwrap_or(fault)
    }

    fn dedent(&self, error: &ParseErrorType, at: usize) -> Option<Fault> {
        let ParseErrorType::Lexical(LexicalErrorType::IndentationError) = error else { return None };
        let end = self.source[at..].find('\n').map_or(self.source.len(), |end| at + end);
        let message = "unindent does not match any outer indentation level";
        let fault = Fault { class: Class::Indentation, end_offset: -1, ..self.fault(message, end..end) };
        Some(self.mixed(at).unwrap_or(fault))
    }

    /// A line that is indented by tabs behind one that is indented by spaces, or the other way round.
    fn mixed(&self, at: usize) -> Option<Fault> {
        let start = self.source[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = |line: &str| (line.starts_with('\t'), line.starts_with(' '));
        let before = self.source[..start].lines().rfind(|line| !line.trim().is_empty()).map(indent)?;
        let now = indent(&self.source[start..]);
        let message = "inconsistent use of tabs and spaces in indentation";
        let fault = Fault { class: Class::Tab, end_offset: 0, ..self.fault(message, start..start) };
        (before.0 && now.1 || before.1 && now.0).then_some(fault)
    }

    /// A bracket that is open at the end, if the parser has come further than its line, or to the end.
    fn never_closed(&self, fault: &Fault, at: usize) -> Option<Fault> {
        let open = self.tokens[*self.unclosed.last()?];
        let next = self.expression_end(at, false).filter(|_| fault.message.ends_with("comma?")).unwrap_or(at);
        let ends = [TokenKind::EndOfFile, TokenKind::Newline, TokenKind::Dedent, TokenKind::Unknown];
        let is_end = self.tokens[next..].iter().all(|token| ends.contains(&token.kind));
        if !is_end && self.line(self.tokens[at].start) <= self.line(open.start) {
            return None;
        }
        let message = format!("'{}' was never closed", &self.source[open.start..open.end]);
        Some(Fault { end_offset: 0, ..self.fault(message, open.start..open.start) })
    }
}

/// What `CPython` calls an expression.
pub(crate) fn name(expression: &Expr) -> &'static str {
    match expression {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) | Expr::TString(_) => "f-string expression",
        Expr::BooleanLiteral(truth) => {
            if truth.value {
                "True"
            } else {
                "False"
            }
        }
        Expr::NoneLiteral(_) => "None",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        _ => "literal",
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    /// Sources that Python was asked about, one a line, as Python writes texts.
    const RECORDED: &str = include_str!("../tests/syntax/recorded.txt");

    #[test]
    fn whatever_is_cut_off_or_left_out_is_only_wrong() {
        for line in RECORDED.lines() {
            let source = line.split('\t').next().unwrap_or_default().replace("\\n", "\n").replace("\\t", "\t");
            let source = source.trim_matches(['\'', '"']);
            for (at, letter) in source.char_indices() {
                let _ = fault(&source[..at]);
                let _ = fault(&source[at..]);
                let _ = fault(&format!("{}{}", &source[..at], &source[at + letter.len_utf8()..]));
            }
        }
    }

    #[test]
    fn a_bracket_before_a_long_rest_is_found_at_once() {
        let source = format!("x = (1 {}\n", "+ f(2)\n y ".repeat(5_000));
        assert_eq!(fault(&source).map(|fault| fault.message).as_deref(), Some("'(' was never closed"));
    }
}

//! The mistakes that ruff's parser knows by name, in the words of `CPython` 3.11.

use std::ops::Range;

use rustpython_compiler::ast::{Expr, token::TokenKind};
use rustpython_compiler::parser::{
    InterpolatedStringErrorType as Inside, LexicalErrorType, ParseErrorType as Kind, parse_expression,
};

use crate::syntax::{Class, Fault, name};
use crate::tokens::Program;

/// Before which `CPython` insists on a colon, whatever comes instead of it.
const INSISTENT: [&str; 4] = ["def", "else", "finally", "try"];

impl Program<'_> {
    /// What `CPython` says of a mistake that has a name; nothing if it goes by the token alone.
    pub(crate) fn named(&self, kind: &Kind, range: Range<usize>, at: usize) -> Option<Fault> {
        match kind {
            Kind::UnexpectedIndentation => Some(self.indent(at)),
            Kind::ExpectedToken { expected: TokenKind::Colon, .. } => self.no_colon(at),
            Kind::ExpectedExpression => self.no_value(at),
            Kind::InvalidAssignmentTarget => Some(self.assigned(range, at)),
            Kind::InvalidDeleteTarget => {
                let target = self.parsed(&range)?;
                Some(self.fault(format!("cannot delete {}", name(&target)), range))
            }
            Kind::InvalidAugmentedAssignmentTarget => {
                let message =
                    format!("'{}' is an illegal expression for augmented assignment", name(&self.parsed(&range)?));
                Some(self.fault(message, range))
            }
            Kind::InvalidNamedAssignmentTarget => {
                let message = format!("cannot use assignment expressions with {}", name(&self.parsed(&range)?));
                Some(self.fault(message, range))
            }
            Kind::InvalidAnnotatedAssignmentTarget => Some(self.annotated(range)),
            Kind::PositionalAfterKeywordArgument => {
                Some(self.closing(at, "positional argument follows keyword argument"))
            }
            Kind::PositionalAfterKeywordUnpacking => {
                Some(self.closing(at, "positional argument follows keyword argument unpacking"))
            }
            Kind::InvalidArgumentUnpackingOrder => {
                Some(self.at(at, "iterable argument unpacking follows keyword argument unpacking"))
            }
            Kind::UnparenthesizedGeneratorExpression => {
                Some(self.fault("Generator expression must be parenthesized", range))
            }
            Kind::DuplicateKeywordArgumentError(name) => {
                Some(self.fault(format!("keyword argument repeated: {name}"), range))
            }
            Kind::NonDefaultParamAfterDefaultParam => {
                Some(self.at(at, "non-default argument follows default argument"))
            }
            Kind::ParamAfterVarKeywordParam => Some(self.at(at, "arguments cannot follow var-keyword argument")),
            Kind::ExpectedKeywordParam => {
                let star = (0..=at).rev().find(|&place| self.tokens[place].kind == TokenKind::Star)?;
                Some(self.at(star, "named arguments must follow bare *"))
            }
            Kind::InvalidStarredExpressionUsage if at > 0 && self.tokens[at - 1].kind == TokenKind::Colon => {
                Some(self.fault("cannot use a starred expression in a dictionary value", range))
            }
            Kind::OtherError(words) => self.other(words, range, at),
            _ => None,
        }
    }

    /// Mistakes that have no more than a sentence.
    fn other(&self, words: &str, range: Range<usize>, at: usize) -> Option<Fault> {
        if words.starts_with("Expected an indented block after") {
            return Some(self.no_block(at));
        }
        match words {
            "Expected `except` or `finally` after `try` block" => {
                Some(self.at(self.next_line(at), "expected 'except' or 'finally' block"))
            }
            "Trailing comma not allowed" if self.keyword(at) == "from" => {
                Some(self.at(at + 1, "trailing comma not allowed without surrounding parentheses"))
            }
            words if words.starts_with("Only single target") => Some(self.annotated(range)),
            "Expected a parameter name" => Some(self.keyword_argument(range, at)),
            _ => None,
        }
    }

    /// The first token that is not only about where lines end.
    fn next_line(&self, at: usize) -> usize {
        let ends = [TokenKind::Newline, TokenKind::Indent, TokenKind::Dedent];
        at + self.tokens[at..].iter().take_while(|token| ends.contains(&token.kind)).count()
    }

    fn parsed(&self, range: &Range<usize>) -> Option<Expr> {
        let parsed = parse_expression(&format!("({})", self.source.get(range.clone())?)).ok()?;
        Some(*parsed.into_syntax().body)
    }

    fn no_colon(&self, at: usize) -> Option<Fault> {
        let token = self.tokens[at];
        let keyword = self.keyword(at);
        let first = self.line_start(at);
        let is_lambda = self.tokens[first..at].iter().rev().take_while(|token| token.kind != TokenKind::Colon);
        let is_lambda = is_lambda.filter(|token| token.open.is_none()).any(|token| token.kind == TokenKind::Lambda);
        if token.open.is_some() || is_lambda || self.tokens[first].kind == TokenKind::Lambda {
            return None;
        }
        let is_end = matches!(token.kind, TokenKind::Newline | TokenKind::EndOfFile);
        (is_end || INSISTENT.contains(&keyword)).then(|| self.at(at, "expected ':'"))
    }

    /// What is wrong in a text with replacement fields; `CPython` sees it at the token behind.
    pub(crate) fn in_text(&self, kind: &Kind, place: usize, at: usize) -> Option<Fault> {
        let text = self.tokens[at];
        if text.kind != TokenKind::String || place <= text.start {
            return None;
        }
        let field = self.source[..=place].rfind('{').filter(|&field| field > text.start).unwrap_or(place) + 1;
        let rest = self.source.get(field..text.end).unwrap_or_default();
        let field = &rest[..rest.find(['}', '!', ':']).unwrap_or(rest.len())];
        let is_open = !rest.contains('}');
        let message = match kind {
            Kind::Lexical(LexicalErrorType::FStringError(Inside::SingleRbrace)) => "single '}' is not allowed",
            Kind::FStringError(Inside::InvalidConversionFlag) => {
                "invalid conversion character: expected 's', 'r', or 'a'"
            }
            Kind::ExpectedExpression if field.trim().is_empty() => "empty expression not allowed",
            Kind::Lexical(_) => return None,
            _ if is_open => "expecting '}'",
            _ => {
                let shown = format!("({field})");
                let inside = crate::syntax::fault(&shown)?;
                return Some(Fault { message: format!("f-string: {}", inside.message), text: Some(shown), ..inside });
            }
        };
        let next = self.tokens[at + 1].start;
        Some(self.fault(format!("f-string: {message}"), next..next))
    }

    /// Nothing where a value should be: of a key, of a default.
    fn no_value(&self, at: usize) -> Option<Fault> {
        let before = at.checked_sub(1)?;
        if self.tokens[before].kind == TokenKind::Rarrow {
            return Some(self.at(before, "expected ':'"));
        }
        let is_key = self.inside(before).is_some_and(|open| self.text(open) == "{")
            && self.tokens[before].kind == TokenKind::Colon;
        if is_key && matches!(self.text(at), "}" | ",") {
            return Some(self.at(before, "expression expected after dictionary key and ':'"));
        }
        let is_default = self.tokens[before].kind == TokenKind::Equal && self.keyword(at) == "def";
        (is_default
            && self.tokens[at].open.is_none_or(|open| self.text(open) == "(")
            && matches!(self.text(at), ")" | ","))
        .then(|| self.at(before, "expected default value expression"))
    }

    /// `1 = x`
    fn assigned(&self, range: Range<usize>, at: usize) -> Fault {
        let Some(target) = self.parsed(&range) else { return self.at(at, "invalid syntax") };
        let after = self.token_at(range.end);
        // only where `==` may have been meant: one target, of one statement
        let is_one = self.tokens[after].kind == TokenKind::Equal
            && self.tokens[after].open.is_none()
            && self.tokens[self.line_start(at)..after].iter().all(|token| token.kind != TokenKind::Equal)
            && self.bitwise_end(after + 1).is_some();
        if matches!(target, Expr::Yield(_) | Expr::YieldFrom(_)) {
            return self.fault("assignment to yield expression not possible", range);
        }
        self.fault(cannot_assign(&target, is_one && is_bitwise(&target)), range)
    }

    fn annotated(&self, range: Range<usize>) -> Fault {
        let target = self.parsed(&range);
        let is_bare = !self.source[range.clone()].starts_with(['(', '[']);
        match target {
            Some(Expr::Tuple(_)) if is_bare => {
                let end = self.source[range.clone()].find(',').map_or(range.end, |at| range.start + at);
                self.fault("only single target (not tuple) can be annotated", range.start..end)
            }
            Some(Expr::Tuple(_)) => self.fault("only single target (not tuple) can be annotated", range),
            Some(Expr::List(_)) => self.fault("only single target (not list) can be annotated", range),
            _ => self.fault("illegal target for annotation", range),
        }
    }

    /// At the end of a call's arguments.
    fn closing(&self, at: usize, message: &str) -> Fault {
        let open = self.tokens[at].open;
        let is_end = |place: &usize| self.tokens[*place].open.is_none_or(|inner| Some(inner) < open);
        let end = (at..self.tokens.len()).find(is_end).unwrap_or(at);
        self.at(end, message)
    }

    /// `f(1=2)`
    fn keyword_argument(&self, range: Range<usize>, at: usize) -> Fault {
        let equal = self.token_at(range.end);
        let range = range.start..self.tokens[equal].end;
        match self.parsed(&(range.start..self.tokens[equal].start)) {
            Some(target @ (Expr::BooleanLiteral(_) | Expr::NoneLiteral(_))) => {
                self.fault(cannot_assign(&target, false), range)
            }
            Some(_) => self.fault("expression cannot contain assignment, perhaps you meant \"==\"?", range),
            None => self.at(at, "invalid syntax"),
        }
    }

    /// A block that is not there.
    fn no_block(&self, at: usize) -> Fault {
        let at = self.next_line(at);
        let colon = (0..at).rev().find(|&place| self.tokens[place].kind == TokenKind::Colon).unwrap_or(at);
        let first = self.line_start(colon);
        let what = match self.keyword(colon) {
            "def" => "function definition".to_owned(),
            "class" => "class definition".to_owned(),
            keyword => format!("'{keyword}' statement"),
        };
        let message =
            format!("expected an indented block after {what} on line {}", self.line(self.tokens[first].start));
        Fault { class: Class::Indentation, ..self.at(at, message) }
    }
}

/// The words for a target that nothing can be assigned to.
pub(crate) fn cannot_assign(target: &Expr, is_meant: bool) -> String {
    let meant = if is_meant { " here. Maybe you meant '==' instead of '='?" } else { "" };
    format!("cannot assign to {}{meant}", name(target))
}

/// Whether it is what `==` compares, and none of what `CPython` takes out.
pub(crate) fn is_bitwise(target: &Expr) -> bool {
    use Expr::{
        BoolOp, BooleanLiteral, Compare, Generator, If, Lambda, List, Named, NoneLiteral, Starred, Tuple, Yield,
        YieldFrom,
    };
    let is_not = matches!(target, Expr::UnaryOp(unary) if unary.op == rustpython_compiler::ast::UnaryOp::Not);
    let is_other = matches!(
        target,
        BoolOp(_)
            | BooleanLiteral(_)
            | Compare(_)
            | Generator(_)
            | If(_)
            | Lambda(_)
            | List(_)
            | Named(_)
            | NoneLiteral(_)
            | Starred(_)
            | Tuple(_)
            | Yield(_)
            | YieldFrom(_)
    );
    !is_not && !is_other
}

//! The numbers of a program that can be turned while it runs: those that its outermost lines assign to names or hand to a call.

use std::ops::Range;

use super::tokens::{Token, lines};
use crate::page::highlight::Kind;

/// The most numbers that are offered.
pub const MOST: usize = 10;
/// The places of a dial on either side of the number as it was written.
const SIDE: i32 = 40;
/// How many places a factor of ten takes.
const DECADE: f64 = 20.0;
/// Integers up to this one are turned one by one.
const FEW: i64 = 20;

/// A number in a program's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Dial {
    /// What it is assigned to, or the call or keyword that it is handed to.
    pub name: String,
    /// Where it stands in the text, its sign included, in bytes.
    pub at: Range<usize>,
    /// As it is written.
    pub written: String,
}

/// The numbers that can be turned, from the top.
#[must_use]
pub fn dials(text: &str) -> Vec<Dial> {
    let mut found = Vec::new();
    for line in lines(text).iter().filter(|line| line.is_outermost && line.is_whole) {
        assigned(&line.tokens, &mut found);
    }
    found.truncate(MOST);
    found
}

/// The numbers of an assignment.
fn assigned(tokens: &[Token<'_>], found: &mut Vec<Dial>) {
    let Some(equals) = tokens.iter().position(|token| token.is("=")) else { return };
    let (left, right) = (&tokens[..equals], &tokens[equals + 1..]);
    if right.first().is_none_or(|token| token.is("=")) {
        return;
    }
    let names: Vec<&[Token<'_>]> = left.split(|token| token.is(",")).collect();
    if names.iter().any(|name| name.len() != 1 || !name[0].is_name()) {
        return;
    }
    let values = commas(right);
    if names.len() == values.len() {
        for (name, value) in names.iter().zip(&values) {
            if let Some((at, written)) = number(value) {
                found.push(Dial { name: name[0].text.to_owned(), at, written });
            } else {
                handed(value, found);
            }
        }
    } else if names.len() == 1 {
        handed(right, found);
    }
}

/// The numbers that are handed to a call: `optax.sgd(0.001)`.
fn handed(value: &[Token<'_>], found: &mut Vec<Dial>) {
    let Some(open) = value.iter().position(|token| token.is("(")) else { return };
    let is_call = value[..open].iter().all(|token| token.is_name() || token.is("."))
        && value.last().is_some_and(|token| token.is(")"));
    let Some(function) = value[..open].last().filter(|_| is_call) else { return };
    for argument in commas(&value[open + 1..value.len() - 1]) {
        let (name, rest) = match argument {
            [keyword, equals, rest @ ..] if keyword.is_name() && equals.is("=") => (keyword.text, rest),
            rest => (function.text, rest),
        };
        if let Some((at, written)) = number(rest) {
            found.push(Dial { name: name.to_owned(), at, written });
        }
    }
}

/// What stands between the commas that are within no bracket.
fn commas<'a, 'b>(tokens: &'a [Token<'b>]) -> Vec<&'a [Token<'b>]> {
    let mut depth = 0_i32;
    tokens
        .split(|token| {
            match token.text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            depth == 0 && token.is(",")
        })
        .collect()
}

/// A number with its sign, and nothing else.
fn number(tokens: &[Token<'_>]) -> Option<(Range<usize>, String)> {
    let (sign, token) = match tokens {
        [token] => ("", token),
        [sign, token] if sign.is("-") && sign.at + 1 == token.at => ("-", token),
        _ => return None,
    };
    let written = format!("{sign}{}", token.text);
    (token.kind == Kind::Number && value(&written).is_some())
        .then(|| (token.at - sign.len()..token.at + token.text.len(), written))
}

/// What is written; none where it is no number in tens.
fn value(written: &str) -> Option<f64> {
    written.replace('_', "").parse::<f64>().ok().filter(|value| value.is_finite() && value.abs() < 1e15)
}

impl Dial {
    /// The places of the slider: the first, the one of the number as it is written, and the last.
    #[must_use]
    pub fn places(&self) -> (i32, i32, i32) {
        match self.few() {
            Some(few) => {
                let last = (3 * few).max(10);
                (i32::from(few > 0), few as i32, last as i32)
            }
            None => (-SIDE, 0, SIDE),
        }
    }

    /// What is written at this place of the slider.
    #[must_use]
    pub fn at_place(&self, place: i32) -> String {
        let (first, own, last) = self.places();
        let place = place.clamp(first, last);
        if place == own {
            return self.written.clone();
        }
        if self.few().is_some() {
            return place.to_string();
        }
        let now = value(&self.written).unwrap_or_default();
        let turned = if now > 0.0 {
            two_digits(now * 10_f64.powf(f64::from(place) / DECADE))
        } else {
            two_digits(now + f64::from(place) / f64::from(SIDE) * (2.0 * now.abs()).max(1.0))
        };
        if self.is_integer() {
            return format!("{}", turned.round().max(if now > 0.0 { 1.0 } else { f64::MIN }));
        }
        let plain = format!("{turned:?}");
        if plain.contains('e') || !self.written.contains('e') { plain } else { format!("{turned:e}") }
    }

    fn is_integer(&self) -> bool {
        !self.written.contains(['.', 'e', 'E'])
    }

    /// A small integer.
    fn few(&self) -> Option<i64> {
        let value = self.written.replace('_', "").parse::<i64>().ok()?;
        (self.is_integer() && (0..=FEW).contains(&value)).then_some(value)
    }
}

/// A dial, and how far it is turned.
#[derive(Clone, Debug, PartialEq)]
pub struct Turned {
    /// The number as somebody has written it.
    pub dial: Dial,
    /// The place of the slider.
    pub place: i32,
    /// What stands in the text.
    pub now: String,
    /// Where that stands.
    at: Range<usize>,
}

/// The dials of a program. What somebody has written stays the middle of its dial while it is turned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dials(Vec<Turned>);

impl Dials {
    /// Those of a program as somebody has written it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let turned = |dial: Dial| {
            let (_, place, _) = dial.places();
            Turned { place, now: dial.written.clone(), at: dial.at.clone(), dial }
        };
        Self(dials(text).into_iter().map(turned).collect())
    }

    /// Each of them.
    #[must_use]
    pub fn all(&self) -> &[Turned] {
        &self.0
    }

    /// The dial of this index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Turned> {
        self.0.get(index)
    }

    /// Turns a dial to this place. Returns the program with the new number; none where nothing changes, or where this is not the program.
    pub fn turn(&mut self, index: usize, place: i32, text: &str) -> Option<String> {
        let turned = self.0.get_mut(index)?;
        let new = turned.dial.at_place(place);
        let (before, now, after) =
            (text.get(..turned.at.start)?, text.get(turned.at.clone())?, text.get(turned.at.end..)?);
        if now != turned.now || new == now {
            return None;
        }
        let changed = format!("{before}{new}{after}");
        let (from, old) = (turned.at.start, turned.now.len());
        turned.place = place;
        turned.at = from..from + new.len();
        turned.now.clone_from(&new);
        for later in &mut self.0 {
            if later.at.start > from {
                let moved = |end: usize| end + new.len() - old;
                later.at = moved(later.at.start)..moved(later.at.end);
            }
        }
        Some(changed)
    }
}

fn two_digits(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}

//! [`Facts`]: the numbers and curves that a lesson speaks of, by their names, as they were found in runs.

use crate::base::words::{rounded, thousands};

/// What was found in runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    numbers: Vec<(&'static str, f64, String)>,
    texts: Vec<(&'static str, String)>,
    lines: Vec<(&'static str, Line)>,
}

/// A curve over a whole run: values at evenly spaced moments, the start and the end included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line(pub Vec<f64>);

impl Line {
    /// Its value where this part of the way, from 0 to 1, is done; between two moments it is straight.
    #[must_use]
    pub fn at(&self, part: f64) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let place = part.clamp(0.0, 1.0) * last as f64;
        let before = place.floor() as usize;
        let (&a, &b) = (self.0.get(before)?, self.0.get((before + 1).min(last))?);
        Some(a + (b - a) * (place - before as f64))
    }
}

impl Facts {
    /// Adds a number that is written with this many significant digits; one that is not known is left out.
    pub fn number(&mut self, name: &'static str, value: impl Into<Option<f64>>, digits: usize) {
        if let Some(value) = value.into() {
            self.numbers.push((name, value, rounded(value, digits)));
        }
    }

    /// Adds a count.
    pub fn count(&mut self, name: &'static str, value: impl Into<Option<usize>>) {
        if let Some(value) = value.into() {
            self.numbers.push((name, value as f64, thousands(value)));
        }
    }

    /// Adds a text, such as what a program printed.
    pub fn text(&mut self, name: &'static str, text: impl Into<Option<String>>) {
        if let Some(text) = text.into() {
            self.texts.push((name, text));
        }
    }

    /// Adds a curve.
    pub fn line(&mut self, name: &'static str, values: Vec<f64>) {
        self.lines.push((name, Line(values)));
    }

    /// A number.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.numbers.iter().find(|(known, ..)| *known == name).map(|(_, value, _)| *value)
    }

    /// A curve.
    #[must_use]
    pub fn curve(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|(known, _)| *known == name).map(|(_, line)| line)
    }

    /// A number or a text as it stands in a sentence.
    #[must_use]
    pub fn written(&self, name: &str) -> Option<&str> {
        let number = self.numbers.iter().find(|(known, ..)| *known == name).map(|(.., text)| text);
        number.or_else(|| self.texts.iter().find(|(known, _)| *known == name).map(|(_, text)| text)).map(String::as_str)
    }

    /// How a number is written that is one of these.
    #[must_use]
    pub fn writes(&self, number: f64) -> Option<&str> {
        self.numbers.iter().find(|(_, value, _)| *value == number).map(|(.., text)| text.as_str())
    }

    /// The names of all numbers, each with its value.
    pub fn numbers(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.numbers.iter().map(|(name, value, _)| (*name, *value))
    }
}

//! Values of settings: how each is read from a text, checked, moved into its range, and put into a configuration.
//!
//! Fields and the command line refuse what is out of its range; links move it to the nearest bound and say so. Both read texts here, so a text means the same
//! everywhere and what cannot be read has the same error.

use super::choices::{Optimizer, Schedule, find, names};
use super::config::{Branch, Config};
use super::number::{self, Number};
use super::setting::{Kind, Range, Setting, setting};
use crate::base::error::{Error, Result};
use crate::base::words::thousands;

/// A value of a setting, in or out of its range.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(Number),
    /// A place in the setting's list.
    Choice(usize),
    /// Numbers to start from.
    Point(Vec<f32>),
    /// A change of course.
    Branch(Branch),
}

impl Setting {
    /// The value in a configuration; `None` for a starting point or branch that it does not have.
    pub fn value(&self, config: &Config) -> Option<Value> {
        match &self.kind {
            Kind::Number(numeric) => Some(Value::Number((numeric.get)(config))),
            Kind::Choice(choice) => Some(Value::Choice((choice.get)(config))),
            Kind::Point => config.theta_0.clone().map(Value::Point),
            Kind::Branch => config.branch.clone().map(Value::Branch),
        }
    }

    /// The value as text that [`Setting::read`] reads back; empty where there is none.
    pub fn text(&self, config: &Config) -> String {
        match (self.value(config), &self.kind) {
            (Some(Value::Number(number)), _) => number.to_string(),
            (Some(Value::Choice(place)), Kind::Choice(choice)) => {
                choice.named.get(place).map_or("", |named| named.name).to_owned()
            }
            (Some(Value::Point(numbers)), _) => numbers.iter().map(f32::to_string).collect::<Vec<_>>().join(","),
            (Some(Value::Branch(Branch { step, learning_rate, optimizer, schedule })), _) => {
                format!("{step},{learning_rate},{optimizer},{schedule}")
            }
            _ => String::new(),
        }
    }

    /// Reads a text, whatever the range.
    ///
    /// # Errors
    /// The text is no value of this kind; the sentence says what may be typed.
    pub fn read(&self, text: &str) -> Result<Value> {
        let value = match &self.kind {
            Kind::Number(numeric) => numeric.range.read(text).map(Value::Number),
            Kind::Choice(choice) => find(choice.named, text).map(Value::Choice),
            Kind::Point => read_point(text).map(Value::Point),
            Kind::Branch => read_branch(text).map(Value::Branch),
        };
        value.ok_or_else(|| {
            let given = if text.trim().is_empty() { "empty".to_owned() } else { format!("“{}”", text.trim()) };
            Error::value(self.name, given, self.expected_text())
        })
    }

    /// What a text must be, for whoever typed another: `it must be a number from 0.00001 to 10, such as 0.001`.
    pub fn expected_text(&self) -> String {
        let example = match &self.kind {
            Kind::Number(_) => self.text(&Config::default()),
            Kind::Choice(_) => return format!("it must be {}", self.expected()),
            Kind::Point => "0.5,-1".to_owned(),
            Kind::Branch => "3000,0.01,adam,constant".to_owned(),
        };
        format!("it must be {}, such as {example}", self.expected())
    }

    /// What a value may be: `a number from 0.00001 to 10`.
    pub fn expected(&self) -> String {
        match &self.kind {
            Kind::Number(numeric) => numeric.range.words(),
            Kind::Choice(choice) => format!("one of {}", names(choice.named)),
            Kind::Point => "M finite numbers with commas between them".to_owned(),
            Kind::Branch => "a step, a learning rate, an optimizer and a schedule with commas between them".to_owned(),
        }
    }

    /// Whether the value is in the setting's range, whatever the other settings.
    ///
    /// # Errors
    /// It is not.
    pub fn check(&self, value: &Value) -> Result<()> {
        match (value, &self.kind) {
            (Value::Number(number), Kind::Number(numeric)) => numeric.range.check(self.name, *number),
            (Value::Point(numbers), _) => match numbers.iter().find(|number| !number.is_finite()) {
                Some(number) => Err(Error::value(self.name, number, "its numbers must be finite")),
                None => Ok(()),
            },
            (Value::Branch(branch), _) => {
                rate_range().check("Learning rate from the branch on", Number::Real(branch.learning_rate))
            }
            _ => Ok(()),
        }
    }

    /// The nearest value in the setting's range.
    pub fn nearest(&self, value: Value) -> Value {
        match (value, &self.kind) {
            (Value::Number(number), Kind::Number(numeric)) => Value::Number(numeric.range.nearest(number)),
            (Value::Branch(branch), _) => {
                let learning_rate = rate_range().nearest(Number::Real(branch.learning_rate)).real();
                Value::Branch(Branch { learning_rate, ..branch })
            }
            (value, _) => value,
        }
    }

    /// Puts a value in its range into a configuration. A value of another kind of setting changes nothing.
    pub fn put(&self, config: &mut Config, value: Value) {
        match (value, &self.kind) {
            (Value::Number(number), Kind::Number(numeric)) => (numeric.set)(config, number),
            (Value::Choice(place), Kind::Choice(choice)) if place < choice.named.len() => (choice.set)(config, place),
            (Value::Point(numbers), Kind::Point) => config.theta_0 = Some(numbers),
            (Value::Branch(branch), Kind::Branch) => config.branch = Some(branch),
            _ => {}
        }
    }

    /// The configuration with another value. A starting point or branch that does not fit it stays as it is: the page keeps it aside until it does.
    ///
    /// # Errors
    /// The value is out of its range, or the data or the run would be too large.
    pub fn with(&self, config: &Config, value: Value) -> Result<Config> {
        self.check(&value)?;
        let mut next = config.clone();
        self.put(&mut next, value);
        next.validate_sizes()?;
        Ok(next)
    }

    /// The configuration with this text as the value.
    ///
    /// # Errors
    /// The text is no such value, or as for [`Setting::with`].
    pub fn enter(&self, config: &Config, text: &str) -> Result<Config> {
        self.with(config, self.read(text)?)
    }
}

/// The largest integer below which f64 has all of them.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Range {
    /// Reads a number of the range's kind, in it or not.
    pub fn read(self, text: &str) -> Option<Number> {
        match self {
            Self::Integer(..) => number::integer(text),
            Self::Real(..) => number::real(text).map(Number::Real),
        }
    }

    /// The least and the greatest number.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Self::Integer(low, high) => (low as f64, high as f64),
            Self::Real(low, high) => (low, high),
        }
    }

    /// A number of the range's kind.
    pub fn number(self, value: f64) -> Number {
        match self {
            Self::Integer(..) => Number::Integer(value as i64),
            Self::Real(..) => Number::Real(value),
        }
    }

    /// The nearest number in the range; its least for what is no number.
    pub fn nearest(self, number: Number) -> Number {
        match (self, number) {
            (Self::Integer(low, high), _) => Number::Integer(number.integer().clamp(low, high)),
            (Self::Real(low, high), _) => Number::Real(number.real().max(low).min(high)),
        }
    }

    /// What is in the range, in words: `a number from 0.00001 to 10`.
    pub fn words(self) -> String {
        match self {
            Self::Integer(i64::MIN, i64::MAX) => "an integer from −2⁶³ to 2⁶³ − 1".to_owned(),
            Self::Integer(low, i64::MAX) => format!("an integer of at least {low}"),
            Self::Real(low, high) => format!("a number from {low} to {high}"),
            Self::Integer(low, high) => format!("an integer from {low} to {}", thousands(high.max(0) as usize)),
        }
    }

    fn check(self, name: &str, number: Number) -> Result<()> {
        let is_in = match (self, number) {
            (Self::Integer(low, high), Number::Integer(number)) => (low..=high).contains(&number),
            (Self::Integer(..), Number::Real(_)) => false,
            (Self::Real(low, high), _) => (low..=high).contains(&number.real()),
        };
        if is_in {
            return Ok(());
        }
        let must = format!("it must be {}", self.words());
        // larger integers are not read exactly
        Err(match number {
            Number::Real(large) if large.is_finite() && large.abs() > EXACT => {
                Error::value(name, format!("about {large:e}"), must)
            }
            Number::Real(number) if number.is_infinite() => Error::value(name, "infinite", must),
            _ => Error::value(name, number.to_string().replacen('-', "−", 1), must),
        })
    }
}

/// The range of every learning rate, that of a branch, too.
fn rate_range() -> Range {
    match setting("lr").map(|setting| &setting.kind) {
        Some(Kind::Number(numeric)) => numeric.range,
        _ => Range::Real(f64::MIN_POSITIVE, f64::MAX),
    }
}

fn read_point(text: &str) -> Option<Vec<f32>> {
    text.split(',').map(|text| number::real(text).filter(|number: &f32| number.is_finite())).collect()
}

fn read_branch(text: &str) -> Option<Branch> {
    let parts: Vec<&str> = text.split(',').collect();
    let [step, learning_rate, optimizer, schedule] = parts[..] else { return None };
    Some(Branch {
        step: number::count(step)?,
        learning_rate: number::real(learning_rate)?,
        optimizer: Optimizer::ALL[find(Optimizer::NAMED, optimizer)?],
        schedule: Schedule::ALL[find(Schedule::NAMED, schedule)?],
    })
}

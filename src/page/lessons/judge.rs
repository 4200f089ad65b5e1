//! What the learner said, held against the runs: right, wrong in a way that was foreseen, or wrong; and how far away.

use super::facts::{Facts, Line};
use super::form::{Experiment, Foreseen, Kind, NumberAsk, PointAsk, SketchAsk};
use super::work::{Guess, KNOTS};
use crate::base::words::rounded;

/// What is to be said of an answer.
pub struct Judgement {
    /// Whether it is right; of "not sure yet" nothing is said.
    pub right: Option<bool>,
    /// How far it is from the run, in a sentence; empty where that means nothing.
    pub distance: String,
    /// What is said of it if it was foreseen.
    pub then: Option<&'static Experiment>,
}

impl Judgement {
    fn plain(right: Option<bool>) -> Self {
        Self { right, distance: String::new(), then: None }
    }
}

/// What is to be said of an answer; nothing as long as the facts are missing.
#[must_use]
pub fn judge(kind: &'static Kind, guess: &Guess, facts: &Facts) -> Option<Judgement> {
    match (kind, guess) {
        (Kind::Choice(choices), Guess::Choice(place)) => {
            let choice = choices.get(*place)?;
            let right = (choice.holds)(facts)?;
            Some(Judgement { then: choice.then.as_ref(), ..Judgement::plain(Some(right)) })
        }
        (Kind::Number(ask), Guess::Number(number)) => judge_number(ask, *number, facts),
        (Kind::Point(ask), Guess::Point(point)) => judge_point(ask, *point, facts),
        (Kind::Sketch(ask), Guess::Sketch(values)) => judge_sketch(ask, values, facts),
        _ => Some(Judgement::plain(None)),
    }
}

/// How near to a number that was foreseen one has to be to have meant it.
const MEANT: f64 = 0.015;

/// What is to be said of a number.
#[must_use]
pub fn judge_number(ask: &'static NumberAsk, said: f64, facts: &Facts) -> Option<Judgement> {
    let (right, [low, high]) = ((ask.right)(facts)?, (ask.band)(facts)?);
    let is_right = said >= low - 1e-9 && said <= high + 1e-9;
    let mut then: Option<&'static Foreseen> = None;
    let mut nearest = f64::INFINITY;
    for foreseen in ask.foreseen.iter().filter(|_| !is_right) {
        let Some(number) = (foreseen.number)(facts) else { continue };
        let off = (said - number).abs();
        if off < nearest && off <= MEANT * number.abs() {
            (then, nearest) = (Some(foreseen), off);
        }
    }
    let digits =
        |number: f64| if number.fract() == 0.0 && number.abs() < 1e15 { whole(number) } else { rounded(number, 4) };
    // as the texts beside it write it
    let right = facts.writes(right).map_or_else(|| digits(right), ToOwned::to_owned);
    let distance = format!("You said {}; it is {right}.", digits(said));
    Some(Judgement { right: Some(is_right), distance, then: then.map(|foreseen| &foreseen.then) })
}

fn whole(number: f64) -> String {
    let sign = if number < 0.0 { "−" } else { "" };
    format!("{sign}{}", crate::base::words::thousands(number.abs() as usize))
}

/// What is to be said of a place.
#[must_use]
pub fn judge_point(ask: &'static PointAsk, said: [f64; 2], facts: &Facts) -> Option<Judgement> {
    let (right, radius) = ((ask.right)(facts)?, (ask.radius)(facts)?);
    let away = apart(said, right);
    let is_right = away <= radius;
    let near = |place: [f64; 2]| apart(said, place) <= radius.min(apart(place, right) / 2.0);
    let then = ask.foreseen.iter().find(|foreseen| !is_right && (foreseen.point)(facts).is_some_and(near));
    let distance = format!("Your point is {} away from the run’s.", rounded(away, 2));
    Some(Judgement { right: Some(is_right), distance, then: then.map(|foreseen| &foreseen.then) })
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// What is to be said of a curve.
#[must_use]
pub fn judge_sketch(ask: &'static SketchAsk, said: &[f64], facts: &Facts) -> Option<Judgement> {
    let run = knots(facts.curve(ask.line)?);
    let away = distance(ask, said, &run);
    let is_right = away <= limit(ask);
    let mut then = None;
    let mut nearest = away;
    for foreseen in ask.foreseen.iter().filter(|_| !is_right) {
        let shape: Option<Vec<f64>> = parts().map(|part| (foreseen.at)(facts, part)).collect();
        let Some(shape) = shape else { continue };
        let off = distance(ask, said, &shape);
        if off < nearest {
            nearest = off;
            then = Some(&foreseen.then);
        }
    }
    let distance = if ask.log {
        format!("On average your curve is a factor of {} away from the run’s.", rounded(10f64.powf(away), 2))
    } else {
        format!("On average your curve is {} away from the run’s.", rounded(away * (ask.range[1] - ask.range[0]), 2))
    };
    Some(Judgement { right: Some(is_right), distance, then })
}

/// How far an answer is from the run, where what counts as right ends at 1: with a sign where there are two sides. None where that means nothing.
#[must_use]
pub fn off(kind: &Kind, guess: &Guess, facts: &Facts) -> Option<f64> {
    match (kind, guess) {
        (Kind::Number(ask), Guess::Number(number)) => off_number(ask, *number, facts),
        (Kind::Point(ask), Guess::Point(point)) => Some(apart(*point, (ask.right)(facts)?) / (ask.radius)(facts)?),
        (Kind::Sketch(ask), Guess::Sketch(values)) => {
            Some(distance(ask, values, &knots(facts.curve(ask.line)?)) / limit(ask))
        }
        _ => None,
    }
}

/// The same of a number. Where only one number is right, all others are beyond 1, farther by their distance in tenths of it.
#[must_use]
pub fn off_number(ask: &NumberAsk, said: f64, facts: &Facts) -> Option<f64> {
    let (right, [low, high]) = ((ask.right)(facts)?, (ask.band)(facts)?);
    let room = if said < right { right - low } else { high - right };
    let off = (said - right).abs();
    let part = if off <= 1e-9 {
        0.0
    } else if room > 1e-9 {
        off / room
    } else {
        1.0 + off / (right.abs() / 10.0).max(1.0)
    };
    Some(part.copysign(said - right))
}

/// The moments of a sketch.
pub fn parts() -> impl Iterator<Item = f64> {
    (0..KNOTS).map(|knot| knot as f64 / (KNOTS - 1) as f64)
}

/// A curve's values at the moments of a sketch.
#[must_use]
pub fn knots(line: &Line) -> Vec<f64> {
    parts().map(|part| line.at(part).unwrap_or(f64::NAN)).collect()
}

/// Where a value is on the sketch's axis, from 0 at its lower end to 1.
#[must_use]
pub fn height(ask: &SketchAsk, value: f64) -> f64 {
    let [low, high] = ask.range;
    let part = if ask.log { (value / low).ln() / (high / low).ln() } else { (value - low) / (high - low) };
    // what has overflowed is above the picture, and what is no number, too
    if part.is_nan() { 1.0 } else { part.clamp(0.0, 1.0) }
}

/// The value at a height of the sketch's axis.
#[must_use]
pub fn value(ask: &SketchAsk, height: f64) -> f64 {
    let ([low, high], height) = (ask.range, height.clamp(0.0, 1.0));
    if ask.log { low * (high / low).powf(height) } else { low + (high - low) * height }
}

/// How far two curves are apart on average: in powers of ten where the scale is logarithmic, otherwise as a part of the axis. Both begin at the same value, which
/// does not count.
fn distance(ask: &SketchAsk, a: &[f64], b: &[f64]) -> f64 {
    let span = if ask.log { (ask.range[1] / ask.range[0]).log10() } else { 1.0 };
    let pairs = a.iter().zip(b).skip(1);
    let total: f64 = pairs.map(|(&a, &b)| (height(ask, a) - height(ask, b)).abs()).sum();
    span * total / (KNOTS - 1) as f64
}

fn limit(ask: &SketchAsk) -> f64 {
    if ask.log { ask.within.log10() } else { ask.within }
}

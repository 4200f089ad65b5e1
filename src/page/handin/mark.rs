//! [`Mark`]: what becomes of an answer, by the facts that were found in runs.

use super::judge::Asks;
use super::paper::Said;
use super::table::words;
use crate::lecture::settings::config::{Config, Program};
use crate::page::lessons::facts::Facts;
use crate::page::lessons::form::{COMING, CheckKind, Kind, NumberAsk, Seen};
use crate::page::lessons::judge::{judge, judge_number, off, off_number};
use crate::page::lessons::work::{Attempt, Guess};
use crate::page::link::fragment;
use crate::page::runs::Recording;
use crate::page::view::{LabView, Settings, View};

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The runs say the same.
    Right,
    /// They say something else.
    Wrong,
    /// "Not sure yet."
    Unsure,
    /// There is no answer.
    Missing,
    /// The runs could not be computed.
    Unjudged,
}

impl Verdict {
    /// In a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Unsure => "not sure",
            Self::Missing => "no answer",
            Self::Unjudged => "not judged",
        }
    }
}

/// An answer, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What becomes of it.
    pub verdict: Verdict,
    /// What was said, in words.
    pub said: String,
    /// Which sentence was chosen, by its place.
    pub choice: Option<usize>,
    /// How far it is from the run, where what counts as right ends at 1: with a sign where there are two sides.
    pub off: Option<f64>,
    /// How many answers were given up to the first right one, or in all.
    pub attempts: usize,
}

impl Mark {
    /// A verdict alone.
    #[must_use]
    pub fn plain(verdict: Verdict) -> Self {
        Self { verdict, said: String::new(), choice: None, off: None, attempts: 0 }
    }
}

/// The mark of what was said, whose runs of the Lab were computed again; nothing as long as facts are missing.
pub(super) fn marked(
    asks: Asks,
    said: Option<&Said>,
    runs: &[(Config, Option<Recording>)],
    facts: &Facts,
) -> Option<Mark> {
    match asks {
        Asks::Prediction(prediction) => {
            let Some(guess) = said.and_then(|said| said.guess.as_ref()) else {
                return Some(Mark::plain(Verdict::Missing));
            };
            predicted(&prediction.kind, guess, facts)
        }
        Asks::Check(check) => {
            let attempts = said.map_or(&[][..], |said| &said.attempts);
            let Some(last) = attempts.last() else { return Some(Mark::plain(Verdict::Missing)) };
            match &check.kind {
                CheckKind::Number(ask) => found_number(ask, attempts, facts),
                CheckKind::Lab { holds, .. } => {
                    let mark =
                        |verdict| Mark { attempts: attempts.len(), said: settings(last), ..Mark::plain(verdict) };
                    let known = runs.iter().find(|(config, _)| *config == last.run)?;
                    let Some(run) = &known.1 else { return Some(mark(Verdict::Unjudged)) };
                    match holds(&Seen { view: &view(last), run }, facts) {
                        Ok(()) => Some(mark(Verdict::Right)),
                        Err(COMING) => None,
                        Err(_) => Some(mark(Verdict::Wrong)),
                    }
                }
            }
        }
    }
}

fn predicted(kind: &'static Kind, guess: &Guess, facts: &Facts) -> Option<Mark> {
    let judgement = judge(kind, guess, facts)?;
    let verdict = match judgement.right {
        Some(true) => Verdict::Right,
        Some(false) => Verdict::Wrong,
        None => Verdict::Unsure,
    };
    let (said, choice) = match (kind, guess) {
        (Kind::Choice(choices), Guess::Choice(place)) => {
            (words(choices.get(*place).map_or("", |choice| choice.says), facts), Some(*place))
        }
        (_, Guess::Number(number)) => (number.to_string(), None),
        (_, Guess::Unsure) => (String::new(), None),
        _ => (judgement.distance, None),
    };
    Some(Mark { verdict, said, choice, off: off(kind, guess, facts), attempts: 1 })
}

fn found_number(ask: &'static NumberAsk, attempts: &[Attempt], facts: &Facts) -> Option<Mark> {
    let mut last = None;
    for (place, attempt) in attempts.iter().enumerate() {
        let Some(Guess::Number(number)) = attempt.said else { continue };
        let is_right = judge_number(ask, number, facts)?.right == Some(true);
        let verdict = if is_right { Verdict::Right } else { Verdict::Wrong };
        let off = off_number(ask, number, facts);
        last = Some(Mark { verdict, said: number.to_string(), choice: None, off, attempts: place + 1 });
        if is_right {
            break;
        }
    }
    Some(last.unwrap_or_else(|| Mark::plain(Verdict::Missing)))
}

/// What the Lab showed at an attempt.
fn view(attempt: &Attempt) -> LabView {
    let plain = LabView::default();
    let module = if let Program::Module(kind) = attempt.run.program { kind } else { plain.module };
    LabView { settings: Settings::new(attempt.run.clone()), shown: attempt.shown, module, ..plain }
}

/// The settings of an attempt that are not the lecture's, as a link writes them.
fn settings(attempt: &Attempt) -> String {
    let link = fragment(&View { lab: view(attempt), ..View::default() });
    link.split('&').skip(2).collect::<Vec<_>>().join(" ")
}

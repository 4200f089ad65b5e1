//! What the limits are called, and what they mean for a run.

use serde::{Deserialize, Serialize};

use super::{Stability, Zone};
use crate::base::words::{rounded, thousands};
use crate::lecture::settings::config::{Optimizer, Schedule};
use crate::lecture::settings::number::real;
use crate::lecture::verdict::divergence::Finding;

/// A rate that the track marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The learning rate.
    pub rate: f64,
    /// What it is, in two or three words.
    pub name: String,
    /// What that means, in a sentence.
    pub about: String,
}

impl Mark {
    /// The largest rate of four digits that is not beyond it: no more can be told apart, and they fit a field.
    #[must_use]
    pub fn within(&self) -> f64 {
        let digits = |rate: f64| real(&format!("{rate:.3e}")).unwrap_or(self.rate);
        let near = digits(self.rate);
        if near <= self.rate { near } else { digits(near - 10_f64.powf(self.rate.log10().floor() - 3.0)) }
    }
}

/// What the limits of a run's phases (see [`Stability::of`]) say of what it did: of the phase that carried it beyond a limit, if there is one; nothing of
/// a run that holds at safe rates.
#[must_use]
pub fn explain(phases: &[Stability], finding: &Finding) -> Option<String> {
    let left = finding.left_float32().unwrap_or(usize::MAX);
    let happened = |phase: &&Stability| !finding.diverges() || phase.from < left;
    let beyond = |phase: &&Stability| phase.zone(phase.rate).is_some_and(|zone| zone != Zone::Holds);
    let candidates = || phases.iter().filter(happened);
    let phase = candidates().rfind(beyond).or_else(|| candidates().next_back())?;
    let sentence = phase.sentence(finding)?;
    Some(if phase.from == 0 { sentence } else { format!("After step {}: {sentence}", thousands(phase.from)) })
}

impl Stability {
    /// The rates to mark, smallest first.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let (runs, optimizer) = (self.runs(), self.optimizer_name());
        let mut marks = Vec::new();
        let mut add = |rate: Option<f64>, name: &str, about: String| {
            marks.extend(rate.map(|rate| Mark { rate, name: name.to_owned(), about }));
        };
        add(
            self.fastest.filter(|_| self.full),
            "fastest on the full batch",
            format!("At this rate the slowest direction shrinks fastest with {optimizer} on the full batch."),
        );
        if self.full {
            let about = format!(
                "Above this rate {optimizer} on the full batch overshoots by more than it corrects, and diverges."
            );
            add(self.full_batch, &format!("full-batch limit {}", self.formula()), about);
        } else {
            let about = format!(
                "Above this rate the mean square error over all shuffles grows without bound: {runs} may be thrown far on their way."
            );
            add(self.mean_square, "mean square limit", about);
            let about = format!("Above this rate {runs} typically grow on this data.");
            add(self.typical, "typical growth", about);
            let about = format!(
                "Above this rate {optimizer} on the full batch diverges; smaller batches have limits of their own."
            );
            add(self.full_batch, &format!("full batch {}", self.formula()), about);
        }
        crate::base::order::order_by(&mut marks, |a, b| a.rate > b.rate);
        marks
    }

    /// What the marks and shades mean, in a sentence or two; for an optimizer that has none, why.
    #[must_use]
    pub fn about(&self) -> String {
        if let Some(why) = self.why_no_limits() {
            return why.to_owned();
        }
        let limits = match (self.mean_square, self.typical) {
            (Some(limit), _) if self.full => {
                format!("On the full batch, {} holds below a rate of about {}.", self.optimizer_name(), rate(limit))
            }
            (Some(mean), Some(typical)) => format!(
                "With {} the mean square error stays bounded below a rate of {}, and a run typically grows above {}. Between the two a \
                 typical run comes back, but single ones are thrown so far that their mean has no bound, and float32 may not survive that.",
                self.batches(),
                rate(mean),
                rate(typical)
            ),
            (None, Some(typical)) => {
                format!("With {} a run typically grows above a rate of {}.", self.batches(), rate(typical))
            }
            (Some(mean), None) => {
                format!("With {} the mean square error stays bounded below a rate of {}.", self.batches(), rate(mean))
            }
            (None, None) if self.full_batch.is_none() => {
                return "The loss is flat: no rate changes anything.".to_owned();
            }
            (None, None) => {
                return "The data are too large to compute the limits of these batches at once.".to_owned();
            }
        };
        if self.schedule == Schedule::Constant {
            limits
        } else {
            format!(
                "{limits} The limits are those of a constant rate; with a schedule they hold for as long as a step’s rate is beyond them."
            )
        }
    }

    /// What the limits say of a run that diverges, or that holds at a rate beyond one of them; nothing of a run that holds at a safe rate.
    #[must_use]
    pub fn sentence(&self, finding: &Finding) -> Option<String> {
        let diverges = finding.diverges();
        let said = if self.schedule == Schedule::Constant { "Its rate" } else { "Its highest rate" };
        // with as many digits as tell it from the limits
        let digits = [self.mean_square, self.typical].into_iter().flatten().map(|limit| apart(self.rate, limit)).max();
        let rate = |number| rounded(number, digits.unwrap_or(DIGITS));
        let here = format!("{said}, {},", rate(self.rate));
        let beyond = |limit: Option<f64>| limit.filter(|&limit| self.rate >= limit);
        if let Some(why) = self.why_no_limits() {
            return diverges.then(|| why.to_owned());
        }
        if let Some(limit) = beyond(self.typical) {
            let what = if self.full {
                format!("is beyond {}, the limit of {} on the full batch", rate(limit), self.optimizer_name())
            } else {
                format!("is beyond {}, above which {} typically grow on this data", rate(limit), self.runs())
            };
            return Some(if diverges {
                format!("{here} {what}.")
            } else {
                format!("{here} {what}: a longer run may diverge.")
            });
        }
        if let Some(limit) = beyond(self.mean_square) {
            let runs = self.runs();
            let place = match self.typical {
                Some(typical) => format!(
                    "is between {}, above which the mean square error of {runs} is unbounded, and {}, above which they typically grow on this data",
                    rate(limit),
                    rate(typical)
                ),
                None => format!("is beyond {}, above which the mean square error of {runs} is unbounded", rate(limit)),
            };
            let fate = if diverges {
                "it was thrown too far"
            } else {
                "a typical run comes back, but can be thrown far on its way"
            };
            return Some(format!("{here} {place}: {fate}."));
        }
        let known = self.typical.or(self.mean_square);
        known.filter(|_| diverges).map(|limit| {
            format!(
                "{here} is below {}, the limit of {}: it is not the rate alone that makes it diverge.",
                rate(limit),
                self.runs()
            )
        })
    }

    /// Why the optimizer has no limits; nothing of one that has.
    fn why_no_limits(&self) -> Option<&'static str> {
        match self.optimizer {
            Optimizer::Sgd | Optimizer::Momentum | Optimizer::Nesterov => None,
            Optimizer::Adam => Some(
                "Adam has no such limit: it divides each coordinate’s step by the size of its recent gradients, so its steps are about as \
                 long as the rate, however steep the loss is.",
            ),
            Optimizer::Lbfgs => {
                Some("L-BFGS has no learning rate: its line search chooses each step by the loss that it finds there.")
            }
        }
    }

    /// `2/λmax` and its like.
    fn formula(&self) -> &'static str {
        match self.optimizer {
            Optimizer::Sgd => "2/λmax",
            Optimizer::Momentum => "2(1+β)/λmax",
            Optimizer::Nesterov => "2(1+β)/((1+2β)λmax)",
            Optimizer::Adam | Optimizer::Lbfgs => "",
        }
    }

    fn optimizer_name(&self) -> &'static str {
        match self.optimizer {
            Optimizer::Sgd => "gradient descent",
            Optimizer::Momentum => "momentum",
            Optimizer::Nesterov => "Nesterov momentum",
            Optimizer::Adam => "Adam",
            Optimizer::Lbfgs => "L-BFGS",
        }
    }

    /// `batches of 16`, with the optimizer where it is not the plain one.
    fn batches(&self) -> String {
        let batches =
            if self.rows == 1 { "single rows".to_owned() } else { format!("batches of {}", thousands(self.rows)) };
        if self.optimizer == Optimizer::Sgd { batches } else { format!("{} and {batches}", self.optimizer_name()) }
    }

    fn runs(&self) -> String {
        format!("runs with {}", self.batches())
    }
}

/// Digits of a rate, if they tell it from others.
const DIGITS: usize = 3;

/// A rate with three digits.
fn rate(rate: f64) -> String {
    rounded(rate, DIGITS)
}

/// How many digits tell two numbers apart.
fn apart(one: f64, other: f64) -> usize {
    (DIGITS..9).find(|&digits| rounded(one, digits) != rounded(other, digits)).unwrap_or(DIGITS)
}

//! [`Outcome`]: what a run did as a whole. It is noted step by step while the run is computed, so it does not depend on which steps are recorded.

use serde::{Deserialize, Serialize};
use thetahat_kernels::records::{Product, ln, multiplied};

use crate::lecture::data::geometry::Quadratic;
use crate::lecture::settings::config::Config;

/// The first step, counted from 1, at which each of these was infinite or no number in float32; none where that never happened.
///
/// A loss belongs to the step that returns it, which is computed before the update; distance and parameters are those after the step. A large
/// loss or distance can overflow and come back; parameters that are not finite stay so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overflow {
    /// The distance ‖θ−θ̂‖, whose squares overflow first.
    pub distance: Option<usize>,
    /// The loss of the step's batch.
    pub loss: Option<usize>,
    /// Some parameter.
    pub params: Option<usize>,
}

/// A geometric mean that is made up number by number: what is typical of sizes that a few rare ones exceed by far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    product: Product,
    count: u32,
}

impl Default for Mean {
    fn default() -> Self {
        Self { product: (1.0, 0.0), count: 0 }
    }
}

impl Mean {
    /// Takes one more number; what is smaller than the least normal number counts as that.
    pub fn add(&mut self, value: f64) {
        // not `max`, which would drop what is no number
        let factor = if value < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { value };
        self.product = multiplied(self.product, factor);
        self.count += 1;
    }

    /// The mean of those that were taken; none of none.
    #[must_use]
    pub fn get(self) -> Option<f64> {
        (self.count > 0).then(|| (ln(self.product) / f64::from(self.count)).exp())
    }
}

/// What the steps so far did.
///
/// The excess is L − Lmin, the full-batch loss above its least value, in 64 bits. Its geometric mean is taken over two windows, the first and the last steps of
/// the run: a run that is thrown far now and then and comes back each time is typically near. Each is an epoch long, but at least ten steps, so that the first overshoots of an optimizer with momentum are in the first one, and at most half
/// of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many steps were taken.
    pub steps: usize,
    /// How many the run takes in all.
    pub planned: usize,
    /// When numbers left float32.
    pub overflow: Overflow,
    /// The typical excess of the first window.
    pub first: Mean,
    /// The typical excess of the last window. It has begun when the run is nearly done.
    pub last: Mean,
}

impl Outcome {
    /// Whether all steps were taken.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.steps == self.planned
    }
}

/// How many times as large as before the typical excess must end for a run to count as diverging.
pub const GROWTH: f64 = 10.0;

/// The part of the excess of θ = 0 below which growth is not looked at: with Lmin = 0 a run that has arrived rattles at the rounding of float32,
/// some 10⁻¹⁴ of it.
pub const FLOOR: f64 = 1e-6;

/// Whether the typical excess has grown so much over a complete run that the run diverges: it ends at more than [`GROWTH`] times the largest of what it is
/// held against. Returns that largest and where it ends.
#[must_use]
pub fn growth(first: Mean, last: Mean, others: [f64; 3]) -> Option<(f64, f64)> {
    let (first, after) = (first.get()?, last.get()?);
    let before = others.into_iter().fold(first, f64::max);
    (after > GROWTH * before).then_some((before, after))
}

/// A window is at least this many steps long, if the run is twice as long.
const WINDOW: usize = 10;

/// At most this many steps of a window are looked at, evenly spaced.
const LOOKS: usize = 256;

/// Which steps of a run are looked at for the typical excess at its beginning and at its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Windows {
    planned: usize,
    /// Steps in each window.
    window: usize,
    /// Every how many steps of a window are looked at.
    every: usize,
}

impl Windows {
    /// Those of a run with these settings.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let planned = config.steps();
        let window = config.steps_per_epoch().max(WINDOW).min(planned / 2);
        Self { planned, window, every: window.div_ceil(LOOKS).max(1) }
    }

    /// Whether none of the steps after `first`, up to `end`, is one of either window's.
    #[must_use]
    pub fn lie_beside(&self, first: usize, end: usize) -> bool {
        first >= self.window && end + self.window <= self.planned
    }

    /// Whether a step, counted from 1, is one of the first window's, and whether it is one of the last's.
    #[must_use]
    pub fn contain(&self, step: usize) -> (bool, bool) {
        let left = self.planned.saturating_sub(step);
        let first = step <= self.window && (step - 1).is_multiple_of(self.every);
        (first, left < self.window && left.is_multiple_of(self.every))
    }
}

/// Notes an [`Outcome`] while a run is computed.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    outcome: Outcome,
    windows: Windows,
}

impl Watch {
    /// Before the first step of a run.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { outcome: Outcome { planned: config.steps(), ..Outcome::default() }, windows: Windows::new(config) }
    }

    /// The steps so far.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Notes the next step: its loss, the parameters after it (length M), and their distance to the true ones. Costs a comparison or two; M² multiplications
    /// for up to 512 steps of a run.
    pub fn note(&mut self, loss: f32, params: &[f32], distance: f32, quadratic: &Quadratic) {
        let outcome = &mut self.outcome;
        outcome.steps += 1;
        let step = outcome.steps;
        if !loss.is_finite() {
            outcome.overflow.loss.get_or_insert(step);
        }
        // while the distance is finite, so is every parameter
        if !distance.is_finite() {
            outcome.overflow.distance.get_or_insert(step);
            if !params.iter().all(|param| param.is_finite()) {
                outcome.overflow.params.get_or_insert(step);
            }
        }
        let (is_first, is_last) = self.windows.contain(step);
        if is_first {
            outcome.first.add(quadratic.excess(params));
        }
        if is_last {
            outcome.last.add(quadratic.excess(params));
        }
    }
}

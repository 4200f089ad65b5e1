//! [`Stability`]: which learning rates hold on this data, for the optimizer and the batch size that are set.
//!
//! There is more than one answer, and the page must say which one it shows:
//!
//! - On the **full batch** the limit is a closed form of the optimizer and of λmax, the largest eigenvalue of the Hessian ([`mod@full_batch`]).
//! - On shuffled batches the **mean square** of the error over shuffles stops being bounded at one rate ([`mod@mean_square`]), and
//! - a single run **typically grows** from another, larger one on ([`mod@typical`]).
//!
//! Neither of the last two is a promise. Between them a run comes back on average, but is thrown far on its way: with batches of 4 at rate 0.92 it is 10¹¹
//! away after 100 epochs, and after 400 float32 has not survived it. With batches of 16 a single run holds beyond 2/λmax, because steps along the
//! steepest direction seldom follow one another.
//!
//! What it costs for the lecture's 500 × 2 numbers: about a million multiplications, a few milliseconds. For larger data the number of steps is cut, and
//! where too few would be left the limit is [`None`]. Both limits are found to half a per cent, the typical one on batches in a fixed pseudo-random order: other
//! shuffles move it by about one per cent. It depends on the data, the batch size and the optimizer alone; not on the learning rate, so that moving that
//! slider needs no new one.

mod full_batch;
mod mean_square;
mod rows;
mod typical;
mod words;

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::lecture::data::simulation::Simulation;
use crate::lecture::settings::config::{Config, Optimizer, Schedule};

pub use words::{Mark, explain};

/// The limits of one optimizer and batch size on one data set. Rates are learning rates; each may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// The step from which these settings hold: 0, or that of the branch.
    pub from: usize,
    /// What turns gradients into updates.
    pub optimizer: Optimizer,
    /// How the learning rate changes. The limits are those of a constant rate; the rate of each step is to be held against them.
    pub schedule: Schedule,
    /// The configured rate, which no schedule exceeds.
    pub rate: f64,
    /// Rows in a batch, N where it is the full batch.
    pub rows: usize,
    /// Whether every batch is the full one.
    pub full: bool,
    /// Below this rate, steps on the full batch shrink every direction.
    pub full_batch: Option<f64>,
    /// At this constant rate, steps on the full batch shrink the slowest direction fastest.
    pub fastest: Option<f64>,
    /// Above this rate, the mean square of the error over shuffles grows without bound.
    pub mean_square: Option<f64>,
    /// Above this rate, the error of a single run typically grows.
    pub typical: Option<f64>,
}

/// The most multiplications that may be spent on writing the data in other coordinates, before any limit is looked for.
const ROTATION: usize = 40_000_000;

/// Where a rate lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zone {
    /// Below all limits.
    Holds,
    /// Between the two limits of shuffled batches.
    Between,
    /// Where runs typically grow, or on the full batch always.
    Grows,
}

/// Which rates the page shades: from the first on, darker from the second on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shading {
    /// From here on nothing is certain.
    pub from: Option<f64>,
    /// From here on runs typically grow.
    pub darker: Option<f64>,
}

impl Stability {
    /// The limits for the settings before the branch, and with a branch those after it.
    ///
    /// # Errors
    /// The data carry an error.
    pub fn of(config: &Config, simulation: &Simulation) -> Result<Vec<Self>> {
        let mut phases = vec![Self::new(0, config, simulation)?];
        let branch = config.branch.as_ref().filter(|branch| branch.step < config.steps());
        if let (Some(branch), Some(branched)) = (branch, config.branched()) {
            let after = if branch.optimizer == config.optimizer {
                Self { from: branch.step, schedule: branch.schedule, rate: branch.learning_rate, ..phases[0].clone() }
            } else {
                Self::new(branch.step, &branched, simulation)?
            };
            phases.push(after);
        }
        Ok(phases)
    }

    fn new(from: usize, config: &Config, simulation: &Simulation) -> Result<Self> {
        let quadratic = &simulation.quadratic;
        let eigenvalues = &quadratic.eigenvalues[..quadratic.rank()];
        let rows = config.rows_per_batch();
        let mut found = Self {
            from,
            optimizer: config.optimizer,
            schedule: config.schedule,
            rate: config.learning_rate,
            rows,
            full: rows >= config.samples,
            ..Self::default()
        };
        let (Some(&largest), Some(&smallest)) = (eigenvalues.first(), eigenvalues.last()) else { return Ok(found) };
        found.full_batch = full_batch::limit(config.optimizer, largest);
        found.fastest = full_batch::fastest(config.optimizer, smallest, largest);
        let (Some(limit), Some(step)) = (found.full_batch, full_batch::Linear::of(config.optimizer)) else {
            return Ok(found);
        };
        if found.full {
            (found.mean_square, found.typical) = (Some(limit), Some(limit));
            return Ok(found);
        }
        if config.samples * config.features * eigenvalues.len() > ROTATION {
            return Ok(found);
        }
        let all = rows::Rows::new(simulation.data.x.as_f32()?, quadratic);
        found.typical = typical::Batches::new(&all, rows, step).and_then(|batches| batches.limit(limit, step));
        let moments = mean_square::Moments::new(&all, eigenvalues);
        found.mean_square = moments.and_then(|moments| moments.limit(limit, rows, step));
        if let (Some(mean_square), Some(typical)) = (&mut found.mean_square, found.typical) {
            // what stays bounded on average does not typically grow; the two are estimates
            *mean_square = mean_square.min(typical);
        }
        Ok(found)
    }

    /// Where a step's rate lies; none where no limit is known. A schedule's steps can be held against the limits one by one.
    #[must_use]
    pub fn zone(&self, rate: f64) -> Option<Zone> {
        let Shading { from, darker } = self.shading();
        from.or(darker)?;
        let beyond = |limit: Option<f64>| limit.is_some_and(|limit| rate >= limit);
        Some(match (beyond(from), beyond(darker)) {
            (_, true) => Zone::Grows,
            (true, false) => Zone::Between,
            (false, false) => Zone::Holds,
        })
    }

    /// What to shade.
    #[must_use]
    pub fn shading(&self) -> Shading {
        Shading { from: self.mean_square.or(self.typical), darker: self.typical }
    }
}

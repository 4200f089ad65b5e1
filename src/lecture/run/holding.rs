//! [`Holding`]: the largest learning rate at which a run does not diverge, for each of several shuffles of the same data.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::lecture::run::cache::Shared;
use crate::lecture::run::sweep::{LANES, Sweep};
use crate::lecture::settings::config::Config;

/// Which rates are tried, with how many shuffles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoldingRequest {
    /// Everything else.
    pub config: Config,
    /// The learning rates, in ascending order.
    pub learning_rates: Vec<f64>,
    /// With how many shuffles of the same data: the program's own, and others.
    pub shuffles: u32,
}

/// A search that goes on step by step.
///
/// Where a run diverges at one rate, it is taken to diverge at all larger ones. So a few rates tried at once, as many as one instruction has lanes, leave only those
/// between two of them to be tried next.
#[derive(Debug)]
pub struct Holding {
    request: HoldingRequest,
    /// For each shuffle that is done, how many of the rates hold, from the smallest.
    held: Vec<u32>,
    /// Of the shuffle that is under way: those below hold, those above diverge, and these are to be tried.
    unknown: Range<usize>,
    /// The ones that are tried now.
    trial: Option<(Vec<usize>, Sweep)>,
}

impl Holding {
    /// Nothing is tried yet.
    #[must_use]
    pub fn new(request: HoldingRequest) -> Self {
        Self { unknown: 0..request.learning_rates.len(), request, held: Vec::new(), trial: None }
    }

    /// For each shuffle that is done, how many of the rates hold, from the smallest.
    #[must_use]
    pub fn held(&self) -> &[u32] {
        &self.held
    }

    /// Whether all shuffles are done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.held.len() >= self.request.shuffles as usize
    }

    /// Takes up to `steps` further steps; returns how many it took.
    ///
    /// # Errors
    /// A setting is out of its range.
    pub fn advance(&mut self, steps: usize, shared: &Shared) -> Result<usize> {
        if self.is_done() {
            return Ok(0);
        }
        if self.unknown.is_empty() {
            self.held.push(self.unknown.start as u32);
            self.unknown = 0..self.request.learning_rates.len();
            return Ok(0);
        }
        if self.trial.is_none() {
            let places = places(&self.unknown);
            self.trial = Some((places.clone(), self.sweep(&places, shared)?));
        }
        let Some((places, sweep)) = &mut self.trial else { return Ok(0) };
        let before = sweep.steps_taken();
        sweep.skip(steps)?;
        let taken = sweep.steps_taken() - before;
        if sweep.is_done() {
            let diverges = sweep.diverges();
            let holding = diverges.iter().take_while(|diverges| !**diverges).count();
            self.unknown.start = holding.checked_sub(1).map_or(self.unknown.start, |last| places[last] + 1);
            self.unknown.end = places.get(holding).copied().unwrap_or(self.unknown.end);
            self.trial = None;
        }
        Ok(taken)
    }

    fn sweep(&self, places: &[usize], shared: &Shared) -> Result<Sweep> {
        let with = |&place: &usize| Config {
            learning_rate: self.request.learning_rates[place],
            ..self.request.config.clone()
        };
        let configs: Vec<Config> = places.iter().map(with).collect();
        // nobody asks when a run comes near
        Ok(Sweep::new(&configs, shared)?.shuffled(self.held.len() as u32, shared).noting(0.0))
    }
}

/// As many of these as there are lanes, evenly spaced.
fn places(unknown: &Range<usize>) -> Vec<usize> {
    let count = unknown.len().min(LANES);
    (1..=count).map(|i| unknown.start + (i * (unknown.len() + 1)) / (count + 1) - 1).collect()
}

/// The largest of some rates at which no more than a part of all shuffles, from 0 to 1, diverge; none where at each of them more do.
#[must_use]
pub fn largest(rates: &[f64], held: &[u32], part: f64) -> Option<f64> {
    let mut held = held.to_vec();
    held.sort_unstable();
    let diverging = (part * held.len() as f64) as usize;
    let count = held.get(diverging).copied().unwrap_or(rates.len() as u32);
    rates.get((count as usize).checked_sub(1)?).copied()
}

//! [`CurvesRequest`]: the course of a run with several shuffles of the same data, at a few hundred of its steps.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;

use crate::lecture::run::cache::Shared;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::sweep::Sweep;
use crate::lecture::settings::config::Config;

/// Runs that differ in nothing but their shuffles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvesRequest {
    /// Their settings.
    pub config: Config,
    /// How many there are: the program's own run, and others.
    pub shuffles: u32,
    /// At how many of its steps each is looked at, at most.
    pub entries: usize,
}

/// The courses of runs. Entry `i` of each stands for the moment after `min((i + 1) · stride, steps)` steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// Steps between entries.
    pub stride: usize,
    /// Loss of the batch before the update, runs × entries row-major.
    pub losses: Vec<f32>,
    /// ‖θ−θ̂‖ after the step, likewise.
    pub norms: Vec<f32>,
}

impl Columns for Curves {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self { stride: _, losses, norms } = self;
        [losses, norms].map(Column::Floats).into()
    }
}

impl CurvesRequest {
    /// The run with the shuffles of a number, before its first step.
    ///
    /// # Errors
    /// A setting is out of its range, or the run changes its course in the middle.
    pub fn sweep(&self, number: u32, shared: &Shared) -> Result<Sweep> {
        Ok(Sweep::new(std::slice::from_ref(&self.config), shared)?.shuffled(number, shared).thinned(self.entries))
    }
}

//! [`Config`]: the values of every setting of a run, with its default (the lecture's value) and its validation. Ranges are in [`super::setting`].

use serde::{Deserialize, Serialize};

pub use super::choices::{Optimizer, Schedule, Start};
pub use super::program::{Approach, ModuleKind, Program};
use super::setting::SETTINGS;
use crate::base::error::{Error, Result};
use crate::base::words::thousands;

/// A change of course in the middle of a run: from `step` on, updates are made by these settings. An optimizer of the same kind keeps its
/// state, another one starts anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// Steps before the change, counted from the start of the run.
    pub step: usize,
    /// Learning rate, in the range of [`Config::learning_rate`].
    pub learning_rate: f64,
    /// What turns gradients into updates.
    pub optimizer: Optimizer,
    /// How the learning rate changes.
    pub schedule: Schedule,
}

/// The hyperparameters of one run of one of the lecture's programs, each in the range that [`SETTINGS`] has for it. The default is the lecture's own
/// raw-functional run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Which of the lecture's programs runs.
    pub program: Program,
    /// Seed of `PRNGKey`: any signed 64-bit integer; JAX keeps its low 32 bits.
    pub seed: i64,
    /// Number of samples N.
    pub samples: usize,
    /// Number of features M.
    pub features: usize,
    /// Standard deviation σ of the noise.
    pub sigma: f64,
    /// What the second feature is multiplied by; 1 is the lecture's. It has no meaning where there is only one feature.
    pub stretch: f64,
    /// Learning rate of the optimizer.
    pub learning_rate: f64,
    /// Rows per mini-batch, at least 1; a batch larger than N is one full batch.
    pub batch_size: usize,
    /// Passes over the data.
    pub epochs: usize,
    /// What turns gradients into updates.
    pub optimizer: Optimizer,
    /// How the learning rate changes.
    pub schedule: Schedule,
    /// Where module programs start, and on which data.
    pub start: Start,
    /// The parameters to start from in place of those that the program draws, M finite numbers.
    pub theta_0: Option<Vec<f32>>,
    /// A change of course in the middle of the run.
    pub branch: Option<Branch>,
    /// The program prints its distance every this many epochs, at least 1.
    pub print_every: usize,
}

/// The most steps that one run may take.
pub const STEPS_LIMIT: usize = 2_000_000;
/// The most numbers, N·M, that the features may hold.
pub const NUMBERS_LIMIT: usize = 4_000_000;

impl Default for Config {
    fn default() -> Self {
        Self::lecture(Program::Raw)
    }
}

impl Config {
    /// The lecture's own settings of a program: batches of 16 and 201 epochs for the functional ones, 64 and 500 for those with modules.
    #[must_use]
    pub fn lecture(program: Program) -> Self {
        let (batch_size, epochs) = if program.is_module() { (64, 500) } else { (16, 201) };
        Self {
            program,
            seed: 42,
            samples: 500,
            features: 2,
            sigma: 0.001,
            stretch: 1.0,
            learning_rate: 0.001,
            batch_size,
            epochs,
            optimizer: Optimizer::Sgd,
            schedule: Schedule::Constant,
            start: Start::Lecture,
            theta_0: None,
            branch: None,
            print_every: 100,
        }
    }

    /// Rows in a full mini-batch: `batch_size`, or N where that is larger, as the lecture's loader slices it.
    #[must_use]
    pub fn rows_per_batch(&self) -> usize {
        self.batch_size.min(self.samples)
    }

    /// Mini-batches, hence SGD steps, in one epoch: ⌈N / batch size⌉.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        self.samples.div_ceil(self.rows_per_batch().max(1))
    }

    /// Steps that the run's loop is written for, which is what schedules are spread over.
    #[must_use]
    pub fn planned_steps(&self) -> usize {
        self.epochs.saturating_mul(self.steps_per_epoch())
    }

    /// Steps that the run takes: none where the generator of batches is already used up.
    #[must_use]
    pub fn steps(&self) -> usize {
        if self.program == Program::Module(ModuleKind::Pitfall) { 0 } else { self.planned_steps() }
    }

    /// These settings as they are from the branch on, if there is one.
    #[must_use]
    pub fn branched(&self) -> Option<Self> {
        self.branch.as_ref().map(|branch| Self {
            learning_rate: branch.learning_rate,
            optimizer: branch.optimizer,
            schedule: branch.schedule,
            branch: None,
            ..self.clone()
        })
    }

    /// Checks every setting.
    ///
    /// # Errors
    /// The first setting that is out of its range, in a sentence fit to stand beside its control.
    pub fn validate(&self) -> Result<()> {
        for setting in &SETTINGS {
            if let Some(value) = setting.value(self) {
                setting.check(&value)?;
            }
        }
        self.validate_sizes()?;
        self.validate_start()?;
        self.validate_branch()?;
        self.validate_search()
    }

    /// Checks what the data and the run may be together, whatever the starting point and the branch.
    ///
    /// # Errors
    /// The features would hold more than [`NUMBERS_LIMIT`] numbers, or the run more than [`STEPS_LIMIT`] steps.
    pub fn validate_sizes(&self) -> Result<()> {
        if self.samples.saturating_mul(self.features) > NUMBERS_LIMIT {
            let (features, most) = (self.features, thousands(NUMBERS_LIMIT / self.features));
            let expected = format!("with {features} features at most {most} fit in memory; use fewer of one of them");
            return Err(Error::value("Samples N", thousands(self.samples), expected));
        }
        if self.planned_steps() > STEPS_LIMIT {
            let (steps, most) = (thousands(self.planned_steps()), thousands(STEPS_LIMIT));
            let expected = format!(
                "that makes {steps} steps, and at most {most} can be recorded; use fewer epochs or larger batches"
            );
            return Err(Error::value("Epochs", thousands(self.epochs), expected));
        }
        Ok(())
    }

    fn validate_start(&self) -> Result<()> {
        match &self.theta_0 {
            Some(theta_0) if theta_0.len() != self.features => {
                let expected = format!("it needs one number for each of the {} features", self.features);
                Err(Error::value("Starting point", format!("{theta_0:?}"), expected))
            }
            _ => Ok(()),
        }
    }

    fn validate_search(&self) -> Result<()> {
        let branches_off = self.branch.as_ref().is_some_and(|branch| branch.optimizer.searches());
        if !self.optimizer.searches() && !branches_off {
            return Ok(());
        }
        let expected = if self.branch.is_some() {
            "a run by it has no branch, because what it remembers is of one course".to_owned()
        } else if self.rows_per_batch() < self.samples {
            let samples = thousands(self.samples);
            format!("its line search compares losses of the same rows: set the batch size to N, {samples}, or more")
        } else if self.schedule != Schedule::Constant {
            "its line search chooses the step itself: set the schedule to constant".to_owned()
        } else {
            return Ok(());
        };
        Err(Error::value("Optimizer", Optimizer::Lbfgs, expected))
    }

    fn validate_branch(&self) -> Result<()> {
        match &self.branch {
            Some(branch) if branch.step > self.planned_steps() => {
                let expected = format!("the run has only {} steps", thousands(self.planned_steps()));
                Err(Error::value("Branch at step", thousands(branch.step), expected))
            }
            _ => Ok(()),
        }
    }
}

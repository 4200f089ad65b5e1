//! [`Config`]: every hyperparameter of a run, with its range, its default (the lecture's value) and its validation.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};

pub use super::program::{Approach, ModuleKind, Program};

/// A closed list of choices with the names under which they stand in links and on the command line.
macro_rules! choice {
    ($(#[$doc:meta])* $Name:ident, $what:literal { $($(#[$each:meta])* $Variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $Name {
            $($(#[$each])* #[serde(rename = $text)] $Variant,)+
        }

        impl $Name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The name in links and on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant => $text,)+
                }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                let found = Self::ALL.iter().copied().find(|choice| choice.name() == text);
                let names = [$($text),+].join(", ");
                found.ok_or_else(|| Error::value($what, format!("{text:?}"), format!("it must be one of {names}")))
            }
        }
    };
}

choice! {
    /// What turns gradients into updates.
    Optimizer, "Optimizer" {
        /// `optax.sgd(lr)`.
        #[default]
        Sgd = "sgd",
        /// `optax.sgd(lr, momentum=0.9)`.
        Momentum = "momentum",
        /// `optax.sgd(lr, momentum=0.9, nesterov=True)`.
        Nesterov = "nesterov",
        /// `optax.adam(lr)`.
        Adam = "adam",
    }
}

choice! {
    /// How the learning rate changes from step to step.
    Schedule, "Schedule" {
        /// Not at all.
        #[default]
        Constant = "constant",
        /// `optax.exponential_decay(lr, transition_steps=1000, decay_rate=0.95)`.
        Exponential = "exponential",
        /// `optax.cosine_decay_schedule(lr, decay_steps)` over all steps of the run.
        Cosine = "cosine",
        /// `optax.warmup_cosine_decay_schedule(0, lr, warmup_steps, decay_steps)` over all steps of the run, a tenth of them to warm up.
        WarmupCosine = "warmup_cosine",
    }
}

choice! {
    /// Where module programs start, and on which data.
    Start, "Start" {
        /// As in the lecture: their own draws of parameters, features and noise, by `nnx.Rngs`.
        #[default]
        Lecture = "lecture",
        /// On the data and from the parameters of the raw program, with its shuffles.
        Same = "same",
    }
}

impl Schedule {
    /// Whether the optimizer's state counts updates for it.
    #[must_use]
    pub fn counts(self) -> bool {
        self != Self::Constant
    }
}

/// A change of course in the middle of a run: from `step` on, updates are made by these settings. An optimizer of the same kind keeps its
/// state, another one starts anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// Steps before the change, counted from the start of the run.
    pub step: usize,
    /// Learning rate, in [`LEARNING_RATE`].
    pub learning_rate: f64,
    /// What turns gradients into updates.
    pub optimizer: Optimizer,
    /// How the learning rate changes.
    pub schedule: Schedule,
}

/// The hyperparameters of one run of one of the lecture's programs. The default is the lecture's own raw-functional run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Which of the lecture's programs runs.
    pub program: Program,
    /// Seed of `PRNGKey`: any signed 64-bit integer; JAX keeps its low 32 bits.
    pub seed: i64,
    /// Number of samples N, in [`SAMPLES`].
    pub samples: usize,
    /// Number of features M, in [`FEATURES`].
    pub features: usize,
    /// Standard deviation σ of the noise, in [`SIGMA`].
    pub sigma: f64,
    /// What the second feature is multiplied by, in [`STRETCH`]; 1 is the lecture's. It has no meaning where there is only one feature.
    pub stretch: f64,
    /// Learning rate of the optimizer, in [`LEARNING_RATE`].
    pub learning_rate: f64,
    /// Rows per mini-batch, at least 1; a batch larger than N is one full batch.
    pub batch_size: usize,
    /// Passes over the data, in [`EPOCHS`].
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
    /// The program prints its distance every so many epochs, at least 1.
    pub print_every: usize,
}

/// Range of [`Config::samples`].
pub const SAMPLES: (usize, usize) = (1, 100_000);
/// Range of [`Config::features`].
pub const FEATURES: (usize, usize) = (1, 128);
/// Range of [`Config::sigma`].
pub const SIGMA: (f64, f64) = (0.0, 100.0);
/// Range of [`Config::stretch`].
pub const STRETCH: (f64, f64) = (1.0, 10.0);
/// Range of [`Config::learning_rate`].
pub const LEARNING_RATE: (f64, f64) = (1e-5, 10.0);
/// Range of [`Config::batch_size`].
pub const BATCH_SIZE: (usize, usize) = (1, 100_000);
/// Range of [`Config::epochs`].
pub const EPOCHS: (usize, usize) = (1, 10_000);
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

    /// Checks every field.
    ///
    /// # Errors
    /// The first field that is out of its range, in a sentence fit to stand beside its control.
    pub fn validate(&self) -> Result<()> {
        whole("Samples N", self.samples, SAMPLES)?;
        whole("Features M", self.features, FEATURES)?;
        real("Noise σ", self.sigma, SIGMA)?;
        real("Stretch feature 2", self.stretch, STRETCH)?;
        real("Learning rate", self.learning_rate, LEARNING_RATE)?;
        whole("Batch size", self.batch_size, BATCH_SIZE)?;
        whole("Epochs", self.epochs, EPOCHS)?;
        whole("Print every", self.print_every, (1, usize::MAX))?;
        if self.samples * self.features > NUMBERS_LIMIT {
            let expected = format!(
                "with {} features at most {} fit: take fewer of one of them",
                self.features,
                NUMBERS_LIMIT / self.features
            );
            return Err(Error::value("Samples N", self.samples, expected));
        }
        if self.planned_steps() > STEPS_LIMIT {
            let steps = self.planned_steps();
            let expected = format!(
                "that makes {steps} steps; at most {STEPS_LIMIT} are recorded: take fewer epochs or a larger batch"
            );
            return Err(Error::value("Epochs", self.epochs, expected));
        }
        self.validate_start()?;
        self.branch.as_ref().map_or(Ok(()), |branch| self.validate_branch(branch))
    }

    fn validate_start(&self) -> Result<()> {
        let Some(theta_0) = &self.theta_0 else { return Ok(()) };
        if theta_0.len() != self.features {
            let expected = format!("it needs one number for each of the {} features", self.features);
            return Err(Error::value("Starting point", format!("{theta_0:?}"), expected));
        }
        match theta_0.iter().find(|number| !number.is_finite()) {
            Some(number) => Err(Error::value("Starting point", number, "its numbers must be finite")),
            None => Ok(()),
        }
    }

    fn validate_branch(&self, branch: &Branch) -> Result<()> {
        real("Learning rate from the branch on", branch.learning_rate, LEARNING_RATE)?;
        if branch.step <= self.planned_steps() {
            return Ok(());
        }
        let expected = format!("the run has only {} steps", self.planned_steps());
        Err(Error::value("Branch at step", branch.step, expected))
    }
}

fn whole(name: &str, value: usize, (low, high): (usize, usize)) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let expected = if high == usize::MAX {
        format!("it must be a whole number of at least {low}")
    } else {
        format!("it must be a whole number from {low} to {high}")
    };
    Err(Error::value(name, value, expected))
}

fn real(name: &str, value: f64, (low, high): (f64, f64)) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(Error::value(name, value, format!("it must be a number from {low} to {high}")))
}

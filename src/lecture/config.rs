//! [`Config`]: every hyperparameter of a run, with its range, its default (the lecture's value) and its validation.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A closed list of choices with the names under which they stand in links and on the command line.
macro_rules! choice {
    ($(#[$doc:meta])* $Name:ident, $what:literal { $($(#[$each:meta])* $Variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $Name {
            $($(#[$each])* $Variant,)+
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
    /// The lecture's programs.
    Program, "Program" {
        /// Parameters in an array, the loss written for a whole batch.
        #[default]
        Raw = "raw",
        /// The same with the loss written for one example and `vmap`.
        Vmap = "vmap",
    }
}

/// The hyperparameters of one run of the lecture's program. The default is the lecture's own raw-functional run.
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
    /// Learning rate of the optimizer, in [`LEARNING_RATE`].
    pub learning_rate: f64,
    /// Rows per mini-batch, at least 1; a batch larger than N is one full batch.
    pub batch_size: usize,
    /// Passes over the data, in [`EPOCHS`].
    pub epochs: usize,
    /// The program prints its distance every so many epochs, at least 1.
    pub print_every: usize,
}

/// Range of [`Config::samples`].
pub const SAMPLES: (usize, usize) = (1, 100_000);
/// Range of [`Config::features`].
pub const FEATURES: (usize, usize) = (1, 128);
/// Range of [`Config::sigma`].
pub const SIGMA: (f64, f64) = (0.0, 100.0);
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
        Self {
            program: Program::Raw,
            seed: 42,
            samples: 500,
            features: 2,
            sigma: 0.001,
            learning_rate: 0.001,
            batch_size: 16,
            epochs: 201,
            print_every: 100,
        }
    }
}

impl Config {
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

    /// SGD steps in the whole run.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.epochs.saturating_mul(self.steps_per_epoch())
    }

    /// Checks every field.
    ///
    /// # Errors
    /// The first field that is out of its range, in a sentence fit to stand beside its control.
    pub fn validate(&self) -> Result<()> {
        whole("Samples N", self.samples, SAMPLES)?;
        whole("Features M", self.features, FEATURES)?;
        real("Noise σ", self.sigma, SIGMA)?;
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
        if self.steps() > STEPS_LIMIT {
            return Err(Error::value(
                "Epochs",
                self.epochs,
                format!(
                    "that makes {} steps; at most {STEPS_LIMIT} are recorded: take fewer epochs or a larger batch",
                    self.steps()
                ),
            ));
        }
        Ok(())
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

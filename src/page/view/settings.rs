//! [`Settings`]: what all shown programs have in common; and what follows from them: the full batch, the settings from a branch on, the nearest valid ones.

use std::ops::Deref;

use crate::base::words::thousands;
use crate::lecture::settings::config::{Config, NUMBERS_LIMIT, Program, STEPS_LIMIT, Schedule};

/// The settings that all shown programs have in common: a [`Config`] whose program does not count, because each column brings its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(Config);

impl Settings {
    /// The settings of a run, without its program.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self(Config { program: Program::Raw, ..config })
    }

    /// The run of a program with these settings.
    #[must_use]
    pub fn run(&self, program: Program) -> Config {
        Config { program, ..self.0.clone() }
    }
}

impl Deref for Settings {
    type Target = Config;

    fn deref(&self) -> &Config {
        &self.0
    }
}

/// The longest run beside which the full batch is computed, too, in steps.
pub const FULL_BATCH_LIMIT: usize = 20_000;

/// The same training with all samples in every batch and as many steps, for the line behind its path; none where it takes no step, where it has all samples in a
/// batch already, or where it would take long.
#[must_use]
pub fn full_batch(config: &Config) -> Option<Config> {
    let (steps, whole) = (config.steps(), config.rows_per_batch() >= config.samples);
    let full = Config { batch_size: config.samples, epochs: steps, ..config.clone() };
    (steps > 0 && steps <= FULL_BATCH_LIMIT && !whole && full.validate().is_ok()).then_some(full)
}

/// The settings that hold at the end of a run: those of the branch, if there is one.
#[must_use]
pub fn current(config: &Config) -> Config {
    config.branched().unwrap_or_else(|| config.clone())
}

/// Puts settings that were changed in [`current`] back: learning rate, optimizer and schedule into the branch, if there is one, the others into the
/// configuration itself.
#[must_use]
pub fn with_current(config: &Config, changed: &Config) -> Config {
    let Some(branch) = &config.branch else { return changed.clone() };
    let mut branch = branch.clone();
    branch.learning_rate = changed.learning_rate;
    branch.optimizer = changed.optimizer;
    branch.schedule = changed.schedule;
    let (learning_rate, optimizer, schedule) = (config.learning_rate, config.optimizer, config.schedule);
    let mut next = Config { learning_rate, optimizer, schedule, ..changed.clone() };
    next.branch = Some(branch);
    next
}

/// Settings by L-BFGS as it takes them: the full batch, a constant schedule, no branch.
#[must_use]
pub fn for_search(mut config: Config) -> Config {
    config.batch_size = config.batch_size.max(config.samples);
    config.schedule = Schedule::Constant;
    config.branch = None;
    config
}

/// The configuration with whatever would make it invalid moved to the nearest possible value, and a sentence for each such change.
#[must_use]
pub fn nearest_valid(config: Config) -> (Config, Vec<String>) {
    let mut next = config;
    let mut notes = Vec::new();
    if next.samples.saturating_mul(next.features) > NUMBERS_LIMIT {
        next.samples = (NUMBERS_LIMIT / next.features.max(1)).max(1);
        notes.push(format!("That many samples do not fit in memory; N is now {}.", thousands(next.samples)));
    }
    if next.planned_steps() > STEPS_LIMIT {
        next.epochs = (STEPS_LIMIT / next.steps_per_epoch().max(1)).max(1);
        notes.push(format!("A run this long cannot be recorded; epochs reduced to {}.", thousands(next.epochs)));
    }
    if next.theta_0.as_ref().is_some_and(|start| start.len() != next.features) {
        next.theta_0 = None;
        notes.push(
            "The starting point is for another number of features; using the one that the program draws.".to_owned(),
        );
    }
    let steps = next.planned_steps();
    if let Some(branch) = next.branch.as_mut().filter(|branch| branch.step > steps) {
        branch.step = steps;
        notes.push(format!("The run ends before the branch; it is now at step {}.", thousands(steps)));
    }
    if next.optimizer.searches() {
        let fitting = for_search(next.clone());
        if fitting != next {
            notes.push("L-BFGS takes full batches, and neither a schedule nor a branch.".to_owned());
        }
        next = fitting;
    }
    if next.validate().is_ok() {
        return (next, notes);
    }
    notes.push("These settings are invalid; showing the lecture’s instead.".to_owned());
    (Config::default(), notes)
}

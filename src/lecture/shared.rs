//! [`Shared`]: what runs with other settings can use again: compiled steps, simulations, and shuffles.
//!
//! While a slider moves, one run follows another. Most differ only in the learning rate, which is an input of the compiled step.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::error::Result;
use crate::jax::random::Key;

use super::config::{Config, Optimizer, Program, Schedule};
use super::programs::decay_steps;
use super::recorded_step::RecordedStep;
use super::shuffles::Shuffles;
use super::simulation::{Simulation, SimulationKey};

/// Compiled steps that are kept. A run needs one or two, four with a branch.
const STEPS: usize = 64;
/// Simulations that are kept: those of functional programs and of modules, before and after a change.
const SIMULATIONS: usize = 4;

/// All that a compiled step depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StepKey {
    program: Program,
    optimizer: Optimizer,
    schedule: Schedule,
    decay_steps: Option<i32>,
    features: usize,
    rows: usize,
}

/// A compiled step that several runs may use, one after the other: each writes all of its inputs before it runs.
pub type SharedStep = Rc<RefCell<RecordedStep>>;

#[derive(Default)]
struct Inner {
    steps: HashMap<StepKey, SharedStep>,
    simulations: HashMap<SimulationKey, Rc<Simulation>>,
    shuffles: Shuffles,
}

/// A bounded memory that clones share.
#[derive(Clone, Default)]
pub struct Shared(Rc<RefCell<Inner>>);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let inner = self.0.borrow();
        write!(f, "Shared({} steps, {} simulations)", inner.steps.len(), inner.simulations.len())
    }
}

impl Shared {
    /// The compiled step of a configuration for batches of `rows` rows.
    ///
    /// # Errors
    /// The step cannot be traced.
    pub fn step(&self, config: &Config, rows: usize) -> Result<SharedStep> {
        let key = StepKey {
            program: config.program,
            optimizer: config.optimizer,
            schedule: config.schedule,
            decay_steps: decay_steps(config),
            features: config.features,
            rows,
        };
        let found = self.0.borrow().steps.get(&key).cloned();
        if let Some(step) = found {
            return Ok(step);
        }
        let step = Rc::new(RefCell::new(RecordedStep::new(rows, config)?));
        let steps = &mut self.0.borrow_mut().steps;
        if steps.len() >= STEPS {
            steps.clear();
        }
        steps.insert(key, step.clone());
        Ok(step)
    }

    /// The simulation of a configuration.
    ///
    /// # Errors
    /// The configuration is not valid.
    pub fn simulation(&self, config: &Config) -> Result<Rc<Simulation>> {
        let key = SimulationKey::of(config);
        let found = self.0.borrow().simulations.get(&key).cloned();
        if let Some(simulation) = found {
            return Ok(simulation);
        }
        let simulation = Rc::new(Simulation::new(config)?);
        let simulations = &mut self.0.borrow_mut().simulations;
        if simulations.len() >= SIMULATIONS {
            simulations.clear();
        }
        simulations.insert(key, simulation.clone());
        Ok(simulation)
    }

    /// The order in which an epoch goes through the samples: see [`Shuffles::order`].
    #[must_use]
    pub fn order(&self, subkey: Key, samples: usize) -> Rc<[u32]> {
        self.0.borrow_mut().shuffles.order(subkey, samples)
    }
}

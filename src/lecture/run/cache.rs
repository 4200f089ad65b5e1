//! [`Shared`]: what runs with other settings can use again: compiled steps, simulations, and shuffles.
//!
//! While a slider moves, one run follows another. Most differ only in the learning rate, which is an input of the compiled step.

use std::cell::RefCell;
use std::rc::Rc;

use crate::base::error::Result;
use crate::jax::random::Key;

use crate::lecture::data::shuffles::Shuffles;
use crate::lecture::data::simulation::{Simulation, SimulationKey};
use crate::lecture::programs::step_program::decay_steps;
use crate::lecture::run::recorded_step::RecordedStep;
use crate::lecture::settings::config::{Config, Optimizer, Program, Schedule};

/// Compiled steps that are kept. A run needs one or two, four with a branch.
const STEPS: usize = 64;
/// Simulations that are kept: those of functional programs and of modules, before and after a change.
const SIMULATIONS: usize = 4;

/// All that a compiled step depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StepKey {
    program: Program,
    optimizer: Optimizer,
    schedule: Schedule,
    decay_steps: Option<i32>,
    features: usize,
    rows: usize,
    /// How many trainings it computes side by side; `None` for one alone.
    trainings: Option<usize>,
}

/// A compiled step that several runs may use, one after the other: each writes all of its inputs before it runs.
pub type SharedStep = Rc<RefCell<RecordedStep>>;

#[derive(Default)]
struct Inner {
    steps: Vec<(StepKey, SharedStep)>,
    simulations: Vec<(SimulationKey, Rc<Simulation>)>,
    shuffles: Shuffles,
}

/// A bounded cache; clones share it.
#[derive(Clone, Default)]
pub struct Shared(Rc<RefCell<Inner>>);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let inner = self.0.borrow();
        write!(f, "Shared({} steps, {} simulations)", inner.steps.len(), inner.simulations.len())
    }
}

fn find<K: PartialEq, V: Clone>(list: &[(K, V)], key: &K) -> Option<V> {
    list.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
}

impl Shared {
    /// The compiled step of a configuration for batches of `rows` rows: of one training, or of this many side by side, and then the learning rate, the
    /// loss and the floats of the state have one more axis, the last one, for them.
    ///
    /// # Errors
    /// The step cannot be traced.
    pub fn step(&self, config: &Config, rows: usize, trainings: Option<usize>) -> Result<SharedStep> {
        let key = StepKey {
            program: config.program,
            optimizer: config.optimizer,
            schedule: config.schedule,
            decay_steps: decay_steps(config),
            features: config.features,
            rows,
            trainings,
        };
        let found = find(&self.0.borrow().steps, &key);
        if let Some(step) = found {
            return Ok(step);
        }
        let step = match trainings {
            None => RecordedStep::new(rows, config)?,
            Some(trainings) => RecordedStep::mapped(rows, config, trainings)?,
        };
        let step = Rc::new(RefCell::new(step));
        let steps = &mut self.0.borrow_mut().steps;
        if steps.len() >= STEPS {
            steps.clear();
        }
        steps.push((key, step.clone()));
        Ok(step)
    }

    /// The simulation of a configuration.
    ///
    /// # Errors
    /// The configuration is not valid.
    pub fn simulation(&self, config: &Config) -> Result<Rc<Simulation>> {
        let key = SimulationKey::of(config);
        let found = find(&self.0.borrow().simulations, &key);
        if let Some(simulation) = found {
            return Ok(simulation);
        }
        let simulation = Rc::new(Simulation::new(config)?);
        let simulations = &mut self.0.borrow_mut().simulations;
        if simulations.len() >= SIMULATIONS {
            simulations.clear();
        }
        simulations.push((key, simulation.clone()));
        Ok(simulation)
    }

    /// From now on keeps up to this many bytes of shuffles, if that is more than before.
    pub fn remember_shuffles(&self, bytes: usize) {
        self.0.borrow_mut().shuffles.remember(bytes);
    }

    /// The order in which an epoch goes through the samples: see [`Shuffles::order`].
    #[must_use]
    pub fn order(&self, subkey: Key, samples: usize) -> Rc<[u32]> {
        self.0.borrow_mut().shuffles.order(subkey, samples)
    }
}

//! [`Shared`]: what runs with other settings can use again: compiled steps, simulations, and shuffles.
//!
//! While a slider moves, one run follows another. Most differ only in the learning rate, which is an input of the compiled step.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::jax::random::Key;
use crate::jax::trace::ClosedJaxpr;

use crate::lecture::data::shuffles::Shuffles;
use crate::lecture::data::simulation::{Simulation, SimulationKey};
use crate::lecture::programs::step_program::{decay_steps, step_program};
use crate::lecture::run::recorded_step::RecordedStep;
use crate::lecture::run::tanh::Trainings;
use crate::lecture::settings::config::{Config, Optimizer, Program, Schedule};

/// Compiled steps that are kept. A run needs one or two, four with a branch.
const STEPS: usize = 64;
/// Simulations that are kept: those of functional programs and of modules, before and after a change.
const SIMULATIONS: usize = 4;

/// Traced gradients that are kept: one for each program and size of batch that is looked at.
const GRADIENTS: usize = 16;

/// All that a traced gradient depends on: program, features and rows.
type GradientKey = (Program, usize, usize);

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

/// A step that was traced and compiled, and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traced {
    /// The program.
    pub program: Program,
    /// Its optimizer.
    pub optimizer: Optimizer,
    /// Its schedule.
    pub schedule: Schedule,
    /// Features M.
    pub features: usize,
    /// Rows in a batch.
    pub rows: usize,
    /// How often it was traced and compiled: again only after it was forgotten.
    pub times: usize,
    /// How often a run has asked for it and found it compiled.
    pub found: usize,
    /// What tracing and compiling it took the last time, in milliseconds, if there is a clock.
    pub milliseconds: Option<f64>,
}

/// What became of asking for a step.
enum Asked {
    /// It was there.
    Found,
    /// It was compiled, which took this many milliseconds, if there is a clock.
    Compiled(Option<f64>),
}

/// Tells milliseconds since some moment.
type Clock = Box<dyn Fn() -> f64>;

/// The most steps that [`Shared::traced`] tells of.
const TOLD: usize = 256;

#[derive(Default)]
struct Inner {
    clock: Option<Clock>,
    traced: Vec<(StepKey, Traced)>,
    steps: Vec<(StepKey, SharedStep)>,
    gradients: Vec<(GradientKey, Rc<ClosedJaxpr>)>,
    simulations: Vec<(SimulationKey, Rc<Simulation>)>,
    shuffles: Shuffles,
    tanh: Option<Rc<RefCell<Trainings>>>,
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

/// Adds to a list, which is emptied before where it is full.
fn keep<K, V>(list: &mut Vec<(K, V)>, most: usize, key: K, value: V) {
    if list.len() >= most {
        list.clear();
    }
    list.push((key, value));
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
            self.note(&key, Asked::Found);
            return Ok(step);
        }
        let started = self.now();
        let step = match trainings {
            None => RecordedStep::new(rows, config)?,
            Some(trainings) => RecordedStep::mapped(rows, config, trainings)?,
        };
        let step = Rc::new(RefCell::new(step));
        let took = self.now().zip(started).map(|(now, started)| now - started);
        self.note(&key, Asked::Compiled(took));
        keep(&mut self.0.borrow_mut().steps, STEPS, key, step.clone());
        Ok(step)
    }

    /// The gradient of the loss of a batch of `rows` rows, traced: see [`crate::lecture::programs::step_program::StepProgram::trace_gradient`].
    ///
    /// # Errors
    /// It cannot be traced.
    pub fn gradient(&self, config: &Config, rows: usize) -> Result<Rc<ClosedJaxpr>> {
        let key = (config.program, config.features, rows);
        let found = find(&self.0.borrow().gradients, &key);
        if let Some(gradient) = found {
            return Ok(gradient);
        }
        let gradient = Rc::new(step_program(config.program).trace_gradient(rows, config)?);
        keep(&mut self.0.borrow_mut().gradients, GRADIENTS, key, gradient.clone());
        Ok(gradient)
    }

    /// Measures from now on what compiling takes.
    pub fn set_clock(&self, clock: impl Fn() -> f64 + 'static) {
        self.0.borrow_mut().clock = Some(Box::new(clock));
    }

    /// The steps of single trainings that were traced and compiled, in the order in which they were first.
    #[must_use]
    pub fn traced(&self) -> Vec<Traced> {
        let inner = self.0.borrow();
        inner.traced.iter().filter(|(key, _)| key.trainings.is_none()).map(|(_, traced)| traced.clone()).collect()
    }

    fn now(&self) -> Option<f64> {
        self.0.borrow().clock.as_ref().map(|clock| clock())
    }

    /// Notes that a step was asked for: that it was there, or that it was compiled, and how long that took.
    fn note(&self, key: &StepKey, asked: Asked) {
        let traced = &mut self.0.borrow_mut().traced;
        let known = traced.iter().position(|(known, _)| known == key);
        let place = known.unwrap_or_else(|| {
            if traced.len() >= TOLD {
                traced.remove(0);
            }
            let &StepKey { program, optimizer, schedule, features, rows, .. } = key;
            let new = Traced { program, optimizer, schedule, features, rows, times: 0, found: 0, milliseconds: None };
            traced.push((key.clone(), new));
            traced.len() - 1
        });
        let entry = &mut traced[place].1;
        match asked {
            Asked::Compiled(milliseconds) => {
                entry.times += 1;
                entry.milliseconds = milliseconds;
            }
            Asked::Found => entry.found += 1,
        }
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
        keep(&mut self.0.borrow_mut().simulations, SIMULATIONS, key, simulation.clone());
        Ok(simulation)
    }

    /// The compiled step of the network of hyperbolic tangents.
    ///
    /// # Errors
    /// As [`Trainings::new`].
    pub fn tanh(&self) -> Result<Rc<RefCell<Trainings>>> {
        let known = self.0.borrow().tanh.clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let new = Rc::new(RefCell::new(Trainings::new()?));
        self.0.borrow_mut().tanh = Some(new.clone());
        Ok(new)
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

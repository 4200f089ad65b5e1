//! [`Measurement`]: what the ways of calling one and the same step cost on this machine.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::order::order_by;
use crate::jax::compile::{Executable, Rounding, compile};
use crate::jax::{Array, DType, jit};
use crate::nnx::{self, Linear};
use crate::optax::OptState;

use crate::lecture::programs::step_program::{functional_optimizer, linear_modules, step_program};
use crate::lecture::programs::{lbfgs, linear, raw, split};
use crate::lecture::settings::config::{Config, Program};

/// Times in microseconds, each so long measured that what the clock cannot tell is at most a hundredth of it; NaN where the clock stands still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// Tracing and compiling `make_step` for one shape of batch.
    pub compile: f64,
    /// One run of the compiled program alone, without the call around it.
    pub program: f64,
    /// One call of the jitted functional `make_step`.
    pub functional: f64,
    /// One call of `train_step` by `nnx.jit`, which splits and merges the modules on every call.
    pub module: f64,
    /// One call of the jitted step on a state that was split once, outside the loop.
    pub split_once: f64,
}

/// How often each is repeated where the clock is fine; the median counts.
const REPETITIONS: usize = 7;
/// How long a repetition must last, in milliseconds.
const LONG_ENOUGH: f64 = 1.0;
/// How many of the clock's ticks a repetition must last: browsers round their clocks, to as much as 100 ms.
const TICKS: f64 = 100.0;
/// A clock that ticks less often than this, in milliseconds, makes repetitions so long that one is enough.
const COARSE: f64 = 0.05;
/// How long the calls of one slice should take, in milliseconds.
const SLICE: f64 = 3.0;

/// Makes something ready to be called again and again.
type Prepare = fn(&Config) -> Call;
type Call = Box<dyn FnMut()>;
/// Where a time belongs.
type Cost = fn(&mut Costs) -> &mut f64;

/// What is measured, and where its time belongs.
const PARTS: [(Prepare, Cost); 5] = [
    (compilation, |costs| &mut costs.compile),
    (program, |costs| &mut costs.program),
    (functional, |costs| &mut costs.functional),
    (module, |costs| &mut costs.module),
    (split_once, |costs| &mut costs.split_once),
];

/// A measurement for some settings, in slices of a few milliseconds. In all it takes about a tenth of a second, more where the clock is coarse.
pub struct Measurement {
    config: Config,
    costs: Costs,
    ticks: Ticks,
    /// How many parts have been measured.
    done: usize,
    current: Option<Part>,
}

impl std::fmt::Debug for Measurement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Measurement").field("done", &self.done).field("costs", &self.costs).finish_non_exhaustive()
    }
}

impl Measurement {
    /// Batches have the configured size; the numbers in them are zeros, which take as long as any others, but for a line search, which then evaluates the loss
    /// once more and is content.
    ///
    /// # Errors
    /// The configuration is not valid, or its step cannot be compiled.
    pub fn new(config: &Config) -> Result<Self> {
        config.validate()?;
        compiled(config)?;
        Ok(Self { config: config.clone(), costs: Costs::default(), ticks: Ticks::default(), done: 0, current: None })
    }

    /// Measures a little more by this clock, which tells milliseconds. Returns the costs when all is measured.
    pub fn slice(&mut self, clock: &dyn Fn() -> f64) -> Option<Costs> {
        let Some((prepare, cost)) = PARTS.get(self.done) else { return Some(self.costs) };
        let Some(tick) = self.ticks.length() else {
            if self.ticks.watch(clock) {
                return None;
            }
            for (_, cost) in PARTS {
                *cost(&mut self.costs) = f64::NAN;
            }
            self.done = PARTS.len();
            return Some(self.costs);
        };
        let Some(part) = &mut self.current else {
            self.current = Some(Part::new(prepare(&self.config)));
            return None;
        };
        if let Some(time) = part.more(clock, tick) {
            *cost(&mut self.costs) = time * 1000.0;
            self.current = None;
            self.done += 1;
        }
        (self.done == PARTS.len()).then_some(self.costs)
    }
}

/// How far a clock goes on when it does, found by watching it.
#[derive(Debug, Default)]
struct Ticks {
    /// What it told last, and whether it has gone on since it was first read: only then is the next step a whole one.
    last: Option<f64>,
    /// The whole steps that were seen, and the shortest of them.
    seen: usize,
    shortest: f64,
    /// Slices in which it was watched.
    slices: usize,
}

/// Readings of the clock in a slice: less than [`SLICE`] in every browser.
const READINGS: usize = 10_000;
/// Steps that are watched: the first is not whole.
const STEPS: usize = 4;
/// A clock that has not gone on in this many slices stands still.
const PATIENCE: usize = 2000;

impl Ticks {
    /// The shortest step, once enough of them were seen.
    fn length(&self) -> Option<f64> {
        (self.seen >= STEPS).then_some(self.shortest)
    }

    /// Watches the clock for a slice. Returns whether there is hope.
    fn watch(&mut self, clock: &dyn Fn() -> f64) -> bool {
        self.slices += 1;
        for _ in 0..READINGS {
            let now = clock();
            let last = *self.last.get_or_insert(now);
            if now <= last {
                continue;
            }
            if self.seen > 0 {
                let before = if self.seen == 1 { f64::INFINITY } else { self.shortest };
                self.shortest = before.min(now - last);
            }
            self.seen += 1;
            self.last = Some(now);
            if self.seen >= STEPS {
                break;
            }
        }
        self.seen > 0 || self.slices < PATIENCE
    }
}

struct Part {
    call: Call,
    /// Calls in one slice.
    calls: usize,
    /// Whether that number is found.
    is_set: bool,
    /// Calls and milliseconds of the repetition that is under way.
    made: f64,
    took: f64,
    times: Vec<f64>,
}

impl Part {
    fn new(mut call: Call) -> Self {
        call();
        Self { call, calls: 1, is_set: false, made: 0.0, took: 0.0, times: Vec::new() }
    }

    /// Some more calls, by a clock whose ticks are this long. Returns the time of a call, in milliseconds, in the end: the median of several repetitions, or where
    /// these are long the only one.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts far below 2⁵²
    fn more(&mut self, clock: &dyn Fn() -> f64, tick: f64) -> Option<f64> {
        let started = clock();
        (0..self.calls).for_each(|_| (self.call)());
        self.took += clock() - started;
        self.made += self.calls as f64;
        if !self.is_set {
            self.find_calls(tick);
            return None;
        }
        if self.took < LONG_ENOUGH.max(TICKS * tick) {
            return None;
        }
        self.times.push(self.took / self.made);
        (self.took, self.made) = (0.0, 0.0);
        let repetitions = if tick > COARSE { 1 } else { REPETITIONS };
        if self.times.len() < repetitions {
            return None;
        }
        order_by(&mut self.times, |a, b| a.total_cmp(b).is_gt());
        Some(self.times[repetitions / 2])
    }

    /// Twice as many calls, until the clock has told how many a slice should have.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few thousand
    fn find_calls(&mut self, tick: f64) {
        if self.took < tick.max(SLICE / 8.0) {
            self.calls *= 2;
            return;
        }
        self.calls = (SLICE * self.made / self.took).max(1.0) as usize;
        (self.is_set, self.took, self.made) = (true, 0.0, 0.0);
    }
}

/// A batch x f32\[rows, M\], y f32\[rows\], and parameters f32\[M\].
fn zeros(config: &Config) -> [Array; 3] {
    let (rows, features) = (config.rows_per_batch(), config.features);
    [[rows, features].as_slice(), &[rows], &[features]].map(|shape| Array::zeros(shape, DType::F32))
}

fn compiled(config: &Config) -> Result<Executable> {
    let step = step_program(Program::Raw).trace(config.rows_per_batch(), config)?;
    compile(&step.jaxpr, &step.consts, Rounding::Fused)
}

fn compilation(config: &Config) -> Call {
    let config = config.clone();
    Box::new(move || drop(compiled(&config)))
}

fn program(config: &Config) -> Call {
    let mut executable = compiled(config);
    // `Measurement::new` has compiled it before
    Box::new(move || executable.iter_mut().for_each(Executable::run))
}

fn functional(config: &Config) -> Call {
    let [x, y, params] = zeros(config);
    let (optimizer, searches) = (functional_optimizer(config), config.optimizer.searches());
    let mut state = (params.clone(), optimizer.init(&params));
    let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
        if searches {
            lbfgs::make_step_by(raw::vectorized_residuals, &optimizer, params, opt_state, x, y)
        } else {
            raw::make_step(&optimizer, params, opt_state, x, y)
        }
    });
    Box::new(move || {
        let (params, opt_state, _) = make_step(&state.0, &state.1, &x, &y);
        state = (params, opt_state);
    })
}

fn module(config: &Config) -> Call {
    let [x, y, params] = zeros(config);
    let (mut model, mut optimizer) = linear_modules(&params, config);
    let train_step = nnx::jit(if config.optimizer.searches() { by_search } else { linear::train_step });
    Box::new(move || drop(train_step(&mut model, &mut optimizer, &x, &y)))
}

fn by_search(model: &mut Linear, optimizer: &mut nnx::Optimizer, x: &Array, y: &Array) -> Array {
    lbfgs::train_by(linear::residuals_loss, model, optimizer, x, y)
}

fn split_once(config: &Config) -> Call {
    let [x, y, params] = zeros(config);
    let (graphdef, mut state) = nnx::split(&linear_modules(&params, config));
    let train_step = jit(if config.optimizer.searches() { lbfgs::train_step } else { split::train_step });
    Box::new(move || state = train_step(&graphdef, &state, &x, &y).0)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Instant;

    use super::*;

    /// A clock that rounds down to its ticks, in milliseconds, and that each call moves on.
    fn coarse(time: &Cell<f64>, tick: f64) -> impl Fn() -> f64 {
        move || {
            time.set(time.get() + 1e-4);
            (time.get() / tick).floor() * tick
        }
    }

    #[test]
    fn a_coarse_clock_measures_as_well_as_a_fine_one() {
        for tick in [1e-3, 0.1, 1.0, 16.7, 100.0] {
            for cost in [3.7e-4, 0.021, 1.3] {
                let time = Rc::new(Cell::new(0.25));
                let clock = coarse(&time, tick);
                let mut ticks = Ticks::default();
                while ticks.length().is_none() {
                    assert!(ticks.watch(&clock), "{tick}");
                }
                let found = ticks.length().expect("a tick");
                assert!((found - tick).abs() < 1e-3, "{tick} is found as {found}");
                let (now, before) = (time.clone(), time.get());
                let mut part = Part::new(Box::new(move || now.set(now.get() + cost)));
                let measured = loop {
                    if let Some(measured) = part.more(&clock, found) {
                        break measured;
                    }
                    // what else the worker does between two slices
                    time.set(time.get() + 0.173);
                };
                assert!((measured / cost - 1.0).abs() < 0.03, "{cost} by {tick}: {measured}");
                assert!(time.get() - before < 500.0 * tick + 1000.0, "{tick}: it takes {}", time.get() - before);
            }
        }
    }

    #[test]
    fn a_clock_that_stands_still_measures_nothing() {
        let mut measurement = Measurement::new(&Config::default()).expect("a valid configuration");
        let costs = (0..=PATIENCE).find_map(|_| measurement.slice(&|| 7.0)).expect("an end");
        assert!(costs.functional.is_nan() && costs.compile.is_nan());
    }

    #[test]
    fn every_way_of_calling_takes_time() {
        let started = Instant::now();
        let clock = move || started.elapsed().as_secs_f64() * 1000.0;
        let mut measurement = Measurement::new(&Config::default()).expect("a valid configuration");
        let costs = (0..10_000).find_map(|_| measurement.slice(&clock)).expect("an end");
        let Costs { compile, program, functional, module, split_once } = costs;
        assert!([compile, program, functional, module, split_once].iter().all(|&time| time > 0.0), "{costs:?}");
        assert_eq!(measurement.slice(&clock), Some(costs), "it stays at its end");
        assert!(Measurement::new(&Config { batch_size: 0, ..Config::default() }).is_err());
        println!("{costs:?}");
    }
}

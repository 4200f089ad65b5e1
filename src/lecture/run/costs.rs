//! [`Measurement`]: what the ways of calling one and the same step cost on this machine.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::order::order_by;
use crate::jax::compile::{Executable, Rounding, compile};
use crate::jax::{Array, DType, jit};
use crate::nnx;
use crate::optax::OptState;

use crate::lecture::programs::step_program::{functional_optimizer, linear_modules, step_program};
use crate::lecture::programs::{linear, raw, split};
use crate::lecture::settings::config::{Config, Program};

/// Times in microseconds; medians of several repetitions.
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

/// How often each is repeated; the median counts.
const REPETITIONS: usize = 7;
/// How long a repetition must last, in milliseconds: browsers round their clocks.
const LONG_ENOUGH: f64 = 1.0;
/// A repetition has no more calls than this, should the clock stand still.
const MOST_CALLS: usize = 1 << 16;

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

/// A measurement for some settings, in slices of a few milliseconds; in all it takes about a tenth of a second.
pub struct Measurement {
    config: Config,
    costs: Costs,
    /// How many parts have been measured.
    done: usize,
    current: Option<Part>,
}

struct Part {
    call: Call,
    /// Calls in one repetition.
    calls: usize,
    times: Vec<f64>,
}

impl std::fmt::Debug for Measurement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Measurement").field("done", &self.done).field("costs", &self.costs).finish_non_exhaustive()
    }
}

impl Measurement {
    /// Batches have the configured size; the numbers in them are zeros, which take as long as any others.
    ///
    /// # Errors
    /// The configuration is not valid, or its step cannot be compiled.
    pub fn new(config: &Config) -> Result<Self> {
        config.validate()?;
        compiled(config)?;
        Ok(Self { config: config.clone(), costs: Costs::default(), done: 0, current: None })
    }

    /// Measures a little more by this clock, which tells milliseconds. Returns the costs when all is measured.
    pub fn slice(&mut self, clock: &dyn Fn() -> f64) -> Option<Costs> {
        let Some((prepare, cost)) = PARTS.get(self.done) else { return Some(self.costs) };
        let Some(part) = &mut self.current else {
            let mut call = prepare(&self.config);
            call();
            self.current = Some(Part { call, calls: 1, times: Vec::new() });
            return None;
        };
        if let Some(time) = part.repeat(clock) {
            *cost(&mut self.costs) = time * 1000.0;
            self.current = None;
            self.done += 1;
        }
        (self.done == PARTS.len()).then_some(self.costs)
    }
}

impl Part {
    /// One more repetition, or one more try of how many calls it should have. Returns the median time of a call, in milliseconds, in the end.
    #[allow(clippy::cast_precision_loss)] // a count far below 2⁵²
    fn repeat(&mut self, clock: &dyn Fn() -> f64) -> Option<f64> {
        let started = clock();
        (0..self.calls).for_each(|_| (self.call)());
        let time = clock() - started;
        if time < LONG_ENOUGH && self.calls < MOST_CALLS && self.times.is_empty() {
            self.calls *= 2;
            return None;
        }
        self.times.push(time / self.calls as f64);
        if self.times.len() < REPETITIONS {
            return None;
        }
        order_by(&mut self.times, |a, b| a.total_cmp(b).is_gt());
        Some(self.times[REPETITIONS / 2])
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
    let optimizer = functional_optimizer(config);
    let mut state = (params.clone(), optimizer.init(&params));
    let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
        raw::make_step(&optimizer, params, opt_state, x, y)
    });
    Box::new(move || {
        let (params, opt_state, _) = make_step(&state.0, &state.1, &x, &y);
        state = (params, opt_state);
    })
}

fn module(config: &Config) -> Call {
    let [x, y, params] = zeros(config);
    let (mut model, mut optimizer) = linear_modules(&params, config);
    let train_step = nnx::jit(linear::train_step);
    Box::new(move || drop(train_step(&mut model, &mut optimizer, &x, &y)))
}

fn split_once(config: &Config) -> Call {
    let [x, y, params] = zeros(config);
    let (graphdef, mut state) = nnx::split(&linear_modules(&params, config));
    let train_step = jit(split::train_step);
    Box::new(move || state = train_step(&graphdef, &state, &x, &y).0)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

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

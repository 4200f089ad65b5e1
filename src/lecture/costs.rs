//! [`Costs`]: what the ways of calling one and the same step cost on this machine.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::jax::compile::{Rounding, compile};
use crate::jax::{Array, DType, jit};
use crate::nnx;
use crate::optax::OptState;

use super::config::{Config, Program};
use super::programs::{functional_optimizer, linear_modules, step_program};
use super::{linear, raw, split};

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
/// Calls in one repetition, at least.
const CALLS: usize = 24;
/// How long a repetition must last, in milliseconds.
const LONG_ENOUGH: f64 = 1.0;

/// Measures them for these settings: batches of the configured size. `clock` gives milliseconds. The numbers are zeros, which take as long as any others.
///
/// It takes about a tenth of a second.
///
/// # Errors
/// The configuration is not valid.
pub fn measure(config: &Config, clock: &dyn Fn() -> f64) -> Result<Costs> {
    config.validate()?;
    let rows = config.rows_per_batch();
    let (x, y) = (Array::zeros(&[rows, config.features], DType::F32), Array::zeros(&[rows], DType::F32));
    let params = Array::zeros(&[config.features], DType::F32);
    let time = |calls: usize, call: &mut dyn FnMut()| -> f64 {
        let mut run = |calls: usize| {
            let started = clock();
            (0..calls).for_each(|_| call());
            clock() - started
        };
        // browsers round their clocks, so each repetition must last a while
        let calls = (0..12).map(|doublings| calls << doublings).find(|&calls| run(calls) >= LONG_ENOUGH);
        let calls = calls.unwrap_or(1 << 16);
        let mut times: Vec<f64> = (0..REPETITIONS).map(|_| run(calls)).collect();
        times.sort_by(f64::total_cmp);
        #[allow(clippy::cast_precision_loss)] // a small number
        let calls = calls as f64;
        times[REPETITIONS / 2] * 1000.0 / calls
    };

    let program = step_program(Program::Raw);
    let compiled = || {
        let step = program.trace(rows, config)?;
        compile(&step.jaxpr, &step.consts, Rounding::Fused)
    };
    let mut executable = compiled()?;
    let compile = time(1, &mut || drop(compiled()));
    let program = time(CALLS, &mut || executable.run());

    let optimizer = functional_optimizer(config);
    let mut state = (params.clone(), optimizer.init(&params));
    let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
        raw::make_step(&optimizer, params, opt_state, x, y)
    });
    let mut call = || {
        let (params, opt_state, _) = make_step(&state.0, &state.1, &x, &y);
        state = (params, opt_state);
    };
    call();
    let functional = time(CALLS, &mut call);

    let (mut model, mut optimizer) = linear_modules(&params, config);
    let train_step = nnx::jit(linear::train_step);
    let mut call = || drop(train_step(&mut model, &mut optimizer, &x, &y));
    call();
    let module = time(CALLS, &mut call);

    let (graphdef, mut state) = nnx::split(&linear_modules(&params, config));
    let train_step = jit(split::train_step);
    let mut call = || state = train_step(&graphdef, &state, &x, &y).0;
    call();
    let split_once = time(CALLS, &mut call);
    Ok(Costs { compile, program, functional, module, split_once })
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn every_way_of_calling_takes_time() {
        let started = Instant::now();
        let clock = move || started.elapsed().as_secs_f64() * 1000.0;
        let costs = measure(&Config::default(), &clock).expect("a valid configuration");
        let Costs { compile, program, functional, module, split_once } = costs;
        assert!([compile, program, functional, module, split_once].iter().all(|&time| time > 0.0), "{costs:?}");
        println!("{costs:?}");
    }
}

//! The loop as the lecture writes it: the jitted step is called batch by batch, in functional style, with modules that are split and merged on every
//! call, and with modules that were split once before.

use thetahat::jax::{Array, jit};
use thetahat::lecture::programs::step_program::{functional_optimizer, linear_modules};
use thetahat::lecture::programs::{linear, raw, split};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::epochs::Epochs;
use thetahat::lecture::settings::config::{Config, ModuleKind, Program};
use thetahat::optax::OptState;
use thetahat::{Error, Result, nnx};

use crate::digest;
use crate::timing::repeat;

/// Measures the loop of a program, with all batches at hand. Returns the times, and the digest of the losses and of the last parameters.
///
/// # Errors
/// The settings are not valid, or the program is not one of the three.
pub fn measure(config: &Config, repetitions: usize, clock: &dyn Fn() -> f64) -> Result<(Vec<f64>, u32)> {
    let batches = Batches::new(config)?;
    let train: Box<Train> = match config.program {
        Program::Raw => functional(config),
        Program::Module(ModuleKind::Linear) => called(config),
        Program::Module(ModuleKind::Split) => split_once(config),
        other => return Err(Error::value("Program", other, "it must be raw, linear or split")),
    };
    let mut losses = Vec::with_capacity(config.steps());
    let params = train(&batches, &mut |loss| losses.push(loss.item()))?.to_vec()?;
    let losses = losses.into_iter().collect::<Result<Vec<f32>>>()?;
    let mut failed = None;
    let times = repeat(repetitions, clock, || {
        if let Err(error) = train(&batches, &mut |_| ()) {
            failed = Some(error);
        }
    });
    failed.map_or(Ok((times, digest(&losses, &params))), Err)
}

/// Trains from the start: the last parameters; each loss is shown to the second argument.
type Train = dyn Fn(&Batches, &mut dyn FnMut(&Array)) -> Result<Array>;

/// All batches of a run, in order, and where it starts.
struct Batches {
    batches: Vec<(Array, Array)>,
    theta_0: Array,
}

impl Batches {
    fn new(config: &Config) -> Result<Self> {
        config.validate()?;
        let shared = Shared::default();
        let simulation = shared.simulation(config)?;
        let mut batches = Vec::with_capacity(config.steps());
        for epoch in Epochs::new(simulation.key, config.samples, &shared).take(config.epochs) {
            for rows in epoch.order.chunks(config.batch_size) {
                let rows: Vec<i32> = rows.iter().map(|row| row.cast_signed()).collect();
                let rows = Array::from_i32(&rows, &[rows.len()]);
                batches.push((simulation.data.x.take(&rows), simulation.data.y.take(&rows)));
            }
        }
        Ok(Self { batches, theta_0: simulation.theta_0(config) })
    }
}

fn functional(config: &Config) -> Box<Train> {
    let optimizer = functional_optimizer(config);
    let start = optimizer.clone();
    let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
        raw::make_step(&optimizer, params, opt_state, x, y)
    });
    Box::new(move |Batches { batches, theta_0 }, see| {
        let (mut params, mut opt_state) = (theta_0.clone(), start.init(theta_0));
        for (x, y) in batches {
            let loss;
            (params, opt_state, loss) = make_step(&params, &opt_state, x, y);
            see(&loss);
        }
        Ok(params)
    })
}

fn called(config: &Config) -> Box<Train> {
    let config = config.clone();
    let train_step = nnx::jit(linear::train_step);
    Box::new(move |Batches { batches, theta_0 }, see| {
        let (mut model, mut optimizer) = linear_modules(theta_0, &config);
        for (x, y) in batches {
            see(&train_step(&mut model, &mut optimizer, x, y));
        }
        Ok(model.kernel.value())
    })
}

fn split_once(config: &Config) -> Box<Train> {
    let config = config.clone();
    let train_step = jit(split::train_step);
    Box::new(move |Batches { batches, theta_0 }, see| {
        let mut modules = linear_modules(theta_0, &config);
        let (graphdef, mut state) = nnx::split(&modules);
        for (x, y) in batches {
            let loss;
            (state, loss) = train_step(&graphdef, &state, x, y);
            see(&loss);
        }
        nnx::update(&mut modules, &state)?;
        Ok(modules.0.kernel.value())
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use thetahat::lecture::run::trainer::Trainer;
    use thetahat::lecture::settings::config::Start;

    use super::*;

    #[test]
    fn every_loop_computes_what_the_trainer_does() {
        let now = Cell::new(0.0);
        let clock = || {
            now.set(now.get() + 20.0);
            now.get()
        };
        for program in [Program::Raw, Program::Module(ModuleKind::Linear), Program::Module(ModuleKind::Split)] {
            let config = Config { program, epochs: 2, start: Start::Same, ..Config::default() };
            let run = Trainer::new(&config).unwrap().advance(usize::MAX).unwrap();
            let params = &run.params[run.params.len() - config.features..];
            assert_eq!(measure(&config, 1, &clock).unwrap().1, digest(&run.losses, params), "{program}");
        }
        assert!(measure(&Config::lecture(Program::Module(ModuleKind::Pitfall)), 1, &clock).is_err());
    }
}

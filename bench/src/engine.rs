//! The contestant with the engine: the lecture's raw program, traced, differentiated and compiled, run by the interpreter or as machine code.

use std::rc::Rc;

use thetahat::Error;
use thetahat::Result;
use thetahat::jax::Array;
use thetahat::jax::compile::{Backend, backend, install_loader};
use thetahat::jax::random::split_n;
use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::programs::step_program::step_program;
use thetahat::lecture::run::cache::{Shared, SharedStep};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;

use crate::sweep::{self, Steps};
use crate::timing::repeat;
use crate::{Contestant, Report, Request, Scope, digest, mlp, module};

/// Measures a training.
///
/// # Errors
/// The settings are not valid, or no machine code can be loaded here.
pub fn measure(request: &Request, clock: &dyn Fn() -> f64) -> Result<Report> {
    let config = request.config();
    let shared = Shared::default();
    choose(request.contestant)?;
    if request.scope == Scope::Mlp {
        let (milliseconds, digest) = mlp::measure(request.repetitions, clock)?;
        return is_chosen(request.contestant).map(|()| Report { milliseconds, digest });
    }
    if request.scope == Scope::Calls {
        let (milliseconds, digest) = module::measure(&config, request.repetitions, clock)?;
        return is_chosen(request.contestant).map(|()| Report { milliseconds, digest });
    }
    let mut run = Run::new(&config, &shared)?;
    run.train()?;
    let mut digest = digest(&run.losses, &run.params());
    is_chosen(request.contestant)?;
    let mut failed = None;
    let mut note = |result: Result<()>| {
        if let Err(error) = result {
            failed = Some(error);
        }
    };
    let milliseconds = match request.scope {
        Scope::Steps => repeat(request.repetitions, clock, || note(run.train())),
        Scope::Whole => {
            let mut config = config;
            repeat(request.repetitions, clock, || {
                config.seed += 1;
                note(whole(&config, &shared));
            })
        }
        Scope::Again => {
            let mut config = config;
            note(whole(&config, &shared));
            repeat(request.repetitions, clock, || {
                config.learning_rate *= 0.999;
                note(whole(&config, &shared));
            })
        }
        Scope::SweepSteps { trainings } => {
            let mut steps = Steps::new(&config, trainings, &shared)?;
            steps.train()?;
            digest = steps.digest();
            repeat(request.repetitions, clock, || note(steps.train()))
        }
        Scope::Sweep { trainings } => {
            let mut config = config;
            repeat(request.repetitions, clock, || {
                config.learning_rate *= 0.9999;
                note(sweep::whole(&config, trainings, &shared));
            })
        }
        Scope::Compile | Scope::Mlp | Scope::Calls => repeat(request.repetitions, clock, || {
            note(Shared::default().step(&config, config.rows_per_batch()).map(drop));
        }),
    };
    failed.map_or(Ok(Report { milliseconds, digest }), Err)
}

fn wanted(contestant: Contestant) -> Backend {
    if contestant == Contestant::MachineCode { Backend::WebAssembly } else { Backend::Interpreter }
}

/// Sees to it that programs compiled from now on run as they should.
fn choose(contestant: Contestant) -> Result<()> {
    install_loader(None);
    #[cfg(target_arch = "wasm32")]
    if contestant == Contestant::MachineCode {
        thetahat::web::loader::install();
    }
    if wanted(contestant) == backend() {
        return Ok(());
    }
    Err(Error::value(
        "Contestant",
        format!("{contestant:?}"),
        "machine code can be loaded in a browser or in Node only",
    ))
}

/// That everything that was compiled so far runs as it should.
fn is_chosen(contestant: Contestant) -> Result<()> {
    if wanted(contestant) == backend() {
        return Ok(());
    }
    Err(Error::unsupported(
        "load",
        format!("the WebAssembly of {contestant:?} was refused"),
        "Run it where it is accepted.",
    ))
}

fn whole(config: &Config, shared: &Shared) -> Result<()> {
    let mut trainer = Trainer::with(config, shared)?;
    trainer.advance(usize::MAX).map(drop)
}

/// The steps alone, with the data and all shuffles at hand.
pub(crate) struct Run {
    config: Config,
    simulation: Rc<Simulation>,
    orders: Vec<Rc<[u32]>>,
    /// For full batches, and for the last one of an epoch if it is smaller.
    steps: Vec<(usize, SharedStep)>,
    start: Vec<Vec<u32>>,
    state: Vec<Vec<u32>>,
    records: Vec<f32>,
    losses: Vec<f32>,
}

impl Run {
    pub(crate) fn new(config: &Config, shared: &Shared) -> Result<Self> {
        config.validate()?;
        let simulation = shared.simulation(config)?;
        let rows = config.rows_per_batch();
        let mut steps = vec![(rows, shared.step(config, rows)?)];
        match config.samples % rows {
            0 => {}
            rest => steps.push((rest, shared.step(config, rest)?)),
        }
        let (mut key, mut orders) = (simulation.key, Vec::new());
        for _ in 0..config.epochs {
            let subkey;
            [key, subkey] = split_n(key);
            orders.push(shared.order(subkey, config.samples));
        }
        let start = step_program(config.program).start(&simulation.theta_0(config), config)?;
        let start = start.iter().map(Array::to_words).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            config: config.clone(),
            simulation,
            orders,
            steps,
            state: start.clone(),
            start,
            records: vec![0.0; config.steps_per_epoch() * (config.features + 2)],
            losses: Vec::with_capacity(config.steps()),
        })
    }

    pub(crate) fn orders(&self) -> impl Iterator<Item = &[u32]> {
        self.orders.iter().map(AsRef::as_ref)
    }

    pub(crate) fn losses(&self) -> &[f32] {
        &self.losses
    }

    pub(crate) fn params(&self) -> Vec<f32> {
        self.state[step_program(self.config.program).params_leaf()].iter().map(|word| f32::from_bits(*word)).collect()
    }

    pub(crate) fn train(&mut self) -> Result<()> {
        self.losses.clear();
        self.state.clone_from(&self.start);
        let record = self.config.features + 2;
        for order in &self.orders {
            let (mut rows, mut records) = (&**order, &mut *self.records);
            for (count, step) in &self.steps {
                let steps = rows.len() / count;
                let (now, later) = rows.split_at(steps * count);
                let (numbers, room) = records.split_at_mut(steps * record);
                step.borrow_mut().run(&self.config, &self.simulation.data, now, &mut self.state, numbers)?;
                (rows, records) = (later, room);
            }
            self.losses.extend(self.records.iter().step_by(record));
        }
        Ok(())
    }
}

//! The contestant with the engine: the lecture's raw program, traced, differentiated and compiled, run by the interpreter or as generated WebAssembly.

use std::rc::Rc;

use thetahat::Error;
use thetahat::Result;
use thetahat::jax::Array;
use thetahat::jax::compile::{Backend, backend, install_loader};
use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::programs::step_program::{rate, step_program};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::epochs::Epochs;
use thetahat::lecture::run::seeds::Luck;
use thetahat::lecture::run::steps::Steps;
use thetahat::lecture::run::tanh::Trainings;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;
use thetahat::page::luck::Wanted;
use thetahat::page::map::plan::Plan;
use thetahat::page::view::MapView;

use crate::sweep::{self, SweepSteps};
use crate::timing::repeat;
use crate::{Contestant, Report, Request, Scope, digest, mlp, module};

/// Measures a training.
///
/// # Errors
/// The settings are not valid, or no generated WebAssembly can be loaded here.
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
        Scope::Band => {
            let mut config = config;
            repeat(request.repetitions, clock, || {
                config.learning_rate *= 0.9999;
                note(band(&config, &shared));
            })
        }
        Scope::Tanh => {
            let mut trainings = Trainings::new()?;
            repeat(request.repetitions, clock, || note(first_picture(&mut trainings)))
        }
        Scope::SweepSteps { trainings } => {
            let mut steps = SweepSteps::new(&config, trainings, &shared)?;
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
            note(Shared::default().step(&config, config.rows_per_batch(), None).map(drop));
        }),
    };
    failed.map_or(Ok(Report { milliseconds, digest }), Err)
}

fn wanted(contestant: Contestant) -> Backend {
    if contestant == Contestant::MachineCode { Backend::WebAssembly } else { Backend::Interpreter }
}

/// Makes sure that programs compiled from now on run as they should.
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
        "generated WebAssembly can be loaded in a browser or in Node only",
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

/// Every sixteenth row and column of the whole map of the tanh network.
fn first_picture(trainings: &mut Trainings) -> Result<()> {
    let view = MapView { network: true, ..MapView::default() };
    let plan = Plan::new(&Config::default(), &view);
    for row in (0..plan.rows()).step_by(16) {
        let columns = (0..plan.rates.len()).step_by(16);
        let pairs: Vec<[f64; 2]> = columns.filter_map(|column| plan.pair((row, column))).collect();
        for some in pairs.chunks(trainings.lanes()) {
            trainings.outcomes(plan.config.seed, some)?;
        }
    }
    Ok(())
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
    steps: Steps,
    rate: f32,
    start: Vec<Vec<u32>>,
    state: Vec<Vec<u32>>,
    records: Vec<f32>,
    losses: Vec<f32>,
}

impl Run {
    pub(crate) fn new(config: &Config, shared: &Shared) -> Result<Self> {
        config.validate()?;
        let simulation = shared.simulation(config)?;
        let epochs = Epochs::new(simulation.key, config.samples, shared);
        let orders = epochs.take(config.epochs).map(|epoch| epoch.order).collect();
        let steps = Steps::new(config, None, shared)?;
        let start = step_program(config.program).start(&simulation.theta_0(config), config)?;
        let start = start.iter().map(Array::to_words).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            config: config.clone(),
            simulation,
            orders,
            rate: rate(config).item()?,
            records: vec![0.0; config.steps_per_epoch() * steps.width()],
            steps,
            state: start.clone(),
            start,
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
        for order in &self.orders {
            self.steps.run(&[self.rate], &self.simulation.data, order, &mut self.state, &mut self.records)?;
            self.losses.extend(self.records.iter().step_by(self.steps.width()));
        }
        Ok(())
    }
}

/// The band behind the Lab's curves.
fn band(config: &Config, shared: &Shared) -> Result<()> {
    let wanted = Wanted::new(config, &[], Luck::Shuffles, None);
    for request in wanted.requests {
        let run = |number| {
            let mut course = request.course(number, shared)?;
            course.advance(usize::MAX)?;
            course.advance(usize::MAX)?;
            course.finish()
        };
        let runs = (0..request.runs).map(run).collect::<Result<Vec<_>>>()?;
        std::hint::black_box(request.curves(&runs));
    }
    Ok(())
}

//! Several trainings of the engine side by side, which differ in the learning rate: the steps alone, with the data and all shuffles at hand, and
//! whole sweeps.

use std::rc::Rc;

use thetahat::Result;
use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::epochs::Epochs;
use thetahat::lecture::run::steps::Steps;
use thetahat::lecture::run::sweep::{LANES, Sweep};
use thetahat::lecture::settings::config::Config;

use crate::digest;

/// The configurations of this many trainings: the first is this one, the others have smaller rates, down to a tenth.
#[must_use]
pub fn configs(config: &Config, trainings: usize) -> Vec<Config> {
    #[allow(clippy::cast_precision_loss, reason = "a handful")]
    let slower = |i: usize| config.learning_rate * 0.1_f64.powf(i as f64 / trainings as f64);
    (0..trainings).map(|i| Config { learning_rate: slower(i), ..config.clone() }).collect()
}

/// A whole sweep: losses, distances and the last parameters of every training.
///
/// # Errors
/// The configuration is not valid.
pub fn whole(config: &Config, trainings: usize, shared: &Shared) -> Result<()> {
    Sweep::new(&configs(config, trainings), shared)?.advance(usize::MAX).map(drop)
}

/// The steps of the lecture's raw program alone, of several trainings; the last lanes may be idle.
pub struct SweepSteps {
    config: Config,
    simulation: Rc<Simulation>,
    orders: Vec<Rc<[u32]>>,
    compiled: Steps,
    /// For each group of [`LANES`] trainings.
    rates: Vec<Vec<f32>>,
    start: Vec<u32>,
    state: Vec<Vec<Vec<u32>>>,
    records: Vec<f32>,
    losses: Vec<f32>,
}

impl SweepSteps {
    /// Compiles and shuffles.
    ///
    /// # Errors
    /// The configuration is not valid.
    pub fn new(config: &Config, trainings: usize, shared: &Shared) -> Result<Self> {
        config.validate()?;
        let simulation = shared.simulation(config)?;
        let epochs = Epochs::new(simulation.key, config.samples, shared);
        let orders = epochs.take(config.epochs).map(|epoch| epoch.order).collect();
        let compiled = Steps::new(config, Some(LANES), shared)?;
        #[allow(clippy::cast_possible_truncation, reason = "numbers of a program are f32")]
        let rates: Vec<f32> = configs(config, trainings).iter().map(|config| config.learning_rate as f32).collect();
        let lanes = |rates: &[f32]| (0..LANES).map(|lane| rates[lane.min(rates.len() - 1)]).collect();
        let start = simulation.theta_0(config).to_words()?;
        Ok(Self {
            rates: rates.chunks(LANES).map(lanes).collect(),
            start: start.into_iter().flat_map(|x| [x; LANES]).collect(),
            state: Vec::new(),
            records: vec![0.0; config.steps_per_epoch() * compiled.width()],
            losses: Vec::with_capacity(config.steps() * trainings.next_multiple_of(LANES)),
            config: config.clone(),
            simulation,
            orders,
            compiled,
        })
    }

    /// The digest of the first training.
    #[must_use]
    pub fn digest(&self) -> u32 {
        let per_epoch = self.config.steps_per_epoch();
        let epochs = self.losses.chunks_exact(per_epoch * LANES).step_by(self.rates.len());
        let losses: Vec<f32> = epochs.flat_map(|losses| losses.iter().copied().step_by(LANES)).collect();
        let params: Vec<f32> = self.state[0][0].iter().step_by(LANES).map(|word| f32::from_bits(*word)).collect();
        digest(&losses, &params)
    }

    /// Trains.
    ///
    /// # Errors
    /// The data cannot be read.
    pub fn train(&mut self) -> Result<()> {
        self.losses.clear();
        self.state = vec![vec![self.start.clone()]; self.rates.len()];
        for order in &self.orders {
            for (rates, state) in self.rates.iter().zip(&mut self.state) {
                self.compiled.run(rates, &self.simulation.data, order, state, &mut self.records)?;
                for record in self.records.chunks_exact(self.compiled.width()) {
                    self.losses.extend_from_slice(&record[..LANES]);
                }
            }
        }
        Ok(())
    }
}

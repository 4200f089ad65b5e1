//! Several trainings of the engine side by side, which differ in the learning rate: the steps alone, with the data and all shuffles at hand, and
//! whole sweeps.

use std::rc::Rc;

use thetahat::Result;
use thetahat::jax::random::split_n;
use thetahat::lecture::config::Config;
use thetahat::lecture::shared::{Shared, SharedStep};
use thetahat::lecture::simulation::Simulation;
use thetahat::lecture::sweep::{LANES, Sweep};

use crate::digest;

/// The configurations of so many trainings: the first is this one, the others have smaller rates, down to a tenth.
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
pub struct Steps {
    simulation: Rc<Simulation>,
    orders: Vec<Rc<[u32]>>,
    rows: usize,
    steps: Vec<(usize, SharedStep)>,
    /// For each group of [`LANES`] trainings.
    rates: Vec<Vec<f32>>,
    start: Vec<f32>,
    params: Vec<Vec<f32>>,
    losses: Vec<f32>,
}

impl Steps {
    /// Compiles and shuffles.
    ///
    /// # Errors
    /// The configuration is not valid.
    pub fn new(config: &Config, trainings: usize, shared: &Shared) -> Result<Self> {
        config.validate()?;
        let simulation = shared.simulation(config)?;
        let rows = config.rows_per_batch();
        let mut steps = vec![(rows, shared.mapped_step(config, rows, LANES)?)];
        match config.samples % rows {
            0 => {}
            rest => steps.push((rest, shared.mapped_step(config, rest, LANES)?)),
        }
        let (mut key, mut orders) = (simulation.key, Vec::new());
        for _ in 0..config.epochs {
            let subkey;
            [key, subkey] = split_n(key);
            orders.push(shared.order(subkey, config.samples));
        }
        #[allow(clippy::cast_possible_truncation, reason = "numbers of a program are f32")]
        let rates: Vec<f32> = configs(config, trainings).iter().map(|config| config.learning_rate as f32).collect();
        let lanes = |rates: &[f32]| (0..LANES).map(|lane| rates[lane.min(rates.len() - 1)]).collect();
        let start: Vec<f32> = simulation.theta_0(config).to_vec()?.into_iter().flat_map(|x| [x; LANES]).collect();
        Ok(Self {
            rates: rates.chunks(LANES).map(lanes).collect(),
            params: Vec::new(),
            losses: Vec::with_capacity(config.steps() * trainings.next_multiple_of(LANES)),
            simulation,
            orders,
            rows,
            steps,
            start,
        })
    }

    /// The digest of the first training.
    #[must_use]
    pub fn digest(&self) -> u32 {
        let first = |numbers: &[f32], step: usize| numbers.iter().copied().step_by(step).collect::<Vec<_>>();
        digest(&first(&self.losses, self.rates.len() * LANES), &first(&self.params[0], LANES))
    }

    /// Trains.
    ///
    /// # Errors
    /// The data cannot be read.
    pub fn train(&mut self) -> Result<()> {
        self.losses.clear();
        self.params = vec![self.start.clone(); self.rates.len()];
        let (x, y) = (self.simulation.data.x.as_f32()?, self.simulation.data.y.as_f32()?);
        let width = self.start.len() / LANES;
        for order in &self.orders {
            for rows in order.chunks(self.rows) {
                let Some((_, step)) = self.steps.iter().find(|(count, _)| *count == rows.len()) else { continue };
                let mut step = step.borrow_mut();
                for (to, &row) in step.input_f32_mut(1).chunks_exact_mut(width).zip(rows) {
                    to.copy_from_slice(&x[row as usize * width..][..width]);
                }
                for (to, &row) in step.input_f32_mut(2).iter_mut().zip(rows) {
                    *to = y[row as usize];
                }
                for (params, rates) in self.params.iter_mut().zip(&self.rates) {
                    step.input_f32_mut(0).copy_from_slice(params);
                    step.input_f32_mut(3).copy_from_slice(rates);
                    step.run();
                    params.copy_from_slice(step.output_f32(0));
                    self.losses.extend_from_slice(step.output_f32(1));
                }
            }
        }
        Ok(())
    }
}

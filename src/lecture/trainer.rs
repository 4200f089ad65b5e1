//! [`Trainer`]: runs a [`Config`] and records every step, resumable in slices of any length.
//!
//! It runs the program of [`super::raw`] or [`super::vmap`], compiled once for full batches and once for the last, smaller one. The loop around the step is the lecture's: split
//! the key, shuffle, deal out batches. It writes the batches straight into the compiled step's arguments and allocates nothing per step.

use crate::error::{Error, Result};
use crate::jax::Array;
use crate::jax::api::{Compiled, lower};
use crate::jax::random::{self, Key, PermutationScratch, normal, prng_key, split_n};
use crate::jax::tree::tree_leaves;
use crate::optax::{self, OptState};

use super::config::{Config, Program};
use super::data::{Data, simulate};
use super::geometry::Quadratic;
use super::raw;
use super::recording::{Chunk, Problem};
use super::transcript::{distance_line, start_line};
use super::vmap;

/// The compiled step for batches of one size.
struct Step {
    rows: usize,
    compiled: Compiled<(Array, OptState, Array)>,
}

/// A training in progress.
pub struct Trainer {
    config: Config,
    data: Data,
    problem: Problem,
    key: Key,
    order: Vec<u32>,
    scratch: PermutationScratch,
    /// One for full batches and, where N is no multiple of the batch size, one for the last.
    steps: Vec<Step>,
    /// What a step takes over from the one before: the leaves of the parameters, then those of the optimizer's state.
    carry: Vec<Vec<u32>>,
    distance: Compiled<Array>,
    next_step: usize,
    lines: Vec<String>,
}

impl std::fmt::Debug for Trainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trainer")
            .field("config", &self.config)
            .field("next_step", &self.next_step)
            .finish_non_exhaustive()
    }
}

impl Trainer {
    /// Simulates the data and compiles the step.
    ///
    /// # Errors
    /// The configuration is not valid: see [`Config::validate`].
    pub fn new(config: &Config) -> Result<Self> {
        config.validate()?;
        let features = config.features;
        let [key, key_theta, key_x, key_noise] = split_n(prng_key(config.seed));
        let data = simulate([key_theta, key_x, key_noise], config.samples, features, config.sigma);
        let [key, subkey] = split_n(key);
        let theta_0 = normal(subkey, &[features]);

        #[allow(clippy::cast_possible_truncation)] // numbers of a program are f32
        let rate = Array::scalar(config.learning_rate as f32);
        let opt_state = optax::sgd(&rate).init(&theta_0);
        let full = config.rows_per_batch();
        let mut steps = vec![Step::new(config.program, full, &theta_0, &opt_state, &rate)?];
        match config.samples % full {
            0 => {}
            rest => steps.push(Step::new(config.program, rest, &theta_0, &opt_state, &rate)?),
        }
        let mut distance =
            lower(&|theta: &Array, params: &Array| (theta - params).norm(), &(theta_0.clone(), theta_0.clone()))?;
        write(distance.executable.input_mut(0), data.theta.as_f32()?);

        let carry = tree_leaves(&(theta_0.clone(), opt_state)).iter().map(Array::to_words).collect::<Result<_>>()?;
        let problem = problem(&data, &theta_0, features)?;
        let lines = vec![start_line(&theta_0, &data.theta)?];
        let (order, scratch) = (Vec::new(), PermutationScratch::default());
        Ok(Self {
            config: config.clone(),
            data,
            problem,
            key,
            order,
            scratch,
            steps,
            carry,
            distance,
            next_step: 0,
            lines,
        })
    }

    /// What is known before the first step.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Whether all steps have been computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next_step >= self.config.steps()
    }

    /// How many times the step was traced and compiled: once per size of batch.
    #[must_use]
    pub fn compilations(&self) -> usize {
        self.steps.len()
    }

    /// Computes up to `steps` further steps and gives what they recorded.
    ///
    /// # Errors
    /// The recorded numbers cannot be read, which is a defect of the compiled program.
    pub fn advance(&mut self, steps: usize) -> Result<Chunk> {
        let end = self.config.steps().min(self.next_step.saturating_add(steps));
        let mut chunk = Chunk { first_step: self.next_step, ..Chunk::default() };
        let room = end - self.next_step;
        chunk.losses.reserve_exact(room);
        chunk.norms.reserve_exact(room);
        chunk.least_squares_norms.reserve_exact(room);
        chunk.params.reserve_exact(room * self.config.features);
        while self.next_step < end {
            self.step(&mut chunk)?;
        }
        chunk.lines = std::mem::take(&mut self.lines);
        Ok(chunk)
    }

    fn step(&mut self, chunk: &mut Chunk) -> Result<()> {
        let per_epoch = self.config.steps_per_epoch();
        let (epoch, batch) = (self.next_step / per_epoch, self.next_step % per_epoch);
        if batch == 0 {
            let [key, subkey] = split_n(self.key);
            self.key = key;
            random::permutation_into(subkey, self.config.samples, &mut self.order, &mut self.scratch);
        }
        let first = batch * self.config.rows_per_batch();
        let rows = &self.order[first..(first + self.config.rows_per_batch()).min(self.config.samples)];
        let step = self.steps.iter_mut().find(|step| step.rows == rows.len());
        let Some(step) = step else {
            return Err(Error::value("Batch", rows.len(), "no step was compiled for that size"));
        };
        let loss = step.run(rows, &self.data, &mut self.carry)?;
        chunk.losses.push(loss);
        let params: &[f32] = bytemuck::cast_slice(&self.carry[0]);
        chunk.params.extend_from_slice(params);
        chunk.least_squares_norms.push(distance_to(params, &self.problem.least_squares));
        write(self.distance.executable.input_mut(1), params);
        self.distance.executable.run();
        let norm = f32::from_bits(self.distance.executable.output(0)[0]);
        chunk.norms.push(norm);
        self.next_step += 1;
        if batch + 1 == per_epoch {
            chunk.epoch_norms.push(norm);
            self.print(epoch, norm);
        }
        Ok(())
    }

    /// What the program prints after an epoch.
    fn print(&mut self, epoch: usize, norm: f32) {
        if epoch.is_multiple_of(self.config.print_every) {
            self.lines.push(distance_line(Some(epoch), norm));
        }
        if epoch + 1 == self.config.epochs {
            self.lines.push(distance_line(None, norm));
        }
    }
}

impl Step {
    fn new(program: Program, rows: usize, params: &Array, opt_state: &OptState, rate: &Array) -> Result<Self> {
        let (x, y) = (Array::zeros(&[rows, params.size()], params.dtype()), Array::zeros(&[rows], params.dtype()));
        let arguments = (params.clone(), opt_state.clone(), x, y, rate.clone());
        let mut compiled = match program {
            Program::Raw => lower(&raw::make_step, &arguments)?,
            Program::Vmap => lower(&vmap::make_step, &arguments)?,
        };
        let last = tree_leaves(&(params.clone(), opt_state.clone())).len() + 2;
        write(compiled.executable.input_mut(last), rate.as_f32()?);
        Ok(Self { rows, compiled })
    }

    /// Runs the step on these rows of the data; `carry` becomes what it leaves. Gives the loss.
    fn run(&mut self, rows: &[u32], data: &Data, carry: &mut [Vec<u32>]) -> Result<f32> {
        let executable = &mut self.compiled.executable;
        for (i, words) in carry.iter().enumerate() {
            executable.input_mut(i).copy_from_slice(words);
        }
        gather(data.x.as_f32()?, rows, executable.input_mut(carry.len()));
        gather(data.y.as_f32()?, rows, executable.input_mut(carry.len() + 1));
        executable.run();
        for (i, words) in carry.iter_mut().enumerate() {
            words.copy_from_slice(executable.output(i));
        }
        Ok(f32::from_bits(executable.output(carry.len())[0]))
    }
}

fn write(to: &mut [u32], from: &[f32]) {
    to.copy_from_slice(bytemuck::cast_slice(from));
}

/// Copies rows of a matrix, or elements of a vector, into a batch.
fn gather(from: &[f32], rows: &[u32], to: &mut [u32]) {
    let width = to.len() / rows.len();
    let from: &[u32] = bytemuck::cast_slice(from);
    for (to, &row) in to.chunks_exact_mut(width).zip(rows) {
        to.copy_from_slice(&from[row as usize * width..][..width]);
    }
}

fn problem(data: &Data, theta_0: &Array, features: usize) -> Result<Problem> {
    let quadratic = Quadratic::new(data.x.as_f32()?, data.y.as_f32()?, features);
    Ok(Problem {
        theta: data.theta.to_vec()?,
        theta_0: theta_0.to_vec()?,
        least_squares: quadratic.least_squares,
        hessian: quadratic.hessian,
        eigenvalues: quadratic.eigenvalues,
        least_loss: quadratic.least_loss,
    })
}

/// ‖params − point‖, in f64 and then rounded: for the curve only, no program prints it.
#[allow(clippy::cast_possible_truncation)]
fn distance_to(params: &[f32], point: &[f64]) -> f32 {
    params.iter().zip(point).map(|(&p, q)| (f64::from(p) - q).powi(2)).sum::<f64>().sqrt() as f32
}

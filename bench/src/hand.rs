//! The contestant without an engine: the gradient of the mean squared residual, worked out on paper, in loops written for it.
//!
//! Sums have the order and products the fusing that JAX's compiler chooses for these shapes, so that every bit is JAX's. Two shapes are
//! written out: 2 features with at most 32 samples per step, and multiples of 32 features with more.

use std::rc::Rc;

use thetahat::jax::random::{Key, PermutationScratch, normal, permutation_into, prng_key, split_n};
use thetahat::lecture::data::loader::{Data, simulate};
use thetahat::lecture::settings::config::{Config, Program};
use thetahat::{Error, Result};

use crate::timing::repeat;
use crate::vector::{Vector, array, fma, fma_scalar, vector};
use crate::{Report, Request, Scope, digest, mlp_hand};

/// Sums of more terms go by windows of this many.
const WINDOW: usize = 32;
/// Columns of the gradient that are held in registers at a time.
const BLOCK: usize = 32;

/// Measures a training.
///
/// # Errors
/// Nobody wrote this shape out, or there is nothing of the kind to be measured.
pub fn measure(request: &Request, clock: &dyn Fn() -> f64) -> Result<Report> {
    if request.scope == Scope::Mlp {
        let (milliseconds, digest) = mlp_hand::measure(request.repetitions, clock)?;
        return Ok(Report { milliseconds, digest });
    }
    let config = request.config();
    config.validate()?;
    if config.program != Program::Raw {
        return Err(Error::unsupported(
            "hand",
            format!("{} is not written out by hand", config.program),
            "Choose one that is.",
        ));
    }
    let is_small = config.features == 2 && config.batch_size <= WINDOW && config.samples % config.batch_size > 2;
    let is_large = config.features.is_multiple_of(BLOCK) && config.samples.is_multiple_of(8);
    if !(is_small || is_large) {
        return Err(Error::unsupported(
            "hand",
            format!("{} features are not written out by hand", config.features),
            "Choose a number that is.",
        ));
    }
    let mut run = Run::new(&config, config.seed)?;
    run.shuffle_all();
    run.train();
    let digest = digest(&run.losses, &run.params);
    let milliseconds = match request.scope {
        Scope::Steps => repeat(request.repetitions, clock, || run.train()),
        Scope::Whole => {
            let mut seed = config.seed;
            let mut failed = None;
            let times = repeat(request.repetitions, clock, || {
                seed += 1;
                match Run::new(&config, seed) {
                    Ok(mut run) => run.train_and_record(),
                    Err(error) => failed = Some(error),
                }
            });
            failed.map_or(Ok(times), Err)?
        }
        Scope::Again
        | Scope::Band
        | Scope::Tanh
        | Scope::Compile
        | Scope::Calls
        | Scope::Mlp
        | Scope::Sweep { .. }
        | Scope::SweepSteps { .. } => {
            return Err(Error::unsupported(
                "hand",
                format!("the scope {:?} is only the engine's", request.scope),
                "Choose another contestant.",
            ));
        }
    };
    Ok(Report { milliseconds, digest })
}

/// A training by hand.
struct Run {
    config: Config,
    data: Data,
    key: Key,
    theta_0: Vec<f32>,
    params: Vec<f32>,
    orders: Vec<Rc<[u32]>>,
    losses: Vec<f32>,
    norms: Vec<f32>,
    path: Vec<f32>,
    step: Step,
}

impl Run {
    fn new(config: &Config, seed: i64) -> Result<Self> {
        let [key, key_theta, key_x, key_noise] = split_n(prng_key(seed));
        let data = simulate([key_theta, key_x, key_noise], config.samples, config.features, config.sigma);
        let [key, subkey] = split_n(key);
        let theta_0 = normal(subkey, &[config.features]).to_vec()?;
        Ok(Self {
            step: Step::new(config),
            config: config.clone(),
            data,
            key,
            params: theta_0.clone(),
            theta_0,
            orders: Vec::new(),
            losses: Vec::with_capacity(config.steps()),
            norms: Vec::new(),
            path: Vec::new(),
        })
    }

    fn shuffle_all(&mut self) {
        let (mut key, mut order, mut scratch) = (self.key, Vec::new(), PermutationScratch::default());
        for _ in 0..self.config.epochs {
            let subkey;
            [key, subkey] = split_n(key);
            permutation_into(subkey, self.config.samples, &mut order, &mut scratch);
            self.orders.push(order.as_slice().into());
        }
    }

    /// All steps, in the orders that were drawn before.
    fn train(&mut self) {
        self.losses.clear();
        self.params.copy_from_slice(&self.theta_0);
        let (Ok(x), Ok(y)) = (self.data.x.as_f32(), self.data.y.as_f32()) else { return };
        for order in &self.orders {
            for rows in order.chunks(self.config.batch_size) {
                self.losses.push(self.step.take(&mut self.params, x, y, rows));
            }
        }
    }

    /// The whole run: each epoch's order is drawn when it is needed, and every step is recorded.
    fn train_and_record(&mut self) {
        let (Ok(x), Ok(y), Ok(theta)) = (self.data.x.as_f32(), self.data.y.as_f32(), self.data.theta.as_f32()) else {
            return;
        };
        let (mut order, mut scratch) = (Vec::new(), PermutationScratch::default());
        for _ in 0..self.config.epochs {
            let subkey;
            [self.key, subkey] = split_n(self.key);
            permutation_into(subkey, self.config.samples, &mut order, &mut scratch);
            for rows in order.chunks(self.config.batch_size) {
                self.losses.push(self.step.take(&mut self.params, x, y, rows));
                let distances: Vec<f32> = theta.iter().zip(&self.params).map(|(t, p)| t - p).collect();
                self.norms.push(sum_of_squares(&distances, &mut self.step.squares).sqrt());
                self.path.extend_from_slice(&self.params);
            }
        }
    }
}

/// A step of stochastic gradient descent.
struct Step {
    rate: f32,
    /// The batch, gathered row by row.
    x: Vec<f32>,
    y: Vec<f32>,
    residuals: Vec<f32>,
    squares: Vec<f32>,
}

impl Step {
    fn new(config: &Config) -> Self {
        let rows = config.rows_per_batch();
        #[allow(clippy::cast_possible_truncation, reason = "numbers of a program are f32")]
        let rate = config.learning_rate as f32;
        Self {
            rate,
            x: vec![0.0; rows * config.features],
            y: vec![0.0; rows],
            residuals: vec![0.0; rows],
            squares: Vec::new(),
        }
    }

    /// Changes the parameters, and returns the loss before it.
    fn take(&mut self, params: &mut [f32], x: &[f32], y: &[f32], rows: &[u32]) -> f32 {
        if let Ok(params) = params.try_into() {
            self.two_features(params, x, y, rows)
        } else {
            self.many(params, x, y, rows)
        }
    }

    /// Both sums of the gradient and that of the loss are lanes of one vector.
    fn two_features(&mut self, params: &mut [f32; 2], x: &[f32], y: &[f32], rows: &[u32]) -> f32 {
        let (points, _) = x.as_chunks::<2>();
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let mean = 1.0 / rows.len() as f32;
        let twice = 2.0 * mean;
        let [t0, t1] = *params;
        let mut sums = vector([0.0; 4]);
        let mut second = 0.0;
        for (i, &row) in rows.iter().enumerate() {
            let ([x0, x1], y) = (points[row as usize], y[row as usize]);
            let d = fma_scalar(x1, t1, x0 * t0) - y;
            let r = d * twice;
            if i == 1 {
                second = d;
            }
            // the first square is fused to the second one, which is rounded
            let square = if i < 2 { 0.0 } else { d };
            let before = array(sums);
            sums = fma(vector([r, r, d, 0.0]), vector([x0, x1, square, 0.0]), sums);
            if (1..8).contains(&i) {
                // this one column multiplies and adds separately
                let [_, g1, s, _] = array(sums);
                sums = vector([before[0] + r * x0, g1, s, 0.0]);
            }
            if i == 0 {
                self.residuals[0] = d;
            }
            if i == 1 {
                let [g0, g1, ..] = array(sums);
                sums = vector([g0, g1, fma_scalar(self.residuals[0], self.residuals[0], second * second), 0.0]);
            }
        }
        let [g0, g1, s, _] = array(sums);
        *params = [fma_scalar(g0, -self.rate, t0), fma_scalar(g1, -self.rate, t1)];
        s * mean
    }

    fn many(&mut self, params: &mut [f32], x: &[f32], y: &[f32], rows: &[u32]) -> f32 {
        let width = params.len();
        for ((to, y_to), &row) in self.x.chunks_exact_mut(width).zip(&mut self.y).zip(rows) {
            to.copy_from_slice(&x[row as usize * width..][..width]);
            *y_to = y[row as usize];
        }
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let mean = 1.0 / rows.len() as f32;
        let twice = 2.0 * mean;
        let residuals = &mut self.residuals[..rows.len()];
        for ((residual, row), y) in residuals.iter_mut().zip(self.x.chunks_exact(width)).zip(&self.y) {
            *residual = predict(row, params) - y;
        }
        let loss = sum_of_squares(residuals, &mut self.squares) * mean;
        for first in (0..width).step_by(BLOCK) {
            let mut sums = [vector([0.0; 4]); BLOCK / 4];
            for (row, d) in self.x.chunks_exact(width).zip(&*residuals) {
                let r = vector([d * twice; 4]);
                let (columns, _) = row[first..first + BLOCK].as_chunks::<4>();
                for (sum, x) in sums.iter_mut().zip(columns) {
                    *sum = fma(r, vector(*x), *sum);
                }
            }
            let rate = vector([-self.rate; 4]);
            let (blocks, _) = params[first..first + BLOCK].as_chunks_mut::<4>();
            for (params, sum) in blocks.iter_mut().zip(sums) {
                *params = array(fma(sum, rate, vector(*params)));
            }
        }
        loss
    }
}

/// Eight sums over blocks of eight columns, then a tree over them, neighbours first.
#[inline]
fn predict(row: &[f32], params: &[f32]) -> f32 {
    let (row, _) = row.as_chunks::<4>();
    let (params, _) = params.as_chunks::<4>();
    let mut sums: [Vector; 2] = [vector([0.0; 4]); 2];
    for (x, theta) in row.chunks_exact(2).zip(params.chunks_exact(2)) {
        sums[0] = fma(vector(x[0]), vector(theta[0]), sums[0]);
        sums[1] = fma(vector(x[1]), vector(theta[1]), sums[1]);
    }
    let ([a, b, c, d], [e, f, g, h]) = (array(sums[0]), array(sums[1]));
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

/// Up to 32 terms: the second square rounded, all others fused to the sum. More: squares rounded, padded to a multiple of 32, windows of 32 added up,
/// until 32 sums remain.
fn sum_of_squares(x: &[f32], squares: &mut Vec<f32>) -> f32 {
    if let [first, second, rest @ ..] = x
        && x.len() <= WINDOW
    {
        return rest.iter().fold(fma_scalar(*first, *first, second * second), |sum, x| fma_scalar(*x, *x, sum));
    }
    squares.clear();
    squares.extend(x.iter().map(|x| x * x));
    while squares.len() > WINDOW {
        let padding = squares.len().next_multiple_of(WINDOW) - squares.len();
        squares.splice(0..0, std::iter::repeat_n(0.0, padding / 2));
        squares.extend(std::iter::repeat_n(0.0, padding - padding / 2));
        let windows = squares.len() / WINDOW;
        for window in 0..windows {
            squares[window] = squares[window * WINDOW..][..WINDOW].iter().fold(0.0, |sum, x| sum + x);
        }
        squares.truncate(windows);
    }
    squares.iter().fold(0.0, |sum, x| sum + x)
}

//! The lecture's programs in every form whose runs are recorded from JAX, and a loop that trains them.

use serde::Deserialize;
use thetahat::jax::api::lower;
use thetahat::jax::compile::Executable;
use thetahat::jax::numpy::select;
use thetahat::jax::random::{Key, normal, permutation, prng_key, split_n};
use thetahat::jax::tree::tree_leaves;
use thetahat::jax::{Array, DType, value_and_grad, vmap};
use thetahat::lecture::data::loader::{Data, simulate};
use thetahat::nnx::initializers::lecun_normal;
use thetahat::nnx::rngs::Rngs;

/// A run recorded from JAX.
#[derive(Deserialize)]
pub struct Run {
    pub args: Args,
    pub losses_bits: Vec<u32>,
    pub norms_bits: Vec<u32>,
    pub params_bits: Vec<u32>,
}

/// The arguments of the program that recorded it.
#[derive(Clone, Deserialize)]
pub struct Args {
    pub variant: String,
    pub seed: i64,
    pub samples: usize,
    pub features: usize,
    pub sigma: f64,
    pub lr: f64,
    pub batch_size: Option<usize>,
    pub epochs: Option<usize>,
    pub optimizer: String,
    pub schedule: String,
    /// Whether the learning rate is an argument of the compiled step, and not part of the program's text.
    #[serde(skip)]
    pub rate_is_argument: bool,
}

impl Args {
    fn is_module(&self) -> bool {
        matches!(self.variant.as_str(), "linear" | "mylinear" | "pitfall")
    }

    pub fn rows(&self) -> usize {
        self.batch_size.unwrap_or(if self.is_module() { 64 } else { 16 }).min(self.samples)
    }

    pub fn epochs(&self) -> usize {
        self.epochs.unwrap_or(if self.is_module() { 500 } else { 201 })
    }

    fn params_shape(&self) -> Vec<usize> {
        match self.variant.as_str() {
            "linear" => vec![self.features, 1],
            "mylinear" | "pitfall" => vec![1, self.features],
            _ => vec![self.features],
        }
    }
}

pub type Step = Executable;

fn scalar(x: f64) -> Array {
    Array::scalar(x as f32)
}

fn residual(variant: &str) -> fn(&Array, &Array, &Array) -> Array {
    match variant {
        "mylinear" | "pitfall" => |params, x, y| (params.matmul(x) - y).powi(2),
        _ => |params, x, y| (x.matmul(params) - y).powi(2),
    }
}

/// The mean squared residual as each of the programs writes it.
fn loss(variant: &str, params: &Array, x: &Array, y: &Array) -> Array {
    match variant {
        "raw" => (x.matmul(params) - y).powi(2).mean(),
        _ => vmap(residual(variant), (None, 0, 0))(params, x, y).mean(),
    }
}

/// The state of the optimizer and of the schedule before the first step.
fn init(args: &Args) -> Vec<Array> {
    let zeros = || Array::zeros(&args.params_shape(), DType::F32);
    let count = || Array::zeros(&[], DType::I32);
    let mut state = match args.optimizer.as_str() {
        "adam" => vec![count(), zeros(), zeros()],
        "momentum" | "nesterov" => vec![zeros()],
        _ => vec![],
    };
    if args.schedule != "constant" {
        state.push(count());
    } else if args.rate_is_argument {
        state.push(scalar(args.lr));
    }
    state
}

/// `optax.safe_increment`.
fn increment(count: &Array) -> Array {
    let (one, most) = (Array::from_i32(&[1], &[]), Array::from_i32(&[i32::MAX], &[]));
    select(&count.less(&most), count + one, &most)
}

/// The state after the gradient, and the direction before it is scaled.
fn direction(args: &Args, g: &Array, state: &[Array]) -> (Array, Vec<Array>) {
    match args.optimizer.as_str() {
        "momentum" | "nesterov" => {
            let trace = g + scalar(0.9) * &state[0];
            let update = if args.optimizer == "nesterov" { g + scalar(0.9) * &trace } else { trace.clone() };
            (update, vec![trace])
        }
        "adam" => {
            let mu = scalar(1.0 - 0.9) * g.powi(1) + scalar(0.9) * &state[1];
            let nu = scalar(1.0 - 0.999) * g.powi(2) + scalar(0.999) * &state[2];
            let count = increment(&state[0]);
            let correction = |decay: f64| scalar(1.0) - scalar(decay).pow(count.astype(DType::F32));
            let mu_hat = &mu / correction(0.9);
            let nu_hat = &nu / correction(0.999);
            let update = mu_hat / ((nu_hat + scalar(0.0)).sqrt() + scalar(1e-8));
            (update, vec![count, mu, nu])
        }
        _ => (g.clone(), vec![]),
    }
}

/// Minus the learning rate of step `count`.
fn rate(args: &Args, steps: usize, count: &Array) -> Array {
    if args.schedule == "exponential" {
        let power = scalar(0.95).pow(count.astype(DType::F32) / scalar(1000.0));
        let decayed = scalar(args.lr) * power;
        let start = count.less_equal(Array::from_i32(&[0], &[]));
        return scalar(-1.0) * select(&start, scalar(args.lr), decayed);
    }
    let steps = scalar(steps as f64);
    let count = count.astype(DType::F32).minimum(&steps);
    let cosine = scalar(0.5) * (scalar(1.0) + (scalar(std::f64::consts::PI) * count / steps).cos());
    scalar(-1.0) * (scalar(args.lr) * (cosine + scalar(0.0)))
}

/// One training step on a batch: parameters and state after it, and the loss.
fn step(of: &Args) -> impl Fn(&Array, &Vec<Array>, &Array, &Array) -> (Array, Vec<Array>, Array) + 'static {
    let of = of.clone();
    let total = of.epochs() * of.samples.div_ceil(of.rows());
    move |params, state, x, y| {
        let variant = of.variant.clone();
        let (loss, g) = value_and_grad(move |p: &Array, x: &Array, y: &Array| loss(&variant, p, x, y))(params, x, y);
        let (u, mut new) = direction(&of, &g, state);
        let u = match state.last() {
            Some(count) if of.schedule != "constant" => {
                new.push(increment(count));
                rate(&of, total, count) * u
            }
            Some(rate) if of.rate_is_argument => {
                new.push(rate.clone());
                -rate * u
            }
            _ => scalar(-of.lr) * u,
        };
        (params + u, new, loss)
    }
}

fn arguments(args: &Args, rows: usize) -> (Array, Vec<Array>, Array, Array) {
    let zeros = |shape: &[usize]| Array::zeros(shape, DType::F32);
    (zeros(&args.params_shape()), init(args), zeros(&[rows, args.features]), zeros(&[rows]))
}

/// Compiles the step for batches of `rows` rows.
pub fn make_step(args: &Args, rows: usize) -> Step {
    lower(&step(args), &arguments(args, rows)).expect("the step compiles")
}

/// The data, the start, and the key that the loop begins with.
pub fn start(args: &Args) -> (Data, Array, Key) {
    if args.is_module() {
        let mut rngs = Rngs::new(args.seed);
        let m = args.features;
        let linear = Array::from_vec(lecun_normal(rngs.next_key(), m, 1), &[m, 1]);
        let keys = [rngs.next_key(), rngs.next_key(), rngs.next_key()];
        let data = simulate(keys, args.samples, m, args.sigma);
        let params = if args.variant == "linear" { linear } else { normal(rngs.next_key(), &[1, m]) };
        return (data, params, prng_key(args.seed));
    }
    let [key, theta, x, noise] = split_n(prng_key(args.seed));
    let data = simulate([theta, x, noise], args.samples, args.features, args.sigma);
    let [key, subkey] = split_n(key);
    (data, normal(subkey, &[args.features]), key)
}

fn write(to: &mut [u32], from: &[u32]) {
    to.copy_from_slice(from);
}

/// Trains and gives the bits of every loss, norm and parameter.
pub fn train(args: &Args) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let (data, params, mut key) = start(args);
    let (x, y) = (data.x.to_words().unwrap(), data.y.to_words().unwrap());
    let mut carry: Vec<Vec<u32>> =
        tree_leaves(&(params.clone(), init(args))).iter().map(|leaf| leaf.to_words().unwrap()).collect();
    let theta = data.theta.reshape(&[args.features]);
    let mut distance =
        lower(&|theta: &Array, params: &Array| (theta - params).norm(), &(theta.clone(), theta.clone())).unwrap();
    write(distance.input_mut(0), &theta.to_words().unwrap());
    let mut steps = vec![(args.rows(), make_step(args, args.rows()))];
    let rest = args.samples % args.rows();
    if rest > 0 {
        steps.push((rest, make_step(args, rest)));
    }
    let (mut losses, mut norms, mut log) = (vec![], vec![], vec![]);
    for _ in 0..args.epochs() {
        let [next, subkey] = split_n(key);
        key = next;
        let order = permutation(subkey, args.samples).to_words().unwrap();
        // the pitfall: the loader is a generator that is already used up
        let order = if args.variant == "pitfall" { &[][..] } else { &order };
        for rows in order.chunks(args.rows()) {
            let step = &mut steps.iter_mut().find(|step| step.0 == rows.len()).unwrap().1;
            for (i, words) in carry.iter().enumerate() {
                write(step.input_mut(i), words);
            }
            let pick = |from: &[u32], width: usize| -> Vec<u32> {
                rows.iter().flat_map(|&row| from[row as usize * width..][..width].to_vec()).collect()
            };
            write(step.input_mut(carry.len()), &pick(&x, args.features));
            write(step.input_mut(carry.len() + 1), &pick(&y, 1));
            step.run();
            for (i, words) in carry.iter_mut().enumerate() {
                words.copy_from_slice(step.output(i));
            }
            losses.push(step.output(carry.len())[0]);
            log.extend_from_slice(&carry[0]);
        }
        write(distance.input_mut(1), &carry[0]);
        distance.run();
        norms.push(distance.output(0)[0]);
    }
    (losses, norms, log)
}

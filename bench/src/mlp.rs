//! The workload *mlp*: a network 2-128-128-1 with relu, 500 samples, full batch, 200 steps of plain SGD; by the engine, which traces, differentiates
//! and compiles it, and as [`super::mlp_hand`] has it.

use thetahat::Result;
use thetahat::jax::compile::scan::{Scan, Wiring};
use thetahat::jax::compile::{Rounding, lowered};
use thetahat::jax::random::{normal, prng_key, split_n};
use thetahat::jax::{Array, make_jaxpr, value_and_grad};
use thetahat::nnx::relu;

use crate::digest;
use crate::timing::repeat;

/// Samples, all of which are in every batch.
pub const SAMPLES: usize = 500;
/// Sizes of the layers, the input's first.
pub const SIZES: [usize; 4] = [2, 128, 128, 1];
/// Steps of a training.
pub const STEPS: usize = 200;
/// The learning rate.
pub const RATE: f32 = 0.05;

type Layer = (Array, Array);
type Layers = (Layer, Layer, Layer);

/// What a training begins with: the data, x f32\[500, 2\] and y f32\[500\], and for each layer its kernel, inputs × outputs, and its bias.
#[derive(Clone, Debug)]
pub struct Start {
    /// The inputs, row by row.
    pub x: Vec<f32>,
    /// The targets.
    pub y: Vec<f32>,
    /// Kernels and biases.
    pub layers: Vec<(Vec<f32>, Vec<f32>)>,
}

impl Start {
    /// Draws it; the same every time.
    ///
    /// # Errors
    /// None, unless a draw fails.
    pub fn new() -> Result<Self> {
        let [key_x, key_1, key_2, key_3] = split_n(prng_key(42));
        let x = normal(key_x, &[SAMPLES, SIZES[0]]).to_vec()?;
        let y = x.chunks_exact(2).map(|point| point[0] * point[1] + point[0]).collect();
        let layer = |(key, sizes): (_, &[usize])| {
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            let scale = 1.0 / (sizes[0] as f32).sqrt();
            Ok(((normal(key, &[sizes[0], sizes[1]]) * scale).to_vec()?, vec![0.0; sizes[1]]))
        };
        let layers = [key_1, key_2, key_3].into_iter().zip(SIZES.windows(2)).map(layer).collect::<Result<_>>()?;
        Ok(Self { x, y, layers })
    }
}

fn loss(((w1, b1), (w2, b2), (w3, b3)): &Layers, x: &Array, y: &Array) -> Array {
    let hidden = relu(&(x.matmul(w1) + b1));
    let hidden = relu(&(hidden.matmul(w2) + b2));
    ((hidden.matmul(w3) + b3).reshape(&[SAMPLES]) - y).powi(2).mean()
}

fn step(layers: &Layers, x: &Array, y: &Array, rate: &Array) -> (Layers, Array) {
    let (loss, grads) = value_and_grad(loss)(layers, x, y);
    let update = |(w, b): &Layer, (dw, db): &Layer| (w - rate * dw, b - rate * db);
    let (l, g) = (layers, &grads);
    ((update(&l.0, &g.0), update(&l.1, &g.1), update(&l.2, &g.2)), loss)
}

/// The engine's training.
struct Training {
    scan: Scan,
    start: Start,
    losses: Vec<u32>,
}

impl Training {
    fn new(steps: usize) -> Result<Self> {
        let start = Start::new()?;
        let array = |i: usize| {
            let (kernel, bias) = &start.layers[i];
            (Array::new(kernel, &[SIZES[i], SIZES[i + 1]]), Array::new(bias, &[SIZES[i + 1]]))
        };
        let layers = (array(0), array(1), array(2));
        let (x, y) = (Array::new(&start.x, &[SAMPLES, SIZES[0]]), Array::new(&start.y, &[SAMPLES]));
        let program = make_jaxpr(step)(&layers, &x, &y, &Array::scalar(RATE))?;
        let wiring = Wiring { carries: (0..6).map(|i| (i, i)).collect(), batches: vec![], records: vec![6] };
        let scan = Scan::new(&lowered(&program.jaxpr, Rounding::Fused)?, &program.consts, &wiring)?;
        Ok(Self { scan, start, losses: vec![0; steps] })
    }

    fn train(&mut self) -> Result<()> {
        let parts = self.start.layers.iter().flat_map(|(kernel, bias)| [kernel, bias]);
        let all = parts.map(Vec::as_slice).chain([&self.start.x[..], &self.start.y, &[RATE]]);
        for (i, numbers) in all.enumerate() {
            self.scan.input_mut(i).copy_from_slice(bytemuck::cast_slice(numbers));
        }
        let steps = vec![0; self.losses.len()];
        self.scan.run(&[], &steps, &mut self.losses)
    }

    /// The losses, and all parameters now.
    fn outcome(&mut self) -> [Vec<f32>; 2] {
        let params: Vec<u32> = (0..6).flat_map(|i| self.scan.input_mut(i).to_vec()).collect();
        [&self.losses, &params].map(|words| words.iter().map(|&word| f32::from_bits(word)).collect())
    }
}

/// The losses of the first steps, and the parameters after them.
///
/// # Errors
/// The step cannot be compiled.
pub fn first_steps(steps: usize) -> Result<[Vec<f32>; 2]> {
    let mut training = Training::new(steps)?;
    training.train()?;
    Ok(training.outcome())
}

/// Measures the engine's training with whatever runs its programs now: milliseconds of each repetition, and the digest.
///
/// # Errors
/// The step cannot be compiled.
pub fn measure(repetitions: usize, clock: &dyn Fn() -> f64) -> Result<(Vec<f64>, u32)> {
    let mut training = Training::new(STEPS)?;
    training.train()?;
    let [losses, params] = training.outcome();
    let digest = digest(&losses, &params);
    let mut failed = Ok(());
    let times = repeat(repetitions, clock, || {
        if let Err(error) = training.train() {
            failed = Err(error);
        }
    });
    failed.map(|()| (times, digest))
}

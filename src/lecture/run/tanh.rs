//! [`TanhRequest`]: trainings of the network of [`crate::lecture::programs::tanh`] that differ in the learning rates of its two layers, and [`Trainings`], which
//! computes them: [`LANES`] of them in the lanes of one instruction, each with the bits that it has alone.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::jax::compile::scan::{Scan, Wiring};
use crate::jax::compile::{Backend, Rounding, backend, lowered, map_ensemble, wasm};
use crate::jax::{Array, DType, make_jaxpr};

use crate::lecture::programs::tanh::{SAMPLES, WIDTH, draw, make_step};
use crate::lecture::run::map::Outcomes;
use crate::lecture::run::outcome::Mean;

/// How many trainings one mapped step computes.
pub const LANES: usize = wasm::LANES;
/// Steps of each training.
pub const STEPS: usize = 250;
/// The last steps, over which the loss is averaged to tell whether a training converges.
pub const LAST: usize = 20;
/// A loss counts as at most this many times the first one; as this many if it is no number.
pub const MOST: f64 = 1e6;
/// Steps in one call, after which trainings that have left float32 for good are given up.
const AT_ONCE: usize = 50;

/// Trainings that differ in their two learning rates only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TanhRequest {
    /// What parameters and data are drawn from.
    pub seed: i64,
    /// For each training the learning rate of the hidden layer and that of the output, positive; computed with as float32.
    pub rates: Vec<[f64; 2]>,
}

/// Where the inputs of the compiled step stand.
const W: usize = 0;
const V: usize = 1;
const X: usize = 2;
const Y: usize = 3;
const RATES: [usize; 2] = [4, 5];

/// The compiled step, and the network and the data of the last seed that was asked for.
#[derive(Debug)]
pub struct Trainings {
    scan: Scan,
    /// How many it computes at once.
    lanes: usize,
    seed: i64,
    /// The words of W and v before the first step, of one training.
    start: [Vec<u32>; 2],
}

impl Trainings {
    /// Compiles the step for [`LANES`] trainings at once, or for one where nothing but the interpreter runs it.
    ///
    /// # Errors
    /// The step cannot be traced, which is a defect.
    pub fn new() -> Result<Self> {
        Self::side_by_side(if backend() == Backend::WebAssembly { LANES } else { 1 })
    }

    /// Compiles the step for this many trainings at once; with 1, the program as it is.
    ///
    /// # Errors
    /// The step cannot be traced, which is a defect.
    pub fn side_by_side(lanes: usize) -> Result<Self> {
        let zeros = |shape: &[usize]| Array::zeros(shape, DType::F32);
        let params = (zeros(&[WIDTH, WIDTH]), zeros(&[WIDTH]));
        let rates = (Array::scalar(0.0), Array::scalar(0.0));
        let program = make_jaxpr(make_step)(&params, &zeros(&[WIDTH, SAMPLES]), &zeros(&[SAMPLES]), &rates)?;
        let step = lowered(&program.jaxpr, Rounding::Fused)?;
        let step = if lanes > 1 {
            map_ensemble(&step, &[true, true, false, false, true, true], &[true; 3], lanes)?
        } else {
            step
        };
        let wiring = Wiring { carries: vec![(W, 0), (V, 1)], batches: Vec::new(), records: vec![2] };
        let scan = Scan::new(&step, &program.consts, &wiring)?;
        let mut new = Self { scan, lanes, seed: 0, start: [Vec::new(), Vec::new()] };
        new.sow(0)?;
        Ok(new)
    }

    /// What runs the steps.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.scan.backend()
    }

    /// How many trainings it computes at once.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Draws the network and the data of a seed.
    fn sow(&mut self, seed: i64) -> Result<()> {
        let ((w, v), x, y) = draw(seed);
        self.start = [w.to_words()?, v.to_words()?];
        self.scan.input_mut(X).copy_from_slice(&x.to_words()?);
        self.scan.input_mut(Y).copy_from_slice(&y.to_words()?);
        self.seed = seed;
        Ok(())
    }

    /// The losses of the first `steps` steps of up to as many trainings as it computes at once, each before its update: steps × lanes, row-major. Lanes
    /// beyond the last training repeat it. Rows that are missing at the end are of trainings that have all left float32 for good.
    ///
    /// # Errors
    /// A learning rate is not a positive number, or there are none or too many.
    pub fn losses(&mut self, seed: i64, rates: &[[f64; 2]], steps: usize) -> Result<Vec<f32>> {
        let Some(last) = rates.last().filter(|_| rates.len() <= self.lanes) else {
            let expected = format!("it must be from 1 to {}", self.lanes);
            return Err(Error::value("The number of trainings", rates.len(), expected));
        };
        if let Some(rate) = rates.as_flattened().iter().find(|rate| !(**rate > 0.0 && rate.is_finite())) {
            return Err(Error::value("The learning rate", rate, "it must be a positive number"));
        }
        if seed != self.seed {
            self.sow(seed)?;
        }
        for (layer, input) in RATES.into_iter().enumerate() {
            for (lane, word) in self.scan.input_mut(input).iter_mut().enumerate() {
                *word = (rates.get(lane).unwrap_or(last)[layer] as f32).to_bits();
            }
        }
        for (input, start) in [W, V].into_iter().zip(&self.start) {
            for (words, &word) in self.scan.input_mut(input).chunks_exact_mut(self.lanes).zip(start) {
                words.fill(word);
            }
        }
        let mut losses = Vec::with_capacity(steps * self.lanes);
        while losses.len() < steps * self.lanes && !self.is_lost() {
            let from = losses.len();
            let taken = AT_ONCE.min(steps - from / self.lanes);
            losses.resize(from + taken * self.lanes, 0.0);
            self.scan.run(&[], &[0; AT_ONCE][..taken], bytemuck::cast_slice_mut(&mut losses[from..]))?;
        }
        Ok(losses)
    }

    /// Whether every training has a number in v that is not finite: such a number stays so, and so does every loss.
    fn is_lost(&mut self) -> bool {
        let lanes = self.lanes;
        let v = self.scan.input_mut(V);
        (0..lanes).all(|lane| v.iter().skip(lane).step_by(lanes).any(|&word| !f32::from_bits(word).is_finite()))
    }

    /// How up to as many trainings as it computes at once end.
    ///
    /// # Errors
    /// As [`Self::losses`].
    pub fn outcomes(&mut self, seed: i64, rates: &[[f64; 2]]) -> Result<Outcomes> {
        let losses = self.losses(seed, rates, STEPS)?;
        let mut outcomes = Outcomes::default();
        for lane in 0..rates.len() {
            let own = losses.iter().skip(lane).step_by(self.lanes).copied();
            let end = End::of(own);
            outcomes.losses.push(end.loss);
            outcomes.typical.push(end.typical);
            outcomes.diverges.push(if end.diverges { 1.0 } else { 0.0 });
        }
        Ok(outcomes)
    }
}

/// How a training ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The loss before the last step; NaN where it has left float32 before.
    pub loss: f32,
    /// The geometric mean of all losses, as a multiple of the first, each at most [`MOST`] times as large.
    pub typical: f32,
    /// Whether the mean of the [`LAST`] losses is not below the first.
    pub diverges: bool,
}

impl End {
    /// Of a training with these losses, of [`STEPS`] steps; those that are missing are no numbers.
    #[must_use]
    pub fn of(losses: impl IntoIterator<Item = f32>) -> Self {
        let mut losses = losses.into_iter();
        let mut first = f64::NAN;
        let (mut typical, mut last, mut loss) = (Mean::default(), 0.0, f32::NAN);
        for step in 0..STEPS {
            loss = losses.next().unwrap_or(f32::NAN);
            if step == 0 {
                first = f64::from(loss);
            }
            let relative = f64::from(loss) / first;
            // what is no number is not below
            let relative = if relative < MOST { relative } else { MOST };
            typical.add(relative);
            if step + LAST >= STEPS {
                last += relative / LAST as f64;
            }
        }
        let converges = last < 1.0;
        Self { loss, typical: typical.get().unwrap_or(MOST) as f32, diverges: !converges }
    }
}

/// Rates from the first of `ends` to the second, evenly spaced by their logarithms.
#[must_use]
pub fn spaced([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let steps = (count.max(2) - 1) as f64;
    (0..count).map(|i| low * (high / low).powf(i as f64 / steps)).collect()
}

//! The workload [`super::mlp`] by hand: the gradient worked out on paper, products of matrices in tiles of registers.
//!
//! Sums have the order that JAX's compiler and its libraries choose for these shapes: products of two matrices, and the gradient of the last kernel, add
//! their terms one after the other, each fused, those over the samples in blocks of 256; the single output is eight sums side by side, then a tree
//! over them; biases and the loss are sums by windows of 32.

use thetahat::Result;

use crate::digest;
use crate::mlp::{RATE, SAMPLES, SIZES, STEPS, Start};
use crate::timing::repeat;
use crate::vector::{Vector, array, fma, fma_scalar, vector};

/// Width of the hidden layers.
const WIDTH: usize = SIZES[1];
/// Rows and columns of a tile.
const ROWS: usize = 4;
const COLUMNS: usize = 8;
/// So many samples are added up by themselves in the gradient of a kernel.
const BLOCK: usize = 256;
const WINDOW: usize = 32;
/// Zeros before the first of the samples in its window: half of what fills the last one up.
const PADDING: usize = (WINDOW - SAMPLES % WINDOW) % WINDOW / 2;
/// The factor of the mean, and of its derivative.
#[allow(clippy::cast_precision_loss, reason = "a small number")]
const MEAN: f32 = 1.0 / SAMPLES as f32;
const TWICE: f32 = 2.0 * MEAN;

/// A training with all the memory that it needs.
struct Training {
    start: Start,
    /// Kernels and biases.
    layers: Vec<(Vec<f32>, Vec<f32>)>,
    /// What the hidden layers return, samples × width.
    hidden: [Vec<f32>; 2],
    /// The derivatives of the loss by what goes into them.
    grads: [Vec<f32>; 2],
    /// The derivatives by the output.
    residuals: Vec<f32>,
    /// The gradient of a kernel.
    kernel: Vec<f32>,
    transposed: Vec<f32>,
    panel: Vec<f32>,
    losses: Vec<f32>,
}

impl Training {
    fn new() -> Result<Self> {
        let start = Start::new()?;
        let samples = || vec![0.0; SAMPLES * WIDTH];
        Ok(Self {
            layers: start.layers.clone(),
            start,
            hidden: [samples(), samples()],
            grads: [samples(), samples()],
            residuals: vec![0.0; SAMPLES],
            kernel: vec![0.0; WIDTH * WIDTH],
            transposed: vec![0.0; WIDTH * WIDTH],
            panel: Vec::new(),
            losses: Vec::with_capacity(STEPS),
        })
    }

    fn train(&mut self, steps: usize) {
        self.layers.clone_from(&self.start.layers);
        self.losses.clear();
        for _ in 0..steps {
            let loss = self.forward();
            self.losses.push(loss);
            self.backward();
        }
    }

    /// Returns the loss, and keeps what the way back needs.
    fn forward(&mut self) -> f32 {
        let [first, second] = &mut self.hidden;
        by_rows(&self.start.x, SIZES[0], &self.layers[0].0, first, &mut self.panel);
        relu_of_sum(first, &self.layers[0].1);
        by_rows(first, WIDTH, &self.layers[1].0, second, &mut self.panel);
        relu_of_sum(second, &self.layers[1].1);
        let (kernel, bias) = &self.layers[2];
        let complete = SAMPLES / COLUMNS * COLUMNS;
        let mut sum = Windows::new([0.0]);
        for (i, (row, y)) in second.chunks_exact(WIDTH).zip(&self.start.y).enumerate() {
            let residual = output(row, kernel, i < complete) + bias[0] - y;
            sum.add([residual * residual]);
            self.residuals[i] = residual * TWICE;
        }
        sum.finish()[0] * MEAN
    }

    /// Changes kernels and biases.
    fn backward(&mut self) {
        let ([first, second], [grad_1, grad_2]) = (&self.hidden, &mut self.grads);
        for ((grad, hidden), r) in grad_2.chunks_exact_mut(WIDTH).zip(second.chunks_exact(WIDTH)).zip(&self.residuals) {
            for ((grad, hidden), w) in grad.iter_mut().zip(hidden).zip(&self.layers[2].0) {
                *grad = if *hidden > 0.0 { r * w } else { 0.0 };
            }
        }
        transpose(&self.layers[1].0, &mut self.transposed);
        by_rows(grad_2, WIDTH, &self.transposed, grad_1, &mut self.panel);
        for (grad, hidden) in grad_1.iter_mut().zip(first) {
            *grad = if *hidden > 0.0 { *grad } else { 0.0 };
        }

        let last = &mut self.kernel[..WIDTH];
        last.fill(0.0);
        let mut sum = Windows::new([0.0]);
        for (row, r) in second.chunks_exact(WIDTH).zip(&self.residuals) {
            for (sum, x) in last.iter_mut().zip(row) {
                *sum = fma_scalar(*r, *x, *sum);
            }
            sum.add([*r]);
        }
        update(&mut self.layers[2].0, last);
        update(&mut self.layers[2].1, &sum.finish());

        by_columns(first, WIDTH, grad_2, &mut self.kernel);
        update(&mut self.layers[1].0, &self.kernel);
        update(&mut self.layers[1].1, &column_sums(grad_2));
        narrow_by_columns(&self.start.x, grad_1, &mut self.kernel);
        update(&mut self.layers[0].0, &self.kernel[..SIZES[0] * WIDTH]);
        update(&mut self.layers[0].1, &column_sums(grad_1));
    }

    fn params(&self) -> Vec<f32> {
        self.layers.iter().flat_map(|(kernel, bias)| [kernel, bias]).flatten().copied().collect()
    }
}

/// Measures the training by hand: milliseconds of each repetition, and the digest.
///
/// # Errors
/// None, unless a draw fails.
pub fn measure(repetitions: usize, clock: &dyn Fn() -> f64) -> Result<(Vec<f64>, u32)> {
    let mut training = Training::new()?;
    training.train(STEPS);
    let digest = digest(&training.losses, &training.params());
    Ok((repeat(repetitions, clock, || training.train(STEPS)), digest))
}

/// The losses of a training, and all parameters after it.
///
/// # Errors
/// None, unless a draw fails.
pub fn outcome() -> Result<[Vec<f32>; 2]> {
    let mut training = Training::new()?;
    training.train(STEPS);
    let params = training.params();
    Ok([training.losses, params])
}

fn update(params: &mut [f32], grads: &[f32]) {
    for (param, grad) in params.iter_mut().zip(grads) {
        *param = fma_scalar(-RATE, *grad, *param);
    }
}

fn relu_of_sum(rows: &mut [f32], bias: &[f32]) {
    for row in rows.chunks_exact_mut(WIDTH) {
        for (x, b) in row.iter_mut().zip(bias) {
            let sum = *x + b;
            *x = if sum <= 0.0 { 0.0 } else { sum };
        }
    }
}

fn transpose(from: &[f32], to: &mut [f32]) {
    for (i, row) in from.chunks_exact(WIDTH).enumerate() {
        for (j, x) in row.iter().enumerate() {
            to[j * WIDTH + i] = *x;
        }
    }
}

/// Eight sums side by side, then a tree over them: neighbours first in complete groups of eight rows, halves first in the others.
#[inline]
fn output(row: &[f32], kernel: &[f32], complete: bool) -> f32 {
    let (row, _) = row.as_chunks::<4>();
    let (kernel, _) = kernel.as_chunks::<4>();
    let mut sums: [Vector; 2] = [vector([0.0; 4]); 2];
    for (x, w) in row.chunks_exact(2).zip(kernel.chunks_exact(2)) {
        sums[0] = fma(vector(x[0]), vector(w[0]), sums[0]);
        sums[1] = fma(vector(x[1]), vector(w[1]), sums[1]);
    }
    let ([a, b, c, d], [e, f, g, h]) = (array(sums[0]), array(sums[1]));
    if complete { ((a + b) + (c + d)) + ((e + f) + (g + h)) } else { ((a + e) + (c + g)) + ((b + f) + (d + h)) }
}

/// `a`, row by row with `terms` columns, times `b` with [`WIDTH`] columns.
fn by_rows(a: &[f32], terms: usize, b: &[f32], out: &mut [f32], panel: &mut Vec<f32>) {
    for (rows, out) in a.chunks_exact(ROWS * terms).zip(out.chunks_exact_mut(ROWS * WIDTH)) {
        panel.clear();
        panel.extend((0..terms).flat_map(|k| (0..ROWS).map(move |row| rows[row * terms + k])));
        for column in (0..WIDTH).step_by(COLUMNS) {
            tile(panel, ROWS, 0, b, column, out);
        }
    }
}

/// The transpose of `a`, which has `columns` columns, times `b` with [`WIDTH`] columns: sums over blocks of [`BLOCK`] rows, the next added to those before.
fn by_columns(a: &[f32], columns: usize, b: &[f32], out: &mut [f32]) {
    out.fill(0.0);
    let mut sums = [0.0; ROWS * WIDTH];
    for (a, b) in a.chunks(BLOCK * columns).zip(b.chunks(BLOCK * WIDTH)) {
        for (i, out) in out.chunks_exact_mut(ROWS * WIDTH).enumerate() {
            for column in (0..WIDTH).step_by(COLUMNS) {
                tile(a, columns, i * ROWS, b, column, &mut sums);
            }
            add_to(out, &sums);
        }
    }
}

fn add_to(totals: &mut [f32], sums: &[f32]) {
    for (total, sum) in totals.iter_mut().zip(sums) {
        *total += sum;
    }
}

/// The transpose of `a`, which has two columns, times `b`, in blocks as [`by_columns`].
fn narrow_by_columns(a: &[f32], b: &[f32], out: &mut [f32]) {
    let out = &mut out[..SIZES[0] * WIDTH];
    out.fill(0.0);
    for (a, b) in a.chunks(BLOCK * SIZES[0]).zip(b.chunks(BLOCK * WIDTH)) {
        let mut sums = [0.0; SIZES[0] * WIDTH];
        let (upper, lower) = sums.split_at_mut(WIDTH);
        for (point, row) in a.chunks_exact(SIZES[0]).zip(b.chunks_exact(WIDTH)) {
            for ((upper, lower), x) in upper.iter_mut().zip(&mut *lower).zip(row) {
                *upper = fma_scalar(point[0], *x, *upper);
                *lower = fma_scalar(point[1], *x, *lower);
            }
        }
        add_to(out, &sums);
    }
}

/// [`ROWS`] × [`COLUMNS`] of a product: term by term, [`ROWS`] neighbours from `first` on in each row of `a`, and [`COLUMNS`] from `column` on in each row of `b`.
#[inline]
fn tile(a: &[f32], step: usize, first: usize, b: &[f32], column: usize, out: &mut [f32]) {
    let mut sums = [[vector([0.0; 4]); COLUMNS / 4]; ROWS];
    for (a, b) in a.chunks_exact(step).zip(b.chunks_exact(WIDTH)) {
        let (Some(a), Some(b)) = (a[first..].first_chunk::<ROWS>(), b[column..].first_chunk::<COLUMNS>()) else {
            return;
        };
        let (b, _) = b.as_chunks::<4>();
        for (sums, x) in sums.iter_mut().zip(a) {
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum = fma(vector([*x; 4]), vector(*b), *sum);
            }
        }
    }
    for (row, sums) in out.chunks_exact_mut(WIDTH).zip(sums) {
        let (row, _) = row[column..][..COLUMNS].as_chunks_mut::<4>();
        for (to, sum) in row.iter_mut().zip(sums) {
            *to = array(sum);
        }
    }
}

fn column_sums(rows: &[f32]) -> [f32; WIDTH] {
    let mut sums = Windows::new([0.0; WIDTH]);
    for row in rows.chunks_exact(WIDTH) {
        if let Some(row) = row.first_chunk() {
            sums.add(*row);
        }
    }
    sums.finish()
}

/// Sums over the samples by windows.
struct Windows<const N: usize> {
    total: [f32; N],
    window: [f32; N],
    filled: usize,
}

impl<const N: usize> Windows<N> {
    fn new(zeros: [f32; N]) -> Self {
        Self { total: zeros, window: zeros, filled: PADDING }
    }

    #[inline]
    fn add(&mut self, terms: [f32; N]) {
        for (sum, term) in self.window.iter_mut().zip(terms) {
            *sum += term;
        }
        self.filled += 1;
        if self.filled == WINDOW {
            self.close();
        }
    }

    fn close(&mut self) {
        for (total, window) in self.total.iter_mut().zip(&mut self.window) {
            *total += std::mem::take(window);
        }
        self.filled = 0;
    }

    fn finish(mut self) -> [f32; N] {
        if self.filled > 0 {
            self.close();
        }
        self.total
    }
}

#[cfg(test)]
mod tests {
    use crate::mlp::first_steps;

    use super::*;

    /// The first steps only: all of them take the interpreter long.
    #[test]
    fn the_gradient_on_paper_is_the_engines() {
        let mut training = Training::new().unwrap();
        training.train(2);
        let [losses, params] = first_steps(2).unwrap();
        assert_eq!(training.losses, losses);
        assert_eq!(digest(&training.losses, &training.params()), digest(&losses, &params));
    }
}

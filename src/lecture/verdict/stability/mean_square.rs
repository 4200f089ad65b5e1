//! The rate at which the mean square of the error over shuffles stops being bounded.
//!
//! The matrix of second moments S = E\[e·eᵀ\] follows a linear map from step to step. With the moments of the data as they are it is known exactly: for
//! SGD `S ← S − η(HS + SH) + η²·E[H_B·S·H_B]`, and with momentum the same for the moments of error and memory together. The mean square stays bounded
//! while the map's spectral radius is below 1. The expectation is over batches of B rows that are drawn without replacement:
//! `E[H_B·S·H_B] = (N−B)/(B(N−1))·E[h·S·h] + N(B−1)/(B(N−1))·H·S·H`, where h = 2·x·xᵀ belongs to one row. (For normal features without noise
//! in the moments this is 2/λmax·B/(B+M+1): Défossez and Bach, *Averaged least-mean-squares*, 2015; Ma, Bassily and Belkin, *The power of
//! interpolation*, 2018.) That the rows of an epoch are dealt out without replacement is left out, a matter of 1/N.

use super::full_batch::Linear;
use super::rows::Rows;

/// Multiplications that may be spent on one data set.
const BUDGET: usize = 24_000_000;
/// How often the map is applied at one rate, at most and at least.
const TURNS: (usize, usize) = (160, 60);
/// How many rates are tried, about.
const RATES: usize = 14;

/// E\[h·S·h\] as a map of symmetric matrices, in the coordinates of the Hessian's eigenvectors.
#[derive(Debug)]
pub(super) struct Moments {
    eigenvalues: Vec<f64>,
    samples: f64,
    /// `4·E[z_a·z_b·z_c·z_d]` with a ≤ b and c ≤ d, D × D row-major with D = R(R+1)/2; doubled where c < d, since such an entry of S stands twice.
    fourth: Vec<f64>,
    turns: usize,
}

impl Moments {
    /// Of the rows and the R eigenvalues that are not zero. Takes N·D²/2 multiplications; none where that would be too many.
    pub fn new(rows: &Rows, eigenvalues: &[f64]) -> Option<Self> {
        let (width, samples) = (rows.width(), rows.len());
        let pairs = width * (width + 1) / 2;
        let build = samples * pairs * pairs;
        let turns = (BUDGET.checked_sub(build)? / (RATES * (pairs * pairs + 12 * width * width)).max(1)).min(TURNS.0);
        if turns < TURNS.1 {
            return None;
        }
        let mut fourth = vec![0.0; pairs * pairs];
        let mut products = vec![0.0; pairs];
        for row in (0..samples).map(|row| rows.row(row)) {
            let entries = (0..width).flat_map(|a| (a..width).map(move |b| row[a] * row[b]));
            products.iter_mut().zip(entries).for_each(|(product, entry)| *product = entry);
            for (line, product) in fourth.chunks_exact_mut(pairs).zip(&products) {
                line.iter_mut().zip(&products).for_each(|(entry, other)| *entry += product * other);
            }
        }
        let twice = (0..width).flat_map(|c| (c..width).map(move |d| if c == d { 1.0 } else { 2.0 }));
        let twice: Vec<f64> = twice.map(|times| 4.0 * times / samples as f64).collect();
        for line in fourth.chunks_exact_mut(pairs) {
            line.iter_mut().zip(&twice).for_each(|(entry, times)| *entry *= times);
        }
        Some(Self { eigenvalues: eigenvalues.to_vec(), samples: samples as f64, fourth, turns })
    }

    /// By what factor, as a logarithm, the second moments grow in a step at a rate with batches of this many rows.
    fn growth(&self, rate: f64, rows: usize, step: Linear) -> f64 {
        let width = self.eigenvalues.len();
        let batch = rows as f64;
        let others = (self.samples - 1.0).max(1.0);
        let single = (self.samples - batch) / (batch * others);
        let both = self.samples * (batch - 1.0) / (batch * others);
        let Linear { gradient: a, memory: b, decay } = step;
        let mut now = Second {
            error: vec![0.0; width * width],
            mixed: vec![0.0; width * width],
            memory: vec![0.0; width * width],
        };
        (0..width).for_each(|i| now.error[i * (width + 1)] = 1.0);
        let mut next = now.clone();
        let mut force = vec![0.0; width * width];
        let (mut sum, mut counted) = (0.0, 0);
        for turn in 0..self.turns {
            self.single(&now.error, &mut force);
            for (i, l) in self.eigenvalues.iter().enumerate() {
                for (j, r) in self.eigenvalues.iter().enumerate() {
                    let (at, across) = (i * width + j, j * width + i);
                    let (p, q, t, s) = (now.error[at], now.mixed[at], now.mixed[across], now.memory[at]);
                    let f = single * force[at] + both * l * r * p;
                    next.error[at] = p - rate * a * (l + r) * p + rate * rate * a * a * f - rate * b * (q + t)
                        + rate * rate * b * (a * (l * q + r * t) + b * s);
                    next.mixed[at] =
                        p * r - rate * a * f + decay * (1.0 - rate * a * l) * q - rate * b * (r * t + decay * s);
                    next.memory[at] = f + decay * (l * q + r * t) + decay * decay * s;
                }
            }
            let trace: f64 = (0..width).map(|i| next.error[i * (width + 1)]).sum();
            if !(trace > 0.0 && trace.is_finite()) {
                // all of it is gone at once, or beyond all numbers
                return if trace < 1.0 { f64::NEG_INFINITY } else { f64::INFINITY };
            }
            let entries = [&mut next.error, &mut next.mixed, &mut next.memory];
            entries.into_iter().flatten().for_each(|entry| *entry /= trace);
            if turn >= self.turns / 2 {
                sum += trace.ln();
                counted += 1;
            }
            std::mem::swap(&mut now, &mut next);
        }
        sum / f64::from(counted.max(1))
    }

    /// Writes E\[h·S·h\] for a symmetric S, R × R.
    fn single(&self, second: &[f64], force: &mut [f64]) {
        let width = self.eigenvalues.len();
        let places = || (0..width).flat_map(|a| (a..width).map(move |b| (a, b)));
        let pairs = (width * (width + 1) / 2).max(1);
        for (line, (a, b)) in self.fourth.chunks_exact(pairs).zip(places()) {
            let sum: f64 = line.iter().zip(places()).map(|(moment, (c, d))| moment * second[c * width + d]).sum();
            force[a * width + b] = sum;
            force[b * width + a] = sum;
        }
    }

    /// The rate at which the mean square begins to grow over an epoch of batches of `rows_per_batch` rows and one with the rest, to half a per cent; at most
    /// `guess`, the limit of the full batch.
    pub fn limit(&self, guess: f64, rows_per_batch: usize, step: Linear) -> Option<f64> {
        let samples = self.samples as usize;
        let (full, rest) = (samples / rows_per_batch, samples % rows_per_batch);
        let grows = |rate: f64| {
            let whole = self.growth(rate, rows_per_batch, step) * full as f64;
            whole + if rest == 0 { 0.0 } else { self.growth(rate, rest, step) } > 0.0
        };
        let (mut low, mut high) = (guess / 2.0, guess);
        while grows(low) {
            (low, high) = (low / 2.0, low);
            if low < guess / 1000.0 {
                return None;
            }
        }
        while high - low > 0.004 * low {
            let middle = f64::midpoint(low, high);
            if grows(middle) { high = middle } else { low = middle }
        }
        Some(f64::midpoint(low, high))
    }
}

/// Second moments of error and memory, each R × R: E\[e·eᵀ\], E\[e·mᵀ\], E\[m·mᵀ\].
#[derive(Clone, Debug)]
struct Second {
    error: Vec<f64>,
    mixed: Vec<f64>,
    memory: Vec<f64>,
}

//! The rate at which a run on shuffled batches typically begins to grow.
//!
//! A batch's step multiplies the error by a matrix of its own, with its Hessian in place of the full one: `I − η·H_B` for SGD, a companion matrix of twice the
//! size with momentum. What a single run does in the long run is decided by the product of these matrices: its norm grows or shrinks like
//! exp(γ·steps), almost surely with the same γ, the largest Lyapunov exponent (Furstenberg and Kesten, *Products of random matrices*, 1960). The
//! page's limit is the rate at which γ changes its sign.

use super::full_batch::Linear;
use super::rows::Rows;

/// At most this many steps are multiplied.
const STEPS: usize = 12_000;
/// At most about this many rows are dealt out, without momentum and with it: the larger the batches, the less they differ, and the fewer steps are
/// needed; but a memory makes what a batch did last.
const ROWS: (usize, usize) = (48_000, 192_000);
/// Fewer than this say nothing.
const FEWEST: usize = 96;
/// Multiplications that may be spent on one data set.
const BUDGET: usize = 24_000_000;
/// How many rates are tried, about.
const RATES: usize = 16;
/// Steps between two looks at the norm.
const STRETCH: usize = 16;

/// The batches of some epochs, in the rows' coordinates. Where a batch has more rows than half as many as there are coordinates its Hessian is kept, else
/// its rows.
#[derive(Debug)]
pub(super) struct Batches {
    width: usize,
    /// One Hessian after the other, R × R row-major, or √(2/rows)·rows, batch × R.
    numbers: Vec<f64>,
    /// How many numbers each batch has; all Hessians have R².
    lengths: Vec<usize>,
    dense: bool,
}

impl Batches {
    /// Deals out the rows as the lecture's loader does, `rows_per_batch` at a time and the rest of an epoch in a smaller batch, in an order of its own
    /// for each epoch. None if there are too many numbers to look at enough steps.
    pub fn new(rows: &Rows, rows_per_batch: usize, step: Linear) -> Option<Self> {
        let (width, samples) = (rows.width(), rows.len());
        let dense = width <= 2 * rows_per_batch;
        let size = if dense { width * width } else { rows_per_batch * width };
        let build = if dense { rows_per_batch * width * width } else { size };
        let apply = if dense { size } else { 2 * size };
        let rows_in_all = if step.decay > 0.0 { ROWS.1 } else { ROWS.0 };
        let wanted = (rows_in_all / rows_per_batch).clamp(FEWEST, STEPS);
        let steps = wanted.min(BUDGET / (RATES * (apply + 4 * width) + build)) / STRETCH * STRETCH;
        if steps < FEWEST {
            return None;
        }
        let mut batches = Self { width, numbers: Vec::with_capacity(steps * size), lengths: Vec::new(), dense };
        let mut order: Vec<u32> = (0..samples as u32).collect();
        let mut words = Words(0x7468_6574_6168_6174);
        let mut first = 0;
        while batches.lengths.len() < steps {
            for place in first..(first + rows_per_batch).min(samples) {
                order.swap(place, place + words.below(samples - place));
            }
            batches.push(rows, &order[first..(first + rows_per_batch).min(samples)]);
            first = if first + rows_per_batch < samples { first + rows_per_batch } else { 0 };
        }
        Some(batches)
    }

    fn push(&mut self, rows: &Rows, batch: &[u32]) {
        let (width, start) = (self.width, self.numbers.len());
        let scale = 2.0 / batch.len() as f64;
        if self.dense {
            self.numbers.resize(start + width * width, 0.0);
        }
        for &row in batch {
            let row = rows.row(row as usize);
            if self.dense {
                for i in 0..width {
                    let scaled = scale * row[i];
                    let own = &mut self.numbers[start + i * width..][..=i];
                    for (entry, other) in own.iter_mut().zip(row) {
                        *entry += scaled * other;
                    }
                }
            } else {
                self.numbers.extend(row.iter().map(|entry| scale.sqrt() * entry));
            }
        }
        if self.dense {
            for i in 0..width {
                for j in 0..i {
                    self.numbers[start + j * width + i] = self.numbers[start + i * width + j];
                }
            }
        }
        self.lengths.push(self.numbers.len() - start);
    }

    /// Writes the batch's Hessian times `error`.
    fn gradient(&self, batch: &[f64], error: &[f64], gradient: &mut [f64]) {
        let dot = |row: &[f64]| row.iter().zip(error).map(|(a, b)| a * b).sum::<f64>();
        if self.dense {
            for (entry, row) in gradient.iter_mut().zip(batch.chunks_exact(self.width)) {
                *entry = dot(row);
            }
            return;
        }
        gradient.fill(0.0);
        for row in batch.chunks_exact(self.width) {
            let along = dot(row);
            gradient.iter_mut().zip(row).for_each(|(entry, x)| *entry += along * x);
        }
    }

    /// How fast the product of the steps grows at a rate, per step and as a logarithm.
    fn exponent(&self, rate: f64, step: Linear) -> f64 {
        // any direction will do, as long as it is no eigenvector
        let mut error: Vec<f64> = (0..self.width).map(|i| 1.0 + 0.1 * (i % 7) as f64).collect();
        let (mut memory, mut gradient) = (vec![0.0; self.width], vec![0.0; self.width]);
        let settling = self.lengths.len() / 8;
        let (mut sum, mut counted, mut at) = (0.0, 0, 0);
        for (taken, &length) in self.lengths.iter().enumerate() {
            self.gradient(&self.numbers[at..at + length], &error, &mut gradient);
            at += length;
            for ((error, memory), gradient) in error.iter_mut().zip(&mut memory).zip(&gradient) {
                *error -= rate * (step.gradient * gradient + step.memory * *memory);
                *memory = gradient + step.decay * *memory;
            }
            if (taken + 1).is_multiple_of(STRETCH) {
                let square: f64 = error.iter().chain(&memory).map(|entry| entry * entry).sum();
                if !square.is_normal() {
                    // the step has brought everything to the solution at once, or far beyond
                    return if square < 1.0 { f64::NEG_INFINITY } else { f64::INFINITY };
                }
                if taken >= settling {
                    sum += 0.5 * square.ln();
                    counted += STRETCH;
                }
                let inverse = square.sqrt().recip();
                error.iter_mut().chain(&mut memory).for_each(|entry| *entry *= inverse);
            }
        }
        sum / counted.max(1) as f64
    }

    /// The rate at which the product begins to grow, to half a per cent, near `guess`, the limit of the full batch; none if it lies nowhere within a factor
    /// of a hundred.
    pub fn limit(&self, guess: f64, step: Linear) -> Option<f64> {
        let grows = |rate: f64| self.exponent(rate, step) > 0.0;
        let ratio: f64 = 1.25;
        let (mut low, mut high) = (guess, guess);
        if grows(guess) {
            low /= ratio;
            while grows(low) {
                (low, high) = (low / ratio, low);
                if low < guess / 100.0 {
                    return None;
                }
            }
        } else {
            high *= ratio;
            while !grows(high) {
                (low, high) = (high, high * ratio);
                if high > guess * 100.0 {
                    return None;
                }
            }
        }
        while high - low > 0.004 * low {
            let middle = f64::midpoint(low, high);
            if grows(middle) { high = middle } else { low = middle }
        }
        Some(f64::midpoint(low, high))
    }
}

/// A stream of words that is the same everywhere (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014). The run's own shuffles
/// would take a hundred times as long to draw, and change with the number of epochs.
struct Words(u64);

impl Words {
    /// A number from 0 to `bound` − 1, for bounds far below 2³².
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = (mixed ^ (mixed >> 31)) >> 32;
        ((high * bound as u64) >> 32) as usize
    }
}

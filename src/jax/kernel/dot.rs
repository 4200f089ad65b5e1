//! `dot_general`, with the order of additions that JAX's compiler uses on a CPU with fused multiply-add.
//!
//! Which order depends on the shapes alone ([`Order`]). A matrix times a vector runs along rows or down columns, whichever way the matrix
//! lies; two matrices add their products one after the other. The orders were found by comparison with jax 0.10.2 on
//! x86-64; `tests/compile/` says how far they have been checked.

use super::super::core::{DotDims, ShapedArray};
use super::super::fma::{ftz, mul_add, mul_add_lanes};
use super::sums::{WINDOW, WindowSum};
use super::walk::{offsets, strides};

/// Columns that XLA's matrix-vector products keep in separate lanes, and rows that they take together.
const LANES: usize = 8;

/// The order in which the products of one result element are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// The first product rounded, every further one fused to the sum.
    Chain,
    /// Row-major matrix (at least 2 rows) times vector, at least 8 columns: eight sums side by side, then a tree over them, then the
    /// leftover columns.
    Rows,
    /// Vector times a matrix that lies row by row: as `Chain`, but in this one column the second to eighth product are rounded before they are
    /// added. It is the first of 2 columns, or the one column that is left over beside blocks of 8; it holds from 3 rows on.
    /// LLVM turns the loop over the leftover columns inside out differently for these counts.
    LooseColumn(usize),
    /// Two vectors of more than 32 elements: products rounded, then summed in windows.
    Windows,
}

/// A dot product prepared for its shapes. The side with more free indices is the `wide` one: its elements run in lanes.
#[derive(Clone, Debug)]
pub struct Dot {
    wide: Offsets,
    narrow: Offsets,
    wide_left: bool,
    order: Order,
}

/// For one operand, the offsets of its batch, free and contracted indices.
#[derive(Clone, Debug)]
struct Offsets {
    batch: Vec<usize>,
    free: Vec<usize>,
    contract: Vec<usize>,
    /// Neighbouring free indices are neighbouring words.
    dense: bool,
    /// Neighbouring contracted indices are neighbouring words.
    contiguous: bool,
    /// The operand has free indices, and its contracted axis comes before their axis.
    contract_first: bool,
}

impl Offsets {
    fn new(x: &ShapedArray, batch: &[usize], contract: &[usize]) -> Self {
        let steps = strides(&x.shape);
        let list = |axes: &[usize]| {
            let shape: Vec<usize> = axes.iter().map(|&axis| x.shape[axis]).collect();
            let steps: Vec<usize> = axes.iter().map(|&axis| steps[axis]).collect();
            offsets(&shape, &steps)
        };
        let axes: Vec<usize> = (0..x.ndim()).filter(|axis| !batch.contains(axis) && !contract.contains(axis)).collect();
        let long = axes.iter().copied().find(|&axis| x.shape[axis] > 1);
        let contract_first = long.is_some_and(|axis| contract.first().is_some_and(|&first| first < axis));
        let (free, contract) = (list(&axes), list(contract));
        let runs = |list: &[usize]| list.iter().enumerate().all(|(i, &offset)| i == offset);
        let (dense, contiguous) = (runs(&free), runs(&contract));
        Self { batch: list(batch), free, contract, dense, contiguous, contract_first }
    }
}

impl Dot {
    pub fn new(dims: &DotDims, lhs: &ShapedArray, rhs: &ShapedArray) -> Self {
        let left = Offsets::new(lhs, &dims.lhs_batch, &dims.lhs_contract);
        let right = Offsets::new(rhs, &dims.rhs_batch, &dims.rhs_contract);
        // of two matrices the right one is wide, so that the result is written in order
        let wide_left = right.free.len() == 1 && left.free.len() > 1;
        let (wide, narrow) = if wide_left { (left, right) } else { (right, left) };
        let order = order(&wide, &narrow);
        Self { wide, narrow, wide_left, order }
    }

    pub fn run(&self, lhs: &[f32], rhs: &[f32], out: &mut [f32]) {
        let (wide, narrow) = if self.wide_left { (lhs, rhs) } else { (rhs, lhs) };
        let columns = self.wide.free.len();
        if columns == 0 {
            return;
        }
        let mut rows = out.chunks_exact_mut(columns);
        for (&wide_batch, &narrow_batch) in self.wide.batch.iter().zip(&self.narrow.batch) {
            for &free in &self.narrow.free {
                let Some(row) = rows.next() else { return };
                self.row(&wide[wide_batch..], &narrow[narrow_batch + free..], row);
            }
        }
    }

    /// One row of the result: the elements of one free index of the narrow side.
    fn row(&self, matrix: &[f32], vector: &[f32], out: &mut [f32]) {
        match self.order {
            Order::Chain => self.chains(matrix, vector, out, usize::MAX),
            Order::LooseColumn(column) => self.chains(matrix, vector, out, column),
            Order::Rows => {
                let (count, complete) = (self.wide.contract.len(), out.len() / LANES * LANES);
                for (i, (o, &free)) in out.iter_mut().zip(&self.wide.free).enumerate() {
                    *o = ftz(lanes(&matrix[free..][..count], &vector[..count], i < complete));
                }
            }
            Order::Windows => {
                let mut sum = WindowSum::new(self.wide.contract.len());
                for (&i, &j) in self.wide.contract.iter().zip(&self.narrow.contract) {
                    sum.add(ftz(matrix[i] * vector[j]));
                }
                out[0] = ftz(sum.finish());
            }
        }
    }

    /// Chains of fused multiply-adds, several result elements side by side.
    fn chains(&self, matrix: &[f32], vector: &[f32], out: &mut [f32], loose: usize) {
        let mut at = 0;
        while at < out.len() {
            at += match out.len() - at {
                8.. => self.block::<8>(matrix, vector, out, at, loose),
                4.. => self.block::<4>(matrix, vector, out, at, loose),
                2.. => self.block::<2>(matrix, vector, out, at, loose),
                _ => self.block::<1>(matrix, vector, out, at, loose),
            };
        }
    }

    /// The N result elements from `at` on; gives N. The sum starts from zero, which rounds the first product.
    #[inline]
    fn block<const N: usize>(&self, matrix: &[f32], vector: &[f32], out: &mut [f32], at: usize, loose: usize) -> usize {
        let mut sums = [0.0_f32; N];
        let free = &self.wide.free[at..at + N];
        let terms = self.wide.contract.iter().zip(&self.narrow.contract);
        if loose.wrapping_sub(at) < N {
            let lane = loose - at;
            for (k, (&i, &j)) in terms.enumerate() {
                let (x, before) = (gather(matrix, free, i), sums[lane]);
                sums = mul_add_lanes([vector[j]; N], x, sums);
                if (1..LANES).contains(&k) {
                    sums[lane] = before + x[lane] * vector[j];
                }
            }
        } else if self.wide.dense {
            let matrix = &matrix[at..];
            for (&i, &j) in terms {
                let Some(x) = matrix[i..].first_chunk::<N>() else { break };
                sums = mul_add_lanes([vector[j]; N], *x, sums);
            }
        } else {
            for (&i, &j) in terms {
                sums = mul_add_lanes([vector[j]; N], gather(matrix, free, i), sums);
            }
        }
        out[at..at + N].copy_from_slice(&sums.map(ftz));
        N
    }
}

#[inline]
fn gather<const N: usize>(x: &[f32], free: &[usize], at: usize) -> [f32; N] {
    let x = &x[at..];
    std::array::from_fn(|lane| x[free[lane]])
}

fn order(wide: &Offsets, narrow: &Offsets) -> Order {
    let (terms, columns) = (wide.contract.len(), wide.free.len());
    if narrow.free.len() > 1 {
        return Order::Chain;
    }
    match (wide.contract_first, columns) {
        (_, 1) if terms > WINDOW => Order::Windows,
        (false, 2..) if terms >= LANES && wide.contiguous && narrow.contiguous => Order::Rows,
        (true, 2) if terms > 2 => Order::LooseColumn(0),
        (true, 9..) if columns % LANES == 1 && terms > 2 => Order::LooseColumn(columns - 1),
        _ => Order::Chain,
    }
}

/// Eight sums over blocks of eight columns, a tree over the eight (in complete groups of eight rows neighbours first, in the
/// rows left over halves first), and a chain of its own for the columns left over.
fn lanes(x: &[f32], y: &[f32], complete: bool) -> f32 {
    let mut v = [0.0_f32; LANES];
    let (blocks_x, rest_x) = x.as_chunks::<LANES>();
    let (blocks_y, rest_y) = y.as_chunks::<LANES>();
    for (x, y) in blocks_x.iter().zip(blocks_y) {
        v = mul_add_lanes(*x, *y, v);
    }
    let tree = if complete {
        ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]))
    } else {
        ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]))
    };
    let rest = rest_x.iter().zip(rest_y).fold(0.0, |sum, (&x, &y)| mul_add(x, y, sum));
    tree + rest
}

//! `dot_general`, with the order of additions that JAX's compiler uses on a CPU with fused multiply-add.
//!
//! Which order depends on the shapes alone ([`Order`]). A matrix times a vector runs along rows or down columns, whichever way the matrix
//! lies; two vectors and two matrices add their products one after the other. The orders were found by comparison
//! with jax 0.10.2 on x86-64; `ARCHITECTURE.md` says how far they have been checked.

use super::super::core::{DotDims, ShapedArray};
use super::super::fma::{ftz, mul_add};
use super::sums::{WINDOW, WindowSum};
use super::walk::{offsets, strides};

/// Columns that XLA's row-major matrix-vector product keeps in separate lanes, and rows that it takes together.
const LANES: usize = 8;

/// The order in which the products of one result element are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// The first product rounded, every further one fused to the sum.
    Chain,
    /// Row-major matrix (at least 2 rows) times vector, at least 8 columns: eight sums side by side, then a tree over them, then the
    /// leftover columns. `left` tells whether the matrix is the left operand.
    Rows { left: bool },
    /// Vector times a matrix of two columns that lies row by row: as `Chain`, but the second to eighth product of column 0 are rounded
    /// before they are added. An artefact of how LLVM vectorises the pair; it holds from 3 rows on. `left` tells whether the matrix is the left operand.
    TwoColumns { left: bool },
    /// Vector times a matrix of one column, more than 32 rows: products rounded, then summed in windows.
    OneColumn,
}

/// A dot product prepared for its shapes: for each operand, the offsets of its batch, free and contracted indices.
#[derive(Clone, Debug)]
pub struct Dot {
    lhs: Offsets,
    rhs: Offsets,
    order: Order,
}

#[derive(Clone, Debug)]
struct Offsets {
    batch: Vec<usize>,
    free: Vec<usize>,
    contract: Vec<usize>,
    /// The contracted index runs through neighbouring words.
    contiguous: bool,
}

impl Offsets {
    fn new(x: &ShapedArray, batch: &[usize], contract: &[usize]) -> Self {
        let steps = strides(&x.shape);
        let list = |axes: &[usize]| {
            let shape: Vec<usize> = axes.iter().map(|&axis| x.shape[axis]).collect();
            let steps: Vec<usize> = axes.iter().map(|&axis| steps[axis]).collect();
            offsets(&shape, &steps)
        };
        let free: Vec<usize> = (0..x.ndim()).filter(|axis| !batch.contains(axis) && !contract.contains(axis)).collect();
        let contract = list(contract);
        let contiguous = contract.iter().enumerate().all(|(i, &offset)| i == offset);
        Self { batch: list(batch), free: list(&free), contract, contiguous }
    }
}

/// How one operand of a matrix-vector product lies in memory.
struct Lie {
    /// It has a free axis, and its contracted axis comes before that.
    contract_first: bool,
    has_free: bool,
}

fn lie(x: &ShapedArray, batch: &[usize], contract: &[usize]) -> Lie {
    let free = (0..x.ndim()).find(|axis| !batch.contains(axis) && !contract.contains(axis));
    let contract_first = free.is_some_and(|free| contract.first().is_some_and(|&first| first < free));
    Lie { contract_first, has_free: free.is_some() }
}

impl Dot {
    pub fn new(dims: &DotDims, lhs: &ShapedArray, rhs: &ShapedArray) -> Self {
        let left = Offsets::new(lhs, &dims.lhs_batch, &dims.lhs_contract);
        let right = Offsets::new(rhs, &dims.rhs_batch, &dims.rhs_contract);
        let lies = [lie(lhs, &dims.lhs_batch, &dims.lhs_contract), lie(rhs, &dims.rhs_batch, &dims.rhs_contract)];
        let order = order(&left, &right, &lies);
        Self { lhs: left, rhs: right, order }
    }

    pub fn run(&self, lhs: &[f32], rhs: &[f32], out: &mut [f32]) {
        let columns = self.rhs.free.len();
        let mut at = 0;
        for (&lhs_batch, &rhs_batch) in self.lhs.batch.iter().zip(&self.rhs.batch) {
            for (i, &lhs_free) in self.lhs.free.iter().enumerate() {
                for (j, &rhs_free) in self.rhs.free.iter().enumerate() {
                    let (x, y) = (&lhs[lhs_batch + lhs_free..], &rhs[rhs_batch + rhs_free..]);
                    out[at + j] = ftz(self.element(x, y, i, j));
                }
                at += columns;
            }
        }
    }

    fn element(&self, x: &[f32], y: &[f32], i: usize, j: usize) -> f32 {
        let terms = self.lhs.contract.len();
        if self.lhs.contiguous && self.rhs.contiguous {
            let (x, y) = (&x[..terms], &y[..terms]);
            return self.sum(terms, i, j, |k| (x[k], y[k]));
        }
        self.sum(terms, i, j, |k| (x[self.lhs.contract[k]], y[self.rhs.contract[k]]))
    }

    #[inline]
    fn sum(&self, terms: usize, i: usize, j: usize, term: impl Fn(usize) -> (f32, f32)) -> f32 {
        match self.order {
            Order::Chain => chain(0..terms, &term),
            Order::Rows { left } => {
                let (row, rows) = if left { (i, self.lhs.free.len()) } else { (j, self.rhs.free.len()) };
                lanes(terms, row < rows / LANES * LANES, &term)
            }
            Order::TwoColumns { left } => {
                let column = if left { i } else { j };
                if column == 0 { rounded_start(terms, &term) } else { chain(0..terms, &term) }
            }
            Order::OneColumn => {
                let mut sum = WindowSum::new(terms);
                for k in 0..terms {
                    let (x, y) = term(k);
                    sum.add(x * y);
                }
                sum.finish()
            }
        }
    }
}

fn order(lhs: &Offsets, rhs: &Offsets, [left, right]: &[Lie; 2]) -> Order {
    let terms = lhs.contract.len();
    let (m, n) = (lhs.free.len(), rhs.free.len());
    if m > 1 && n > 1 {
        return Order::Chain;
    }
    // the matrix is the operand with more than one free index, or, where neither has, the one that has a free axis at all
    let matrix_left = m > 1 || (n == 1 && left.has_free && !(right.has_free && left.contract_first));
    let (matrix, size) = if matrix_left { (left, m) } else { (right, n) };
    match (matrix.contract_first, size) {
        (false, rows) if rows > 1 && terms >= LANES => Order::Rows { left: matrix_left },
        (true, 2) if terms > 2 => Order::TwoColumns { left: matrix_left },
        (true, 1) if terms > WINDOW => Order::OneColumn,
        _ => Order::Chain,
    }
}

#[inline]
fn chain(mut range: std::ops::Range<usize>, term: &impl Fn(usize) -> (f32, f32)) -> f32 {
    let Some(first) = range.next() else { return 0.0 };
    let (x, y) = term(first);
    range.fold(x * y, |acc, k| {
        let (x, y) = term(k);
        mul_add(x, y, acc)
    })
}

/// Eight sums over blocks of eight columns, a tree over the eight (in complete groups of eight rows neighbours first, in the
/// rows left over halves first), and a chain of its own for the columns left over.
fn lanes(terms: usize, complete: bool, term: &impl Fn(usize) -> (f32, f32)) -> f32 {
    let blocks = terms / LANES * LANES;
    let mut v = [0.0f32; LANES];
    for block in (0..blocks).step_by(LANES) {
        for (lane, sum) in v.iter_mut().enumerate() {
            let (x, y) = term(block + lane);
            *sum = mul_add(x, y, *sum);
        }
    }
    let tree = if complete {
        ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]))
    } else {
        ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]))
    };
    let rest = (blocks..terms).fold(0.0, |acc, k| {
        let (x, y) = term(k);
        mul_add(x, y, acc)
    });
    tree + rest
}

/// A chain whose second to eighth products are rounded before they are added.
fn rounded_start(terms: usize, term: &impl Fn(usize) -> (f32, f32)) -> f32 {
    let (x, y) = term(0);
    (1..terms).fold(x * y, |acc, k| {
        let (x, y) = term(k);
        if k < LANES { acc + x * y } else { mul_add(x, y, acc) }
    })
}

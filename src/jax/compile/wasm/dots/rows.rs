//! Matrices times vectors whose terms lie side by side: rows of the result in the lanes of a register.

use crate::jax::kernel::dot;

use super::super::code::{Address, Code, LANES, Register};
use super::super::lanes::{Element, Home, Lanes};

/// Rows of up to this many blocks of eight terms are written without a loop along them.
const MOST_BLOCKS: usize = 16;

/// A matrix times a vector.
pub(super) struct MatrixVector {
    /// Where the matrix begins.
    pub matrix: Address,
    /// Where the vector begins.
    pub vector: Address,
    /// Where the result goes.
    pub to: Address,
    /// Rows of the matrix.
    pub rows: usize,
    /// Columns of the matrix: the terms of a result.
    pub terms: usize,
    /// Words from row to row.
    pub step: usize,
}

/// A matrix of few columns times a vector: four rows side by side.
pub(super) fn short_rows(code: &mut Code, product: &MatrixVector) {
    let &MatrixVector { matrix, vector, to, rows, terms, step } = product;
    let y: Vec<Register> = (0..terms).map(|k| code.load_splat(vector.plus(k))).collect();
    let (reads, writes) = (code.pointer(matrix), code.pointer(to));
    let block = |code: &mut Code, count: usize| {
        let mut lanes = Lanes::default();
        let len = (count - 1) * step + terms;
        let value = lanes.define(Home::Kept(Address { pointer: reads, words: 0 }, len));
        let mut sum = None;
        for (k, &y) in y.iter().enumerate() {
            let quad = std::array::from_fn(|row| (row < count).then_some(Element { value, index: row * step + k }));
            let x = lanes.gather(code, quad);
            sum = Some(match sum {
                None => code.first_term(x, y, terms),
                Some(sum) => code.fma(x, y, sum, count),
            });
        }
        let sum = sum.unwrap_or_else(|| code.splat(0));
        let sum = code.ftz(sum);
        code.store(Address { pointer: writes, words: 0 }, sum, count);
    };
    code.repeat(rows / LANES, |code| {
        block(code, LANES);
        code.advance(reads, LANES * step);
        code.advance(writes, LANES);
    });
    if rows % LANES > 0 {
        block(code, rows % LANES);
    }
}

/// A matrix times a vector, with eight sums side by side for each row and a tree over them; four rows at a time.
pub(super) fn long_rows(code: &mut Code, product: &MatrixVector) {
    let &MatrixVector { matrix, to, rows, step, .. } = product;
    let (reads, writes) = (code.pointer(matrix), code.pointer(to));
    let block = |code: &mut Code, count: usize, complete: bool| {
        let sum = four_rows(code, product, Address { pointer: reads, words: 0 }, count, complete);
        code.store(Address { pointer: writes, words: 0 }, sum, count);
        code.advance(reads, count * step);
        code.advance(writes, count);
    };
    let complete = rows / dot::PARTIAL_SUMS * dot::PARTIAL_SUMS;
    code.repeat(complete / LANES, |code| block(code, LANES, true));
    let left = rows - complete;
    for start in (0..left).step_by(LANES) {
        block(code, LANES.min(left - start), false);
    }
}

/// The results of the next `count` rows, up to four, side by side; `matrix` is where they begin.
fn four_rows(code: &mut Code, product: &MatrixVector, matrix: Address, count: usize, complete: bool) -> Register {
    let &MatrixVector { vector, terms, step, .. } = product;
    let row = |row: usize| matrix.plus(row.min(count - 1) * step);
    let zero = code.splat(0);
    let sums: Vec<[Register; 2]> = (0..LANES).map(|_| [code.copy(zero), code.copy(zero)]).collect();
    let columns = |code: &mut Code, rows: &dyn Fn(usize) -> Address, factors: Address| {
        for half in [0, 1] {
            let y = code.load(factors.plus(half * LANES));
            for (i, sums) in sums.iter().enumerate() {
                let x = code.load(rows(i).plus(half * LANES));
                let next = code.fma(x, y, sums[half], LANES);
                code.carry(sums[half], next);
            }
        }
    };
    let blocks = terms / dot::PARTIAL_SUMS;
    if blocks <= MOST_BLOCKS {
        for block in (0..blocks).map(|block| block * dot::PARTIAL_SUMS) {
            columns(code, &|i| row(i).plus(block), vector.plus(block));
        }
    } else {
        let (reads, factors) = (code.pointer(matrix), code.pointer(vector));
        let read = |i: usize| Address { pointer: reads, words: i.min(count - 1) * step };
        code.repeat(blocks, |code| {
            columns(code, &read, Address { pointer: factors, words: 0 });
            code.advance(reads, dot::PARTIAL_SUMS);
            code.advance(factors, dot::PARTIAL_SUMS);
        });
    }
    let tree = if complete { neighbours_first(code, &sums) } else { halves_first(code, &sums) };
    let mut tail = zero;
    for k in terms / dot::PARTIAL_SUMS * dot::PARTIAL_SUMS..terms {
        let first = code.load_splat(row(0).plus(k));
        let x = (1..LANES).fold(first, |x, lane| code.load_lane(row(lane).plus(k), x, lane as u8));
        let y = code.load_splat(vector.plus(k));
        tail = if k % dot::PARTIAL_SUMS == 0 { code.first_term(x, y, 2) } else { code.fma(x, y, tail, count) };
    }
    let sum = code.add(tree, tail);
    code.ftz(sum)
}

/// Lanes 0, 2 of the first register and of the second, plus lanes 1, 3.
fn pairs(code: &mut Code, a: Register, b: Register) -> Register {
    let (even, odd) = (code.shuffle(a, b, [0, 2, 4, 6]), code.shuffle(a, b, [1, 3, 5, 7]));
    code.add(even, odd)
}

/// `((v0+v1)+(v2+v3))+((v4+v5)+(v6+v7))` for each of four rows.
fn neighbours_first(code: &mut Code, sums: &[[Register; 2]]) -> Register {
    let rows: Vec<Register> = sums.iter().map(|&[low, high]| pairs(code, low, high)).collect();
    let (a, b) = (pairs(code, rows[0], rows[1]), pairs(code, rows[2], rows[3]));
    pairs(code, a, b)
}

/// `((v0+v4)+(v2+v6))+((v1+v5)+(v3+v7))` for each of four rows.
fn halves_first(code: &mut Code, sums: &[[Register; 2]]) -> Register {
    let rows: Vec<Register> = sums.iter().map(|&[low, high]| code.add(low, high)).collect();
    let halves = |code: &mut Code, a: Register, b: Register| {
        // lanes 0, 1 of both and lanes 2, 3 of both
        let (low, high) = (code.shuffle(a, b, [0, 1, 4, 5]), code.shuffle(a, b, [2, 3, 6, 7]));
        code.add(low, high)
    };
    let (a, b) = (halves(code, rows[0], rows[1]), halves(code, rows[2], rows[3]));
    pairs(code, a, b)
}

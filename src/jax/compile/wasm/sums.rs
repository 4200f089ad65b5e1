//! Sums: [`WindowSum`], the order of additions of long ones while code is written, and loops over large arrays.

use super::super::super::core::DType;
use super::super::super::kernel::sums::{Combine, Reduction, WINDOW};
use super::super::super::kernel::walk::strides;
use super::super::plan::Step;
use super::code::{Address, Code, LANES, Pointer, Register};

/// Adds up a known number of terms in windows of [`WINDOW`], as [`super::super::super::kernel::sums::WindowSum`] does, while the code is written:
/// which terms are added to which sum is known then.
#[derive(Debug)]
pub struct WindowSum {
    sums: Vec<Register>,
    /// Terms in the open window of each level, padding included.
    filled: Vec<usize>,
    zero: Register,
}

impl WindowSum {
    /// For exactly `terms` terms; for 0, any number, from first to last without windows.
    pub fn new(code: &mut Code, terms: usize) -> Self {
        let zero = code.splat(0);
        let (mut filled, mut count) = (Vec::new(), terms);
        while count > WINDOW {
            filled.push((WINDOW - count % WINDOW) % WINDOW / 2);
            count = count.div_ceil(WINDOW);
        }
        filled.push(0);
        Self { sums: vec![zero; filled.len()], filled, zero }
    }

    /// The next term.
    pub fn add(&mut self, code: &mut Code, term: Register) {
        self.add_at(code, 0, term);
    }

    fn add_at(&mut self, code: &mut Code, level: usize, term: Register) {
        self.sums[level] = code.add(self.sums[level], term);
        self.filled[level] += 1;
        if level + 1 < self.sums.len() && self.filled[level] == WINDOW {
            self.close(code, level);
        }
    }

    fn close(&mut self, code: &mut Code, level: usize) {
        let carry = std::mem::replace(&mut self.sums[level], self.zero);
        self.filled[level] = 0;
        self.add_at(code, level + 1, carry);
    }

    /// The sum of all terms.
    pub fn finish(mut self, code: &mut Code) -> Register {
        for level in 0..self.sums.len() - 1 {
            if self.filled[level] > 0 {
                self.close(code, level);
            }
        }
        self.sums[self.sums.len() - 1]
    }
}

/// Rows of sums that are added up side by side.
const COLUMNS: usize = 4;

/// A sum as loops.
#[derive(Clone, Copy, Debug)]
pub enum Sum {
    /// Neighbours, all into one number.
    Whole(usize),
    /// The rows of a matrix added up: how many rows and columns.
    Columns(usize, usize),
}

/// How a reduction is written as loops; `None` if it is not.
pub fn sum(reduction: &Reduction) -> Option<Sum> {
    if !matches!((reduction.combine, reduction.dtype), (Combine::Sum, DType::F32)) || reduction.lanes > 1 {
        return None;
    }
    let product = |list: &[usize]| list.iter().product::<usize>();
    let (terms, sums) = (product(&reduction.gone), product(&reduction.kept));
    if sums == 1 && reduction.contiguous && reduction.windowed {
        return Some(Sum::Whole(terms));
    }
    let kept_in_order = reduction.kept_steps[0] == strides(&reduction.kept);
    let long: Vec<usize> = (0..reduction.gone.len()).filter(|&axis| reduction.gone[axis] > 1).collect();
    let rows = long.len() == 1 && reduction.gone_steps[0][long[0]] == sums;
    (kept_in_order && rows).then_some(Sum::Columns(terms, sums))
}

/// Words that the loops of a reduction use beside its result.
pub fn scratch(sum: Sum) -> usize {
    match sum {
        Sum::Whole(terms) => scratch_for(terms),
        Sum::Columns(rows, columns) => scratch_for_rows(rows, columns),
    }
}

/// Words for the sums of the windows of this many rows, on all levels but the last two, which need none.
fn scratch_for_rows(rows: usize, columns: usize) -> usize {
    let (mut words, mut count) = (0, rows);
    while count > WINDOW * WINDOW {
        count = count.div_ceil(WINDOW);
        words += words_for(count, columns);
    }
    words
}

/// Words for this many rows, with some to spare for loads that reach behind the last one.
fn words_for(rows: usize, columns: usize) -> usize {
    (rows * columns).next_multiple_of(LANES) + LANES
}

/// Words for the sums of the windows of this many terms, on all levels.
pub fn scratch_for(terms: usize) -> usize {
    let (mut words, mut count) = (0, terms);
    while count > WINDOW {
        count = count.div_ceil(WINDOW);
        words += count.next_multiple_of(LANES) + LANES;
    }
    words
}

/// Writes a reduction as loops.
pub fn write(code: &mut Code, sum: Sum, step: &Step, scratch: Address) {
    let (from, to) = (Address::arena(step.inputs[0].start), Address::arena(step.output.start));
    match sum {
        Sum::Whole(terms) => {
            let sum = windowed(code, from, terms, scratch);
            let sum = code.ftz(sum);
            code.store(to, sum, 1);
        }
        Sum::Columns(rows, columns) => add_rows(code, from, to, [rows, columns], scratch),
    }
}

/// The sum of neighbours in memory, in the order of [`WindowSum`], in the first lane.
pub fn windowed(code: &mut Code, from: Address, terms: usize, scratch: Address) -> Register {
    if terms <= WINDOW {
        return in_order(code, from, terms);
    }
    let first = first_window(terms);
    let windows = terms.div_ceil(WINDOW);
    let full = (terms - first) / WINDOW;
    let last = (terms - first) % WINDOW;
    let sum = in_order(code, from, first);
    code.store(scratch, sum, 1);
    let (reads, writes) = (code.pointer(from.plus(first)), code.pointer(scratch.plus(1)));
    let (read, write) = (Address { pointer: reads, words: 0 }, Address { pointer: writes, words: 0 });
    code.repeat(full / LANES, |code| {
        let sums = four_windows(code, read);
        code.store(write, sums, LANES);
        code.advance(reads, LANES * WINDOW);
        code.advance(writes, LANES);
    });
    for window in 0..full % LANES {
        let sum = in_order(code, read.plus(window * WINDOW), WINDOW);
        code.store(write.plus(window), sum, 1);
    }
    if last > 0 {
        let sum = in_order(code, read.plus(full % LANES * WINDOW), last);
        code.store(write.plus(full % LANES), sum, 1);
    }
    windowed(code, scratch, windows, scratch.plus(windows.next_multiple_of(LANES) + LANES))
}

/// The sum from left to right, beginning with zero.
fn in_order(code: &mut Code, from: Address, terms: usize) -> Register {
    let zero = code.splat(0);
    (0..terms).fold(zero, |sum, i| {
        let x = code.load_splat(from.plus(i));
        code.add(sum, x)
    })
}

/// The sums of four windows that follow each other, side by side.
fn four_windows(code: &mut Code, from: Address) -> Register {
    let zero = code.splat(0);
    (0..WINDOW).step_by(LANES).fold(zero, |sum, i| {
        let rows = std::array::from_fn(|window| code.load(from.plus(window * WINDOW + i)));
        transposed(code, rows).into_iter().fold(sum, |sum, column| code.add(sum, column))
    })
}

/// Four rows of four as four columns.
pub fn transposed(code: &mut Code, [a, b, c, d]: [Register; LANES]) -> [Register; LANES] {
    let (ab_low, ab_high) = (code.shuffle(a, b, [0, 4, 1, 5]), code.shuffle(a, b, [2, 6, 3, 7]));
    let (cd_low, cd_high) = (code.shuffle(c, d, [0, 4, 1, 5]), code.shuffle(c, d, [2, 6, 3, 7]));
    [
        code.shuffle(ab_low, cd_low, [0, 1, 4, 5]),
        code.shuffle(ab_low, cd_low, [2, 3, 6, 7]),
        code.shuffle(ab_high, cd_high, [0, 1, 4, 5]),
        code.shuffle(ab_high, cd_high, [2, 3, 6, 7]),
    ]
}

/// Adds up the rows of a matrix.
fn add_rows(code: &mut Code, from: Address, to: Address, [rows, columns]: [usize; 2], scratch: Address) {
    if rows <= WINDOW * WINDOW {
        return add_some_rows(code, from, to, [rows, columns], true);
    }
    let (reads, writes) = (code.pointer(from), code.pointer(scratch));
    let window = |code: &mut Code, rows: usize| {
        let (from, to) = (Address { pointer: reads, words: 0 }, Address { pointer: writes, words: 0 });
        add_some_rows(code, from, to, [rows, columns], false);
        code.advance(reads, rows * columns);
        code.advance(writes, columns);
    };
    let first = first_window(rows);
    window(code, first);
    code.repeat((rows - first) / WINDOW, |code| window(code, WINDOW));
    if !(rows - first).is_multiple_of(WINDOW) {
        window(code, (rows - first) % WINDOW);
    }
    let windows = rows.div_ceil(WINDOW);
    add_rows(code, scratch, to, [windows, columns], scratch.plus(words_for(windows, columns)));
}

/// Rows in the first window of more than [`WINDOW`]: those that the padding leaves.
fn first_window(rows: usize) -> usize {
    WINDOW - (WINDOW - rows % WINDOW) % WINDOW / 2
}

/// Adds up at most [`WINDOW`]² rows, some registers of columns at a time: windows of rows, then the windows. Subnormal sums count as zero if that
/// is the `last` level.
fn add_some_rows(code: &mut Code, from: Address, to: Address, [rows, columns]: [usize; 2], last: bool) {
    let (reads, writes) = (code.pointer(from), code.pointer(to));
    let wide = COLUMNS * LANES;
    code.repeat(columns / wide, |code| {
        add_rows_of(code, [reads, writes], [rows, columns], wide, last);
        code.advance(reads, wide);
        code.advance(writes, wide);
    });
    for start in (0..columns % wide).step_by(LANES) {
        let count = LANES.min(columns % wide - start);
        add_rows_of(code, [reads, writes], [rows, columns], count, last);
        code.advance(reads, count);
        code.advance(writes, count);
    }
}

/// Adds up rows along the next `count` columns.
fn add_rows_of(code: &mut Code, [reads, writes]: [Pointer; 2], [rows, columns]: [usize; 2], count: usize, last: bool) {
    let zero = code.splat(0);
    let registers = count.div_ceil(LANES);
    let row = code.pointer(Address { pointer: reads, words: 0 });
    let sums: Vec<Register> = (0..registers).map(|_| code.copy(zero)).collect();
    let totals: Vec<Register> = (0..registers).map(|_| code.copy(zero)).collect();
    let window = |code: &mut Code, rows: usize| {
        for &sum in &sums {
            code.carry(sum, zero);
        }
        code.repeat(rows, |code| {
            for (i, &sum) in sums.iter().enumerate() {
                let x = code.load(Address { pointer: row, words: i * LANES });
                let next = code.add(sum, x);
                code.carry(sum, next);
            }
            code.advance(row, columns);
        });
        for (&sum, &total) in sums.iter().zip(&totals) {
            let next = code.add(total, sum);
            code.carry(total, next);
        }
    };
    let first = if rows > WINDOW { first_window(rows) } else { rows };
    window(code, first);
    code.repeat((rows - first) / WINDOW, |code| window(code, WINDOW));
    if (rows - first) % WINDOW > 0 {
        window(code, (rows - first) % WINDOW);
    }
    for (i, &total) in totals.iter().enumerate() {
        let total = if last { code.ftz(total) } else { total };
        code.store(Address { pointer: writes, words: i * LANES }, total, LANES.min(count - i * LANES));
    }
}

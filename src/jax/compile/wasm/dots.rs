//! Dot products of large operands as loops. Result elements are computed side by side in registers, so that their chains of dependent operations
//! overlap; the order of additions within each is the kernel's ([`super::super::super::kernel::dot`]).

pub mod interleaved;
mod rows;

use self::rows::{MatrixVector, long_rows, short_rows};
use super::super::super::kernel::dot::{self, Dot, Lie, Order};
use super::super::super::kernel::library::{Additions, MOST_SUMS};
use super::super::plan::Step;
use super::code::{Address, Code, LANES, Pointer, Register};
use super::sums::{scratch_for, transposed, windowed};

/// Rows of up to this many terms are computed four at a time without a loop along them.
const SHORT: usize = 16;
/// Result rows that a tile takes together.
const TILE_ROWS: usize = 6;
/// Parts of the terms that are written one after the other.
const MOST_PARTS: usize = 6;
/// Terms that one turn of the innermost loop takes.
const UNROLLED: usize = 4;

/// A dot product as loops.
#[derive(Clone, Copy, Debug)]
pub enum Product {
    /// The wide operand's elements of one term lie side by side: at these distances from term to term in both operands.
    Columns(usize, usize),
    /// The terms of one result element lie side by side, rows at this distance; few terms and one result row.
    ShortRows(usize),
    /// The same with eight sums side by side.
    Rows(usize),
    /// The same for several result rows: first turned into columns.
    Turned(usize),
    /// Two long vectors.
    Windows,
}

/// How a dot product is written as loops; `None` if it is not.
pub fn product(dot: &Dot) -> Option<Product> {
    let even = |list: &[usize]| {
        let step = list.get(1).copied().unwrap_or(0);
        list.iter().enumerate().all(|(i, &offset)| offset == i * step)
    };
    if dot.wide.batch.len() != 1 || !even(&dot.narrow.free) || dot.wide.contract.is_empty() {
        return None;
    }
    let terms = dot.wide.contract.len();
    match (dot.order, dot.lie) {
        (Order::Windows, Lie::Rows(_)) => Some(Product::Windows),
        (Order::Rows, Lie::Rows(step)) => Some(Product::Rows(step)),
        (Order::Chain | Order::LooseColumn(_), Lie::Columns(step, vector_step)) => {
            Some(Product::Columns(step, vector_step))
        }
        (Order::Chain, Lie::Rows(step)) if dot.narrow.free.len() == 1 && terms <= SHORT => {
            Some(Product::ShortRows(step))
        }
        (Order::Chain, Lie::Rows(step)) => Some(Product::Turned(step)),
        (Order::Library(additions), lie) if additions.parts(terms).count() <= MOST_PARTS => match lie {
            Lie::Columns(step, vector_step) => Some(Product::Columns(step, vector_step)),
            Lie::Rows(step) => Some(Product::Turned(step)),
            Lie::Scattered => None,
        },
        _ => None,
    }
}

/// Words that the loops of a dot product use beside its result.
pub fn scratch(product: Product, dot: &Dot) -> usize {
    let terms = dot.wide.contract.len();
    match product {
        Product::Turned(_) => terms * dot.wide.free.len().next_multiple_of(LANES) + LANES,
        Product::Windows => terms.next_multiple_of(LANES) + scratch_for(terms),
        Product::Columns(..) | Product::ShortRows(_) | Product::Rows(_) => 0,
    }
}

/// Writes a dot product as loops.
pub fn write(code: &mut Code, product: Product, dot: &Dot, step: &Step, scratch: Address) {
    let (left, right) = (Address::arena(step.inputs[0].start), Address::arena(step.inputs[1].start));
    let (wide, narrow) = if dot.wide_left { (left, right) } else { (right, left) };
    let to = Address::arena(step.output.start);
    let terms = dot.wide.contract.len();
    let columns = dot.wide.free.len();
    let rows = dot.narrow.free.len();
    let row_step = dot.narrow.free.get(1).copied().unwrap_or(0);
    let loose = if let Order::LooseColumn(column) = dot.order { Some(column) } else { None };
    let unblocked = dot.unblocked() < columns;
    let library = if let Order::Library(additions) = dot.order { Some(additions) } else { None };
    let loops = |wide, step, vector_step| ColumnLoops {
        wide,
        narrow,
        to,
        terms,
        columns,
        rows,
        step,
        vector_step,
        row_step,
        loose,
        unblocked,
        library,
    };
    match product {
        Product::Columns(step, vector_step) => loops(wide, step, vector_step).write(code),
        Product::Turned(step) => {
            let width = columns.next_multiple_of(LANES);
            turn(code, wide, scratch, [columns, terms], [step, width]);
            loops(scratch, width, 1).write(code);
        }
        Product::ShortRows(step) => {
            short_rows(code, &MatrixVector { matrix: wide, vector: narrow, to, rows: columns, terms, step });
        }
        Product::Rows(step) => {
            long_rows(code, &MatrixVector { matrix: wide, vector: narrow, to, rows: columns, terms, step });
        }
        Product::Windows => {
            let (x, y, products) = (code.pointer(wide), code.pointer(narrow), code.pointer(scratch));
            code.repeat(terms.div_ceil(LANES), |code| {
                let [a, b] = [x, y].map(|pointer| code.load(Address { pointer, words: 0 }));
                let product = code.mul(a, b);
                let product = code.ftz(product);
                code.store(Address { pointer: products, words: 0 }, product, LANES);
                for pointer in [x, y, products] {
                    code.advance(pointer, LANES);
                }
            });
            let sum = windowed(code, scratch, terms, scratch.plus(terms.next_multiple_of(LANES)));
            let sum = code.ftz(sum);
            code.store(to, sum, 1);
        }
    }
}

/// The loops of [`Product::Columns`]; all distances in words.
struct ColumnLoops {
    wide: Address,
    narrow: Address,
    to: Address,
    terms: usize,
    columns: usize,
    rows: usize,
    /// From term to term in the wide operand.
    step: usize,
    /// From term to term in the narrow operand.
    vector_step: usize,
    /// From result row to result row in the narrow operand.
    row_step: usize,
    /// The column in which some products are rounded before they are added.
    loose: Option<usize>,
    /// Whether sums beside blocks of eight columns begin with their first product.
    unblocked: bool,
    /// How a library adds, if that is the order.
    library: Option<Additions>,
}

/// Where a tile's operands and results begin.
#[derive(Clone, Copy)]
struct Tile {
    wide: Pointer,
    narrow: Pointer,
    to: Pointer,
    rows: usize,
}

impl ColumnLoops {
    fn write(&self, code: &mut Code) {
        let (narrow, to) = (code.pointer(self.narrow), code.pointer(self.to));
        let chains = self.chains();
        let together = if chains == MOST_SUMS { TILE_ROWS / 2 } else { TILE_ROWS };
        code.repeat(self.rows / together, |code| {
            self.rows_of(code, narrow, to, together);
            code.advance(narrow, together * self.row_step);
            code.advance(to, together * self.columns);
        });
        code.repeat(self.rows % together, |code| {
            self.rows_of(code, narrow, to, 1);
            code.advance(narrow, self.row_step);
            code.advance(to, self.columns);
        });
    }

    /// Chains of additions of each result element.
    fn chains(&self) -> usize {
        self.library.map_or(1, |additions| additions.sums)
    }

    /// Some result rows: tile after tile along the columns, as wide as there are registers for, the loose column in a tile with fixed place.
    fn rows_of(&self, code: &mut Code, narrow: Pointer, to: Pointer, rows: usize) {
        let tile =
            Tile { wide: code.pointer(self.wide), narrow, to: code.pointer(Address { pointer: to, words: 0 }), rows };
        let mut left = self.columns;
        let widths = match (rows, self.chains()) {
            (1, 1) => &[32, 16, 8, 4][..],
            (_, 1) | (1, _) => &[8, 4],
            _ => &[4],
        };
        for width in widths {
            // a loose column is the first of two or the last one: never in a full tile
            code.repeat(left / width, |code| {
                self.tile(code, tile, *width, None, self.unblocked && *width < dot::PARTIAL_SUMS);
                code.advance(tile.wide, *width);
                code.advance(tile.to, *width);
            });
            left %= width;
        }
        if left > 0 {
            let loose = self.loose.and_then(|column| column.checked_sub(self.columns - left));
            self.tile(code, tile, left, loose, self.unblocked);
        }
    }

    /// One tile of up to as many columns as one row has registers for.
    fn tile(&self, code: &mut Code, tile: Tile, columns: usize, loose: Option<usize>, from_product: bool) {
        if let Some(additions) = self.library {
            return self.interleaved(code, additions, tile, columns);
        }
        let wide = code.pointer(Address { pointer: tile.wide, words: 0 });
        let narrow = code.pointer(Address { pointer: tile.narrow, words: 0 });
        let registers = columns.div_ceil(LANES);
        let width = LANES.min(columns);
        let factor = |code: &mut Code, term: usize, row: usize| {
            code.load_splat(Address { pointer: narrow, words: term * self.vector_step + row * self.row_step })
        };
        let column = |code: &mut Code, term: usize, i: usize| {
            code.load(Address { pointer: wide, words: term * self.step + i * LANES })
        };
        let factors =
            |code: &mut Code, term: usize| (0..tile.rows).map(|row| factor(code, term, row)).collect::<Vec<_>>();
        // each column is loaded just before it is used, so that the registers of the processor are left to the sums
        let mut sums = vec![code.splat(0); tile.rows * registers];
        let y = factors(code, 0);
        for i in 0..registers {
            let x = column(code, 0, i);
            for (row, &y) in y.iter().enumerate() {
                sums[row * registers + i] = code.first_term(x, y, if from_product { 1 } else { self.terms });
            }
        }
        let term = |code: &mut Code, at: usize| {
            let add = |code: &mut Code, x: Register, y: Register, sum: Register| {
                let next = code.fma(x, y, sum, width);
                code.carry(sum, next);
            };
            if tile.rows == 1 {
                let y = factor(code, at, 0);
                for (i, &sum) in sums.iter().enumerate() {
                    let x = column(code, at, i);
                    add(code, x, y, sum);
                }
                return;
            }
            let x: Vec<Register> = (0..registers).map(|i| column(code, at, i)).collect();
            for (row, sums) in sums.chunks(registers).enumerate() {
                let y = factor(code, at, row);
                for (&x, &sum) in x.iter().zip(sums) {
                    add(code, x, y, sum);
                }
            }
        };
        let mut done = 1;
        if let Some(lane) = loose {
            done = dot::PARTIAL_SUMS.min(self.terms);
            let terms = |code: &mut Code, at: usize| (column(code, at, 0), factor(code, at, 0));
            loose_terms(code, terms, sums[0], lane, done);
        }
        let advance = |code: &mut Code, terms: usize| {
            code.advance(wide, terms * self.step);
            code.advance(narrow, terms * self.vector_step);
        };
        advance(code, done);
        let left = self.terms - done;
        code.repeat(left / UNROLLED, |code| {
            (0..UNROLLED).for_each(|at| term(code, at));
            advance(code, UNROLLED);
        });
        (0..left % UNROLLED).for_each(|at| term(code, at));
        self.store(code, tile, columns, &sums);
    }

    fn store(&self, code: &mut Code, tile: Tile, columns: usize, sums: &[Register]) {
        let registers = columns.div_ceil(LANES);
        for (i, &sum) in sums.iter().enumerate() {
            let (row, at) = (i / registers, i % registers * LANES);
            let sum = code.ftz(sum);
            code.store(Address { pointer: tile.to, words: row * self.columns + at }, sum, LANES.min(columns - at));
        }
    }
}

/// Terms 1 to `end` of a tile of one register, in which one column's products are rounded before they are added.
fn loose_terms(
    code: &mut Code,
    terms: impl Fn(&mut Code, usize) -> (Register, Register),
    sum: Register,
    column: usize,
    end: usize,
) {
    let (mut fused, mut rounded) = (sum, sum);
    for at in 1..end {
        let (x, y) = terms(code, at);
        let product = code.mul(x, y);
        rounded = code.add(rounded, product);
        fused = code.fma(x, y, fused, LANES);
    }
    let lanes = std::array::from_fn(|lane| if lane == column { lane + LANES } else { lane } as u8);
    let merged = code.shuffle(fused, rounded, lanes);
    code.carry(sum, merged);
}

/// Writes the rows of a matrix as columns: `rows` rows of `terms` words at `step` words from each other become `terms` rows of
/// `width` words.
fn turn(code: &mut Code, from: Address, to: Address, [rows, terms]: [usize; 2], [step, width]: [usize; 2]) {
    let (reads, writes) = (code.pointer(from), code.pointer(to));
    let block = |code: &mut Code, rows: usize| {
        let (read, write) =
            (code.pointer(Address { pointer: reads, words: 0 }), code.pointer(Address { pointer: writes, words: 0 }));
        let four = |code: &mut Code, count: usize| {
            let lines =
                std::array::from_fn(|row| code.load(Address { pointer: read, words: row.min(rows - 1) * step }));
            for (i, column) in transposed(code, lines).into_iter().enumerate().take(count) {
                code.store(Address { pointer: write, words: i * width }, column, LANES);
            }
        };
        code.repeat(terms / LANES, |code| {
            four(code, LANES);
            code.advance(read, LANES);
            code.advance(write, LANES * width);
        });
        if terms % LANES > 0 {
            four(code, terms % LANES);
        }
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

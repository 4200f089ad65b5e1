//! Dot products of members ([`super::super::super::kernel::ensemble`]) as loops: four members in a register, some result elements side by side, so that
//! their chains of dependent operations overlap. The order of additions within each is the kernel's.

use super::super::super::kernel::dot::{self, Order};
use super::super::super::kernel::ensemble::DotOfMembers;
use super::super::plan::Step;
use super::code::{Address, Code, LANES, Pointer, Register};

/// Sums that are held in registers.
const MOST_SUMS: usize = 8;
/// Terms that one turn of the innermost loop takes.
const UNROLLED: usize = 4;

/// Dot products of members as loops; all distances in words.
#[derive(Debug)]
pub struct Products {
    /// Whether the wide operand is the left one.
    wide_left: bool,
    order: Order,
    terms: usize,
    /// The column from which on sums begin with their first product.
    unblocked: usize,
    rows: usize,
    columns: usize,
    /// Registers for the members of one result element.
    registers: usize,
    wide: Side,
    narrow: Side,
}

/// How an operand lies.
#[derive(Clone, Copy, Debug)]
struct Side {
    mapped: bool,
    /// From term to term.
    term: usize,
    /// From result element to result element.
    element: usize,
}

impl Side {
    fn new(contract: &[usize], free: &[usize], mapped: bool, members: usize) -> Option<Self> {
        let by = if mapped { members } else { 1 };
        Some(Self { mapped, term: even(contract)? * by, element: even(free)? * by })
    }

    /// Term `term` of the members of register `register`.
    fn load(self, code: &mut Code, from: Address, register: usize) -> Register {
        if self.mapped { code.load(from.plus(register * LANES)) } else { code.load_splat(from) }
    }
}

/// The distance between neighbours, if it is the same for all.
fn even(list: &[usize]) -> Option<usize> {
    let step = list.get(1).copied().unwrap_or(0);
    list.iter().enumerate().all(|(i, &offset)| offset == i * step).then_some(step)
}

/// How the dot products are written as loops; `None` if they are not.
pub fn products(dots: &DotOfMembers) -> Option<Products> {
    let (wide, narrow) = (&dots.dot.wide, &dots.dot.narrow);
    let registers = dots.members / LANES;
    let fits = dots.members.is_multiple_of(LANES) && (1..=MOST_SUMS / 4).contains(&registers);
    let sums = if dots.dot.order == Order::Rows { dot::PARTIAL_SUMS * registers } else { registers };
    if !fits
        || wide.batch.len() != 1
        || wide.contract.is_empty()
        || matches!(dots.dot.order, Order::Windows | Order::Library(_) | Order::Tiles)
        || sums > MOST_SUMS
    {
        return None;
    }
    Some(Products {
        wide_left: dots.dot.wide_left,
        order: dots.dot.order,
        terms: wide.contract.len(),
        unblocked: dots.dot.unblocked(),
        rows: narrow.free.len(),
        columns: wide.free.len(),
        registers,
        wide: Side::new(&wide.contract, &wide.free, dots.mapped[0], dots.members)?,
        narrow: Side::new(&narrow.contract, &narrow.free, dots.mapped[1], dots.members)?,
    })
}

/// Writes the dot products as loops.
pub fn write(code: &mut Code, products: &Products, step: &Step) {
    let (left, right) = (Address::arena(step.inputs[0].start), Address::arena(step.inputs[1].start));
    let (wide, narrow) = if products.wide_left { (left, right) } else { (right, left) };
    let (narrow, to) = (code.pointer(narrow), code.pointer(Address::arena(step.output.start)));
    code.repeat(products.rows, |code| {
        let at = Cursor { wide: code.pointer(wide), narrow, to };
        products.row(code, at);
        code.advance(narrow, products.narrow.element);
    });
}

/// Where the operands and results of the next columns begin.
#[derive(Clone, Copy)]
struct Cursor {
    wide: Pointer,
    narrow: Pointer,
    to: Pointer,
}

impl Products {
    /// One row of results.
    fn row(&self, code: &mut Code, at: Cursor) {
        if self.order == Order::Rows {
            let complete = self.columns / dot::PARTIAL_SUMS * dot::PARTIAL_SUMS;
            self.columns(code, at, complete, 1, |code, _| self.side_by_side(code, at, true));
            self.columns(code, at, self.columns - complete, 1, |code, _| self.side_by_side(code, at, false));
            return;
        }
        let most = MOST_SUMS / self.registers;
        let last = self.columns / most * most;
        // a loose column is the first of two or the last one: never in a full tile
        let loose = if let Order::LooseColumn(column) = self.order { column.checked_sub(last) } else { None };
        let blocked = self.unblocked.min(last);
        self.columns(code, at, blocked, most, |code, columns| self.chains(code, at, columns, None, false));
        self.columns(code, at, last - blocked, most, |code, columns| self.chains(code, at, columns, None, true));
        let is_product = self.unblocked < self.columns;
        self.columns(code, at, self.columns - last, most, |code, columns| {
            self.chains(code, at, columns, loose, is_product);
        });
    }

    /// The next `count` columns, up to `most` at a time, which `tile` writes.
    fn columns(&self, code: &mut Code, at: Cursor, count: usize, most: usize, tile: impl Fn(&mut Code, usize)) {
        let write = |code: &mut Code, columns: usize| {
            tile(code, columns);
            code.advance(at.wide, columns * self.wide.element);
            code.advance(at.to, columns * self.registers * LANES);
        };
        code.repeat(count / most, |code| write(code, most));
        if !count.is_multiple_of(most) {
            write(code, count % most);
        }
    }

    /// Adds term `term` after the pointers to the sums of some columns; where one is `loose`, its product is rounded before.
    /// If they `begin`, they have no sum before.
    fn add(
        &self,
        code: &mut Code,
        [wide, narrow]: [Pointer; 2],
        term: usize,
        sums: &[Register],
        loose: Option<usize>,
        begin: bool,
    ) {
        let factor = Address { pointer: narrow, words: term * self.narrow.term };
        let shared = (!self.narrow.mapped).then(|| self.narrow.load(code, factor, 0));
        for register in 0..self.registers {
            let y = shared.unwrap_or_else(|| self.narrow.load(code, factor, register));
            for (column, sum) in sums.chunks(self.registers).map(|sums| sums[register]).enumerate() {
                let from = Address { pointer: wide, words: term * self.wide.term + column * self.wide.element };
                let x = self.wide.load(code, from, register);
                let next = if loose == Some(column) && !begin {
                    let product = code.mul(x, y);
                    code.add(sum, product)
                } else if begin || self.terms == 1 {
                    code.mul(x, y)
                } else {
                    code.fma(x, y, sum, LANES)
                };
                code.carry(sum, next);
            }
        }
    }

    fn zeros(code: &mut Code, count: usize) -> Vec<Register> {
        let zero = code.splat(0);
        (0..count).map(|_| code.copy(zero)).collect()
    }

    /// Pointers of their own to where the terms begin.
    fn pointers(code: &mut Code, at: Cursor) -> [Pointer; 2] {
        [at.wide, at.narrow].map(|pointer| code.pointer(Address { pointer, words: 0 }))
    }

    fn advance(&self, code: &mut Code, [wide, narrow]: [Pointer; 2], terms: usize) {
        code.advance(wide, terms * self.wide.term);
        code.advance(narrow, terms * self.narrow.term);
    }

    fn store(code: &mut Code, at: Cursor, sums: &[Register]) {
        for (i, &sum) in sums.iter().enumerate() {
            let sum = code.ftz(sum);
            code.store(Address { pointer: at.to, words: i * LANES }, sum, LANES);
        }
    }

    /// Some columns, each product fused to the sum so far; where one is `loose`, the second to eighth one rounded before it is added.
    fn chains(&self, code: &mut Code, at: Cursor, columns: usize, loose: Option<usize>, from_product: bool) {
        let pointers = Self::pointers(code, at);
        let sums = Self::zeros(code, columns * self.registers);
        let mut left = self.terms;
        if loose.is_some() {
            let first = dot::PARTIAL_SUMS.min(left);
            (0..first).for_each(|term| {
                self.add(code, pointers, term, &sums, loose.filter(|_| term > 0), from_product && term == 0);
            });
            self.advance(code, pointers, first);
            left -= first;
        } else if from_product {
            self.add(code, pointers, 0, &sums, None, true);
            self.advance(code, pointers, 1);
            left -= 1;
        }
        code.repeat(left / UNROLLED, |code| {
            (0..UNROLLED).for_each(|term| self.add(code, pointers, term, &sums, None, false));
            self.advance(code, pointers, UNROLLED);
        });
        (0..left % UNROLLED).for_each(|term| self.add(code, pointers, term, &sums, None, false));
        Self::store(code, at, &sums);
    }

    /// One column as eight sums, a tree over them, and a chain for the terms left over: [`Order::Rows`].
    fn side_by_side(&self, code: &mut Code, at: Cursor, complete: bool) {
        let pointers = Self::pointers(code, at);
        let lanes: Vec<Vec<Register>> = (0..dot::PARTIAL_SUMS).map(|_| Self::zeros(code, self.registers)).collect();
        code.repeat(self.terms / dot::PARTIAL_SUMS, |code| {
            lanes.iter().enumerate().for_each(|(term, sums)| self.add(code, pointers, term, sums, None, false));
            self.advance(code, pointers, dot::PARTIAL_SUMS);
        });
        let tail = Self::zeros(code, self.registers);
        (0..self.terms % dot::PARTIAL_SUMS).for_each(|term| self.add(code, pointers, term, &tail, None, false));
        let order = if complete { [0, 1, 2, 3, 4, 5, 6, 7] } else { [0, 4, 2, 6, 1, 5, 3, 7] };
        let sums: Vec<Register> = (0..self.registers)
            .map(|register| {
                let tree = code.tree(&order.map(|lane| lanes[lane][register]));
                code.add(tree, tail[register])
            })
            .collect();
        Self::store(code, at, &sums);
    }
}

//! `dot_general`, with the order of additions that JAX's compiler uses on a CPU with fused multiply-add.
//!
//! Which order depends on the shapes alone ([`Order`]). A matrix times a vector runs along rows or down columns, whichever way the matrix
//! lies. Two matrices go to a library ([`library`]), unless they are small or the left one is to be read by columns: then products are added one after the
//! other. The orders were found by comparison with jax 0.10.2 on x86-64; `tests/jax/compile/` says how far they have been checked.

use std::ops::Range;

use super::super::core::{DotDims, ShapedArray};
use super::super::fma::{ftz, mul_add, mul_add_lanes};
use super::library::{self, Additions, Product, Tile};
use super::sums::{WINDOW, WindowSum};
use super::walk::{offsets, strides};

/// Columns that XLA's matrix-vector products keep in separate lanes, and rows that they take together.
pub const PARTIAL_SUMS: usize = 8;
/// Result elements of a library's product that are computed side by side.
const LANES: usize = 4;

/// The order in which the products of one result element are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Every product fused to the sum so far, which starts from zero.
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
    /// Two matrices that a library multiplies, all result elements in this way.
    Library(Additions),
    /// The same, each of [`Dot::tiles`] in a way of its own.
    Tiles,
}

/// How the wide operand lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// The terms of one result element are neighbours in both operands; the elements follow each other at this distance.
    Rows(usize),
    /// Neighbouring result elements are neighbours; the terms follow each other at the first distance, those of the narrow
    /// operand at the second.
    Columns(usize, usize),
    /// Anything else.
    Scattered,
}

/// A dot product prepared for its shapes. The side with more free indices is the `wide` one: its elements run in lanes.
#[derive(Clone, Debug)]
pub struct Dot {
    pub wide: Offsets,
    pub narrow: Offsets,
    pub wide_left: bool,
    pub lie: Lie,
    pub order: Order,
    /// What [`Order::Tiles`] is about; empty otherwise. Rows are free indices of the narrow side.
    pub tiles: Vec<Tile>,
}

/// For one operand, the offsets of its batch, free and contracted indices.
#[derive(Clone, Debug)]
pub struct Offsets {
    pub batch: Vec<usize>,
    pub free: Vec<usize>,
    pub contract: Vec<usize>,
    /// The operand has free indices, and its contracted axis comes before their axis.
    pub contract_first: bool,
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
        Self { batch: list(batch), free, contract, contract_first }
    }
}

/// The distance between neighbours, if it is the same for all; 1 for a single one.
fn step(list: &[usize]) -> Option<usize> {
    let step = list.get(1).copied().unwrap_or(1);
    list.iter().enumerate().all(|(i, &offset)| offset == i * step).then_some(step)
}

impl Dot {
    /// From which column on the sums of a vector times a matrix begin with their first product, so that zeros keep their sign: LLVM takes the columns
    /// beside blocks of eight one by one, and has no zero to begin with there.
    pub fn unblocked(&self) -> usize {
        let is_vector = self.narrow.free.len() == 1 && self.narrow.batch.len() == 1;
        let columns = self.wide.free.len();
        if is_vector && matches!(self.lie, Lie::Columns(..)) { columns / PARTIAL_SUMS * PARTIAL_SUMS } else { columns }
    }

    pub fn new(dims: &DotDims, lhs: &ShapedArray, rhs: &ShapedArray) -> Self {
        let left = Offsets::new(lhs, &dims.lhs_batch, &dims.lhs_contract);
        let right = Offsets::new(rhs, &dims.rhs_batch, &dims.rhs_contract);
        // of two matrices the right one is wide, so that the result is written in order
        let wide_left = right.free.len() == 1 && left.free.len() > 1;
        let (wide, narrow) = if wide_left { (left, right) } else { (right, left) };
        let steps = [&wide.free, &wide.contract, &narrow.contract].map(|list| step(list));
        let lie = match steps {
            [Some(free), Some(1), Some(1)] => Lie::Rows(free.max(wide.contract.len())),
            [Some(1), Some(contract), Some(vector)] if contract >= wide.free.len() => Lie::Columns(contract, vector),
            _ => Lie::Scattered,
        };
        let (order, tiles) = match by_library(dims, lhs, rhs) {
            None => (order(&wide, &narrow, lie), Vec::new()),
            Some(tiles) => {
                let same = tiles.iter().all(|tile| tile.additions == tiles[0].additions);
                match tiles.first().filter(|_| same).map(|tile| tile.additions) {
                    Some(additions) if additions.are_a_chain(wide.contract.len()) => (Order::Chain, Vec::new()),
                    Some(additions) => (Order::Library(additions), Vec::new()),
                    None => (Order::Tiles, tiles),
                }
            }
        };
        Self { wide, narrow, wide_left, lie, order, tiles }
    }

    /// How the products of the result element in this row and column are added, if a library does it.
    pub fn additions(&self, row: usize, column: usize) -> Option<Additions> {
        let tile = || self.tiles.iter().find(|tile| tile.rows.contains(&row) && tile.columns.contains(&column));
        if let Order::Library(additions) = self.order { Some(additions) } else { tile().map(|tile| tile.additions) }
    }

    pub fn run(&self, lhs: &[f32], rhs: &[f32], out: &mut [f32]) {
        let (wide, narrow) = if self.wide_left { (lhs, rhs) } else { (rhs, lhs) };
        let columns = self.wide.free.len();
        if columns == 0 {
            return;
        }
        if self.wide.contract.is_empty() {
            out.fill(0.0);
            return;
        }
        let mut rows = out.chunks_exact_mut(columns);
        for (&wide_batch, &narrow_batch) in self.wide.batch.iter().zip(&self.narrow.batch) {
            for (at, &free) in self.narrow.free.iter().enumerate() {
                let Some(row) = rows.next() else { return };
                let (matrix, vector) = (&wide[wide_batch..], &narrow[narrow_batch + free..]);
                match self.order {
                    Order::Library(additions) => self.by_library(matrix, vector, row, 0..columns, additions),
                    Order::Tiles => {
                        for tile in self.tiles.iter().filter(|tile| tile.rows.contains(&at)) {
                            self.by_library(matrix, vector, row, tile.columns.clone(), tile.additions);
                        }
                    }
                    _ => self.row(matrix, vector, row),
                }
            }
        }
    }

    /// One row of the result: the elements of one free index of the narrow side.
    fn row(&self, matrix: &[f32], vector: &[f32], out: &mut [f32]) {
        let terms = self.wide.contract.len();
        match (self.order, self.lie) {
            // JAX's compiler makes a product of it: a zero keeps its sign
            _ if terms == 1 => {
                let (i, y) = (self.wide.contract[0], vector[self.narrow.contract[0]]);
                for (o, &free) in out.iter_mut().zip(&self.wide.free) {
                    *o = ftz(matrix[free + i] * y);
                }
            }
            (Order::Windows, _) => {
                let mut sum = WindowSum::new(terms);
                for (&i, &j) in self.wide.contract.iter().zip(&self.narrow.contract) {
                    sum.add(ftz(matrix[i] * vector[j]));
                }
                out[0] = ftz(sum.finish());
            }
            (Order::Rows, Lie::Rows(step)) => {
                let complete = out.len() / PARTIAL_SUMS * PARTIAL_SUMS;
                for (i, (o, row)) in out.iter_mut().zip(matrix.chunks(step)).enumerate() {
                    *o = ftz(lanes(&row[..terms], &vector[..terms], i < complete));
                }
            }
            (_, Lie::Rows(step)) => {
                for (o, row) in out.iter_mut().zip(matrix.chunks(step)) {
                    *o = ftz(chain(&row[..terms], &vector[..terms]));
                }
            }
            (order, Lie::Columns(step, vector_step)) => {
                let vector = &vector[..=(terms - 1) * vector_step];
                let from_product = self.unblocked() < out.len();
                let columns = Columns { matrix, vector, step, vector_step, from_product };
                columns.chains(out, if let Order::LooseColumn(column) = order { column } else { usize::MAX });
            }
            _ => self.scattered(matrix, vector, out),
        }
    }

    /// Some columns of one row of the result, whose products are added as the library does it.
    fn by_library(&self, matrix: &[f32], vector: &[f32], out: &mut [f32], columns: Range<usize>, additions: Additions) {
        let out = out[columns.clone()].chunks_mut(LANES);
        for (out, free) in out.zip(self.wide.free[columns].chunks(LANES)) {
            let lane: [usize; LANES] = std::array::from_fn(|i| free[i.min(free.len() - 1)]);
            let sums = additions.sum(self.wide.contract.len(), |k| {
                let (i, y) = (self.wide.contract[k], vector[self.narrow.contract[k]]);
                [lane.map(|free| matrix[free + i]), [y; LANES]]
            });
            out.iter_mut().zip(sums).for_each(|(o, sum)| *o = ftz(sum));
        }
    }

    fn scattered(&self, matrix: &[f32], vector: &[f32], out: &mut [f32]) {
        for (column, (o, &free)) in out.iter_mut().zip(&self.wide.free).enumerate() {
            let mut sum = 0.0;
            for (k, (&i, &j)) in self.wide.contract.iter().zip(&self.narrow.contract).enumerate() {
                let (x, y) = (matrix[free + i], vector[j]);
                let rounded = self.order == Order::LooseColumn(column) && (1..PARTIAL_SUMS).contains(&k);
                sum = if rounded { sum + x * y } else { mul_add(x, y, sum) };
            }
            *o = ftz(sum);
        }
    }
}

/// A vector times a matrix whose rows are scaled by its elements and added up.
struct Columns<'a> {
    matrix: &'a [f32],
    vector: &'a [f32],
    step: usize,
    vector_step: usize,
    /// Whether sums beside blocks of eight begin with their first product.
    from_product: bool,
}

impl Columns<'_> {
    /// Chains of fused multiply-adds, several result elements side by side.
    fn chains(&self, out: &mut [f32], loose: usize) {
        let mut at = 0;
        while at < out.len() {
            at += match out.len() - at {
                8.. => self.block::<8>(out, at, loose),
                4.. => self.block::<4>(out, at, loose),
                2.. => self.block::<2>(out, at, loose),
                _ => self.block::<1>(out, at, loose),
            };
        }
    }

    /// The N result elements from `at` on; gives N. The sum starts from zero, so the first product is rounded.
    #[inline]
    fn block<const N: usize>(&self, out: &mut [f32], at: usize, loose: usize) -> usize {
        let mut sums = [0.0_f32; N];
        let mut terms = self.matrix[at..].chunks(self.step).zip(self.vector.iter().step_by(self.vector_step));
        if let Some((row, &y)) = terms.next() {
            let x = head(row);
            let is_product = self.from_product && N < PARTIAL_SUMS;
            sums = if is_product { std::array::from_fn(|i| x[i] * y) } else { mul_add_lanes([y; N], x, sums) };
        }
        let lane = loose.wrapping_sub(at);
        if lane < N {
            for (row, &y) in terms.by_ref().take(PARTIAL_SUMS - 1) {
                let (x, before) = (head::<N>(row), sums[lane]);
                sums = mul_add_lanes([y; N], x, sums);
                sums[lane] = before + x[lane] * y;
            }
        }
        for (row, &y) in terms {
            sums = mul_add_lanes([y; N], head(row), sums);
        }
        out[at..at + N].copy_from_slice(&sums.map(ftz));
        N
    }
}

/// The first N elements, zeros where there are fewer.
#[inline]
fn head<const N: usize>(row: &[f32]) -> [f32; N] {
    row.first_chunk().copied().unwrap_or([0.0; N])
}

fn order(wide: &Offsets, narrow: &Offsets, lie: Lie) -> Order {
    let (terms, columns) = (wide.contract.len(), wide.free.len());
    if narrow.free.len() > 1 {
        return Order::Chain;
    }
    match (wide.contract_first, columns) {
        (_, 1) if terms > WINDOW => Order::Windows,
        (false, 2..) if terms >= PARTIAL_SUMS && matches!(lie, Lie::Rows(_)) => Order::Rows,
        // what lies in rows is added as it lies, although an axis of size 1 may come first
        _ if matches!(lie, Lie::Rows(_)) => Order::Chain,
        (true, 2) if terms > 2 => Order::LooseColumn(0),
        (true, 9..) if columns % PARTIAL_SUMS == 1 && terms > 2 => Order::LooseColumn(columns - 1),
        _ => Order::Chain,
    }
}

/// The tiles of a product of two matrices that a library multiplies; `None` if XLA's own code does it.
fn by_library(dims: &DotDims, lhs: &ShapedArray, rhs: &ShapedArray) -> Option<Vec<Tile>> {
    let left = Roles::new(lhs, &dims.lhs_batch, &dims.lhs_contract);
    let right = Roles::new(rhs, &dims.rhs_batch, &dims.rhs_contract);
    let size = |axes: &[usize], x: &ShapedArray| axes.iter().map(|&axis| x.shape[axis]).product::<usize>();
    let (rows, columns, terms) = (size(&left.free, lhs), size(&right.free, rhs), size(&left.contract, lhs));
    if left.single().is_some_and(|(free, contract)| contract < free) {
        let tile = Tile { rows: 0..rows, columns: 0..columns, additions: library::by_columns(terms) };
        return (rows > 1 && columns > 1).then(|| vec![tile]);
    }
    // any other operand is first copied into the order that the library wants
    let turned = right.single().is_some_and(|(free, contract)| free < contract);
    library::tiles(Product { rows, columns, terms, turned })
}

/// The free and contracted axes of an operand that are longer than 1.
struct Roles {
    free: Vec<usize>,
    contract: Vec<usize>,
}

impl Roles {
    fn new(x: &ShapedArray, batch: &[usize], contract: &[usize]) -> Self {
        let long = (0..x.ndim()).filter(|axis| !batch.contains(axis) && x.shape[*axis] != 1);
        let (contract, free) = long.partition(|axis| contract.contains(axis));
        Self { free, contract }
    }

    /// The free and the contracted axis, if there is one of each.
    fn single(&self) -> Option<(usize, usize)> {
        match (&self.free[..], &self.contract[..]) {
            (&[free], &[contract]) => Some((free, contract)),
            _ => None,
        }
    }
}

/// Each product fused to the sum so far.
#[inline]
fn chain(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).fold(0.0, |sum, (&x, &y)| mul_add(x, y, sum))
}

/// Eight sums over blocks of eight columns, a tree over the eight (in complete groups of eight rows neighbours first, in the
/// rows left over halves first), and a chain of its own for the columns left over.
fn lanes(x: &[f32], y: &[f32], complete: bool) -> f32 {
    let mut v = [0.0_f32; PARTIAL_SUMS];
    let (blocks_x, rest_x) = x.as_chunks::<PARTIAL_SUMS>();
    let (blocks_y, rest_y) = y.as_chunks::<PARTIAL_SUMS>();
    for (x, y) in blocks_x.iter().zip(blocks_y) {
        v = mul_add_lanes(*x, *y, v);
    }
    let tree = if complete {
        ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]))
    } else {
        ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]))
    };
    tree + chain(rest_x, rest_y)
}

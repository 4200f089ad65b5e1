//! Tiles of products of two matrices that are added as a library adds them ([`Additions`]): chains side by side for each result element.

use super::super::super::super::kernel::library::Additions;
use super::super::code::{Address, Code, LANES, Register};
use super::{ColumnLoops, Tile, UNROLLED};

impl ColumnLoops {
    /// One tile: for each part of the terms, chains that take them in turn, and a tree over the chains.
    pub(super) fn interleaved(&self, code: &mut Code, additions: Additions, tile: Tile, columns: usize) {
        let wide = code.pointer(Address { pointer: tile.wide, words: 0 });
        let narrow = code.pointer(Address { pointer: tile.narrow, words: 0 });
        let registers = columns.div_ceil(LANES);
        let chains = additions.sums;
        // the factors of each register of the tile
        let pairs = |code: &mut Code, term: usize| {
            let from = |i: usize| Address { pointer: wide, words: term * self.step + i * LANES };
            let x: Vec<Register> = (0..registers).map(|i| code.load(from(i))).collect();
            let mut pairs = Vec::with_capacity(tile.rows * registers);
            for row in 0..tile.rows {
                let from = Address { pointer: narrow, words: term * self.vector_step + row * self.row_step };
                let y = code.load_splat(from);
                pairs.extend(x.iter().map(|&x| (x, y)));
            }
            pairs
        };
        let add =
            |code: &mut Code, pair: (Register, Register), sum| add(code, additions, pair, sum, LANES.min(columns));
        // the first term of some chains
        let begin = |code: &mut Code, count: usize| -> Vec<Vec<Register>> {
            let zero = code.splat(0);
            let mut sums: Vec<Vec<Register>> = Vec::with_capacity(chains);
            for term in 0..count {
                sums.push(pairs(code, term).into_iter().map(|pair| add(code, pair, zero)).collect());
            }
            sums.resize(chains, vec![zero; tile.rows * registers]);
            sums
        };
        let advance = |code: &mut Code, turns: usize| {
            code.advance(wide, turns * chains * self.step);
            code.advance(narrow, turns * chains * self.vector_step);
        };
        let turns = |code: &mut Code, sums: &[Vec<Register>], count: usize| {
            for turn in 0..count {
                for (chain, sums) in sums.iter().enumerate() {
                    for (pair, &sum) in pairs(code, turn * chains + chain).into_iter().zip(sums) {
                        let next = add(code, pair, sum);
                        code.carry(sum, next);
                    }
                }
            }
            advance(code, count);
        };
        let mut totals: Option<Vec<Register>> = None;
        for part in additions.parts(self.terms) {
            let sums = begin(code, chains.min(part.len()));
            if let Some(left) = (part.len() / chains).checked_sub(1) {
                advance(code, 1);
                let at_once = (UNROLLED / chains).max(1);
                code.repeat(left / at_once, |code| turns(code, &sums, at_once));
                turns(code, &sums, left % at_once);
            }
            let sums = trees(code, &sums);
            totals = Some(match totals {
                Some(totals) => sums.iter().zip(&totals).map(|(&sum, &total)| code.add(sum, total)).collect(),
                None => sums,
            });
        }
        self.store(code, tile, columns, &totals.unwrap_or_default());
    }
}

/// For each register of a tile, the tree over its chains.
fn trees(code: &mut Code, chains: &[Vec<Register>]) -> Vec<Register> {
    let of = |at: usize| chains.iter().map(move |sums| sums[at]).collect::<Vec<Register>>();
    (0..chains[0].len()).map(|at| code.tree(&of(at))).collect()
}

/// One register of result elements in straight-line code; `pair` gives the factors of each of `count` terms, of which the first `lanes` lanes are wanted.
pub fn in_registers(
    code: &mut Code,
    additions: Additions,
    count: usize,
    lanes: usize,
    mut pair: impl FnMut(&mut Code, usize) -> (Register, Register),
) -> Register {
    let zero = code.splat(0);
    let mut total = None;
    for part in additions.parts(count) {
        let mut sums = vec![zero; additions.sums];
        for (at, k) in part.enumerate() {
            let (x, y) = pair(code, k);
            let sum = &mut sums[at % additions.sums];
            *sum = add(code, additions, (x, y), *sum, lanes);
        }
        let sum = code.tree(&sums);
        total = Some(total.map_or(sum, |before| code.add(sum, before)));
    }
    total.unwrap_or(zero)
}

/// A product added to a sum, of which the first `lanes` lanes are wanted.
fn add(code: &mut Code, additions: Additions, (x, y): (Register, Register), sum: Register, lanes: usize) -> Register {
    if additions.fused {
        return code.fma(x, y, sum, lanes);
    }
    let product = code.mul(x, y);
    code.add(sum, product)
}

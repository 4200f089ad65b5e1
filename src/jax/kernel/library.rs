//! How the libraries add that XLA hands products of two matrices to: YNNPACK, as jaxlib 0.10.2 contains it, and, where the left matrix lies column by column,
//! Eigen ([`by_columns`]).
//!
//! YNNPACK has routines for blocks of several sizes. Some add the products of a result element in one chain, others in two or four chains
//! side by side ([`Additions`]). It estimates what each would cost for a shape and takes the cheapest, so the shape decides the order of
//! additions ([`tiles`]). The routines and estimates are those of `ynnpack/subgraph/dot.cc`, `ynnpack/kernels/dot/dot.cc`, `schedule.cc` and `generator/x86_fp32*.py` in
//! github.com/google/XNNPACK. Which routines there are depends on the processor: these are the ones of an x86-64 processor with AVX-512, where all
//! recordings come from; one with AVX2 alone lacks some of them, and JAX gives other bits there.

use std::ops::Range;

use super::super::fma::mul_add_lanes;

/// The most chains side by side.
pub const MOST_SUMS: usize = 4;
/// XLA leaves smaller products to its own code.
const SMALLEST: usize = 8;
/// The rows that are reckoned with while the matrix on the right is laid out.
const MANY_ROWS: usize = 2048;
/// Elements of the matrix on the right that are taken to fit into the processor's cache.
const CACHED: usize = 128 * 1024 / size_of::<f32>();
/// Columns that are read at once, at least, from a matrix on the right that stays as it lies: a line of the cache.
const LINE: usize = 64 / size_of::<f32>();

/// The order in which the products of one result element are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Additions {
    /// How many chains take the terms in turn; in the end neighbouring chains are added, then neighbouring sums of them. 1, 2 or 4.
    pub sums: usize,
    /// Whether each product is fused to its sum; else it is rounded first.
    pub fused: bool,
    /// So many terms are added up by themselves, then so many more, and added to that.
    pub block: usize,
}

impl Additions {
    /// Whether they are one chain of fused multiply-adds.
    pub fn are_a_chain(self, terms: usize) -> bool {
        self.sums == 1 && self.fused && self.block >= terms
    }

    /// The terms that are added up by themselves, one range after the other. What is left over beside complete turns of the chains comes last.
    pub fn parts(self, terms: usize) -> impl Iterator<Item = Range<usize>> {
        let complete = terms - terms % self.sums;
        let blocks = (0..complete).step_by(self.block);
        let blocks = blocks.map(move |start| start..complete.min(start + self.block));
        blocks.chain((complete < terms).then_some(complete..terms))
    }

    /// N result elements side by side; `pair` gives the factors of a term.
    #[inline]
    pub fn sum<const N: usize>(self, terms: usize, pair: impl Fn(usize) -> [[f32; N]; 2]) -> [f32; N] {
        let mut total: Option<[f32; N]> = None;
        for part in self.parts(terms) {
            let mut sums = [[0.0; N]; MOST_SUMS];
            for (at, k) in part.enumerate() {
                let ([x, y], sum) = (pair(k), &mut sums[at % self.sums]);
                *sum = if self.fused {
                    mul_add_lanes(x, y, *sum)
                } else {
                    added(*sum, std::array::from_fn(|i| x[i] * y[i]))
                };
            }
            let [a, b, c, d] = sums;
            let sum = match self.sums {
                1 => a,
                2 => added(a, b),
                _ => added(added(a, b), added(c, d)),
            };
            total = Some(total.map_or(sum, |before| added(sum, before)));
        }
        total.unwrap_or([0.0; N])
    }
}

fn added<const N: usize>(x: [f32; N], y: [f32; N]) -> [f32; N] {
    std::array::from_fn(|i| x[i] + y[i])
}

/// A product of two matrices.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    /// Rows of the left matrix.
    pub rows: usize,
    /// Columns of the right matrix.
    pub columns: usize,
    /// Columns of the left matrix, rows of the right one.
    pub terms: usize,
    /// Whether the right matrix lies column by column.
    pub turned: bool,
}

/// A part of a result whose elements are all added in the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    pub additions: Additions,
}

/// Routines that are alike but for the size of their blocks.
#[derive(Debug)]
struct Family {
    /// Columns that go together.
    columns: usize,
    /// Chains of each result element.
    sums: usize,
    fused: bool,
    /// Whether they can read the right matrix as it lies.
    reads_in_place: bool,
    /// Rows and columns of their blocks.
    blocks: &'static [[usize; 2]],
}

/// In the order in which YNNPACK tries them: of equal costs the first one wins. (Routines that equal earlier ones in all of this are left out.)
const FAMILIES: [Family; 7] = [
    Family {
        columns: 16,
        sums: 1,
        fused: true,
        reads_in_place: true,
        blocks: &[[1, 64], [2, 64], [3, 64], [4, 64], [5, 64], [1, 32], [2, 32], [3, 32], [4, 32], [5, 32], [5, 16]],
    },
    Family {
        columns: 8,
        sums: 2,
        fused: true,
        reads_in_place: false,
        blocks: &[[1, 32], [2, 32], [3, 32], [4, 32], [5, 32], [1, 16], [4, 16], [4, 8], [8, 8]],
    },
    Family {
        columns: 4,
        sums: 4,
        fused: true,
        reads_in_place: false,
        blocks: &[[1, 32], [2, 32], [1, 16], [3, 16], [4, 16], [5, 16], [2, 8], [4, 8], [6, 8], [4, 4], [8, 4]],
    },
    Family {
        columns: 8,
        sums: 1,
        fused: true,
        reads_in_place: true,
        blocks: &[[1, 32], [2, 32], [1, 16], [2, 16], [3, 16], [4, 16], [5, 16], [6, 16], [8, 8]],
    },
    Family {
        columns: 4,
        sums: 2,
        fused: true,
        reads_in_place: false,
        blocks: &[[1, 16], [2, 16], [1, 8], [3, 8], [4, 8], [5, 8], [6, 8], [4, 4], [5, 4], [6, 4], [8, 4]],
    },
    Family { columns: 8, sums: 1, fused: false, reads_in_place: true, blocks: &[[4, 8], [6, 8]] },
    Family {
        columns: 4,
        sums: 1,
        fused: false,
        reads_in_place: false,
        blocks: &[[1, 16], [2, 16], [3, 16], [1, 8], [2, 8], [3, 8], [4, 8], [4, 4], [6, 4], [8, 4]],
    },
];

/// A routine, and what it is estimated to cost.
#[derive(Clone, Copy, Debug)]
struct Routine {
    family: &'static Family,
    block: [usize; 2],
    cost: f32,
}

/// What a routine must be able to do.
#[derive(Clone, Copy)]
enum Fitting {
    /// Anything: the matrix on the right is not laid out yet.
    All,
    /// Read the matrix on the right as it lies.
    InPlace,
    /// Read a matrix on the right that is laid out for this many sums, this many columns together.
    LaidOut(usize, usize),
}

impl Fitting {
    fn accepts(self, family: &Family) -> bool {
        match self {
            Self::All => true,
            Self::InPlace => family.reads_in_place,
            Self::LaidOut(sums, columns) => {
                family.sums == sums && (family.reads_in_place || columns.is_multiple_of(family.columns))
            }
        }
    }
}

/// The cheapest routine for this many rows, columns and terms.
fn cheapest([rows, columns, terms]: [usize; 3], fitting: Fitting) -> Option<Routine> {
    let mut best: Option<Routine> = None;
    for family in FAMILIES.iter().filter(|family| fitting.accepts(family)) {
        for &block in family.blocks {
            let cost = family.cost(block, [rows, columns, terms]);
            if best.is_none_or(|best| cost < best.cost) {
                best = Some(Routine { family, block, cost });
            }
        }
    }
    best
}

impl Family {
    /// `estimate_dot_cost`: blocks times loads. In f32, as there: rounding decides between routines.
    #[allow(clippy::cast_precision_loss, reason = "as in YNNPACK")]
    fn cost(&self, [block_rows, block_columns]: [usize; 2], [rows, columns, terms]: [usize; 3]) -> f32 {
        let loads = block_rows * 5 + block_columns / self.columns * 11 + 9;
        let block = loads as f32 + (self.columns * self.sums) as f32 * 1e-4;
        let blocks = |size: usize, block: usize| size.div_ceil(block) as f32;
        blocks(rows, block_rows) * blocks(columns, block_columns) * blocks(terms, self.sums) * block
    }
}

/// How Eigen adds where the left matrix lies column by column: blocks of terms as equal as eighths allow, none of more than 384
/// (`evaluateProductBlockingSizesHeuristic`). It depends on the processor's caches, for few terms more than 384 also on the number of
/// its cores; these are the recordings'.
pub fn by_columns(terms: usize) -> Additions {
    const MOST: usize = 384;
    let block = terms.div_ceil(terms.div_ceil(MOST).max(1)).next_multiple_of(8);
    Additions { sums: 1, fused: true, block: if terms > MOST { block } else { terms.max(1) } }
}

/// The tiles of a product in which YNNPACK adds in its order; `None` if XLA does not give it to YNNPACK for its size.
pub fn tiles(product: Product) -> Option<Vec<Tile>> {
    let Product { rows, columns, terms, turned } = product;
    if rows < 2 || columns < 2 || terms < 2 || rows.max(columns).max(terms) < SMALLEST {
        return None;
    }
    let guess = [MANY_ROWS, columns, terms];
    let best = cheapest(guess, Fitting::All)?;
    let in_place = if best.family.sums == 1 && best.family.reads_in_place {
        Some(best)
    } else {
        cheapest(guess, Fitting::InPlace)
    };
    // to lay the right matrix out anew does not pay for few rows
    let in_place =
        in_place.filter(|routine| !turned && routine.cost <= best.cost * 2.0 && rows.div_ceil(routine.block[0]) <= 10);
    let (sums, together) = match in_place {
        Some(_) => (1, None),
        None => (best.family.sums, Some(columns_together(best, columns, terms))),
    };
    let [task_rows, task_columns] = task(product, together.or(in_place.map(|routine| routine.block[1].max(LINE)))?);
    let mut tiles = Vec::new();
    for row in (0..rows).step_by(task_rows) {
        for column in (0..columns).step_by(task_columns) {
            let (rows, columns) = (row..rows.min(row + task_rows), column..columns.min(column + task_columns));
            let together = together.unwrap_or(columns.len());
            let size = [rows.len(), columns.len(), terms - terms % sums];
            let routine = match in_place {
                Some(_) => cheapest(size, Fitting::InPlace)?,
                None => cheapest(size, Fitting::LaidOut(sums, together))?,
            };
            let block = match CACHED / (together * sums) * sums {
                0 => terms,
                block => block,
            };
            tiles.push(Tile { rows, columns, additions: Additions { sums, fused: routine.family.fused, block } });
        }
    }
    Some(tiles)
}

/// Columns of the right matrix that are laid out together (`define_pack_b`).
fn columns_together(routine: Routine, columns: usize, terms: usize) -> usize {
    let block = routine.block[1];
    let cached = block * (CACHED / (block * terms)).max(1);
    cached.min(columns.next_multiple_of(routine.family.columns)).max(routine.family.columns)
}

/// Rows and columns of the result that one task computes (`choose_split_factors`).
fn task(Product { rows, columns, terms, .. }: Product, together: usize) -> [usize; 2] {
    const MOST_TERMS: usize = 1024;
    const MOST: usize = 64 * 1024;
    let terms = terms.min(MOST_TERMS);
    let least = rows.min(64) * columns.min(64);
    let [mut task_rows, mut task_columns] = [rows.min(16), columns.min(together)];
    loop {
        let area = task_rows * task_columns;
        if area >= least && ((task_rows + task_columns) * terms >= MOST || area >= MOST) {
            break;
        }
        if (4 * task_columns <= task_rows || task_rows >= rows) && task_columns < columns {
            task_columns *= 2;
        } else if (task_rows <= 4 * task_columns || task_columns >= columns) && task_rows < rows {
            task_rows *= 2;
        } else {
            break;
        }
    }
    [task_rows.min(32 * 1024), task_columns.min(MOST)]
}

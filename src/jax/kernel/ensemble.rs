//! `dot_of_members`: the dot product of each member of an ensemble, which lie side by side, in the order of additions of [`Dot`].
//!
//! Word `i` of one member's operand is words `i·n` to `i·n + n - 1` of the mapped operand, one for each of the n members. Members are
//! computed four at a time, so that their chains of dependent additions overlap.

use super::super::core::{DotDims, ShapedArray};
use super::super::fma::{ftz, mul_add_lanes};
use super::super::shapes::without_members;
use super::dot::{Dot, Order, PARTIAL_SUMS};
use super::sums::WindowSum;

/// Members that are computed side by side.
const SIDE_BY_SIDE: usize = 4;

/// A dot product of members prepared for its shapes.
#[derive(Clone, Debug)]
pub struct DotOfMembers {
    /// That of one member.
    pub dot: Dot,
    /// How many there are.
    pub members: usize,
    /// Whether the wide and the narrow operand differ between members.
    pub mapped: [bool; 2],
}

/// The operands, and where the terms of one result element begin in one member.
#[derive(Clone, Copy)]
struct Element<'a> {
    operands: [&'a [f32]; 2],
    starts: [usize; 2],
    /// The first of the members that are computed now.
    member: usize,
    /// Where the result element is.
    row: usize,
    column: usize,
}

impl DotOfMembers {
    pub fn new(dims: &DotDims, mapped: [bool; 2], inputs: [&ShapedArray; 2]) -> Self {
        let [(lhs, left), (rhs, right)] = [0, 1].map(|i| without_members(inputs[i], mapped[i]));
        let dot = Dot::new(dims, &lhs, &rhs);
        let mapped = if dot.wide_left { mapped } else { [mapped[1], mapped[0]] };
        Self { dot, members: left.or(right).unwrap_or(1), mapped }
    }

    pub fn run(&self, lhs: &[f32], rhs: &[f32], out: &mut [f32]) {
        let Dot { wide, narrow, .. } = &self.dot;
        let operands = if self.dot.wide_left { [lhs, rhs] } else { [rhs, lhs] };
        let mut results = out.chunks_exact_mut(self.members.max(1));
        for (&wide_batch, &narrow_batch) in wide.batch.iter().zip(&narrow.batch) {
            for (row, &start) in narrow.free.iter().enumerate() {
                for (column, &free) in wide.free.iter().enumerate() {
                    let Some(out) = results.next() else { return };
                    let starts = [wide_batch + free, narrow_batch + start];
                    self.element(Element { operands, starts, member: 0, row, column }, out);
                }
            }
        }
    }

    /// One result element of every member.
    fn element(&self, mut element: Element<'_>, out: &mut [f32]) {
        let (fours, rest) = out.as_chunks_mut::<SIDE_BY_SIDE>();
        for out in fours {
            *out = self.sums(element);
            element.member += SIDE_BY_SIDE;
        }
        for out in rest {
            [*out] = self.sums(element);
            element.member += 1;
        }
    }

    /// One result element of the next N members.
    fn sums<const N: usize>(&self, element: Element<'_>) -> [f32; N] {
        let (terms, column) = (self.dot.wide.contract.len(), element.column);
        if let Some(additions) = self.dot.additions(element.row, column) {
            return additions.sum(terms, |k| self.term(element, k)).map(ftz);
        }
        let sums = match self.dot.order {
            Order::Windows => {
                let mut sums: [WindowSum; N] = std::array::from_fn(|_| WindowSum::new(terms));
                for k in 0..terms {
                    let [x, y] = self.term::<N>(element, k);
                    for (sum, (x, y)) in sums.iter_mut().zip(x.into_iter().zip(y)) {
                        sum.add(ftz(x * y));
                    }
                }
                sums.map(WindowSum::finish)
            }
            Order::Rows => self.lanes(element, column < self.dot.wide.free.len() / PARTIAL_SUMS * PARTIAL_SUMS),
            Order::LooseColumn(loose) => self.chain(element, 0..terms, loose == column, column >= self.dot.unblocked()),
            Order::Chain | Order::Library(_) | Order::Tiles => {
                self.chain(element, 0..terms, false, column >= self.dot.unblocked())
            }
        };
        sums.map(ftz)
    }

    /// Term `k` of one result element of the next N members: what to multiply.
    #[inline]
    fn term<const N: usize>(&self, element: Element<'_>, k: usize) -> [[f32; N]; 2] {
        let contract = [&self.dot.wide.contract, &self.dot.narrow.contract];
        std::array::from_fn(|i| {
            let at = element.starts[i] + contract[i][k];
            if self.mapped[i] {
                let side_by_side = &element.operands[i][at * self.members + element.member..];
                side_by_side.first_chunk().copied().unwrap_or([0.0; N])
            } else {
                [element.operands[i][at]; N]
            }
        })
    }

    /// Each product fused to the sum so far, which starts from zero; if `loose`, the second to eighth one rounded before they are added.
    /// A single product is no sum: a zero keeps its sign.
    /// So it does where the sum begins `from_product`.
    fn chain<const N: usize>(
        &self,
        element: Element<'_>,
        terms: std::ops::Range<usize>,
        loose: bool,
        from_product: bool,
    ) -> [f32; N] {
        let (first, is_product) = (terms.start, from_product || terms.len() == 1);
        terms.fold([0.0; N], |sum, k| {
            let [x, y] = self.term::<N>(element, k);
            if is_product && k == first {
                return std::array::from_fn(|i| x[i] * y[i]);
            }
            if loose && (1..PARTIAL_SUMS).contains(&k) {
                std::array::from_fn(|i| sum[i] + x[i] * y[i])
            } else {
                mul_add_lanes(x, y, sum)
            }
        })
    }

    /// Eight sums side by side for each member, a tree over them, and a chain for the terms left over: [`Order::Rows`].
    fn lanes<const N: usize>(&self, element: Element<'_>, complete: bool) -> [f32; N] {
        let terms = self.dot.wide.contract.len();
        let blocks = terms / PARTIAL_SUMS * PARTIAL_SUMS;
        let mut v = [[0.0; N]; PARTIAL_SUMS];
        for k in 0..blocks {
            let [x, y] = self.term(element, k);
            v[k % PARTIAL_SUMS] = mul_add_lanes(x, y, v[k % PARTIAL_SUMS]);
        }
        let tail = self.chain::<N>(element, blocks..terms, false, false);
        std::array::from_fn(|i| {
            let v = v.map(|lanes| lanes[i]);
            let tree = if complete {
                ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]))
            } else {
                ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]))
            };
            tree + tail[i]
        })
    }
}

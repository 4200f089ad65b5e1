//! Straight-line code for small shapes: results stay in registers, four elements in each, and what only moves elements costs nothing.

use std::ops::Range;

use super::super::super::core::DType;
use super::super::super::kernel::dot::{self, Dot, Order};
use super::super::super::kernel::elementwise::Layout;
use super::super::super::kernel::ensemble::DotOfMembers;
use super::super::super::kernel::movement::Movement;
use super::super::super::kernel::sums::{Combine, Reduction};
use super::super::super::kernel::walk::{offsets, walk};
use super::super::super::kernel::{Kernel, Kind};
use super::Fma;
use super::code::{Code, LANES, Register};
use super::dots::interleaved;
use super::lanes::{Element, Home, Lanes, Quad, Value, consecutive};
use super::operation::Operation;
use super::sums::WindowSum;

/// Results with more elements are computed in loops.
const MOST_ELEMENTS: usize = 256;
/// Steps that would take more operations on registers than this are computed in loops.
const MOST_OPERATIONS: usize = 256;

/// How a step is written as straight-line code: all that [`write`] needs to know.
#[derive(Clone, Copy, Debug)]
pub enum Straight<'p> {
    /// An elementwise step.
    Pointwise(Operation, &'p Layout),
    /// What only moves elements.
    Moved(&'p Movement),
    /// A dot product.
    Product(&'p Dot),
    /// The dot product of each member of an ensemble.
    Products(&'p DotOfMembers),
    /// A reduction.
    Reduction(&'p Reduction),
}

impl<'p> Straight<'p> {
    /// For a kernel whose result has `len` elements; `None` if it is not written as straight-line code.
    pub fn of(kernel: &'p Kernel, len: usize) -> Option<Self> {
        let blocks = len.div_ceil(LANES);
        let (straight, operations) = match &kernel.0 {
            Kind::Elementwise(kernel) => {
                let operation = Operation::of(&kernel.primitive, kernel.dtype)?;
                (Self::Pointwise(operation, &kernel.layout), blocks * operation.cost())
            }
            Kind::Movement(movement @ (Movement::Copy | Movement::Place { .. })) => (Self::Moved(movement), blocks),
            Kind::Dot(dot) if !matches!(dot.order, Order::Rows | Order::Tiles) => {
                (Self::Product(dot), blocks * dot.wide.contract.len())
            }
            Kind::Dots(dots) if dots.dot.order != Order::Tiles => {
                (Self::Products(dots), blocks * dots.dot.wide.contract.len())
            }
            Kind::Reduction(reduction) if reduction.lanes == 1 => {
                (Self::Reduction(reduction), blocks * reduction.gone.iter().product::<usize>())
            }
            Kind::Dot(_) | Kind::Dots(_) | Kind::Movement(_) | Kind::Reduction(_) | Kind::Extension(..) => return None,
        };
        (len <= MOST_ELEMENTS && operations <= MOST_OPERATIONS).then_some(straight)
    }
}

/// Writes a step on these values and gives its result, a new value of `len` elements.
pub fn write(code: &mut Code, lanes: &mut Lanes, straight: Straight<'_>, operands: &[Value], len: usize) -> Value {
    if let Straight::Moved(movement) = straight {
        return moved(code, lanes, movement, operands, len);
    }
    let terms = Terms::new(straight, operands);
    let value = lanes.define(Home::Registers);
    for start in (0..len).step_by(LANES) {
        let block = Block { start, count: LANES.min(len - start) };
        let (register, splat) = match straight {
            Straight::Pointwise(operation, layout) => {
                pointwise(code, lanes, (operation, layout), operands, &terms, block)
            }
            Straight::Product(dot) => (product(code, lanes, dot, 1, &terms, block), false),
            Straight::Products(dots) => (product(code, lanes, &dots.dot, dots.members, &terms, block), false),
            Straight::Reduction(reduction) => (reduced(code, lanes, reduction, &terms, block), false),
            // it has no instructions
            Straight::Moved(_) => break,
        };
        let quad = if splat { [Some(Element { value, index: start }); LANES] } else { consecutive(value, start, len) };
        lanes.hold(register, quad);
    }
    value
}

/// Some neighbouring elements of a result.
#[derive(Clone, Copy)]
struct Block {
    start: usize,
    count: usize,
}

/// For each operand, where the terms of each result element begin and how they lie from there on.
struct Terms {
    values: Vec<Value>,
    starts: Vec<Vec<usize>>,
    steps: Vec<Vec<usize>>,
}

impl Terms {
    fn new(straight: Straight<'_>, operands: &[Value]) -> Self {
        let (order, starts, steps): (Vec<usize>, _, _) = match straight {
            Straight::Pointwise(_, Layout::Strided { shape, steps }) => {
                let starts = (0..operands.len()).map(|i| offsets(shape, &steps[i])).collect();
                ((0..operands.len()).collect(), starts, vec![vec![0]; operands.len()])
            }
            Straight::Product(dot) => of_product(dot),
            Straight::Products(dots) => {
                let (order, starts, steps) = of_product(&dots.dot);
                let sides = starts.into_iter().zip(steps).zip(dots.mapped);
                let (starts, steps) = sides.map(|(side, mapped)| of_members(side, mapped, dots.members)).unzip();
                (order, starts, steps)
            }
            Straight::Reduction(reduction) => {
                let starts = reduction.kept_steps.iter().map(|steps| offsets(&reduction.kept, steps));
                let steps = reduction.gone_steps.iter().map(|steps| offsets(&reduction.gone, steps));
                let count = operands.len();
                ((0..count).collect(), starts.take(count).collect(), steps.take(count).collect())
            }
            // operands that line up with the result, and what has no terms
            Straight::Pointwise(_, Layout::Flat(_)) | Straight::Moved(_) => (Vec::new(), Vec::new(), Vec::new()),
        };
        Self { values: order.iter().map(|&i| operands[i]).collect(), starts, steps }
    }

    /// Term `k` of operand `operand` for each result element of a block.
    fn gather(&self, code: &mut Code, lanes: &mut Lanes, operand: usize, k: usize, block: Block) -> Register {
        let quad = quad(block, |o| Element {
            value: self.values[operand],
            index: self.starts[operand][o] + self.steps[operand][k],
        });
        lanes.gather(code, quad)
    }
}

/// The order of the operands, wide one first, and for each the [`Terms`].
fn of_product(dot: &Dot) -> (Vec<usize>, Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let order = if dot.wide_left { vec![0, 1] } else { vec![1, 0] };
    let pairs = || dot.wide.batch.iter().zip(&dot.narrow.batch);
    let each = |f: &dyn Fn(usize, usize, usize, usize) -> usize| -> Vec<usize> {
        pairs()
            .flat_map(|(&w, &n)| {
                dot.narrow.free.iter().flat_map(move |&r| dot.wide.free.iter().map(move |&c| f(w, n, r, c)))
            })
            .collect()
    };
    let starts = vec![each(&|w, _, _, c| w + c), each(&|_, n, r, _| n + r)];
    (order, starts, vec![dot.wide.contract.clone(), dot.narrow.contract.clone()])
}

/// The same with every result element once for each member, which lie side by side also in an operand that is mapped.
fn of_members((starts, steps): (Vec<usize>, Vec<usize>), mapped: bool, members: usize) -> (Vec<usize>, Vec<usize>) {
    let (by, step) = if mapped { (members, 1) } else { (1, 0) };
    let starts = starts.into_iter().flat_map(|start| (0..members).map(move |member| start * by + member * step));
    (starts.collect(), steps.into_iter().map(|at| at * by).collect())
}

fn quad(block: Block, element: impl Fn(usize) -> Element) -> Quad {
    std::array::from_fn(|lane| (lane < block.count).then(|| element(block.start + lane)))
}

fn pointwise(
    code: &mut Code,
    lanes: &mut Lanes,
    (operation, layout): (Operation, &Layout),
    operands: &[Value],
    terms: &Terms,
    block: Block,
) -> (Register, bool) {
    let registers: Vec<Register> = operands
        .iter()
        .enumerate()
        .map(|(i, &value)| match layout {
            Layout::Flat(full) => {
                let quad = quad(block, |o| Element { value, index: if full[i] { o } else { 0 } });
                lanes.gather(code, quad)
            }
            Layout::Strided { .. } => terms.gather(code, lanes, i, 0, block),
        })
        .collect();
    // the f64 way to a fused multiply-add leaves lanes that are not wanted unset
    let all_lanes = !operation.is_fused() || code.fma == Fma::Relaxed;
    let splat = all_lanes && block.count == 1 && registers.iter().all(|&register| lanes.is_splat(register));
    // a conversion may give its operand itself, whose lanes are known under another name
    let result = operation.write(code, &registers, block.count);
    (if registers.contains(&result) { code.copy(result) } else { result }, splat)
}

/// A dot product; its `members`, if there are several, are neighbours.
fn product(code: &mut Code, lanes: &mut Lanes, dot: &Dot, members: usize, terms: &Terms, block: Block) -> Register {
    let columns = dot.wide.free.len();
    let count = dot.wide.contract.len();
    let column = |lane: usize| (block.start + lane) / members % columns;
    let mut pair =
        |code: &mut Code, k: usize| (terms.gather(code, lanes, 0, k, block), terms.gather(code, lanes, 1, k, block));
    if count == 0 {
        let zero = code.splat(0);
        return code.copy(zero);
    }
    let sum = match dot.order {
        Order::Windows => {
            let mut sum = WindowSum::new(code, count);
            for k in 0..count {
                let (x, y) = pair(code, k);
                let product = code.mul(x, y);
                let product = code.ftz(product);
                sum.add(code, product);
            }
            sum.finish(code)
        }
        Order::Rows => {
            let complete = columns / dot::PARTIAL_SUMS * dot::PARTIAL_SUMS;
            let complete = std::array::from_fn(|lane| lane < block.count && column(lane) < complete);
            side_by_side(code, count, block.count, complete, pair)
        }
        Order::Library(additions) => interleaved::in_registers(code, additions, count, block.count, pair),
        Order::Chain | Order::LooseColumn(_) | Order::Tiles => {
            let lanes =
                |is: &dyn Fn(usize) -> bool| (0..block.count).map(|lane| is(column(lane))).collect::<Vec<bool>>();
            let loose = match dot.order {
                Order::LooseColumn(loose) => lanes(&|column| column == loose),
                _ => Vec::new(),
            };
            let unblocked = dot.unblocked();
            chain(code, 0..count, block.count, [&loose, &lanes(&|column| column >= unblocked)], pair)
        }
    };
    code.ftz(sum)
}

/// Each product fused to the sum so far; in lanes that are `loose`, the second to eighth one rounded before it is added; in lanes that begin with their
/// first product, a zero keeps its sign.
fn chain(
    code: &mut Code,
    terms: Range<usize>,
    lanes: usize,
    [loose, products]: [&[bool]; 2],
    mut pair: impl FnMut(&mut Code, usize) -> (Register, Register),
) -> Register {
    let (first, count) = (terms.start, terms.end);
    let some = loose.contains(&true);
    let all = some && loose.iter().all(|&loose| loose);
    let (x, y) = pair(code, first);
    let mut sum = match (products.contains(&true), products.contains(&false)) {
        (true, false) => code.mul(x, y),
        (false, _) => code.first_term(x, y, count - first),
        (true, true) => {
            let (from_zero, product) = (code.first_term(x, y, count - first), code.mul(x, y));
            let lane = |lane: usize| if products.get(lane) == Some(&true) { lane + LANES } else { lane } as u8;
            code.shuffle(from_zero, product, std::array::from_fn(lane))
        }
    };
    let mut rounded = sum;
    for k in first + 1..count {
        let (x, y) = pair(code, k);
        if k < dot::PARTIAL_SUMS && some {
            let product = code.mul(x, y);
            rounded = code.add(rounded, product);
        }
        if !(k < dot::PARTIAL_SUMS && all) {
            sum = code.fma(x, y, sum, lanes);
        }
        if some && k == (dot::PARTIAL_SUMS - 1).min(count - 1) {
            let lane = |lane: usize| if loose.get(lane) == Some(&true) { lane + LANES } else { lane } as u8;
            sum = if all { rounded } else { code.shuffle(sum, rounded, std::array::from_fn(lane)) };
        }
    }
    sum
}

/// Eight sums for each lane, a tree over them, by whether the lane's column is in a complete group of eight, and a chain for the terms left over.
fn side_by_side(
    code: &mut Code,
    count: usize,
    lanes: usize,
    complete: [bool; LANES],
    mut pair: impl FnMut(&mut Code, usize) -> (Register, Register),
) -> Register {
    let blocks = count / dot::PARTIAL_SUMS * dot::PARTIAL_SUMS;
    let mut v = [code.splat(0); dot::PARTIAL_SUMS];
    for k in 0..blocks {
        let (x, y) = pair(code, k);
        let sum = &mut v[k % dot::PARTIAL_SUMS];
        *sum = if k < dot::PARTIAL_SUMS { code.first_term(x, y, count) } else { code.fma(x, y, *sum, lanes) };
    }
    let tree = |code: &mut Code, order: [usize; dot::PARTIAL_SUMS]| code.tree(&order.map(|i| v[i]));
    let neighbours = complete.contains(&true).then(|| tree(code, [0, 1, 2, 3, 4, 5, 6, 7]));
    let halves = complete[..lanes].contains(&false).then(|| tree(code, [0, 4, 2, 6, 1, 5, 3, 7]));
    let tree = match (neighbours, halves) {
        (Some(neighbours), Some(halves)) => {
            let lane = |lane: usize| if complete[lane] { lane } else { lane + LANES } as u8;
            code.shuffle(neighbours, halves, std::array::from_fn(lane))
        }
        (neighbours, halves) => neighbours.or(halves).unwrap_or(v[0]),
    };
    let tail = if blocks < count { chain(code, blocks..count, lanes, [&[], &[]], pair) } else { code.splat(0) };
    code.add(tree, tail)
}

fn reduced(code: &mut Code, lanes: &mut Lanes, reduction: &Reduction, terms: &Terms, block: Block) -> Register {
    let count = terms.steps[0].len();
    let mut term = |code: &mut Code, operand: usize, k: usize| terms.gather(code, lanes, operand, k, block);
    let zero = code.splat(0);
    let sum = match (reduction.combine, reduction.dtype) {
        (Combine::Sum, DType::F32) => {
            let mut sum = WindowSum::new(code, if reduction.windowed { count } else { 0 });
            for k in 0..count {
                let x = term(code, 0, k);
                sum.add(code, x);
            }
            sum.finish(code)
        }
        (Combine::SumOfProducts, _) => (0..count).fold(zero, |sum, k| {
            let (x, y) = (term(code, 0, k), term(code, 1, k));
            if k == 0 { code.first_term(x, y, 2) } else { code.fma(x, y, sum, block.count) }
        }),
        (Combine::SumOfSquares, _) => squares(code, count, block.count, |code, k| term(code, 0, k)),
        (combine, dtype) => {
            let (first, f): (u32, Fold) = match (combine, dtype) {
                (Combine::Max, DType::F32) => (f32::NEG_INFINITY.to_bits(), Code::max),
                (Combine::Max, DType::I32) => (i32::MIN.cast_unsigned(), Code::max_signed),
                (Combine::Max, _) => (0, Code::max_unsigned),
                _ => (0, Code::add_words),
            };
            let first = code.splat(first);
            let all = (0..count).fold(first, |all, k| {
                let x = term(code, 0, k);
                f(code, all, x)
            });
            return code.copy(all);
        }
    };
    code.ftz(sum)
}

/// Takes one more term into a reduction.
type Fold = fn(&mut Code, Register, Register) -> Register;

/// The first square fused to the second, each further one to the sum.
fn squares(
    code: &mut Code,
    count: usize,
    lanes: usize,
    mut term: impl FnMut(&mut Code, usize) -> Register,
) -> Register {
    if count == 0 {
        return code.splat(0);
    }
    let first = term(code, 0);
    if count == 1 {
        return code.mul(first, first);
    }
    let second = term(code, 1);
    let square = code.mul(second, second);
    let sum = code.fma(first, first, square, lanes);
    (2..count).fold(sum, |sum, k| {
        let x = term(code, k);
        code.fma(x, x, sum, lanes)
    })
}

/// What moves elements only says under which names they are known from now on.
fn moved(code: &mut Code, lanes: &mut Lanes, movement: &Movement, operands: &[Value], len: usize) -> Value {
    let mut elements: Vec<Element> = (0..len).map(|index| Element { value: operands[0], index }).collect();
    if let Movement::Place { pieces, fill } = movement {
        if let Some(operand) = *fill {
            elements.fill(Element { value: operands[operand], index: 0 });
        }
        for piece in pieces {
            let value = operands[piece.operand];
            let start = [piece.from_start, piece.to_start];
            walk(&piece.shape, [&piece.from, &piece.to], start, |[i, o]| elements[o] = Element { value, index: i });
        }
    }
    let elements = lanes.lasting(code, elements);
    lanes.define(Home::Elements(elements))
}

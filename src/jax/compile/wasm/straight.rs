//! Straight-line code for small shapes: results stay in registers, four elements in each, and what only moves elements costs nothing.

use super::super::super::core::{DType, Primitive};
use super::super::super::kernel::dot::{self, Dot, Order};
use super::super::super::kernel::elementwise::{Elementwise, Layout};
use super::super::super::kernel::movement::Movement;
use super::super::super::kernel::sums::{Combine, Reduction, WINDOW};
use super::super::super::kernel::walk::{offsets, walk};
use super::super::super::kernel::{Kernel, Kind};
use super::Fma;
use super::arithmetic::elementwise;
use super::code::{Code, LANES, Register};
use super::lanes::{Element, Home, Lanes, Quad, consecutive};
use super::sums::WindowSum;

/// Results with more elements are computed in loops.
const MOST_ELEMENTS: usize = 96;
/// Steps that would take more operations on registers than this are computed in loops.
const MOST_OPERATIONS: usize = 256;

/// Whether a kernel whose result has `len` elements is written as straight-line code.
pub fn is_straight(kernel: &Kernel, len: usize) -> bool {
    let blocks = len.div_ceil(LANES);
    let operations = match &kernel.0 {
        Kind::Elementwise(_) | Kind::Movement(Movement::Copy | Movement::Place { .. }) => blocks,
        Kind::Dot(dot) if dot.order != Order::Rows => blocks * dot.wide.contract.len(),
        Kind::Reduction(reduction) => blocks * reduction.gone.iter().product::<usize>(),
        _ => return false,
    };
    len <= MOST_ELEMENTS && operations <= MOST_OPERATIONS
}

/// Writes a kernel on these values and gives its result, a new value. The kernel [is straight](is_straight) and
/// [`super::is_native`].
pub fn write(code: &mut Code, lanes: &mut Lanes, kernel: &Kernel, operands: &[usize], len: usize) -> usize {
    if let Kind::Movement(movement) = &kernel.0 {
        return moved(code, lanes, movement, operands, len);
    }
    let terms = Terms::new(kernel, operands);
    let value = lanes.define(Home::Registers);
    for start in (0..len).step_by(LANES) {
        let block = Block { start, count: LANES.min(len - start) };
        let result = match &kernel.0 {
            Kind::Elementwise(kernel) => pointwise(code, lanes, kernel, operands, &terms, block),
            Kind::Dot(dot) => product(code, lanes, dot, &terms, block),
            Kind::Reduction(reduction) => reduced(code, lanes, reduction, &terms, block),
            Kind::Movement(_) => continue,
        };
        let (register, splat) = result;
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
    values: Vec<usize>,
    starts: Vec<Vec<usize>>,
    steps: Vec<Vec<usize>>,
}

impl Terms {
    fn new(kernel: &Kernel, operands: &[usize]) -> Self {
        let (order, starts, steps): (Vec<usize>, _, _) = match &kernel.0 {
            Kind::Elementwise(Elementwise { layout: Layout::Strided { shape, steps, .. }, .. }) => {
                let starts = (0..operands.len()).map(|i| offsets(shape, &steps[i])).collect();
                ((0..operands.len()).collect(), starts, vec![vec![0]; operands.len()])
            }
            Kind::Dot(dot) => {
                let (wide, narrow) = if dot.wide_left { (0, 1) } else { (1, 0) };
                let pairs = || dot.wide.batch.iter().zip(&dot.narrow.batch);
                let each = |f: &dyn Fn(usize, usize, usize, usize) -> usize| -> Vec<usize> {
                    pairs()
                        .flat_map(|(&w, &n)| {
                            dot.narrow.free.iter().flat_map(move |&r| dot.wide.free.iter().map(move |&c| f(w, n, r, c)))
                        })
                        .collect()
                };
                let starts = vec![each(&|w, _, _, c| w + c), each(&|_, n, r, _| n + r)];
                (vec![wide, narrow], starts, vec![dot.wide.contract.clone(), dot.narrow.contract.clone()])
            }
            Kind::Reduction(reduction) => {
                let starts = reduction.kept_steps.iter().map(|steps| offsets(&reduction.kept, steps));
                let steps = reduction.gone_steps.iter().map(|steps| offsets(&reduction.gone, steps));
                let count = operands.len();
                ((0..count).collect(), starts.take(count).collect(), steps.take(count).collect())
            }
            _ => (Vec::new(), Vec::new(), Vec::new()),
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

fn quad(block: Block, element: impl Fn(usize) -> Element) -> Quad {
    std::array::from_fn(|lane| (lane < block.count).then(|| element(block.start + lane)))
}

fn pointwise(
    code: &mut Code,
    lanes: &mut Lanes,
    kernel: &Elementwise,
    operands: &[usize],
    terms: &Terms,
    block: Block,
) -> (Register, bool) {
    let registers: Vec<Register> = operands
        .iter()
        .enumerate()
        .map(|(i, &value)| match &kernel.layout {
            Layout::Flat(full) => {
                let quad = quad(block, |o| Element { value, index: if full[i] { o } else { 0 } });
                lanes.gather(code, quad)
            }
            Layout::Strided { .. } => terms.gather(code, lanes, i, 0, block),
        })
        .collect();
    // the f64 way to a fused multiply-add leaves lanes that are not wanted unset
    let all_lanes = kernel.primitive != Primitive::Fma || code.fma == Fma::Relaxed;
    let splat = all_lanes && block.count == 1 && registers.iter().all(|&register| lanes.is_splat(register));
    let result = elementwise(code, &kernel.primitive, kernel.dtype, &registers, block.count);
    // a conversion may give its operand itself, whose lanes are known under another name
    let result = result.unwrap_or(registers[0]);
    (if registers.contains(&result) { code.copy(result) } else { result }, splat)
}

fn product(code: &mut Code, lanes: &mut Lanes, dot: &Dot, terms: &Terms, block: Block) -> (Register, bool) {
    let columns = dot.wide.free.len();
    let count = dot.wide.contract.len();
    let mut pair =
        |code: &mut Code, k: usize| (terms.gather(code, lanes, 0, k, block), terms.gather(code, lanes, 1, k, block));
    if count == 0 {
        let zero = code.splat(0);
        return (code.copy(zero), false);
    }
    let sum = if dot.order == Order::Windows {
        let mut sum = WindowSum::new(code, count);
        for k in 0..count {
            let (x, y) = pair(code, k);
            let product = code.mul(x, y);
            let product = code.ftz(product);
            sum.add(code, product);
        }
        sum.finish(code)
    } else {
        let loose: Vec<bool> = (0..block.count)
            .map(|lane| matches!(dot.order, Order::LooseColumn(column) if (block.start + lane) % columns == column))
            .collect();
        let (x, y) = pair(code, 0);
        let mut sum = code.first_term(x, y);
        let mut rounded = sum;
        for k in 1..count {
            let (x, y) = pair(code, k);
            if k < dot::LANES && loose.contains(&true) {
                let product = code.mul(x, y);
                rounded = code.add(rounded, product);
            }
            if !(k < dot::LANES && loose.iter().all(|&loose| loose)) {
                sum = code.fma(x, y, sum, block.count);
            }
            if loose.contains(&true) && k == (dot::LANES - 1).min(count - 1) {
                let lane = |lane: usize| if loose.get(lane) == Some(&true) { lane + LANES } else { lane } as u8;
                sum = if block.count == 1 { rounded } else { code.shuffle(sum, rounded, std::array::from_fn(lane)) };
            }
        }
        sum
    };
    (code.ftz(sum), false)
}

fn reduced(code: &mut Code, lanes: &mut Lanes, reduction: &Reduction, terms: &Terms, block: Block) -> (Register, bool) {
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
            if k == 0 { code.first_term(x, y) } else { code.fma(x, y, sum, block.count) }
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
            return (code.copy(all), false);
        }
    };
    (code.ftz(sum), false)
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
fn moved(code: &mut Code, lanes: &mut Lanes, movement: &Movement, operands: &[usize], len: usize) -> usize {
    let mut elements: Vec<Element> = (0..len).map(|index| Element { value: operands[0], index }).collect();
    if let Movement::Place { parts, fill } = movement {
        if let Some(operand) = *fill {
            elements.fill(Element { value: operands[operand], index: 0 });
        }
        for part in parts {
            let value = operands[part.operand];
            let start = [part.from_start, part.to_start];
            walk(&part.shape, [&part.from, &part.to], start, |[i, o]| elements[o] = Element { value, index: i });
        }
    }
    let elements = lanes.lasting(code, elements);
    lanes.define(Home::Elements(elements))
}

/// Sums of more terms than this are cut into windows.
const _: () = assert!(WINDOW == 32);

/// Whether an elementwise primitive on this element type is written as machine code.
pub fn is_written(primitive: &Primitive, dtype: DType) -> bool {
    let mut trial = Code::new(Fma::Relaxed);
    let x = trial.splat(0);
    elementwise(&mut trial, primitive, dtype, &[x, x, x], LANES).is_some()
}

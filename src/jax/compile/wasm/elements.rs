//! Loops over elements: elementwise steps, and what moves elements, for large shapes.

use super::super::super::kernel::elementwise::{Elementwise, Layout};
use super::super::super::kernel::movement::Movement;
use super::super::super::kernel::walk::strides;
use super::super::plan::{Plan, Slot, Step};
use super::code::{ARENA, Address, Code, LANES, Pointer, Register};
use super::lanes::{Element, Lanes, Value};
use super::operation::Operation;

/// Registers that one turn of a loop over elements computes.
const UNROLLED: usize = 4;
/// Rows of up to this many registers are written without a loop along the row.
const LONGEST_ROW: usize = 16;

/// An elementwise step as a loop.
#[derive(Debug)]
pub enum Pointwise {
    /// Each operand is as long as the result (`true`), or a single number: several steps can share a loop.
    Flat(Operation, [bool; 3]),
    /// Some operand stretches along an axis.
    Strided(Operation, Matrix),
}

impl Pointwise {
    /// `None` if the step cannot be written as a loop.
    pub fn of(kernel: &Elementwise, operands: usize) -> Option<Self> {
        let operation = Operation::of(&kernel.primitive, kernel.dtype)?;
        match &kernel.layout {
            Layout::Flat(full) => Some(Self::Flat(operation, *full)),
            Layout::Strided { shape, steps } => {
                Matrix::new(shape, &steps[..operands]).map(|matrix| Self::Strided(operation, matrix))
            }
        }
    }
}

/// A movement of one operand as a loop.
#[derive(Debug)]
pub struct Moved {
    matrix: Matrix,
    /// Where it begins in the operand.
    start: usize,
}

impl Moved {
    /// A movement into `len` elements; `None` if it cannot be written as a loop.
    pub fn of(movement: &Movement, len: usize) -> Option<Self> {
        match movement {
            Movement::Copy => {
                Some(Self { matrix: Matrix { sheets: 1, rows: 1, columns: len, steps: vec![[0, 0, 1]] }, start: 0 })
            }
            Movement::Place { pieces, fill: None } => {
                let [piece] = &pieces[..] else { return None };
                let fills = piece.shape.iter().product::<usize>() == len && piece.to == strides(&piece.shape);
                let whole = fills && piece.to_start == 0 && piece.operand == 0;
                let matrix = Matrix::new(&piece.shape, std::slice::from_ref(&piece.from)).filter(|_| whole)?;
                Some(Self { matrix, start: piece.from_start })
            }
            _ => None,
        }
    }
}

/// A result seen as sheets of rows and columns, and for each operand the steps from sheet to sheet, from row to row and from column to column.
#[derive(Debug)]
pub struct Matrix {
    sheets: usize,
    rows: usize,
    columns: usize,
    steps: Vec<[usize; 3]>,
}

impl Matrix {
    /// Joins axes along which all operands go on evenly; `None` if more than three remain, or if elements of a row do not lie side by side.
    fn new(shape: &[usize], steps: &[Vec<usize>]) -> Option<Self> {
        let mut axes: Vec<(usize, Vec<usize>)> = Vec::new();
        for (axis, &size) in shape.iter().enumerate().rev() {
            let step: Vec<usize> = steps.iter().map(|steps| steps[axis]).collect();
            match axes.last_mut() {
                _ if size == 1 => {}
                Some((inner, inner_step))
                    if step.iter().zip(&*inner_step).all(|(&outer, &step)| outer == step * *inner) =>
                {
                    *inner *= size;
                }
                _ => axes.push((size, step)),
            }
        }
        let mut axes = axes.into_iter();
        let [(columns, across), (rows, down), (sheets, apart)] =
            std::array::from_fn(|_| axes.next().unwrap_or_else(|| (1, vec![0; steps.len()])));
        let even = axes.next().is_none() && across.iter().all(|&step| step <= 1);
        let steps = (0..steps.len()).map(|operand| [apart[operand], down[operand], across[operand]]).collect();
        even.then_some(Self { sheets, rows, columns, steps })
    }
}

/// Where a chain of elementwise steps of one length ends that can run in one loop: no result may come to lie in the way of an operand that is
/// read later.
pub fn chain_end(plan: &Plan, start: usize, end: usize, is_flat: impl Fn(usize) -> bool) -> usize {
    let len = plan.steps[start].output.len;
    let apart = |a: Slot, b: Slot| a == b || !a.overlaps(b);
    let mut next = start + 1;
    while next < end && is_flat(next) && plan.steps[next].output.len == len {
        let before = || plan.steps[start..next].iter();
        let step = &plan.steps[next];
        let writes = before().all(|other| other.inputs.iter().all(|&input| apart(input, step.output)));
        let reads = before().all(|other| step.inputs.iter().all(|&input| apart(other.output, input)));
        if !(writes && reads) {
            break;
        }
        next += 1;
    }
    next
}

/// What a short list knows of something, the newest word first.
fn newest<K: PartialEq>(list: &[(K, Register)], key: &K) -> Option<Register> {
    list.iter().rev().find(|(known, _)| known == key).map(|&(_, register)| register)
}

/// A step of a chain of flat elementwise steps.
pub struct Link<'a> {
    /// What is computed.
    pub operation: Operation,
    /// Which operands are as long as the result.
    pub full: [bool; 3],
    /// The step.
    pub step: &'a Step,
    /// Its operands.
    pub operands: Vec<Value>,
    /// Whether the result must lie in memory.
    pub is_stored: bool,
}

/// Writes a chain of elementwise steps whose results have `len` elements as one loop.
pub fn write_chain(code: &mut Code, lanes: &mut Lanes, chain: &[Link<'_>], len: usize) {
    let mut singles: Vec<(Value, Register)> = Vec::new();
    for link in chain {
        for (&value, _) in link.operands.iter().zip(link.full).filter(|&(_, full)| !full) {
            let register = lanes.splat(code, Element { value, index: 0 });
            singles.push((value, register));
        }
    }
    let body = |code: &mut Code, at: Address| {
        let mut results: Vec<(Slot, Register)> = Vec::new();
        for Link { operation, full, step, operands, is_stored } in chain {
            let mut registers = Vec::new();
            for (i, slot) in step.inputs.iter().enumerate() {
                let found = if full[i] { newest(&results, slot) } else { newest(&singles, &operands[i]) };
                let register = found.unwrap_or_else(|| {
                    let register = code.load(at.plus(slot.start));
                    results.push((*slot, register));
                    register
                });
                registers.push(register);
            }
            let result = operation.write(code, &registers, LANES);
            results.push((step.output, result));
            if *is_stored {
                // slots are padded to whole registers
                code.store(at.plus(step.output.start), result, LANES);
            }
        }
    };
    let blocks = len.div_ceil(LANES);
    let at = code.pointer(Address { pointer: ARENA, words: 0 });
    code.repeat(blocks / UNROLLED, |code| {
        for block in 0..UNROLLED {
            body(code, Address { pointer: at, words: block * LANES });
        }
        code.advance(at, UNROLLED * LANES);
    });
    for block in 0..blocks % UNROLLED {
        body(code, Address { pointer: at, words: block * LANES });
    }
}

/// Writes an elementwise step of which some operand stretches along an axis.
pub fn write_strided(
    code: &mut Code,
    lanes: &mut Lanes,
    (operation, matrix): (Operation, &Matrix),
    step: &Step,
    values: &[Value],
) {
    let singles: Vec<Option<Register>> = values
        .iter()
        .zip(&matrix.steps)
        .map(|(&value, steps)| (*steps == [0; 3]).then(|| lanes.splat(code, Element { value, index: 0 })))
        .collect();
    let places: Vec<Address> = step.inputs.iter().map(|slot| Address::arena(slot.start)).collect();
    over_matrix(code, matrix, &places, &singles, step.output, |code, registers, count| {
        operation.write(code, registers, count)
    });
}

/// Writes a movement.
pub fn write_moved(code: &mut Code, Moved { matrix, start }: &Moved, step: &Step) {
    let from = Address::arena(step.inputs[0].start + start);
    let single = (matrix.steps[0] == [0; 3]).then(|| code.load_splat(from));
    over_matrix(code, matrix, &[from], &[single], step.output, |_, registers, _| registers[0]);
}

/// One operand while a matrix is walked.
enum Walker {
    /// The same number everywhere.
    Single(Register),
    /// One number for each row.
    Rows(Pointer, usize),
    /// Rows of numbers.
    Matrix(Pointer, usize),
}

fn over_matrix(
    code: &mut Code,
    matrix: &Matrix,
    places: &[Address],
    singles: &[Option<Register>],
    output: Slot,
    f: impl Fn(&mut Code, &[Register], usize) -> Register,
) {
    if matrix.sheets == 1 {
        return over_sheet(code, matrix, places, singles, Address::arena(output.start), &f);
    }
    let mut pointers = |place: Address| code.pointer(place);
    let from: Vec<Pointer> = places.iter().map(|&place| pointers(place)).collect();
    let to = pointers(Address::arena(output.start));
    code.repeat(matrix.sheets, |code| {
        let places: Vec<Address> = from.iter().map(|&pointer| Address { pointer, words: 0 }).collect();
        over_sheet(code, matrix, &places, singles, Address { pointer: to, words: 0 }, &f);
        for (&pointer, &[sheet, ..]) in from.iter().zip(&matrix.steps) {
            if sheet > 0 {
                code.advance(pointer, sheet);
            }
        }
        code.advance(to, matrix.rows * matrix.columns);
    });
}

/// One sheet of a matrix.
fn over_sheet(
    code: &mut Code,
    matrix: &Matrix,
    places: &[Address],
    singles: &[Option<Register>],
    output: Address,
    f: &impl Fn(&mut Code, &[Register], usize) -> Register,
) {
    let walkers: Vec<Walker> = places
        .iter()
        .zip(singles)
        .zip(&matrix.steps)
        .map(|((&place, single), &[_, row, column])| match single {
            Some(register) => Walker::Single(*register),
            None if column == 0 => Walker::Rows(code.pointer(place), row),
            None => Walker::Matrix(code.pointer(place), row),
        })
        .collect();
    let to = code.pointer(output);
    code.repeat(matrix.rows, |code| {
        let of_row: Vec<Option<Register>> = walkers
            .iter()
            .map(|walker| match *walker {
                Walker::Single(register) => Some(register),
                Walker::Rows(pointer, _) => Some(code.load_splat(Address { pointer, words: 0 })),
                Walker::Matrix(..) => None,
            })
            .collect();
        row(code, matrix.columns, &walkers, &of_row, to, f);
        for walker in &walkers {
            if let Walker::Rows(pointer, step) | Walker::Matrix(pointer, step) = *walker
                && step > 0
            {
                code.advance(pointer, step);
            }
        }
        code.advance(to, matrix.columns);
    });
}

fn row(
    code: &mut Code,
    columns: usize,
    walkers: &[Walker],
    of_row: &[Option<Register>],
    to: Pointer,
    f: &impl Fn(&mut Code, &[Register], usize) -> Register,
) {
    let block = |code: &mut Code, pointers: &[Option<Pointer>], to: Address, count: usize| {
        let registers: Vec<Register> = of_row
            .iter()
            .zip(pointers)
            .map(|(register, pointer)| match (*register, *pointer) {
                (None, Some(pointer)) => code.load(Address { pointer, words: to.words }),
                (register, _) => register.unwrap_or_else(|| code.splat(0)),
            })
            .collect();
        let result = f(code, &registers, count);
        code.store(to, result, count);
    };
    let mut pointers: Vec<Option<Pointer>> = walkers
        .iter()
        .map(|walker| match *walker {
            Walker::Matrix(pointer, _) => Some(pointer),
            _ => None,
        })
        .collect();
    let mut to = to;
    let mut left = columns;
    if columns.div_ceil(LANES) > LONGEST_ROW {
        // along a long row with pointers of its own
        pointers = pointers.iter().map(|p| p.map(|pointer| code.pointer(Address { pointer, words: 0 }))).collect();
        to = code.pointer(Address { pointer: to, words: 0 });
        let turn = UNROLLED * LANES;
        code.repeat(columns / turn, |code| {
            for at in (0..turn).step_by(LANES) {
                block(code, &pointers, Address { pointer: to, words: at }, LANES);
            }
            for pointer in pointers.iter().flatten().chain([&to]) {
                code.advance(*pointer, turn);
            }
        });
        left = columns % turn;
    }
    for at in (0..left).step_by(LANES) {
        block(code, &pointers, Address { pointer: to, words: at }, LANES.min(left - at));
    }
}

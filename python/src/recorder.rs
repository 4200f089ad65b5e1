//! Notes what the names of a program's outermost level hold after each turn of its innermost loops: numbers, small arrays, and the parameters of modules.

use std::cell::RefCell;
use std::mem::take;

use ruff_source_file::SourceFileBuilder;
use rustpython_compiler::ast::Mod;
use rustpython_compiler::codegen::compile::compile_top;
use rustpython_compiler::{CompileOpts, parser};
use rustpython_vm::{
    PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine,
    builtins::{PyCode, PyDict, PyFloat, PyList, PyStr, PyTuple},
    compiler::{CompileError, Mode},
};

use crate::instrument::{after_turn, at_end, instrument};
use crate::tree::flatten;
use crate::value::{PyArray, concrete};

/// The most numbers that one name is noted with.
pub const MOST_NUMBERS: usize = 64;
/// The most parts of a container that is looked at, containers among them.
const MOST_PARTS: usize = 4 * MOST_NUMBERS;
/// The most names of a loop.
pub const MOST_NAMES: usize = 24;
/// How many turns are noted; then every other one is forgotten, and only every other one is noted.
pub const MOST_TURNS: usize = 2048;

/// What a name has held.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The name.
    pub name: String,
    /// How many numbers it holds.
    pub width: usize,
    /// Those numbers, turn by turn; NaN before it was there.
    pub numbers: Vec<f32>,
}

/// What was noted of a loop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// Where the loop begins and ends in the text, in bytes.
    pub range: (usize, usize),
    /// How many turns it has taken.
    pub turns: usize,
    /// The turns that were noted, from 1.
    pub noted: Vec<usize>,
    /// What was noted.
    pub columns: Vec<Column>,
    stride: usize,
    /// Names that hold now more and now fewer numbers.
    uneven: Vec<String>,
}

/// Hears of the loop that has turned most often, whenever something is noted, and at the end.
pub type Sink = Box<dyn FnMut(&Recording, bool)>;

#[derive(Default)]
struct State {
    sink: Option<Sink>,
    loops: Vec<Recording>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Has the programs that run from now on recorded; or no longer.
pub fn set_sink(sink: Option<Sink>) {
    STATE.with_borrow_mut(|state| *state = State { sink, loops: Vec::new() });
}

/// Whether anybody wants to hear.
#[must_use]
pub fn listens() -> bool {
    STATE.with_borrow(|state| state.sink.is_some())
}

/// Compiles a program whose loops are watched.
pub fn compile(source: &str, name: &str, vm: &VirtualMachine) -> Result<PyRef<PyCode>, CompileError> {
    let file = SourceFileBuilder::new(name, source).finish();
    let Ok(parsed) = parser::parse(source, parser::Mode::Module.into()) else {
        // what is wrong is said as it always is
        return crate::compile(source, name, vm);
    };
    let mut tree = parsed.into_syntax();
    let loops = match &mut tree {
        Mod::Module(module) => instrument(&mut module.body),
        Mod::Expression(_) => Vec::new(),
    };
    for index in 0..loops.len() {
        let watch = [
            (after_turn(index), vm.new_function("turn", move |vm: &VirtualMachine| turn(index, false, vm))),
            (at_end(index), vm.new_function("end", move |vm: &VirtualMachine| turn(index, true, vm))),
        ];
        for (called, function) in watch {
            // without it the program would end at a name that it does not have
            if vm.builtins.set_attr(vm.ctx.intern_str(called), function, vm).is_err() {
                return crate::compile(source, name, vm);
            }
        }
    }
    let new = |range| Recording { range, stride: 1, ..Recording::default() };
    STATE.with_borrow_mut(|state| state.loops = loops.into_iter().map(|one| new(one.range)).collect());
    let code = compile_top(tree, file, Mode::Exec, CompileOpts::default())?;
    Ok(vm.ctx.new_code(code))
}

/// The program has ended: tells of the loop that has turned most often.
pub fn finish() {
    tell(true);
}

fn tell(is_last: bool) {
    STATE.with_borrow_mut(|state| {
        let most = state.loops.iter().max_by_key(|one| one.turns).filter(|one| one.turns > 0);
        if let (Some(sink), Some(recording)) = (&mut state.sink, most) {
            sink(recording, is_last);
        }
    });
}

/// A loop has turned, or has come to its end.
#[allow(clippy::unnecessary_wraps, reason = "what Python calls may fail")]
fn turn(index: usize, is_end: bool, vm: &VirtualMachine) -> PyResult<()> {
    let is_due = STATE.with_borrow_mut(|state| state.loops.get_mut(index).is_some_and(|one| one.is_due(is_end)));
    if is_due {
        let held = held(vm);
        STATE.with_borrow_mut(|state| state.loops.get_mut(index).map(|one| one.note(held)));
        tell(false);
    }
    Ok(())
}

/// The names of the outermost level, and the numbers that they hold.
fn held(vm: &VirtualMachine) -> Vec<(String, Vec<f32>)> {
    let mut found = Vec::new();
    for (name, value) in &vm.current_globals() {
        let Some(name) = name.downcast_ref::<PyStr>().map(ToString::to_string) else { continue };
        if name.starts_with('_') || found.len() == MOST_NAMES {
            continue;
        }
        if let Some(numbers) = numbers(&value, vm).filter(|numbers| (1..=MOST_NUMBERS).contains(&numbers.len())) {
            found.push((name, numbers));
        }
    }
    found
}

/// The numbers of a value: of a float, an array of floats, or a module or a container of nothing else.
fn numbers(value: &PyObject, vm: &VirtualMachine) -> Option<Vec<f32>> {
    let mut numbers = Vec::new();
    if value.downcast_ref::<PyFloat>().is_some() || value.downcast_ref::<PyArray>().is_some() {
        return add(value, &mut numbers).then_some(numbers);
    }
    let is_container = value.downcast_ref_if_exact::<PyTuple>(vm).is_some()
        || value.downcast_ref_if_exact::<PyList>(vm).is_some()
        || value.downcast_ref_if_exact::<PyDict>(vm).is_some();
    if !is_container && !is_module(value) || !is_small(value, &mut { MOST_PARTS }, vm) {
        return None;
    }
    let mut leaves: Vec<PyObjectRef> = Vec::new();
    flatten(value, &mut leaves, None, vm).ok()?;
    let are_floats = leaves.len() <= MOST_NUMBERS && leaves.iter().all(|leaf| add(leaf, &mut numbers));
    are_floats.then_some(numbers)
}

/// Whether containers within containers, down to what is none, have no more than `left` parts in all: those that hold each other have parts without end. Long ones
/// are not gone through on every turn either.
fn is_small(value: &PyObject, left: &mut usize, vm: &VirtualMachine) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    if let Some(tuple) = value.downcast_ref_if_exact::<PyTuple>(vm) {
        return tuple.as_slice().iter().all(|part| is_small(part, left, vm));
    }
    if let Some(list) = value.downcast_ref_if_exact::<PyList>(vm) {
        return list.borrow_vec().iter().all(|part| is_small(part, left, vm));
    }
    if let Some(dict) = value.downcast_ref_if_exact::<PyDict>(vm) {
        return dict.into_iter().all(|(_, part)| is_small(&part, left, vm));
    }
    true
}

/// Adds the numbers of a float or an array of floats, unless there are too many of them.
fn add(value: &PyObject, numbers: &mut Vec<f32>) -> bool {
    if let Some(float) = value.downcast_ref::<PyFloat>() {
        numbers.push(float.to_f64() as f32);
        return true;
    }
    let array = value.downcast_ref::<PyArray>().and_then(|array| concrete(&array.array));
    let Some(array) = array.filter(|array| numbers.len() + array.size() <= MOST_NUMBERS) else { return false };
    array.as_f32().is_ok_and(|floats| {
        numbers.extend_from_slice(floats);
        true
    })
}

/// Whether it is an `nnx.Module`, and no `nnx.Optimizer`, which has more than parameters.
fn is_module(value: &PyObject) -> bool {
    let is_called = |name: &str| value.class().mro_collect().iter().any(|class| &*class.name() == name);
    is_called("Module") && !is_called("Optimizer")
}

impl Recording {
    /// Whether this turn is to be noted; a loop's end tells of the last turn once more.
    fn is_due(&mut self, is_end: bool) -> bool {
        if is_end {
            return self.turns > 0 && self.noted.last() != Some(&self.turns);
        }
        self.turns += 1;
        (self.turns - 1).is_multiple_of(self.stride)
    }

    fn note(&mut self, held: Vec<(String, Vec<f32>)>) {
        if self.noted.len() >= MOST_TURNS {
            self.thin();
        }
        let before = self.noted.len();
        for (name, numbers) in held {
            if self.uneven.contains(&name) {
                continue;
            }
            let place = self.columns.iter().position(|column| column.name == name);
            match place {
                None => {
                    let width = numbers.len();
                    let mut all = vec![f32::NAN; before * width];
                    all.extend(numbers);
                    self.columns.push(Column { name, width, numbers: all });
                }
                Some(place) if self.columns[place].width == numbers.len() => {
                    self.columns[place].numbers.extend(numbers);
                }
                Some(place) => {
                    self.columns.remove(place);
                    self.uneven.push(name);
                }
            }
        }
        self.noted.push(self.turns);
        let rows = self.noted.len();
        for column in &mut self.columns {
            column.numbers.resize(rows * column.width, f32::NAN);
        }
    }

    /// Keeps every other turn, and the last.
    fn thin(&mut self) {
        self.stride *= 2;
        let last = self.noted.len() - 1;
        let is_kept = |row: usize, turn: usize| row == last || (turn - 1).is_multiple_of(self.stride);
        let rows: Vec<usize> = (0..=last).filter(|&row| is_kept(row, self.noted[row])).collect();
        for column in &mut self.columns {
            let numbers = take(&mut column.numbers);
            let row = |&row: &usize| &numbers[row * column.width..(row + 1) * column.width];
            column.numbers = rows.iter().flat_map(row).copied().collect();
        }
        self.noted = rows.iter().map(|&row| self.noted[row]).collect();
    }
}

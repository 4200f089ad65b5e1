//! Loops with a known number of turns as one equation: `lax.scan`, and `fori_loop` between known bounds. What it computes is the program that the turns make up,
//! each a call of one program that is traced once; so transformations and the compiler treat it as any jitted function.

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};
use thetahat::jax::{
    Array,
    control::{Call, Program, Turns, parts},
    extension::Extension,
    lax::{Unary, unary},
    numpy::stack,
    trace::trace,
};

use crate::errors::engine_error;
use crate::transform::{arrays, closed, effect, staged, traced, types, wrapped};
use crate::views::View;

/// How a loop runs.
#[derive(Clone, Copy)]
pub struct Course {
    /// How many turns it takes.
    pub length: usize,
    /// Where the first value that goes from turn to turn starts, if it counts the turns.
    pub start: Option<i32>,
    /// Whether the last slice comes first.
    pub reverse: bool,
    /// What is printed as such.
    pub unroll: usize,
}

/// `body([carry… slice…]) -> [carry… result…]`, `length` times: what goes on at last, and the results of all turns, stacked.
pub fn scan(body: &PyObject, init: &PyObject, xs: &PyObject, course: Course, vm: &VirtualMachine) -> PyResult {
    let (init, mut weak) = arrays(init, vm)?;
    let (xs, weak_xs) = arrays(xs, vm)?;
    let (carried, inputs) = (types(&init, vm)?, types(&xs, vm)?);
    let slices = inputs.iter().cloned().map(|mut aval| {
        aval.shape.remove(0);
        aval
    });
    let given: Vec<_> = carried.iter().cloned().chain(slices).collect();
    let outer: Vec<Array> = init.iter().chain(&xs).cloned().collect();
    weak.extend(weak_xs);
    let turn = staged(|| traced(&|list| body.call((list,), vm), &outer, &weak, Some(&given), View::Jit, vm))?;
    let (consts, own) = (&turn.program.consts, turn.outputs());
    let call = Call::new("body".into(), false, Program::new(closed(&turn.program, usize::MAX)));
    let operands = types(consts, vm)?.into_iter().chain(carried).chain(inputs).collect::<Vec<_>>();
    let whole = trace(&operands, |all| turns(&call, &all, [consts.len(), init.len(), own], course));
    let whole = whole.map_err(|error| engine_error(&error, vm))?;
    let shown = Turns {
        body: Program::new(closed(&turn.program, own)),
        length: course.length,
        counts: [consts.len(), init.len()],
        reverse: course.reverse,
        unroll: course.unroll,
    };
    let equation = Call { turns: Some(shown), ..Call::new("scan".into(), false, Program::new(whole.jaxpr)) };
    let results = equation.results.clone();
    let operands: Vec<&Array> = consts.iter().chain(&outer).collect();
    let mut outs = parts(&results, &Extension::apply(equation, &operands));
    let mut values = outs.split_off(own).into_iter();
    for (callback, count) in (0..course.length).flat_map(|_| &turn.effects) {
        effect(callback, values.by_ref().take(*count).collect(), vm)?;
    }
    weak.truncate(init.len());
    weak.extend(&turn.weak[init.len()..]);
    wrapped(outs, &weak, vm)
}

/// What all turns make of constants, of what the first turn takes, and of the inputs; behind that what the turns' effects are to have.
/// `counts`: of constants, of values that go from turn to turn, of the results of a turn.
fn turns(call: &Call, all: &[Array], counts: [usize; 3], course: Course) -> Vec<Array> {
    let [constants, carried, own] = counts;
    let (constants, rest) = all.split_at(constants);
    let (init, xs) = rest.split_at(carried);
    let mut carry = init.to_vec();
    let (mut collected, mut effects) = (vec![Vec::new(); own - carried], Vec::new());
    for number in 0..course.length {
        if let (Some(start), Some(counter)) = (course.start, carry.first_mut()) {
            *counter = Array::from_i32(&[start.wrapping_add(i32::try_from(number).unwrap_or(i32::MAX))], &[]);
        }
        let at = if course.reverse { course.length - 1 - number } else { number };
        let slices: Vec<Array> = xs.iter().map(|x| x.at(at)).collect();
        let operands: Vec<&Array> = constants.iter().chain(&carry).chain(&slices).collect();
        let mut results = parts(&call.results, &Extension::apply(call.clone(), &operands));
        effects.extend(results.split_off(own));
        // a turn is rounded by itself, not with the next one
        let mut results = results.iter().map(|x| unary(Unary::OptimizationBarrier, x));
        carry = results.by_ref().take(carried).collect();
        for (known, y) in collected.iter_mut().zip(results) {
            known.push(y);
        }
    }
    let stacked = collected.into_iter().map(|mut ys| {
        if course.reverse {
            ys.reverse();
        }
        stack(&ys.iter().collect::<Vec<_>>())
    });
    carry.into_iter().chain(stacked).chain(effects).collect()
}

/// [`scan`] for Python: `course` is `(length, start or None, reverse, unroll)`.
pub fn from_python(args: [PyObjectRef; 4], vm: &VirtualMachine) -> PyResult {
    let [body, init, xs, course] = args;
    let course: Vec<PyObjectRef> = vm.extract_elements_with(&course, Ok)?;
    let number = |i: usize| match course.get(i) {
        Some(n) if !vm.is_none(n) => crate::value::index(n, vm).map(Some),
        _ => Ok(None),
    };
    let count = |n: Option<_>| usize::try_from(n.unwrap_or_default()).unwrap_or_default();
    let start = number(1)?.map(|start| i32::try_from(start).unwrap_or_default());
    let course = Course {
        length: count(number(0)?),
        start,
        reverse: course.get(2).is_some_and(|flag| flag.clone().try_to_bool(vm).unwrap_or(false)),
        unroll: count(number(3)?),
    };
    scan(&body, &init, &xs, course, vm)
}

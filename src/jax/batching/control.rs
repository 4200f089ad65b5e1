//! How loops and decisions run on several examples at once: [`super::super::control`].

use crate::base::error::Result;

use super::super::array::Array;
#[cfg(feature = "full")]
use super::super::control::Call;
use super::super::control::{Cond, Control, Layout, Part, Program, While, select_examples};
use super::super::core::{Atom, DType, Jaxpr, Primitive, ShapedArray};
use super::super::extension::{Extension, Operation, inline};
use super::super::trace::{eval_jaxpr, trace};
use super::batcher::{Batcher, Bundle, Mapped};
use super::{batch_jaxpr, vmap_jaxpr};

/// Writes an operation on operands of which at least one is mapped.
pub(super) fn rule(b: &mut Batcher, control: Control<'_>, x: &[Mapped]) -> Result<Mapped> {
    match control {
        Control::Part(part) => {
            let known = b.bundles.iter().find(|(bundle, _)| *bundle == x[0].atom);
            let (results, is_mapped) = match known {
                Some((_, Bundle::Values(values))) => return Ok(Mapped::at(values[part.index], 0)),
                Some((_, Bundle::Written(results, mapped))) => (results.clone(), mapped[part.index]),
                None => (part.results.clone(), false),
            };
            let atom = b.emit(written(Part { results, index: part.index }), &[x[0].atom])?;
            Ok(Mapped { atom, axis: is_mapped.then_some(0) })
        }
        Control::While(operation) => loops(b, operation, x),
        Control::Cond(operation) => decision(b, operation, x),
        #[cfg(feature = "full")]
        Control::Call(operation) => call(b, operation, x),
        #[cfg(feature = "full")]
        Control::CallTangents(operation) => Err(written(operation.clone()).unsupported("vmap", "batching rule")),
        Control::Pulled(operation) => Err(written(operation.clone()).unsupported("vmap", "batching rule")),
    }
}

fn written(operation: impl Operation + 'static) -> Primitive {
    Primitive::Extension(Extension::new(operation))
}

fn axes(mapped: &[bool]) -> Vec<Option<usize>> {
    mapped.iter().map(|mapped| mapped.then_some(0)).collect()
}

fn stacked(avals: &[ShapedArray], mapped: &[bool], size: usize) -> Layout {
    let stacked = avals.iter().zip(mapped).map(|(aval, &mapped)| {
        let mut aval = aval.clone();
        if mapped {
            aval.shape.insert(0, size);
        }
        aval
    });
    stacked.collect()
}

/// Operands, those that are to be mapped with their examples along the first axis.
fn operands(b: &mut Batcher, x: &[Mapped], mapped: &[bool]) -> Result<Vec<Atom>> {
    let size = b.size;
    x.iter().zip(mapped).map(|(&x, &mapped)| if mapped { b.at_front(x, size) } else { Ok(x.atom) }).collect()
}

fn bundle(
    b: &mut Batcher,
    operation: impl Operation + 'static,
    types: Layout,
    mapped: Vec<bool>,
    x: &[Atom],
) -> Result<Mapped> {
    let atom = b.emit(written(operation), x)?;
    b.bundles.push((atom, Bundle::Written(types, mapped)));
    Ok(Mapped::at(atom, 0))
}

/// A program of these arguments that a function of arrays writes.
fn program(avals: &[ShapedArray], f: impl FnOnce(&[Array]) -> Result<Vec<Array>>) -> Result<Program> {
    let traced = trace(avals, |x| f(&x).unwrap_or_else(|error| vec![Array::failed(error)]))?;
    Ok(Program::new(traced.jaxpr))
}

fn in_types(jaxpr: &Jaxpr) -> Vec<ShapedArray> {
    jaxpr.in_avals().cloned().collect()
}

/// A call of the mapped function; operands stay where they are mapped, as in JAX.
#[cfg(feature = "full")]
fn call(b: &mut Batcher, operation: &Call, x: &[Mapped]) -> Result<Mapped> {
    let size = b.size;
    let given: Vec<Option<usize>> = x.iter().map(|x| x.axis).collect();
    let (_, made) = batch_jaxpr(operation.program.jaxpr(), &given, size)?;
    let mapped: Vec<bool> = made.iter().map(Option::is_some).collect();
    let program = Program::new(vmap_jaxpr(operation.program.jaxpr(), &given, &axes(&mapped), size)?);
    let results = stacked(&operation.results, &mapped, size);
    let operands: Vec<Atom> = x.iter().map(|x| x.atom).collect();
    let call = Call::new(operation.name.clone(), operation.inline, program);
    bundle(b, call, results, mapped, &operands)
}

fn loops(b: &mut Batcher, operation: &While, x: &[Mapped]) -> Result<Mapped> {
    let size = b.size;
    let [of_condition, of_body] = operation.constants;
    let (condition, body) = (operation.condition.jaxpr(), operation.body.jaxpr());
    let given: Vec<bool> = x.iter().map(|x| x.axis.is_some()).collect();
    let (constants, mut carried) = (given[..of_condition + of_body].to_vec(), given[of_condition + of_body..].to_vec());
    let flags = |constants: &[bool], carried: &[bool]| axes(&[constants, carried].concat());
    // what a turn makes different for the examples is different in the next turn, too
    let (condition_axes, decides) = loop {
        let condition_axes = flags(&constants[..of_condition], &carried);
        let (_, decides) = batch_jaxpr(condition, &condition_axes, size)?;
        let (_, made) = batch_jaxpr(body, &flags(&constants[of_condition..], &carried), size)?;
        let is_decided = decides[0].is_some();
        let now = |(&before, now): (&bool, &Option<usize>)| before || is_decided || now.is_some();
        let more: Vec<bool> = carried.iter().zip(&made).map(now).collect();
        if more == carried {
            break (condition_axes, is_decided);
        }
        carried = more;
    };
    let turn = vmap_jaxpr(body, &flags(&constants[of_condition..], &carried), &axes(&carried), size)?;
    let (condition, _) = batch_jaxpr(condition, &condition_axes, size)?;
    let all: Vec<bool> = constants.iter().chain(&carried).copied().collect();
    let operands = operands(b, x, &all)?;
    let carry = stacked(&operation.carry, &carried, size);
    let operation = if decides {
        // as long as the condition holds for one example; those for which it does not stay as they are
        let outside = in_types(&condition)[..of_condition].to_vec();
        let own = in_types(&turn)[..of_body].to_vec();
        let any: Vec<ShapedArray> = outside.iter().chain(carry.iter()).cloned().collect();
        let any = program(&any, |x| {
            let each = eval_jaxpr(&condition, &[], x)?.swap_remove(0);
            Ok(vec![each.astype(DType::F32).max().greater(0.0)])
        })?;
        let both: Vec<ShapedArray> = outside.iter().chain(&own).chain(carry.iter()).cloned().collect();
        let body = program(&both, |x| {
            let (constants, before) = x.split_at(of_condition + of_body);
            let condition_inputs = [&constants[..of_condition], before].concat();
            let each = eval_jaxpr(&condition, &[], &condition_inputs)?.swap_remove(0);
            let after = eval_jaxpr(&turn, &[], &[&constants[of_condition..], before].concat())?;
            Ok(after.iter().zip(before).map(|(after, before)| select_examples(&each, after, before)).collect())
        })?;
        While { constants: [of_condition, of_condition + of_body], condition: any, body, carry: carry.clone() }
    } else {
        let constants = [of_condition, of_body];
        While { constants, condition: Program::new(condition), body: Program::new(turn), carry: carry.clone() }
    };
    let operands = if decides {
        // the body decides for each example, so it takes the condition's constants, too
        let (of_condition, rest) = operands.split_at(of_condition);
        [of_condition, of_condition, rest].concat()
    } else {
        operands
    };
    bundle(b, operation, carry, carried, &operands)
}

fn decision(b: &mut Batcher, operation: &Cond, x: &[Mapped]) -> Result<Mapped> {
    let size = b.size;
    let given: Vec<bool> = x[1..].iter().map(|x| x.axis.is_some()).collect();
    if x[0].axis.is_some() {
        return choice(b, operation, x, &given);
    }
    let mut mapped = vec![false; operation.results.len()];
    for branch in &operation.branches {
        let (_, made) = batch_jaxpr(branch.jaxpr(), &axes(&given), size)?;
        mapped.iter_mut().zip(made).for_each(|(mapped, made)| *mapped |= made.is_some());
    }
    let branches = operation
        .branches
        .iter()
        .map(|branch| Ok(Program::new(vmap_jaxpr(branch.jaxpr(), &axes(&given), &axes(&mapped), size)?)));
    let branches = branches.collect::<Result<Vec<_>>>()?;
    let results = stacked(&operation.results, &mapped, size);
    let all: Vec<bool> = std::iter::once(false).chain(given).collect();
    let operands = operands(b, x, &all)?;
    bundle(b, Cond { branches, results: results.clone() }, results, mapped, &operands)
}

/// Each example decides for itself: all branches are computed, and each result chosen.
fn choice(b: &mut Batcher, operation: &Cond, x: &[Mapped], given: &[bool]) -> Result<Mapped> {
    let size = b.size;
    let all: Vec<bool> = std::iter::once(true).chain(given.iter().copied()).collect();
    let operands = operands(b, x, &all)?;
    let avals: Vec<ShapedArray> = operands.iter().map(|&x| b.jaxpr.aval(x)).collect();
    let mapped = vec![true; operation.results.len()];
    let branches: Vec<Jaxpr> = operation
        .branches
        .iter()
        .map(|branch| vmap_jaxpr(branch.jaxpr(), &axes(given), &axes(&mapped), size))
        .collect::<Result<_>>()?;
    let chosen = program(&avals, |x| {
        let mut chosen: Option<Vec<Array>> = None;
        for (number, branch) in branches.iter().enumerate() {
            let made = eval_jaxpr(branch, &[], &x[1..])?;
            let which = x[0].greater_equal(Array::from_i32(&[i32::try_from(number).unwrap_or(i32::MAX)], &[]));
            chosen = Some(match chosen {
                None => made,
                Some(before) => {
                    made.iter().zip(&before).map(|(made, before)| select_examples(&which, made, before)).collect()
                }
            });
        }
        Ok(chosen.unwrap_or_default())
    })?;
    let values = inline(chosen.jaxpr(), &operands, &mut |primitive, inputs| b.emit(primitive, inputs))?;
    // nothing reads this variable: the parts of the bundle that it stands for are values of the program
    let atom = Atom::Var(b.jaxpr.fresh(ShapedArray::new(&[], DType::F32)));
    b.bundles.push((atom, Bundle::Values(values)));
    Ok(Mapped::at(atom, 0))
}

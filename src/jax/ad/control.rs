//! Derivatives of loops and decisions: [`super::super::control`].
//!
//! Forward mode puts the tangents beside the values in the same equation. In reverse mode a decision is taken once on the way forward, where each branch keeps what
//! the way back needs, and once on the way back; a loop has no reverse mode, because how often it turns is not known.

use crate::base::error::{Error, Result};

use super::super::compile::without_dead_code;
use super::super::control::{Cond, Control, Layout, Part, Program, Pulled, While};
use super::super::core::{Atom, DType, Eqn, Jaxpr, Literal, Primitive, ShapedArray, Var};
use super::super::extension::{Extension, Operation};
#[cfg(feature = "full")]
use super::call;
use super::linear_writer::LinearWriter;
use super::{jvp_jaxpr, tangent_mask, vjp_programs};

/// Where the results of an equation with several lie in the program that is being written.
pub(super) struct Bundle {
    /// The equation's variable in the program that is differentiated.
    pub var: Var,
    pub value: Atom,
    pub results: Layout,
    /// The bundle of the tangents, the types in it, and for each result which of them is its tangent.
    pub tangents: Option<(Atom, Layout, Vec<Option<usize>>)>,
}

/// The bundles so far.
#[derive(Default)]
pub(super) struct Bundles(Vec<Bundle>);

/// A result, and its tangent if it is not zero.
pub(super) type Dual = (Atom, Option<Atom>);

impl Bundles {
    /// Writes an equation of control flow with its tangents; `None` if it is none.
    pub fn push(&mut self, w: &mut LinearWriter, eqn: &Eqn, x: &[Atom], dx: &[Option<Atom>]) -> Result<Option<Dual>> {
        let Primitive::Extension(extension) = &eqn.primitive else { return Ok(None) };
        let Some(control) = extension.operation.control() else { return Ok(None) };
        if let Control::Part(part) = control {
            let bundle = match eqn.inputs.first() {
                Some(&Atom::Var(var)) => self.0.iter().find(|bundle| bundle.var == var),
                _ => None,
            };
            let Some(bundle) = bundle else { return Ok(None) };
            let value = take(w, &bundle.results, part.index, bundle.value)?;
            let tangent = match &bundle.tangents {
                Some((atom, types, places)) => {
                    places[part.index].map(|place| take(w, types, place, *atom)).transpose()?
                }
                None => None,
            };
            return Ok(Some((value, tangent)));
        }
        let mut bundle = if dx.iter().all(Option::is_none) {
            let value = w.emit(eqn.primitive.clone(), x)?;
            Bundle { var: eqn.output, value, results: control.results().unwrap_or_default(), tangents: None }
        } else {
            match control {
                Control::While(operation) => loops(w, operation, x, dx)?,
                Control::Cond(operation) if w.is_linearizing() => divided(w, operation, x, dx)?,
                Control::Cond(operation) => decision(w, operation, x, dx)?,
                #[cfg(feature = "full")]
                Control::Call(operation) if w.is_linearizing() => call::divided(w, operation, x, dx)?,
                #[cfg(feature = "full")]
                Control::Call(operation) => call::both(w, operation, x, dx)?,
                #[cfg(feature = "full")]
                Control::CallTangents(_) => return Err(eqn.primitive.unsupported("grad", "derivative rule")),
                Control::Pulled(_) | Control::Part(_) => {
                    return Err(eqn.primitive.unsupported("grad", "derivative rule"));
                }
            }
        };
        bundle.var = eqn.output;
        let value = bundle.value;
        self.0.push(bundle);
        Ok(Some((value, None)))
    }
}

pub(super) fn written(operation: impl Operation + 'static) -> Primitive {
    Primitive::Extension(Extension::new(operation))
}

pub(super) fn take(w: &mut LinearWriter, results: &Layout, index: usize, bundle: Atom) -> Result<Atom> {
    w.emit(written(Part { results: results.clone(), index }), &[bundle])
}

/// A program's derivative that takes tangents for the arguments in `wrt` and returns those of the outputs in `wanted`, behind the rest.
pub(super) fn pushed(jaxpr: &Jaxpr, wrt: &[bool], wanted: &[bool]) -> Result<Jaxpr> {
    let mut both = jvp_jaxpr(jaxpr, wrt)?;
    let outputs = jaxpr.outs.len();
    let tangents = both.outs.split_off(outputs);
    let floats = jaxpr.outs.iter().zip(wanted).filter(|(out, _)| jaxpr.aval(**out).dtype == DType::F32);
    both.outs.extend(floats.zip(tangents).filter(|((_, wanted), _)| **wanted).map(|(_, tangent)| tangent));
    Ok(without_dead_code(&both).0)
}

/// Types of results, followed by those of the tangents of some.
pub(super) fn doubled(results: &[ShapedArray], wanted: &[bool]) -> (Layout, Vec<Option<usize>>) {
    let mut all = results.to_vec();
    let places = results.iter().zip(wanted).map(|(aval, &wanted)| {
        wanted.then(|| {
            all.push(aval.clone());
            all.len() - 1
        })
    });
    let places = places.collect();
    (all.into(), places)
}

/// One loop for values and tangents.
fn loops(w: &mut LinearWriter, operation: &While, x: &[Atom], dx: &[Option<Atom>]) -> Result<Bundle> {
    let [of_condition, of_body] = operation.constants;
    let body = operation.body.jaxpr();
    let given: Vec<bool> = dx[of_condition..].iter().map(Option::is_some).collect();
    let (constants, mut carried) = (given[..of_body].to_vec(), given[of_body..].to_vec());
    // what a turn makes of a tangent goes into the next turn
    let wrt = loop {
        let wrt = [&constants[..], &carried].concat();
        let made = tangent_mask(body, &wrt)?;
        let more: Vec<bool> = carried.iter().zip(&made).map(|(&before, &now)| before || now).collect();
        if more == carried {
            break wrt;
        }
        carried = more;
    };
    let mut turn = pushed(body, &wrt, &carried)?;
    // constants and their tangents first, then what is carried and its tangents
    let tangents = turn.invars.split_off(body.invars.len());
    let carry = turn.invars.split_off(of_body);
    let (of_constants, of_carry) = tangents.split_at(constants.iter().filter(|&&c| c).count());
    turn.invars.extend(of_constants.iter().chain(&carry).chain(of_carry));

    let (types, places) = doubled(&operation.carry, &carried);
    let mut condition = operation.condition.jaxpr().clone();
    for aval in &types[operation.carry.len()..] {
        let unused = condition.fresh(aval.clone());
        condition.invars.push(unused);
    }
    let (outside, start) = x.split_at(of_condition + of_body);
    let (d_outside, d_start) = dx.split_at(of_condition + of_body);
    let mut operands = outside.to_vec();
    operands.extend(d_outside[of_condition..].iter().flatten());
    operands.extend(start);
    for ((aval, tangent), _) in operation.carry.iter().zip(d_start).zip(&carried).filter(|(_, carried)| **carried) {
        operands.push(w.instantiate(*tangent, aval)?);
    }
    let operation = While {
        constants: [of_condition, of_body + of_constants.len()],
        condition: Program::new(condition),
        body: Program::new(turn),
        carry: types.clone(),
    };
    beside(w, operation, types, places, &operands)
}

/// A bundle that holds values and tangents.
pub(super) fn beside(
    w: &mut LinearWriter,
    operation: impl Operation + 'static,
    types: Layout,
    places: Vec<Option<usize>>,
    operands: &[Atom],
) -> Result<Bundle> {
    let value = w.emit(written(operation), operands)?;
    Ok(Bundle { var: Var(0), value, results: types.clone(), tangents: Some((value, types, places)) })
}

/// Which results have a tangent in some branch.
fn of_some_branch(operation: &Cond, wrt: &[bool]) -> Result<Vec<bool>> {
    let mut some = vec![false; operation.results.len()];
    for branch in &operation.branches {
        let mask = tangent_mask(branch.jaxpr(), wrt)?;
        some.iter_mut().zip(mask).for_each(|(some, one)| *some |= one);
    }
    Ok(some)
}

/// One decision for values and tangents.
fn decision(w: &mut LinearWriter, operation: &Cond, x: &[Atom], dx: &[Option<Atom>]) -> Result<Bundle> {
    let wrt: Vec<bool> = dx[1..].iter().map(Option::is_some).collect();
    let wanted = of_some_branch(operation, &wrt)?;
    let (types, places) = doubled(&operation.results, &wanted);
    let branches = operation.branches.iter().map(|branch| Ok(Program::new(pushed(branch.jaxpr(), &wrt, &wanted)?)));
    let branches = branches.collect::<Result<Vec<_>>>()?;
    let operands: Vec<Atom> = x.iter().chain(dx.iter().flatten()).copied().collect();
    beside(w, Cond { branches, results: types.clone() }, types, places, &operands)
}

/// A decision whose branches keep what the way back needs, and the tangents, which depend on that.
fn divided(w: &mut LinearWriter, operation: &Cond, x: &[Atom], dx: &[Option<Atom>]) -> Result<Bundle> {
    let wrt: Vec<bool> = dx[1..].iter().map(Option::is_some).collect();
    let wanted = of_some_branch(operation, &wrt)?;
    let outputs = operation.results.len();
    let ways: Vec<(Jaxpr, Jaxpr)> =
        operation.branches.iter().map(|branch| vjp_programs(branch.jaxpr(), &wrt)).collect::<Result<_>>()?;
    let kept: Vec<Vec<ShapedArray>> = ways
        .iter()
        .map(|(forward, _)| forward.outs[outputs..].iter().map(|&out| forward.aval(out)).collect())
        .collect();
    let (mut forward_branches, mut backward_branches) = (Vec::new(), Vec::new());
    for (own, (forward, backward)) in ways.into_iter().enumerate() {
        let (mut forward, mut backward) = (forward, backward);
        let residuals = forward.outs.split_off(outputs);
        let cotangents = backward.invars.split_off(residuals.len());
        let own_places = std::mem::take(&mut backward.invars);
        for (branch, types) in kept.iter().enumerate() {
            if branch == own {
                forward.outs.extend(&residuals);
                backward.invars.extend(&own_places);
                continue;
            }
            for aval in types {
                let nothing = zeros(&mut forward, aval)?;
                forward.outs.push(nothing);
                let unused = backward.fresh(aval.clone());
                backward.invars.push(unused);
            }
        }
        backward.invars.extend(cotangents);
        forward_branches.push(Program::new(without_dead_code(&forward).0));
        backward_branches.push(Program::new(without_dead_code(&backward).0));
    }
    let results: Layout = operation.results.iter().chain(kept.iter().flatten()).cloned().collect();
    let value = w.emit(written(Cond { branches: forward_branches, results: results.clone() }), x)?;

    let floats: Vec<bool> = operation.results.iter().map(|aval| aval.dtype == DType::F32).collect();
    let types: Layout = operation.results.iter().filter(|aval| aval.dtype == DType::F32).cloned().collect();
    let mut number = 0;
    let places = floats.iter().zip(&wanted).map(|(&float, &wanted)| {
        let place = number;
        number += usize::from(float);
        wanted.then_some(place)
    });
    let places: Vec<Option<usize>> = places.collect();
    let mut operands = vec![x[0]];
    for index in outputs..results.len() {
        operands.push(take(w, &results, index, value)?);
    }
    let kept = operands.len() - 1;
    operands.extend(dx.iter().flatten());
    let tangents = w.emit(written(Pulled { backward: backward_branches, kept, results: types.clone() }), &operands)?;
    Ok(Bundle { var: Var(0), value, results, tangents: Some((tangents, types, places)) })
}

/// Zeros of a type.
fn zeros(jaxpr: &mut Jaxpr, aval: &ShapedArray) -> Result<Atom> {
    let zero = Atom::Lit(Literal::from_bits(0, aval.dtype));
    if aval.shape.is_empty() {
        return Ok(zero);
    }
    jaxpr.emit(Primitive::BroadcastInDim { shape: aval.shape.clone(), broadcast_dimensions: vec![] }, &[zero])
}

/// The cotangents of parts, by the bundle's variable, until the equation that made the bundle is reached.
#[derive(Default)]
pub(super) struct Cotangents(Vec<(Var, Vec<Option<Atom>>)>);

/// The cotangents of an equation's operands.
pub(super) type Parts = Vec<Option<Atom>>;

impl Cotangents {
    /// Goes back through an equation of control flow, whose result has this cotangent if it is a part; `None` if it is none.
    pub fn pull(&mut self, w: &mut LinearWriter, eqn: &Eqn, cotangent: Option<Atom>) -> Result<Option<Parts>> {
        let Primitive::Extension(extension) = &eqn.primitive else { return Ok(None) };
        let Some(control) = extension.operation.control() else { return Ok(None) };
        let nothing = vec![None; eqn.inputs.len()];
        if let (Control::Part(part), Some(&Atom::Var(bundle))) = (control, eqn.inputs.first()) {
            let Some(cotangent) = cotangent else { return Ok(Some(nothing)) };
            let known = self.0.iter().position(|(var, _)| *var == bundle);
            let at = known.unwrap_or_else(|| {
                self.0.push((bundle, vec![None; part.results.len()]));
                self.0.len() - 1
            });
            let slot = &mut self.0[at].1[part.index];
            *slot = Some(match *slot {
                Some(sum) => w.emit(Primitive::AddAny, &[sum, cotangent])?,
                None => cotangent,
            });
            return Ok(Some(nothing));
        }
        let Some((_, cotangents)) = self.0.iter().find(|(var, _)| *var == eqn.output) else { return Ok(Some(nothing)) };
        #[cfg(feature = "full")]
        if let Control::CallTangents(operation) = control {
            return call::pull(w, operation, &eqn.inputs, cotangents).map(Some);
        }
        let Control::Pulled(operation) = control else {
            return Err(Error::unsupported(
                "grad",
                "reverse-mode differentiation does not work for `while_loop` or `fori_loop` with dynamic start or stop values",
                "Use forward mode, `jvp` or `jacfwd`.",
            ));
        };
        let mut operands = eqn.inputs[..=operation.kept].to_vec();
        for (&cotangent, aval) in cotangents.iter().zip(operation.results.iter()) {
            operands.push(w.instantiate(cotangent, aval)?);
        }
        let tangents = &eqn.inputs[operation.kept + 1..];
        let results: Layout = tangents.iter().map(|&tangent| w.aval(tangent)).collect();
        let back = Cond { branches: operation.backward.clone(), results: results.clone() };
        let bundle = w.emit(written(back), &operands)?;
        let mut all = nothing;
        for index in 0..tangents.len() {
            all[operation.kept + 1 + index] = Some(take(w, &results, index, bundle)?);
        }
        Ok(Some(all))
    }
}

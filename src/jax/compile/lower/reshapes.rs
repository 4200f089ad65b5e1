//! [`sink_reshapes`]: reshapes move behind the elementwise operations that read them (XLA's `ReshapeMover`).
//!
//! It changes no number by itself, but a reshape between a product and a sum decides which of two products is contracted (see
//! [`super::contract`]).

use crate::base::error::Result;

use super::super::super::core::{Atom, Eqn, Jaxpr, Primitive};
use super::super::rewrite::{Rewriter, fixed_point, rewrite};
use super::super::rule::Log;
use super::super::simplify::{reshape, simplify_with};

/// Moves each reshape as far down as it goes.
///
/// # Errors
/// The program is ill-formed.
pub fn sink_reshapes(jaxpr: &Jaxpr, log: &mut Log) -> Result<Jaxpr> {
    fixed_point(jaxpr, &mut |now| {
        let movable = movable(now);
        let mut at = 0;
        let next = rewrite(now, &mut |r, primitive, inputs| {
            at += 1;
            if let Some(sum) = reduced_before(r, primitive, inputs)? {
                log.fire("reduction_before_reshape", at - 1);
                return Ok(Some(sum));
            }
            if !movable[at - 1] {
                return Ok(None);
            }
            log.fire("reshape_behind_elementwise", at - 1);
            sunk(r, primitive, inputs)
        })?;
        log.end("sink_reshapes", now, &next);
        simplify_with(&next.jaxpr, log)
    })
}

/// The variable behind a reshape, and its shape there.
fn behind(jaxpr: &Jaxpr, atom: Atom) -> Option<(Atom, Vec<usize>)> {
    let eqn = jaxpr.eqns.iter().find(|eqn| Atom::Var(eqn.output) == atom)?;
    match eqn.primitive {
        Primitive::Reshape { .. } => Some((eqn.inputs[0], jaxpr.aval(eqn.inputs[0]).shape)),
        _ => None,
    }
}

/// A reduction over a reshape that only adds or drops axes of size 1 is one over what is behind it, and a reshape follows.
fn reduced_before(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let (Primitive::ReduceSum { axes } | Primitive::ReduceMax { axes }) = primitive else { return Ok(None) };
    let definition = r.definition(inputs[0]).filter(|eqn| matches!(eqn.primitive, Primitive::Reshape { .. }));
    let Some(source) = definition.map(|eqn| eqn.inputs[0]) else { return Ok(None) };
    let long = |shape: &[usize]| (0..shape.len()).filter(|&axis| shape[axis] != 1).collect::<Vec<_>>();
    let (from, to) = (r.shape(source).to_vec(), r.shape(inputs[0]).to_vec());
    let (before, after) = (long(&from), long(&to));
    let sizes = |shape: &[usize], axes: &[usize]| axes.iter().map(|&axis| shape[axis]).collect::<Vec<_>>();
    let gone: Vec<usize> =
        after.iter().zip(&before).filter(|(axis, _)| axes.contains(axis)).map(|(_, &at)| at).collect();
    if sizes(&from, &before) != sizes(&to, &after) || gone.is_empty() {
        return Ok(None);
    }
    let result: Vec<usize> = (0..to.len()).filter(|axis| !axes.contains(axis)).map(|axis| to[axis]).collect();
    let sum = match primitive {
        Primitive::ReduceMax { .. } => r.emit(Primitive::ReduceMax { axes: gone }, &[source])?,
        _ => r.emit(Primitive::ReduceSum { axes: gone }, &[source])?,
    };
    reshape(r, sum, &result).map(Some)
}

/// A constant has whatever shape is needed.
fn is_constant(jaxpr: &Jaxpr, atom: Atom) -> bool {
    matches!(atom, Atom::Var(var) if jaxpr.constvars.contains(&var))
}

/// A single number that is stretched over a result of this shape.
fn is_stretched_number(shape: &[usize], result: &[usize]) -> bool {
    shape.iter().product::<usize>() == 1 && result.iter().product::<usize>() > 1
}

/// For each equation, whether the reshapes that it reads move behind it: it is elementwise, all its operands are single numbers, constants or reshapes
/// of one shape to the result's shape, and the same holds for everything else that reads these reshapes.
fn movable(jaxpr: &Jaxpr) -> Vec<bool> {
    let shape_before = |eqn: &Eqn| -> Option<Vec<usize>> {
        if !eqn.primitive.is_elementwise() || matches!(eqn.primitive, Primitive::SelectN) {
            return None;
        }
        let result = jaxpr.aval(Atom::Var(eqn.output)).shape;
        let mut shapes = Vec::new();
        for &atom in &eqn.inputs {
            let shape = jaxpr.aval(atom).shape;
            if !shape.is_empty() && !is_stretched_number(&shape, &result) {
                if shape != result {
                    return None;
                }
                if is_constant(jaxpr, atom) {
                    continue;
                }
                shapes.push(behind(jaxpr, atom)?.1);
            }
        }
        let first = shapes.first()?.clone();
        shapes.iter().all(|shape| *shape == first).then_some(first)
    };
    let mut movable: Vec<bool> = jaxpr.eqns.iter().map(|eqn| shape_before(eqn).is_some()).collect();
    loop {
        let blocked = |atom: Atom| {
            jaxpr.outs.contains(&atom)
                || jaxpr.eqns.iter().zip(&movable).any(|(eqn, movable)| !movable && eqn.inputs.contains(&atom))
        };
        let stays = |at: usize| {
            let result = jaxpr.aval(Atom::Var(jaxpr.eqns[at].output)).shape;
            jaxpr.eqns[at].inputs.iter().any(|&x| {
                let shape = jaxpr.aval(x).shape;
                let moves = matches!(x, Atom::Var(_))
                    && !shape.is_empty()
                    && !is_stretched_number(&shape, &result)
                    && !is_constant(jaxpr, x);
                moves && blocked(x)
            })
        };
        let stuck: Vec<usize> = (0..jaxpr.eqns.len()).filter(|&at| movable[at] && stays(at)).collect();
        if stuck.is_empty() {
            return movable;
        }
        for at in stuck {
            movable[at] = false;
        }
    }
}

fn sunk(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let mut shape = Vec::new();
    let behind = |r: &Rewriter, atom: Atom| {
        let eqn = r.definition(atom).filter(|eqn| matches!(eqn.primitive, Primitive::Reshape { .. }))?;
        (!r.shape(atom).is_empty()).then(|| eqn.inputs[0])
    };
    let mut sources = Vec::with_capacity(inputs.len());
    let before = inputs.iter().find_map(|&atom| behind(r, atom)).map(|source| r.shape(source).to_vec());
    let largest = inputs.iter().map(|&atom| r.size(atom)).max().unwrap_or(1);
    for &atom in inputs {
        if largest > 1 && r.size(atom) == 1 {
            sources.push(reshape(r, atom, &[])?);
            continue;
        }
        // a scalar goes with any shape, so it stays, even where it is a reshape itself
        let is_constant = r.is_constant(atom) && !r.shape(atom).is_empty();
        match behind(r, atom) {
            Some(source) => {
                shape = r.shape(atom).to_vec();
                sources.push(source);
            }
            None if is_constant => {
                let Some(before) = before.clone() else { return Ok(None) };
                sources.push(reshape(r, atom, &before)?);
            }
            None => sources.push(atom),
        }
    }
    let result = r.emit(primitive.clone(), &sources)?;
    r.emit(Primitive::Reshape { new_sizes: shape }, &[result]).map(Some)
}

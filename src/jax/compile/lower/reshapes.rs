//! [`sink_reshapes`]: reshapes move behind the elementwise operations that read them (XLA's `ReshapeMover`).
//!
//! It changes no number by itself, but a reshape between a product and a sum decides which of two products is contracted (see
//! [`super::contract`]).

use crate::base::error::Result;

use super::super::super::core::{Atom, Eqn, Jaxpr, Primitive};
use super::super::rewrite::{Rewriter, fixed_point, rewrite};
use super::super::rule::Log;
use super::super::simplify::simplify_with;

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

/// For each equation, whether the reshapes that it reads move behind it: it is elementwise, all its operands are scalars or reshapes of one
/// shape to the result's shape, and the same holds for everything else that reads these reshapes.
fn movable(jaxpr: &Jaxpr) -> Vec<bool> {
    let shape_before = |eqn: &Eqn| -> Option<Vec<usize>> {
        if !eqn.primitive.is_elementwise() || matches!(eqn.primitive, Primitive::SelectN) {
            return None;
        }
        let result = jaxpr.aval(Atom::Var(eqn.output)).shape;
        let mut shapes = Vec::new();
        for &atom in &eqn.inputs {
            let shape = jaxpr.aval(atom).shape;
            if !shape.is_empty() {
                if shape != result {
                    return None;
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
        let stuck: Vec<usize> = (0..jaxpr.eqns.len())
            .filter(|&at| {
                movable[at]
                    && jaxpr.eqns[at]
                        .inputs
                        .iter()
                        .any(|&x| matches!(x, Atom::Var(_)) && !jaxpr.aval(x).shape.is_empty() && blocked(x))
            })
            .collect();
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
    let mut sources = Vec::with_capacity(inputs.len());
    for &atom in inputs {
        let source = r
            .definition(atom)
            // a scalar goes with any shape, so it stays, even where it is a reshape itself
            .filter(|eqn| matches!(eqn.primitive, Primitive::Reshape { .. }) && !r.shape(atom).is_empty())
            .map(|eqn| eqn.inputs[0]);
        match source {
            Some(source) => {
                shape = r.shape(atom).to_vec();
                sources.push(source);
            }
            None => sources.push(atom),
        }
    }
    let result = r.emit(primitive.clone(), &sources)?;
    r.emit(Primitive::Reshape { new_sizes: shape }, &[result]).map(Some)
}

//! Derivatives of jitted functions inside of others: [`Call`]. What they compute forward is one program, and the way back another, as in JAX, unless they are
//! `inline`; both are made once for each function.

use crate::base::error::Result;

use super::super::compile::without_dead_code;
use super::super::control::{Call, CallTangents, Layout, Made, Program};
use super::super::core::{Atom, DType, ShapedArray, Var};
use super::super::extension::inline;
use super::control::{Bundle, Parts, beside, doubled, pushed, take, written};
use super::linear_writer::LinearWriter;
use super::{tangent_mask, vjp_programs};

/// One call for values and tangents.
pub(super) fn both(w: &mut LinearWriter, call: &Call, x: &[Atom], dx: &[Option<Atom>]) -> Result<Bundle> {
    let wrt: Vec<bool> = dx.iter().map(Option::is_some).collect();
    let Made { programs, flags: wanted } = call.program.made("jvp", &wrt, || {
        let flags = tangent_mask(call.program.jaxpr(), &wrt)?;
        Ok(Made { programs: vec![Program::new(pushed(call.program.jaxpr(), &wrt, &flags)?)], flags })
    })?;
    let (types, places) = doubled(&call.results, &wanted);
    let operands: Vec<Atom> = x.iter().chain(dx.iter().flatten()).copied().collect();
    let call = Call::new(call.name.clone(), call.inline, programs[0].clone());
    beside(w, call, types, places, &operands)
}

/// A call that keeps what the way back needs, and the tangents, which depend on that.
pub(super) fn divided(w: &mut LinearWriter, call: &Call, x: &[Atom], dx: &[Option<Atom>]) -> Result<Bundle> {
    let wrt: Vec<bool> = dx.iter().map(Option::is_some).collect();
    let Made { programs, flags: wanted } = call.program.made("vjp", &wrt, || {
        let (forward, backward) = vjp_programs(call.program.jaxpr(), &wrt)?;
        let programs = [forward, backward].map(|way| Program::new(without_dead_code(&way).0));
        Ok(Made { programs: programs.into(), flags: tangent_mask(call.program.jaxpr(), &wrt)? })
    })?;
    let forward = Call::new(call.name.clone(), call.inline, programs[0].clone());
    let results = forward.results.clone();
    let value = w.emit(written(forward), x)?;
    let is_float = |aval: &&ShapedArray| aval.dtype == DType::F32;
    let types: Layout = call.results.iter().filter(is_float).cloned().collect();
    let mut number = 0;
    let places = call.results.iter().zip(&wanted).map(|(aval, &wanted)| {
        let place = number;
        number += usize::from(is_float(&aval));
        wanted.then_some(place)
    });
    let places: Vec<Option<usize>> = places.collect();
    let kept = call.results.len()..results.len();
    let mut operands = kept.clone().map(|index| take(w, &results, index, value)).collect::<Result<Vec<_>>>()?;
    operands.extend(dx.iter().flatten());
    let tangents = CallTangents {
        name: call.name.clone(),
        inline: call.inline,
        backward: programs[1].clone(),
        kept: kept.len(),
        results: types.clone(),
    };
    let tangents = w.emit(written(tangents), &operands)?;
    Ok(Bundle { var: Var(0), value, results, tangents: Some((tangents, types, places)) })
}

/// The cotangents of a call's operands, for those of its results.
pub(super) fn pull(w: &mut LinearWriter, call: &CallTangents, x: &[Atom], cotangents: &Parts) -> Result<Parts> {
    let (kept, tangents) = x.split_at(call.kept);
    let mut operands = kept.to_vec();
    for (&cotangent, aval) in cotangents.iter().zip(call.results.iter()) {
        operands.push(w.instantiate(cotangent, aval)?);
    }
    let mut all = vec![None; kept.len()];
    if call.inline {
        let found = inline(call.backward.jaxpr(), &operands, &mut |primitive, inputs| w.emit(primitive, inputs))?;
        all.extend(found.into_iter().map(Some));
        return Ok(all);
    }
    let back = Call::new(call.name.clone(), false, call.backward.clone());
    let results = back.results.clone();
    let bundle = w.emit(written(back), &operands)?;
    for index in 0..tangents.len() {
        all.push(Some(take(w, &results, index, bundle)?));
    }
    Ok(all)
}

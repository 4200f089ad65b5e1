//! [`lower`]: the rounding rules of JAX's compiler, each a rewrite of the program.

use crate::error::Result;

use super::super::core::{Atom, DType, Jaxpr, Literal, Primitive};
use super::rewrite::{Rewriter, rewrite};
use super::simplify::{reshape, simplify};

/// The longest reduction that is one loop; longer ones are cut into windows.
const WINDOW: usize = 32;

/// The program with the compiler's rounding rules applied.
///
/// # Errors
/// The program is ill-formed.
pub fn lower(jaxpr: &Jaxpr) -> Result<Jaxpr> {
    let mut now = simplify(jaxpr)?;
    for rule in
        [short_dots, reductions_of_one, reciprocals_of_constants, products_of_constants, sums_of_products, contractions]
    {
        now = simplify(&rewrite(&now, rule)?)?;
    }
    Ok(now)
}

/// Division by a constant becomes multiplication by its reciprocal, rounded: `x / 16` is exact, `x / 7` is `x · f32(1/7)`.
/// XLA's algebraic simplifier: `A / Const => A * (1 / Const)`.
fn reciprocals_of_constants(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if *primitive != Primitive::Div {
        return Ok(None);
    }
    match r.constant_f32(inputs[1]) {
        Some(c) if r.constant(inputs[0]).is_none() => {
            r.emit(Primitive::Mul, &[inputs[0], Atom::f32(1.0 / c)]).map(Some)
        }
        _ => Ok(None),
    }
}

/// Division of an array by one number becomes multiplication by the number's reciprocal. XLA's algebraic simplifier:
/// `A / Broadcast(S) => A * Broadcast(1 / S)`.
fn reciprocals_of_scalars(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if *primitive != Primitive::Div || r.size(inputs[0]) == 1 {
        return Ok(None);
    }
    let Some(scalar) = r.scalar_behind(inputs[1]) else { return Ok(None) };
    let reciprocal = r.emit(Primitive::Div, &[Atom::f32(1.0), scalar])?;
    r.emit(Primitive::Mul, &[inputs[0], reciprocal]).map(Some)
}

/// `(x · c₁) · c₂` becomes `x · (c₁ · c₂)`, the constants' product rounded. XLA's algebraic simplifier: `(A * C1) * C2 => A * (C1 * C2)`.
fn products_of_constants(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some((x, outer)) = constant_factor(r, primitive, inputs) else { return Ok(None) };
    let Some(inner) = r.definition(x) else { return Ok(None) };
    let Some((x, inner)) = constant_factor(r, &inner.primitive, &inner.inputs) else { return Ok(None) };
    r.emit(Primitive::Mul, &[x, Atom::f32(inner * outer)]).map(Some)
}

/// The operands of a product of a float and a constant.
fn constant_factor(r: &Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Option<(Atom, f32)> {
    if *primitive != Primitive::Mul {
        return None;
    }
    match (r.constant_f32(inputs[0]), r.constant_f32(inputs[1])) {
        (Some(c), None) => Some((inputs[1], c)),
        (None, Some(c)) => Some((inputs[0], c)),
        _ => None,
    }
}

/// A dot product with one term (or none summed) is a product of broadcasts, which then takes part in the other rules.
fn short_dots(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::DotGeneral(dims) = primitive else { return Ok(None) };
    let [lhs, rhs] = [inputs[0], inputs[1]].map(|atom| r.shape(atom).to_vec());
    if dims.lhs_contract.iter().map(|&axis| lhs[axis]).product::<usize>() != 1 {
        return Ok(None);
    }
    let free = |shape: &[usize], batch: &[usize], contract: &[usize]| -> Vec<usize> {
        (0..shape.len()).filter(|axis| !batch.contains(axis) && !contract.contains(axis)).collect()
    };
    let left = free(&lhs, &dims.lhs_batch, &dims.lhs_contract);
    let right = free(&rhs, &dims.rhs_batch, &dims.rhs_contract);
    let batch = dims.lhs_batch.len();
    let shape: Vec<usize> =
        dims.lhs_batch.iter().chain(&left).map(|&axis| lhs[axis]).chain(right.iter().map(|&axis| rhs[axis])).collect();
    let places = |free: usize, at: usize| (0..batch).chain(at..at + free).collect::<Vec<_>>();
    let lhs = spread(r, inputs[0], &[&dims.lhs_batch[..], &left].concat(), &shape, &places(left.len(), batch))?;
    let rhs = spread(
        r,
        inputs[1],
        &[&dims.rhs_batch[..], &right].concat(),
        &shape,
        &places(right.len(), batch + left.len()),
    )?;
    r.emit(Primitive::Mul, &[lhs, rhs]).map(Some)
}

/// The axes `axes` of `x` (the others have size 1), in this order, as the axes `places` of an array of shape `shape`.
fn spread(r: &mut Rewriter, x: Atom, axes: &[usize], shape: &[usize], places: &[usize]) -> Result<Atom> {
    let from = r.shape(x).to_vec();
    let dropped = (0..from.len()).filter(|axis| !axes.contains(axis));
    let permutation: Vec<usize> = axes.iter().copied().chain(dropped).collect();
    let x = if permutation.is_sorted() { x } else { r.emit(Primitive::Transpose { permutation }, &[x])? };
    let kept: Vec<usize> = axes.iter().map(|&axis| from[axis]).collect();
    let x = reshape(r, x, &kept)?;
    let primitive = Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: places.to_vec() };
    if r.shape(x) == shape { Ok(x) } else { r.emit(primitive, &[x]) }
}

/// A reduction over one element is a reshape.
fn reductions_of_one(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let (Primitive::ReduceSum { axes } | Primitive::ReduceMax { axes }) = primitive else { return Ok(None) };
    let from = r.shape(inputs[0]).to_vec();
    if axes.iter().any(|&axis| from[axis] != 1) {
        return Ok(None);
    }
    let shape: Vec<usize> = (0..from.len()).filter(|axis| !axes.contains(axis)).map(|axis| from[axis]).collect();
    reshape(r, inputs[0], &shape).map(Some)
}

/// A sum of at most 32 products is one loop of fused multiply-adds.
fn sums_of_products(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::ReduceSum { axes } = primitive else { return Ok(None) };
    let shape = r.shape(inputs[0]);
    let terms: usize = axes.iter().map(|&axis| shape[axis]).product();
    let Some([x, y]) = product(r, inputs[0]) else { return Ok(None) };
    if terms > WINDOW {
        return Ok(None);
    }
    r.emit(Primitive::SumOfProducts { axes: axes.clone() }, &[x, y]).map(Some)
}

/// The factors of a float product that is read once.
fn product(r: &Rewriter, atom: Atom) -> Option<[Atom; 2]> {
    let factors = r.operands_of(atom, &Primitive::Mul)?;
    let [x, y] = [factors[0], factors[1]];
    (r.reads(atom) == 1 && r.aval(atom).dtype == DType::F32).then_some([x, y])
}

/// A sum of which one term is a product that is read once is contracted to one fused multiply-add.
fn contractions(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let subtract = match primitive {
        Primitive::Add => false,
        Primitive::Sub => true,
        _ => return Ok(None),
    };
    let [left, right] = [inputs[0], inputs[1]];
    if let Some([x, y]) = product(r, left) {
        let addend = if subtract { negated(r, right)? } else { right };
        return r.emit(Primitive::Fma, &[x, y, addend]).map(Some);
    }
    if let Some([x, y]) = product(r, right) {
        let x = if subtract { negated(r, x)? } else { x };
        return r.emit(Primitive::Fma, &[x, y, left]).map(Some);
    }
    Ok(None)
}

fn negated(r: &mut Rewriter, atom: Atom) -> Result<Atom> {
    match atom {
        Atom::Lit(Literal::F32(x)) => Ok(Atom::f32(-x)),
        _ => r.emit(Primitive::Neg, &[atom]),
    }
}

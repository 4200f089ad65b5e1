//! The transpose of every primitive that is linear in some operand: from the cotangent of its result to the cotangents of its linear operands.
//!
//! Each rule is that of `jax._src.lax`, in the same order of operations.

use crate::base::error::Result;
use crate::base::order::order_by;

use super::super::core::{Atom, DotDims, Primitive, ShapedArray};
use super::linear_writer::LinearWriter;

/// The cotangent of each operand, `None` for those that are not linear. `ct` is the cotangent of the result.
pub(super) fn rule(w: &mut LinearWriter, primitive: &Primitive, x: &[Atom], ct: Atom) -> Result<Vec<Option<Atom>>> {
    use Primitive as P;
    let linear: Vec<bool> = x.iter().map(|&atom| w.is_linear(atom)).collect();
    let shapes: Vec<Vec<usize>> = x.iter().map(|&atom| w.shape(atom)).collect();
    match primitive {
        P::Add | P::AddAny | P::Sub => {
            let left = if linear[0] { Some(w.unbroadcast(ct, &shapes[0])?) } else { None };
            let right = if linear[1] {
                let part = if *primitive == P::Sub { w.neg(ct)? } else { ct };
                Some(w.unbroadcast(part, &shapes[1])?)
            } else {
                None
            };
            Ok(vec![left, right])
        }
        P::Mul if linear[0] => {
            let part = w.mul(ct, x[1])?;
            Ok(vec![Some(w.unbroadcast(part, &shapes[0])?), None])
        }
        P::Mul => {
            let part = w.mul(x[0], ct)?;
            Ok(vec![None, Some(w.unbroadcast(part, &shapes[1])?)])
        }
        P::Div => {
            let part = w.emit(P::Div, &[ct, x[1]])?;
            Ok(vec![Some(w.unbroadcast(part, &shapes[0])?), None])
        }
        P::DotGeneral(dims) if linear[0] => Ok(vec![Some(dot_left(w, dims, ct, x[0], x[1], false)?), None]),
        P::DotGeneral(dims) => {
            let swapped = DotDims {
                lhs_contract: dims.rhs_contract.clone(),
                rhs_contract: dims.lhs_contract.clone(),
                lhs_batch: dims.rhs_batch.clone(),
                rhs_batch: dims.lhs_batch.clone(),
            };
            Ok(vec![None, Some(dot_left(w, &swapped, ct, x[1], x[0], true)?)])
        }
        P::SelectN => {
            let zeros = w.full_like(ct, 0.0)?;
            let on_false = if linear[1] { Some(w.emit(P::SelectN, &[x[0], ct, zeros])?) } else { None };
            let on_true = if linear[2] { Some(w.emit(P::SelectN, &[x[0], zeros, ct])?) } else { None };
            Ok(vec![None, on_false, on_true])
        }
        P::Concatenate { dimension } => split(w, *dimension, &shapes, &linear, ct),
        P::Pad { padding } => unpad(w, padding, &shapes[0], &linear, ct),
        P::Gather { batch_dims } => {
            let rows = shapes[0][*batch_dims];
            Ok(vec![Some(w.emit(P::ScatterAdd { rows, batch_dims: *batch_dims }, &[x[1], ct])?), None])
        }
        P::ScatterAdd { batch_dims, .. } => {
            Ok(vec![None, Some(w.emit(P::Gather { batch_dims: *batch_dims }, &[ct, x[0]])?)])
        }
        P::Extension(extension) => {
            let avals: Vec<ShapedArray> = x.iter().map(|&x| w.aval(x)).collect();
            extension.transpose(&avals, x, &linear, ct, &mut |primitive, inputs| w.emit(primitive, inputs))
        }
        _ => Ok(vec![Some(unary(w, primitive, &shapes[0], ct)?)]),
    }
}

fn unary(w: &mut LinearWriter, primitive: &Primitive, shape: &[usize], ct: Atom) -> Result<Atom> {
    use Primitive as P;
    match primitive {
        P::Neg => w.neg(ct),
        P::ReduceSum { axes } => {
            if shape.is_empty() {
                return Ok(ct);
            }
            let dims = (0..shape.len()).filter(|axis| !axes.contains(axis)).collect();
            w.emit(P::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: dims }, &[ct])
        }
        P::BroadcastInDim { shape: to, broadcast_dimensions } => {
            let stretched =
                |i: usize| broadcast_dimensions.iter().position(|&dim| dim == i).is_none_or(|k| shape[k] == 1);
            let sum = w.reduce_sum(ct, (0..to.len()).filter(|&i| stretched(i)).collect())?;
            expand_dims(w, sum, shape)
        }
        P::Reshape { .. } => w.reshape(ct, shape),
        P::Squeeze { dimensions } => {
            let dims = (0..shape.len()).filter(|axis| !dimensions.contains(axis)).collect();
            w.emit(P::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: dims }, &[ct])
        }
        P::Transpose { permutation } => {
            let mut inverse = vec![0; permutation.len()];
            permutation.iter().enumerate().for_each(|(i, &axis)| inverse[axis] = i);
            w.transpose(ct, inverse)
        }
        P::Slice { start_indices, limit_indices, strides } => {
            let by = |i: usize| strides.as_ref().map_or(1, |strides| strides[i]);
            let taken = w.shape(ct);
            let padding = (0..shape.len()).map(|i| {
                let covered = taken[i].saturating_sub(1) * by(i) + usize::from(taken[i] > 0);
                let end = start_indices[i] + covered;
                debug_assert!(end <= limit_indices[i].max(start_indices[i]));
                (start_indices[i] as isize, (shape[i] - end) as isize, by(i) - 1)
            });
            w.emit(P::Pad { padding: padding.collect() }, &[ct, Atom::f32(0.0)])
        }
        P::ConvertElementType { .. } => Ok(ct),
        _ => Err(primitive.unsupported("grad", "transpose")),
    }
}

/// Puts back the axes of size 1 of `shape` that a sum has removed.
fn expand_dims(w: &mut LinearWriter, x: Atom, shape: &[usize]) -> Result<Atom> {
    if w.shape(x) == shape {
        return Ok(x);
    }
    let broadcast_dimensions = (0..shape.len()).filter(|&i| shape[i] != 1).collect();
    w.emit(Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions }, &[x])
}

/// The cotangent of the left operand of a dot product: the result's cotangent contracted with the right operand over the axes that
/// only that had, then put into the left operand's order of axes. `swapped`: the operands stand the other way round in the product.
fn dot_left(w: &mut LinearWriter, dims: &DotDims, ct: Atom, x: Atom, y: Atom, swapped: bool) -> Result<Atom> {
    let rest = |n: usize, contract: &[usize], batch: &[usize]| -> Vec<usize> {
        (0..n).filter(|axis| !contract.contains(axis) && !batch.contains(axis)).collect()
    };
    let x_kept = rest(w.shape(x).len(), &dims.lhs_contract, &dims.lhs_batch);
    let y_kept = rest(w.shape(y).len(), &dims.rhs_contract, &dims.rhs_batch);
    let batch = dims.lhs_batch.len();
    let first = batch + if swapped { 0 } else { x_kept.len() };
    let product = DotDims {
        lhs_contract: (first..first + y_kept.len()).collect(),
        rhs_contract: y_kept,
        lhs_batch: (0..batch).collect(),
        rhs_batch: dims.rhs_batch.clone(),
    };
    let mut pairs: Vec<(usize, usize)> =
        dims.rhs_contract.iter().copied().zip(dims.lhs_contract.iter().copied()).collect();
    order_by(&mut pairs, |a, b| a > b);
    let axes: Vec<usize> =
        dims.lhs_batch.iter().chain(&x_kept).copied().chain(pairs.into_iter().map(|(_, axis)| axis)).collect();
    let mut out_axes: Vec<usize> = (0..axes.len()).collect();
    order_by(&mut out_axes, |&i, &j| axes[i] > axes[j]);
    let bar = w.emit(Primitive::DotGeneral(product), &[ct, y])?;
    w.transpose(bar, out_axes)
}

fn split(
    w: &mut LinearWriter,
    dimension: usize,
    shapes: &[Vec<usize>],
    linear: &[bool],
    ct: Atom,
) -> Result<Vec<Option<Atom>>> {
    let whole = w.shape(ct);
    let mut at = 0;
    let mut parts = Vec::with_capacity(shapes.len());
    for (shape, &linear) in shapes.iter().zip(linear) {
        let (mut start, mut limit) = (vec![0; whole.len()], whole.clone());
        start[dimension] = at;
        at += shape[dimension];
        limit[dimension] = at;
        let slice = Primitive::Slice { start_indices: start, limit_indices: limit, strides: None };
        parts.push(if linear { Some(w.emit(slice, &[ct])?) } else { None });
    }
    Ok(parts)
}

fn unpad(
    w: &mut LinearWriter,
    padding: &[(isize, isize, usize)],
    shape: &[usize],
    linear: &[bool],
    ct: Atom,
) -> Result<Vec<Option<Atom>>> {
    let outer = padding.iter().map(|&(low, high, _)| (-low, -high, 0)).collect();
    let inner = w.emit(Primitive::Pad { padding: outer }, &[ct, Atom::f32(0.0)])?;
    let slice = Primitive::Slice {
        start_indices: vec![0; shape.len()],
        limit_indices: w.shape(inner),
        strides: Some(padding.iter().map(|pad| pad.2 + 1).collect()),
    };
    let operand = w.emit(slice, &[inner])?;
    let value = if linear[1] {
        let all = w.reduce_sum(ct, (0..shape.len()).collect())?;
        let kept = w.reduce_sum(operand, (0..shape.len()).collect())?;
        Some(w.emit(Primitive::Sub, &[all, kept])?)
    } else {
        None
    };
    Ok(vec![linear[0].then_some(operand), value])
}

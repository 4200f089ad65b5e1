//! The batching rule of every primitive: how it runs on operands with a mapped axis, and where the result has its own.
//!
//! Each rule writes what the rule of `jax._src.lax` writes. `gather` and `scatter-add` are simpler here than in JAX, and so are their
//! rules; `fma`, `sum_of_products` and `sum_of_squares`, which JAX does not have, take the rules of the primitives that they are made of.

use crate::base::error::Result;

use super::super::core::{Atom, Class, DotDims, Literal, Primitive, ShapedArray};
use super::batcher::{Batcher, Mapped};
use super::control;

/// Writes `primitive` on the operands `x` and gives its result. An operation whose operands are all shared is written as it is.
pub(super) fn rule(b: &mut Batcher, primitive: &Primitive, x: &[Mapped]) -> Result<Mapped> {
    use Primitive as P;
    if x.iter().all(|x| x.axis.is_none()) {
        let inputs: Vec<Atom> = x.iter().map(|x| x.atom).collect();
        return Ok(Mapped { atom: b.emit(primitive.clone(), &inputs)?, axis: None });
    }
    match primitive {
        P::AddAny => add_any(b, x[0], x[1]),
        P::SelectN => select_n(b, x),
        P::DotGeneral(dims) => dot_general(b, dims, x[0], x[1]),
        P::Pad { padding } => pad(b, padding, x[0], x[1]),
        P::Concatenate { dimension } => {
            let parts = x.iter().map(|&x| b.at_front(x, b.size)).collect::<Result<Vec<_>>>()?;
            let dimension = dimension + 1;
            Ok(Mapped::at(b.emit(P::Concatenate { dimension }, &parts)?, 0))
        }
        P::Extension(extension) => {
            if let Some(control) = extension.operation.control() {
                return control::rule(b, control, x);
            }
            let operands = x.iter().map(|&x| match x.axis {
                Some(_) => b.at_front(x, b.size),
                None => Ok(x.atom),
            });
            let operands = operands.collect::<Result<Vec<_>>>()?;
            let avals: Vec<ShapedArray> = operands.iter().map(|&x| b.jaxpr.aval(x)).collect();
            let mapped: Vec<bool> = x.iter().map(|x| x.axis.is_some()).collect();
            let size = b.size;
            let result =
                extension.batch(&avals, &operands, &mapped, size, &mut |primitive, inputs| b.emit(primitive, inputs));
            Ok(Mapped::at(result?, 0))
        }
        P::Gather { batch_dims } => gather(b, *batch_dims, x[0], x[1]),
        P::ScatterAdd { rows, batch_dims } => scatter_add(b, *rows, *batch_dims, x[0], x[1]),
        _ => match primitive.class() {
            Class::Elementwise => {
                let (inputs, axis) = align(b, x)?;
                Ok(Mapped::at(b.emit(primitive.clone(), &inputs)?, axis))
            }
            Class::Reduction => reduction(b, primitive, x),
            Class::Movement => movement(b, primitive, x[0].atom, x[0].axis.unwrap_or(0)),
            Class::Contraction | Class::Indexing | Class::Source | Class::Extension => {
                Err(primitive.unsupported("vmap", "batching rule"))
            }
        },
    }
}

/// Elementwise operands in step, and their mapped axis (`broadcast_batcher`): as they are, if all of them that are not scalars have one
/// shape and one mapped axis; otherwise with the mapped axis in front, of size 1 for an operand that has none.
fn align(b: &mut Batcher, x: &[Mapped]) -> Result<(Vec<Atom>, usize)> {
    let first = x.iter().find_map(|x| x.axis.map(|axis| (b.shape(x.atom), axis)));
    let (shape, axis) = first.unwrap_or_default();
    let agrees = |x: &Mapped| b.ndim(x.atom) == 0 || (x.axis == Some(axis) && b.shape(x.atom) == shape);
    if x.iter().all(agrees) {
        return Ok((x.iter().map(|x| x.atom).collect(), axis));
    }
    let in_front = x.iter().map(|&x| if b.ndim(x.atom) == 0 { Ok(x.atom) } else { b.at_front(x, 1) });
    let in_front = in_front.collect::<Result<Vec<_>>>()?;
    let rank = in_front.iter().map(|&atom| b.ndim(atom)).max().unwrap_or(0);
    let expand = |(&atom, x): (&Atom, &Mapped)| match x.axis {
        Some(_) if b.ndim(atom) < rank => b.expand_to_rank(atom, rank),
        _ => Ok(atom),
    };
    let expanded = in_front.iter().zip(x).map(expand).collect::<Result<Vec<_>>>()?;
    Ok((expanded, 0))
}

/// The sum of two (co)tangents of one shape (`add_batched`).
fn add_any(b: &mut Batcher, x: Mapped, y: Mapped) -> Result<Mapped> {
    let (left, right, axis) = match (x.axis, y.axis) {
        (None, None) => return Ok(Mapped { atom: b.emit(Primitive::AddAny, &[x.atom, y.atom])?, axis: None }),
        (Some(axis), None) => (x.atom, b.broadcast(y.atom, b.size, axis)?, axis),
        (None, Some(axis)) => (b.broadcast(x.atom, b.size, axis)?, y.atom, axis),
        (Some(from), Some(axis)) => (b.move_axis(x.atom, from, axis)?, y.atom, axis),
    };
    Ok(Mapped::at(b.emit(Primitive::AddAny, &[left, right])?, axis))
}

/// Primitives that combine elements along some axes: the mapped axis is none of them.
fn reduction(b: &mut Batcher, primitive: &Primitive, x: &[Mapped]) -> Result<Mapped> {
    let (inputs, mapped) = align(b, x)?;
    let mut primitive = primitive.clone();
    let Some(axes) = primitive.axes_mut() else { return Err(primitive.unsupported("vmap", "batching rule")) };
    *axes = bump(axes, mapped);
    let before = axes.iter().filter(|&&axis| axis < mapped).count();
    Ok(Mapped::at(b.emit(primitive, &inputs)?, mapped - before))
}

/// Where these axes are after an axis has been put in at `at`.
fn bump(axes: &[usize], at: usize) -> Vec<usize> {
    axes.iter().map(|&axis| axis + usize::from(axis >= at)).collect()
}

/// Primitives of one operand that only move elements.
fn movement(b: &mut Batcher, primitive: &Primitive, x: Atom, axis: usize) -> Result<Mapped> {
    use Primitive as P;
    let size = b.size;
    let new = match primitive {
        P::Transpose { permutation } => {
            let permutation: Vec<usize> = [axis].into_iter().chain(bump(permutation, axis)).collect();
            if permutation.is_sorted() {
                return Ok(Mapped::at(x, 0));
            }
            return Ok(Mapped::at(b.emit(P::Transpose { permutation }, &[x])?, 0));
        }
        P::Slice { start_indices, limit_indices, strides } => {
            let with = |list: &[usize], value: usize| [&list[..axis], &[value], &list[axis..]].concat();
            let slice = P::Slice {
                start_indices: with(start_indices, 0),
                limit_indices: with(limit_indices, size),
                strides: strides.as_ref().map(|strides| with(strides, 1)),
            };
            return Ok(Mapped::at(b.emit(slice, &[x])?, axis));
        }
        P::BroadcastInDim { shape, broadcast_dimensions } => P::BroadcastInDim {
            shape: [&[size], &shape[..]].concat(),
            broadcast_dimensions: [0].into_iter().chain(broadcast_dimensions.iter().map(|axis| axis + 1)).collect(),
        },
        P::Squeeze { dimensions } => P::Squeeze { dimensions: dimensions.iter().map(|axis| axis + 1).collect() },
        P::Reshape { new_sizes } => P::Reshape { new_sizes: [&[size], &new_sizes[..]].concat() },
        _ => return Err(primitive.unsupported("vmap", "batching rule")),
    };
    let x = b.move_axis(x, axis, 0)?;
    let unchanged = match &new {
        P::Squeeze { dimensions } => dimensions.is_empty(),
        P::Reshape { new_sizes } => b.shape(x) == *new_sizes,
        _ => false,
    };
    Ok(Mapped::at(if unchanged { x } else { b.emit(new, &[x])? }, 0))
}

/// `_select_batch_rule`: transposes and broadcasts only what has to be.
fn select_n(b: &mut Batcher, x: &[Mapped]) -> Result<Mapped> {
    let [which, on_false, on_true] = [x[0], x[1], x[2]];
    let emit = |b: &mut Batcher, which: Atom, on_false: Atom, on_true: Atom, axis: usize| {
        Ok(Mapped::at(b.emit(Primitive::SelectN, &[which, on_false, on_true])?, axis))
    };
    if let (Some(axis), true) = (which.axis, which.axis == on_false.axis && which.axis == on_true.axis) {
        let chosen = stretch_choice(b, which.atom, on_false.atom, axis)?;
        return emit(b, chosen, on_false.atom, on_true.atom, axis);
    }
    if let (0, Some(left), Some(right)) = (b.ndim(which.atom), on_false.axis, on_true.axis) {
        if left == right {
            return emit(b, which.atom, on_false.atom, on_true.atom, left);
        }
        if b.shape(on_false.atom) == b.shape(on_true.atom) {
            let moved = b.move_axis(on_true.atom, right, left)?;
            return emit(b, which.atom, on_false.atom, moved, left);
        }
    }
    let size = b.size;
    let mut choice = if b.ndim(which.atom) == 0 { which.atom } else { b.at_front(which, size)? };
    let scalars = b.ndim(on_false.atom) == 0 && b.ndim(on_true.atom) == 0;
    let mut cases = [on_false.atom, on_true.atom];
    if !scalars {
        cases = [b.at_front(on_false, size)?, b.at_front(on_true, size)?];
    }
    let rank = b.ndim(cases[0]);
    if (1..rank).contains(&b.ndim(choice)) {
        choice = stretch_choice(b, choice, cases[0], 0)?;
    }
    if b.ndim(choice) > rank {
        let shape = b.shape(choice);
        let stretch = Primitive::BroadcastInDim { shape, broadcast_dimensions: vec![] };
        cases = [b.emit(stretch.clone(), &[cases[0]])?, b.emit(stretch, &[cases[1]])?];
    }
    emit(b, choice, cases[0], cases[1], 0)
}

/// A choice in the shape of the cases. Where every example chooses with a single `bool`, the choice has only the mapped axis.
fn stretch_choice(b: &mut Batcher, which: Atom, case: Atom, axis: usize) -> Result<Atom> {
    let shape = b.shape(case);
    if b.shape(which) == shape {
        return Ok(which);
    }
    b.emit(Primitive::BroadcastInDim { shape, broadcast_dimensions: vec![axis] }, &[which])
}

/// Mapped on both sides, the mapped axes become the first batch axis; mapped on one side, the mapped axis is one more free axis
/// (`_dot_general_batch_dim_nums`).
fn dot_general(b: &mut Batcher, dims: &DotDims, lhs: Mapped, rhs: Mapped) -> Result<Mapped> {
    let before = |at: usize, gone: [&[usize]; 2]| {
        (0..at).filter(|axis| !gone[0].contains(axis) && !gone[1].contains(axis)).count()
    };
    let mut new = dims.clone();
    if let Some(at) = lhs.axis {
        new.lhs_contract = bump(&dims.lhs_contract, at);
        new.lhs_batch = bump(&dims.lhs_batch, at);
    }
    if let Some(at) = rhs.axis {
        new.rhs_contract = bump(&dims.rhs_contract, at);
        new.rhs_batch = bump(&dims.rhs_batch, at);
    }
    let axis = match (lhs.axis, rhs.axis) {
        (Some(left), Some(right)) => {
            new.lhs_batch.insert(0, left);
            new.rhs_batch.insert(0, right);
            0
        }
        (Some(left), None) => dims.lhs_batch.len() + before(left, [&dims.lhs_batch, &dims.lhs_contract]),
        (None, right) => {
            let left_axes = b.ndim(lhs.atom) - dims.lhs_contract.len();
            left_axes + before(right.unwrap_or(0), [&dims.rhs_batch, &dims.rhs_contract])
        }
    };
    Ok(Mapped::at(b.emit(Primitive::DotGeneral(new), &[lhs.atom, rhs.atom])?, axis))
}

/// `_pad_batch_rule`: a padding value that differs between examples is put in by a `select_n`.
fn pad(b: &mut Batcher, padding: &[(isize, isize, usize)], x: Mapped, value: Mapped) -> Result<Mapped> {
    let axis = x.axis.unwrap_or(0);
    let operand = if x.axis.is_none() { b.broadcast(x.atom, b.size, 0)? } else { x.atom };
    let mut padding = padding.to_vec();
    padding.insert(axis, (0, 0, 0));
    let pad = Primitive::Pad { padding };
    if value.axis.is_none() {
        return Ok(Mapped::at(b.emit(pad, &[operand, value.atom])?, axis));
    }
    let aval = b.jaxpr.aval(operand);
    let zero = Literal::from_bits(0, aval.dtype);
    let full = |shape: Vec<usize>| Primitive::BroadcastInDim { shape, broadcast_dimensions: vec![] };
    let padded = b.emit(pad.clone(), &[operand, Atom::Lit(zero)])?;
    let inside = b.emit(full(aval.shape), &[Atom::Lit(Literal::Bool(true))])?;
    let inside = b.emit(pad, &[inside, Atom::Lit(Literal::Bool(false))])?;
    let shape = b.shape(padded);
    let around = b.emit(Primitive::BroadcastInDim { shape, broadcast_dimensions: vec![axis] }, &[value.atom])?;
    Ok(Mapped::at(b.emit(Primitive::SelectN, &[inside, around, padded])?, axis))
}

/// Rows of a mapped operand at shared row numbers: the mapped axis goes along behind the rows. Mapped row numbers: one more axis runs in step;
/// but where nothing runs in step yet and the operand is shared, all row numbers are looked up at once.
fn gather(b: &mut Batcher, batch_dims: usize, x: Mapped, rows: Mapped) -> Result<Mapped> {
    if let (Some(axis), None) = (x.axis, rows.axis) {
        let behind = batch_dims + 1;
        let operand = b.move_axis(x.atom, axis, behind)?;
        return Ok(Mapped::at(b.emit(Primitive::Gather { batch_dims }, &[operand, rows.atom])?, behind));
    }
    let numbers = b.at_front(rows, b.size)?;
    if x.axis.is_none() && batch_dims == 0 {
        let picks = b.shape(numbers);
        let flat = b.emit(Primitive::Reshape { new_sizes: vec![picks.iter().product()] }, &[numbers])?;
        let picked = b.emit(Primitive::Gather { batch_dims }, &[x.atom, flat])?;
        let new_sizes = [&picks[..], &b.shape(x.atom)[1..]].concat();
        return Ok(Mapped::at(b.emit(Primitive::Reshape { new_sizes }, &[picked])?, 0));
    }
    let operand = b.at_front(x, b.size)?;
    let batch_dims = batch_dims + 1;
    Ok(Mapped::at(b.emit(Primitive::Gather { batch_dims }, &[operand, numbers])?, 0))
}

/// As [`gather`]: mapped updates at shared row numbers keep their mapped axis behind the rows; otherwise one more axis runs in step.
fn scatter_add(b: &mut Batcher, rows: usize, batch_dims: usize, numbers: Mapped, updates: Mapped) -> Result<Mapped> {
    if let (None, Some(axis)) = (numbers.axis, updates.axis) {
        let behind = batch_dims + 1;
        let moved = b.move_axis(updates.atom, axis, behind)?;
        return Ok(Mapped::at(b.emit(Primitive::ScatterAdd { rows, batch_dims }, &[numbers.atom, moved])?, behind));
    }
    let (numbers, updates) = (b.at_front(numbers, b.size)?, b.at_front(updates, b.size)?);
    let batch_dims = batch_dims + 1;
    Ok(Mapped::at(b.emit(Primitive::ScatterAdd { rows, batch_dims }, &[numbers, updates])?, 0))
}

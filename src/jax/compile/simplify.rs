//! [`simplify`]: rewrites that never change a bit of a result: common subexpressions, dead code, folding of constants,
//! algebra that is exact in floating point, and movements that move nothing.
//!
//! Exact means: the same numbers for all operands that are not subnormal. (`x · 1` flushes a subnormal x, x itself does not; JAX's compiler drops
//! the product too.) What is exact in real numbers only, such as `x + 0` for x = -0.0, is not done here.

use crate::base::error::Result;

use super::super::array::Array;
use super::super::core::{Atom, DType, Jaxpr, Literal, Primitive, ShapedArray};
use super::super::eval::eval_primitive;
use super::rewrite::{Rewriter, fixed_point};
use super::rule::{Log, Rule, apply, rules};

/// All rules of this file, in order.
pub(super) const RULES: &[Rule] = rules![
    constant_folding,
    elementwise_through_broadcasts,
    sum_of_cotangents,
    integer_power,
    neutral_element,
    minus_one,
    negation_of_a_negation,
    sum_with_a_negation,
    difference_with_a_negation,
    known_choice,
    idle_movement,
    shape_change,
    broadcast_of_a_scalar,
    transpose_of_ones,
];

/// The simplified program. Simplifying once more changes nothing.
///
/// # Errors
/// The program is ill-formed.
pub fn simplify(jaxpr: &Jaxpr) -> Result<Jaxpr> {
    simplify_with(jaxpr, &mut Log::off())
}

/// [`simplify`], with notes.
///
/// # Errors
/// The program is ill-formed.
pub(super) fn simplify_with(jaxpr: &Jaxpr, log: &mut Log) -> Result<Jaxpr> {
    fixed_point(jaxpr, &mut |now| apply("simplify", now, &[RULES], log))
}

/// An elementwise primitive on literals is its value.
fn constant_folding(_: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let literals: Option<Vec<Array>> = inputs
        .iter()
        .map(|atom| match atom {
            Atom::Lit(literal) => Some(Array::from_literal(*literal)),
            Atom::Var(_) => None,
        })
        .collect();
    match literals {
        Some(arrays) if primitive.is_elementwise() => {
            let value = eval_primitive(primitive, &arrays.iter().collect::<Vec<_>>())?;
            let concrete = value.concrete(primitive.name())?;
            Ok(Some(Atom::Lit(Literal::from_bits(concrete.words[0], concrete.aval.dtype))))
        }
        _ => Ok(None),
    }
}

/// An elementwise primitive reads a scalar instead of its broadcast. Where all operands are broadcast scalars, it computes one scalar and that
/// is broadcast.
fn elementwise_through_broadcasts(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if !primitive.is_elementwise() {
        return Ok(None);
    }
    let avals: Vec<ShapedArray> = inputs.iter().map(|&atom| r.aval(atom)).collect();
    let shape = super::super::shapes::abstract_eval(primitive, &avals)?.shape;
    if shape.is_empty() {
        return Ok(None);
    }
    // what has one element is not stretched: a reshape of a scalar stays where it is, but a constant is read as such
    let several = shape.iter().product::<usize>() > 1;
    let scalars: Vec<Option<Atom>> = inputs
        .iter()
        .map(|&atom| r.scalar_behind(atom).filter(|&scalar| several || matches!(scalar, Atom::Lit(_))))
        .collect();
    if let Some(scalars) = scalars.iter().copied().collect::<Option<Vec<_>>>() {
        let result = r.emit(primitive.clone(), &scalars)?;
        return broadcast_scalar(r, result, &shape).map(Some);
    }
    let mut new: Vec<Atom> = inputs.iter().zip(&scalars).map(|(&atom, scalar)| scalar.unwrap_or(atom)).collect();
    if *primitive == Primitive::SelectN {
        // the two cases must keep one type
        new[1..].copy_from_slice(&inputs[1..]);
    }
    let full = new.iter().any(|&atom| r.shape(atom) == shape);
    if new == inputs || !full { Ok(None) } else { r.emit(primitive.clone(), &new).map(Some) }
}

/// A scalar repeated to `shape`.
///
/// # Errors
/// `scalar` is none.
pub fn broadcast_scalar(r: &mut Rewriter, scalar: Atom, shape: &[usize]) -> Result<Atom> {
    let primitive = Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: vec![] };
    if shape.is_empty() { Ok(scalar) } else { r.emit(primitive, &[scalar]) }
}

/// `add_any(A, B) → A + B`.
fn sum_of_cotangents(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    match primitive {
        Primitive::AddAny => r.emit(Primitive::Add, inputs).map(Some),
        _ => Ok(None),
    }
}

/// `xʸ` as the products that JAX's own lowering of `integer_pow` makes of it (`jax._src.lax.lax._integer_pow`).
fn integer_power(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let &Primitive::IntegerPow { y } = primitive else { return Ok(None) };
    let x = inputs[0];
    if y == 0 || r.aval(x).dtype != DType::F32 {
        return Ok(None);
    }
    let (mut square, mut left) = (x, y.unsigned_abs());
    let mut product = None;
    loop {
        if left & 1 == 1 {
            product = Some(match product {
                None => square,
                Some(product) => r.emit(Primitive::Mul, &[product, square])?,
            });
        }
        left >>= 1;
        if left == 0 {
            break;
        }
        square = r.emit(Primitive::Mul, &[square, square])?;
    }
    match product {
        Some(power) if y < 0 => r.emit(Primitive::Div, &[Atom::f32(1.0), power]).map(Some),
        power => Ok(power),
    }
}

/// Whether an atom is this number, as a float or an integer.
fn is(atom: Atom, x: f32, i: i32) -> bool {
    match atom {
        Atom::Lit(Literal::F32(y)) => y.to_bits() == x.to_bits(),
        Atom::Lit(Literal::I32(y)) => y == i,
        _ => false,
    }
}

/// What an atom is the negation of.
fn negated(r: &Rewriter, atom: Atom) -> Option<Atom> {
    r.operands_of(atom, &Primitive::Neg).map(|x| x[0])
}

/// `A · 1 → A`, `A / 1 → A`, `A - 0 → A`.
#[allow(clippy::unnecessary_wraps, reason = "a rule may fail")]
fn neutral_element(_: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    use Primitive as P;
    Ok(match (primitive, inputs) {
        (P::Mul, &[one, x]) | (P::Mul | P::Div, &[x, one]) if is(one, 1.0, 1) => Some(x),
        (P::Sub, &[x, zero]) if is(zero, 0.0, 0) => Some(x),
        _ => None,
    })
}

/// `A · (-1) → -A`, `A / (-1) → -A`.
fn minus_one(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    use Primitive as P;
    match (primitive, inputs) {
        (P::Mul, &[minus, x]) | (P::Mul | P::Div, &[x, minus]) if is(minus, -1.0, -1) => r.emit(P::Neg, &[x]).map(Some),
        _ => Ok(None),
    }
}

/// `-(-A) → A`.
#[allow(clippy::unnecessary_wraps, reason = "a rule may fail")]
fn negation_of_a_negation(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    Ok(if *primitive == Primitive::Neg { negated(r, inputs[0]) } else { None })
}

/// `A + (-B) → A - B`.
fn sum_with_a_negation(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let (Primitive::Add, &[x, y]) = (primitive, inputs) else { return Ok(None) };
    match (negated(r, x), negated(r, y)) {
        (_, Some(y)) => r.emit(Primitive::Sub, &[x, y]).map(Some),
        (Some(x), None) => r.emit(Primitive::Sub, &[y, x]).map(Some),
        (None, None) => Ok(None),
    }
}

/// `A - (-B) → A + B`.
fn difference_with_a_negation(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let (Primitive::Sub, &[x, y]) = (primitive, inputs) else { return Ok(None) };
    match negated(r, y) {
        Some(y) => r.emit(Primitive::Add, &[x, y]).map(Some),
        None => Ok(None),
    }
}

/// A choice by a literal, or between two equal cases.
#[allow(clippy::unnecessary_wraps, reason = "a rule may fail")]
fn known_choice(_: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    Ok(match (primitive, inputs) {
        (Primitive::SelectN, &[Atom::Lit(Literal::Bool(which)), on_false, on_true]) => {
            Some(if which { on_true } else { on_false })
        }
        (Primitive::SelectN, &[_, on_false, on_true]) if on_false == on_true => Some(on_true),
        _ => None,
    })
}

/// A conversion to the type that it has, a concatenation of one, a pad or slice of the whole, what has no gradient: the operand itself.
#[allow(clippy::unnecessary_wraps, reason = "a rule may fail")]
fn idle_movement(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    use Primitive as P;
    let Some(&x) = inputs.first() else { return Ok(None) };
    let is_idle = match primitive {
        P::ConvertElementType { new_dtype } => *new_dtype == r.aval(x).dtype,
        P::Concatenate { .. } => inputs.len() == 1,
        P::Pad { padding } => padding.iter().all(|&pad| pad == (0, 0, 0)),
        P::Slice { start_indices, limit_indices, strides } => {
            let steps = strides.as_ref().is_none_or(|steps| steps.iter().all(|&step| step == 1));
            start_indices.iter().all(|&start| start == 0) && *limit_indices == r.shape(x) && steps
        }
        P::Extension(extension) => extension.name == "stop_gradient",
        _ => false,
    };
    Ok(is_idle.then_some(x))
}

/// What only changes the shape is one `reshape`, or nothing if the shape is the same.
fn shape_change(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    use Primitive as P;
    match primitive {
        P::Squeeze { .. } | P::Reshape { .. } => {
            let shape = r_shape(r, primitive, inputs)?;
            reshape(r, inputs[0], &shape).map(Some)
        }
        P::BroadcastInDim { shape, .. } if shape.iter().product::<usize>() == r.size(inputs[0]) => {
            reshape(r, inputs[0], shape).map(Some)
        }
        _ => Ok(None),
    }
}

/// A broadcast of what repeats a scalar repeats that scalar.
fn broadcast_of_a_scalar(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::BroadcastInDim { shape, .. } = primitive else { return Ok(None) };
    match r.scalar_behind(inputs[0]) {
        Some(scalar) if scalar != inputs[0] => broadcast_scalar(r, scalar, shape).map(Some),
        _ => Ok(None),
    }
}

/// A transpose that moves only axes of size 1 is a `reshape`.
fn transpose_of_ones(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::Transpose { permutation } = primitive else { return Ok(None) };
    let from = r.shape(inputs[0]);
    if !permutation.iter().copied().filter(|&axis| from[axis] != 1).is_sorted() {
        return Ok(None);
    }
    let shape = r_shape(r, primitive, inputs)?;
    reshape(r, inputs[0], &shape).map(Some)
}

fn r_shape(r: &Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Vec<usize>> {
    let avals: Vec<ShapedArray> = inputs.iter().map(|&atom| r.aval(atom)).collect();
    Ok(super::super::shapes::abstract_eval(primitive, &avals)?.shape)
}

/// `x` under another shape: nothing where it has that shape, one reshape where `x` is itself a reshape, a broadcast where it repeats a scalar.
///
/// # Errors
/// The shape has another number of elements.
pub fn reshape(r: &mut Rewriter, x: Atom, shape: &[usize]) -> Result<Atom> {
    if r.shape(x) == shape {
        return Ok(x);
    }
    match r.definition(x) {
        Some(eqn) if matches!(eqn.primitive, Primitive::Reshape { .. }) => {
            let x = eqn.inputs[0];
            reshape(r, x, shape)
        }
        Some(eqn) if matches!(eqn.primitive, Primitive::BroadcastInDim { .. }) && r.shape(eqn.inputs[0]).is_empty() => {
            let x = eqn.inputs[0];
            broadcast_scalar(r, x, shape)
        }
        _ => r.emit(Primitive::Reshape { new_sizes: shape.to_vec() }, &[x]),
    }
}

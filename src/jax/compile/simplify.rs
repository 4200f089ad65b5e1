//! [`simplify`]: rewrites that never change a bit of a result: common subexpressions, dead code, folding of constants,
//! algebra that is exact in floating point, and movements that move nothing.
//!
//! Exact means: the same numbers for all operands that are not subnormal. (`x · 1` flushes a subnormal x, x itself does not; JAX's compiler drops
//! the product too.) What is exact in real numbers only, such as `x + 0` for x = -0.0, is not done here.

use crate::base::error::Result;

use super::super::array::Array;
use super::super::core::{Atom, DType, Jaxpr, Literal, Primitive, ShapedArray};
use super::super::eval::eval_primitive;
use super::rewrite::{Rewriter, fixed_point, rewrite};

/// The simplified program. Simplifying once more changes nothing.
///
/// # Errors
/// The program is ill-formed.
pub fn simplify(jaxpr: &Jaxpr) -> Result<Jaxpr> {
    fixed_point(jaxpr, |now| rewrite(now, rule))
}

fn rule(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if let Some(folded) = fold(primitive, inputs)? {
        return Ok(Some(folded));
    }
    if primitive.is_elementwise()
        && let Some(atom) = through_broadcasts(r, primitive, inputs)?
    {
        return Ok(Some(atom));
    }
    match primitive {
        Primitive::AddAny => r.emit(Primitive::Add, inputs).map(Some),
        Primitive::IntegerPow { y } => integer_pow(r, inputs[0], *y),
        _ => match algebra(r, primitive, inputs)? {
            Some(atom) => Ok(Some(atom)),
            None => movement(r, primitive, inputs),
        },
    }
}

/// The value of an elementwise primitive on literals.
fn fold(primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
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
fn through_broadcasts(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
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

/// `xʸ` as the products that JAX's own lowering of `integer_pow` makes of it (`jax._src.lax.lax._integer_pow`).
fn integer_pow(r: &mut Rewriter, x: Atom, y: i32) -> Result<Option<Atom>> {
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

/// Algebra that is exact for every operand: neutral elements, signs.
fn algebra(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    use Primitive as P;
    let is = |atom: Atom, x: f32, i: i32| match atom {
        Atom::Lit(Literal::F32(y)) => y.to_bits() == x.to_bits(),
        Atom::Lit(Literal::I32(y)) => y == i,
        _ => false,
    };
    let negated = |r: &Rewriter, atom: Atom| r.operands_of(atom, &P::Neg).map(|x| x[0]);
    match (primitive, inputs) {
        (P::Mul, &[one, x]) | (P::Mul | P::Div, &[x, one]) if is(one, 1.0, 1) => Ok(Some(x)),
        (P::Sub, &[x, zero]) if is(zero, 0.0, 0) => Ok(Some(x)),
        (P::Mul, &[minus, x]) | (P::Mul | P::Div, &[x, minus]) if is(minus, -1.0, -1) => r.emit(P::Neg, &[x]).map(Some),
        (P::Neg, &[x]) => Ok(negated(r, x)),
        (P::Add, &[x, y]) => match (negated(r, x), negated(r, y)) {
            (_, Some(y)) => r.emit(P::Sub, &[x, y]).map(Some),
            (Some(x), None) => r.emit(P::Sub, &[y, x]).map(Some),
            (None, None) => Ok(None),
        },
        (P::Sub, &[x, y]) => match negated(r, y) {
            Some(y) => r.emit(P::Add, &[x, y]).map(Some),
            None => Ok(None),
        },
        (P::SelectN, &[Atom::Lit(Literal::Bool(which)), on_false, on_true]) => {
            Ok(Some(if which { on_true } else { on_false }))
        }
        (P::SelectN, &[_, on_false, on_true]) if on_false == on_true => Ok(Some(on_true)),
        _ => Ok(None),
    }
}

/// Movements that move nothing disappear; those that only rename axes become one `reshape`.
fn movement(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    use Primitive as P;
    let Some(&x) = inputs.first() else { return Ok(None) };
    let from = r.shape(x).to_vec();
    match primitive {
        P::ConvertElementType { new_dtype } if *new_dtype == r.aval(x).dtype => Ok(Some(x)),
        P::Concatenate { .. } if inputs.len() == 1 => Ok(Some(x)),
        P::Pad { padding } if padding.iter().all(|&pad| pad == (0, 0, 0)) => Ok(Some(x)),
        P::Slice { start_indices, limit_indices, strides } => {
            let steps = strides.as_ref().is_none_or(|steps| steps.iter().all(|&step| step == 1));
            let whole = start_indices.iter().all(|&start| start == 0) && *limit_indices == from && steps;
            Ok(whole.then_some(x))
        }
        P::Squeeze { .. } | P::Reshape { .. } => {
            let shape = r_shape(r, primitive, inputs)?;
            reshape(r, x, &shape).map(Some)
        }
        P::BroadcastInDim { shape, .. } if shape.iter().product::<usize>() == r.size(x) => {
            reshape(r, x, shape).map(Some)
        }
        P::BroadcastInDim { shape, .. } => match r.scalar_behind(x) {
            Some(scalar) if scalar != x => broadcast_scalar(r, scalar, shape).map(Some),
            _ => Ok(None),
        },
        P::Transpose { permutation } => {
            let moved: Vec<usize> = permutation.iter().copied().filter(|&axis| from[axis] != 1).collect();
            if moved.is_sorted() {
                let shape = r_shape(r, primitive, inputs)?;
                return reshape(r, x, &shape).map(Some);
            }
            Ok(None)
        }
        _ => Ok(None),
    }
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

//! The derivative of every primitive: given its operands, their tangents and its result, the tangent of the result.
//!
//! Each rule is that of `jax._src.lax`, in the same order of operations. `None` is a tangent that is zero everywhere.

use crate::base::error::Result;

use super::super::core::{Atom, Class, Comparison, DType, Primitive, ShapedArray};
use super::linear_writer::LinearWriter;

/// The tangent of `out`, the result of `primitive` on operands `x` with tangents `dx`, at least one of which is not zero.
pub(super) fn rule(
    w: &mut LinearWriter,
    primitive: &Primitive,
    x: &[Atom],
    dx: &[Option<Atom>],
    out: Atom,
) -> Result<Option<Atom>> {
    use Primitive as P;
    match primitive {
        P::Add | P::Sub => sum(w, primitive, dx, out).map(Some),
        P::AddAny => {
            let aval = w.aval(out);
            let parts = [w.instantiate(dx[0], &aval)?, w.instantiate(dx[1], &aval)?];
            w.emit(P::AddAny, &parts).map(Some)
        }
        P::Mul => {
            let left = dx[0].map(|g| w.mul(g, x[1])).transpose()?;
            let right = dx[1].map(|g| w.mul(x[0], g)).transpose()?;
            add_any(w, left, right)
        }
        P::Div => divide(w, x, dx),
        P::Pow => power(w, x, dx, out),
        P::Max | P::Min => {
            let left = dx[0].map(|g| chosen(w, g, x[0], out, x[1])).transpose()?;
            let right = dx[1].map(|g| chosen(w, g, x[1], out, x[0])).transpose()?;
            add_any(w, left, right)
        }
        P::DotGeneral(_) => {
            let left = dx[0].map(|g| w.emit(primitive.clone(), &[g, x[1]])).transpose()?;
            let right = dx[1].map(|g| w.emit(primitive.clone(), &[x[0], g])).transpose()?;
            add_any(w, left, right)
        }
        P::SelectN => select(w, x[0], &dx[1..]).map(Some),
        P::Concatenate { .. } => {
            let parts = x.iter().zip(dx).map(|(&x, &g)| {
                let aval = w.aval(x);
                w.instantiate(g, &aval)
            });
            let parts = parts.collect::<Result<Vec<_>>>()?;
            w.emit(primitive.clone(), &parts).map(Some)
        }
        P::Pad { .. } => {
            let avals = [w.aval(x[0]), w.aval(x[1])];
            let parts = [w.instantiate(dx[0], &avals[0])?, w.instantiate(dx[1], &avals[1])?];
            w.emit(primitive.clone(), &parts).map(Some)
        }
        P::Gather { .. } => dx[0].map(|g| w.emit(primitive.clone(), &[g, x[1]])).transpose(),
        P::ScatterAdd { .. } => dx[1].map(|g| w.emit(primitive.clone(), &[x[0], g])).transpose(),
        P::Extension(extension) => {
            let avals: Vec<ShapedArray> = x.iter().map(|&x| w.aval(x)).collect();
            extension.jvp(&avals, x, dx, out, &mut |primitive, inputs| w.emit(primitive, inputs))
        }
        P::Compare(_) | P::Iota { .. } => Ok(None),
        P::Lowered(_) => Err(primitive.unsupported("grad", "derivative rule")),
        _ => dx[0].map(|g| unary(w, primitive, x[0], g, out)).transpose().map(Option::flatten),
    }
}

fn unary(w: &mut LinearWriter, primitive: &Primitive, x: Atom, g: Atom, out: Atom) -> Result<Option<Atom>> {
    use Primitive as P;
    let tangent = match primitive {
        P::Neg => w.neg(g)?,
        P::IntegerPow { y } => return integer_power(w, *y, x, g),
        P::Exp => w.mul(g, out)?,
        P::Log => w.emit(P::Div, &[g, x])?,
        P::Sqrt => {
            let slope = w.emit(P::Div, &[Atom::f32(0.5), out])?;
            w.mul(g, slope)?
        }
        P::Tanh => {
            // (g + g·tanh x)·(1 − tanh x), which loses less near ±1 than g·(1 − tanh² x)
            let product = w.mul(g, out)?;
            let sum = w.emit(P::Add, &[g, product])?;
            let rest = w.emit(P::Sub, &[Atom::f32(1.0), out])?;
            w.mul(sum, rest)?
        }
        P::Sin => {
            let slope = w.emit(P::Cos, &[x])?;
            w.mul(g, slope)?
        }
        P::Cos => {
            let slope = w.emit(P::Sin, &[x])?;
            let product = w.mul(g, slope)?;
            w.neg(product)?
        }
        P::ReduceMax { axes } => maximum(w, axes, x, g, out)?,
        P::ConvertElementType { new_dtype } if *new_dtype != DType::F32 => return Ok(None),
        // linear in their operand: the tangent takes the same way
        P::ReduceSum { .. } | P::ConvertElementType { .. } => w.emit(primitive.clone(), &[g])?,
        _ if primitive.class() == Class::Movement => w.emit(primitive.clone(), &[g])?,
        _ => return Err(primitive.unsupported("grad", "derivative rule")),
    };
    Ok(Some(tangent))
}

fn add_any(w: &mut LinearWriter, left: Option<Atom>, right: Option<Atom>) -> Result<Option<Atom>> {
    match (left, right) {
        (Some(left), Some(right)) => w.emit(Primitive::AddAny, &[left, right]).map(Some),
        (one, None) | (None, one) => Ok(one),
    }
}

fn sum(w: &mut LinearWriter, primitive: &Primitive, dx: &[Option<Atom>], out: Atom) -> Result<Atom> {
    let shape = w.shape(out);
    match (dx[0], dx[1]) {
        (Some(left), Some(right)) => w.emit(primitive.clone(), &[left, right]),
        (Some(left), None) => w.maybe_broadcast(left, &shape),
        (None, right) => {
            let zero = w.instantiate(right, &ShapedArray::new(&shape, DType::F32))?;
            let right = if *primitive == Primitive::Sub { w.neg(zero)? } else { zero };
            w.maybe_broadcast(right, &shape)
        }
    }
}

fn divide(w: &mut LinearWriter, x: &[Atom], dx: &[Option<Atom>]) -> Result<Option<Atom>> {
    let left = dx[0].map(|g| w.emit(Primitive::Div, &[g, x[1]])).transpose()?;
    let right = match dx[1] {
        None => None,
        Some(g) => {
            // -g·x·y⁻²
            let negated = w.neg(g)?;
            let product = w.mul(negated, x[0])?;
            let power = w.emit(Primitive::IntegerPow { y: -2 }, &[x[1]])?;
            Some(w.mul(product, power)?)
        }
    };
    add_any(w, left, right)
}

/// d(xʸ) for a fixed whole y: g·(y·xʸ⁻¹).
fn integer_power(w: &mut LinearWriter, y: i32, x: Atom, g: Atom) -> Result<Option<Atom>> {
    if y == 0 {
        return Ok(None);
    }
    if y == 1 {
        return Ok(Some(g));
    }
    let power = if y == 2 { x } else { w.emit(Primitive::IntegerPow { y: y - 1 }, &[x])? };
    // JAX writes the exponent as a float, too
    let slope = w.mul(Atom::f32(y as f32), power)?;
    w.mul(g, slope).map(Some)
}

/// d(xʸ): g·(y·xʸ⁻¹) for x, g·(ln x·xʸ) for y, where ln 0 counts as 0.
fn power(w: &mut LinearWriter, x: &[Atom], dx: &[Option<Atom>], out: Atom) -> Result<Option<Atom>> {
    let (base, exponent) = (x[0], x[1]);
    let left = match dx[0] {
        None => None,
        Some(g) => {
            let one = w.full_like(exponent, 1.0)?;
            let less = w.emit(Primitive::Sub, &[exponent, one])?;
            let power = w.emit(Primitive::Pow, &[base, less])?;
            let slope = w.mul(exponent, power)?;
            Some(w.mul(g, slope)?)
        }
    };
    let right = match dx[1] {
        None => None,
        Some(g) => {
            let is_zero = w.emit(Primitive::Compare(Comparison::Eq), &[base, Atom::f32(0.0)])?;
            let one = w.full_like(base, 1.0)?;
            let safe = w.emit(Primitive::SelectN, &[is_zero, base, one])?;
            let log = w.emit(Primitive::Log, &[safe])?;
            let slope = w.mul(log, out)?;
            Some(w.mul(g, slope)?)
        }
    };
    add_any(w, left, right)
}

/// The tangent of one operand of `max` or `min`: all of it where that operand was chosen, half of it at a tie.
fn chosen(w: &mut LinearWriter, g: Atom, x: Atom, out: Atom, other: Atom) -> Result<Atom> {
    let equal = Primitive::Compare(Comparison::Eq);
    let mine = w.emit(equal.clone(), &[x, out])?;
    let (one, zero) = (w.full_like(out, 1.0)?, w.full_like(out, 0.0)?);
    let share = w.emit(Primitive::SelectN, &[mine, zero, one])?;
    let theirs = w.emit(equal, &[other, out])?;
    let (two, one) = (w.full_like(out, 2.0)?, w.full_like(out, 1.0)?);
    let holders = w.emit(Primitive::SelectN, &[theirs, one, two])?;
    let weight = w.emit(Primitive::Div, &[share, holders])?;
    w.mul(g, weight)
}

fn select(w: &mut LinearWriter, which: Atom, cases: &[Option<Atom>]) -> Result<Atom> {
    let Some(like) = cases.iter().copied().flatten().next() else { return Ok(which) };
    let zeros = w.full_like(like, 0.0)?;
    w.emit(Primitive::SelectN, &[which, cases[0].unwrap_or(zeros), cases[1].unwrap_or(zeros)])
}

/// The tangent of a maximum: the mean of the tangents of all elements that equal it.
fn maximum(w: &mut LinearWriter, axes: &[usize], x: Atom, g: Atom, out: Atom) -> Result<Atom> {
    let mut shape = w.shape(x);
    for &axis in axes {
        shape[axis] = 1;
    }
    let expanded = w.reshape(out, &shape)?;
    let equal = w.emit(Primitive::Compare(Comparison::Eq), &[x, expanded])?;
    let places = w.emit(Primitive::ConvertElementType { new_dtype: DType::F32 }, &[equal])?;
    let counts = w.reduce_sum(places, axes.to_vec())?;
    let picked = w.mul(g, places)?;
    let sum = w.reduce_sum(picked, axes.to_vec())?;
    w.emit(Primitive::Div, &[sum, counts])
}

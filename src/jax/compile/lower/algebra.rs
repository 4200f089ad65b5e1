//! Rules of XLA's `AlgebraicSimplifier` that change how results round: they are equal in real numbers only.
//!
//! (openxla/xla, `xla/hlo/transforms/simplifiers/algebraic_simplifier.cc`.) Each was checked by compiling the left-hand side with jax 0.10.2 and reading the
//! optimized program. In the doc comments, A, B … stand for arrays, c for constants, s for scalars; a scalar or constant stands for
//! its broadcast too. One rule of XLA, `A / √B → A · rsqrt(B)`, is here for single numbers only: what `rsqrt` gives differs from one processor to another, and for
//! arrays on one processor with their length.
//! Where several rules match one operation, the first in [`RULES`] is applied.

use crate::base::error::Result;

use super::super::super::core::{Atom, DType, Lowered, Primitive};
use super::super::rewrite::Rewriter;
use super::super::rule::{Rule, rules};

/// All rules of this file, in order.
pub const RULES: &[Rule] = rules![
    division_by_a_constant,
    division_of_quotients,
    division_by_an_exponential,
    division_by_a_broadcast,
    division_by_a_root,
    product_of_constants,
    product_of_exponentials,
    difference_with_a_constant,
    sum_of_constants,
    sum_with_zero,
    common_power_of_two,
    logarithm,
    power,
    root_of_a_square,
];

fn operands(r: &Rewriter, atom: Atom, primitive: &Primitive) -> Option<[Atom; 2]> {
    r.operands_of(atom, primitive).and_then(|inputs| inputs.try_into().ok())
}

fn operand(r: &Rewriter, atom: Atom, primitive: &Primitive) -> Option<Atom> {
    r.operands_of(atom, primitive).map(|inputs| inputs[0])
}

/// A float operand pair of the given primitive.
fn pair(r: &Rewriter, wanted: &Primitive, primitive: &Primitive, inputs: &[Atom]) -> Option<[Atom; 2]> {
    let fits = primitive == wanted && r.aval(inputs[0]).dtype == DType::F32;
    if fits { inputs.try_into().ok() } else { None }
}

/// A pair of which exactly one is a constant: the other one, and the constant.
fn with_constant(r: &Rewriter, [x, y]: [Atom; 2]) -> Option<(Atom, f32)> {
    match (r.constant_f32(x), r.constant_f32(y)) {
        (None, Some(c)) => Some((x, c)),
        (Some(c), None) => Some((y, c)),
        _ => None,
    }
}

/// `A / c → A · (1/c)`, the reciprocal rounded: `x / 16` stays exact, `x / 7` becomes `x · f32(1/7)`.
fn division_by_a_constant(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Div, primitive, inputs) else { return Ok(None) };
    match (r.constant_f32(x), r.constant_f32(y)) {
        (None, Some(c)) => r.emit(Primitive::Mul, &[x, Atom::f32(1.0 / c)]).map(Some),
        _ => Ok(None),
    }
}

/// `(A/B) / (C/D) → (A·D) / (B·C)`, `(A/B) / C → A / (B·C)`, `A / (B/C) → (A·C) / B`.
fn division_of_quotients(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Div, primitive, inputs) else { return Ok(None) };
    let (above, below) = match (operands(r, x, &Primitive::Div), operands(r, y, &Primitive::Div)) {
        (Some([a, b]), Some([c, d])) => ([a, d], [b, c]),
        (Some([a, b]), None) => ([a, Atom::f32(1.0)], [b, y]),
        (None, Some([b, c])) => ([x, c], [b, Atom::f32(1.0)]),
        (None, None) => return Ok(None),
    };
    let [above, below] =
        [above, below].map(|[x, y]| if y == Atom::f32(1.0) { Ok(x) } else { r.emit(Primitive::Mul, &[x, y]) });
    r.emit(Primitive::Div, &[above?, below?]).map(Some)
}

/// `A / exp(B) → A · exp(-B)`.
fn division_by_an_exponential(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Div, primitive, inputs) else { return Ok(None) };
    let Some(exponent) = operand(r, y, &Primitive::Exp) else { return Ok(None) };
    let minus = r.emit(Primitive::Neg, &[exponent])?;
    let power = r.emit(Primitive::Exp, &[minus])?;
    r.emit(Primitive::Mul, &[x, power]).map(Some)
}

/// `A / B → A · (1/B)` where B, or what it is a broadcast of, has fewer elements than the quotient, and nothing else reads it.
fn division_by_a_broadcast(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Div, primitive, inputs) else { return Ok(None) };
    if r.reads(y) != 1 {
        return Ok(None);
    }
    let size = super::super::super::numpy::stretched_size(r.shape(x), r.shape(y));
    if let Some(scalar) = r.scalar_behind(y) {
        if size == 1 || r.reads(scalar) != 1 {
            return Ok(None);
        }
        let reciprocal = r.emit(Primitive::Div, &[Atom::f32(1.0), scalar])?;
        return r.emit(Primitive::Mul, &[x, reciprocal]).map(Some);
    }
    let made = r.definition(y).map(|eqn| (eqn.primitive.clone(), eqn.inputs.first().copied()));
    let reciprocal = match made {
        Some((Primitive::BroadcastInDim { shape, broadcast_dimensions }, Some(small)))
            if r.size(small) < size && r.reads(small) == 1 =>
        {
            let reciprocal = r.emit(Primitive::Div, &[Atom::f32(1.0), small])?;
            r.emit(Primitive::BroadcastInDim { shape, broadcast_dimensions }, &[reciprocal])?
        }
        _ if r.size(y) < size => r.emit(Primitive::Div, &[Atom::f32(1.0), y])?,
        _ => return Ok(None),
    };
    r.emit(Primitive::Mul, &[x, reciprocal]).map(Some)
}

/// `(A·c₁) · c₂ → A · (c₁·c₂)` and `(A·c) · s → A · (s·c)`, the product of the two rounded; for single numbers also
/// `(A·c₁) · (B·c₂) → (A·B) · (c₁·c₂)`.
fn product_of_constants(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Mul, primitive, inputs) else { return Ok(None) };
    let factors = |atom: Atom| operands(r, atom, &Primitive::Mul).and_then(|factors| with_constant(r, factors));
    if let (Some((a, c)), Some((b, d)), 1) = (factors(x), factors(y), r.size(x))
        && r.shape(a) == r.shape(b)
    {
        let product = r.emit(Primitive::Mul, &[a, b])?;
        return r.emit(Primitive::Mul, &[product, Atom::f32(c * d)]).map(Some);
    }
    for (inner, outer) in [(x, y), (y, x)] {
        let Some(scalar) = r.scalar_behind(outer) else { continue };
        let Some(factors) = operands(r, inner, &Primitive::Mul) else { continue };
        let Some((a, c)) = with_constant(r, factors) else { continue };
        if r.size(inner) == 1 && r.constant_f32(outer).is_none() {
            continue;
        }
        let factor = match r.constant_f32(scalar) {
            Some(other) => Atom::f32(c * other),
            None => r.emit(Primitive::Mul, &[scalar, Atom::f32(c)])?,
        };
        return r.emit(Primitive::Mul, &[a, factor]).map(Some);
    }
    Ok(None)
}

/// `exp(A) · exp(B) → exp(A + B)`.
fn product_of_exponentials(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Mul, primitive, inputs) else { return Ok(None) };
    let (Some(a), Some(b)) = (operand(r, x, &Primitive::Exp), operand(r, y, &Primitive::Exp)) else { return Ok(None) };
    if r.shape(a) != r.shape(b) {
        return Ok(None);
    }
    let exponent = r.emit(Primitive::Add, &[a, b])?;
    r.emit(Primitive::Exp, &[exponent]).map(Some)
}

/// `A - c → A + (-c)`, which is exact, but opens the way for the next rule.
fn difference_with_a_constant(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Sub, primitive, inputs) else { return Ok(None) };
    match (r.constant_f32(x), r.constant_f32(y)) {
        (None, Some(c)) => r.emit(Primitive::Add, &[x, Atom::f32(-c)]).map(Some),
        _ => Ok(None),
    }
}

/// `(A + c₁) + c₂ → A + (c₁ + c₂)` and `(c₁ - A) + c₂ → (c₁ + c₂) - A`, the sum of the constants rounded.
fn sum_of_constants(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some(terms) = pair(r, &Primitive::Add, primitive, inputs) else { return Ok(None) };
    let Some((inner, outer)) = with_constant(r, terms) else { return Ok(None) };
    if let Some([x, y]) = operands(r, inner, &Primitive::Sub)
        && let (Some(c), None) = (r.constant_f32(x), r.constant_f32(y))
    {
        return r.emit(Primitive::Sub, &[Atom::f32(c + outer), y]).map(Some);
    }
    let Some(terms) = operands(r, inner, &Primitive::Add) else { return Ok(None) };
    let Some((a, c)) = with_constant(r, terms) else { return Ok(None) };
    r.emit(Primitive::Add, &[a, Atom::f32(c + outer)]).map(Some)
}

/// `A + 0 → A`, which differs for A = -0.0.
#[allow(clippy::unnecessary_wraps, reason = "a rule may fail")]
fn sum_with_zero(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some(terms) = pair(r, &Primitive::Add, primitive, inputs) else { return Ok(None) };
    Ok(with_constant(r, terms).filter(|&(_, c)| c == 0.0).map(|(x, _)| x))
}

/// `A·c + B·c → (A + B) · c` where c is a power of two and nothing else reads the products.
fn common_power_of_two(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    const MANTISSA: u32 = (1 << 23) - 1;
    let Some([x, y]) = pair(r, &Primitive::Add, primitive, inputs) else { return Ok(None) };
    let factors = |atom: Atom| operands(r, atom, &Primitive::Mul).filter(|_| r.reads(atom) == 1);
    let (Some(left), Some(right)) = (factors(x), factors(y)) else { return Ok(None) };
    let (Some((a, c)), Some((b, d))) = (with_constant(r, left), with_constant(r, right)) else { return Ok(None) };
    if c.to_bits() != d.to_bits() || c.to_bits() & MANTISSA != 0 || !c.is_normal() || r.shape(a) != r.shape(b) {
        return Ok(None);
    }
    let sum = r.emit(Primitive::Add, &[a, b])?;
    r.emit(Primitive::Mul, &[sum, Atom::f32(c)]).map(Some)
}

/// `A / √B → A · rsqrt(B)` for single numbers.
fn division_by_a_root(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Some([x, y]) = pair(r, &Primitive::Div, primitive, inputs) else { return Ok(None) };
    let Some(square) = operand(r, y, &Primitive::Sqrt).filter(|_| r.size(x) == 1 && r.size(y) == 1) else {
        return Ok(None);
    };
    let root = r.emit(Primitive::Lowered(Lowered::Rsqrt), &[square])?;
    r.emit(Primitive::Mul, &[x, root]).map(Some)
}

/// `log(exp(A)) → A`, `log(√A) → log(A) · 0.5`.
fn logarithm(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if *primitive != Primitive::Log {
        return Ok(None);
    }
    if let Some(x) = operand(r, inputs[0], &Primitive::Sqrt) {
        let log = r.emit(Primitive::Log, &[x])?;
        return r.emit(Primitive::Mul, &[log, Atom::f32(0.5)]).map(Some);
    }
    Ok(operand(r, inputs[0], &Primitive::Exp))
}

/// `√(A·A) → |A|`, also behind a reshape, as in the norm of a vector of one element: the square would leave float32 where the result does not.
/// The absolute value is the larger one of A and −A.
fn root_of_a_square(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if *primitive != Primitive::Sqrt {
        return Ok(None);
    }
    let reshape = r.definition(inputs[0]).filter(|eqn| matches!(eqn.primitive, Primitive::Reshape { .. }));
    let (square, reshape) = match reshape {
        Some(eqn) => (eqn.inputs[0], Some(eqn.primitive.clone())),
        None => (inputs[0], None),
    };
    let Some([x, y]) = operands(r, square, &Primitive::Mul) else { return Ok(None) };
    if x != y {
        return Ok(None);
    }
    let opposite = r.emit(Primitive::Neg, &[x])?;
    let size = r.emit(Primitive::Max, &[x, opposite])?;
    match reshape {
        Some(reshape) => r.emit(reshape, &[size]).map(Some),
        None => Ok(Some(size)),
    }
}

/// `A¹ → A`, `A² → A·A`, `A³ → A·(A·A)`, `A⁻¹ → 1/A` for constant exponents.
fn power(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    if *primitive != Primitive::Pow {
        return Ok(None);
    }
    let (x, exponent) = (inputs[0], r.constant_f32(inputs[1]));
    if exponent == Some(1.0) {
        return Ok(Some(x));
    }
    if exponent == Some(-1.0) {
        return r.emit(Primitive::Div, &[Atom::f32(1.0), x]).map(Some);
    }
    if exponent != Some(2.0) && exponent != Some(3.0) {
        return Ok(None);
    }
    let square = r.emit(Primitive::Mul, &[x, x])?;
    if exponent == Some(2.0) { Ok(Some(square)) } else { r.emit(Primitive::Mul, &[x, square]).map(Some) }
}

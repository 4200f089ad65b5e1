//! [`lower`]: the rounding rules of JAX's compiler, as rewrites of the program.
//!
//! JAX hands a jitted function to XLA, and XLA hands its loops to LLVM. Both reorder and fuse operations, and each such step rounds a
//! result once less or elsewhere. The rules here make the same choices on the same programs, so that what remains can be computed
//! operation by operation and still have JAX's bits. They are rules on programs: nothing in them knows what a program is for.
//!
//! 1. [`simplify`]: what changes no bit.
//! 2. [`algebra`], [`dots`]: XLA's algebraic simplifier, to a fixed point.
//! 3. [`reshapes`]: XLA moves reshapes behind elementwise operations.
//! 4. [`fusion`], [`contract`]: XLA cuts the program into loops; within a loop, LLVM contracts products and sums into fused
//!    multiply-adds.
//!
//! The order of additions in sums and dot products is part of what `reduce_sum`, `sum_of_products` and `dot_general` mean here
//! (`jax/kernel/sums.rs`, `jax/kernel/dot.rs`).
//!
//! Measured against jax 0.10.2 on x86-64 with fused multiply-add: see `tests/compile/`. Programs that these rules do not describe fully
//! (large matrix products and row sums, which XLA gives to a library) get results within a few units in the last place.

mod algebra;
mod contract;
mod dots;
mod fusion;
mod reshapes;

use crate::base::error::Result;

use super::super::core::{Atom, Jaxpr, Primitive};
use super::rewrite::{Rewriter, fixed_point, rewrite};
use super::simplify::simplify;

/// The program with the compiler's rounding rules applied.
///
/// # Errors
/// The program is ill-formed.
pub fn lower(jaxpr: &Jaxpr) -> Result<Jaxpr> {
    let now = fixed_point(&simplify(jaxpr)?, |now| simplify(&rewrite(now, first_rule)?))?;
    simplify(&contract::contract(&reshapes::sink_reshapes(&now)?)?)
}

/// The first rule of [`dots`] and [`algebra`] that applies.
fn first_rule(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    const DOTS: [algebra::Rule; 5] = [
        dots::dots_of_transposes,
        dots::dots_of_one_term,
        dots::dots_of_vectors,
        dots::dots_without_axes_of_one,
        dots::reductions_of_one_element,
    ];
    for rule in DOTS.iter().chain(&algebra::RULES) {
        if let Some(atom) = rule(r, primitive, inputs)? {
            return Ok(Some(atom));
        }
    }
    Ok(None)
}

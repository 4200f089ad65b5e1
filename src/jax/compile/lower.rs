//! [`lower`]: the rounding rules of JAX's compiler, as rewrites of the program.
//!
//! JAX hands a jitted function to XLA, and XLA hands its loops to LLVM. Both reorder and fuse operations, and each such step rounds a
//! result once less or elsewhere. The rules here make the same choices on the same programs, so that what remains can be computed
//! operation by operation and still have JAX's bits. They are rules on programs: nothing in them knows what a program is for.
//!
//! 1. [`simplify`](super::simplify): what changes no bit.
//! 2. [`algebra`], [`dots`]: XLA's algebraic simplifier, to a fixed point.
//! 3. [`reshapes`]: XLA moves reshapes behind elementwise operations.
//! 4. [`fusion`], [`contract`]: XLA cuts the program into loops; within a loop, LLVM contracts products and sums into fused
//!    multiply-adds.
//!
//! The order of additions in sums and dot products is part of what `reduce_sum`, `sum_of_products` and `dot_general` mean here
//! (`jax/kernel/sums.rs`, `jax/kernel/dot.rs`).
//!
//! Measured against jax 0.10.2 on x86-64 with fused multiply-add: see `tests/jax/compile/`. Programs that these rules do not describe fully
//! (large matrix products and row sums, which XLA gives to a library) get results within a few units in the last place.

mod algebra;
mod contract;
mod dots;
mod fusion;
mod reshapes;

use crate::base::error::Result;

use super::super::core::{Atom, Jaxpr};
use super::rewrite::fixed_point;
use super::rule::{Log, Pass, Rule, apply};
use super::simplify::simplify_with;

/// The rules that are applied to single equations.
pub const RULES: [&[Rule]; 3] = [super::simplify::RULES, dots::RULES, algebra::RULES];

/// The program with the compiler's rounding rules applied.
///
/// # Errors
/// The program is ill-formed.
pub fn lower(jaxpr: &Jaxpr) -> Result<Jaxpr> {
    lower_with(jaxpr, &mut Log::off())
}

/// [`lower`], and for each variable of the program, what stands for it in the lowered one: `None` where the compiled program never rounds it by itself,
/// because it is part of a fused operation.
///
/// # Errors
/// The program is ill-formed.
pub fn lower_with_places(jaxpr: &Jaxpr) -> Result<(Jaxpr, Vec<Option<Atom>>)> {
    jaxpr.typecheck()?;
    let mut log = Log::of_places(jaxpr);
    let lowered = lower_with(jaxpr, &mut log)?;
    Ok((lowered, log.places()))
}

/// Every pass of [`lower`] that did something, in order, with the rules that did it.
///
/// # Errors
/// The program is ill-formed.
pub fn passes(jaxpr: &Jaxpr) -> Result<Vec<Pass>> {
    jaxpr.typecheck()?;
    let mut log = Log::on();
    lower_with(jaxpr, &mut log)?;
    Ok(log.passes())
}

fn lower_with(jaxpr: &Jaxpr, log: &mut Log) -> Result<Jaxpr> {
    let simple = checked(simplify_with(jaxpr, log)?);
    let algebraic = fixed_point(&simple, &mut |now| {
        let next = apply("algebra", now, &[dots::RULES, algebra::RULES], log)?;
        simplify_with(&next, log)
    });
    let sunk = reshapes::sink_reshapes(&checked(algebraic?), log)?;
    let contracted = contract::contract(&checked(sunk), log)?;
    Ok(checked(simplify_with(&contracted, log)?))
}

/// The program; in a debug build, it is well-formed.
fn checked(jaxpr: Jaxpr) -> Jaxpr {
    debug_assert_eq!(jaxpr.typecheck(), Ok(()), "a pass wrote {jaxpr}");
    jaxpr
}

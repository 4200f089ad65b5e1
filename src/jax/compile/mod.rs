//! Turns a [`Jaxpr`] into something that runs fast, with the bits that JAX's `jit` gives.
//!
//! Three stages: [`simplify`] (rewrites that change no bit), [`lower`] (the rounding rules of JAX's compiler, as rewrites of the
//! program), and a plan ([`plan`]: every buffer at a fixed place in one arena) that [`Executable`] runs without
//! allocating: kernel by kernel, or as WebAssembly that [`wasm`] generates and a [`Loader`] loads. Between lowering and planning, [`map_ensemble`] may map the
//! lowered program over the members of an ensemble. What a lowered program computes is what [`super::trace::eval_jaxpr`] computes of it: the rules are all in the program.

mod ensemble;
mod interp;
pub mod lower;
mod native;
pub mod plan;
mod rewrite;
mod rule;
pub mod scan;
pub mod simplify;
mod types;
pub mod wasm;

use crate::base::error::Result;

use super::array::Array;
use super::core::Jaxpr;
use super::trace::ClosedJaxpr;

pub(super) use rewrite::without_dead_code;

pub use ensemble::map_ensemble;
pub use interp::Executable;
pub use native::{Backend, Loader, NativeCode, backend, install_loader};
pub use rule::{Fired, Pass, Rule};

/// How a compiled program rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// As JAX's `jit` on a processor with fused multiply-add: the rules of [`lower`].
    Fused,
    /// One rounding per primitive, as JAX rounds op by op, outside `jit`.
    OpByOp,
}

/// Compiles a program and places the values of its `constvars`.
///
/// # Errors
/// The program is ill-formed, or `consts` are not the values that its `constvars` stand for.
pub fn compile(jaxpr: &Jaxpr, consts: &[Array], rounding: Rounding) -> Result<Executable> {
    Executable::new(&lowered(jaxpr, rounding)?, consts)
}

/// Compiles a program for the members of an ensemble at once, each with the bits that [`compile`] gives for that member alone: see [`map_ensemble`] for
/// `inputs` and `outputs`.
///
/// # Errors
/// As [`compile`] and [`map_ensemble`].
pub fn compile_mapped(
    program: &ClosedJaxpr,
    rounding: Rounding,
    [inputs, outputs]: [&[bool]; 2],
    members: usize,
) -> Result<Executable> {
    let mapped = map_ensemble(&lowered(&program.jaxpr, rounding)?, inputs, outputs, members)?;
    Executable::new(&mapped, &program.consts)
}

/// The program that [`compile`] plans: simplified, and for [`Rounding::Fused`] with the compiler's rounding rules applied.
///
/// # Errors
/// The program is ill-formed.
pub fn lowered(jaxpr: &Jaxpr, rounding: Rounding) -> Result<Jaxpr> {
    jaxpr.typecheck()?;
    #[cfg(feature = "full")]
    let jaxpr = &*super::control::without_calls(jaxpr)?;
    match rounding {
        Rounding::Fused => lower::lower(jaxpr),
        Rounding::OpByOp => simplify::simplify(jaxpr),
    }
}

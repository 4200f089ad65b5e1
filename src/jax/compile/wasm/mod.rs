//! Writes a [`Plan`] as a WebAssembly module, with the same bits as the interpreter's. `README.md` in this folder has the words that are used here, and one
//! worked example.
//!
//! A module has one function for every run of steps without a step that is left to the interpreter (what needs tables or sorting:
//! exponentials, powers, gathers). Small shapes become [`straight`]-line code in which values stay in [`lanes`] of registers, in the order that
//! [`schedule`] finds; large ones become loops over the arena ([`elements`], [`dots`], [`ensemble`], [`sums`]). A function's argument is the address of the arena, so a
//! module does not depend on where that lies, and programs that are written alike can share one.

mod arithmetic;
mod code;
mod detect;
mod dots;
mod elements;
mod ensemble;
mod lanes;
mod module;
mod operation;
mod scanning;
mod schedule;
mod segments;
mod straight;
mod sums;
mod tanh;

pub use detect::detect_fma;

use super::plan::Plan;
use super::types::WiredSlots;

pub use super::types::{Fma, Generated, Segment};
pub use code::LANES;

/// Browsers refuse functions with more than 50,000 locals; a program that needs as many is left to the interpreter.
const MOST_LOCALS: usize = 45_000;

/// Loops over more tables are not written, so that who calls one knows how long a list to make.
pub const MOST_TABLES: usize = 4;

/// Writes a plan; `None` if nothing in it can be written, or if it is too much.
#[must_use]
pub(super) fn generate(plan: &Plan, fma: Fma) -> Option<Generated> {
    let segments = segments::Segments::new(plan);
    let bodies = segments.bodies(plan, fma);
    if bodies.is_empty() || bodies.iter().any(|code| code.locals() > MOST_LOCALS) {
        return None;
    }
    let functions = bodies.len();
    let module = module::assemble(bodies.into_iter().map(code::Code::finish), module::RUN, fma);
    Some(Generated { module, functions, segments: segments.list, words: plan.words + segments.scratch, scan: None })
}

/// Writes a plan with the loop around it; `None` if it is not straight-line code as a whole, or too much.
#[must_use]
pub(super) fn generate_scan(plan: &Plan, slots: &WiredSlots, fma: Fma) -> Option<Generated> {
    if slots.batches.len() > MOST_TABLES {
        return None;
    }
    let segments = segments::Segments::new(plan);
    let body = scanning::body(&segments, plan, slots, fma).filter(|code| code.locals() <= MOST_LOCALS)?;
    let module = module::assemble(std::iter::once(body.finish()), module::SCAN, fma);
    let scan = Some(slots.shape.clone());
    Some(Generated { module, functions: 0, segments: Vec::new(), words: plan.words + segments.scratch, scan })
}

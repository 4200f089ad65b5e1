//! Writes a [`Plan`] as a WebAssembly module, with the same bits as the interpreter's.
//!
//! A module has one function for every run of steps without a step that is left to the interpreter (what needs tables or sorting:
//! exponentials, powers, gathers). Small shapes become [`straight`]-line code in which values stay in [`lanes`] of registers; large
//! ones become loops over the arena ([`elements`], [`dots`], [`sums`]). A function's argument is the address of the arena, so a
//! module does not depend on where that lies, and programs that are written alike can share one.

mod arithmetic;
mod code;
mod detect;
mod dots;
mod elements;
mod lanes;
mod module;
mod segments;
mod straight;
mod sums;

pub use detect::detect_fma;

use super::plan::Plan;

/// Browsers refuse functions with more than 50,000 locals; a program that needs as many is left to the interpreter.
const MOST_LOCALS: usize = 45_000;

/// How fused multiply-adds are computed. Both ways give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fma {
    /// By the instruction `f32x4.relaxed_madd`, on a machine where it rounds once.
    Relaxed,
    /// By f64 arithmetic as in [`super::super::fma`].
    Exact,
}

/// One thing to do after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Call this function of the module.
    Function(usize),
    /// Let the interpreter run this step of the plan.
    Step(usize),
}

/// A plan as a module. Only this module makes them, so a loader may trust that the functions do what is said here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    module: Vec<u8>,
    functions: usize,
    parts: Vec<Part>,
    words: usize,
}

impl Program {
    /// Writes a plan; `None` if there is nothing in it that would become machine code, or too much.
    #[must_use]
    pub(super) fn new(plan: &Plan, fma: Fma) -> Option<Self> {
        let segments = segments::Segments::new(plan);
        let bodies = segments.bodies(plan, fma);
        if bodies.is_empty() || bodies.iter().any(|code| code.locals() > MOST_LOCALS) {
            return None;
        }
        let functions = bodies.len();
        let module = module::assemble(bodies.into_iter().map(code::Code::finish), fma);
        Some(Self { module, functions, parts: segments.parts, words: plan.words + segments.scratch })
    }

    /// The module: it imports a memory as `env.memory` and exports functions `0`, `1`, … of one argument, the address of the arena in that
    /// memory, without result. They read and write nothing but the arena.
    #[must_use]
    pub fn module(&self) -> &[u8] {
        &self.module
    }

    /// How many functions the module exports.
    #[must_use]
    pub fn functions(&self) -> usize {
        self.functions
    }

    /// What makes up a run.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many words the arena must have at least.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }
}

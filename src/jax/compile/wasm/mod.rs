//! Writes a [`Plan`] as a WebAssembly module, with the same bits as the interpreter's.
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
mod scanning;
mod schedule;
mod segments;
mod straight;
mod sums;

pub use detect::detect_fma;

use super::plan::Plan;
use super::scan::{Places, ScanShape};

/// Browsers refuse functions with more than 50,000 locals; a program that needs as many is left to the interpreter.
const MOST_LOCALS: usize = 45_000;

/// Loops over more tables are not written, so that who calls one knows how long a list to make.
pub const MOST_TABLES: usize = 4;

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
    scan: Option<ScanShape>,
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
        let module = module::assemble(bodies.into_iter().map(code::Code::finish), module::RUN, fma);
        Some(Self { module, functions, parts: segments.parts, words: plan.words + segments.scratch, scan: None })
    }

    /// Writes a plan with the loop around it; `None` if it is not straight-line code as a whole, or too much.
    #[must_use]
    pub(super) fn scanning(plan: &Plan, places: &Places, fma: Fma) -> Option<Self> {
        if places.batches.len() > MOST_TABLES {
            return None;
        }
        let segments = segments::Segments::new(plan);
        let body = scanning::body(&segments, plan, places, fma).filter(|code| code.locals() <= MOST_LOCALS)?;
        let module = module::assemble(std::iter::once(body.finish()), module::SCAN, fma);
        let scan = Some(places.shape.clone());
        Some(Self { module, functions: 0, parts: Vec::new(), words: plan.words + segments.scratch, scan })
    }

    /// The module: it imports a memory as `env.memory` and exports functions `0`, `1`, … of one argument, the address of the arena in that
    /// memory, without result. They read and write nothing but the arena.
    ///
    /// Where there is a loop ([`Self::scan`]), it is exported as `scan` instead. Its arguments are the addresses of the arena, of a list of
    /// the addresses of the tables, of the rows, the number of runs (at least one), and the address of the records. It reads nothing else
    /// than the arena and the named rows, and writes nothing else than the arena and the records, if their lengths are as the shape says.
    #[must_use]
    pub fn module(&self) -> &[u8] {
        &self.module
    }

    /// How many functions the module exports.
    #[must_use]
    pub fn functions(&self) -> usize {
        self.functions
    }

    /// The lengths that the module's loop works with, if it has one.
    #[must_use]
    pub fn scan(&self) -> Option<&ScanShape> {
        self.scan.as_ref()
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

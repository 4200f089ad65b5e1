//! What the compiler's parts say to each other: [`ScanShape`] and [`WiredSlots`], a loop around a program; [`Generated`], a plan written as a
//! WebAssembly module, in [`Segment`]s.

use thetahat_kernels::records::largest;

use crate::base::error::{Error, Result};

use super::plan::Slot;

/// How fused multiply-adds are computed. Both ways give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fma {
    /// By the instruction `f32x4.relaxed_madd`, on a machine where it rounds once.
    Relaxed,
    /// By f64 arithmetic as in [`crate::jax::fma`].
    Exact,
}

/// One piece of a run; they follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Call this function of the module.
    Function(usize),
    /// Let the interpreter run this step of the plan.
    Step(usize),
}

/// A plan as a WebAssembly module. Only [`super::wasm`] makes them, so a loader may trust that the functions do what is said here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    pub(super) module: Vec<u8>,
    pub(super) functions: usize,
    pub(super) segments: Vec<Segment>,
    pub(super) words: usize,
    pub(super) scan: Option<ScanShape>,
}

impl Generated {
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
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// How many words the arena must have at least.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }
}

/// How the runs of a program hang together ([`super::scan::Wiring`]), in places of its plan's arena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WiredSlots {
    /// Pairs of an argument and the output that it is in the next run.
    pub carries: Vec<(Slot, Slot)>,
    /// Arguments that consist of rows.
    pub batches: Vec<Slot>,
    /// Outputs that are recorded.
    pub records: Vec<Slot>,
    /// What is asked for in each call.
    pub shape: ScanShape,
}

/// The lengths that belong together in a call of a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ScanShape {
    /// Rows that each run takes; at least one.
    pub rows: usize,
    /// For each table, the words in one of its rows.
    pub widths: Vec<usize>,
    /// Words that each run records.
    pub record: usize,
}

impl ScanShape {
    /// Checks what a call was given; gives the number of runs.
    ///
    /// # Errors
    /// The rows make no whole number of runs, a row is in no table, or the records have another length.
    pub fn runs(&self, tables: &[&[u32]], rows: &[u32], records: &[u32]) -> Result<usize> {
        let runs = rows.len() / self.rows;
        if tables.len() != self.widths.len() || runs * self.rows != rows.len() || records.len() != runs * self.record {
            return Err(Error::shape(
                "scan",
                format!("{} tables, {} rows, room for {} words", tables.len(), rows.len(), records.len()),
                format!(
                    "Give {} tables, and for each run {} rows and {} words.",
                    self.widths.len(),
                    self.rows,
                    self.record
                ),
            ));
        }
        let last = largest(rows) as usize;
        let complete = |(table, &width): (&&[u32], &usize)| width == 0 || last < table.len() / width;
        if rows.is_empty() || tables.iter().zip(&self.widths).all(complete) {
            return Ok(runs);
        }
        Err(Error::value("Row", last, "it must be a row of every table"))
    }
}

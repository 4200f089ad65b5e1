//! [`Scan`]: a program run again and again over rows of tables, each run going on from the one before, as `jax.lax.scan` runs its body.
//!
//! A training step is such a program: its batch is made of rows of the data, its state comes from the step before. Where the whole
//! program is generated as straight-line code, so is the loop around it, and a whole epoch is one call.

use std::rc::Rc;

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{Jaxpr, ShapedArray};
use super::interp::Executable;
use super::native::{Backend, NativeCode, load, load_scan};
use super::plan::Plan;
use super::types::WiredSlots;

pub use super::types::ScanShape;

/// How the runs of a program hang together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wiring {
    /// Pairs of an argument and the output that it is in the next run.
    pub carries: Vec<(usize, usize)>,
    /// Arguments that consist of rows of a table each: \[rows, …\], the same number of rows in all of them.
    pub batches: Vec<usize>,
    /// Outputs that are recorded after every run, one after the other.
    pub records: Vec<usize>,
}

/// A compiled program with its wiring.
#[derive(Clone, Debug)]
pub struct Scan {
    body: Executable,
    slots: WiredSlots,
    whole: Option<Whole>,
}

/// The loop as generated WebAssembly.
#[derive(Clone)]
struct Whole(Rc<dyn NativeCode>);

impl std::fmt::Debug for Whole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Whole")
    }
}

impl Scan {
    /// Plans a program as it stands, and places the values of its `constvars`.
    ///
    /// # Errors
    /// The program is ill-formed, `consts` are not the values of its `constvars`, or the wiring does not fit its types.
    pub fn new(jaxpr: &Jaxpr, consts: &[Array], wiring: &Wiring) -> Result<Self> {
        let plan = Plan::new(jaxpr)?;
        let slots = wiring.slots(jaxpr, &plan)?;
        let (native, whole) = match load_scan(&plan, &slots) {
            Some((code, words)) => (None, Some((code, words))),
            None => (load(&plan), None),
        };
        let words = whole.as_ref().map_or(0, |(_, words)| *words);
        let body = Executable::planned(plan, native, words, jaxpr, consts)?;
        Ok(Self { body, slots, whole: whole.map(|(code, _)| Whole(code)) })
    }

    /// What runs the program, or the parts of it that are not left to the interpreter.
    #[must_use]
    pub fn backend(&self) -> Backend {
        if self.is_one_call() { Backend::WebAssembly } else { self.body.backend() }
    }

    /// Whether the loop, too, is generated WebAssembly.
    #[must_use]
    pub fn is_one_call(&self) -> bool {
        self.whole.is_some()
    }

    /// The types of the arguments.
    #[must_use]
    pub fn in_avals(&self) -> &[ShapedArray] {
        self.body.in_avals()
    }

    /// The words of argument `i`: those that are carried hold what the last run left; empty if there is no such argument.
    pub fn input_mut(&mut self, i: usize) -> &mut [u32] {
        self.body.input_mut(i)
    }

    /// The lengths that belong together in a call of [`Self::run`].
    #[must_use]
    pub fn shape(&self) -> &ScanShape {
        &self.slots.shape
    }

    /// Runs the program on these rows of the tables, as many at a time as it takes, and writes what it records. Allocates nothing.
    ///
    /// # Errors
    /// The lengths do not fit [`Self::shape`], or a row is in no table; then nothing was run.
    pub fn run(&mut self, tables: &[&[u32]], rows: &[u32], records: &mut [u32]) -> Result<()> {
        match &self.whole {
            Some(Whole(code)) => code.scan(self.body.arena_mut(), tables, rows, records),
            None => self.step_by_step(tables, rows, records),
        }
    }

    fn step_by_step(&mut self, tables: &[&[u32]], rows: &[u32], records: &mut [u32]) -> Result<()> {
        let WiredSlots { carries, batches, records: recorded, shape } = &self.slots;
        shape.runs(tables, rows, records)?;
        for (run, rows) in rows.chunks_exact(shape.rows).enumerate() {
            let arena = self.body.arena_mut();
            for ((slot, table), &width) in batches.iter().zip(tables).zip(&shape.widths) {
                gather(table, rows, width, &mut arena[slot.range()]);
            }
            self.body.run();
            let arena = self.body.arena_mut();
            let mut record = &mut records[run * shape.record..][..shape.record];
            for slot in recorded {
                let (words, rest) = record.split_at_mut(slot.len);
                copy(&arena[slot.range()], words);
                record = rest;
            }
            for (input, output) in carries {
                arena.copy_within(output.range(), input.start);
            }
        }
        Ok(())
    }
}

impl Wiring {
    fn slots(&self, jaxpr: &Jaxpr, plan: &Plan) -> Result<WiredSlots> {
        let (ins, outs) = (jaxpr.in_avals().collect::<Vec<_>>(), &jaxpr.outs);
        let unfit = |what: &str| {
            Error::tree("scan", format!("the wiring names {what}"), "Wire arguments to outputs of their own types.")
        };
        let carried = |&(input, output): &(usize, usize)| match (ins.get(input), outs.get(output)) {
            (Some(&x), Some(&y)) if *x == jaxpr.aval(y) => Ok((plan.inputs[input], plan.outputs[output])),
            _ => Err(unfit(&format!("argument {input} and output {output}"))),
        };
        let rows = self.batches.first().and_then(|&i| ins.get(i)?.shape.first()).copied().unwrap_or(1).max(1);
        let batch = |&i: &usize| match ins.get(i).and_then(|aval| aval.shape.first()) {
            Some(&count) if count == rows => Ok(plan.inputs[i]),
            _ => Err(unfit(&format!("argument {i} as a batch of {rows} rows"))),
        };
        let record = |&j: &usize| plan.outputs.get(j).copied().ok_or_else(|| unfit(&format!("output {j}")));
        let batches = self.batches.iter().map(batch).collect::<Result<Vec<_>>>()?;
        let records = self.records.iter().map(record).collect::<Result<Vec<_>>>()?;
        let shape = ScanShape {
            rows,
            widths: batches.iter().map(|slot| slot.len / rows).collect(),
            record: records.iter().map(|slot| slot.len).sum(),
        };
        Ok(WiredSlots { carries: self.carries.iter().map(carried).collect::<Result<_>>()?, batches, records, shape })
    }
}

/// Copies words, the few of a small array one by one: a call of the copying routine takes longer than they do.
fn copy(from: &[u32], to: &mut [u32]) {
    match (from, to) {
        (&[a], [x]) => *x = a,
        (&[a, b], [x, y]) => (*x, *y) = (a, b),
        (from, to) => to.copy_from_slice(from),
    }
}

/// Copies rows of a table into a batch.
fn gather(from: &[u32], rows: &[u32], width: usize, to: &mut [u32]) {
    match width {
        0 => {}
        1 => gather_narrow::<1>(from, rows, to),
        2 => gather_narrow::<2>(from, rows, to),
        3 => gather_narrow::<3>(from, rows, to),
        4 => gather_narrow::<4>(from, rows, to),
        _ => {
            for (to, &row) in to.chunks_exact_mut(width).zip(rows) {
                to.copy_from_slice(&from[row as usize * width..][..width]);
            }
        }
    }
}

/// [`gather`] for rows of a width that the compiler knows, so that it moves words and calls nothing.
fn gather_narrow<const WIDTH: usize>(from: &[u32], rows: &[u32], to: &mut [u32]) {
    let (from, _) = from.as_chunks::<WIDTH>();
    let (to, _) = to.as_chunks_mut::<WIDTH>();
    for (to, &row) in to.iter_mut().zip(rows) {
        *to = from[row as usize];
    }
}

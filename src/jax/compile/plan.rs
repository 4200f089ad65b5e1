//! [`Plan`]: where every value of a program lies in one arena, and in which order the kernels run.
//!
//! Buffers start at multiples of four words (16 bytes). A buffer whose value is no longer needed is used again. Results of
//! `reshape` lie where their operand lies. Arguments, constants and outputs keep their place for ever, so that arguments that do not change
//! between two runs need not be written again.

use std::ops::Range;

use crate::error::{Error, Result};

use super::super::core::{Atom, Jaxpr, Literal, Primitive, ShapedArray, Var};
use super::super::kernel::Kernel;

/// Buffers start at multiples of this many words.
pub const ALIGNMENT: usize = 4;

/// A run of words in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// First word.
    pub start: usize,
    /// Number of words.
    pub len: usize,
}

impl Slot {
    /// The words as a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start..self.start + self.len
    }
}

/// One kernel and the places that it reads and writes. The result never overlaps an operand.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is computed.
    pub kernel: Kernel,
    /// Where the operands lie.
    pub inputs: Box<[Slot]>,
    /// Where the result goes.
    pub output: Slot,
}

/// A program laid out in an arena.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Size of the arena in words.
    pub words: usize,
    /// Where the values of the `constvars` go.
    pub consts: Vec<Slot>,
    /// Scalars of the program text and where they go.
    pub literals: Vec<(Slot, u32)>,
    /// Where the arguments are read.
    pub inputs: Vec<Slot>,
    /// Where the results are found; never where an argument lies.
    pub outputs: Vec<Slot>,
    /// What runs, in order.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Lays out a program.
    ///
    /// # Errors
    /// The program reads a variable that it does not bind.
    pub fn new(jaxpr: &Jaxpr) -> Result<Self> {
        Planner::new(jaxpr).plan()
    }
}

struct Planner<'a> {
    jaxpr: &'a Jaxpr,
    /// The variable in whose buffer a variable lies: itself, or what it is a reshape of.
    home: Vec<Var>,
    /// For each home, the last equation that reads its buffer; `usize::MAX` for buffers that are kept.
    last_read: Vec<usize>,
    slots: Vec<Option<Slot>>,
    literals: Vec<(Slot, Literal)>,
    arena: Arena,
}

impl<'a> Planner<'a> {
    fn new(jaxpr: &'a Jaxpr) -> Self {
        let count = jaxpr.avals.len();
        let mut home: Vec<Var> = (0..count).filter_map(|i| u32::try_from(i).ok()).map(Var).collect();
        for eqn in &jaxpr.eqns {
            if let (Primitive::Reshape { .. }, Some(&Atom::Var(x))) = (&eqn.primitive, eqn.inputs.first()) {
                home[eqn.output.0 as usize] = home[x.0 as usize];
            }
        }
        let mut last_read = vec![0; count];
        let reads = jaxpr.eqns.iter().enumerate().flat_map(|(i, eqn)| eqn.inputs.iter().map(move |&atom| (i, atom)));
        let kept =
            jaxpr.constvars.iter().chain(&jaxpr.invars).map(|&var| Atom::Var(var)).chain(jaxpr.outs.iter().copied());
        for (at, atom) in reads.chain(kept.map(|atom| (usize::MAX, atom))) {
            if let Atom::Var(var) = atom {
                let home = home[var.0 as usize].0 as usize;
                last_read[home] = last_read[home].max(at);
            }
        }
        Self { jaxpr, home, last_read, slots: vec![None; count], literals: Vec::new(), arena: Arena::default() }
    }

    fn plan(mut self) -> Result<Plan> {
        let consts = self.keep(&self.jaxpr.constvars);
        let inputs = self.keep(&self.jaxpr.invars);
        let mut steps = Vec::with_capacity(self.jaxpr.eqns.len());
        for (at, eqn) in self.jaxpr.eqns.iter().enumerate() {
            if self.home[eqn.output.0 as usize] == eqn.output {
                let operands = eqn.inputs.iter().map(|&atom| self.read(atom)).collect::<Result<Box<[Slot]>>>()?;
                let output = self.define(eqn.output);
                steps.push(self.step(
                    &eqn.primitive,
                    &eqn.inputs,
                    operands,
                    output,
                    &self.jaxpr.aval(Atom::Var(eqn.output)),
                ));
            }
            self.release(at, &eqn.inputs);
            self.release(at, &[Atom::Var(eqn.output)]);
        }
        let mut outputs = Vec::with_capacity(self.jaxpr.outs.len());
        for &atom in &self.jaxpr.outs {
            let slot = self.read(atom)?;
            if inputs.contains(&slot) {
                let aval = self.jaxpr.aval(atom);
                let copy = self.arena.take(slot.len);
                let primitive = Primitive::Reshape { new_sizes: aval.shape.clone() };
                steps.push(self.step(&primitive, &[atom], Box::new([slot]), copy, &aval));
                outputs.push(copy);
            } else {
                outputs.push(slot);
            }
        }
        let literals = self.literals.iter().map(|&(slot, literal)| (slot, literal.bits())).collect();
        Ok(Plan { words: self.arena.words, consts, literals, inputs, outputs, steps })
    }

    fn step(
        &self,
        primitive: &Primitive,
        inputs: &[Atom],
        slots: Box<[Slot]>,
        output: Slot,
        aval: &ShapedArray,
    ) -> Step {
        let avals: Vec<ShapedArray> = inputs.iter().map(|&atom| self.jaxpr.aval(atom)).collect();
        Step { kernel: Kernel::new(primitive, &avals, aval), inputs: slots, output }
    }

    fn keep(&mut self, vars: &[Var]) -> Vec<Slot> {
        vars.iter().map(|&var| self.define(var)).collect()
    }

    fn define(&mut self, var: Var) -> Slot {
        let slot = self.arena.take(self.jaxpr.avals[var.0 as usize].size());
        self.slots[var.0 as usize] = Some(slot);
        slot
    }

    fn read(&mut self, atom: Atom) -> Result<Slot> {
        match atom {
            Atom::Var(var) => self.slots[self.home[var.0 as usize].0 as usize].ok_or_else(|| {
                Error::tree(
                    "compile",
                    format!("variable {} has no value", var.0),
                    "Check the program with `typecheck`.",
                )
            }),
            Atom::Lit(literal) => Ok(self.literal(literal)),
        }
    }

    /// The place of a scalar of the program text; equal ones share it.
    fn literal(&mut self, literal: Literal) -> Slot {
        let known = self.literals.iter().find(|(_, known)| known.bits() == literal.bits());
        if let Some(&(slot, _)) = known {
            return slot;
        }
        let slot = self.arena.take_fresh(1);
        self.literals.push((slot, literal));
        slot
    }

    /// Gives back the buffers among `atoms` that nothing reads after equation `at`.
    fn release(&mut self, at: usize, atoms: &[Atom]) {
        for atom in atoms {
            let Atom::Var(var) = atom else { continue };
            let home = self.home[var.0 as usize].0 as usize;
            if self.last_read[home] <= at
                && let Some(slot) = self.slots[home].take()
            {
                self.arena.give_back(slot);
            }
        }
    }
}

/// The arena while it is being laid out: its size so far and the gaps in it, in order of place.
#[derive(Debug, Default)]
struct Arena {
    words: usize,
    gaps: Vec<Range<usize>>,
}

impl Arena {
    /// Room for `len` words, in the smallest gap where it fits.
    fn take(&mut self, len: usize) -> Slot {
        let room = len.next_multiple_of(ALIGNMENT);
        let fits = self.gaps.iter().enumerate().filter(|(_, gap)| gap.len() >= room && room > 0);
        let Some((at, _)) = fits.min_by_key(|(_, gap)| gap.len()) else { return self.take_fresh(len) };
        let start = self.gaps[at].start;
        self.gaps[at].start += room;
        if self.gaps[at].is_empty() {
            self.gaps.remove(at);
        }
        Slot { start, len }
    }

    /// Room for `len` words that nothing has used before or will use later.
    fn take_fresh(&mut self, len: usize) -> Slot {
        let start = self.words;
        self.words += len.next_multiple_of(ALIGNMENT);
        Slot { start, len }
    }

    fn give_back(&mut self, slot: Slot) {
        let gap = slot.start..slot.start + slot.len.next_multiple_of(ALIGNMENT);
        if gap.is_empty() {
            return;
        }
        let at = self.gaps.partition_point(|other| other.start < gap.start);
        self.gaps.insert(at, gap);
        if self.gaps.get(at + 1).is_some_and(|next| next.start == self.gaps[at].end) {
            self.gaps[at].end = self.gaps.remove(at + 1).end;
        }
        if at > 0 && self.gaps[at - 1].end == self.gaps[at].start {
            self.gaps[at - 1].end = self.gaps.remove(at).end;
        }
    }
}

//! [`Plan`]: where every value of a program lies in one arena, and in which order the kernels run.
//!
//! Buffers start at multiples of four words (16 bytes). A buffer whose value is no longer needed is used again. Results of
//! `reshape` lie where their operand lies. Arguments, constants and outputs keep their place for ever, so that arguments that do not change
//! between two runs need not be written again.

use std::ops::Range;

use crate::base::error::Result;

use super::super::core::{Atom, Jaxpr, Literal, Primitive, ShapedArray, Var};
use super::super::kernel::Kernel;

/// Buffers start at multiples of this many words.
pub const ALIGNMENT: usize = 4;

/// A run of words in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    /// Whether it has a word in common with another one.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.range().end && other.start < self.range().end
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
                home[eqn.output.index()] = home[x.index()];
            }
        }
        let mut last_read = vec![0; count];
        let reads = jaxpr.eqns.iter().enumerate().flat_map(|(i, eqn)| eqn.inputs.iter().map(move |&atom| (i, atom)));
        let kept =
            jaxpr.constvars.iter().chain(&jaxpr.invars).map(|&var| Atom::Var(var)).chain(jaxpr.outs.iter().copied());
        for (at, atom) in reads.chain(kept.map(|atom| (usize::MAX, atom))) {
            if let Atom::Var(var) = atom {
                let home = home[var.index()].index();
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
            if self.home[eqn.output.index()] == eqn.output {
                let operands = eqn.inputs.iter().map(|&atom| self.read(atom)).collect::<Result<Box<[Slot]>>>()?;
                let output = self.define(eqn.output);
                steps.push(self.step(
                    &eqn.primitive,
                    &eqn.inputs,
                    operands,
                    output,
                    &self.jaxpr.aval(Atom::Var(eqn.output)),
                )?);
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
                steps.push(self.step(&primitive, &[atom], Box::new([slot]), copy, &aval)?);
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
    ) -> Result<Step> {
        let avals: Vec<ShapedArray> = inputs.iter().map(|&atom| self.jaxpr.aval(atom)).collect();
        Ok(Step { kernel: Kernel::new(primitive, &avals, aval)?, inputs: slots, output })
    }

    fn keep(&mut self, vars: &[Var]) -> Vec<Slot> {
        vars.iter().map(|&var| self.define(var)).collect()
    }

    fn define(&mut self, var: Var) -> Slot {
        let slot = self.arena.take(self.jaxpr.avals[var.index()].size());
        self.slots[var.index()] = Some(slot);
        slot
    }

    fn read(&mut self, atom: Atom) -> Result<Slot> {
        match atom {
            Atom::Var(var) => self.slots[self.home[var.index()].index()].ok_or_else(|| Jaxpr::unbound("compile", var)),
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
            let home = self.home[var.index()].index();
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
        // what is empty lies at the start, where no buffer can come to lie around it
        let start = if len == 0 { 0 } else { self.words };
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::core::DType;
    use super::*;

    /// A program of additions, reshapes and sums on vectors of different lengths, in which values live for different times.
    fn program(choices: &[(u8, usize, usize)], outs: &[usize]) -> Jaxpr {
        let mut jaxpr = Jaxpr::default();
        for len in [1, 3, 4, 5, 9] {
            let var = jaxpr.fresh(ShapedArray::new(&[len], DType::F32));
            jaxpr.invars.push(var);
        }
        let mut values: Vec<Atom> = jaxpr.invars.iter().map(|&var| Atom::Var(var)).collect();
        for &(operation, i, j) in choices {
            let x = values[i % values.len()];
            let shape = jaxpr.aval(x).shape;
            let like: Vec<Atom> = values.iter().copied().filter(|&y| jaxpr.aval(y).shape == shape).collect();
            let size: usize = shape.iter().product();
            let result = match operation % 5 {
                0 => jaxpr.emit(Primitive::Reshape { new_sizes: vec![size, 1] }, &[x]),
                1 => jaxpr.emit(Primitive::ReduceSum { axes: (0..shape.len()).collect() }, &[x]),
                2 => jaxpr.emit(Primitive::Add, &[x, Atom::f32(2.0)]),
                _ => jaxpr.emit(Primitive::Add, &[x, like[j % like.len()]]),
            };
            values.push(result.expect("the operands fit"));
        }
        jaxpr.outs = outs.iter().map(|&i| values[i % values.len()]).collect();
        jaxpr
    }

    /// Marks every word of `slot` as holding the value of `owner`.
    fn write(words: &mut [Option<Var>], slot: Slot, owner: Var) {
        words[slot.range()].fill(Some(owner));
    }

    proptest! {
        #[test]
        fn no_buffer_is_used_again_before_its_last_reader(
            choices in prop::collection::vec((0_u8..5, 0_usize..1000, 0_usize..1000), 0..40),
            outs in prop::collection::vec(0_usize..1000, 1..4),
        ) {
            let jaxpr = program(&choices, &outs);
            let plan = Plan::new(&jaxpr).expect("the program is well-formed");
            let mut words = vec![None; plan.words];
            let mut home: Vec<Var> = (0..).map(Var).take(jaxpr.avals.len()).collect();
            for (&slot, &var) in plan.inputs.iter().zip(&jaxpr.invars) {
                write(&mut words, slot, var);
            }
            let mut steps = plan.steps.iter();
            let holds = |words: &[Option<Var>], slot: Slot, var: Var| words[slot.range()].iter().all(|&word| word == Some(var));
            for eqn in &jaxpr.eqns {
                if let (Primitive::Reshape { .. }, Atom::Var(x)) = (&eqn.primitive, eqn.inputs[0]) {
                    home[eqn.output.index()] = home[x.index()];
                    continue;
                }
                let step = steps.next().expect("a step for the equation");
                for (&atom, &slot) in eqn.inputs.iter().zip(&step.inputs) {
                    prop_assert_eq!(slot.start % ALIGNMENT, 0);
                    let end = slot.range().end;
                    prop_assert!(end <= step.output.start || step.output.range().end <= slot.start);
                    if let Atom::Var(var) = atom {
                        prop_assert!(holds(&words, slot, home[var.index()]));
                    }
                }
                write(&mut words, step.output, eqn.output);
            }
            // arguments and outputs are all there at the end
            for (&slot, &var) in plan.inputs.iter().zip(&jaxpr.invars) {
                prop_assert!(holds(&words, slot, var));
            }
            for (&slot, &atom) in plan.outputs.iter().zip(&jaxpr.outs) {
                let Atom::Var(var) = atom else { continue };
                let var = home[var.index()];
                prop_assert!(jaxpr.invars.contains(&var) || holds(&words, slot, var));
                prop_assert!(!plan.inputs.contains(&slot));
            }
        }
    }
}

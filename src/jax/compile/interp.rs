//! [`Executable`]: runs a plan in its arena, kernel after kernel, or as generated WebAssembly where that could be loaded.

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{Atom, Jaxpr, ShapedArray, check_count};
use super::native::{Backend, Native, load};
use super::plan::{ALIGNMENT, Plan, Step};
use super::types::Segment;

/// A compiled program with its own memory. Write the arguments, [`run`](Self::run), read the outputs; arguments that stay the same need not be
/// written again. Running allocates nothing.
#[derive(Clone, Debug)]
pub struct Executable {
    plan: Plan,
    arena: Arena,
    native: Option<Native>,
    in_avals: Vec<ShapedArray>,
    out_avals: Vec<ShapedArray>,
}

impl Executable {
    /// Plans a program as it stands, and places the values of its `constvars`.
    ///
    /// # Errors
    /// The program is ill-formed, or `consts` are not the values that its `constvars` stand for.
    pub(super) fn new(jaxpr: &Jaxpr, consts: &[Array]) -> Result<Self> {
        let plan = Plan::new(jaxpr)?;
        let native = load(&plan);
        Self::planned(plan, native, 0, jaxpr, consts)
    }

    /// A program with its plan, and with generated WebAssembly if that could be loaded, in an arena of at least this many `words`.
    ///
    /// # Errors
    /// `consts` are not the values that its `constvars` stand for.
    pub(super) fn planned(
        plan: Plan,
        native: Option<Native>,
        words: usize,
        jaxpr: &Jaxpr,
        consts: &[Array],
    ) -> Result<Self> {
        let mut memory = Arena::new(native.as_ref().map_or(plan.words, |native| native.words).max(words));
        let arena = memory.words_mut();
        for &(slot, word) in &plan.literals {
            arena[slot.range()].fill(word);
        }
        let avals: Vec<ShapedArray> = jaxpr.constvars.iter().map(|&var| jaxpr.aval(Atom::Var(var))).collect();
        check_count("compile", "consts", consts.len(), avals.len(), "constants")?;
        for ((value, aval), slot) in consts.iter().zip(&avals).zip(&plan.consts) {
            arena[slot.range()].copy_from_slice(words_of(value, aval)?);
        }
        let in_avals = jaxpr.in_avals().cloned().collect();
        let out_avals = jaxpr.outs.iter().map(|&atom| jaxpr.aval(atom)).collect();
        Ok(Self { plan, arena: memory, native, in_avals, out_avals })
    }

    /// What runs the program, or the parts of it that are not left to the interpreter.
    #[must_use]
    pub fn backend(&self) -> Backend {
        if self.native.is_some() { Backend::WebAssembly } else { Backend::Interpreter }
    }

    /// The types of the arguments.
    #[must_use]
    pub fn in_avals(&self) -> &[ShapedArray] {
        &self.in_avals
    }

    /// The types of the outputs.
    #[must_use]
    pub fn out_avals(&self) -> &[ShapedArray] {
        &self.out_avals
    }

    /// The words of argument `i`, to be written; empty if there is no such argument.
    pub fn input_mut(&mut self, i: usize) -> &mut [u32] {
        match self.plan.inputs.get(i) {
            Some(slot) => &mut self.arena.words_mut()[slot.range()],
            None => &mut [],
        }
    }

    /// [`Self::input_mut`] of an f32 argument.
    pub fn input_f32_mut(&mut self, i: usize) -> &mut [f32] {
        bytemuck::cast_slice_mut(self.input_mut(i))
    }

    /// The words of output `j` of the last run; empty if there is no such output.
    #[must_use]
    pub fn output(&self, j: usize) -> &[u32] {
        self.plan.outputs.get(j).map_or(&[], |slot| &self.arena.words()[slot.range()])
    }

    /// [`Self::output`] of an f32 output.
    #[must_use]
    pub fn output_f32(&self, j: usize) -> &[f32] {
        bytemuck::cast_slice(self.output(j))
    }

    /// The arena.
    pub(super) fn arena_mut(&mut self) -> &mut [u32] {
        self.arena.words_mut()
    }

    /// Runs the program on the arguments as they stand.
    pub fn run(&mut self) {
        let arena = self.arena.words_mut();
        match &self.native {
            None => self.plan.steps.iter().for_each(|step| run(step, arena)),
            Some(native) => {
                for &segment in &native.segments {
                    match segment {
                        Segment::Function(function) => native.code.call(function, arena),
                        Segment::Step(step) => run(&self.plan.steps[step], arena),
                    }
                }
            }
        }
    }

    /// Writes the arguments, runs, and gives the outputs as arrays.
    ///
    /// # Errors
    /// An argument is missing, carries an error, is a tracer, or has another type than the program was compiled for.
    pub fn call(&mut self, args: &[Array]) -> Result<Vec<Array>> {
        check_count("call", "args", args.len(), self.in_avals.len(), "arguments")?;
        for ((arg, aval), slot) in args.iter().zip(&self.in_avals).zip(&self.plan.inputs) {
            self.arena.words_mut()[slot.range()].copy_from_slice(words_of(arg, aval)?);
        }
        self.run();
        let outputs =
            self.out_avals.iter().enumerate().map(|(j, aval)| Array::from_words(self.output(j).into(), aval.clone()));
        Ok(outputs.collect())
    }
}

/// Runs one step of a plan in its arena.
fn run(step: &Step, arena: &mut [u32]) {
    let (before, rest) = arena.split_at_mut(step.output.start);
    let (output, after) = rest.split_at_mut(step.output.len);
    let end = step.output.start + step.output.len;
    let operand = |i: usize| {
        let slot = step.inputs[i];
        if slot.start < end { &before[slot.range()] } else { &after[slot.start - end..][..slot.len] }
    };
    step.kernel.run(&operand, output);
}

/// The memory of a program, in blocks of 16 bytes, so that it starts at a multiple of those.
#[derive(Clone, Debug)]
struct Arena(Vec<u128>);

impl Arena {
    fn new(words: usize) -> Self {
        Self(vec![0; words.div_ceil(ALIGNMENT)])
    }

    fn words(&self) -> &[u32] {
        bytemuck::cast_slice(&self.0)
    }

    fn words_mut(&mut self) -> &mut [u32] {
        bytemuck::cast_slice_mut(&mut self.0)
    }
}

/// The words of an array that must have this type.
fn words_of<'a>(array: &'a Array, aval: &ShapedArray) -> Result<&'a [u32]> {
    let concrete = array.concrete("jit")?;
    if concrete.aval == *aval {
        return Ok(&concrete.words);
    }
    Err(Error::shape(
        "call",
        format!("an argument is {}, but {aval} was compiled", concrete.aval),
        "Compile for its type.",
    ))
}

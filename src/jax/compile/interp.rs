//! [`Executable`]: runs a plan in its arena, kernel after kernel.

use crate::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{Atom, Jaxpr, ShapedArray};
use super::plan::{Plan, Slot};

/// A compiled program with its own memory. Write the arguments, [`run`](Self::run), read the outputs; arguments that stay the same need not be
/// written again. Running allocates nothing.
#[derive(Clone, Debug)]
pub struct Executable {
    plan: Plan,
    arena: Vec<u32>,
    in_avals: Vec<ShapedArray>,
    out_avals: Vec<ShapedArray>,
    /// Outputs that become arguments of the next run: (argument, output).
    donations: Vec<(Slot, Slot)>,
}

impl Executable {
    /// Plans a program as it stands, and places the values of its `constvars`.
    ///
    /// # Errors
    /// The program is ill-formed, or `consts` are not the values that its `constvars` stand for.
    pub(super) fn new(jaxpr: &Jaxpr, consts: &[Array]) -> Result<Self> {
        let plan = Plan::new(jaxpr)?;
        let mut arena = vec![0; plan.words];
        for &(slot, word) in &plan.literals {
            arena[slot.range()].fill(word);
        }
        let avals: Vec<ShapedArray> = jaxpr.constvars.iter().map(|&var| jaxpr.aval(Atom::Var(var))).collect();
        check_count("compile", "constants", consts.len(), avals.len())?;
        for ((value, aval), slot) in consts.iter().zip(&avals).zip(&plan.consts) {
            arena[slot.range()].copy_from_slice(words(value, aval)?);
        }
        let in_avals = jaxpr.in_avals().cloned().collect();
        let out_avals = jaxpr.outs.iter().map(|&atom| jaxpr.aval(atom)).collect();
        Ok(Self { plan, arena, in_avals, out_avals, donations: Vec::new() })
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

    /// From now on, output `output` becomes argument `input` at the end of every run, as a training step's parameters do
    /// (`jax.jit`'s `donate_argnums`). The output can still be read.
    ///
    /// # Errors
    /// There is no such argument or output, or their types differ.
    pub fn donate(&mut self, input: usize, output: usize) -> Result<()> {
        match (self.in_avals.get(input), self.out_avals.get(output)) {
            (Some(x), Some(y)) if x == y => {
                self.donations.push((self.plan.inputs[input], self.plan.outputs[output]));
                Ok(())
            }
            (x, y) => {
                let show = |aval: Option<&ShapedArray>| aval.map_or("missing".to_owned(), ToString::to_string);
                Err(Error::shape(
                    "donate",
                    format!("argument {input} is {}, output {output} is {}", show(x), show(y)),
                    "Donate an output to an argument of the same type.",
                ))
            }
        }
    }

    /// The words of argument `i`, to be written; empty if there is no such argument.
    pub fn input_mut(&mut self, i: usize) -> &mut [u32] {
        match self.plan.inputs.get(i) {
            Some(slot) => &mut self.arena[slot.range()],
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
        self.plan.outputs.get(j).map_or(&[], |slot| &self.arena[slot.range()])
    }

    /// [`Self::output`] of an f32 output.
    #[must_use]
    pub fn output_f32(&self, j: usize) -> &[f32] {
        bytemuck::cast_slice(self.output(j))
    }

    /// Runs the program on the arguments as they stand.
    pub fn run(&mut self) {
        for step in &self.plan.steps {
            let (before, rest) = self.arena.split_at_mut(step.output.start);
            let (output, after) = rest.split_at_mut(step.output.len);
            let end = step.output.start + step.output.len;
            let operand = |i: usize| {
                let slot = step.inputs[i];
                if slot.start < end { &before[slot.range()] } else { &after[slot.start - end..][..slot.len] }
            };
            step.kernel.run(operand, output);
        }
        for (input, output) in &self.donations {
            self.arena.copy_within(output.range(), input.start);
        }
    }

    /// Writes the arguments, runs, and gives the outputs as arrays.
    ///
    /// # Errors
    /// An argument is missing, carries an error, is a tracer, or has another type than the program was compiled for.
    pub fn call(&mut self, args: &[Array]) -> Result<Vec<Array>> {
        check_count("call", "arguments", args.len(), self.in_avals.len())?;
        for ((arg, aval), slot) in args.iter().zip(&self.in_avals).zip(&self.plan.inputs) {
            self.arena[slot.range()].copy_from_slice(words(arg, aval)?);
        }
        self.run();
        let outputs =
            self.out_avals.iter().enumerate().map(|(j, aval)| Array::from_words(self.output(j).into(), aval.clone()));
        Ok(outputs.collect())
    }
}

fn check_count(function: &str, what: &str, given: usize, wanted: usize) -> Result<()> {
    if given == wanted {
        return Ok(());
    }
    Err(Error::tree(function, format!("{given} {what} for a program of {wanted}"), "Give one array for each variable."))
}

/// The words of an array that must have this type.
fn words<'a>(array: &'a Array, aval: &ShapedArray) -> Result<&'a [u32]> {
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

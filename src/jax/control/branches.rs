//! [`Cond`]: a decision as an operation.

use crate::base::error::Result;

use super::super::core::ShapedArray;
use super::super::extension::{Operation, Printed};
use super::{Control, Layout, Program, layout};

/// `cond`: its first operand, an i32 scalar, is the number of the branch that runs; the others are what every branch takes.
#[derive(Clone, Debug)]
pub struct Cond {
    /// The branches, that for false first.
    pub branches: Vec<Program>,
    /// The types of what each returns.
    pub results: Layout,
}

impl Operation for Cond {
    fn name(&self) -> &'static str {
        "cond"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("branches", self.branches.iter().map(Program::text).collect::<Vec<_>>().join(" "))]
    }

    fn printed(&self) -> Vec<(&'static str, Printed<'_>)> {
        vec![("branches", Printed::Programs(self.branches.iter().map(Program::jaxpr).collect()))]
    }

    fn aval(&self, _: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(layout(&self.results))
    }

    fn prepare(&self) -> Result<()> {
        self.branches.iter().try_for_each(Program::prepare)
    }

    fn run(&self, _: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        // an index that is out of range means the nearest branch
        let wanted = usize::try_from(inputs[0][0].cast_signed()).unwrap_or(0).min(self.branches.len() - 1);
        let Some(mut branch) = self.branches[wanted].executable() else { return };
        for (i, words) in inputs[1..].iter().enumerate() {
            branch.input_mut(i).copy_from_slice(words);
        }
        branch.run();
        let mut at = 0;
        for (i, aval) in self.results.iter().enumerate() {
            out[at..at + aval.size()].copy_from_slice(branch.output(i));
            at += aval.size();
        }
    }

    fn control(&self) -> Option<Control<'_>> {
        Some(Control::Cond(self))
    }
}

/// The tangents of a [`Cond`] while it is differentiated in reverse mode: its operands are the number of the branch, what the branches have kept, and the tangents
/// of what they take; its results the tangents of the floats that they return. It is never computed, but transposed.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// For each branch, from what all have kept and a cotangent of every result to a cotangent for every tangent.
    pub backward: Vec<Program>,
    /// How many arrays the branches have kept.
    pub kept: usize,
    /// The types of the tangents that it returns.
    pub results: Layout,
}

impl Operation for Pulled {
    fn name(&self) -> &'static str {
        "cond_tangents"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("backward", self.backward.iter().map(Program::text).collect::<Vec<_>>().join(" "))]
    }

    fn aval(&self, _: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(layout(&self.results))
    }

    fn run(&self, _: &[ShapedArray], _: &[&[u32]], out: &mut [u32]) {
        out.fill(f32::NAN.to_bits());
    }

    fn control(&self) -> Option<Control<'_>> {
        Some(Control::Pulled(self))
    }
}

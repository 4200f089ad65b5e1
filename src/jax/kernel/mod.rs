//! What each primitive computes, on flat words: the reference semantics of the language.
//!
//! A [`Kernel`] is a primitive prepared for given types. Preparing may allocate; running does not, so the planned interpreter
//! ([`super::compile`]) runs the same kernels in its arena that op-by-op evaluation ([`super::eval`]) runs on fresh arrays, and the two agree
//! bit for bit by construction. Every floating-point result is rounded once per primitive and subnormal results count as
//! zero, as in JAX on a CPU; dot products and sums round as their modules say.

pub(super) mod dot;
pub(super) mod elementwise;
pub(super) mod ensemble;
pub(super) mod library;
pub(super) mod movement;
pub(super) mod sums;
pub(super) mod walk;

use crate::base::error::Result;

use super::core::{Class, Lowered, Primitive, ShapedArray};
use super::extension::Extension;

use dot::Dot;
use elementwise::Elementwise;
use ensemble::DotOfMembers;
use movement::Movement;
use sums::Reduction;

pub use walk::MAX_NDIM;

/// A primitive prepared for operands of given types.
#[derive(Clone, Debug)]
pub struct Kernel(pub(super) Kind);

/// What is prepared; [`super::compile`] writes WebAssembly from it.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Elementwise(Elementwise),
    Dot(Dot),
    Dots(DotOfMembers),
    Reduction(Reduction),
    Movement(Movement),
    Extension(Extension, Vec<ShapedArray>),
}

impl Kernel {
    /// Prepares `primitive` for operands of the types `inputs` and a result of type `output`, which must be the one its shape rule gives.
    ///
    /// # Errors
    /// Nothing here computes the primitive.
    pub fn new(primitive: &Primitive, inputs: &[ShapedArray], output: &ShapedArray) -> Result<Self> {
        let kind = match (primitive.class(), primitive) {
            (Class::Elementwise, _) => Some(Kind::Elementwise(Elementwise::new(primitive, inputs, output))),
            (Class::Reduction, _) => Reduction::new(primitive, inputs).map(Kind::Reduction),
            (Class::Movement | Class::Indexing | Class::Source, _) => {
                Movement::new(primitive, inputs, output).map(Kind::Movement)
            }
            (Class::Contraction, Primitive::DotGeneral(dims)) => {
                Some(Kind::Dot(Dot::new(dims, &inputs[0], &inputs[1])))
            }
            (Class::Contraction, Primitive::Lowered(Lowered::DotOfMembers { dims, mapped })) => {
                Some(Kind::Dots(DotOfMembers::new(dims, *mapped, [&inputs[0], &inputs[1]])))
            }
            (Class::Extension, Primitive::Extension(extension)) => {
                extension.operation.prepare()?;
                Some(Kind::Extension(extension.clone(), inputs.to_vec()))
            }
            (Class::Contraction | Class::Extension, _) => None,
        };
        kind.map(Self).ok_or_else(|| primitive.unsupported("eval", "kernel"))
    }

    /// Computes the result into `out`. `input(i)` gives the words of operand i; operands and `out` have the sizes of the
    /// types that the kernel was prepared for.
    pub fn run<'a>(&self, input: &dyn Fn(usize) -> &'a [u32], out: &mut [u32]) {
        match &self.0 {
            Kind::Elementwise(kernel) => kernel.run(input, out),
            Kind::Dot(kernel) => kernel.run(floats(input(0)), floats(input(1)), floats_mut(out)),
            Kind::Dots(kernel) => kernel.run(floats(input(0)), floats(input(1)), floats_mut(out)),
            Kind::Reduction(kernel) => kernel.run(input, out),
            Kind::Movement(kernel) => kernel.run(input, out),
            Kind::Extension(extension, avals) => {
                let operands: Vec<&[u32]> = (0..avals.len()).map(input).collect();
                out.fill(0);
                extension.operation.run(avals, &operands, out);
            }
        }
    }
}

fn floats(words: &[u32]) -> &[f32] {
    bytemuck::cast_slice(words)
}

fn floats_mut(words: &mut [u32]) -> &mut [f32] {
    bytemuck::cast_slice_mut(words)
}

//! What each primitive computes, on flat words: the reference semantics of the language.
//!
//! A [`Kernel`] is a primitive prepared for given types. Preparing may allocate; running does not, so the planned interpreter
//! ([`super::compile`]) runs the same kernels in its arena that op-by-op evaluation ([`super::eval`]) runs on fresh arrays, and the two agree
//! bit for bit by construction. Every floating-point result is rounded once per primitive and subnormal results count as
//! zero, as in JAX on a CPU; dot products and sums round as their modules say.

pub(super) mod dot;
pub(super) mod elementwise;
pub(super) mod examples;
pub(super) mod movement;
pub(super) mod sums;
pub(super) mod walk;

use super::core::{Primitive, ShapedArray};

use dot::Dot;
use elementwise::Elementwise;
use examples::DotOfExamples;
use movement::Movement;
use sums::Reduction;

pub use walk::MAX_NDIM;

/// A primitive prepared for operands of given types.
#[derive(Clone, Debug)]
pub struct Kernel(pub(super) Kind);

/// What is prepared; [`super::compile`] writes machine code from it.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Elementwise(Elementwise),
    Dot(Dot),
    Dots(DotOfExamples),
    Reduction(Reduction),
    Movement(Movement),
}

impl Kernel {
    /// Prepares `primitive` for operands of the types `inputs` and a result of type `output`, which must be the one its shape rule gives.
    #[must_use]
    pub fn new(primitive: &Primitive, inputs: &[ShapedArray], output: &ShapedArray) -> Self {
        use Primitive as P;
        Self(match primitive {
            P::DotGeneral(dims) => Kind::Dot(Dot::new(dims, &inputs[0], &inputs[1])),
            P::DotOfExamples { dims, mapped } => {
                Kind::Dots(DotOfExamples::new(dims, *mapped, [&inputs[0], &inputs[1]]))
            }
            P::ReduceSum { axes } => Kind::Reduction(Reduction::sum(&inputs[0], axes)),
            P::ReduceMax { axes } => Kind::Reduction(Reduction::max(&inputs[0], axes)),
            P::SumOfProducts { axes } => Kind::Reduction(Reduction::sum_of_products(&inputs[0], &inputs[1], axes)),
            P::SumOfSquares { axes } => Kind::Reduction(Reduction::sum_of_squares(&inputs[0], axes)),
            P::BroadcastInDim { .. }
            | P::Reshape { .. }
            | P::Transpose { .. }
            | P::Squeeze { .. }
            | P::Slice { .. }
            | P::Pad { .. }
            | P::Concatenate { .. }
            | P::Gather { .. }
            | P::ScatterAdd { .. }
            | P::Iota { .. } => Kind::Movement(Movement::new(primitive, inputs, output)),
            _ => Kind::Elementwise(Elementwise::new(primitive, inputs, output)),
        })
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
        }
    }
}

fn floats(words: &[u32]) -> &[f32] {
    bytemuck::cast_slice(words)
}

fn floats_mut(words: &mut [u32]) -> &mut [f32] {
    bytemuck::cast_slice_mut(words)
}

//! [`vmap`]: a function of single examples as a function of batches.

use crate::base::error::{Error, Result};

use super::api::{avals, trace_call};
use super::array::Array;
use super::batching::vmap_jaxpr;
use super::core::ShapedArray;
use super::function::{Axes, Call, Function, Typed};
use super::shapes::check_axis;
use super::trace::{ClosedJaxpr, eval_jaxpr};
use super::tree::{leaves, settle};

/// Maps `f` over an axis of some of its arguments (`jax.vmap`): `in_axes` gives for each argument that axis, or `None` for an argument that all
/// calls share; a single axis is for all arguments, and a tuple inside the tuple for an argument that is a tuple. Results are stacked along axis 0.
///
/// ```
/// use thetahat::jax::{Array, vmap};
/// let dot = |x: &Array, y: &Array| x.matmul(y);
/// let x = Array::new(&[1.0, 2.0, 3.0, 4.0], &[2, 2]);
/// let y = Array::new(&[10.0, 1.0], &[2]);
/// assert_eq!(vmap(dot, (0, None))(&x, &y).to_vec().unwrap(), [12.0, 34.0]);
/// ```
pub fn vmap<S: 'static, F, I>(f: F, in_axes: I) -> Box<F::Callable<F::Output>>
where
    F: Function<S>,
    I: Axes<F::Args> + 'static,
{
    vmap_with(f, in_axes, 0)
}

/// [`vmap`] with the axes along which results are stacked (`jax.vmap(f, in_axes, out_axes)`): one for all, or a tuple with one for each of a
/// tuple of results; `None` for a result that is the same for all calls, and is then not stacked.
///
/// ```
/// use thetahat::jax::{Array, vmap::vmap_with};
/// let f = |x: &Array, y: &Array| (x * y, y.sum());
/// let (product, sum) = vmap_with(f, (0, None), (1, None))(&Array::new(&[1.0, 2.0], &[2]), &Array::new(&[10.0, 1.0], &[2]));
/// assert_eq!(product.to_vec().unwrap(), [10.0, 20.0, 1.0, 2.0]);
/// assert_eq!(sum.item().unwrap(), 11.0);
/// ```
pub fn vmap_with<S: 'static, F, I, O>(f: F, in_axes: I, out_axes: O) -> Box<F::Callable<F::Output>>
where
    F: Function<S>,
    I: Axes<F::Args> + 'static,
    O: Axes<F::Output> + 'static,
{
    F::boxed(move |args| {
        let mut dims = Vec::new();
        in_axes.per_leaf(&args, &mut dims);
        let mut call = Typed::new(&f, args);
        let example = Example::new(&mut call, dims);
        let mut output = call.output();
        let mut outputs = Vec::new();
        out_axes.per_leaf(&output, &mut outputs);
        let result = example.and_then(|example| example.run(&outputs));
        settle(&mut output, result);
        output
    })
}

/// The program of one example, and what it is mapped over.
struct Example {
    program: ClosedJaxpr,
    leaves: Vec<Array>,
    dims: Vec<Option<usize>>,
    size: usize,
}

impl Example {
    fn new(call: &mut dyn Call, dims: Vec<Option<usize>>) -> Result<Self> {
        let leaves = leaves(call.args());
        let (size, inner) = element_avals(&leaves, &dims)?;
        Ok(Self { program: trace_call(call, &inner)?, leaves, dims, size })
    }

    /// The leaves of the output for all examples.
    fn run(&self, out_axes: &[Option<usize>]) -> Result<Vec<Array>> {
        let mapped = vmap_jaxpr(&self.program.jaxpr, &self.dims, out_axes, self.size)?;
        eval_jaxpr(&mapped, &self.program.consts, &self.leaves)
    }
}

/// The size of the mapped axis, and the types of one example.
fn element_avals(leaves: &[Array], dims: &[Option<usize>]) -> Result<(usize, Vec<ShapedArray>)> {
    let mut inner = avals(leaves)?;
    let mut size: Option<usize> = None;
    for ((aval, dim), leaf) in inner.iter_mut().zip(dims).zip(leaves) {
        let Some(axis) = *dim else { continue };
        check_axis("vmap", axis, &aval.shape)?;
        let found = aval.shape.remove(axis);
        match size {
            Some(size) if size != found => {
                return Err(Error::shape(
                    "vmap",
                    format!("mapped axes have sizes {size} and {found} (axis {axis} of shape {:?})", leaf.shape()),
                    "All mapped axes must have one size; check `in_axes`.",
                ));
            }
            _ => size = Some(found),
        }
    }
    let size = size.ok_or_else(|| {
        let remedy = "Give the axis of at least one argument in `in_axes`.";
        Error::axis("vmap", "no argument is mapped: every one has `None` in `in_axes`", remedy)
    })?;
    Ok((size, inner))
}

//! Op-by-op evaluation: one primitive on concrete arrays, as JAX runs it outside `jit`.

use crate::base::error::Result;

use super::array::Array;
use super::core::{Primitive, ShapedArray};
use super::kernel::Kernel;
use super::shapes::abstract_eval;

/// What `primitive` gives for concrete operands.
///
/// # Errors
/// The operands do not fit the primitive, carry an error, or are tracers.
pub fn eval_primitive(primitive: &Primitive, inputs: &[&Array]) -> Result<Array> {
    let operands = inputs.iter().map(|x| x.concrete(primitive.name())).collect::<Result<Vec<_>>>()?;
    let avals: Vec<ShapedArray> = operands.iter().map(|x| x.aval.clone()).collect();
    let aval = abstract_eval(primitive, &avals)?;
    let mut words = vec![0; aval.size()].into_boxed_slice();
    Kernel::new(primitive, &avals, &aval)?.run(&|i| &operands[i].words, &mut words);
    Ok(Array::from_words(words, aval))
}

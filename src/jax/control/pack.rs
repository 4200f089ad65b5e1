//! [`Part`]: one of the results that lie one after the other in a bundle.

use std::rc::Rc;

use crate::base::error::Result;

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::Control;

/// The types of results that lie one after the other.
pub type Layout = Rc<[ShapedArray]>;

/// The type of a bundle: all words, as floats, because a bundle of floats has a tangent. Nothing computes with it as a whole.
#[must_use]
pub fn layout(results: &[ShapedArray]) -> ShapedArray {
    ShapedArray::new(&[results.iter().map(ShapedArray::size).sum()], DType::F32)
}

/// The results in a bundle.
#[must_use]
pub fn parts(results: &Layout, bundle: &Array) -> Vec<Array> {
    (0..results.len()).map(|index| Extension::apply(Part { results: results.clone(), index }, &[bundle])).collect()
}

/// One result out of a bundle.
#[derive(Clone, Debug)]
pub struct Part {
    /// The types of all of them.
    pub results: Layout,
    /// Which one.
    pub index: usize,
}

impl Operation for Part {
    fn name(&self) -> &'static str {
        "part"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        let start: usize = self.results[..self.index].iter().map(ShapedArray::size).sum();
        vec![("start", start.to_string()), ("type", self.results[self.index].to_string())]
    }

    fn aval(&self, _: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(self.results[self.index].clone())
    }

    fn run(&self, _: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let start: usize = self.results[..self.index].iter().map(ShapedArray::size).sum();
        let words = out.len();
        out.copy_from_slice(&inputs[0][start..][..words]);
    }

    fn control(&self) -> Option<Control<'_>> {
        Some(Control::Part(self))
    }
}

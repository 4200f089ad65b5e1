//! [`MyLinear`]: the custom module of the lecture.

use super::rngs::Rngs;
use super::variable::Param;
use crate::jax::Array;
use crate::jax::random::normal;

crate::module! {
    /// A linear layer without bias, written as in the lecture: y = kernel · x, with a kernel of shape (`out_size`, `in_size`).
    pub struct MyLinear { out_size: usize, in_size: usize, kernel: Param }
}

impl MyLinear {
    /// A layer whose kernel is drawn from the standard normal distribution, with one key of the default stream.
    #[must_use]
    pub fn new(in_size: usize, out_size: usize, rngs: &mut Rngs) -> Self {
        let kernel = Param::new(normal(rngs.next_key(), &[out_size, in_size]));
        Self { out_size, in_size, kernel }
    }

    /// The prediction for one example of shape (`in_size`,), of shape (`out_size`,).
    #[must_use]
    pub fn call(&self, x: &Array) -> Array {
        self.kernel.matmul(x)
    }
}

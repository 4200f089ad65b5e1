//! [`Mlp`]: modules inside a module.

use super::linear::Linear;
use super::module::List;
use super::rngs::Rngs;
use crate::jax::Array;
use crate::jax::numpy::select;

crate::module! {
    /// A multilayer perceptron: linear layers with [`relu`] between them.
    pub struct Mlp { layers: List<Linear> }
}

impl Mlp {
    /// A network whose layers have these sizes, the input's first: `Mlp::new(&[2, 128, 128, 1], rngs)` has three layers.
    #[must_use]
    pub fn new(sizes: &[usize], rngs: &mut Rngs) -> Self {
        Self { layers: sizes.windows(2).map(|pair| Linear::new(pair[0], pair[1], rngs)).collect() }
    }

    /// Applies the network to an array whose last axis has the input's size.
    #[must_use]
    pub fn call(&self, x: &Array) -> Array {
        let mut layers = self.layers.iter();
        let first = layers.next().map_or_else(|| x.clone(), |layer| layer.call(x));
        layers.fold(first, |x, layer| layer.call(&relu(&x)))
    }
}

/// max(x, 0), elementwise, with derivative 0 at 0 (`nnx.relu`); the derivative of [`Array::maximum`] there is ½.
#[must_use]
pub fn relu(x: &Array) -> Array {
    select(&x.less_equal(0.0), 0.0, x)
}

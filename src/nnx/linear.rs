//! [`Linear`], the layer of Flax.

use super::fixed::Fixed;
use super::initializers::lecun_normal;
use super::module::{Attribute, Form, Node};
use super::rngs::Rngs;
use super::variable::Param;
use crate::jax::{Array, DType};

/// A linear layer: y = x · kernel + bias (`nnx.Linear`).
///
/// Flax's layer has options for element types, precision and the dot product. This one has none: it computes in f32. It prints them at their
/// defaults, which is what it does.
#[derive(Clone)]
pub struct Linear {
    /// Shape (`in_features`, `out_features`).
    pub kernel: Param,
    /// Shape (`out_features`,), or none.
    pub bias: Option<Param>,
    /// The size of the last axis of what goes in.
    pub in_features: usize,
    /// The size of the last axis of what comes out.
    pub out_features: usize,
}

impl Linear {
    /// A layer with a bias of zeros and a kernel drawn by [`super::initializers::lecun_normal`]: `nnx.Linear(in_features, out_features, rngs=rngs)`.
    /// It takes two keys of the stream `params`.
    #[must_use]
    pub fn new(in_features: usize, out_features: usize, rngs: &mut Rngs) -> Self {
        let mut layer = Self::without_bias(in_features, out_features, rngs);
        // the zeros need no key, but Flax takes one for them
        let _bias_key = rngs.params();
        layer.bias = Some(Param::new(Array::zeros(&[out_features], DType::F32)));
        layer
    }

    /// A layer without bias: `nnx.Linear(in_features, out_features, use_bias=False, rngs=rngs)`. It takes one key of the stream `params`.
    ///
    /// ```
    /// use thetahat::nnx::{Linear, Rngs};
    ///
    /// let model = Linear::without_bias(2, 1, &mut Rngs::new(42));
    /// let text = "Param( # 2 (8 B)\n  value=Array([[ 0.05825231],\n         [-0.37180716]], dtype=float32)\n)";
    /// assert_eq!(model.kernel.to_string(), text);
    /// ```
    #[must_use]
    pub fn without_bias(in_features: usize, out_features: usize, rngs: &mut Rngs) -> Self {
        let kernel = lecun_normal(rngs.params(), in_features, out_features);
        let kernel = Param::new(Array::from_vec(kernel, &[in_features, out_features]));
        Self { kernel, bias: None, in_features, out_features }
    }

    /// Applies the layer to an array whose last axis has size `in_features`; that axis of the result has size `out_features`.
    #[must_use]
    pub fn call(&self, x: &Array) -> Array {
        let y = x.matmul(&self.kernel.value());
        let Some(bias) = &self.bias else { return y };
        let mut shape = vec![1; y.ndim().saturating_sub(1)];
        shape.push(self.out_features);
        y + bias.value().reshape(&shape)
    }
}

impl Attribute for Linear {
    fn node(&mut self) -> Node<'_> {
        let use_bias = Fixed::Bool(self.bias.is_some());
        let children = vec![
            ("kernel".into(), self.kernel.node()),
            ("bias".into(), self.bias.node()),
            ("in_features".into(), self.in_features.node()),
            ("out_features".into(), self.out_features.node()),
            ("use_bias".into(), Node::Fixed(use_bias)),
            ("dtype".into(), Node::Fixed(Fixed::None)),
            ("param_dtype".into(), Node::Fixed(Fixed::DType(DType::F32))),
            ("precision".into(), Node::Fixed(Fixed::None)),
            ("dot_general".into(), Node::Fixed(Fixed::Function("dot_general"))),
            ("promote_dtype".into(), Node::Fixed(Fixed::Function("promote_dtype"))),
            ("preferred_element_type".into(), Node::Fixed(Fixed::None)),
        ];
        Node::Object { form: Form::Module, name: "Linear", children }
    }
}

crate::impl_module!(Linear);

//! [`LinearWriter`]: writes the program that a transformation gives, with shorthands for the operations that rules need.

use crate::base::error::Result;

use super::super::core::{Atom, DType, Eqn, Jaxpr, Primitive, ShapedArray, Var};

/// A program under construction. While linearizing, equations that depend on a tangent go into a list of their own.
pub(super) struct LinearWriter {
    jaxpr: Jaxpr,
    linear: Vec<Eqn>,
    /// For each variable, whether it depends on a tangent.
    is_linear: Vec<bool>,
    linearizing: bool,
}

impl LinearWriter {
    pub fn new(linearizing: bool) -> Self {
        Self { jaxpr: Jaxpr::default(), linear: Vec::new(), is_linear: Vec::new(), linearizing }
    }

    fn fresh(&mut self, aval: ShapedArray, linear: bool) -> Var {
        self.is_linear.push(linear);
        self.jaxpr.fresh(aval)
    }

    pub fn constant(&mut self, aval: ShapedArray) -> Atom {
        let var = self.fresh(aval, false);
        self.jaxpr.constvars.push(var);
        Atom::Var(var)
    }

    pub fn input(&mut self, aval: ShapedArray) -> Atom {
        let var = self.fresh(aval, false);
        self.jaxpr.invars.push(var);
        Atom::Var(var)
    }

    /// A further argument for the tangent of each f32 input in `wrt`.
    pub fn tangent_inputs(&mut self, jaxpr: &Jaxpr, wrt: &[bool]) -> Vec<Option<Atom>> {
        self.tangents(jaxpr, wrt, Self::input)
    }

    /// A linear variable for the tangent of each f32 input in `wrt`.
    pub fn linear_inputs(&mut self, jaxpr: &Jaxpr, wrt: &[bool]) -> Vec<Option<Atom>> {
        self.tangents(jaxpr, wrt, |writer, aval| Atom::Var(writer.fresh(aval, true)))
    }

    fn tangents(
        &mut self,
        jaxpr: &Jaxpr,
        wrt: &[bool],
        mut new: impl FnMut(&mut Self, ShapedArray) -> Atom,
    ) -> Vec<Option<Atom>> {
        let avals: Vec<ShapedArray> = jaxpr.in_avals().cloned().collect();
        let wanted = avals.into_iter().zip(wrt);
        wanted.map(|(aval, &wrt)| (wrt && aval.dtype == DType::F32).then(|| new(self, aval))).collect()
    }

    /// Whether equations that depend on a tangent are set aside.
    pub fn is_linearizing(&self) -> bool {
        self.linearizing
    }

    pub fn is_linear(&self, atom: Atom) -> bool {
        matches!(atom, Atom::Var(var) if self.is_linear[var.index()])
    }

    pub fn aval(&self, atom: Atom) -> ShapedArray {
        self.jaxpr.aval(atom)
    }

    pub fn shape(&self, atom: Atom) -> Vec<usize> {
        self.aval(atom).shape
    }

    /// Number of variables so far.
    pub fn variables(&self) -> usize {
        self.is_linear.len()
    }

    /// Number of equations in the program so far, those set aside not counted.
    pub fn equations(&self) -> usize {
        self.jaxpr.eqns.len()
    }

    /// The equations that were set aside; from now on all equations go into the program.
    pub fn take_linear(&mut self) -> Vec<Eqn> {
        self.linearizing = false;
        std::mem::take(&mut self.linear)
    }

    pub fn finish(mut self, outs: Vec<Atom>) -> Jaxpr {
        self.jaxpr.outs = outs;
        self.jaxpr
    }

    pub fn emit(&mut self, primitive: Primitive, inputs: &[Atom]) -> Result<Atom> {
        let aval = self.jaxpr.result_aval(&primitive, inputs)?;
        let linear = self.linearizing && inputs.iter().any(|&atom| self.is_linear(atom));
        let output = self.fresh(aval, linear);
        let list = if linear { &mut self.linear } else { &mut self.jaxpr.eqns };
        list.push(Eqn { primitive, inputs: inputs.to_vec(), output });
        Ok(Atom::Var(output))
    }

    pub fn mul(&mut self, x: Atom, y: Atom) -> Result<Atom> {
        self.emit(Primitive::Mul, &[x, y])
    }

    pub fn neg(&mut self, x: Atom) -> Result<Atom> {
        self.emit(Primitive::Neg, &[x])
    }

    /// A number in the shape of `like`: a literal for a scalar, a broadcast literal otherwise.
    pub fn full_like(&mut self, like: Atom, number: f32) -> Result<Atom> {
        let shape = self.shape(like);
        self.full(&shape, number)
    }

    pub fn full(&mut self, shape: &[usize], number: f32) -> Result<Atom> {
        if shape.is_empty() {
            return Ok(Atom::f32(number));
        }
        let primitive = Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: vec![] };
        self.emit(primitive, &[Atom::f32(number)])
    }

    /// The atom, or zeros of this type for `None`.
    pub fn instantiate(&mut self, atom: Option<Atom>, aval: &ShapedArray) -> Result<Atom> {
        atom.map_or_else(|| self.full(&aval.shape, 0.0), Ok)
    }

    pub fn reshape(&mut self, x: Atom, shape: &[usize]) -> Result<Atom> {
        if self.shape(x) == shape {
            return Ok(x);
        }
        self.emit(Primitive::Reshape { new_sizes: shape.to_vec() }, &[x])
    }

    pub fn reduce_sum(&mut self, x: Atom, axes: Vec<usize>) -> Result<Atom> {
        if axes.is_empty() {
            return Ok(x);
        }
        self.emit(Primitive::ReduceSum { axes }, &[x])
    }

    pub fn transpose(&mut self, x: Atom, permutation: Vec<usize>) -> Result<Atom> {
        if permutation.iter().copied().eq(0..permutation.len()) {
            return Ok(x);
        }
        self.emit(Primitive::Transpose { permutation }, &[x])
    }

    /// Stretches a tangent to the shape of the result, where an elementwise operation stretched its operand.
    pub fn maybe_broadcast(&mut self, x: Atom, shape: &[usize]) -> Result<Atom> {
        let from = self.shape(x);
        if from == shape {
            return Ok(x);
        }
        let dims: Vec<usize> = (0..from.len()).filter(|&i| from[i] == shape[i]).collect();
        let kept: Vec<usize> = dims.iter().map(|&i| from[i]).collect();
        let squeezed = self.reshape(x, &kept)?;
        self.emit(Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: dims }, &[squeezed])
    }

    /// Sums a cotangent over the axes along which an elementwise operation stretched an operand of this shape.
    pub fn unbroadcast(&mut self, x: Atom, shape: &[usize]) -> Result<Atom> {
        let from = self.shape(x);
        if from == shape {
            return Ok(x);
        }
        if shape.is_empty() {
            return self.reduce_sum(x, (0..from.len()).collect());
        }
        let axes = (0..from.len()).filter(|&i| from[i] != shape[i]).collect();
        let sum = self.reduce_sum(x, axes)?;
        self.reshape(sum, shape)
    }
}

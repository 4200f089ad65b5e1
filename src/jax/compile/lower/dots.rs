//! Rules of XLA for dot products whose shapes are degenerate: they become products and sums, which then take part in the other rules.

use crate::base::error::Result;

use super::super::super::core::{Atom, DotDims, Primitive};
use super::super::rewrite::Rewriter;
use super::super::rule::{Rule, rules};
use super::super::simplify::reshape;

/// All rules of this file, in order.
pub const RULES: &[Rule] = rules![
    transposes_of_dots,
    dots_of_transposes,
    dots_of_one_term,
    dots_of_vectors,
    dots_without_axes_of_one,
    reductions_of_one_element,
];

/// The axes of one operand of a dot product, by role.
struct Side {
    shape: Vec<usize>,
    batch: Vec<usize>,
    contract: Vec<usize>,
    free: Vec<usize>,
}

impl Side {
    fn new(shape: &[usize], batch: &[usize], contract: &[usize]) -> Self {
        let free = (0..shape.len()).filter(|axis| !batch.contains(axis) && !contract.contains(axis)).collect();
        Self { shape: shape.to_vec(), batch: batch.to_vec(), contract: contract.to_vec(), free }
    }

    fn size(&self, axes: &[usize]) -> usize {
        axes.iter().map(|&axis| self.shape[axis]).product()
    }

    fn sizes(&self, axes: &[usize]) -> Vec<usize> {
        axes.iter().map(|&axis| self.shape[axis]).collect()
    }

    /// The operand with its axes in the order batch, free, contracted, those of size 1 among free and contracted dropped if asked.
    fn laid_out(&self, r: &mut Rewriter, x: Atom, axes: &[usize], shape: &[usize]) -> Result<Atom> {
        let rest = (0..self.shape.len()).filter(|axis| !axes.contains(axis));
        let permutation: Vec<usize> = axes.iter().copied().chain(rest).collect();
        let moved: Vec<usize> = permutation.iter().copied().filter(|&axis| self.shape[axis] > 1).collect();
        let x = if moved.is_sorted() { x } else { r.emit(Primitive::Transpose { permutation }, &[x])? };
        reshape(r, x, shape)
    }
}

fn sides(r: &Rewriter, dims: &DotDims, inputs: &[Atom]) -> [Side; 2] {
    [
        Side::new(r.shape(inputs[0]), &dims.lhs_batch, &dims.lhs_contract),
        Side::new(r.shape(inputs[1]), &dims.rhs_batch, &dims.rhs_contract),
    ]
}

/// The transpose of a product of two matrices is the product of the other one with the one. (Which one is on the left matters to the library that
/// multiplies them.) An operand of more axes has become a matrix before.
fn transposes_of_dots(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::Transpose { permutation } = primitive else { return Ok(None) };
    let Some(eqn) = r.definition(inputs[0]) else { return Ok(None) };
    let Primitive::DotGeneral(dims) = &eqn.primitive else { return Ok(None) };
    let (dims, operands) = (dims.clone(), eqn.inputs.clone());
    let sides = sides(r, &dims, &operands);
    let is_matrix = |side: &Side| side.free.len() == 1 && side.batch.is_empty();
    if permutation[..] != [1, 0] || !sides.iter().all(is_matrix) {
        return Ok(None);
    }
    let mut matrices = Vec::with_capacity(2);
    for (i, (side, &x)) in sides.iter().zip(&operands).enumerate() {
        if side.contract.len() == 1 {
            matrices.push((x, side.contract[0]));
            continue;
        }
        let (axes, shape) = match (i, side.size(&side.free), side.size(&side.contract)) {
            (0, free, contract) => ([&side.free[..], &side.contract].concat(), [free, contract]),
            (_, free, contract) => ([&side.contract[..], &side.free].concat(), [contract, free]),
        };
        matrices.push((side.laid_out(r, x, &axes, &shape)?, 1 - i));
    }
    let [(left, left_axis), (right, right_axis)] = [matrices[1], matrices[0]];
    let swapped = DotDims {
        lhs_contract: vec![left_axis],
        rhs_contract: vec![right_axis],
        lhs_batch: Vec::new(),
        rhs_batch: Vec::new(),
    };
    r.emit(Primitive::DotGeneral(swapped), &[left, right]).map(Some)
}

/// A transpose of an operand is folded into the dot product, which then reads the operand as it lies (XLA's `TransposeFolding`).
fn dots_of_transposes(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::DotGeneral(dims) = primitive else { return Ok(None) };
    let mut dims = dims.clone();
    let left = untransposed(r, inputs[0], &mut dims.lhs_batch, &mut dims.lhs_contract);
    let right = untransposed(r, inputs[1], &mut dims.rhs_batch, &mut dims.rhs_contract);
    let operands = [left.unwrap_or(inputs[0]), right.unwrap_or(inputs[1])];
    if operands == inputs { Ok(None) } else { r.emit(Primitive::DotGeneral(dims), &operands).map(Some) }
}

/// What `x` is a transpose of, if its free axes keep their order there; then `batch` and `contract` name their axes in that.
fn untransposed(r: &Rewriter, x: Atom, batch: &mut [usize], contract: &mut [usize]) -> Option<Atom> {
    let eqn = r.definition(x)?;
    let Primitive::Transpose { permutation } = &eqn.primitive else { return None };
    let is_free = |axis: &usize| !batch.contains(axis) && !contract.contains(axis);
    if !(0..permutation.len()).filter(is_free).map(|axis| permutation[axis]).is_sorted() {
        return None;
    }
    for axis in batch.iter_mut().chain(contract) {
        *axis = permutation[*axis];
    }
    Some(eqn.inputs[0])
}

/// A dot product with one term per element is a product of broadcasts. If one operand is a single number, the product has the other one's
/// shape, and a reshape follows.
fn dots_of_one_term(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::DotGeneral(dims) = primitive else { return Ok(None) };
    let [left, right] = sides(r, dims, inputs);
    if left.size(&left.contract) != 1 {
        return Ok(None);
    }
    let shape = [left.sizes(&left.batch), left.sizes(&left.free), right.sizes(&right.free)].concat();
    for (single, number, other) in [(&left, inputs[0], inputs[1]), (&right, inputs[1], inputs[0])] {
        if single.size(&single.batch) * single.size(&single.free) == 1 {
            let number = reshape(r, number, &[])?;
            let product = r.emit(Primitive::Mul, &[number, other])?;
            return reshape(r, product, &shape).map(Some);
        }
    }
    let batch = left.batch.len();
    let mut factors = Vec::with_capacity(2);
    for (side, x, at) in [(&left, inputs[0], batch), (&right, inputs[1], batch + left.free.len())] {
        let axes = [&side.batch[..], &side.free].concat();
        let x = side.laid_out(r, x, &axes, &side.sizes(&axes))?;
        let broadcast_dimensions: Vec<usize> = (0..batch).chain(at..at + side.free.len()).collect();
        let broadcast = Primitive::BroadcastInDim { shape: shape.clone(), broadcast_dimensions };
        factors.push(if r.shape(x) == shape { x } else { r.emit(broadcast, &[x])? });
    }
    r.emit(Primitive::Mul, &factors).map(Some)
}

/// A dot product of two vectors, whatever axes of size 1 they have besides, is the sum of their product. (More than 32 terms are then
/// summed in windows, which the routines for matrices never do.)
fn dots_of_vectors(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::DotGeneral(dims) = primitive else { return Ok(None) };
    let [left, right] = sides(r, dims, inputs);
    let alone = |side: &Side| side.size(&side.free) == 1 && side.size(&side.batch) == 1;
    if !alone(&left) || !alone(&right) {
        return Ok(None);
    }
    let shape = [left.sizes(&left.batch), left.sizes(&left.free), right.sizes(&right.free)].concat();
    let terms: Vec<usize> = left.sizes(&left.contract).into_iter().filter(|&size| size != 1).collect();
    let x = left.laid_out(r, inputs[0], &left.contract, &terms)?;
    let y = right.laid_out(r, inputs[1], &right.contract, &terms)?;
    let product = r.emit(Primitive::Mul, &[x, y])?;
    let sum = r.emit(Primitive::ReduceSum { axes: (0..terms.len()).collect() }, &[product])?;
    reshape(r, sum, &shape).map(Some)
}

/// Free axes of size 1 are dropped before a dot product and put back behind it, where a reshape then stands.
fn dots_without_axes_of_one(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let Primitive::DotGeneral(dims) = primitive else { return Ok(None) };
    let [left, right] = sides(r, dims, inputs);
    let degenerate = |side: &Side| side.free.iter().any(|&axis| side.shape[axis] == 1);
    if !degenerate(&left) && !degenerate(&right) {
        return Ok(None);
    }
    let shape = [left.sizes(&left.batch), left.sizes(&left.free), right.sizes(&right.free)].concat();
    let kept = |side: &Side| -> Vec<usize> {
        (0..side.shape.len()).filter(|axis| !side.free.contains(axis) || side.shape[*axis] != 1).collect()
    };
    let places = |kept: &[usize], axes: &[usize]| -> Vec<usize> {
        axes.iter().filter_map(|axis| kept.iter().position(|other| other == axis)).collect()
    };
    let [l, s] = [kept(&left), kept(&right)];
    let new = DotDims {
        lhs_contract: places(&l, &left.contract),
        rhs_contract: places(&s, &right.contract),
        lhs_batch: places(&l, &left.batch),
        rhs_batch: places(&s, &right.batch),
    };
    let x = reshape(r, inputs[0], &left.sizes(&l))?;
    let y = reshape(r, inputs[1], &right.sizes(&s))?;
    let dot = r.emit(Primitive::DotGeneral(new), &[x, y])?;
    reshape(r, dot, &shape).map(Some)
}

/// A reduction over axes of size 1 only is a reshape.
fn reductions_of_one_element(r: &mut Rewriter, primitive: &Primitive, inputs: &[Atom]) -> Result<Option<Atom>> {
    let (Primitive::ReduceSum { axes } | Primitive::ReduceMax { axes }) = primitive else { return Ok(None) };
    let from = r.shape(inputs[0]).to_vec();
    if axes.iter().any(|&axis| from[axis] != 1) {
        return Ok(None);
    }
    let shape: Vec<usize> = (0..from.len()).filter(|axis| !axes.contains(axis)).map(|axis| from[axis]).collect();
    reshape(r, inputs[0], &shape).map(Some)
}

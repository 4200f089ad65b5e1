//! The shape rule of every primitive: which types it accepts, what type it gives, and a helpful error for the rest.
//!
//! [`abstract_eval`] is what JAX calls the abstract evaluation of a primitive (`jax.core.Primitive.abstract_eval`).

use crate::base::error::{Error, Result};
use crate::base::order::order_by;

use super::core::{DType, DotDims, Lowered, Primitive, ShapedArray};
use super::kernel::MAX_NDIM;

mod movement;

use movement::{concatenate, gather, pad, scatter_add, slice};

/// How many numbers an array may have: half a gigabyte.
const MOST_NUMBERS: u128 = 1 << 27;

/// The type that `primitive` gives for operands of these types.
///
/// # Errors
/// The operands do not fit: the message names the primitive, the shapes and a remedy.
pub fn abstract_eval(primitive: &Primitive, inputs: &[ShapedArray]) -> Result<ShapedArray> {
    check_arity(primitive, inputs)?;
    let aval = result_type(primitive, inputs)?;
    if aval.ndim() <= MAX_NDIM {
        return check_room(primitive.name(), aval);
    }
    Err(Error::shape(
        primitive.name(),
        format!("the result {aval} would have {} axes", aval.ndim()),
        format!("Arrays have at most {MAX_NDIM} axes: merge some with `reshape`."),
    ))
}

/// Refuses a type of which no array is made: more memory than the page has would end it.
fn check_room(function: &str, aval: ShapedArray) -> Result<ShapedArray> {
    // of an empty array some sizes may be any number
    let size: u128 = aval.shape.iter().map(|&n| n as u128).fold(1, u128::saturating_mul);
    if size <= MOST_NUMBERS {
        return Ok(aval);
    }
    Err(Error::memory(
        function,
        format!("an array {aval} takes {} bytes", size.saturating_mul(4)),
        format!("Arrays have at most {MOST_NUMBERS} numbers: compute it in parts."),
    ))
}

fn result_type(primitive: &Primitive, inputs: &[ShapedArray]) -> Result<ShapedArray> {
    use Primitive as P;
    let first = inputs.first();
    let like = |shape: Vec<usize>| ShapedArray { shape, dtype: first.map_or(DType::F32, |x| x.dtype) };
    match primitive {
        P::Add | P::AddAny | P::Sub | P::Mul | P::Div | P::Max | P::Min | P::Pow | P::Lowered(Lowered::Fma) => {
            Ok(like(same_dtype(primitive, inputs).and_then(|()| broadcast_shape(primitive.name(), inputs))?))
        }
        P::Compare(_) => {
            same_dtype(primitive, inputs)?;
            Ok(ShapedArray { shape: broadcast_shape(primitive.name(), inputs)?, dtype: DType::Bool })
        }
        P::Neg | P::IntegerPow { .. } => Ok(inputs[0].clone()),
        P::Exp | P::Log | P::Sqrt | P::Tanh | P::Sin | P::Cos | P::Lowered(Lowered::Rsqrt) => {
            floating(primitive, &inputs[0])?;
            Ok(inputs[0].clone())
        }
        P::SelectN => select_n(inputs),
        P::DotGeneral(dims) => dot_general(dims, &inputs[0], &inputs[1]),
        P::ReduceSum { axes } | P::ReduceMax { axes } | P::Lowered(Lowered::SumOfSquares { axes }) => {
            Ok(like(without_axes(primitive.name(), &inputs[0].shape, axes)?))
        }
        P::Lowered(Lowered::SumOfProducts { axes }) => {
            let shape = broadcast_shape(primitive.name(), inputs)?;
            Ok(like(without_axes(primitive.name(), &shape, axes)?))
        }
        P::Lowered(Lowered::DotOfMembers { dims, mapped }) => dot_of_members(dims, *mapped, [&inputs[0], &inputs[1]]),
        P::BroadcastInDim { shape, broadcast_dimensions } => {
            broadcast_in_dim(&inputs[0], shape, broadcast_dimensions).map(like)
        }
        P::Reshape { new_sizes } => reshape(&inputs[0], new_sizes).map(like),
        P::Transpose { permutation } => transpose(&inputs[0], permutation).map(like),
        P::Squeeze { dimensions } => squeeze(&inputs[0], dimensions).map(like),
        P::Slice { start_indices, limit_indices, strides } => {
            slice(&inputs[0], start_indices, limit_indices, strides.as_deref()).map(like)
        }
        P::Pad { padding } => pad(inputs, padding).map(like),
        P::Concatenate { dimension } => concatenate(inputs, *dimension).map(like),
        P::Gather { batch_dims } => gather(&inputs[0], &inputs[1], *batch_dims).map(like),
        P::ScatterAdd { rows, batch_dims } => scatter_add(&inputs[0], &inputs[1], *rows, *batch_dims),
        P::Iota { dtype, shape, dimension } => {
            check_axis("iota", *dimension, shape)?;
            Ok(ShapedArray { shape: shape.clone(), dtype: *dtype })
        }
        P::Extension(extension) => extension.operation.aval(inputs),
        P::ConvertElementType { new_dtype } => Ok(ShapedArray { shape: inputs[0].shape.clone(), dtype: *new_dtype }),
    }
}

fn check_arity(primitive: &Primitive, inputs: &[ShapedArray]) -> Result<()> {
    let arity = primitive.facts().arity;
    let fits = arity.map_or(!inputs.is_empty(), |n| n == inputs.len());
    if fits {
        return Ok(());
    }
    Err(Error::shape(
        primitive.name(),
        format!("got {} operands", inputs.len()),
        arity.map_or("It takes at least one.".to_owned(), |n| format!("It takes {n}.")),
    ))
}

fn list(inputs: &[ShapedArray]) -> String {
    inputs.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

fn same_dtype(primitive: &Primitive, inputs: &[ShapedArray]) -> Result<()> {
    let name = primitive.name();
    if inputs.windows(2).any(|pair| pair[0].dtype != pair[1].dtype) {
        return Err(Error::dtype(
            name,
            format!("operands have different element types: {}", list(inputs)),
            "Convert one of them with `astype`.",
        ));
    }
    if matches!(primitive, Primitive::Pow | Primitive::Lowered(Lowered::Fma)) {
        floating(primitive, &inputs[0])?;
    }
    let arithmetic = !matches!(primitive, Primitive::Max | Primitive::Min | Primitive::Compare(_));
    if arithmetic && inputs[0].dtype == DType::Bool {
        return Err(Error::dtype(
            name,
            format!("arithmetic on truth values: {}", list(inputs)),
            "Convert them to a number type with `astype`.",
        ));
    }
    Ok(())
}

fn floating(primitive: &Primitive, input: &ShapedArray) -> Result<()> {
    if input.dtype == DType::F32 {
        return Ok(());
    }
    Err(Error::dtype(
        primitive.name(),
        format!("does not accept element type {}", input.dtype.name()),
        "Convert the operand with `astype(DType::F32)`.",
    ))
}

/// The common shape of elementwise operands: equal, or scalars, or of equal rank with axes of size 1 that stretch.
///
/// # Errors
/// The shapes are incompatible.
pub fn broadcast_shape(function: &str, inputs: &[ShapedArray]) -> Result<Vec<usize>> {
    let mut shape: Vec<usize> = Vec::new();
    let mismatch = || {
        Error::shape(
            function,
            format!("got incompatible shapes for broadcasting: {}", list(inputs)),
            "Shapes must be equal, or axes of size 1; check which axis is the batch, or use `reshape` or `broadcast_to`.",
        )
    };
    for input in inputs.iter().filter(|x| x.ndim() > 0) {
        if shape.is_empty() {
            shape.clone_from(&input.shape);
            continue;
        }
        if shape.len() != input.ndim() {
            return Err(mismatch());
        }
        for (size, &other) in shape.iter_mut().zip(&input.shape) {
            match (*size, other) {
                (a, b) if a == b => {}
                (1, b) => *size = b,
                (_, 1) => {}
                _ => return Err(mismatch()),
            }
        }
    }
    Ok(shape)
}

/// Checks that `axis` is an axis of `shape`.
///
/// # Errors
/// It is not.
pub fn check_axis(function: &str, axis: usize, shape: &[usize]) -> Result<()> {
    if axis < shape.len() {
        return Ok(());
    }
    let remedy = match shape.len() {
        0 => "A scalar has no axes.".to_owned(),
        1 => "Its only axis is 0.".to_owned(),
        n => format!("Its axes are 0 to {}.", n - 1),
    };
    Err(Error::axis(function, format!("axis {axis} is out of bounds for an array of shape {shape:?}"), remedy))
}

/// `shape` without `axes`.
///
/// # Errors
/// An axis is out of bounds or named twice.
pub fn without_axes(function: &str, shape: &[usize], axes: &[usize]) -> Result<Vec<usize>> {
    for (i, &axis) in axes.iter().enumerate() {
        check_axis(function, axis, shape)?;
        if axes[..i].contains(&axis) {
            return Err(Error::axis(function, format!("axis {axis} is named twice in {axes:?}"), "Name it once."));
        }
    }
    Ok(shape.iter().enumerate().filter(|(i, _)| !axes.contains(i)).map(|(_, &size)| size).collect())
}

fn select_n(inputs: &[ShapedArray]) -> Result<ShapedArray> {
    let (which, on_false, on_true) = (&inputs[0], &inputs[1], &inputs[2]);
    if which.dtype != DType::Bool {
        return Err(Error::dtype(
            "select_n",
            format!("the choice is {which}"),
            "It must be of element type bool: compare something.",
        ));
    }
    if on_false != on_true || (which.ndim() > 0 && which.shape != on_false.shape) {
        return Err(Error::shape(
            "select_n",
            format!("choice and cases do not fit: {}", list(inputs)),
            "The cases must have one type, and the choice their shape or none.",
        ));
    }
    Ok(on_false.clone())
}

fn dot_general(dims: &DotDims, lhs: &ShapedArray, rhs: &ShapedArray) -> Result<ShapedArray> {
    let name = "dot_general";
    if lhs.dtype != rhs.dtype {
        let problem = format!("operands have different element types: {lhs} and {rhs}");
        return Err(Error::dtype(name, problem, "Convert one of them with `astype`."));
    }
    floating(&Primitive::DotGeneral(dims.clone()), lhs)?;
    let lhs_gone: Vec<usize> = dims.lhs_batch.iter().chain(&dims.lhs_contract).copied().collect();
    let rhs_gone: Vec<usize> = dims.rhs_batch.iter().chain(&dims.rhs_contract).copied().collect();
    let lhs_free = without_axes(name, &lhs.shape, &lhs_gone)?;
    let rhs_free = without_axes(name, &rhs.shape, &rhs_gone)?;
    let paired = |what: &str, left: &[usize], right: &[usize]| {
        let sizes = |axes: &[usize], x: &ShapedArray| axes.iter().map(|&i| x.shape[i]).collect::<Vec<_>>();
        let (a, b) = (sizes(left, lhs), sizes(right, rhs));
        if a == b {
            return Ok(a);
        }
        Err(Error::shape(
            name,
            format!("{what} axes have sizes {a:?} in {lhs} but {b:?} in {rhs}"),
            "The summed axes must agree: in `x.matmul(w)` the last axis of x with the first of w (the last but one if it has more).",
        ))
    };
    let batch = paired("batch", &dims.lhs_batch, &dims.rhs_batch)?;
    paired("contracted", &dims.lhs_contract, &dims.rhs_contract)?;
    Ok(ShapedArray { shape: [batch, lhs_free, rhs_free].concat(), dtype: lhs.dtype })
}

/// The type of one member's operand, and how many members there are; `None` if it is the same for all.
pub fn without_members(x: &ShapedArray, mapped: bool) -> (ShapedArray, Option<usize>) {
    match x.shape.split_last() {
        Some((&members, shape)) if mapped => (ShapedArray::new(shape, x.dtype), Some(members)),
        _ => (x.clone(), None),
    }
}

fn dot_of_members(dims: &DotDims, mapped: [bool; 2], inputs: [&ShapedArray; 2]) -> Result<ShapedArray> {
    let [(lhs, left), (rhs, right)] = [without_members(inputs[0], mapped[0]), without_members(inputs[1], mapped[1])];
    let counts = [(mapped[0], left), (mapped[1], right)];
    let count = left.or(right);
    let (Some(members), true) = (count, counts.iter().all(|&(mapped, found)| found == count.filter(|_| mapped))) else {
        return Err(Error::shape(
            "dot_of_members",
            format!("{} and {} have {left:?} and {right:?} members", inputs[0], inputs[1]),
            "At least one operand is mapped, and every mapped one has the same number of members along its last axis.",
        ));
    };
    let mut result = dot_general(dims, &lhs, &rhs)?;
    result.shape.push(members);
    Ok(result)
}

fn broadcast_in_dim(input: &ShapedArray, shape: &[usize], dims: &[usize]) -> Result<Vec<usize>> {
    let name = "broadcast_in_dim";
    let ascending = dims.windows(2).all(|pair| pair[0] < pair[1]);
    if dims.len() != input.ndim() || !ascending {
        return Err(Error::axis(
            name,
            format!("broadcast_dimensions {dims:?} do not place the axes of {input}"),
            "Give one axis of the result for each axis of the operand, ascending.",
        ));
    }
    for (&dim, &size) in dims.iter().zip(&input.shape) {
        check_axis(name, dim, shape)?;
        if size != 1 && size != shape[dim] {
            return Err(Error::shape(
                name,
                format!("{input} cannot stretch to {shape:?} along axes {dims:?}"),
                "An axis keeps its size, or has size 1 and stretches.",
            ));
        }
    }
    Ok(shape.to_vec())
}

fn reshape(input: &ShapedArray, new_sizes: &[usize]) -> Result<Vec<usize>> {
    if input.size() == new_sizes.iter().product::<usize>() {
        return Ok(new_sizes.to_vec());
    }
    Err(Error::shape(
        "reshape",
        format!(
            "{input} has {} elements, the shape {new_sizes:?} {}",
            input.size(),
            new_sizes.iter().product::<usize>()
        ),
        "A reshape keeps the number of elements.",
    ))
}

fn transpose(input: &ShapedArray, permutation: &[usize]) -> Result<Vec<usize>> {
    let mut sorted = permutation.to_vec();
    order_by(&mut sorted, |a, b| a > b);
    if sorted.iter().copied().eq(0..input.ndim()) {
        return Ok(permutation.iter().map(|&axis| input.shape[axis]).collect());
    }
    Err(Error::axis(
        "transpose",
        format!("{permutation:?} is not a permutation of the axes of {input}"),
        "Name every axis once.",
    ))
}

fn squeeze(input: &ShapedArray, dimensions: &[usize]) -> Result<Vec<usize>> {
    let shape = without_axes("squeeze", &input.shape, dimensions)?;
    match dimensions.iter().find(|&&axis| input.shape[axis] != 1) {
        None => Ok(shape),
        Some(axis) => Err(Error::shape(
            "squeeze",
            format!("axis {axis} of {input} has size {}", input.shape[*axis]),
            "Only axes of size 1 can be dropped; use `reshape` or a sum.",
        )),
    }
}

//! The shape rules of primitives that move elements: `slice`, `pad`, `concatenate`, `gather`, `scatter-add`.

use crate::base::error::{Error, Result};

use super::super::core::{DType, ShapedArray};
use super::{check_axis, list};

pub(super) fn slice(
    input: &ShapedArray,
    start: &[usize],
    limit: &[usize],
    strides: Option<&[usize]>,
) -> Result<Vec<usize>> {
    let n = input.ndim();
    let strides = strides.map_or_else(|| vec![1; n], <[usize]>::to_vec);
    let fits = start.len() == n
        && limit.len() == n
        && strides.len() == n
        && (0..n).all(|i| start[i] <= limit[i] && limit[i] <= input.shape[i] && strides[i] > 0);
    if !fits {
        return Err(Error::shape(
            "slice",
            format!("start {start:?}, limit {limit:?} and strides {strides:?} do not lie within {input}"),
            "Give for every axis 0 ≤ start ≤ limit ≤ size, and a positive stride.",
        ));
    }
    Ok((0..n).map(|i| (limit[i] - start[i]).div_ceil(strides[i])).collect())
}

pub(super) fn pad(inputs: &[ShapedArray], padding: &[(isize, isize, usize)]) -> Result<Vec<usize>> {
    let (x, value) = (&inputs[0], &inputs[1]);
    let grow = |(&size, &(low, high, interior)): (&usize, &(isize, isize, usize))| {
        let spread = size + size.saturating_sub(1) * interior;
        spread.checked_add_signed(low).and_then(|size| size.checked_add_signed(high))
    };
    let shape: Option<Vec<usize>> = x.shape.iter().zip(padding).map(grow).collect();
    let fits = value.ndim() == 0 && value.dtype == x.dtype && padding.len() == x.ndim();
    match shape {
        Some(shape) if fits => Ok(shape),
        _ => Err(Error::shape(
            "pad",
            format!("{x} padded with {value} by {padding:?}"),
            "Give a scalar of the same element type and one (low, high, interior) for every axis, and take away no more than there is.",
        )),
    }
}

pub(super) fn concatenate(inputs: &[ShapedArray], dimension: usize) -> Result<Vec<usize>> {
    let mut shape = inputs[0].shape.clone();
    check_axis("concatenate", dimension, &shape)?;
    for input in &inputs[1..] {
        let agrees = input.dtype == inputs[0].dtype
            && input.ndim() == shape.len()
            && (0..shape.len()).all(|i| i == dimension || input.shape[i] == shape[i]);
        if !agrees {
            return Err(Error::shape(
                "concatenate",
                format!("operands do not line up along axis {dimension}: {}", list(inputs)),
                "All axes but that one must agree.",
            ));
        }
        shape[dimension] += input.shape[dimension];
    }
    Ok(shape)
}

pub(super) fn gather(x: &ShapedArray, rows: &ShapedArray, batch_dims: usize) -> Result<Vec<usize>> {
    let fits = rows.dtype == DType::I32
        && rows.ndim() == batch_dims + 1
        && x.ndim() > batch_dims
        && x.shape[..batch_dims] == rows.shape[..batch_dims];
    if !fits {
        return Err(Error::shape(
            "gather",
            format!("rows {rows} of {x} with {batch_dims} axes in step"),
            "Give the row numbers as a vector of int32 and an operand with at least one axis.",
        ));
    }
    Ok([&rows.shape[..], &x.shape[batch_dims + 1..]].concat())
}

pub(super) fn scatter_add(
    rows: &ShapedArray,
    updates: &ShapedArray,
    count: usize,
    batch_dims: usize,
) -> Result<ShapedArray> {
    let fits = rows.dtype == DType::I32 && rows.ndim() == batch_dims + 1 && updates.shape.starts_with(&rows.shape);
    if !fits {
        return Err(Error::shape(
            "scatter-add",
            format!("updates {updates} at rows {rows} with {batch_dims} axes in step"),
            "Give one update for every row number.",
        ));
    }
    let shape = [&rows.shape[..batch_dims], &[count], &updates.shape[batch_dims + 1..]].concat();
    Ok(ShapedArray { shape, dtype: updates.dtype })
}

//! Sorting and the places of extremes, along an axis. NaN sorts behind all numbers.

use std::cmp::Ordering;

use crate::base::error::Result;

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::super::shapes::{check_axis, without_axes};
use super::{float, lines, take_flat};

fn compare(dtype: DType, x: u32, y: u32) -> Ordering {
    match dtype {
        DType::F32 => {
            let (a, b) = (float(x), float(y));
            a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
        }
        DType::I32 => x.cast_signed().cmp(&y.cast_signed()),
        _ => x.cmp(&y),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Sort,
    Argsort,
    Argmax,
    Argmin,
}

#[derive(Debug)]
struct Order {
    what: What,
    axis: usize,
}

impl Operation for Order {
    fn name(&self) -> &'static str {
        match self.what {
            What::Sort => "sort",
            What::Argsort => "argsort",
            What::Argmax => "argmax",
            What::Argmin => "argmin",
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self.what {
            What::Sort => vec![
                ("dimension", self.axis.to_string()),
                ("is_stable", "True".to_owned()),
                ("num_keys", "1".to_owned()),
            ],
            What::Argsort => vec![("dimension", self.axis.to_string())],
            _ => vec![("axes", format!("({},)", self.axis)), ("index_dtype", "int32".to_owned())],
        }
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        let shape = &inputs[0].shape;
        check_axis(self.name(), self.axis, shape)?;
        Ok(match self.what {
            What::Sort => inputs[0].clone(),
            What::Argsort => ShapedArray::new(shape, DType::I32),
            _ => ShapedArray::new(&without_axes(self.name(), shape, &[self.axis])?, DType::I32),
        })
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let dtype = avals[0].dtype;
        for (i, line) in lines(&avals[0], self.axis).enumerate() {
            let places: Vec<usize> = line.collect();
            let words: Vec<u32> = places.iter().map(|&at| inputs[0][at]).collect();
            if matches!(self.what, What::Argmax | What::Argmin) {
                let nan = |&at: &usize| dtype == DType::F32 && float(words[at]).is_nan();
                let better = if self.what == What::Argmax { Ordering::Greater } else { Ordering::Less };
                let extreme = (0..words.len())
                    .reduce(|best, at| if compare(dtype, words[at], words[best]) == better { at } else { best });
                out[i] = (0..words.len()).find(nan).or(extreme).unwrap_or(0) as u32;
                continue;
            }
            let mut order: Vec<usize> = (0..words.len()).collect();
            order.sort_by(|&a, &b| compare(dtype, words[a], words[b]));
            for (&at, &from) in places.iter().zip(&order) {
                out[at] = if self.what == What::Sort { words[from] } else { from as u32 };
            }
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        let Some(g) = dx[0].as_ref().filter(|_| self.what == What::Sort) else { return Ok(None) };
        Ok(Some(take_flat(g, &positions(&argsort(&x[0], self.axis), self.axis))))
    }

    fn batch(&self, _this: &Extension, x: &[Array], _mapped: &[bool], _size: usize) -> Result<Array> {
        Ok(Extension::apply(Self { what: self.what, axis: self.axis + 1 }, &[&x[0]]))
    }
}

/// The positions in row-major order that indices along an axis stand for.
fn positions(indices: &Array, axis: usize) -> Array {
    use super::super::core::Primitive;
    use super::super::trace::bind;
    let shape = indices.shape().to_vec();
    let mut step = 1i32;
    let mut sum: Option<Array> = None;
    for dimension in (0..shape.len()).rev() {
        let index = if dimension == axis {
            indices.clone()
        } else {
            bind(Primitive::Iota { dtype: DType::I32, shape: shape.clone(), dimension }, &[])
        };
        let part = index * Array::from_i32(&[step], &[]);
        sum = Some(sum.map_or_else(|| part.clone(), |sum| sum + &part));
        step *= shape[dimension] as i32;
    }
    sum.unwrap_or_else(|| indices.clone())
}

/// The elements in ascending order along an axis; equal ones keep theirs.
#[must_use]
pub fn sort(x: &Array, axis: usize) -> Array {
    Extension::apply(Order { what: What::Sort, axis }, &[x])
}

/// The indices along an axis that sort it, as i32.
#[must_use]
pub fn argsort(x: &Array, axis: usize) -> Array {
    Extension::apply(Order { what: What::Argsort, axis }, &[x])
}

/// The index of the largest element along an axis, the first NaN before all, as i32.
#[must_use]
pub fn argmax(x: &Array, axis: usize) -> Array {
    Extension::apply(Order { what: What::Argmax, axis }, &[x])
}

/// The index of the smallest element along an axis, the first NaN before all, as i32.
#[must_use]
pub fn argmin(x: &Array, axis: usize) -> Array {
    Extension::apply(Order { what: What::Argmin, axis }, &[x])
}

//! Cumulative sums, products and extremes along an axis, and products over axes.

use crate::base::error::Result;

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::super::shapes::{check_axis, without_axes};
use super::{float, lines};

/// What is accumulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Cumulative {
    Sum,
    Prod,
    Max,
    Min,
}

impl Cumulative {
    fn combine(self, dtype: DType, x: u32, y: u32) -> u32 {
        if dtype == DType::F32 {
            let (a, b) = (float(x), float(y));
            let either_nan = a.is_nan() || b.is_nan();
            let result = match self {
                Self::Sum => a + b,
                Self::Prod => a * b,
                _ if either_nan => f32::NAN,
                Self::Max => a.max(b),
                Self::Min => a.min(b),
            };
            return result.to_bits();
        }
        let less = if dtype == DType::I32 { x.cast_signed() < y.cast_signed() } else { x < y };
        match self {
            Self::Sum => x.wrapping_add(y),
            Self::Prod => x.wrapping_mul(y),
            Self::Max => {
                if less {
                    y
                } else {
                    x
                }
            }
            Self::Min => {
                if less {
                    x
                } else {
                    y
                }
            }
        }
    }
}

#[derive(Debug)]
struct Scan {
    what: Cumulative,
    axis: usize,
    reverse: bool,
}

impl Operation for Scan {
    fn name(&self) -> &'static str {
        match self.what {
            Cumulative::Sum => "cumsum",
            Cumulative::Prod => "cumprod",
            Cumulative::Max => "cummax",
            Cumulative::Min => "cummin",
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        let reverse = if self.reverse { "True" } else { "False" };
        vec![("axis", self.axis.to_string()), ("reverse", reverse.to_owned())]
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        check_axis(self.name(), self.axis, &inputs[0].shape)?;
        Ok(inputs[0].clone())
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        for line in lines(&avals[0], self.axis) {
            let mut places: Vec<usize> = line.collect();
            if self.reverse {
                places.reverse();
            }
            let words: Vec<u32> = places.iter().map(|&at| inputs[0][at]).collect();
            for (&at, word) in places.iter().zip(self.associative(avals[0].dtype, &words)) {
                out[at] = word;
            }
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        let Some(g) = &dx[0] else { return Ok(None) };
        match self.what {
            Cumulative::Sum => Ok(Some(scan(Cumulative::Sum, g, self.axis, self.reverse))),
            Cumulative::Prod => {
                let ratio = scan(Cumulative::Sum, &(g / &x[0]), self.axis, self.reverse);
                Ok(Some(out * ratio))
            }
            Cumulative::Max | Cumulative::Min => Err(crate::base::error::Error::shape(
                "grad",
                format!("`{}` has no derivative here", self.name()),
                "Use `jax.lax.scan` with `jnp.maximum`.",
            )),
        }
    }

    fn transpose(&self, _avals: &[ShapedArray], _x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        Ok(vec![Some(scan(Cumulative::Sum, ct, self.axis, !self.reverse))])
    }

    fn batch(&self, _this: &Extension, x: &[Array], _mapped: &[bool], _size: usize) -> Result<Array> {
        Ok(scan(self.what, &x[0], self.axis + 1, self.reverse))
    }
}

impl Scan {
    /// The prefixes, combined in the order of `jax.lax.associative_scan`.
    fn associative(&self, dtype: DType, x: &[u32]) -> Vec<u32> {
        if x.len() < 2 {
            return x.to_vec();
        }
        let pairs: Vec<u32> = x.chunks_exact(2).map(|pair| self.what.combine(dtype, pair[0], pair[1])).collect();
        let odd = self.associative(dtype, &pairs);
        let even = odd.iter().zip(x[2..].iter().step_by(2)).map(|(&sum, &next)| self.what.combine(dtype, sum, next));
        let mut even = [x[0]].into_iter().chain(even);
        let mut odd = odd.iter().copied();
        (0..x.len()).filter_map(|i| if i % 2 == 0 { even.next() } else { odd.next() }).collect()
    }
}

fn scan(what: Cumulative, x: &Array, axis: usize, reverse: bool) -> Array {
    Extension::apply(Scan { what, axis, reverse }, &[x])
}

/// The accumulated values along an axis (`jax.lax.cumsum` and its like); from the end if `reverse`.
#[must_use]
pub fn cumulative(what: Cumulative, x: &Array, axis: usize, reverse: bool) -> Array {
    scan(what, x, axis, reverse)
}

#[derive(Debug)]
struct Product {
    axis: usize,
    /// Instead of the product, for each element that of all others in its line.
    others: bool,
}

impl Operation for Product {
    fn name(&self) -> &'static str {
        if self.others { "product_of_others" } else { "reduce_prod" }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("axes", format!("({},)", self.axis))]
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        check_axis(self.name(), self.axis, &inputs[0].shape)?;
        if self.others {
            return Ok(inputs[0].clone());
        }
        Ok(ShapedArray::new(&without_axes(self.name(), &inputs[0].shape, &[self.axis])?, inputs[0].dtype))
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let dtype = avals[0].dtype;
        let one = if dtype == DType::F32 { 1f32.to_bits() } else { 1 };
        for (i, line) in lines(&avals[0], self.axis).enumerate() {
            let product = |skip: Option<usize>| {
                let factors = line.clone().filter(|&at| Some(at) != skip);
                factors.fold(one, |product, at| Cumulative::Prod.combine(dtype, product, inputs[0][at]))
            };
            if self.others {
                for at in line.clone() {
                    out[at] = product(Some(at));
                }
            } else {
                out[i] = product(None);
            }
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        let Some(g) = dx[0].as_ref().filter(|_| !self.others) else { return Ok(None) };
        let others = Extension::apply(Self { axis: self.axis, others: true }, &[&x[0]]);
        Ok(Some((g * others).sum_axes(&[self.axis])))
    }

    fn batch(&self, _this: &Extension, x: &[Array], _mapped: &[bool], _size: usize) -> Result<Array> {
        Ok(Extension::apply(Self { axis: self.axis + 1, others: self.others }, &[&x[0]]))
    }
}

/// The product along an axis, which disappears (`jax.lax.reduce_prod`).
#[must_use]
pub fn reduce_prod(x: &Array, axis: usize) -> Array {
    Extension::apply(Product { axis, others: false }, &[x])
}

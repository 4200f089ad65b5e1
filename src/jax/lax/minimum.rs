//! The smallest element over axes (`jax.lax.reduce_min`).

use crate::base::error::Result;

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::super::shapes::{check_axis, without_axes};
use super::float;

#[derive(Debug)]
struct Minimum {
    axes: Vec<usize>,
}

impl Operation for Minimum {
    fn name(&self) -> &'static str {
        "reduce_min"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("axes", super::super::repr::tuple(&self.axes))]
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        for &axis in &self.axes {
            check_axis(self.name(), axis, &inputs[0].shape)?;
        }
        Ok(ShapedArray::new(&without_axes(self.name(), &inputs[0].shape, &self.axes)?, inputs[0].dtype))
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let (shape, dtype) = (&avals[0].shape, avals[0].dtype);
        out.fill(match dtype {
            DType::F32 => f32::INFINITY.to_bits(),
            DType::I32 => i32::MAX.cast_unsigned(),
            DType::U32 | DType::Bool => u32::MAX,
        });
        for (at, &x) in inputs[0].iter().enumerate() {
            let (mut rest, mut place, mut stride) = (at, 0, 1);
            for (axis, &size) in shape.iter().enumerate().rev() {
                if !self.axes.contains(&axis) {
                    place += rest % size * stride;
                    stride *= size;
                }
                rest /= size;
            }
            out[place] = smaller(dtype, out[place], x);
        }
    }

    /// Where several elements are the smallest, each has its share.
    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        let Some(g) = &dx[0] else { return Ok(None) };
        let mut shape = x[0].shape().to_vec();
        for &axis in &self.axes {
            shape[axis] = 1;
        }
        let places = x[0].equal(out.reshape(&shape)).astype(DType::F32);
        let counts = places.sum_axes(&self.axes);
        Ok(Some((g * &places).sum_axes(&self.axes) / counts))
    }

    fn batch(&self, _this: &Extension, x: &[Array], _mapped: &[bool], _size: usize) -> Result<Array> {
        Ok(Extension::apply(Self { axes: self.axes.iter().map(|axis| axis + 1).collect() }, &[&x[0]]))
    }
}

/// The smaller one of two words; NaN if one is.
fn smaller(dtype: DType, x: u32, y: u32) -> u32 {
    match dtype {
        DType::F32 if float(x).is_nan() || float(y).is_nan() => f32::NAN.to_bits(),
        DType::F32 => float(x).min(float(y)).to_bits(),
        DType::I32 => x.cast_signed().min(y.cast_signed()).cast_unsigned(),
        DType::U32 | DType::Bool => x.min(y),
    }
}

/// The smallest element over axes, which disappear (`jax.lax.reduce_min`).
///
/// The result carries an error if an axis is not one of x.
#[must_use]
pub fn reduce_min(x: &Array, axes: &[usize]) -> Array {
    Extension::apply(Minimum { axes: axes.to_vec() }, &[x])
}

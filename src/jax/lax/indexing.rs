//! Gathers and scatters by position: what NumPy's index expressions come down to, once positions in row-major order are computed from them.

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::float;

/// What stands in place of an element at a position that does not exist.
fn nothing(dtype: DType) -> u32 {
    match dtype {
        DType::F32 => f32::NAN.to_bits(),
        DType::I32 => i32::MIN.cast_unsigned(),
        DType::U32 => u32::MAX,
        DType::Bool => 1,
    }
}

#[derive(Debug)]
struct TakeFlat;

impl Operation for TakeFlat {
    fn name(&self) -> &'static str {
        "gather"
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(ShapedArray::new(&inputs[1].shape, inputs[0].dtype))
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        for (out, &at) in out.iter_mut().zip(inputs[1]) {
            *out = inputs[0].get(at as usize).copied().unwrap_or(nothing(avals[0].dtype));
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        Ok(dx[0].as_ref().map(|g| take_flat(g, &x[1])))
    }

    fn transpose(&self, avals: &[ShapedArray], x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        let positions =
            x[1].clone().ok_or_else(|| Error::tree("gather", "positions are linear", "They are integers."))?;
        let zeros = Array::scalar(0.0).broadcast_to(&avals[0].shape);
        Ok(vec![Some(scatter_flat(ScatterMode::Add, &zeros, &positions, ct)), None])
    }
}

/// The elements at positions in row-major order (i32): the result has the shape of `positions`. Where there is none it is NaN, or the least integer.
#[must_use]
pub fn take_flat(x: &Array, positions: &Array) -> Array {
    Extension::apply(TakeFlat, &[x, positions])
}

/// How a scattered number meets the one that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ScatterMode {
    Set,
    Add,
    Mul,
    Min,
    Max,
}

#[derive(Debug)]
struct ScatterFlat(ScatterMode);

impl Operation for ScatterFlat {
    fn name(&self) -> &'static str {
        match self.0 {
            ScatterMode::Set => "scatter",
            ScatterMode::Add => "scatter-add",
            ScatterMode::Mul => "scatter_mul",
            ScatterMode::Min => "scatter_min",
            ScatterMode::Max => "scatter_max",
        }
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        if inputs[1].shape != inputs[2].shape || inputs[0].dtype != inputs[2].dtype {
            return Err(Error::shape(
                self.name(),
                format!("{} at {} of {}", inputs[2], inputs[1], inputs[0]),
                "Give one number of the array's element type for each position.",
            ));
        }
        Ok(inputs[0].clone())
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        out.copy_from_slice(inputs[0]);
        for (&at, &new) in inputs[1].iter().zip(inputs[2]) {
            let Some(slot) = out.get_mut(at as usize) else { continue };
            *slot = self.meet(avals[0].dtype, *slot, new);
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        let zeros = |like: &Array| Array::scalar(0.0).broadcast_to(like.shape());
        let old = dx[0].clone().unwrap_or_else(|| zeros(&x[0]));
        let new = dx[2].clone().unwrap_or_else(|| zeros(&x[2]));
        match self.0 {
            ScatterMode::Add => Ok(Some(scatter_flat(ScatterMode::Add, &old, &x[1], &new))),
            ScatterMode::Set => {
                let kept = scatter_flat(ScatterMode::Set, &ones(&x[0]), &x[1], &zeros(&x[1]));
                Ok(Some(scatter_flat(ScatterMode::Add, &(old * kept), &x[1], &new)))
            }
            ScatterMode::Mul => {
                let by = scatter_flat(ScatterMode::Mul, &ones(&x[0]), &x[1], &x[2]);
                let slope = take_flat(&x[0], &x[1]);
                Ok(Some(scatter_flat(ScatterMode::Add, &(old * by), &x[1], &(new * slope))))
            }
            ScatterMode::Min | ScatterMode::Max => Err(Error::shape(
                "grad",
                format!("`{}` has no derivative here", self.name()),
                "Use `jnp.where` with `jnp.minimum` or `jnp.maximum`.",
            )),
        }
    }

    fn transpose(&self, _avals: &[ShapedArray], x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        let (ScatterMode::Add, Some(positions)) = (self.0, &x[1]) else {
            return Err(Error::shape("vjp", format!("`{}` is not linear", self.name()), "Use `.at[].add`."));
        };
        let old = x[0].is_none().then(|| ct.clone());
        let new = x[2].is_none().then(|| {
            // positions that do not exist took no part
            let taken = take_flat(ct, positions);
            let count = ct.size() as i32;
            let exists = positions.less(Array::from_i32(&[count], &[]));
            super::super::numpy::select(&exists, taken, 0.0)
        });
        Ok(vec![old, None, new])
    }
}

fn ones(like: &Array) -> Array {
    Array::scalar(1.0).broadcast_to(like.shape())
}

impl ScatterFlat {
    fn meet(&self, dtype: DType, old: u32, new: u32) -> u32 {
        let (a, b) = (float(old), float(new));
        let is_float = dtype == DType::F32;
        let less = match dtype {
            DType::F32 => b < a,
            DType::I32 => new.cast_signed() < old.cast_signed(),
            _ => new < old,
        };
        match self.0 {
            ScatterMode::Set => new,
            ScatterMode::Add if is_float => (a + b).to_bits(),
            ScatterMode::Add => old.wrapping_add(new),
            ScatterMode::Mul if is_float => (a * b).to_bits(),
            ScatterMode::Mul => old.wrapping_mul(new),
            ScatterMode::Min => {
                if less {
                    new
                } else {
                    old
                }
            }
            ScatterMode::Max => {
                if less {
                    old
                } else {
                    new
                }
            }
        }
    }
}

/// `x` with numbers put in at positions in row-major order (i32), one for each; positions that do not exist are passed over.
#[must_use]
pub fn scatter_flat(mode: ScatterMode, x: &Array, positions: &Array, updates: &Array) -> Array {
    Extension::apply(ScatterFlat(mode), &[x, positions, updates])
}

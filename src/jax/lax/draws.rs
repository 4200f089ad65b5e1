//! Draws as operations of a key, so that they can be traced and mapped: a raw key (`uint32[2]`) is their operand.

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::super::random::{self, Key, PermutationScratch};
use super::float;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of jax.random")]
pub enum Draw {
    Bits,
    /// Operands `minval` and `maxval`, f32 scalars.
    Uniform,
    Normal,
    /// Operands `lower` and `upper`, f32 scalars.
    TruncatedNormal,
    /// Operands `minval` and `maxval`, i32 scalars.
    Randint,
    /// The numbers from 0 to n − 1 in random order; the shape is `[n]`.
    Permutation,
    /// The new keys; the shape is `[n, 2]`.
    Split,
    /// Operand `data`, an u32 scalar; the shape is `[2]`.
    FoldIn,
}

#[derive(Debug)]
struct Drawn {
    what: Draw,
    shape: Vec<usize>,
}

impl Operation for Drawn {
    fn name(&self) -> &'static str {
        match self.what {
            Draw::Bits => "random_bits",
            Draw::Uniform => "random_uniform",
            Draw::Normal => "random_normal",
            Draw::TruncatedNormal => "random_truncated_normal",
            Draw::Randint => "random_randint",
            Draw::Permutation => "random_permutation",
            Draw::Split => "random_split",
            Draw::FoldIn => "random_fold_in",
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("shape", super::super::repr::tuple(&self.shape))]
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        if inputs[0] != ShapedArray::new(&[2], DType::U32) {
            return Err(Error::shape(self.name(), format!("the key is {}", inputs[0]), "A key is a uint32[2]."));
        }
        if let Some(other) = inputs[1..].iter().find(|x| x.ndim() > 0) {
            let problem = format!("a bound or number is {other}");
            return Err(Error::shape(self.name(), problem, "Give one number, and map the function for several."));
        }
        let dtype = match self.what {
            Draw::Bits | Draw::Split | Draw::FoldIn => DType::U32,
            Draw::Uniform | Draw::Normal | Draw::TruncatedNormal => DType::F32,
            Draw::Randint | Draw::Permutation => DType::I32,
        };
        Ok(ShapedArray::new(&self.shape, dtype))
    }

    fn run(&self, _avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let key = Key::from_words([inputs[0][0], inputs[0][1]]);
        match self.what {
            Draw::Bits => random::bits_into(key, out),
            Draw::Uniform => {
                let (low, high) = (float(inputs[1][0]), float(inputs[2][0]));
                random::uniform_into(key, low, high, bytemuck::cast_slice_mut(out));
            }
            Draw::Normal => random::normal_into(key, bytemuck::cast_slice_mut(out)),
            Draw::TruncatedNormal => {
                let (low, high) = (float(inputs[1][0]), float(inputs[2][0]));
                random::truncated_normal_into(key, low, high, bytemuck::cast_slice_mut(out));
            }
            Draw::Randint => {
                let (low, high) = (inputs[1][0].cast_signed(), inputs[2][0].cast_signed());
                random::randint_into(key, low, high, bytemuck::cast_slice_mut(out));
            }
            Draw::Permutation => {
                let mut order = Vec::new();
                random::permutation_into(key, out.len(), &mut order, &mut PermutationScratch::default());
                out.copy_from_slice(&order);
            }
            Draw::Split => {
                for (pair, key) in out.chunks_exact_mut(2).zip(random::split(key, self.shape[0])) {
                    pair.copy_from_slice(&key.words());
                }
            }
            Draw::FoldIn => out.copy_from_slice(&random::fold_in(key, inputs[1][0]).words()),
        }
    }

    fn jvp(&self, _x: &[Array], _dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        Ok(None)
    }
}

/// Numbers of this shape from a raw key, and what else [`Draw`] says for each sort.
#[must_use]
pub fn draw(what: Draw, shape: &[usize], operands: &[&Array]) -> Array {
    Extension::apply(Drawn { what, shape: shape.to_vec() }, operands)
}

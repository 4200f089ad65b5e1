//! Operations of `jax.lax` beyond the closed set of [`super::primitive`], each an [`Operation`](super::extension::Operation) with all its rules. The
//! page does not use them, so they are behind the feature `full`.

mod cumulative;
mod draws;
mod elementwise;
mod gamma;
mod indexing;
mod linalg;
mod minimum;
mod orthogonal;
mod sorting;

pub use cumulative::{Cumulative, cumulative, reduce_prod};
pub use draws::{Draw, draw};
pub use elementwise::{Binary, Unary, binary, unary};
pub use indexing::{ScatterMode, scatter_flat, take_flat};
pub use linalg::{cholesky, eigh, eigvalsh, qr, solve};
pub use minimum::reduce_min;
pub use sorting::{argmax, argmin, argsort, sort};

use super::core::ShapedArray;

/// The numbers of words before, along and behind an axis, so that element (i, j, k) lies at (i · along + j) · behind + k.
fn around(shape: &[usize], axis: usize) -> [usize; 3] {
    let size = |axes: &[usize]| axes.iter().product::<usize>();
    [size(&shape[..axis]), shape[axis], size(&shape[axis + 1..])]
}

/// The word positions of each line along an axis.
fn lines(aval: &ShapedArray, axis: usize) -> impl Iterator<Item = impl Iterator<Item = usize> + Clone> {
    let [before, along, behind] = around(&aval.shape, axis);
    (0..before).flat_map(move |i| (0..behind).map(move |k| (0..along).map(move |j| (i * along + j) * behind + k)))
}

fn float(word: u32) -> f32 {
    f32::from_bits(word)
}

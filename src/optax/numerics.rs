//! Numbers that several transformations need: [`safe_increment`], [`global_norm`], zeros like a tree, bias correction.

use crate::base::error::Error;
use crate::jax::numpy::select;
use crate::jax::tree::{PyTree, tree_failed, tree_leaves, tree_map, tree_unflatten};
use crate::jax::{Array, DType, Jitted, jit};

use super::scalar::Scalar;

/// An i32 scalar.
pub(super) fn int(x: i32) -> Array {
    Array::from_i32(&[x], &[])
}

/// An f32 scalar from a hyperparameter.
pub(super) fn float(x: f64) -> Array {
    Scalar::Number(x).array()
}

/// `count + 1`, but the largest i32 stays where it is (`optax.safe_increment`). Takes and returns an i32 scalar.
#[must_use]
pub fn safe_increment(count: &Array) -> Array {
    let most = int(i32::MAX);
    select(&count.less(&most), count + int(1), most)
}

/// The Euclidean norm of all leaves of a tree together, an f32 scalar: the root of the sum, leaf by leaf, of the sums of squares
/// (`optax.global_norm`).
///
/// ```
/// use thetahat::jax::Array;
/// use thetahat::optax::global_norm;
///
/// let tree = (Array::scalar(2.0), Array::new(&[3.0, 6.0], &[2]));
/// assert_eq!(global_norm(&tree).item()?, 7.0);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn global_norm<P: PyTree>(tree: &P) -> Array {
    let sums = tree_leaves(tree).into_iter().map(|leaf| (&leaf * &leaf).sum());
    sums.fold(Array::scalar(0.0), |total, sum| total + sum).sqrt()
}

/// A tree like `like`, filled with one number of each leaf's element type (`optax.tree.full_like`).
pub(super) fn full_like<P: PyTree>(like: &P, value: f64) -> P {
    let fill = |leaf: &Array| match leaf.dtype() {
        _ if leaf.error().is_some() => leaf.clone(),
        DType::F32 => float(value).broadcast_to(leaf.shape()),
        dtype => float(value).astype(dtype).broadcast_to(leaf.shape()),
    };
    tree_map(fill, like)
}

/// A running mean: `(1 − decay)·gᵒʳᵈᵉʳ + decay·t` for each gradient g and mean t (`optax.tree.update_moment`).
pub(super) fn update_moment(g: &Array, t: &Array, decay: f64, order: i32) -> Array {
    float(1.0 - decay) * g.powi(order) + float(decay) * t
}

type Correction = dyn Fn(&Vec<Array>, &Array, &Array) -> Vec<Array>;

/// `t / (1 − decayᶜᵒᵘⁿᵗ)` for each leaf t (`optax.tree.bias_correction`): undoes the pull of the zeros that running means begin with.
/// `count` is an i32 scalar. In Optax this is a jitted function of its own, so it is compiled also where it is called outside `jit`.
pub(super) fn bias_correction<P: PyTree>(moment: &P, decay: f64, count: &Array) -> P {
    thread_local! {
        static CORRECTION: Jitted<Correction> = jit(|moment: &Vec<Array>, decay: &Array, count: &Array| {
            let correction = 1.0 - decay.pow(count.astype(DType::F32));
            moment.iter().map(|t| t / &correction).collect::<Vec<_>>()
        });
    }
    let leaves = CORRECTION.with(|correct| correct(&tree_leaves(moment), &float(decay), count));
    let fail = |error: Error| tree_failed(moment, &error);
    tree_unflatten(moment, leaves).unwrap_or_else(fail)
}

//! The lines that the lecture's programs print, in Python's own formatting.

use crate::error::Result;
use crate::jax::Array;
use crate::jax::repr::{array_str, python_float};

/// `theta_0 = …, theta = …` as `NumPy` prints the two vectors.
///
/// # Errors
/// One of them carries an error or is a tracer.
pub fn start_line(theta_0: &Array, theta: &Array) -> Result<String> {
    let show = |x: &Array| Ok::<_, crate::Error>(array_str(x.as_f32()?, x.shape()));
    Ok(format!("theta_0 = {}, theta = {}", show(theta_0)?, show(theta)?))
}

/// `Epoch …, ||theta - theta_hat|| = …`, or without an epoch the line at the end. Python prints an f32 scalar in an f-string as the f64 that equals it.
#[must_use]
pub fn distance_line(epoch: Option<usize>, distance: f32) -> String {
    let distance = python_float(f64::from(distance));
    match epoch {
        Some(epoch) => format!("Epoch {epoch}, ||theta - theta_hat|| = {distance}"),
        None => format!("||theta - theta_hat|| = {distance}"),
    }
}

//! The lines that the lecture's programs print, in Python's own formatting.

use crate::base::error::Result;
use crate::jax::Array;
use crate::jax::repr::{array_str, python_float};

use crate::lecture::data::simulation::Simulation;
use crate::lecture::settings::config::{Config, Start};

/// What a program prints before its first step.
///
/// # Errors
/// A start carries an error.
pub fn start_lines(config: &Config, simulation: &Simulation) -> Result<Vec<String>> {
    let theta_0 = simulation.theta_0(config);
    if !config.program.is_module() {
        return Ok(vec![start_line(&theta_0, &simulation.data.theta)?]);
    }
    let as_drawn = config.start == Start::Lecture && config.theta_0.is_none();
    let kernels = if as_drawn { simulation.starts.clone() } else { vec![theta_0] };
    kernels.iter().map(|kernel| Ok(format!("kernel = {}", show(kernel)?))).collect()
}

/// `theta_0 = …, theta = …` as `NumPy` prints the two vectors.
///
/// # Errors
/// One of them carries an error or is a tracer.
pub fn start_line(theta_0: &Array, theta: &Array) -> Result<String> {
    Ok(format!("theta_0 = {}, theta = {}", show(theta_0)?, show(theta)?))
}

/// What the functional programs print after an epoch: `Epoch …, ||theta - theta_hat|| = …`. Python prints an f32 scalar in an f-string as the f64
/// that equals it.
#[must_use]
pub fn epoch_line(epoch: usize, distance: f32) -> String {
    format!("Epoch {epoch}, ||theta - theta_hat|| = {}", python_float(f64::from(distance)))
}

/// What the programs with modules print after an epoch: the same without two spaces.
#[must_use]
pub fn module_epoch_line(epoch: usize, distance: f32) -> String {
    format!("Epoch {epoch}, ||theta-theta_hat|| = {}", python_float(f64::from(distance)))
}

/// What all of them print at the end.
#[must_use]
pub fn end_line(distance: f32) -> String {
    format!("||theta - theta_hat|| = {}", python_float(f64::from(distance)))
}

fn show(vector: &Array) -> Result<String> {
    Ok(array_str(vector.as_f32()?, vector.shape()))
}

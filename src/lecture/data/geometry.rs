//! What the page draws around a run: the Hessian of the full-batch loss, its eigenvalues, and the least-squares solution.
//!
//! All in f64 and with fixed order of operations: this is the reference that f32 training is drawn against, not part of any program.

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use thetahat_kernels::records::half_square;

use crate::base::order::order_by;

/// The full-batch loss `1/N·‖Xθ−y‖²` as a quadratic function of θ.
#[derive(Clone, Debug)]
pub struct Quadratic {
    /// The Hessian `2/N·XᵀX`, M × M row-major.
    pub hessian: Vec<f64>,
    /// Its eigenvalues, largest first. Gradient descent on the full batch is stable for rates below 2 over the first.
    pub eigenvalues: Vec<f64>,
    /// Its eigenvectors, of length 1, in the order of the eigenvalues: M × M row-major, one a row.
    pub eigenvectors: Vec<f64>,
    /// The minimiser, length M: the one of least norm where there are several (M > N).
    pub least_squares: Vec<f64>,
    /// The loss there.
    pub least_loss: f64,
}

/// Eigenvalues below this fraction of the largest count as zero: directions that the data do not determine.
const RANK_TOLERANCE: f64 = 1e-10;

impl Quadratic {
    /// The quadratic of features x (N × M row-major) and targets y (length N).
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // N is far below 2⁵²
    pub fn new(x: &[f32], y: &[f32], features: usize) -> Self {
        let samples = y.len().max(1) as f64;
        let mut gram = DMatrix::<f64>::zeros(features, features);
        let mut moment = DVector::<f64>::zeros(features);
        for (row, &target) in x.chunks_exact(features).zip(y) {
            for (i, &a) in row.iter().enumerate() {
                moment[i] += f64::from(a) * f64::from(target);
                for (j, &b) in row[..=i].iter().enumerate() {
                    gram[(i, j)] += f64::from(a) * f64::from(b);
                }
            }
        }
        gram.fill_upper_triangle_with_lower_triangle();
        let hessian = gram * (2.0 / samples);
        let least = |eigen: &SymmetricEigen<f64, nalgebra::Dyn>| {
            let cutoff = eigen.eigenvalues.max() * RANK_TOLERANCE;
            let gradient = eigen.eigenvectors.tr_mul(&moment) * (2.0 / samples);
            let inverse = gradient.zip_map(&eigen.eigenvalues, |g, l| if l > cutoff { g / l } else { 0.0 });
            &eigen.eigenvectors * inverse
        };
        let eigen = SymmetricEigen::new(hessian.clone());
        let least_squares = least(&eigen);
        let mut order: Vec<usize> = (0..features).collect();
        order_by(&mut order, |&a, &b| eigen.eigenvalues[a].total_cmp(&eigen.eigenvalues[b]).is_lt());
        let eigenvalues = order.iter().map(|&direction| eigen.eigenvalues[direction]).collect();
        let columns = eigen.eigenvectors.as_slice();
        let eigenvectors = order.iter().flat_map(|&direction| &columns[direction * features..][..features]);
        let least_loss = mean_squared_residual(x, y, least_squares.as_slice());
        Self {
            hessian: hessian.as_slice().to_vec(),
            eigenvalues,
            eigenvectors: eigenvectors.copied().collect(),
            least_squares: least_squares.as_slice().to_vec(),
            least_loss,
        }
    }

    /// How far the full-batch loss of these parameters (length M) lies above its least value: `½·(θ−θₗₛ)ᵀH(θ−θₗₛ)`, at least 0.
    #[must_use]
    pub fn excess(&self, params: &[f32]) -> f64 {
        excess(&self.hessian, &self.least_squares, params)
    }

    /// How many directions the data determine: eigenvalues that do not count as zero.
    #[must_use]
    pub fn rank(&self) -> usize {
        let largest = self.eigenvalues.first().copied().unwrap_or(0.0).max(0.0);
        self.eigenvalues.iter().filter(|&&eigenvalue| eigenvalue > largest * RANK_TOLERANCE).count()
    }
}

/// `½·(θ−θₗₛ)ᵀH(θ−θₗₛ)` for a Hessian, M × M row-major, and a minimiser of length M.
#[must_use]
pub fn excess(hessian: &[f64], minimiser: &[f64], params: &[f32]) -> f64 {
    half_square(hessian, minimiser, params)
}

#[allow(clippy::cast_precision_loss)] // N is far below 2⁵²
fn mean_squared_residual(x: &[f32], y: &[f32], theta: &[f64]) -> f64 {
    let square = |(row, &target): (&[f32], &f32)| {
        let prediction: f64 = row.iter().zip(theta).map(|(&x, t)| f64::from(x) * t).sum();
        (prediction - f64::from(target)).powi(2)
    };
    x.chunks_exact(theta.len()).zip(y).map(square).sum::<f64>() / y.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jax::random::{prng_key, split_n};
    use crate::lecture::data::loader::simulate;

    #[test]
    fn the_least_squares_solution_has_no_gradient_and_the_least_norm() {
        let data = simulate(split_n(prng_key(7)), 6, 10, 0.1);
        let (x, y) = (data.x.as_f32().unwrap(), data.y.as_f32().unwrap());
        let quadratic = Quadratic::new(x, y, 10);
        assert!(quadratic.least_loss < 1e-12, "more parameters than data: an exact fit, not {}", quadratic.least_loss);
        let norm = |theta: &[f64]| theta.iter().map(|t| t * t).sum::<f64>();
        let truth: Vec<f64> = data.theta.as_f32().unwrap().iter().map(|&t| f64::from(t)).collect();
        assert!(norm(&quadratic.least_squares) < norm(&truth));
        assert_eq!(quadratic.rank(), 6);
    }

    #[test]
    fn the_excess_is_the_loss_above_its_least_value() {
        let data = simulate(split_n(prng_key(3)), 40, 3, 0.5);
        let (x, y) = (data.x.as_f32().unwrap(), data.y.as_f32().unwrap());
        let quadratic = Quadratic::new(x, y, 3);
        let params = [0.5_f32, -2.0, 0.25];
        let loss = mean_squared_residual(x, y, &params.map(f64::from));
        assert!((quadratic.excess(&params) - (loss - quadratic.least_loss)).abs() < 1e-12 * loss);
    }

    #[test]
    fn eigenvectors_stand_in_the_order_of_their_eigenvalues() {
        let data = simulate(split_n(prng_key(3)), 40, 4, 0.5);
        let quadratic = Quadratic::new(data.x.as_f32().unwrap(), data.y.as_f32().unwrap(), 4);
        for (vector, value) in quadratic.eigenvectors.chunks(4).zip(&quadratic.eigenvalues) {
            for (row, entry) in quadratic.hessian.chunks(4).zip(vector) {
                let product: f64 = row.iter().zip(vector).map(|(h, v)| h * v).sum();
                assert!((product - value * entry).abs() < 1e-12);
            }
        }
    }
}

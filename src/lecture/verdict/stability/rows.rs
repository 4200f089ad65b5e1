//! The features in the coordinates of the Hessian's eigenvectors.

use crate::lecture::data::geometry::Quadratic;

/// Rows of features, N × R row-major: their components along the R eigenvectors whose eigenvalues are not zero. What a run does outside of
/// these directions, nothing ever changes, so that it must not count as something that fails to shrink.
#[derive(Debug)]
pub(super) struct Rows {
    width: usize,
    numbers: Vec<f64>,
}

impl Rows {
    /// Of features x, N × M row-major. Takes N·M·R multiplications.
    pub fn new(x: &[f32], quadratic: &Quadratic) -> Self {
        let (features, width) = (quadratic.eigenvalues.len(), quadratic.rank());
        let vectors = &quadratic.eigenvectors[..width * features];
        let along = |row: &[f32], vector: &[f64]| row.iter().zip(vector).map(|(&x, v)| f64::from(x) * v).sum();
        let mut numbers = Vec::with_capacity(x.len() / features.max(1) * width);
        for row in x.chunks_exact(features.max(1)) {
            numbers.extend(vectors.chunks_exact(features.max(1)).map(|vector| -> f64 { along(row, vector) }));
        }
        Self { width, numbers }
    }

    /// R.
    pub fn width(&self) -> usize {
        self.width
    }

    /// N.
    pub fn len(&self) -> usize {
        self.numbers.len() / self.width.max(1)
    }

    /// The components of a row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.numbers[row * self.width..][..self.width]
    }
}

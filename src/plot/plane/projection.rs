//! From vectors of parameters to places in the plane and back, and what a quadratic loss looks like there.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use crate::base::order::order_by;
use crate::lecture::run::recording::Problem;
use crate::plot::axes::short;

/// Eigenvalues below this fraction of the largest count as zero.
const RANK_TOLERANCE: f64 = 1e-10;

/// Which two numbers of a vector of M parameters are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    kind: Kind,
    names: [String; 2],
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// One parameter and its loss: curvature, minimiser, and loss there.
    Loss { curvature: f64, least: f64, least_loss: f64 },
    /// Coordinates along two orthonormal directions from an origin.
    Plane { origin: Vec<f64>, across: Vec<f64>, up: Vec<f64> },
}

/// A quadratic loss in the plane, `½ (z − z*)ᵀ H (z − z*) + least` in the plane's two coordinates z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneQuadratic {
    /// The Hessian H, 2 × 2.
    pub hessian: [f64; 4],
    /// The minimiser z*.
    pub minimiser: (f64, f64),
    /// By how much the least value in the plane is above the least of all.
    pub least: f64,
}

impl PlaneQuadratic {
    /// By how much the loss at a place is above the least of all.
    #[must_use]
    pub fn excess(&self, (u, v): (f64, f64)) -> f64 {
        let (u, v) = (u - self.minimiser.0, v - self.minimiser.1);
        let [a, b, c, d] = self.hessian;
        0.5 * (a * u * u + (b + c) * u * v + d * v * v) + self.least
    }
}

/// θ with a subscript, counted from 1 as in the lecture's formulas.
fn theta(index: usize) -> String {
    let digit = |byte: u8| char::from_u32(0x2080 + u32::from(byte - b'0')).unwrap_or('?');
    format!("θ{}", (index + 1).to_string().bytes().map(digit).collect::<String>())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `H b` for H of M × M in row-major order.
fn times(hessian: &[f64], b: &[f64]) -> Vec<f64> {
    hessian.chunks_exact(b.len().max(1)).map(|row| dot(row, b)).collect()
}

impl Projection {
    /// What suits the number of parameters: with one, the loss against it; with two, these; with more, the two leading eigenvectors of the Hessian.
    #[must_use]
    pub fn natural(problem: &Problem) -> Self {
        match problem.theta.len() {
            0 | 1 => Self::loss(problem),
            2 => Self::pair(problem, 0, 1),
            _ => Self::eigenvectors(problem).unwrap_or_else(|| Self::pair(problem, 0, 1)),
        }
    }

    /// The loss against the first parameter.
    #[must_use]
    pub fn loss(problem: &Problem) -> Self {
        let kind = Kind::Loss {
            curvature: problem.hessian.first().copied().unwrap_or(0.0),
            least: problem.least_squares.first().copied().unwrap_or(0.0),
            least_loss: problem.least_loss,
        };
        Self { kind, names: [theta(0), "loss".to_owned()] }
    }

    /// The parameters with the indices `i` across and `j` up, counted from 0, the others as in the least-squares solution. None where there are no
    /// such two.
    #[must_use]
    pub fn coordinates(problem: &Problem, i: usize, j: usize) -> Option<Self> {
        let features = problem.theta.len();
        (i != j && i < features && j < features).then(|| Self::pair(problem, i, j))
    }

    fn pair(problem: &Problem, i: usize, j: usize) -> Self {
        let features = problem.theta.len();
        let axis = |which: usize| (0..features).map(|k| if k == which { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
        let shown = |k: usize| k == i || k == j;
        let rest = problem.least_squares.iter().copied().chain(std::iter::repeat(0.0)).take(features);
        let origin = rest.enumerate().map(|(k, least)| if shown(k) { 0.0 } else { least }).collect();
        Self { kind: Kind::Plane { origin, across: axis(i), up: axis(j) }, names: [theta(i), theta(j)] }
    }

    /// The two leading eigenvectors of the Hessian, through the least-squares solution. None where there is no such Hessian of at least two parameters.
    #[must_use]
    pub fn eigenvectors(problem: &Problem) -> Option<Self> {
        let features = problem.theta.len();
        let complete = features >= 2 && problem.hessian.len() == features * features;
        if !complete || problem.hessian.iter().any(|entry| !entry.is_finite()) {
            return None;
        }
        let eigen = SymmetricEigen::new(DMatrix::from_row_slice(features, features, &problem.hessian));
        let mut order: Vec<usize> = (0..features).collect();
        order_by(&mut order, |&a, &b| eigen.eigenvalues[a].total_cmp(&eigen.eigenvalues[b]).is_lt());
        let direction = |rank: usize| {
            let vector = eigen.eigenvectors.column(order[rank]);
            // of the two opposite vectors the one whose largest entry is positive
            let sign = if vector[vector.iamax()] < 0.0 { -1.0 } else { 1.0 };
            vector.iter().map(|entry| sign * entry).collect::<Vec<f64>>()
        };
        let name = |which: &str, rank: usize| {
            format!("along {which} eigenvector (λ = {})", short(eigen.eigenvalues[order[rank]].max(0.0)))
        };
        let names = [name("1st", 0), name("2nd", 1)];
        Self::directions(&problem.least_squares, &direction(0), &direction(1), names)
    }

    /// Any two directions through an origin, made orthonormal. None where they do not span a plane, or lengths differ.
    #[must_use]
    pub fn directions(origin: &[f64], across: &[f64], up: &[f64], names: [String; 2]) -> Option<Self> {
        let unit = |vector: Vec<f64>| -> Option<Vec<f64>> {
            let length = dot(&vector, &vector).sqrt();
            let usable = length.is_finite() && length > f64::EPSILON;
            usable.then(|| vector.into_iter().map(|entry| entry / length).collect())
        };
        if origin.len() != across.len() || origin.len() != up.len() || origin.iter().any(|entry| !entry.is_finite()) {
            return None;
        }
        let across = unit(across.to_vec())?;
        let up = unit(up.to_vec())?;
        let along = dot(&across, &up);
        let up = unit(up.iter().zip(&across).map(|(u, a)| u - along * a).collect())?;
        Some(Self { kind: Kind::Plane { origin: origin.to_vec(), across, up }, names })
    }

    /// How many parameters M a vector has.
    #[must_use]
    pub fn features(&self) -> usize {
        match &self.kind {
            Kind::Loss { .. } => 1,
            Kind::Plane { origin, .. } => origin.len(),
        }
    }

    /// The titles of the axes, across and up.
    #[must_use]
    pub fn names(&self) -> [&str; 2] {
        [&self.names[0], &self.names[1]]
    }

    /// Whether the plane shows the loss of a single parameter.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        matches!(self.kind, Kind::Loss { .. })
    }

    /// The two shown coordinates of a vector of M parameters.
    #[must_use]
    pub fn of(&self, params: &[f32]) -> (f64, f64) {
        self.place(params.iter().map(|&p| f64::from(p)))
    }

    /// The same in double precision.
    #[must_use]
    pub fn of_f64(&self, params: &[f64]) -> (f64, f64) {
        self.place(params.iter().copied())
    }

    pub(super) fn place(&self, params: impl Iterator<Item = f64>) -> (f64, f64) {
        match &self.kind {
            Kind::Loss { curvature, least, least_loss } => {
                let theta = params.take(1).sum::<f64>();
                (theta, 0.5 * curvature * (theta - least).powi(2) + least_loss)
            }
            Kind::Plane { origin, across, up } => {
                let parts = params.zip(origin).zip(across.iter().zip(up));
                parts.fold((0.0, 0.0), |(u, v), ((p, o), (a, b))| (u + (p - o) * a, v + (p - o) * b))
            }
        }
    }

    /// The components of a direction, such as a gradient, within the plane; of a single parameter, across only.
    #[must_use]
    pub fn direction(&self, vector: &[f32]) -> (f64, f64) {
        match &self.kind {
            Kind::Loss { .. } => (vector.first().map_or(0.0, |&entry| f64::from(entry)), 0.0),
            Kind::Plane { across, up, .. } => {
                let vector: Vec<f64> = vector.iter().map(|&entry| f64::from(entry)).collect();
                (dot(&vector, across), dot(&vector, up))
            }
        }
    }

    /// The vector of parameters at a place: `base` moved within the plane until it is seen there, so that what is not shown stays as in `base`.
    #[must_use]
    pub fn lift(&self, (u, v): (f64, f64), base: &[f32]) -> Vec<f32> {
        match &self.kind {
            Kind::Loss { .. } => vec![u as f32],
            Kind::Plane { across, up, .. } => {
                let (from_u, from_v) = self.of(base);
                let moved =
                    |((&p, a), b): ((&f32, &f64), &f64)| (f64::from(p) + (u - from_u) * a + (v - from_v) * b) as f32;
                base.iter().zip(across).zip(up).map(moved).collect()
            }
        }
    }

    /// A quadratic loss of M parameters, by its Hessian (M × M, row-major) and minimiser (length M), cut by the plane. None where it cannot be
    /// shown: another number of parameters, no finite numbers, or a single parameter.
    #[must_use]
    pub fn quadratic(&self, hessian: &[f64], minimiser: &[f64]) -> Option<PlaneQuadratic> {
        let Kind::Plane { origin, across, up } = &self.kind else { return None };
        if hessian.len() != origin.len().pow(2) || minimiser.len() != origin.len() {
            return None;
        }
        let (h_across, h_up) = (times(hessian, across), times(hessian, up));
        let between = dot(&h_across, up);
        let matrix = DMatrix::from_row_slice(2, 2, &[dot(&h_across, across), between, between, dot(&h_up, up)]);
        let offset: Vec<f64> = origin.iter().zip(minimiser).map(|(o, m)| o - m).collect();
        let slope = DVector::from_column_slice(&[dot(&h_across, &offset), dot(&h_up, &offset)]);
        if !matrix.iter().chain(&slope).all(|entry| entry.is_finite()) {
            return None;
        }
        let eigen = SymmetricEigen::new(matrix.clone());
        let cutoff = eigen.eigenvalues.max() * RANK_TOLERANCE;
        let along = eigen.eigenvectors.tr_mul(&slope);
        let z = eigen.eigenvectors * along.zip_map(&eigen.eigenvalues, |s, l| if l > cutoff { -s / l } else { 0.0 });
        let error: Vec<f64> =
            offset.iter().zip(across.iter().zip(up)).map(|(o, (a, b))| o + z[0] * a + z[1] * b).collect();
        let least = 0.5 * dot(&times(hessian, &error), &error);
        Some(PlaneQuadratic {
            hessian: [matrix[(0, 0)], between, between, matrix[(1, 1)]],
            minimiser: (z[0], z[1]),
            least: least.max(0.0),
        })
    }
}

//! Linear algebra of small matrices. Computed in f64 and rounded at the end, so results are those of LAPACK up to its own rounding errors.

use crate::base::error::{Error, Result};

use super::super::array::Array;
use super::super::core::{DType, ShapedArray};
use super::super::extension::{Extension, Operation};
use super::{float, orthogonal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A x = b, b a matrix.
    Solve,
    /// The lower triangle.
    Cholesky,
    /// The eigenvalues of a symmetric matrix, ascending, in a row above the eigenvectors, which are columns.
    Eigh,
    /// Q above R, of a matrix with at least as many rows as columns.
    Qr,
}

impl Operation for What {
    fn name(&self) -> &'static str {
        match self {
            Self::Solve => "solve",
            Self::Cholesky => "cholesky",
            Self::Eigh => "eigh",
            Self::Qr => "qr",
        }
    }

    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray> {
        if *self == Self::Qr {
            return match inputs[0].shape[..] {
                [m, n] if m >= n && inputs[0].dtype == DType::F32 => Ok(ShapedArray::new(&[m + n, n], DType::F32)),
                _ => Err(Error::shape("qr", "the matrix has fewer rows than columns", "Transpose it.")),
            };
        }
        let square = |x: &ShapedArray| x.ndim() == 2 && x.shape[0] == x.shape[1] && x.dtype == DType::F32;
        let fits = square(&inputs[0])
            && (*self != Self::Solve
                || (inputs[1].ndim() == 2
                    && inputs[1].shape[0] == inputs[0].shape[0]
                    && inputs[1].dtype == DType::F32));
        if !fits {
            return Err(Error::shape(
                self.name(),
                "the matrix is not square or its partner does not fit",
                "Check shapes.",
            ));
        }
        Ok(match self {
            Self::Solve => inputs[1].clone(),
            Self::Cholesky => inputs[0].clone(),
            Self::Eigh | Self::Qr => ShapedArray::new(&[inputs[0].shape[0] + 1, inputs[0].shape[0]], DType::F32),
        })
    }

    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let n = avals[0].shape[0];
        let a: Vec<f64> = inputs[0].iter().map(|&word| f64::from(float(word))).collect();
        let result = match self {
            Self::Solve => {
                let b: Vec<f64> = inputs[1].iter().map(|&word| f64::from(float(word))).collect();
                gauss(a, b, n, avals[1].shape[1])
            }
            Self::Cholesky => lower(&a, n),
            Self::Eigh => orthogonal::eigh(a, n),
            Self::Qr => {
                let (q, r) = orthogonal::qr(a, n, avals[0].shape[1]);
                [q, r].concat()
            }
        };
        for (out, x) in out.iter_mut().zip(result) {
            *out = (x as f32).to_bits();
        }
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        match self {
            Self::Solve => {
                // A dx = db − dA x
                let right = match (&dx[0], &dx[1]) {
                    (Some(da), Some(db)) => db - da.matmul(out),
                    (Some(da), None) => -da.matmul(out),
                    (None, Some(db)) => db.clone(),
                    (None, None) => return Ok(None),
                };
                Ok(Some(solve(&x[0], &right)))
            }
            Self::Cholesky => {
                let Some(da) = &dx[0] else { return Ok(None) };
                // L Φ(L⁻¹ dA L⁻ᵀ), Φ the lower triangle with half the diagonal
                let inner = solve(out, &solve(out, &((da + da.t()) * 0.5)).t()).t();
                let n = out.shape()[0];
                let half = |i: usize, j: usize| match i.cmp(&j) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
                let rows: Vec<Array> = (0..n)
                    .map(|i| {
                        let row: Vec<Array> = (0..n).map(|j| inner.at(i).at(j) * half(i, j)).collect();
                        super::super::numpy::stack(&row.iter().collect::<Vec<_>>())
                    })
                    .collect();
                Ok(Some(out.matmul(&super::super::numpy::stack(&rows.iter().collect::<Vec<_>>()))))
            }
            Self::Qr => {
                let Some(da) = &dx[0] else { return Ok(None) };
                let [rows, n] = out.shape()[..] else { return Ok(None) };
                let (q, r) = (out.slice(&[0, 0], &[rows - n, n]), out.slice(&[rows - n, 0], &[rows, n]));
                // dA R⁻¹ = dQ + Q dR R⁻¹, where Qᵀ dQ is antisymmetric and dR R⁻¹ an upper triangle
                let moved = solve(&r.t(), &da.t()).t();
                let inner = q.t().matmul(&moved);
                let beneath: Vec<f32> = (0..n * n).map(|at| f32::from(u8::from(at / n > at % n))).collect();
                let beneath = super::super::numpy::stack(
                    &beneath.chunks(n).map(row_of).collect::<Vec<_>>().iter().collect::<Vec<_>>(),
                );
                let lower = &inner * &beneath;
                let turned = &lower - &lower.t();
                let dq = q.matmul(&(&turned - &inner)) + moved;
                let dr = (inner - turned).matmul(&r);
                Ok(Some(super::super::numpy::concatenate(&[&dq, &dr], 0)))
            }
            Self::Eigh => Err(Error::shape("grad", "`eigh` has no derivative here", "Use another function.")),
        }
    }

    fn transpose(&self, _avals: &[ShapedArray], x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        match (self, x) {
            (Self::Solve, [Some(a), None]) => Ok(vec![None, Some(solve(&a.t(), ct))]),
            _ => Err(Error::shape("vjp", format!("`{}` is not linear", self.name()), "Use another function.")),
        }
    }
}

/// Gauss' elimination with the largest pivot of each column; a singular matrix gives infinities and NaN.
fn gauss(mut a: Vec<f64>, mut b: Vec<f64>, n: usize, m: usize) -> Vec<f64> {
    for k in 0..n {
        let pivot = (k..n).fold(k, |best, i| if a[i * n + k].abs() > a[best * n + k].abs() { i } else { best });
        for j in 0..n {
            a.swap(k * n + j, pivot * n + j);
        }
        for j in 0..m {
            b.swap(k * m + j, pivot * m + j);
        }
        for i in k + 1..n {
            let factor = a[i * n + k] / a[k * n + k];
            for j in k..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
            for j in 0..m {
                b[i * m + j] -= factor * b[k * m + j];
            }
        }
    }
    for k in (0..n).rev() {
        for j in 0..m {
            let sum: f64 = (k + 1..n).map(|i| a[k * n + i] * b[i * m + j]).sum();
            b[k * m + j] = (b[k * m + j] - sum) / a[k * n + k];
        }
    }
    b
}

/// The lower triangle L with L Lᵀ the symmetric part; NaN where it is not positive definite.
fn lower(a: &[f64], n: usize) -> Vec<f64> {
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| l[i * n + k] * l[j * n + k]).sum();
            let rest = f64::midpoint(a[i * n + j], a[j * n + i]) - sum;
            l[i * n + j] = if i == j { rest.sqrt() } else { rest / l[j * n + j] };
        }
    }
    if l.iter().any(|x| x.is_nan()) {
        return (0..n * n).map(|at| if at % n > at / n { 0.0 } else { f64::NAN }).collect();
    }
    l
}

/// x with `a` x = `b`, both matrices of f32.
#[must_use]
pub fn solve(a: &Array, b: &Array) -> Array {
    Extension::apply(What::Solve, &[a, b])
}

/// The lower triangle L with L Lᵀ = `a`; NaN if there is none.
#[must_use]
pub fn cholesky(a: &Array) -> Array {
    Extension::apply(What::Cholesky, &[a])
}

/// Numbers as a vector that a rule may use, which has no arrays from outside.
fn row_of(row: &[f32]) -> Array {
    let numbers: Vec<Array> = row.iter().map(|&x| Array::scalar(x).broadcast_to(&[1])).collect();
    super::super::numpy::concatenate(&numbers.iter().collect::<Vec<_>>(), 0)
}

/// Q and R of a matrix with at least as many rows as columns.
#[must_use]
pub fn qr(a: &Array) -> (Array, Array) {
    let both = Extension::apply(What::Qr, &[a]);
    let [m, n] = a.shape()[..] else { return (both.clone(), both) };
    (both.slice(&[0, 0], &[m, n]), both.slice(&[m, 0], &[m + n, n]))
}

/// The eigenvalues of a symmetric matrix in ascending order, and its eigenvectors as columns.
#[must_use]
pub fn eigh(a: &Array) -> (Array, Array) {
    let both = Extension::apply(What::Eigh, &[a]);
    let n = a.shape().first().copied().unwrap_or(0);
    (eigvalsh(a), both.slice(&[1, 0], &[n + 1, n]))
}

/// The eigenvalues of a symmetric matrix in ascending order.
#[must_use]
pub fn eigvalsh(a: &Array) -> Array {
    Extension::apply(What::Eigh, &[a]).at(0)
}

//! Reflections and rotations as LAPACK orders them, so that the signs of eigenvectors and of the factors of QR are its: `ssytd2` and `ssteqr` for symmetric
//! matrices (which `ssyevd` uses up to 25 rows), `sgeqr2` for others. In f64; matrices are in row-major order.

/// A reflection that takes a vector to a multiple of the first unit vector (`slarfg`): that multiple, the factor τ, and the vector of the reflection, whose
/// first entry is 1.
fn reflection(x: &[f64]) -> (f64, f64, Vec<f64>) {
    let rest: f64 = x[1..].iter().map(|x| x * x).sum();
    let mut v = x.to_vec();
    v[0] = 1.0;
    if rest == 0.0 {
        return (x[0], 0.0, v);
    }
    let beta = -(x[0] * x[0] + rest).sqrt().copysign(x[0]);
    for entry in &mut v[1..] {
        *entry /= x[0] - beta;
    }
    (beta, (beta - x[0]) / beta, v)
}

/// Applies I − τ v vᵀ from the left to the rows from `row` on of a matrix with so many columns.
fn reflect(a: &mut [f64], columns: usize, row: usize, tau: f64, v: &[f64]) {
    for j in 0..columns {
        let sum: f64 = v.iter().enumerate().map(|(i, v)| v * a[(row + i) * columns + j]).sum();
        for (i, v) in v.iter().enumerate() {
            a[(row + i) * columns + j] -= tau * v * sum;
        }
    }
}

/// Q, m × min(m, n), and R, min(m, n) × n, of an m × n matrix.
pub fn qr(mut a: Vec<f64>, m: usize, n: usize) -> (Vec<f64>, Vec<f64>) {
    let k = m.min(n);
    let mut reflections = Vec::with_capacity(k);
    for i in 0..k {
        let column: Vec<f64> = (i..m).map(|row| a[row * n + i]).collect();
        let (_, tau, v) = reflection(&column);
        reflect(&mut a, n, i, tau, &v);
        reflections.push((tau, v));
    }
    let mut q: Vec<f64> = (0..m * k).map(|at| f64::from(u8::from(at / k == at % k))).collect();
    for (i, (tau, v)) in reflections.iter().enumerate().rev() {
        reflect(&mut q, k, i, *tau, v);
    }
    let r = (0..k * n).map(|at| if at % n < at / n { 0.0 } else { a[at] }).collect();
    (q, r)
}

/// The tridiagonal matrix that reflections make of a symmetric one, of which the lower triangle is read: its diagonal, what is beneath it, and the product of
/// the reflections.
fn tridiagonal(mut a: Vec<f64>, n: usize) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    for i in 0..n {
        for j in i + 1..n {
            a[i * n + j] = a[j * n + i];
        }
    }
    let mut reflections = Vec::with_capacity(n);
    let mut beneath = Vec::with_capacity(n);
    for i in 0..n.saturating_sub(1) {
        let column: Vec<f64> = (i + 1..n).map(|row| a[row * n + i]).collect();
        let (beta, tau, v) = reflection(&column);
        beneath.push(beta);
        let rows = n - i - 1;
        let inner = |a: &[f64], row: usize, col: usize| a[(i + 1 + row) * n + i + 1 + col];
        let mut w: Vec<f64> =
            (0..rows).map(|row| tau * (0..rows).map(|col| inner(&a, row, col) * v[col]).sum::<f64>()).collect();
        let alpha = -0.5 * tau * w.iter().zip(&v).map(|(w, v)| w * v).sum::<f64>();
        for (w, v) in w.iter_mut().zip(&v) {
            *w += alpha * v;
        }
        for row in 0..rows {
            for col in 0..rows {
                a[(i + 1 + row) * n + i + 1 + col] -= v[row] * w[col] + w[row] * v[col];
            }
        }
        reflections.push((tau, v));
    }
    let mut q: Vec<f64> = (0..n * n).map(|at| f64::from(u8::from(at % (n + 1) == 0))).collect();
    for (i, (tau, v)) in reflections.iter().enumerate().rev() {
        reflect(&mut q, n, i + 1, *tau, v);
    }
    ((0..n).map(|i| a[i * n + i]).collect(), beneath, q)
}

/// The rotation that takes (f, g) to (r, 0): c, s and r (`slartg`).
fn rotation(f: f64, g: f64) -> (f64, f64, f64) {
    if g == 0.0 {
        (1.0, 0.0, f)
    } else if f == 0.0 {
        (0.0, 1f64.copysign(g), g.abs())
    } else {
        let r = f.hypot(g).copysign(f);
        (f.abs() / f.hypot(g), g / r, r)
    }
}

/// Eigenvalues of a symmetric 2 × 2 matrix, the larger in size first, and the eigenvector of that (`slaev2`).
fn two_by_two(a: f64, b: f64, c: f64) -> [f64; 4] {
    let (sum, difference, twice) = (a + c, a - c, 2.0 * b);
    let root = difference.hypot(twice);
    let (large, small) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let (first, second, up) = if sum == 0.0 {
        (0.5 * root, -0.5 * root, true)
    } else {
        let first = 0.5 * (sum + root.copysign(sum));
        (first, large / first * small - b / first * b, sum > 0.0)
    };
    let (cs, ahead) = if difference >= 0.0 { (difference + root, true) } else { (difference - root, false) };
    let (c, s) = if cs.abs() > twice.abs() {
        let t = -twice / cs;
        let s = 1.0 / (1.0 + t * t).sqrt();
        (t * s, s)
    } else if twice == 0.0 {
        (1.0, 0.0)
    } else {
        let t = -cs / twice;
        let c = 1.0 / (1.0 + t * t).sqrt();
        (c, t * c)
    };
    if up == ahead { [first, second, -s, c] } else { [first, second, c, s] }
}

/// Rotates the columns j and j + 1.
fn rotate(z: &mut [f64], n: usize, j: usize, c: f64, s: f64) {
    for row in z.chunks_exact_mut(n) {
        let (left, right) = (row[j], row[j + 1]);
        (row[j], row[j + 1]) = (s * right + c * left, c * right - s * left);
    }
}

/// One shift of QL on the rows from `l` to `m`, or of QR on those from `m` to `l` (`ssteqr`).
fn shift(d: &mut [f64], e: &mut [f64], z: &mut [f64], l: usize, m: usize) {
    let n = d.len();
    let down = l < m;
    let (near, edge) = if down { (l + 1, l) } else { (l - 1, l - 1) };
    let mut p = d[l];
    let mut g = (d[near] - p) / (2.0 * e[edge]);
    g = d[m] - p + e[edge] / (g + g.hypot(1.0).copysign(g));
    let (mut s, mut c) = (1.0, 1.0);
    p = 0.0;
    let mut rotations = Vec::new();
    let steps: Vec<usize> = if down { (l..m).rev().collect() } else { (m..l).collect() };
    for (number, &i) in steps.iter().enumerate() {
        let (f, b) = (s * e[i], c * e[i]);
        let r;
        (c, s, r) = rotation(g, f);
        let (here, next) = if down { (i + 1, i) } else { (i, i + 1) };
        if number > 0 {
            e[if down { i + 1 } else { i - 1 }] = r;
        }
        g = d[here] - p;
        let r = (d[next] - g) * s + 2.0 * c * b;
        p = s * r;
        d[here] = g + p;
        g = c * r - b;
        rotations.push((i, c, if down { -s } else { s }));
    }
    for (j, c, s) in rotations {
        rotate(z, n, j, c, s);
    }
    d[l] -= p;
    e[edge] = g;
}

/// Eigenvalues and eigenvectors, by implicit QL or QR, of a tridiagonal matrix; `z` is multiplied by the eigenvectors. What is beneath the diagonal counts as
/// zero when it is that much smaller than what is on it.
fn diagonalize(d: &mut [f64], e: &mut [f64], z: &mut [f64], unit: f64) {
    let n = d.len();
    let tiny =
        |d: &[f64], e: &[f64], i: usize| e[i] * e[i] <= (d[i].abs() * unit * unit) * d[i + 1].abs() + f64::MIN_POSITIVE;
    let mut first = 0;
    let mut left = 60 * n;
    while first < n {
        let last = (first..n - 1).find(|&i| tiny(d, e, i)).unwrap_or(n - 1);
        let block = first;
        first = last + 1;
        if last > block && last < n - 1 {
            e[last] = 0.0;
        }
        let (mut l, mut end) = (block, last);
        if d[end].abs() < d[l].abs() {
            std::mem::swap(&mut l, &mut end);
        }
        let down = end > l;
        loop {
            let m = if down {
                (l..end).find(|&i| tiny(d, e, i)).unwrap_or(end)
            } else {
                (end + 1..=l).rev().find(|&i| tiny(d, e, i - 1)).unwrap_or(end)
            };
            if down && m < end {
                e[m] = 0.0;
            } else if !down && m > end {
                e[m - 1] = 0.0;
            }
            let step = l.abs_diff(m).min(2);
            match step {
                0 => {}
                1 => {
                    let low = l.min(m);
                    let [one, two, c, s] = two_by_two(d[low], e[low], d[low + 1]);
                    rotate(z, n, low, c, s);
                    (d[low], d[low + 1], e[low]) = (one, two, 0.0);
                }
                _ => {
                    left = left.saturating_sub(1);
                    if left == 0 {
                        d.fill(f64::NAN);
                        return;
                    }
                    shift(d, e, z, l, m);
                    continue;
                }
            }
            let advance = step + 1;
            if down {
                l += advance;
                if l > end {
                    break;
                }
            } else {
                if l < end + advance {
                    break;
                }
                l -= advance;
            }
        }
    }
}

/// The eigenvalues of a symmetric matrix, ascending, and behind them the eigenvectors as columns.
pub fn eigh(a: Vec<f64>, n: usize) -> Vec<f64> {
    if a.iter().any(|x| !x.is_finite()) {
        return vec![f64::NAN; n * (n + 1)];
    }
    if n == 0 {
        return Vec::new();
    }
    let (d, e, q) = tridiagonal(a, n);
    let run = |unit: f64| {
        let (mut d, mut e) = (d.clone(), e.clone());
        let mut z: Vec<f64> = (0..n * n).map(|at| f64::from(u8::from(at % (n + 1) == 0))).collect();
        diagonalize(&mut d, &mut e, &mut z, unit);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&i, &j| d[i].total_cmp(&d[j]));
        (d, z, order)
    };
    let (d, mut z, order) = run(1e-15);
    // the signs are those of a run that ends when LAPACK's does, in single precision
    let (_, rough, rough_order) = run(f64::from(f32::EPSILON) / 2.0);
    for (&i, &j) in order.iter().zip(&rough_order) {
        let along: f64 = (0..n).map(|row| z[row * n + i] * rough[row * n + j]).sum();
        if along < 0.0 {
            (0..n).for_each(|row| z[row * n + i] = -z[row * n + i]);
        }
    }
    let mut result: Vec<f64> = order.iter().map(|&i| d[i]).collect();
    for row in 0..n {
        result.extend(order.iter().map(|&i| (0..n).map(|k| q[row * n + k] * z[k * n + i]).sum::<f64>()));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvectors_have_the_signs_of_lapack() {
        // what jax.numpy.linalg.eigh gives of it
        let found = eigh(vec![2.0, 1.0, 0.0, 1.0, 3.0, 1.0, 0.0, 1.0, 4.0], 3);
        let wanted = [
            1.267_949_2,
            3.0,
            4.732_051,
            0.788_675_1,
            -0.577_350_3,
            0.211_324_9,
            -0.577_350_3,
            -0.577_350_3,
            0.577_350_3,
            0.211_324_9,
            0.577_350_3,
            0.788_675_1,
        ];
        assert!(found.iter().zip(wanted).all(|(x, y): (&f64, f64)| (x - y).abs() < 1e-6), "{found:?}");
    }

    #[test]
    fn factors_multiply_to_the_matrix() {
        let a = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let (q, r) = qr(a.clone(), 3, 2);
        assert!(q[0] < 0.0 && r[0] < 0.0 && r[3] > 0.0 && r[2] == 0.0, "{q:?} {r:?}");
        for (at, x) in a.iter().enumerate() {
            let product: f64 = (0..2).map(|k| q[at / 2 * 2 + k] * r[k * 2 + at % 2]).sum();
            assert!((product - x).abs() < 1e-12);
        }
    }
}

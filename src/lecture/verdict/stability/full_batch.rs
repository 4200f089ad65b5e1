//! Gradient descent on the full batch, where the limits are closed forms.
//!
//! An optimizer's step on a quadratic loss is linear in the error e = θ − θₗₛ and, with momentum, in the memory m. Along an eigenvector of the Hessian
//! with eigenvalue λ both are numbers, and the roots of the step's 2 × 2 matrix say how fast they shrink (Polyak, *Some methods of speeding up the
//! convergence of iteration methods*, 1964; Lessard, Recht and Packard, *Analysis and design of optimization algorithms via integral quadratic
//! constraints*, 2016).

use crate::lecture::programs::step_program::MOMENTUM;
use crate::lecture::settings::config::Optimizer;

/// A step of an optimizer whose step is linear: with the gradient g = H·e, `m ← g + decay·m` and `e ← e − rate·(gradient·g + memory·m)`, where the second
/// m is the one before. It is Optax's `trace`, written out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Linear {
    /// What the gradient is multiplied by.
    pub gradient: f64,
    /// What the memory before the step is multiplied by.
    pub memory: f64,
    /// β.
    pub decay: f64,
}

impl Linear {
    /// That of an optimizer; none of Adam and L-BFGS, whose steps are not linear.
    pub fn of(optimizer: Optimizer) -> Option<Self> {
        match optimizer {
            Optimizer::Sgd => Some(Self { gradient: 1.0, memory: 0.0, decay: 0.0 }),
            Optimizer::Momentum => Some(Self { gradient: 1.0, memory: MOMENTUM, decay: MOMENTUM }),
            Optimizer::Nesterov => {
                Some(Self { gradient: 1.0 + MOMENTUM, memory: MOMENTUM * MOMENTUM, decay: MOMENTUM })
            }
            Optimizer::Adam | Optimizer::Lbfgs => None,
        }
    }
}

/// The rate below which the full batch's steps shrink every direction, by the largest eigenvalue of the Hessian: 2/λmax for SGD, 2(1+β)/λmax for heavy
/// ball, 2(1+β)/((1+2β)λmax) for Nesterov. None for Adam and L-BFGS, and where the loss has no curvature.
pub(super) fn limit(optimizer: Optimizer, largest: f64) -> Option<f64> {
    let scale = match optimizer {
        Optimizer::Sgd => 2.0,
        Optimizer::Momentum => 2.0 * (1.0 + MOMENTUM),
        Optimizer::Nesterov => 2.0 * (1.0 + MOMENTUM) / (1.0 + 2.0 * MOMENTUM),
        Optimizer::Adam | Optimizer::Lbfgs => return None,
    };
    (largest > 0.0).then(|| scale / largest)
}

/// The rate at which the slowest direction shrinks fastest on the full batch, by the smallest and the largest eigenvalue that are not zero: 2/(λmin+λmax)
/// for SGD, the least of a function with one minimum for Nesterov. None for heavy ball, whose factor is √β at all rates but the smallest, and for Adam.
pub(super) fn fastest(optimizer: Optimizer, smallest: f64, largest: f64) -> Option<f64> {
    match optimizer {
        Optimizer::Sgd if smallest > 0.0 => Some(2.0 / (smallest + largest)),
        Optimizer::Nesterov if smallest > 0.0 => {
            let slowest = |rate: f64| nesterov_factor(1.0 - rate * smallest).max(nesterov_factor(1.0 - rate * largest));
            let (mut low, mut high) = (0.0, limit(optimizer, largest)?);
            // each turn leaves two thirds: 10⁻⁷ of the limit in the end
            for _ in 0..40 {
                let third = (high - low) / 3.0;
                if slowest(low + third) < slowest(high - third) {
                    high -= third;
                } else {
                    low += third;
                }
            }
            Some(f64::midpoint(low, high))
        }
        _ => None,
    }
}

/// By how much Nesterov's step shrinks a direction in which gradient descent has the factor `plain`: the larger root of
/// z² − (1+β)·plain·z + β·plain, in absolute value.
fn nesterov_factor(plain: f64) -> f64 {
    let (sum, product) = ((1.0 + MOMENTUM) * plain, MOMENTUM * plain);
    let discriminant = sum * sum - 4.0 * product;
    if discriminant < 0.0 { product.sqrt() } else { f64::midpoint(sum.abs(), discriminant.sqrt()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fastest_rate_of_gradient_descent_shrinks_the_flattest_and_the_steepest_direction_alike() {
        let factor = |rate: f64, curvature: f64| (1.0 - rate * curvature).abs();
        let rate = fastest(Optimizer::Sgd, 1.805, 2.056).unwrap();
        assert!((factor(rate, 2.056) - factor(rate, 1.805)).abs() < 1e-12);
        assert!((factor(limit(Optimizer::Sgd, 2.056).unwrap(), 2.056) - 1.0).abs() < 1e-12);
        assert_eq!(fastest(Optimizer::Sgd, 0.0, 2.0), None);
        assert_eq!(limit(Optimizer::Sgd, 0.0), None);
    }

    #[test]
    fn at_nesterovs_limit_the_steepest_direction_stops_shrinking() {
        let rate = limit(Optimizer::Nesterov, 2.0).unwrap();
        assert!((nesterov_factor(1.0 - rate * 2.0) - 1.0).abs() < 1e-12);
        assert!(nesterov_factor(1.0 - 0.99 * rate * 2.0) < 1.0);
    }
}

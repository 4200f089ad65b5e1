//! The quadratic that the page draws is the loss that the engine differentiates.

use thetahat::jax::hessian;
use thetahat::jax::random::{prng_key, split_n};
use thetahat::lecture::data::geometry::Quadratic;
use thetahat::lecture::data::loader::simulate;
use thetahat::lecture::programs::raw::vectorized_residuals;

/// The engine differentiates the lecture's loss twice, and gives the Hessian whose largest eigenvalue the page marks as 2/λmax.
#[test]
fn the_engines_hessian_is_the_quadratics() {
    for features in [1, 2, 5] {
        let data = simulate(split_n(prng_key(42)), 200, features, 0.1);
        let quadratic = Quadratic::new(data.x.as_f32().unwrap(), data.y.as_f32().unwrap(), features);
        let traced = hessian(vectorized_residuals)(&data.theta, &data.x, &data.y);
        assert_eq!(traced.shape(), [features, features]);
        for (ours, exact) in traced.as_f32().unwrap().iter().zip(&quadratic.hessian) {
            assert!((f64::from(*ours) - exact).abs() < 1e-5, "{ours} is not {exact}");
        }
    }
}

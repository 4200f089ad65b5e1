//! The programs of the lecture, as `golden/jaxprs.py` writes them.

use thetahat::jax::{Array, grad, value_and_grad, vmap};
use thetahat::optax;

use crate::jaxprs::cases::array;
use crate::jaxprs::compare::Comparison;

fn predict(theta: &Array, x: &Array) -> Array {
    x.matmul(theta)
}

fn vectorized_residuals(theta: &Array, x: &Array, y: &Array) -> Array {
    (predict(theta, x) - y).powi(2).mean()
}

fn residual(theta: &Array, x: &Array, y: &Array) -> Array {
    (predict(theta, x) - y).powi(2)
}

fn residuals(theta: &Array, x: &Array, y: &Array) -> Array {
    vmap(residual, (None, 0, 0))(theta, x, y).mean()
}

fn sgd_step(params: &Array, x: &Array, y: &Array) -> (Array, Array) {
    let optimizer = optax::sgd(0.001);
    let (loss, grads) = value_and_grad(residuals)(params, x, y);
    let (updates, _) = optimizer.update(&grads, &optimizer.init(params), params);
    (optax::apply_updates(params, &updates), loss)
}

pub fn all(c: &mut Comparison) {
    let example = [array("f2"), array("f2"), array("f")];
    let batch = [Array::new(&[0.0; 2], &[2]), Array::new(&[0.0; 32], &[16, 2]), Array::new(&[0.0; 16], &[16])];
    let pair = |(loss, gradient)| vec![loss, gradient];
    c.show("predict", |x| vec![predict(&x[0], &x[1])], &batch[..2]);
    c.show("residual", |x| vec![residual(&x[0], &x[1], &x[2])], &example);
    c.show("vmap(residual)", |x| vec![vmap(residual, (None, 0, 0))(&x[0], &x[1], &x[2])], &batch);
    c.show("vectorized_residuals", |x| vec![vectorized_residuals(&x[0], &x[1], &x[2])], &batch);
    c.show("residuals", |x| vec![residuals(&x[0], &x[1], &x[2])], &batch);
    c.show("grad(residual)", |x| vec![grad(residual)(&x[0], &x[1], &x[2])], &example);
    let vectorized = move |x: &[Array]| pair(value_and_grad(vectorized_residuals)(&x[0], &x[1], &x[2]));
    c.show("value_and_grad(vectorized_residuals)", vectorized, &batch);
    let mapped = move |x: &[Array]| pair(value_and_grad(residuals)(&x[0], &x[1], &x[2]));
    c.show("value_and_grad(residuals)", mapped, &batch);
    c.show("sgd step", move |x| pair(sgd_step(&x[0], &x[1], &x[2])), &batch);
}

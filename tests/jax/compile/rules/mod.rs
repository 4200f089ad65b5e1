//! Every rule of the compiler alone, on the smallest program that it rewrites: before and after.

mod algebra;
mod dots;
mod exact;
mod loops;

use expect_test::Expect;
use thetahat::jax::compile::lower::RULES;
use thetahat::jax::core::ShapedArray;
use thetahat::jax::trace::trace;
use thetahat::jax::{Array, DType};

/// Compares what a rule makes of the program that `f` writes for float arguments of these shapes.
fn check<const N: usize>(rule: &str, shapes: [&[usize]; N], f: impl FnOnce([Array; N]) -> Array, expected: &Expect) {
    let rule = RULES.iter().copied().flatten().find(|known| known.name == rule).unwrap();
    let avals = shapes.map(|shape| ShapedArray::new(shape, DType::F32));
    let program = trace(&avals, |args| vec![f(args.try_into().unwrap())]).unwrap();
    let after = rule.applied_to(&program.jaxpr).unwrap();
    after.typecheck().unwrap();
    expected.assert_eq(&format!("{}\n{after}\n", program.jaxpr));
}

#[test]
fn every_rule_has_a_test() {
    let tests = [include_str!("algebra.rs"), include_str!("dots.rs"), include_str!("exact.rs")].concat();
    for rule in RULES.iter().copied().flatten() {
        assert!(tests.contains(&format!("fn {}()", rule.name)), "{} has no test", rule.name);
    }
}

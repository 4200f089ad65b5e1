//! The programs that optimizers write, and what makes them be written again.

use thetahat::jax::tree::tree_leaves;
use thetahat::jax::{Array, jit, make_jaxpr};
use thetahat::optax::*;

fn vector() -> Array {
    Array::new(&[1.0, 2.0], &[2])
}

/// The program of one update.
fn program(optimizer: GradientTransformation) -> String {
    let state = optimizer.init(&vector());
    let update = move |grads: &Array, state: &OptState, params: &Array| optimizer.update(grads, state, params);
    make_jaxpr(update)(&vector(), &state, &vector()).unwrap().to_string()
}

#[test]
fn a_known_rate_is_a_constant_of_the_program() {
    let expected = "{ lambda ; a:f32[2] b:f32[2]. let\n    c:f32[2] = mul -0.0010000000474974513:f32[] a\n  in (c,) }";
    assert_eq!(program(sgd(0.001)), expected);
    assert_eq!(program(sgd(Array::scalar(0.001))), expected);
}

#[test]
fn programs_are_those_of_optax() {
    let nesterov = SgdOptions { momentum: Some(0.9), nesterov: true };
    let expected = "\
{ lambda ; a:f32[2] b:f32[2] c:f32[2]. let
    d:f32[2] = mul 0.8999999761581421:f32[] b
    e:f32[2] = add a d
    f:f32[2] = mul 0.8999999761581421:f32[] e
    g:f32[2] = add a f
    h:f32[2] = mul -0.10000000149011612:f32[] g
  in (h, e) }";
    assert_eq!(program(sgd_with(0.1, &nesterov)), expected);
    let expected = "\
{ lambda ; a:f32[2] b:f32[2] c:f32[2]. let
    d:f32[2] = integer_pow[y=2] a
    e:f32[2] = mul 0.10000000149011612:f32[] d
    f:f32[2] = mul 0.8999999761581421:f32[] b
    g:f32[2] = add e f
    h:f32[2] = sqrt g
    i:f32[2] = add h 9.99999993922529e-09:f32[]
    j:f32[2] = div 1.0:f32[] i
    k:f32[2] = mul j a
  in (k, g) }";
    assert_eq!(program(scale_by_rms(&RmspropOptions { eps_in_sqrt: false, ..Default::default() })), expected);
}

#[test]
fn a_new_rate_neither_traces_nor_compiles_again() {
    fn step(optimizer: &GradientTransformation, params: &Array, state: &OptState, grads: &Array) -> (Array, OptState) {
        let (updates, state) = optimizer.update(grads, state, params);
        (apply_updates(params, &updates), state)
    }
    let kinds: [fn(Scalar) -> GradientTransformation; 5] = [
        |rate| sgd(rate),
        |rate| sgd_with(rate, &SgdOptions { momentum: Some(0.9), nesterov: true }),
        |rate| adam(rate),
        |rate| sgd(exponential_decay(rate, 10, 0.5)),
        |rate| adam(cosine_decay_schedule(rate, 10)),
    ];
    for (i, kind) in kinds.into_iter().enumerate() {
        let jitted = jit(move |params: &Array, state: &OptState, grads: &Array, rate: &Array| {
            step(&kind(rate.into()), params, state, grads)
        });
        for rate in [0.1, 0.25, 3.0] {
            let constant = kind(rate.into());
            let (mut params, mut state) = (vector(), constant.init(&vector()));
            let mut expected = (params.clone(), state.clone());
            let traced = Array::scalar(rate as f32);
            for grads in [Array::new(&[0.5, -0.1], &[2]), Array::new(&[-0.3, 0.7], &[2])] {
                (params, state) = jitted(&params, &state, &grads, &traced);
                expected = step(&constant, &expected.0, &expected.1, &grads);
            }
            let close = |x: &Array, y: &Array| {
                let (x, y) = (x.to_vec().unwrap(), y.to_vec().unwrap());
                x.iter().zip(&y).all(|(x, y)| (x - y).abs() <= 1e-5 * y.abs())
            };
            assert!(close(&params, &expected.0), "{i}: {params:?} {:?}", expected.0);
            assert_eq!(tree_leaves(&state).len(), tree_leaves(&expected.1).len());
        }
        assert_eq!(jitted.cache_size(), 1, "optimizer number {i}");
    }
}

#[test]
fn a_count_stops_at_the_largest_number() {
    let next = |count: i32| safe_increment(&Array::from_i32(&[count], &[])).as_i32().unwrap().to_vec();
    assert_eq!((next(0), next(i32::MAX - 1), next(i32::MAX)), (vec![1], vec![i32::MAX], vec![i32::MAX]));
}

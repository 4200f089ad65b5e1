//! Trees and states that do not fit give errors in every leaf, and bad settings give errors in every value; nothing panics.

use thetahat::base::error::{Error, ErrorKind};
use thetahat::jax::Array;
use thetahat::jax::tree::{PyTree, tree_leaves};
use thetahat::optax::*;

/// The error that every leaf carries.
fn error<T: PyTree>(tree: &T) -> Error {
    let leaves = tree_leaves(tree);
    let error = leaves.first().and_then(Array::error).expect("the first leaf carries an error");
    assert!(leaves.iter().all(|leaf| leaf.error() == Some(error)));
    error.clone()
}

fn vector() -> Array {
    Array::new(&[1.0, 2.0], &[2])
}

#[test]
fn gradients_of_another_structure_are_an_error() {
    let params = vec![vector(), vector()];
    let grads = vec![vector()];
    let optimizer = adam(0.1);
    let (updates, state) = optimizer.update(&grads, &optimizer.init(&params), &params);
    assert_eq!(
        error(&updates).to_string(),
        "GradientTransformation.update: the trees differ: PyTreeDef([*]) and PyTreeDef([*, *]); at leaf number 1 the first has no leaf, \
         the second leaf \"[1]\". Give trees of one structure."
    );
    assert_eq!(error(&state), error(&updates));
    assert!(error(&apply_updates(&params, &grads)).kind() == ErrorKind::Tree);
}

#[test]
fn gradients_of_another_shape_are_an_error() {
    let optimizer = sgd_with(0.1, &SgdOptions { momentum: Some(0.9), nesterov: false });
    let params = vector();
    let (updates, state) = optimizer.update(&Array::new(&[1.0; 3], &[3]), &optimizer.init(&params), &params);
    assert!(error(&updates).kind() == ErrorKind::Shape);
    assert!(error(&state).kind() == ErrorKind::Shape);
}

#[test]
fn a_state_of_another_transformation_is_an_error() {
    let params = vector();
    let momentum = sgd_with(0.1, &SgdOptions { momentum: Some(0.9), nesterov: false });
    let adam_state = adam(0.1).init(&params);
    let (updates, state) = momentum.update(&params, &adam_state, &params);
    assert_eq!(
        error(&updates).to_string(),
        "trace.update: the state should be TraceState, but is ScaleByAdamState. Give the state that `init` or the last `update` of the \
         same transformation gave."
    );
    assert!(error(&state).kind() == ErrorKind::Tree);
    let three = adamw(0.1).init(&params);
    let (updates, _) = momentum.update(&params, &three, &params);
    assert_eq!(
        error(&updates).to_string(),
        "chain.update: the state should be a tuple of 2 states, but is (ScaleByAdamState, EmptyState, EmptyState). Give the state that \
         `init` or the last `update` of the same transformation gave."
    );
    for other in [trace(0.9, false), scale(1.0), scale_by_schedule(constant_schedule(1.0)), chain(vec![])] {
        assert!(error(&other.update(&params, &adam_state, &params).0).kind() == ErrorKind::Tree);
    }
    let adams = [scale_by_adam(&AdamOptions::default()), scale_by_rss(&AdagradOptions::default())];
    for other in adams.into_iter().chain([scale_by_rms(&RmspropOptions::default())]) {
        let (updates, _) = other.update(&params, &trace(0.9, false).init(&params), &params);
        assert!(error(&updates).kind() == ErrorKind::Tree);
    }
}

#[test]
fn an_error_in_the_gradient_reaches_the_updates() {
    let params = vector();
    let broken = Array::new(&[1.0], &[2]);
    let optimizers = [sgd(0.1), adam(0.1), adamw(0.1), rmsprop(0.1), adagrad(0.1), clip_by_global_norm(1.0)];
    for optimizer in optimizers {
        let (updates, _) = optimizer.update(&broken, &optimizer.init(&params), &params);
        assert_eq!(updates.error(), broken.error());
    }
    let sentence = broken.error().expect("two elements are missing one").to_string();
    assert_eq!(adam(0.1).init(&broken).to_string().matches(&sentence).count(), 2);
}

#[test]
fn settings_without_a_meaning_are_errors() {
    let at_zero = |schedule: Schedule| schedule(&Array::from_i32(&[0], &[]));
    let cases = [
        (cosine_decay_schedule(0.1, 0), "decay_steps is 0, but `cosine_decay_schedule` needs at least 1 step"),
        (
            warmup_cosine_decay_schedule(0.0, 0.1, 5, 5, 0.0),
            "decay_steps is 0, but `cosine_decay_schedule` needs at least 1 step",
        ),
        (
            piecewise_constant_schedule(0.1, &[(5, -1.0)]),
            "boundaries_and_scales is -1, but a factor of `piecewise_constant_schedule` must be at least 0",
        ),
        (join_schedules(vec![], &[]), "the number of boundaries is 0 for 0 schedules, but it must be one less"),
    ];
    for (schedule, expected) in cases {
        let value = at_zero(schedule.clone());
        // a warm-up is right until it ends
        let value = if value.error().is_some() { value } else { schedule(&Array::from_i32(&[5], &[])) };
        assert_eq!(error(&value).to_string(), expected);
    }
    let held = [linear_schedule(0.5, 0.1, 0, 0), exponential_decay(0.5, -1, 0.9), exponential_decay(0.5, 10, 0.0)];
    for schedule in held {
        assert_eq!(at_zero(schedule).item().unwrap().to_bits(), 0.5_f32.to_bits());
    }
}

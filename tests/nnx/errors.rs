//! What does not fit gives an error in words, as a value, and leaves everything as it was.

use thetahat::base::error::{Error, ErrorKind};
use thetahat::jax::tree::{tree_check, tree_map};
use thetahat::jax::{Array, DType};
use thetahat::nnx::{self, BatchStat, Filter, Linear, MyLinear, Optimizer, Param, Rngs, State, VariableState};
use thetahat::optax;

use super::modules::{Kinds, ones};

fn model() -> MyLinear {
    MyLinear::new(2, 1, &mut Rngs::new(42))
}

fn state_of(entries: &[(&'static str, Array)]) -> State {
    let mut state = State::new();
    for (name, value) in entries {
        state.insert(&[(*name).into()], VariableState { kind: Some(Param::KIND), value: value.clone() });
    }
    state
}

#[track_caller]
fn says<T: std::fmt::Debug>(result: Result<T, Error>, expected: &str) {
    assert_eq!(result.expect_err("an error").to_string(), expected);
}

#[test]
fn merge_says_what_is_missing_and_what_is_too_much() {
    let (graphdef, _) = nnx::split(&Linear::new(2, 1, &mut Rngs::new(0)));
    let remedy = "Give the State that `split` gave with this GraphDef, or all parts of it.";
    let table = [
        (
            state_of(&[]),
            "merge: the State has no value for Param at ['bias'], Param at ['kernel']; the State has nothing. ",
        ),
        (
            state_of(&[("kernel", ones(&[2, 1]))]),
            "merge: the State has no value for Param at ['bias']; the State has Param at ['kernel']. ",
        ),
        (
            state_of(&[("kernel", ones(&[2, 1])), ("bias", ones(&[1])), ("scale", ones(&[1]))]),
            "merge: the module has no variable at ['scale']; the State has Param at ['bias'], Param at ['kernel'], Param at ['scale']. ",
        ),
        (
            state_of(&[("kernel", ones(&[2, 1])), ("scale", ones(&[1]))]),
            "merge: the State has no value for Param at ['bias'], and the module has no variable at ['scale']; the State has Param at ['kernel'], Param at ['scale']. ",
        ),
    ];
    for (state, expected) in table {
        says(graphdef.check(&state), &format!("{expected}{remedy}"));
        says(tree_check(&nnx::merge(&graphdef, &state)), &format!("{expected}{remedy}"));
    }
    let state = state_of(&[("kernel", ones(&[1, 2])), ("bias", ones(&[1]))]);
    let expected = "merge: the value at ['kernel'] is f32[1,2], but the variable is f32[2,1]. \
                    A value that takes a variable's place has its shape and element type.";
    says(graphdef.check(&state), expected);
    says(nnx::merge(&graphdef, &state).call(&ones(&[2])).item(), expected);
}

#[test]
fn a_graphdef_has_no_values() {
    let (graphdef, _) = nnx::split(&model());
    assert_eq!(graphdef.num_leaves(), 1);
    let missing = nnx::merge(&graphdef, &State::new()).kernel.value();
    assert!(missing.error().is_some());
}

#[test]
fn filters_must_take_all_and_the_rest_comes_last() {
    says(
        nnx::split_with(&Kinds::new(), &[Param, BatchStat]).map(|_| ()),
        "split: no filter lets through Cache at ['cache'], Variable at ['mask'], an array at ['scale'], Variable at ['seen']. \
         Put `Filter::Rest` last to get all that is left.",
    );
    says(
        nnx::split_with(&Kinds::new(), &[Filter::Rest, Param]).map(|_| ()),
        "split: `Filter::Rest` stands at place 0 of 2 filters, and takes all that is left. Put it last.",
    );
}

#[test]
fn update_changes_nothing_if_a_value_has_no_place() {
    let mut model = model();
    let before = nnx::state(&model).to_string();
    let state = state_of(&[("kernel", ones(&[1, 2])), ("bias", ones(&[1]))]);
    says(
        nnx::update(&mut model, &state),
        "update: the module has no variable at ['bias']; it has ['kernel']. Give a State of this module.",
    );
    assert_eq!(nnx::state(&model).to_string(), before);
}

#[test]
fn reading_a_path_that_is_not_there() {
    says(
        nnx::state(&model()).value("layers.0.kernel").cloned(),
        "State: there is no variable at ['layers'][0]['kernel']; there is Param at ['kernel']. Give the path of one of them.",
    );
}

#[test]
fn gradients_must_fit_the_parameters() {
    let gradient = |grads: &State| {
        let mut model = model();
        let mut optimizer = Optimizer::new(&model, optax::sgd(0.1), Param);
        optimizer.update(&mut model, grads);
        model.kernel.value().to_vec()
    };
    assert!(gradient(&state_of(&[("kernel", ones(&[1, 2]))])).is_ok());
    says(
        gradient(&state_of(&[("kernel", ones(&[2]))])),
        "Optimizer.update: the gradient at ['kernel'] is f32[2], but the parameter is f32[1,2]. Give the gradient of this module.",
    );
    let other = gradient(&state_of(&[("weight", ones(&[1, 2]))])).expect_err("an error").to_string();
    assert!(other.starts_with("Optimizer.update: the trees differ: "), "{other}");
    assert!(other.contains("['kernel'].value") && other.contains("['weight'].value"), "{other}");
}

#[test]
fn a_function_that_fails_leaves_the_modules_as_they_were() {
    let mut model = model();
    let mut optimizer = Optimizer::new(&model, optax::sgd(0.1), Param);
    let before = (nnx::state(&model).to_string(), nnx::state(&optimizer).to_string());
    let loss = |model: &MyLinear, x: &Array| model.call(x).sum();
    let step = nnx::jit(move |model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array| {
        let (loss, grads) = nnx::value_and_grad(loss)(model, x);
        optimizer.update(model, &grads);
        loss
    });
    let failed = step(&mut model, &mut optimizer, &ones(&[3]));
    assert!(failed.error().is_some_and(|error| error.to_string().contains("dot_general")), "{failed}");
    assert_eq!((nnx::state(&model).to_string(), nnx::state(&optimizer).to_string()), before);
    assert!(step(&mut model, &mut optimizer, &ones(&[2])).item().is_ok());
    assert_ne!(nnx::state(&model).to_string(), before.0);

    let nothing_to_say = nnx::jit(|model: &mut MyLinear, x: &Array| model.kernel.set_value(model.call(x)));
    nothing_to_say(&mut model, &ones(&[3]));
    assert!(model.kernel.value().error().is_some(), "an error is never lost");
}

#[test]
fn a_gradient_is_of_one_number_for_f32_parameters() {
    let many = nnx::grad(|model: &MyLinear, x: &Array| model.call(x) * ones(&[3]))(&model(), &ones(&[2]));
    assert!(tree_check(&many).is_err_and(|error| error.kind() == ErrorKind::NotScalar));
    let integer = MyLinear { out_size: 1, in_size: 1, kernel: Param::new(Array::zeros(&[1, 1], DType::I32)) };
    let grads = nnx::grad(|model: &MyLinear| model.kernel.value().sum())(&integer);
    assert!(tree_check(&grads).is_err_and(|error| error.kind() == ErrorKind::Dtype), "{grads}");
    assert_eq!(integer.kernel.value().to_words(), Ok(vec![0]));
}

#[test]
fn what_a_failed_loss_did_to_the_module_is_not_kept() {
    let kinds = Kinds::new();
    let grads = nnx::grad(|kinds: &Kinds| {
        kinds.mean.set_value(kinds.mean.value() + 1.0);
        kinds.w.value().matmul(&ones(&[3]))
    })(&kinds);
    assert!(tree_check(&grads).is_err());
    assert_eq!(kinds.mean.value().to_vec(), Ok(vec![0.0; 3]));
    assert_eq!(tree_check(&tree_map(Array::clone, &kinds)), Ok(()));
}

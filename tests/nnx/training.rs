//! Gradients, optimizers and jitted functions of modules: against those of arrays, and against runs recorded from Flax.

use std::cell::Cell;
use std::rc::Rc;

use serde::Deserialize;
use thetahat::jax::random::{Key, normal, prng_key, split_n};
use thetahat::jax::tree::{tree_leaves, tree_structure};
use thetahat::jax::{Array, jit, value_and_grad, vmap};
use thetahat::lecture::data::loader::data_loader;
use thetahat::nnx::{self, BatchStat, GraphDef, Linear, Mlp, MyLinear, Optimizer, Param, Rngs, State};
use thetahat::optax;

use super::modules::{Shared, ones};

fn bits(tree: &impl thetahat::jax::tree::PyTree) -> Vec<u32> {
    tree_leaves(tree).iter().flat_map(|leaf| leaf.to_words().unwrap()).collect()
}

fn residual(model: &MyLinear, x: &Array, y: &Array) -> Array {
    (model.call(x) - y).powi(2)
}

fn residuals_loss(model: &MyLinear, x: &Array, y: &Array) -> Array {
    vmap(residual, (None, 0, 0))(model, x, y).mean()
}

fn batch(rows: usize) -> (Array, Array) {
    (normal(prng_key(1), &[rows, 2]), normal(prng_key(2), &[rows]))
}

fn train_step(model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array, y: &Array) -> Array {
    let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
    optimizer.update(model, &grads);
    loss
}

#[test]
fn gradients_are_those_of_the_state() {
    let model = Mlp::new(&[2, 5, 3, 1], &mut Rngs::new(3));
    let (x, y) = batch(7);
    let loss = |model: &Mlp, x: &Array, y: &Array| (model.call(x).squeeze() - y).powi(2).mean();
    let (value, grads) = nnx::value_and_grad(loss)(&model, &x, &y);
    let (graphdef, state) = nnx::split(&model);
    let pure = move |state: &State, x: &Array, y: &Array| loss(&nnx::merge(&graphdef, state), x, y);
    let (pure_value, pure_grads) = value_and_grad(pure)(&state, &x, &y);
    assert_eq!(bits(&value), bits(&pure_value));
    assert_eq!(bits(&grads), bits(&pure_grads));
    assert_eq!(tree_structure(&grads), tree_structure(&state));
    assert_eq!(bits(&nnx::grad(loss)(&model, &x, &y)), bits(&grads));
}

#[test]
fn a_shared_variable_has_one_gradient() {
    let shared = Shared::new(&mut Rngs::new(2));
    let loss = |shared: &Shared| {
        let (w, a) = (shared.w.value(), shared.a.value());
        (w * a).sum() + shared.second.call(&shared.first.call(&ones(&[2]))).sum()
    };
    let grads = nnx::grad(loss)(&shared);
    assert_eq!(tree_structure(&grads), tree_structure(&nnx::state(&shared)));
    // d Σw²/dw = 2w
    assert_eq!(grads.value("a").unwrap().to_vec(), Ok(vec![2.0, 2.0]));
    let mut model = shared.clone();
    let mut optimizer = Optimizer::new(&model, optax::sgd(0.5), Param);
    let step = nnx::jit(move |model: &mut Shared, optimizer: &mut Optimizer| {
        let grads = nnx::grad(loss)(model);
        optimizer.update(model, &grads);
    });
    step(&mut model, &mut optimizer);
    assert_eq!(shared.w.value().to_vec(), Ok(vec![0.0, 0.0]), "a clone has the same variables");
    assert!(model.w.is_same(&model.a) && model.w.is_same(&shared.a));
    assert!(model.first.kernel.is_same(&model.second.kernel));
}

#[test]
fn gradients_with_respect_to_other_kinds() {
    let model = MyLinear::new(2, 1, &mut Rngs::new(0));
    let x = ones(&[2]);
    let loss = |model: &MyLinear, x: &Array| model.call(x).sum();
    assert!(nnx::grad_wrt(loss, BatchStat)(&model, &x).is_empty());
    let (value, grads) = nnx::value_and_grad_wrt(loss, nnx::Filter::Rest)(&model, &x);
    assert_eq!(grads.value("kernel").unwrap().to_vec(), Ok(vec![1.0, 1.0]));
    assert_eq!(bits(&value), bits(&model.call(&x).sum()));
}

#[test]
fn jitted_steps_are_the_steps_of_the_pure_function() {
    let (x, y) = batch(16);
    let mut model = MyLinear::new(2, 1, &mut Rngs::new(42));
    let mut optimizer = Optimizer::new(&model, optax::sgd(0.01), Param);
    let (graphdef, mut state) = nnx::split(&(nnx::clone(&model), nnx::clone(&optimizer)));
    let step = nnx::jit(train_step);
    let pure_step = jit(|graphdef: &GraphDef<(MyLinear, Optimizer)>, state: &State, x: &Array, y: &Array| {
        let (mut model, mut optimizer) = nnx::merge(graphdef, state);
        let loss = train_step(&mut model, &mut optimizer, x, y);
        (nnx::state(&(model, optimizer)), loss)
    });
    let mut loss;
    for _ in 0..20 {
        (state, loss) = pure_step(&graphdef, &state, &x, &y);
        assert_eq!(bits(&step(&mut model, &mut optimizer, &x, &y)), bits(&loss));
        assert_eq!(bits(&nnx::state(&(model.clone(), optimizer.clone()))), bits(&state));
    }
    assert_eq!((step.cache_size(), pure_step.cache_size()), (1, 1));
    assert_eq!(optimizer.step.value().as_u32(), Ok(&[20][..]));

    // back into the modules at the end, as in Flax's guide
    let mut fresh = (MyLinear::new(2, 1, &mut Rngs::new(0)), Optimizer::new(&model, optax::sgd(0.01), Param));
    let kernel = fresh.0.kernel.clone();
    nnx::update(&mut fresh, &state).unwrap();
    assert_eq!(bits(&kernel), bits(&model.kernel));
}

#[test]
fn jitted_steps_are_the_steps_themselves() {
    // numbers of few bits, so that neither way rounds
    let x = Array::new(&[1.0, 0.5, -2.0, 0.25, 0.5, 1.0, 4.0, -1.0], &[4, 2]);
    let y = Array::new(&[1.0, -0.5, 2.0, 0.25], &[4]);
    let start = || {
        let model = MyLinear { out_size: 1, in_size: 2, kernel: Param::new(Array::new(&[0.5, -1.5], &[1, 2])) };
        let optimizer = Optimizer::new(&model, optax::sgd(0.125), Param);
        (model, optimizer)
    };
    let ((mut model, mut optimizer), (mut jitted, mut jitted_optimizer)) = (start(), start());
    let step = nnx::jit(train_step);
    for _ in 0..2 {
        let loss = train_step(&mut model, &mut optimizer, &x, &y);
        assert_eq!(bits(&step(&mut jitted, &mut jitted_optimizer, &x, &y)), bits(&loss));
        assert_eq!(bits(&jitted), bits(&model));
    }
}

#[test]
fn a_function_is_traced_once_for_each_graph_and_shape() {
    let traced = Rc::new(Cell::new(0));
    let count = traced.clone();
    let step = nnx::jit(move |model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array, y: &Array| {
        count.set(count.get() + 1);
        train_step(model, optimizer, x, y)
    });
    let mut model = MyLinear::new(2, 1, &mut Rngs::new(42));
    let mut optimizer = Optimizer::new(&model, optax::sgd(0.01), Param);
    let ((x, y), (x_last, y_last)) = (batch(16), batch(4));
    for expected in [1, 1, 1] {
        let _ = step(&mut model, &mut optimizer, &x, &y);
        assert_eq!((traced.get(), step.cache_size()), (expected, expected));
    }
    let _ = step(&mut model, &mut optimizer, &x_last, &y_last);
    assert_eq!((traced.get(), step.cache_size()), (2, 2));
    // another model of the same graph, with the same optimizer
    let _ = step(&mut MyLinear::new(2, 1, &mut Rngs::new(7)), &mut optimizer, &x, &y);
    assert_eq!(step.cache_size(), 2);
    // another rate is another transformation
    let before = model.kernel.value();
    let mut still = Optimizer::new(&model, optax::sgd(0.0), Param);
    let _ = step(&mut model, &mut still, &x, &y);
    assert_eq!((bits(&model.kernel), step.cache_size()), (bits(&before), 3));
}

#[test]
fn the_learning_rate_can_be_an_argument() {
    let step = nnx::jit(|model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array, y: &Array, rate: &Array| {
        let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
        optimizer.update_with(&optax::sgd(rate), model, &grads);
        loss
    });
    let (x, y) = batch(16);
    for rate in [0.1_f32, 0.01, 0.001] {
        let mut model = MyLinear::new(2, 1, &mut Rngs::new(42));
        let mut optimizer = Optimizer::new(&model, optax::sgd(f64::from(rate)), Param);
        let mut same = nnx::clone(&model);
        let loss = step(&mut model, &mut optimizer, &x, &y, &Array::scalar(rate));
        let mut constant = Optimizer::new(&same, optax::sgd(f64::from(rate)), Param);
        assert_eq!(bits(&nnx::jit(train_step)(&mut same, &mut constant, &x, &y)), bits(&loss));
        assert_eq!(bits(&same), bits(&model));
    }
}

nnx::module! {
    /// A layer that keeps the mean of what goes through it, and counts.
    pub struct Watched { inner: Linear, mean: BatchStat, calls: usize }
}

impl Watched {
    fn new() -> Self {
        let inner = Linear::without_bias(2, 1, &mut Rngs::new(1));
        Self { inner, mean: BatchStat::new(Array::scalar(0.0)), calls: 0 }
    }

    fn call(&self, x: &Array) -> Array {
        self.mean.set_value(0.5 * self.mean.value() + 0.5 * x.mean());
        self.inner.call(x)
    }
}

#[test]
fn what_a_loss_does_to_statistics_is_kept() {
    let loss = |model: &Watched, x: &Array| model.call(x).mean();
    let x = Array::new(&[1.0, 3.0, 5.0, 7.0], &[2, 2]);
    let watched = Watched::new();
    let (_, grads) = nnx::value_and_grad(loss)(&watched, &x);
    assert_eq!((grads.len(), watched.mean.value().item()), (1, Ok(2.0)));
    let mut watched = Watched::new();
    let step = nnx::jit(move |model: &mut Watched, x: &Array| nnx::grad(loss)(model, x));
    for expected in [2.0, 3.0, 3.5] {
        assert_eq!(bits(&step(&mut watched, &x)), bits(&grads));
        assert_eq!(watched.mean.value().item(), Ok(expected));
    }
}

#[test]
fn what_a_function_does_to_fixed_values_is_kept() {
    let mut watched = Watched::new();
    let step = nnx::jit(|model: &mut Watched, x: &Array| {
        model.calls += 1;
        model.call(x)
    });
    let (kernel, mean) = (watched.inner.kernel.clone(), watched.mean.clone());
    for (calls, expected) in [(1, 0.5), (2, 0.75), (3, 0.875)] {
        let _ = step(&mut watched, &ones(&[2]));
        assert_eq!((watched.calls, step.cache_size(), mean.value().item()), (calls, calls, Ok(expected)));
    }
    assert!(kernel.is_same(&watched.inner.kernel), "the variables are the ones that they were");
}

#[test]
fn a_function_can_tie_and_untie_variables() {
    let mut shared = Shared::new(&mut Rngs::new(2));
    nnx::jit(|shared: &mut Shared| {
        shared.a = Param::new(shared.w.value() + 1.0);
        shared.second.kernel = shared.first.kernel.clone();
    })(&mut shared);
    assert_eq!((shared.a.value().to_vec(), shared.w.value().to_vec()), (Ok(vec![2.0; 2]), Ok(vec![1.0; 2])));
    assert!(!shared.a.is_same(&shared.w) && shared.first.kernel.is_same(&shared.second.kernel));
    let w = shared.w.clone();
    nnx::jit(|shared: &mut Shared| shared.a = shared.w.clone())(&mut shared);
    assert_eq!(shared.a.value().to_vec(), Ok(vec![1.0; 2]));
    assert!(shared.a.is_same(&shared.w));
    assert_eq!(w.value().to_vec(), Ok(vec![1.0; 2]));
}

#[test]
fn jitted_functions_nest() {
    let ((x, y), start) = (batch(8), || MyLinear::new(2, 1, &mut Rngs::new(42)));
    let (mut model, mut other) = (start(), start());
    let mut optimizer = Optimizer::new(&model, optax::sgd(0.01), Param);
    let mut other_optimizer = nnx::clone(&optimizer);
    let inner = nnx::jit(train_step);
    let step = nnx::jit(train_step);
    let outer = nnx::jit(move |model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array, y: &Array| {
        inner(model, optimizer, x, y)
    });
    for _ in 0..3 {
        let loss = outer(&mut model, &mut optimizer, &x, &y);
        assert_eq!(bits(&loss), bits(&step(&mut other, &mut other_optimizer, &x, &y)));
    }
    assert_eq!((bits(&model), outer.cache_size()), (bits(&other), 1));
    assert!(!model.kernel.value().is_tracer());
}

#[test]
fn modules_pass_through_the_transformations_of_arrays() {
    let model = Linear::new(2, 3, &mut Rngs::new(5));
    let (x, _) = batch(4);
    let call = |model: &Linear, x: &Array| model.call(x);
    let rows = vmap(call, (None, 0))(&model, &x);
    assert_eq!((rows.shape(), bits(&rows)), (&[4, 3][..], bits(&model.call(&x))));
    let jitted = jit(call);
    assert_eq!(jitted(&model, &x).shape(), [4, 3]);
    assert_eq!(jitted(&Linear::new(2, 3, &mut Rngs::new(6)), &x).shape(), [4, 3]);
    assert_eq!(jitted.cache_size(), 1);
    assert_eq!(jitted(&Linear::without_bias(2, 3, &mut Rngs::new(6)), &x).shape(), [4, 3]);
    assert_eq!(jitted.cache_size(), 2);
}

#[derive(Deserialize)]
struct Recorded {
    args: Args,
    losses_bits: Vec<u32>,
    params_bits: Vec<u32>,
}

#[derive(Deserialize)]
struct Args {
    variant: String,
    seed: i64,
    samples: usize,
    features: usize,
    sigma: f32,
    lr: f64,
    batch_size: Option<usize>,
    epochs: Option<usize>,
}

/// The lecture's module program, as `lecture.py` runs it: losses and parameters after every step.
macro_rules! run {
    ($Model:ty, $model:expr, $args:expr, $x:expr, $y:expr) => {{
        fn residual(model: &$Model, x: &Array, y: &Array) -> Array {
            (model.call(x) - y).powi(2)
        }
        fn residuals_loss(model: &$Model, x: &Array, y: &Array) -> Array {
            vmap(residual, (None, 0, 0))(model, x, y).mean()
        }
        let mut model = $model;
        let mut optimizer = Optimizer::new(&model, optax::sgd($args.lr), Param);
        let train_step = nnx::jit(|model: &mut $Model, optimizer: &mut Optimizer, x: &Array, y: &Array| {
            let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
            optimizer.update(model, &grads);
            loss
        });
        let mut key: Key = prng_key($args.seed);
        let (mut losses, mut params) = (Vec::new(), Vec::new());
        for _ in 0..$args.epochs.unwrap_or(500) {
            let [next, subkey] = split_n(key);
            key = next;
            for (x, y) in data_loader(subkey, $x, $y, $args.batch_size.unwrap_or(64)).unwrap() {
                losses.extend(bits(&train_step(&mut model, &mut optimizer, &x, &y)));
                params.extend(bits(&model.kernel));
            }
        }
        (losses, params)
    }};
}

#[test]
fn recorded_runs_are_equal_bit_for_bit() {
    let files = ["linear", "mylinear", "linear_features1", "linear_features3", "linear_features4", "linear_features8"];
    let (mut count, mut all) = (0, 0);
    for file in files {
        let path = format!("{}/tests/golden/runs/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let recorded: Recorded = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let args = &recorded.args;
        let mut rngs = Rngs::new(args.seed);
        let linear = Linear::without_bias(args.features, 1, &mut rngs);
        let theta = normal(rngs.next_key(), &[args.features]);
        let x = normal(rngs.next_key(), &[args.samples, args.features]);
        let y = x.matmul(&theta) + args.sigma * normal(rngs.next_key(), &[args.samples]);
        let (losses, params) = if args.variant == "linear" {
            run!(Linear, linear, args, &x, &y)
        } else {
            run!(MyLinear, MyLinear::new(args.features, 1, &mut rngs), args, &x, &y)
        };
        let equal = |ours: &[u32], theirs: &[u32]| {
            assert_eq!(ours.len(), theirs.len(), "{file}");
            ours.iter().zip(theirs).filter(|(a, b)| a == b).count()
        };
        count += equal(&losses, &recorded.losses_bits) + equal(&params, &recorded.params_bits);
        all += losses.len() + params.len();
    }
    println!("{count} of {all} losses and parameters of module programs are equal to Flax's");
    assert_eq!((count, all), (25_600, 25_600));
}

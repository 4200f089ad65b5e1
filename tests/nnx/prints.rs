//! What modules, states and graphs print, and the bits that modules start from, against Flax.

use std::collections::BTreeMap;

use thetahat::jax::random::{normal, prng_key};
use thetahat::jax::tree::{tree_leaves, tree_map};
use thetahat::jax::{Array, DType, vmap};
use thetahat::nnx::{self, BatchStat, Filter, Linear, Mlp, Module, MyLinear, Optimizer, Param, Rngs, Variable};
use thetahat::optax::{self, SgdOptions, adam, sgd_with};

use super::modules::{Kinds, Large, Shared, Stacked, Twice, ones};

const RECORDED: &str = include_str!("../golden/nnx_prints.txt");

/// The recorded texts by their headings.
fn recorded() -> BTreeMap<&'static str, &'static str> {
    let sections = RECORDED.trim_end().strip_prefix("## ").expect("a heading").split("\n## ");
    sections.map(|section| section.split_once('\n').expect("a heading and a text")).collect()
}

/// Without addresses of functions, as in the recording.
fn plain(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

#[track_caller]
fn check(name: &str, text: &str) {
    let recorded = recorded();
    let expected = recorded.get(name).unwrap_or_else(|| panic!("{name} is not recorded"));
    assert_eq!(plain(text), *expected, "{name}");
}

#[track_caller]
fn check_all<M: Module + std::fmt::Display>(name: &str, module: &M) {
    check(name, &module.to_string());
    let (graphdef, state) = nnx::split(module);
    check(&format!("{name} graphdef"), &graphdef.to_string());
    check(&format!("{name} state"), &state.to_string());
    check(&format!("{name} merged"), &nnx::merge(&graphdef, &state).to_string());
}

#[test]
fn variables_print_as_in_flax() {
    check("param", &Linear::without_bias(2, 1, &mut Rngs::new(42)).kernel.to_string());
    check("scalar", &Param::new(Array::scalar(2.0)).to_string());
    check("no numbers", &BatchStat::new(ones(&[0, 2])).to_string());
    let numbers: Vec<f32> = (0..1200_u16).map(f32::from).collect();
    check("large param", &Param::new(Array::new(&numbers, &[300, 4])).to_string());
}

#[test]
fn modules_print_as_in_flax() {
    check_all("my linear", &MyLinear::new(2, 1, &mut Rngs::new(42)));
    check_all("linear", &Linear::new(2, 3, &mut Rngs::new(0)));
    check_all("mlp", &Mlp::new(&[2, 3, 3, 1], &mut Rngs::new(7)));
    check_all("twice", &Twice::new(&mut Rngs::new(1)));
    check_all("shared", &Shared::new(&mut Rngs::new(2)));
    check_all("kinds", &Kinds::new());
    check_all("large", &Large::new());
    check_all("stacked", &Stacked::new());
}

#[test]
fn traced_modules_print_as_in_flax() {
    let step = nnx::jit(|model: &mut MyLinear| {
        check("traced", &model.to_string());
        check("traced kernel", &model.kernel.to_string());
        check("traced state", &nnx::state(model).to_string());
    });
    step(&mut MyLinear::new(2, 1, &mut Rngs::new(42)));
    assert_eq!(step.cache_size(), 1);
}

#[test]
fn optimizers_print_as_in_flax() {
    let model = MyLinear::new(2, 1, &mut Rngs::new(42));
    let optimizer = Optimizer::new(&model, optax::sgd(0.1), Param);
    check_all("optimizer sgd", &optimizer);
    let momentum = SgdOptions { momentum: Some(0.9), nesterov: false };
    check_all("optimizer momentum", &Optimizer::new(&model, sgd_with(0.1, &momentum), Param));
    check_all("optimizer adam", &Optimizer::new(&Twice::new(&mut Rngs::new(1)), adam(0.1), Param));
    let (graphdef, state) = nnx::split(&(model, optimizer));
    check("pair graphdef", &graphdef.to_string());
    check("pair state", &state.to_string());
}

#[test]
fn states_by_filter_print_as_in_flax() {
    let kinds = Kinds::new();
    let (_, [params, stats, rest]) =
        nnx::split_with(&kinds, &[Param, BatchStat, Filter::Rest]).expect("the filters take all");
    check("kinds params", &params.to_string());
    check("kinds stats", &stats.to_string());
    check("kinds rest", &rest.to_string());
    let table = [
        ("kinds variables", Variable),
        ("kinds not params", !Param),
        ("kinds of path", Filter::PathContains("mean".into())),
    ];
    for (name, filter) in table {
        check(name, &nnx::state_with(&kinds, &filter).to_string());
    }
}

#[test]
fn modules_start_from_the_bits_of_flax() {
    for (seed, [m, n]) in [(42, [2, 1]), (0, [2, 1]), (3, [8, 4])] {
        let mut rngs = Rngs::new(seed);
        let linear = Linear::new(m, n, &mut rngs).kernel.value();
        let my_linear = MyLinear::new(m, n, &mut rngs).kernel.value();
        check(&format!("bits linear {seed} ({m}, {n})"), &format!("{:?}", linear.to_words().unwrap()));
        check(&format!("bits my linear {seed} ({m}, {n})"), &format!("{:?}", my_linear.to_words().unwrap()));
    }
    let mlp = Mlp::new(&[2, 128, 128, 1], &mut Rngs::new(42));
    for (i, layer) in mlp.layers.iter().enumerate() {
        let words = layer.kernel.value().to_words().unwrap();
        let digest = words.iter().fold(0, |all, word| all ^ word);
        let text = format!("{:?}", [&words[..4], &[digest]].concat());
        check(&format!("mlp kernel {i}: first bits and exclusive or"), &text);
    }
}

#[test]
fn the_lecture_prints_as_in_the_lecture() {
    fn residual(model: &Linear, x: &Array, y: &Array) -> Array {
        (model.call(x) - y).powi(2)
    }
    fn residuals_loss(model: &Linear, x: &Array, y: &Array) -> Array {
        vmap(residual, (None, 0, 0))(model, x, y).mean()
    }
    let mut rngs = Rngs::new(42);
    let model = Linear::without_bias(2, 1, &mut rngs);
    let theta = normal(rngs.next_key(), &[2]);
    let x = normal(rngs.next_key(), &[500, 2]);
    let y = x.matmul(&theta) + 0.001 * normal(rngs.next_key(), &[500]);
    let trained = MyLinear::new(2, 1, &mut rngs);
    let (graphdef, state) = nnx::split(&MyLinear::new(2, 1, &mut rngs));
    let merged = nnx::merge(&graphdef, &tree_map(|param| param + 0.01, &state));
    let texts = [
        model.kernel.to_string(),
        nnx::grad(residuals_loss)(&model, &x, &y).to_string(),
        [graphdef.to_string(), state.to_string(), merged.to_string()].join("\n"),
    ];
    let lecture = include_str!("../golden/lecture_output.txt");
    for text in texts {
        assert!(lecture.contains(&format!("\n{text}\n")), "{text}");
    }
    assert_eq!(trained.kernel.value().shape(), [1, 2]);
}

#[test]
fn an_mlp_computes_what_it_computes_in_flax() {
    let number = |name: &str| recorded()[name].parse::<f32>().expect("a number");
    let loss = |model: &Mlp, x: &Array, y: &Array| (model.call(x).squeeze() - y).powi(2).mean();
    let mlp = Mlp::new(&[2, 128, 128, 1], &mut Rngs::new(42));
    let (x, y) = (normal(prng_key(1), &[16, 2]), normal(prng_key(2), &[16]));
    let (value, grads) = nnx::value_and_grad(loss)(&mlp, &x, &y);
    let close = |a: f32, b: f32| assert!((a - b).abs() <= 2e-6 * b.abs(), "{a} is not close to {b}");
    close(value.item().unwrap(), number("mlp loss"));
    let norms = recorded()["mlp gradient norms"].trim_matches(['[', ']']);
    let norms: Vec<f32> = norms.split(", ").map(|norm| norm.parse().expect("a number")).collect();
    let ours = tree_leaves(&grads);
    assert_eq!(ours.len(), norms.len());
    for (grad, norm) in ours.iter().zip(norms) {
        assert_eq!(grad.dtype(), DType::F32);
        close(grad.norm().item().unwrap(), norm);
    }
}

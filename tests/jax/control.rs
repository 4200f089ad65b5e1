//! Loops and decisions inside programs, against programs and values that were recorded from JAX.

use std::collections::BTreeMap;

use serde::Deserialize;
use thetahat::jax::control::{cond, fori_loop, while_loop};
use thetahat::jax::tree::{PyTree, tree_leaves};
use thetahat::jax::{Array, grad, jit, jvp, make_jaxpr, vmap};

/// What `tests/golden/control.py` wrote.
#[derive(Deserialize)]
struct Recorded {
    jaxpr: String,
    eager: Vec<Vec<u32>>,
    jitted: Vec<Vec<u32>>,
}

fn int(x: i32) -> Array {
    Array::from_i32(&[x], &[])
}

fn x() -> Array {
    Array::scalar(1.5)
}

fn v() -> Array {
    Array::new(&[0.5, 2.0, 3.0], &[3])
}

fn double(x: &Array) -> Array {
    while_loop(|(i, _)| i.less(int(5)), |(i, x)| (i + int(1), x * 2.0), &(int(0), x.clone())).1
}

fn grow(x: &Array, v: &Array) -> Array {
    while_loop(|c: &Array| (c * v).sum().less(100.0), |c: &Array| c * 2.0 + v, &(x * v))
}

fn until(x: &Array) -> Array {
    while_loop(|c: &Array| c.less(10.0), |c: &Array| c * c + 0.3, x)
}

fn turns(x: &Array, n: &Array) -> Array {
    fori_loop(&int(0), n, |_, c: &Array| c * 2.0, x)
}

fn hinge(p: &Array, x: &Array) -> Array {
    cond(&p.greater(1.0), |x: &Array| x.sin(), |x: &Array| x * 3.0, x)
}

fn pair(p: &Array, x: &Array, v: &Array) -> (Array, Array) {
    cond(&p.greater(0.0), |x: &Array| (x.sin() * v, int(1)), |x: &Array| (x * v, int(2)), x)
}

fn nested(x: &Array) -> Array {
    let body = |c: &Array| cond(&c.greater(5.0), |c: &Array| c * 3.0 + 0.1, |c: &Array| c + 1.7, c);
    while_loop(|c: &Array| c.less(50.0), body, x)
}

fn bits(tree: &impl PyTree) -> Vec<Vec<u32>> {
    tree_leaves(tree).iter().map(|leaf| leaf.to_words().unwrap_or_else(|error| panic!("{error}"))).collect()
}

/// A program's text, and its values computed in both ways, beside what was recorded.
struct Check(BTreeMap<String, Recorded>, Vec<String>);

macro_rules! check {
    ($check:expr, $name:expr, $texts:expr, $f:expr, $($arg:expr),+) => {{
        let recorded = &$check.0[$name];
        let text = make_jaxpr($f)($(&$arg),+).map_or_else(|error| error.to_string(), |program| program.to_string());
        let values = (bits(&$f($(&$arg),+)), bits(&jit($f)($(&$arg),+)));
        if $texts && text != recorded.jaxpr {
            $check.1.push(format!("{}:\n{text}\n{}", $name, recorded.jaxpr));
        }
        if values != (recorded.eager.clone(), recorded.jitted.clone()) {
            $check.1.push(format!("{}: {values:?}, recorded {:?} {:?}\n{text}", $name, recorded.eager, recorded.jitted));
        }
    }};
}

#[test]
fn programs_and_values_are_those_recorded() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/control.json");
    let recorded = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut check = Check(recorded, Vec::new());
    let one = || Array::scalar(1.0);
    let ones = || Array::new(&[1.0; 3], &[3]);
    check!(check, "double", true, double, x());
    check!(check, "grow", true, grow, x(), v());
    check!(check, "until", true, until, x());
    check!(check, "turns", true, turns, x(), int(3));
    check!(check, "hinge", true, hinge, x(), x());
    check!(check, "pair", true, pair, x(), x(), v());
    check!(check, "nested", true, nested, x());
    let forward = move |x: &Array| jvp(double, &(x.clone(),), &(one(),));
    check!(check, "double, forward", true, forward, x());
    let forward = move |x: &Array, v: &Array| jvp(grow, &(x.clone(), v.clone()), &(one(), ones()));
    check!(check, "grow, forward", false, forward, x(), v());
    let forward = move |x: &Array| jvp(until, &(x.clone(),), &(one(),));
    check!(check, "until, forward", true, forward, x());
    let forward = move |p: &Array, x: &Array| {
        let p = p.clone();
        jvp(move |x: &Array| hinge(&p, x), &(x.clone(),), &(one(),))
    };
    check!(check, "hinge, forward", true, forward, x(), x());
    let forward = move |x: &Array| jvp(nested, &(x.clone(),), &(one(),));
    check!(check, "nested, forward", true, forward, x());
    // JAX fills what a branch has not kept with `empty2`, this crate with zeros
    let backward = |p: &Array, x: &Array| {
        let p = p.clone();
        grad(move |x: &Array| hinge(&p, x))(x)
    };
    check!(check, "hinge, backward", false, backward, x(), x());
    let backward = |p: &Array, x: &Array, v: &Array| {
        let p = p.clone();
        grad(move |both: &(Array, Array)| pair(&p, &both.0, &both.1).0.sum())(&(x.clone(), v.clone()))
    };
    check!(check, "pair, backward", false, backward, x(), x(), v());
    check!(check, "double, mapped", true, |v: &Array| vmap(double, (0,))(v), v());
    check!(check, "until, mapped", false, |v: &Array| vmap(until, (0,))(v), v());
    check!(check, "grow, mapped", false, |x: &Array, v: &Array| vmap(grow, (0, None))(x, v), v(), v());
    check!(check, "hinge, mapped", true, |p: &Array, v: &Array| vmap(hinge, (None, 0))(p, v), x(), v());
    check!(check, "hinge, all mapped", false, |p: &Array, v: &Array| vmap(hinge, (0, 0))(p, v), v(), v());
    check!(check, "nested, mapped", false, |v: &Array| vmap(nested, (0,))(v), v());
    let backward = |p: &Array, x: &Array| {
        let each = |p: &Array, x: &Array| {
            let p = p.clone();
            grad(move |x: &Array| hinge(&p, x))(x)
        };
        vmap(each, (0, 0))(p, x)
    };
    check!(check, "hinge, backward, mapped", false, backward, v(), v());
    assert!(check.1.is_empty(), "{}", check.1.join("\n\n"));
}

/// Whether the value carries an error that says this.
fn fails(value: &Array, words: &str) {
    let error = value.item().expect_err("it fails").to_string();
    assert!(error.contains(words), "{error}");
}

#[test]
fn what_does_not_fit_is_an_error() {
    fails(
        &while_loop(|c: &Array| c.less(1.0), |c: &Array| c.less(2.0), &x()),
        "the body takes f32[], but returns bool[]",
    );
    fails(&while_loop(|c: &Array| c * 2.0, |c: &Array| c * 2.0, &x()), "the condition returns f32[]");
    fails(&cond(&x(), |x: &Array| x.clone(), |x: &Array| x.clone(), &x()), "an array of type f32[]");
    fails(
        &cond(&x().less(2.0), |x: &Array| x.clone(), |x: &Array| x.less(1.0), &x()),
        "returns f32[], the other bool[]",
    );
    let inside = while_loop(|c: &Array| c.less(1.0), |c: &Array| c + Array::new(&[1.0, 2.0], &[2]), &x());
    fails(&inside, "the body takes f32[], but returns f32[2]");
}

#[test]
fn a_loop_has_no_reverse_mode_but_what_stands_beside_it_has() {
    fails(&grad(double)(&x()), "reverse-mode differentiation does not work for `while_loop`");
    let beside = |x: &Array| {
        let (_, unused) = while_loop(|(i, _)| i.less(int(3)), |(i, y)| (i + int(1), y * 2.0), &(int(0), x * 1.0));
        let _ = unused;
        x * x
    };
    assert_eq!(grad(beside)(&x()).item(), Ok(3.0));
}

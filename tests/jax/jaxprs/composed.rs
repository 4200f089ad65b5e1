//! Programs of several equations, with the operators of arrays: the second part of `golden/jaxprs_more.py`.

use thetahat::jax::Array;
use thetahat::jax::core::Primitive as P;
use thetahat::jax::numpy::{concatenate, select};
use thetahat::jax::trace::bind;
use thetahat::jax::vmap::vmap_with;

use crate::jaxprs::cases::{F, array, case, grad, push_forward, rc, vmap};
use crate::jaxprs::compare::Comparison;

pub fn all(c: &mut Comparison) {
    functions(c);
    models(c);
    compositions(c);
    odds_and_ends(c);
    literals(c);
    long_lines(c);
}

fn softplus(x: &Array) -> Array {
    (1.0 + x.exp()).log()
}

fn logistic(x: &Array) -> Array {
    1.0 / (1.0 + (-x).exp())
}

fn swish(x: &Array) -> Array {
    x * logistic(x)
}

fn logsumexp(x: &Array) -> Array {
    let m = x.max();
    (x - &m).exp().sum().log() + m
}

fn softmax(x: &Array) -> Array {
    let e = (x - x.max()).exp();
    &e / e.sum()
}

fn leaky(x: &Array) -> Array {
    select(&x.greater(0.0), x, 0.1 * x)
}

fn distance(x: &Array, y: &Array) -> Array {
    (x - y).powi(2).sum().sqrt()
}

fn mse(x: &[Array]) -> Array {
    (x[1].matmul(&x[0]) - &x[2]).powi(2).mean()
}

fn centred(x: &Array) -> Array {
    x - x.sum_axes(&[0]) / x.shape()[0] as f32
}

fn functions(c: &mut Comparison) {
    type Unary = fn(&Array) -> Array;
    let rows: [(&str, Unary); 8] = [
        ("softplus", softplus),
        ("logistic", logistic),
        ("swish", swish),
        ("normalised", |x| x / (x * x).sum().sqrt()),
        ("polynomial", |x| x.powi(3) - 2.0 * x.powi(2) + x - 1.0),
        ("leaky", leaky),
        ("logsumexp", logsumexp),
        ("softmax", softmax),
    ];
    for (name, f) in rows {
        case(c, name, move |x| f(&x[0]), "f3", "0 1", &[0]);
    }
}

fn models(c: &mut Comparison) {
    let mlp = |x: &[Array]| x[0].matmul(&x[1]).tanh().matmul(&x[2]).sum();
    case(c, "mlp", mlp, "f2 f23 f3", "0-- 000 -0- --1", &[0, 1, 2]);
    case(c, "mse", mse, "f2 f42 f4", "0-- -00 1-1", &[0, 1, 2]);
    let ridge = |x: &[Array]| mse(x) + 0.5 * x[0].powi(2).sum();
    case(c, "ridge", ridge, "f2 f42 f4", "0-- -10", &[0, 1, 2]);
    case(c, "distance", |x| distance(&x[0], &x[1]), "f3 f3", "00 0- -0 10 01 11", &[0, 1]);
    case(c, "centred", |x| centred(&x[0]), "f23", "0 1 2", &[0]);
    let covariance = |x: &[Array]| centred(&x[0]).t().matmul(&centred(&x[0])) / x[0].shape()[0] as f32;
    case(c, "covariance", covariance, "f43", "0 2", &[0]);
}

fn show(c: &mut Comparison, name: &str, f: &F, specs: &str) {
    let (f, args) = (f.clone(), specs.split_whitespace().map(array).collect::<Vec<_>>());
    c.show(name, move |x| f(x), &args);
}

fn one(f: fn(&Array) -> Array) -> F {
    rc(move |x| vec![f(&x[0])])
}

fn compositions(c: &mut Comparison) {
    const ZERO: Option<usize> = Some(0);
    let pairs = |f: &F| vmap(&vmap(f, &[ZERO, None], ZERO), &[None, ZERO], ZERO);
    let between = rc(|x| vec![distance(&x[0], &x[1])]);
    show(c, "pairwise", &pairs(&between), "f43 f63");
    show(c, "pairwise grad", &pairs(&grad(&between, 2, 0)), "f43 f63");
    let loss = rc(|x| vec![mse(x)]);
    let batch = vmap(&loss, &[None, ZERO, ZERO], ZERO);
    show(c, "vmap of vmap", &vmap(&batch, &[ZERO, None, None], ZERO), "f52 f642 f64");
    let summed = rc(move |x| vec![batch(x)[0].sum()]);
    show(c, "grad of vmap", &grad(&summed, 3, 0), "f2 f642 f64");
    let twice = vmap(&vmap(&one(softplus), &[ZERO], ZERO), &[ZERO], ZERO);
    show(c, "grad of vmap of vmap", &grad(&rc(move |x| vec![twice(x)[0].sum()]), 1, 0), "f43");
    show(
        c,
        "jvp of grad",
        &rc({
            let f = push_forward(&grad(&one(logsumexp), 1, 0));
            move |x| f(x)
        }),
        "f3 f3",
    );
    let forward = push_forward(&one(logsumexp));
    let tangent = {
        let forward = forward.clone();
        rc(move |x| vec![forward(x)[1].clone()])
    };
    show(c, "grad of jvp", &grad(&tangent, 2, 0), "f3 f3");
    let at_ones = rc(move |t| vec![forward(&[array("f3"), t[0].clone()])[1].clone()]);
    show(c, "vmap of jvp", &vmap(&at_ones, &[ZERO], ZERO), "f53");
    let third = grad(&grad(&grad(&one(swish), 1, 0), 1, 0), 1, 0);
    show(c, "third derivative", &third, "f");
}

fn dead(x: &[Array]) -> Vec<Array> {
    let _ = x[0].exp();
    let _ = x[0].sin().cos();
    vec![&x[0] * 2.0]
}

fn odds_and_ends(c: &mut Comparison) {
    const ZERO: Option<usize> = Some(0);
    let first = |x: &[Array]| vec![x[0].clone()];
    show(c, "two outputs", &rc(|x| vec![&x[0] + 1.0, &x[0] * 2.0]), "f3");
    show(c, "no outputs", &rc(|_| vec![]), "f3");
    show(c, "identity", &rc(first), "f3");
    show(c, "vmap of identity", &vmap(&rc(first), &[Some(1)], ZERO), "f35");
    show(c, "number", &rc(|_| vec![Array::scalar(2.0)]), "f3");
    show(c, "vmap of a number", &vmap(&rc(|_| vec![Array::scalar(2.0)]), &[ZERO], ZERO), "f53");
    show(c, "unused", &rc(first), "f3 f3");
    let both = |x: &Array, y: &Array| (x + y, y * 2.0);
    let list = |(x, y)| vec![x, y];
    let some = rc(move |x| list(vmap_with(both, (0, None), (1, None))(&x[0], &x[1])));
    show(c, "vmap with some outputs shared", &some, "f53 f3");
    show(c, "vmap of everything", &rc(move |x| list(thetahat::jax::vmap(both, 0)(&x[0], &x[1]))), "f53 f53");
    let shared = vmap(&rc(|x| vec![x[0].clone(), &x[1] * 2.0]), &[ZERO, None], ZERO);
    show(c, "vmap of shared outputs", &shared, "f53 f3");
    show(c, "dead code", &rc(dead), "f3");
    show(c, "vmap of dead code", &vmap(&rc(dead), &[ZERO], ZERO), "f53");
    show(c, "grad of dead code", &grad(&rc(|x| vec![dead(x)[0].sum()]), 1, 0), "f3");
    show(c, "grad of an unused argument", &grad(&rc(|x| vec![x[1].sum()]), 2, 0), "f3 f3");
    show(c, "grad of a number", &grad(&rc(|_| vec![Array::scalar(1.0)]), 1, 0), "f3");
    let constant = Array::new(&[0.0, 1.0, 2.0], &[3]);
    let times = rc(move |x| vec![&x[0] * &constant]);
    show(c, "constant", &times, "f3");
    show(c, "vmap of constant", &vmap(&times, &[ZERO], ZERO), "f53");
    show(c, "grad of constant", &grad(&rc(move |x| vec![times(x)[0].sum()]), 1, 0), "f3");
}

fn literals(c: &mut Comparison) {
    const LITERALS: [f32; 18] = [
        2.0,
        0.1,
        -0.0,
        1e20,
        1e-7,
        1e15,
        1e16,
        123456789.0,
        1e-4,
        9.9e-5,
        3.4028235e38,
        1e-38,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        1.0 / 3.0,
        16777216.0,
        1e-30,
    ];
    show(c, "literals", &rc(|x| LITERALS.iter().map(|&literal| &x[0] * literal).collect()), "f");
    let whole = |x: &Array, primitive, y: i32| bind(primitive, &[x, &Array::from_i32(&[y], &[])]);
    show(c, "integer literals", &rc(move |x| vec![whole(&x[0], P::Add, 3), whole(&x[0], P::Mul, -7)]), "i3");
}

fn long_lines(c: &mut Comparison) {
    let chain = |n| rc(move |x: &[Array]| vec![(0..n).fold(x[0].clone(), |x, _| x.sin())]);
    show(c, "chain of 30", &chain(30), "f");
    show(c, "chain of 700", &chain(700), "f");
    show(c, "grad of a chain", &grad(&chain(30), 1, 0), "f");
    for n in [1, 2, 7, 8, 9, 10, 11, 17, 25, 26, 27, 30, 60] {
        show(c, &format!("{n} arguments"), &rc(<[Array]>::to_vec), &"f ".repeat(n));
        let join = |x: &[Array]| match x {
            [x] => vec![-x],
            all => vec![concatenate(&all.iter().collect::<Vec<_>>(), 0)],
        };
        show(c, &format!("{n} wide arguments"), &rc(join), &"f2345 ".repeat(n));
    }
    for n in 1..9 {
        let shape = [vec![2], vec![1; n - 1]].concat();
        show(
            c,
            &format!("reshape to {n} axes"),
            &rc(move |x| vec![bind(P::Reshape { new_sizes: shape.clone() }, &[&x[0]])]),
            "f12",
        );
    }
}

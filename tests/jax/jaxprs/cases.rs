//! One program in all its transformations: mapped, differentiated once and twice, pushed forward and pulled back.

use std::rc::Rc;

use thetahat::jax::grad::grad_argnum;
use thetahat::jax::vmap::vmap_with;
use thetahat::jax::{Array, DType, jvp, vjp};

use crate::jaxprs::compare::Comparison;

/// A function of some arrays, as all transformations give and take it here.
pub type F = Rc<dyn Fn(&[Array]) -> Vec<Array>>;

/// Examples in a batch.
const SIZE: usize = 5;

pub fn rc(f: impl Fn(&[Array]) -> Vec<Array> + 'static) -> F {
    Rc::new(f)
}

/// `f23` is an f32 array of shape (2, 3), `i` is for i32 and `b` for bool.
pub fn array(spec: &str) -> Array {
    let shape: Vec<usize> = spec[1..].bytes().map(|digit| usize::from(digit - b'0')).collect();
    let n = shape.iter().product();
    match &spec[..1] {
        "f" => Array::new(&vec![1.0; n], &shape),
        "i" => Array::from_i32(&vec![1; n], &shape),
        _ => Array::from_bool(&vec![true; n], &shape),
    }
}

fn stacked(spec: &str, axis: Option<usize>) -> Array {
    axis.map_or_else(|| array(spec), |axis| array(&format!("{}{SIZE}{}", &spec[..=axis], &spec[axis + 1..])))
}

fn unary(f: &F) -> impl Fn(&Array) -> Vec<Array> + use<> {
    let f = f.clone();
    move |x: &Array| f(std::slice::from_ref(x))
}

fn binary(f: &F) -> impl Fn(&Array, &Array) -> Vec<Array> + use<> {
    let f = f.clone();
    move |x: &Array, y: &Array| f(&[x.clone(), y.clone()])
}

fn ternary(f: &F) -> impl Fn(&Array, &Array, &Array) -> Vec<Array> + use<> {
    let f = f.clone();
    move |x: &Array, y: &Array, z: &Array| f(&[x.clone(), y.clone(), z.clone()])
}

/// `vmap` with these `in_axes`, and one axis for all results.
pub fn vmap(f: &F, axes: &[Option<usize>], out: Option<usize>) -> F {
    let (f, axes) = (f.clone(), axes.to_vec());
    rc(move |x| match axes[..] {
        [a] => vmap_with(unary(&f), (a,), out)(&x[0]),
        [a, b] => vmap_with(binary(&f), (a, b), out)(&x[0], &x[1]),
        [a, b, c] => vmap_with(ternary(&f), (a, b, c), out)(&x[0], &x[1], &x[2]),
        _ => panic!("functions here have one to three arguments"),
    })
}

/// The gradient of a scalar function of `n` arrays for argument number `i`.
pub fn grad(f: &F, n: usize, i: usize) -> F {
    let f = f.clone();
    rc(move |x| {
        let (f1, f2, f3) = (unary(&f), binary(&f), ternary(&f));
        let f1 = move |x: &Array| f1(x)[0].clone();
        let f2 = move |x: &Array, y: &Array| f2(x, y)[0].clone();
        let f3 = move |x: &Array, y: &Array, z: &Array| f3(x, y, z)[0].clone();
        vec![match (n, i) {
            (1, _) => grad_argnum::<0, _, _>(f1)(&x[0]),
            (2, 0) => grad_argnum::<0, _, _>(f2)(&x[0], &x[1]),
            (2, _) => grad_argnum::<1, _, _>(f2)(&x[0], &x[1]),
            (_, 0) => grad_argnum::<0, _, _>(f3)(&x[0], &x[1], &x[2]),
            (_, 1) => grad_argnum::<1, _, _>(f3)(&x[0], &x[1], &x[2]),
            _ => grad_argnum::<2, _, _>(f3)(&x[0], &x[1], &x[2]),
        }]
    })
}

/// Value and tangent, from arguments followed by their tangents.
pub fn push_forward(f: &F) -> F {
    let f = f.clone();
    rc(move |x| {
        let (x, t) = x.split_at(x.len() / 2);
        let pair = |x: &[Array]| (x[0].clone(), x[1].clone());
        let triple = |x: &[Array]| (x[0].clone(), x[1].clone(), x[2].clone());
        let (value, tangent) = match x.len() {
            1 => jvp(unary(&f), &(x[0].clone(),), &(t[0].clone(),)),
            2 => jvp(binary(&f), &pair(x), &pair(t)),
            _ => jvp(ternary(&f), &triple(x), &triple(t)),
        };
        [value, tangent].concat()
    })
}

/// Cotangents of the arguments, from arguments followed by the cotangent of the result.
pub fn pull_back(f: &F) -> F {
    let f = f.clone();
    rc(move |x| {
        let (ct, x) = x.split_last().expect("a cotangent");
        let ct = vec![ct.clone()];
        match x.len() {
            1 => vec![vjp(unary(&f), &(x[0].clone(),)).1(&ct).0],
            2 => {
                let (a, b) = vjp(binary(&f), &(x[0].clone(), x[1].clone())).1(&ct);
                vec![a, b]
            }
            _ => {
                let (a, b, c) = vjp(ternary(&f), &(x[0].clone(), x[1].clone(), x[2].clone())).1(&ct);
                vec![a, b, c]
            }
        }
    })
}

/// The sum of all elements of a function's result.
pub fn total(f: &F) -> F {
    let f = f.clone();
    rc(move |x| {
        let out = f(x)[0].clone();
        vec![if out.ndim() == 0 { out } else { out.sum() }]
    })
}

/// In words: `0, None`.
pub fn axes_text(axes: &[Option<usize>]) -> String {
    axes.iter().map(|axis| axis.map_or("None".to_owned(), |axis| axis.to_string())).collect::<Vec<_>>().join(", ")
}

/// Axes from text: `0` to `9`, or `-` for `None`.
fn axes(text: &str) -> Vec<Option<usize>> {
    text.bytes().map(|c| (c != b'-').then(|| usize::from(c - b'0'))).collect()
}

/// Like `case` in `golden/jaxprs_more.py`: `specs` as `f3 f3`, `mapped` as `00 0- -0` for three `in_axes`.
pub fn case(
    comparison: &mut Comparison,
    name: &str,
    f: impl Fn(&[Array]) -> Array + 'static,
    specs: &str,
    mapped: &str,
    wrt: &[usize],
) {
    let f = rc(move |x| vec![f(x)]);
    let specs: Vec<&str> = specs.split(' ').collect();
    let args: Vec<Array> = specs.iter().map(|spec| array(spec)).collect();
    let out = f(&args)[0].clone();
    let mut show = |name: &str, f: &F, args: &[Array]| {
        let f = f.clone();
        comparison.show(name, move |x| f(x), args);
    };
    show(name, &f, &args);
    for in_axes in mapped.split_whitespace().map(axes) {
        let batch: Vec<Array> = specs.iter().zip(&in_axes).map(|(spec, &axis)| stacked(spec, axis)).collect();
        let text = axes_text(&in_axes);
        show(&format!("vmap({name}, ({text}))"), &vmap(&f, &in_axes, Some(0)), &batch);
        if out.ndim() > 0 {
            show(&format!("vmap({name}, ({text}), 1)"), &vmap(&f, &in_axes, Some(1)), &batch);
        } else {
            let f = f.clone();
            let negated = rc(move |x| vec![-&f(x)[0]]);
            show(&format!("vmap(-{name}, ({text}))"), &vmap(&negated, &in_axes, Some(0)), &batch);
        }
    }
    let n = args.len();
    for &i in wrt {
        let gradient = grad(&total(&f), n, i);
        show(&format!("grad({name}, {i})"), &gradient, &args);
        let batch: Vec<Array> = specs.iter().map(|spec| stacked(spec, Some(0))).collect();
        show(&format!("vmap(grad({name}, {i}))"), &vmap(&gradient, &vec![Some(0); n], Some(0)), &batch);
        for &j in wrt {
            show(&format!("grad(grad({name}, {i}), {j})"), &grad(&total(&gradient), n, j), &args);
        }
    }
    if !wrt.is_empty() && args.iter().all(|x| x.dtype() == DType::F32) {
        show(&format!("jvp({name})"), &push_forward(&f), &[&args[..], &args].concat());
        show(&format!("vjp({name})"), &pull_back(&f), &[&args[..], &[out]].concat());
    }
}

//! One program in all its transformations: mapped, differentiated once and twice, pushed forward and pulled back.

use std::rc::Rc;

use thetahat::jax::grad::grad_argnum;
use thetahat::jax::vmap::vmap_with;
use thetahat::jax::{Array, DType, jvp, vjp};

use crate::compare::Comparison;

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

pub fn vmap(f: &F, axes: &[Option<usize>], out: Option<usize>) -> F {
    let (f, axes) = (f.clone(), axes.to_vec());
    rc(move |x| {
        let f = f.clone();
        match axes[..] {
            [a] => vmap_with(move |x: &Array| f(&[x.clone()]), (a,), out)(&x[0]),
            [a, b] => vmap_with(move |x: &Array, y: &Array| f(&[x.clone(), y.clone()]), (a, b), out)(&x[0], &x[1]),
            [a, b, c] => {
                vmap_with(move |x: &Array, y: &Array, z: &Array| f(&[x.clone(), y.clone(), z.clone()]), (a, b, c), out)(
                    &x[0], &x[1], &x[2],
                )
            }
            _ => Vec::new(),
        }
    })
}

/// The gradient of a scalar function of `n` arrays for argument number `i`.
pub fn grad(f: &F, n: usize, i: usize) -> F {
    let f = f.clone();
    rc(move |x| {
        let f = f.clone();
        let one = move |x: &[Array]| f(x)[0].clone();
        let two = move |f: Rc<dyn Fn(&[Array]) -> Array>| move |x: &Array, y: &Array| f(&[x.clone(), y.clone()]);
        let three = move |f: Rc<dyn Fn(&[Array]) -> Array>| {
            move |x: &Array, y: &Array, z: &Array| f(&[x.clone(), y.clone(), z.clone()])
        };
        let one: Rc<dyn Fn(&[Array]) -> Array> = Rc::new(one);
        vec![match (n, i) {
            (1, _) => grad_argnum::<0, _, _>(move |x: &Array| one(&[x.clone()]))(&x[0]),
            (2, 0) => grad_argnum::<0, _, _>(two(one))(&x[0], &x[1]),
            (2, _) => grad_argnum::<1, _, _>(two(one))(&x[0], &x[1]),
            (_, 0) => grad_argnum::<0, _, _>(three(one))(&x[0], &x[1], &x[2]),
            (_, 1) => grad_argnum::<1, _, _>(three(one))(&x[0], &x[1], &x[2]),
            _ => grad_argnum::<2, _, _>(three(one))(&x[0], &x[1], &x[2]),
        }]
    })
}

/// Value and tangent, from arguments followed by their tangents.
pub fn push_forward(f: &F) -> F {
    let f = f.clone();
    rc(move |x| {
        let (x, t) = x.split_at(x.len() / 2);
        let f = f.clone();
        let (value, tangent) = match x.len() {
            1 => jvp(move |x: &Array| f(&[x.clone()]), &(x[0].clone(),), &(t[0].clone(),)),
            2 => jvp(
                move |x: &Array, y: &Array| f(&[x.clone(), y.clone()]),
                &(x[0].clone(), x[1].clone()),
                &(t[0].clone(), t[1].clone()),
            ),
            _ => jvp(
                move |x: &Array, y: &Array, z: &Array| f(&[x.clone(), y.clone(), z.clone()]),
                &(x[0].clone(), x[1].clone(), x[2].clone()),
                &(t[0].clone(), t[1].clone(), t[2].clone()),
            ),
        };
        [value, tangent].concat()
    })
}

/// Cotangents of the arguments, from arguments followed by the cotangent of the result.
pub fn pull_back(f: &F) -> F {
    let f = f.clone();
    rc(move |x| {
        let (ct, x) = x.split_last().expect("a cotangent");
        let (f, ct) = (f.clone(), vec![ct.clone()]);
        match x.len() {
            1 => {
                let (a,) = vjp(move |x: &Array| f(&[x.clone()]), &(x[0].clone(),)).1(&ct);
                vec![a]
            }
            2 => {
                let f = move |x: &Array, y: &Array| f(&[x.clone(), y.clone()]);
                let (a, b) = vjp(f, &(x[0].clone(), x[1].clone())).1(&ct);
                vec![a, b]
            }
            _ => {
                let f = move |x: &Array, y: &Array, z: &Array| f(&[x.clone(), y.clone(), z.clone()]);
                let (a, b, c) = vjp(f, &(x[0].clone(), x[1].clone(), x[2].clone())).1(&ct);
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

//! What a program gets wrong is told in a sentence that names the function, what it got, and the remedy; nothing panics.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use thetahat::base::error::ErrorKind;
use thetahat::jax::tree::{Static, tree_map2};
use thetahat::jax::{Array, DType, grad, jit, make_jaxpr, vmap};

fn vector(n: usize) -> Array {
    Array::zeros(&[n], DType::F32)
}

fn message(array: &Array) -> String {
    array.error().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn shapes_that_do_not_fit_are_named() {
    assert_eq!(
        message(&Array::zeros(&[16, 2], DType::F32).matmul(&vector(3))),
        "dot_general: contracted axes have sizes [2] in f32[16,2] but [3] in f32[3]. The summed axes must agree: in \
         `x.matmul(w)` the last axis of x with the first of w (the last but one if it has more)."
    );
    assert!(
        message(&(vector(2) + vector(3)))
            .starts_with("add: got incompatible shapes for broadcasting: f32[2] and f32[3].")
    );
    assert!(
        message(&vector(2).sum_axes(&[1]))
            .contains("axis 1 is out of bounds for an array of shape [2]. Its only axis is 0.")
    );
    assert!(message(&vector(6).reshape(&[4, 2])).contains("f32[6] has 6 elements, the shape [4, 2] 8."));
    assert!(message(&Array::new(&[1.0], &[2])).contains("1 elements for the shape [2]"));
}

#[test]
fn an_error_goes_through_whatever_follows_and_comes_out_where_the_value_is_read() {
    let broken = vector(2) + vector(3);
    let result = (broken.exp() * 2.0).mean();
    assert_eq!(message(&result), message(&(vector(2) + vector(3))));
    assert!(result.item().is_err_and(|error| error.kind() == ErrorKind::Shape));
    let through = jit(|x: &Array| (x + &vector(3)).sum());
    assert!(through(&vector(2)).item().is_err_and(|error| error.kind() == ErrorKind::Shape));
    assert!(
        grad(|x: &Array| (x + &vector(3)).sum())(&vector(2))
            .to_vec()
            .is_err_and(|error| error.kind() == ErrorKind::Shape)
    );
}

#[test]
fn grad_of_what_is_not_one_number_says_what_it_got() {
    assert_eq!(
        message(&grad(|x: &Array| x * 2.0)(&vector(3))),
        "grad: the function to differentiate must give one real number, but it gave an array of type f32[3]. Reduce its \
         result with `mean` or `sum`, or use `jacrev` for a Jacobian."
    );
    let whole = Array::from_i32(&[1, 2], &[2]);
    assert!(message(&grad(|x: &Array| x.astype(DType::F32).sum())(&whole)).contains("element type int32"));
}

#[test]
fn a_tracer_is_not_a_number() {
    let seen = Rc::new(RefCell::new(None));
    let keep = seen.clone();
    let program = make_jaxpr(move |x: &Array| {
        *keep.borrow_mut() = Some(x.item());
        x * x
    })(&Array::scalar(2.0));
    assert!(program.is_ok());
    let Some(Err(error)) = seen.take() else { panic!("the tracer had a value") };
    assert!(error.kind() == ErrorKind::Concretization);
    assert!(error.to_string().contains("traced array of type f32[] whose value is not known yet"), "{error}");
}

#[test]
fn a_tracer_that_outlives_its_trace_is_recognised() {
    let leaked = Rc::new(RefCell::new(None));
    let keep = leaked.clone();
    let _ = make_jaxpr(move |x: &Array| {
        *keep.borrow_mut() = Some(x * 2.0);
        x + 1.0
    })(&vector(2));
    let leaked = leaked.take().expect("a tracer");
    let outside = &leaked + 1.0;
    assert!(outside.error().is_some_and(|error| error.kind() == ErrorKind::LeakedTracer), "{outside:?}");
    let again = make_jaxpr(move |x: &Array| x + &leaked)(&vector(2));
    assert_eq!(again.err().map(|error| error.kind()), Some(ErrorKind::LeakedTracer));
}

#[test]
fn trees_that_differ_say_where() {
    let tree = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), vector(1))).collect::<BTreeMap<_, _>>();
    let sum = tree_map2(|a, b| a + b, &tree(&["bias", "kernel"]), &tree(&["kernel"]));
    let text = message(&sum["bias"]);
    assert!(text.contains("PyTreeDef({'bias': *, 'kernel': *})") && text.contains("['bias']"), "{text}");
}

#[test]
fn vmap_names_what_it_cannot_map() {
    let add = |x: &Array, y: &Array| x + y;
    let sizes = vmap(add, (0, 0))(&vector(2), &vector(3));
    assert!(message(&sizes).starts_with("vmap: "), "{sizes:?}");
    assert!(message(&vmap(add, (0, 1))(&vector(2), &vector(2))).contains("axis 1"));
    assert!(message(&vmap(add, (None, None))(&vector(2), &vector(2))).starts_with("vmap: "));
}

#[test]
fn a_static_argument_is_compiled_for_and_counted() {
    let power = jit(|y: &Static<i32>, x: &Array| x.powi(y.0));
    assert_eq!(power(&Static(2), &Array::scalar(3.0)).item(), Ok(9.0));
    assert_eq!(power(&Static(3), &Array::scalar(3.0)).item(), Ok(27.0));
    assert_eq!(power(&Static(3), &Array::scalar(2.0)).item(), Ok(8.0));
    assert_eq!(power.cache_size(), 2);
}

//! `vmap`: what its axes mean, and what it says where they are wrong.

use thetahat::jax::batching::{batch_jaxpr, vmap_jaxpr};
use thetahat::jax::trace::trace;
use thetahat::jax::vmap::vmap_with;
use thetahat::jax::{Array, DType, grad, jit, vmap};

fn add(x: &Array, y: &Array) -> Array {
    x + y
}

fn matrix(rows: usize, columns: usize) -> Array {
    let data: Vec<f32> = (0..rows * columns).map(|i| i as f32).collect();
    Array::from_vec(data, &[rows, columns])
}

fn message(x: &Array) -> String {
    x.error().expect("an error").to_string()
}

#[test]
fn axes_nest_like_the_arguments() {
    let f = |pair: &(Array, Array), z: &Array| &pair.0 * &pair.1 + z;
    let pair = (matrix(2, 3), matrix(3, 2));
    let z = Array::new(&[1.0, 1.0], &[2]);
    let out = vmap(f, ((1, 0), None))(&pair, &z);
    assert_eq!(out.shape(), [3, 2]);
    assert_eq!(out.to_vec().unwrap(), [1.0, 4.0, 3.0, 13.0, 9.0, 26.0]);
}

#[test]
fn one_axis_is_for_all_arguments() {
    let out = vmap(add, 0)(&matrix(2, 3), &matrix(2, 3));
    assert_eq!(out.to_vec().unwrap(), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
}

#[test]
fn shared_results_are_repeated_or_kept() {
    let f = |x: &Array, y: &Array| (x.sum(), y * 2.0);
    let y = Array::new(&[1.0, 2.0], &[2]);
    let (_, stacked) = vmap(f, (0, None))(&matrix(3, 2), &y);
    assert_eq!(stacked.shape(), [3, 2]);
    let (sums, kept) = vmap_with(f, (0, None), (0, None))(&matrix(3, 2), &y);
    assert_eq!((sums.shape(), kept.shape()), (&[3][..], &[2][..]));
}

#[test]
fn rows_are_picked_for_each_example() {
    let x = matrix(4, 2);
    let rows = Array::from_i32(&[0, -1, 2, 1], &[2, 2]);
    let picked = vmap(Array::take, (None, 0))(&x, &rows);
    assert_eq!(picked.to_vec().unwrap(), [0.0, 1.0, 6.0, 7.0, 4.0, 5.0, 2.0, 3.0]);
    let each = vmap(Array::take, (1, 0))(&x, &rows);
    assert_eq!(each.to_vec().unwrap(), [0.0, 6.0, 5.0, 3.0]);
    let gradients = vmap(grad(|x: &Array, rows: &Array| x.take(rows).powi(2).sum()), (None, 0))(&x, &rows);
    let expected = [0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 12.0, 14.0, 0.0, 0.0, 4.0, 6.0, 8.0, 10.0, 0.0, 0.0];
    assert_eq!(gradients.to_vec().unwrap(), expected);
}

#[test]
fn it_runs_inside_jit_and_jit_inside_it() {
    let inner = jit(add);
    let outer = jit(vmap(move |x: &Array, y: &Array| inner(x, y), (0, None)));
    let y = Array::new(&[10.0, 20.0], &[2]);
    assert_eq!(outer(&matrix(2, 2), &y).to_vec().unwrap(), [10.0, 21.0, 12.0, 23.0]);
}

#[test]
fn a_mapped_result_without_a_place_is_refused() {
    let text = message(&vmap_with(add, (0, None), None)(&matrix(3, 2), &matrix(1, 2).reshape(&[2])));
    assert_eq!(
        text,
        "vmap: `out_axes` is None for output 0, but that output, of type f32[3,2], differs between the 3 examples: \
         it is mapped along axis 0. Give the axis along which its examples are to be stacked, such as 0, or reduce \
         it over the examples after `vmap`."
    );
}

#[test]
fn axes_that_do_not_exist_are_refused() {
    let text = message(&vmap(add, (2, 0))(&matrix(3, 2), &matrix(3, 2)));
    assert!(text.starts_with("vmap: axis 2 is out of bounds for an array of shape [3, 2]"), "{text}");
    let text = message(&vmap_with(add, 0, 3)(&matrix(3, 2), &matrix(3, 2)));
    assert!(text.starts_with("vmap: axis 3 is out of bounds for an array of shape [3, 2]"), "{text}");
    let text = message(&vmap_with(|x: &Array| (x * 0.0, Array::scalar(1.0)).1, 0, 1)(&matrix(3, 2)));
    assert!(text.starts_with("vmap: axis 1 is out of bounds for an array of shape [3]"), "{text}");
}

#[test]
fn axes_of_different_sizes_are_refused() {
    let text = message(&vmap(add, (0, 1))(&matrix(3, 2), &matrix(3, 2)));
    assert!(text.contains("mapped axes have sizes 3 and 2"), "{text}");
}

#[test]
fn mapping_nothing_is_refused() {
    let text = message(&vmap(add, (None, None))(&matrix(3, 2), &matrix(3, 2)));
    assert!(text.contains("no argument is mapped"), "{text}");
}

#[test]
fn too_many_axes_are_refused() {
    let x = Array::zeros(&[1; 8], DType::F32);
    let y = Array::zeros(&[1; 8], DType::F32);
    let f = |x: &Array, y: &Array| x.reshape(&[1; 8]) + y;
    let text = message(&vmap(f, (0, None))(&x, &y));
    assert!(text.contains("Arrays have at most 8 axes"), "{text}");
}

#[test]
fn errors_inside_come_out() {
    let text = message(&vmap(Array::matmul, (0, None))(&matrix(3, 2), &matrix(3, 3)));
    assert!(text.starts_with("dot_general: contracted axes have sizes [2] in f32[2] but [3] in f32[3,3]"), "{text}");
}

#[test]
fn programs_say_which_results_are_mapped() {
    let x = Array::zeros(&[2], DType::F32);
    let avals = [x.aval().unwrap().clone(), x.aval().unwrap().clone()];
    let program = trace(&avals, |x| vec![&x[0] + &x[1], x[1].sin()]).unwrap().jaxpr;
    let (mapped, axes) = batch_jaxpr(&program, &[Some(1), None], 5).unwrap();
    mapped.typecheck().unwrap();
    assert_eq!(axes, [Some(0), None]);
    let error = batch_jaxpr(&program, &[Some(1)], 5).unwrap_err().to_string();
    assert!(error.starts_with("vmap: in_axes has 1 entries for a program with 2 arguments"), "{error}");
    let error = vmap_jaxpr(&program, &[Some(1), None], &[Some(0)], 5).unwrap_err().to_string();
    assert!(error.starts_with("vmap: out_axes has 1 entries for a program with 2 outputs"), "{error}");
}

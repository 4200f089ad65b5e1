//! The WebAssembly that the engine generates, as text: the lecture's step, and one program for each way in which a kernel is written.
//!
//! The files in `wat/` are written anew with `UPDATE_EXPECT=1`. What the code computes is tested elsewhere ([`crate::laws`]); these show how it looks,
//! and what a change of the generator changes.

use std::cell::RefCell;
use std::rc::Rc;

use expect_test::{ExpectFile, expect_file};
use thetahat::jax::compile::scan::{Scan, Wiring};
use thetahat::jax::compile::wasm::{Fma, Generated};
use thetahat::jax::compile::{Loader, NativeCode, Rounding, compile, compile_mapped, install_loader, lowered};
use thetahat::jax::core::{DotDims, Primitive, ShapedArray};
use thetahat::jax::trace::{ClosedJaxpr, bind, trace};
use thetahat::jax::{Array, DType, make_jaxpr};
use thetahat::lecture::programs::raw::make_step;
use thetahat::optax::{self, OptState};

/// A loader that keeps the text of what it is given, and refuses it.
struct Printer(Fma, RefCell<Vec<String>>);

impl Loader for Printer {
    fn fma(&self) -> Fma {
        self.0
    }

    fn load(&self, generated: &Generated) -> Option<Rc<dyn NativeCode>> {
        self.1.borrow_mut().push(wasmprinter::print_bytes(generated.module()).unwrap());
        None
    }
}

/// The text of the first module that is generated meanwhile.
fn generated(fma: Fma, compile: impl FnOnce()) -> String {
    let printer = Rc::new(Printer(fma, RefCell::default()));
    let before = install_loader(Some(printer.clone()));
    compile();
    install_loader(before);
    printer.1.take().into_iter().next().unwrap_or_default()
}

fn program<const N: usize>(shapes: [&[usize]; N], f: impl FnOnce([Array; N]) -> Array) -> ClosedJaxpr {
    let avals = shapes.map(|shape| ShapedArray::new(shape, DType::F32));
    trace(&avals, |args| vec![f(args.try_into().unwrap())]).unwrap()
}

/// Compares what is generated for a program, its primitives as they stand.
fn check(program: &ClosedJaxpr, expected: ExpectFile) {
    let text = generated(Fma::Relaxed, || drop(compile(&program.jaxpr, &program.consts, Rounding::OpByOp).unwrap()));
    assert!(!text.is_empty());
    expected.assert_eq(&text);
}

#[test]
fn the_lectures_step() {
    let zeros = |shape: &[usize]| Array::zeros(shape, DType::F32);
    let (params, rate) = (zeros(&[2]), Array::scalar(0.001));
    let state = optax::sgd(&rate).init(&params);
    let step = |params: &Array, state: &OptState, x: &Array, y: &Array, rate: &Array| {
        make_step(&optax::sgd(rate), params, state, x, y)
    };
    let program = make_jaxpr(step)(&params, &state, &zeros(&[4, 2]), &zeros(&[4]), &rate).unwrap();
    let step = lowered(&program.jaxpr, Rounding::Fused).unwrap();
    let wiring = Wiring { carries: vec![(0, 0)], batches: vec![1, 2], records: vec![1, 0] };
    let text = generated(Fma::Relaxed, || drop(Scan::new(&step, &program.consts, &wiring).unwrap()));
    expect_file!["wat/step.wat"].assert_eq(&text);
}

#[test]
fn a_fused_multiply_add_without_the_instruction() {
    let program = program([&[2], &[2], &[2]], |[x, y, z]| x * y + z);
    let text = generated(Fma::Exact, || drop(compile(&program.jaxpr, &[], Rounding::Fused).unwrap()));
    expect_file!["wat/exact_fma.wat"].assert_eq(&text);
}

#[test]
fn three_equations() {
    // the worked example of src/jax/compile/wasm/README.md
    check(&program([&[4], &[4]], |[x, y]| ((x - y) * 2.0).sum()), expect_file!["wat/three_equations.wat"]);
}

#[test]
fn a_step_left_to_the_interpreter() {
    check(&program([&[4], &[4]], |[x, y]| (&x + &y).exp() * y), expect_file!["wat/interpreted.wat"]);
}

#[test]
fn a_hyperbolic_tangent() {
    check(&program([&[4]], |[x]| x.tanh()), expect_file!["wat/tanh.wat"]);
}

#[test]
fn elementwise_chain() {
    check(&program([&[300], &[300]], |[x, y]| (x + &y) * y), expect_file!["wat/chain.wat"]);
}

#[test]
fn elementwise_stretched() {
    check(&program([&[100, 6], &[1, 6]], |[x, y]| x + y), expect_file!["wat/stretched.wat"]);
}

#[test]
fn movement() {
    let columns = |x: &Array| {
        let slice = Primitive::Slice { start_indices: vec![0, 1], limit_indices: vec![100, 5], strides: None };
        bind(slice, &[x])
    };
    check(&program([&[100, 6]], |[x]| columns(&x)), expect_file!["wat/movement.wat"]);
}

#[test]
fn dot_of_columns() {
    let dims = DotDims { lhs_contract: vec![0], rhs_contract: vec![0], ..DotDims::default() };
    let product = Primitive::DotGeneral(dims);
    check(&program([&[40, 7], &[40, 4]], |[x, y]| bind(product, &[&x, &y])), expect_file!["wat/dot_columns.wat"]);
}

#[test]
fn dot_of_a_library() {
    check(&program([&[7, 40], &[40, 4]], |[x, y]| x.matmul(&y)), expect_file!["wat/dot_library.wat"]);
}

#[test]
fn dot_of_short_rows() {
    check(&program([&[300, 2], &[2]], |[x, y]| x.matmul(&y)), expect_file!["wat/dot_short_rows.wat"]);
}

#[test]
fn dot_of_rows() {
    check(&program([&[20, 40], &[40]], |[x, y]| x.matmul(&y)), expect_file!["wat/dot_rows.wat"]);
}

#[test]
fn dot_of_vectors() {
    check(&program([&[1100], &[1100]], |[x, y]| x.matmul(&y)), expect_file!["wat/dot_windows.wat"]);
}

#[test]
fn sum_of_all() {
    check(&program([&[1100]], |[x]| x.sum()), expect_file!["wat/sum.wat"]);
}

#[test]
fn sum_of_rows() {
    check(&program([&[300, 6]], |[x]| x.sum_axes(&[0])), expect_file!["wat/sum_rows.wat"]);
}

#[test]
fn dots_of_an_ensemble() {
    let program = program([&[300, 2], &[2]], |[x, y]| x.matmul(&y));
    let text = generated(Fma::Relaxed, || {
        drop(compile_mapped(&program, Rounding::OpByOp, [&[false, true], &[true]], 4).unwrap());
    });
    expect_file!["wat/dot_ensemble.wat"].assert_eq(&text);
}

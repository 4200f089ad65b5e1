//! Machine code that is written and loaded at run time gives the interpreter's bits, with both ways of computing a fused multiply-add.

use proptest::test_runner::{Config as Cases, TestRunner};
use thetahat::jax::Array;
use thetahat::jax::compile::wasm::Fma;
use thetahat::jax::compile::{Backend, Rounding, compile, install_loader};
use thetahat::web::loader;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use crate::program::{Kind, Program, program};

/// The bits of arrays; all NaNs are the same.
fn bits(arrays: &[Array]) -> Vec<Vec<u32>> {
    let word = |x: &f32| if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() };
    arrays.iter().map(|x| x.to_vec().expect("numbers").iter().map(word).collect()).collect()
}

fn agrees(program: &Program, fma: Fma) -> bool {
    let traced = program.traced();
    let make = || compile(&traced.jaxpr, &traced.consts, Rounding::Fused).expect("a compiled program");
    loader::install_with(fma);
    let mut machine = make();
    install_loader(None);
    let mut interpreter = make();
    for seed in 0..2 {
        let args = program.args(seed);
        let [ours, expected] = [&mut machine, &mut interpreter].map(|code| code.call(&args).expect("results"));
        assert_eq!(bits(&ours), bits(&expected), "{fma:?} {}", traced.jaxpr);
    }
    machine.backend() == Backend::WebAssembly
}

#[wasm_bindgen_test]
fn random_programs_have_the_interpreters_bits() {
    for fma in [Fma::Relaxed, Fma::Exact] {
        if !loader::install_with(fma) {
            console_log!("this browser has no fused multiply-add of its own: the exact way is the only one");
            continue;
        }
        let mut loaded = 0;
        let mut runner = TestRunner::deterministic();
        for _ in 0..Cases::default().cases.max(400) {
            let tree = proptest::strategy::Strategy::new_tree(&program(Kind::Any), &mut runner).expect("a program");
            let program = proptest::strategy::ValueTree::current(&tree);
            loaded += usize::from(agrees(&program, fma));
        }
        assert!(loaded > 300, "only {loaded} programs ran as generated WebAssembly");
    }
    install_loader(None);
}

/// The table of functions does not grow with every program: places are used again.
#[wasm_bindgen_test]
fn functions_come_and_go() {
    assert!(loader::install_with(Fma::Exact));
    let x = Array::from_vec(vec![1.0, 2.0, 3.0], &[3]);
    let table: js_sys::WebAssembly::Table = wasm_bindgen::JsCast::unchecked_into(wasm_bindgen::function_table());
    let mut lengths = Vec::new();
    for i in 0..1000 {
        let factor = i as f32;
        let double = thetahat::jax::jit(move |x: &Array| x * factor + x);
        assert_eq!(double(&x).to_vec().expect("numbers")[1], 2.0 * factor + 2.0);
        lengths.push(table.length());
    }
    install_loader(None);
    assert_eq!(lengths[200], lengths[999], "the table grows");
}

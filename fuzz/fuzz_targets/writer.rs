//! The writer of WebAssembly: what it writes for any program is a valid module, which writes nowhere else than into its arena, and computes the interpreter's bits.
//!
//! The programs are those of the property tests (`tests/jax/laws`), drawn with a seed of the fuzzer's bytes.

#![no_main]

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use thetahat::jax::compile::wasm::Fma;
use thetahat::jax::compile::{Loader, Rounding, compile, install_loader};

#[allow(dead_code)]
#[path = "../../tests/jax/laws/program.rs"]
mod program;
#[allow(dead_code)]
#[path = "../../tests/jax/laws/wasmi.rs"]
mod wasmi;

fuzz_target!(|bytes: &[u8]| {
    // the bytes themselves in the place of random ones have drawing go on without end where they are all zeros
    let mut seed = [0; 32];
    for (at, byte) in bytes.iter().enumerate() {
        seed[at % 32] ^= byte;
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let Ok(drawn) = program::program(program::Kind::Any).new_tree(&mut runner) else { return };
    let program = drawn.current();
    let traced = program.traced();
    let results = |loader: Option<Rc<dyn Loader>>| -> Vec<Vec<u32>> {
        install_loader(loader);
        let mut executable = compile(&traced.jaxpr, &traced.consts, Rounding::Fused).expect("a compiled program");
        let results = executable.call(&program.args(0)).expect("results");
        results.iter().map(|result| result.to_vec().expect("numbers").iter().map(|x| x.to_bits()).collect()).collect()
    };
    let interpreted = results(None);
    assert_eq!(interpreted, results(Some(Rc::new(wasmi::Wasmi(Fma::Exact)))), "{program:?}");
});

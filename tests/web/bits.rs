//! The engine gives the same bits in a browser as on the host: every value of the lecture's run as JAX recorded it.

use serde_json::Value;
use thetahat::jax::compile::wasm::Fma;
use thetahat::jax::compile::{Backend, backend, install_loader};
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;
use thetahat::web::loader;
use wasm_bindgen_test::wasm_bindgen_test;

const RAW: &str = include_str!("../golden/runs/raw.json");

fn bits(recorded: &Value, name: &str) -> Vec<u32> {
    let list = recorded[name].as_array().expect("a list");
    list.iter().map(|bits| u32::try_from(bits.as_u64().expect("bits")).expect("32 bits")).collect()
}

/// Interpreted and as generated WebAssembly, whichever way that computes fused multiply-adds.
#[wasm_bindgen_test]
fn the_lectures_run_has_jaxs_bits() {
    install_loader(None);
    has_jaxs_bits();
    for fma in [Fma::Relaxed, Fma::Exact] {
        if loader::install_with(fma) {
            has_jaxs_bits();
            assert_eq!(backend(), Backend::WebAssembly);
        }
    }
    install_loader(None);
}

fn has_jaxs_bits() {
    let recorded: Value = serde_json::from_str(RAW).expect("a recording");
    let mut trainer = Trainer::new(&Config::default()).expect("a valid configuration");
    let mut run = Chunk::default();
    while !trainer.is_done() {
        run.append(trainer.advance(1000).expect("steps"));
    }
    let of = |column: &[f32]| column.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(of(&run.losses), bits(&recorded, "losses_bits"));
    assert_eq!(of(&run.params), bits(&recorded, "params_bits"));
    assert_eq!(of(&run.epoch_norms), bits(&recorded, "norms_bits"));
    let lines: Vec<&str> = recorded["lines"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
    assert_eq!(run.lines, lines);
}

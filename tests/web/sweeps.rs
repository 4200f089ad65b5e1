//! Sweeps as generated WebAssembly, four trainings in the lanes of each instruction, have the bits of the trainings one by one in this browser.

use thetahat::jax::compile::install_loader;
use thetahat::jax::compile::wasm::Fma;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::sweep::{Sweep, SweepChunk};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};
use thetahat::web::loader;
use wasm_bindgen_test::wasm_bindgen_test;

fn swept(configs: &[Config]) -> SweepChunk {
    let mut sweep = Sweep::new(configs, &Shared::default()).expect("a sweep");
    let mut all = sweep.advance(7).expect("steps");
    all.append(sweep.advance(usize::MAX).expect("steps"));
    all
}

/// What the trainings of a sweep record, each computed alone in the interpreter.
fn one_by_one(configs: &[Config]) -> SweepChunk {
    let alone = |config| Trainer::new(config).and_then(|mut trainer| trainer.advance(usize::MAX)).expect("a run");
    let runs: Vec<_> = configs.iter().map(alone).collect();
    let entries = || 0..runs[0].losses.len();
    SweepChunk {
        first_entry: 0,
        stride: 1,
        losses: entries().flat_map(|entry| runs.iter().map(move |run| run.losses[entry])).collect(),
        norms: entries().flat_map(|entry| runs.iter().map(move |run| run.norms[entry])).collect(),
    }
}

#[wasm_bindgen_test]
fn sweeps_have_the_bits_of_single_trainings() {
    for program in
        [Program::Raw, Program::Vmap, Program::Module(ModuleKind::Linear), Program::Module(ModuleKind::MyLinear)]
    {
        for &optimizer in Optimizer::BY_RATE {
            for schedule in [Schedule::Constant, Schedule::Cosine] {
                for (samples, batch_size, features) in [(90, 16, 2), (33, 10, 3), (150, 64, 2), (600, 300, 1)] {
                    let config = Config {
                        program,
                        optimizer,
                        schedule,
                        samples,
                        batch_size,
                        features,
                        epochs: 4,
                        ..Config::default()
                    };
                    let rate = |rate: f64| Config { learning_rate: rate, ..config.clone() };
                    let configs: Vec<Config> = [0.001, 0.01, 0.3, 9.0, 0.1].map(rate).into();
                    install_loader(None);
                    let expected = format!("{:?}", one_by_one(&configs));
                    for fma in [Fma::Relaxed, Fma::Exact] {
                        // where this browser has no fused multiply-add of its own, the exact way is the only one
                        assert!(
                            !loader::install_with(fma) || format!("{:?}", swept(&configs)) == expected,
                            "{fma:?} {config:?}"
                        );
                    }
                }
            }
        }
    }
    install_loader(None);
}

//! Sweeps as generated WebAssembly, four trainings in the lanes of each instruction, have the bits of the trainings one by one in this browser.

use thetahat::jax::compile::install_loader;
use thetahat::jax::compile::wasm::Fma;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::sweep::{Sweep, SweepChunk};
use thetahat::lecture::run::tanh::{STEPS, Trainings};
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

/// Of the network with a learning rate for each layer, as `tests/golden/tanh.py` recorded them.
#[wasm_bindgen_test]
fn trainings_of_the_network_have_jaxs_bits() {
    let recorded: serde_json::Value = serde_json::from_str(include_str!("../golden/tanh.json")).expect("a recording");
    let runs = recorded["runs"].as_array().expect("trainings");
    for fma in [Fma::Relaxed, Fma::Exact] {
        if !loader::install_with(fma) {
            continue;
        }
        let mut trainings = Trainings::new().expect("a compiled step");
        for four in runs.chunks(trainings.lanes()) {
            let rate = |run: &serde_json::Value, layer: usize| run["rates"][layer].as_f64().expect("a rate");
            let pairs: Vec<[f64; 2]> = four.iter().map(|run| [rate(run, 0), rate(run, 1)]).collect();
            let losses = trainings.losses(42, &pairs, STEPS).expect("losses");
            for (lane, run) in four.iter().enumerate() {
                let theirs = run["losses"].as_array().expect("losses").iter();
                let theirs = theirs
                    .map(|bits| f32::from_bits(bits.as_u64().and_then(|bits| bits.try_into().ok()).expect("bits")));
                let ours = losses.iter().skip(lane).step_by(trainings.lanes());
                for (ours, theirs) in ours.zip(theirs) {
                    assert!(
                        ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan()),
                        "{fma:?} {pairs:?}"
                    );
                }
            }
        }
    }
}

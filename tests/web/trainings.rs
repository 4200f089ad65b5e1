//! Whole trainings as generated WebAssembly, an epoch in one call, have the interpreter's bits in this browser.

use thetahat::jax::compile::install_loader;
use thetahat::jax::compile::wasm::Fma;
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, Optimizer, Program, Schedule};
use thetahat::web::loader;
use wasm_bindgen_test::wasm_bindgen_test;

/// The training in uneven slices, with the loader that is installed now.
fn trained(config: &Config) -> Chunk {
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    let mut run = trainer.advance(7).expect("steps");
    run.append(trainer.advance(usize::MAX).expect("steps"));
    run
}

/// Text, because a run may diverge, and a NaN is not equal to itself.
fn differs(config: &Config, expected: &Chunk) -> bool {
    format!("{:?}", trained(config)) != format!("{expected:?}")
}

#[wasm_bindgen_test]
fn every_training_has_the_interpreters_bits() {
    for &program in Program::ALL {
        for &optimizer in Optimizer::BY_RATE {
            for &schedule in Schedule::ALL {
                for (samples, batch_size, features) in [(90, 16, 2), (33, 10, 3), (9, 1, 4), (70, 64, 17)] {
                    let base =
                        Config { program, optimizer, schedule, samples, batch_size, features, ..Config::default() };
                    let config = Config { epochs: 4, learning_rate: 0.3, ..base };
                    install_loader(None);
                    let expected = trained(&config);
                    for fma in [Fma::Relaxed, Fma::Exact] {
                        // where this browser has no fused multiply-add of its own, the exact way is the only one
                        assert!(!loader::install_with(fma) || !differs(&config, &expected), "{fma:?} {config:?}");
                    }
                }
            }
        }
    }
    install_loader(None);
}

//! Trainings side by side against the same trainings one by one: every loss, every distance and the last parameters, bit for bit, in the interpreter
//! and as generated WebAssembly.

use std::rc::Rc;

use thetahat::jax::compile::wasm::Fma;
use thetahat::jax::compile::{Backend, install_loader};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::sweep::{Sweep, SweepChunk};
use thetahat::lecture::run::tanh::Trainings;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};

use crate::laws::wasmi::Wasmi;

fn bits(numbers: impl IntoIterator<Item = f32>) -> Vec<u32> {
    numbers.into_iter().map(|x| if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() }).collect()
}

fn alone(config: &Config) -> Chunk {
    Trainer::new(config).expect("a valid configuration").advance(usize::MAX).expect("a run")
}

/// Takes all steps in odd slices, so that they do not fall on epochs.
fn swept(sweep: &mut Sweep) -> SweepChunk {
    let mut all = SweepChunk { stride: 1, ..SweepChunk::default() };
    while !sweep.is_done() {
        let next = sweep.advance(37).expect("steps");
        assert_eq!((next.stride, next.first_entry * sweep.trainings()), (1, all.losses.len()));
        all.append(next);
    }
    all
}

fn check(configs: &[Config]) {
    let expected: Vec<Chunk> = configs.iter().map(alone).collect();
    for machine in [None, Some(Fma::Relaxed), Some(Fma::Exact)] {
        install_loader(machine.map(|fma| Rc::new(Wasmi(fma)) as _));
        let sweep = || Sweep::new(configs, &Shared::default());
        let sweeps = [sweep(), sweep()];
        install_loader(None);
        let [mut sweep, mut finished] = sweeps.map(|sweep| sweep.expect("a sweep"));
        let all = swept(&mut sweep);
        check_last(&mut finished, &all);
        assert_eq!(sweep.steps_taken(), configs[0].steps());
        for ((training, config), expected) in configs.iter().enumerate().zip(&expected) {
            let of = |numbers: &[f32]| bits(numbers.iter().copied().skip(training).step_by(configs.len()));
            assert_eq!(of(&all.losses), bits(expected.losses.clone()), "losses of {config:?}, {machine:?}");
            assert_eq!(of(&all.norms), bits(expected.norms.clone()), "distances of {config:?}, {machine:?}");
            let last = expected.params[expected.params.len() - config.features..].to_vec();
            assert_eq!(bits(sweep.params(training)), bits(last), "parameters of {config:?}, {machine:?}");
        }
        assert!(sweep.params(configs.len()).is_empty());
    }
}

/// That the end alone is the last entry of the recording, also where the rest of the steps began in the middle of an epoch, or none is left.
fn check_last(sweep: &mut Sweep, all: &SweepChunk) {
    sweep.advance(1).expect("a step");
    for _ in 0..2 {
        let last = sweep.finish().expect("all steps");
        let first = last.first_entry * sweep.trainings();
        assert!(sweep.is_done());
        assert_eq!(bits(last.losses), bits(all.losses[first..].to_vec()));
        assert_eq!(bits(last.norms), bits(all.norms[first..].to_vec()));
    }
}

/// Rates from too small to far too large.
fn rates(config: &Config, count: usize) -> Vec<Config> {
    let rate = |i: usize| 0.001 * 2.5_f64.powi(i as i32);
    (0..count).map(|i| Config { learning_rate: rate(i), ..config.clone() }).collect()
}

#[test]
fn every_program_and_optimizer() {
    for &program in Program::ALL.iter().filter(|&&program| program != Program::Module(ModuleKind::Pitfall)) {
        for &optimizer in Optimizer::BY_RATE {
            for &schedule in Schedule::ALL {
                // a last batch of 4 rows
                let config = Config {
                    program,
                    optimizer,
                    schedule,
                    samples: 52,
                    batch_size: 16,
                    epochs: 6,
                    ..Config::default()
                };
                check(&rates(&config, 4));
            }
        }
    }
}

#[test]
fn every_number_of_trainings() {
    let config = Config { samples: 40, batch_size: 16, epochs: 3, ..Config::default() };
    for count in [1, 2, 3, 5, 8, 11] {
        check(&rates(&config, count));
    }
}

#[test]
fn every_shape_of_data() {
    for features in [1, 2, 3, 8, 9, 20] {
        for batch_size in [1, 2, 7, 33, 64, 100] {
            let config = Config { features, batch_size, samples: 100, epochs: 2, ..Config::default() };
            check(&rates(&config, 5));
        }
    }
}

#[test]
fn starts() {
    let start = |i: usize| Some(vec![i as f32 - 2.0, 0.5 * i as f32]);
    let configs: Vec<Config> = (0..6)
        .map(|i| Config { epochs: 4, theta_0: if i == 3 { None } else { start(i) }, ..Config::default() })
        .collect();
    check(&configs);
}

/// A training that leaves the floats does not disturb its neighbours.
#[test]
fn divergence_stays_in_its_lane() {
    let configs: Vec<Config> = [0.001, 10.0, 0.01, 1.5]
        .map(|learning_rate| Config { learning_rate, samples: 100, epochs: 30, ..Config::default() })
        .into();
    let mut sweep = Sweep::new(&configs, &Shared::default()).expect("a sweep");
    swept(&mut sweep);
    assert!(sweep.params(1).iter().all(|x| !x.is_finite()) && sweep.params(0).iter().all(|x| x.is_finite()));
    check(&configs);
}

#[test]
fn the_lectures_run() {
    check(&rates(&Config::default(), 4));
}

#[test]
fn no_steps_where_the_generator_is_used_up() {
    let configs = rates(&Config::lecture(Program::Module(ModuleKind::Pitfall)), 2);
    let mut sweep = Sweep::new(&configs, &Shared::default()).expect("a sweep");
    assert!(sweep.is_done());
    let nothing = SweepChunk { stride: 1, ..SweepChunk::default() };
    assert_eq!(sweep.advance(100).expect("nothing"), nothing);
    assert_eq!(sweep.finish().expect("nothing"), nothing);
}

#[test]
fn a_long_sweep_is_thinned() {
    let config = Config { samples: 16, batch_size: 1, epochs: 1500, ..Config::default() };
    let configs = vec![config.clone(); 64];
    let mut sweep = Sweep::new(&configs, &Shared::default()).expect("a sweep");
    let chunk = sweep.advance(100).expect("steps");
    assert_eq!(chunk.stride, 2);
    assert_eq!((chunk.losses.len(), chunk.norms.len()), (50 * 64, 50 * 64));
    let expected = Trainer::new(&config).expect("a run").advance(100).expect("steps");
    let every_second: Vec<f32> = expected.norms.iter().copied().skip(1).step_by(2).collect();
    let first: Vec<f32> = chunk.norms.iter().copied().step_by(64).collect();
    assert_eq!(bits(first), bits(every_second));
    let last = sweep.finish().expect("all steps");
    assert_eq!((last.first_entry, last.stride, last.norms.len()), (config.steps() / 2 - 1, 2, 64));
}

#[test]
fn refusals_say_why() {
    let config = Config::default();
    let refused = |configs: &[Config]| Sweep::new(configs, &Shared::default()).expect_err("a refusal").to_string();
    assert_eq!(refused(&[]), "The number of trainings is 0, but it must be at least 1");
    let other = Config { batch_size: 8, ..config.clone() };
    assert!(refused(&[config.clone(), other]).ends_with("differ in nothing but the learning rate and the start."));
    let invalid = Config { learning_rate: -1.0, ..config };
    assert!(refused(&[Config::default(), invalid]).starts_with("Learning rate is −1"));
}

/// Trainings of the network of hyperbolic tangents, four in the lanes of each instruction, have the bits that each has alone in the interpreter.
#[test]
fn the_network_with_two_rates() {
    let pairs = [[0.5, 0.5], [333.0, 8.5], [0.2, 30.0], [700.0, 7.9]];
    let mut alone = Trainings::side_by_side(1).unwrap();
    let own: Vec<Vec<u32>> = pairs.iter().map(|&pair| bits(alone.losses(42, &[pair], 60).unwrap())).collect();
    for fma in [Fma::Relaxed, Fma::Exact] {
        install_loader(Some(Rc::new(Wasmi(fma)) as _));
        let mut together = Trainings::new().unwrap();
        install_loader(None);
        assert_eq!((together.backend(), together.lanes()), (Backend::WebAssembly, 4));
        let losses = together.losses(42, &pairs, 60).unwrap();
        for (lane, own) in own.iter().enumerate() {
            let ours = bits(losses.iter().skip(lane).step_by(4).copied());
            assert_eq!(ours[..own.len()], own[..], "{fma:?} {:?}", pairs[lane]);
        }
    }
}

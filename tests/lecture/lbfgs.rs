//! The course's script with L-BFGS, against runs that were recorded from Flax and Optax.

use serde::Deserialize;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::lbfgs::{LbfgsRequest, LbfgsRun};
use thetahat::lecture::run::sweep::Sweep;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Branch, Config, ModuleKind, Optimizer, Program, Schedule};

/// What `tests/golden/lbfgs.py` wrote.
#[derive(Deserialize)]
struct Recorded {
    script: Vec<Script>,
    lab: Vec<Lab>,
}

/// A run of the Lab.
#[derive(Deserialize)]
struct Lab {
    variant: String,
    seed: i64,
    samples: usize,
    features: usize,
    sigma: f64,
    losses: Vec<u32>,
    params: Vec<u32>,
    norms: Vec<u32>,
}

#[derive(Deserialize)]
struct Script {
    seed: i64,
    samples: usize,
    features: usize,
    sigma: f64,
    losses: Vec<u32>,
    norms: Vec<u32>,
    kernels: Vec<u32>,
    rates: Vec<u32>,
    evaluations: Vec<u32>,
    printed: Vec<String>,
}

fn recorded() -> Recorded {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/lbfgs.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn bits(floats: &[f32]) -> Vec<u32> {
    floats.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn the_scripts_are_those_recorded() {
    let recorded = recorded();
    let mut problems = Vec::new();
    for script in recorded.script {
        let request = LbfgsRequest {
            seed: script.seed,
            samples: script.samples,
            features: script.features,
            sigma: script.sigma,
            epochs: script.losses.len(),
        };
        let steps = LbfgsRun::new(&request, &Shared::default()).unwrap().advance(usize::MAX).unwrap();
        for (name, ours, theirs) in [
            ("losses", bits(&steps.losses), script.losses),
            ("norms", bits(&steps.norms), script.norms),
            ("kernels", bits(&steps.kernels), script.kernels),
            ("rates", bits(&steps.rates), script.rates),
            ("evaluations", steps.evaluations, script.evaluations),
        ] {
            if ours != theirs {
                let first = ours.iter().zip(&theirs).position(|(x, y)| x != y);
                problems.push(format!("{request:?} {name} differ at {first:?}: {ours:?} {theirs:?}"));
            }
        }
        if steps.printed != script.printed {
            problems.push(format!("{:?}\n{:?}", steps.printed, script.printed));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn full(config: Config) -> Config {
    Config { optimizer: Optimizer::Lbfgs, batch_size: config.samples, epochs: 20, ..config }
}

#[test]
fn runs_of_the_lab_are_those_recorded() {
    let mut problems = Vec::new();
    for lab in recorded().lab {
        let program = if lab.variant == "raw" { Program::Raw } else { Program::Vmap };
        let Lab { seed, samples, features, sigma, .. } = lab;
        let config = full(Config { program, seed, samples, features, sigma, ..Config::default() });
        let chunk = Trainer::new(&config).unwrap().advance(usize::MAX).unwrap();
        for (name, ours, theirs) in [
            ("losses", bits(&chunk.losses), lab.losses),
            ("params", bits(&chunk.params), lab.params),
            ("norms", bits(&chunk.norms), lab.norms),
        ] {
            if ours != theirs {
                let first = ours.iter().zip(&theirs).position(|(x, y)| x != y);
                problems.push(format!("{config:?} {name} differ at {first:?}: {ours:?} {theirs:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn it_takes_full_batches_and_neither_schedules_nor_branches() {
    let valid = full(Config::default());
    assert_eq!(valid.validate(), Ok(()));
    let branch = |optimizer| Some(Branch { step: 3, learning_rate: 0.1, optimizer, schedule: Schedule::Constant });
    for (config, words) in [
        (Config { batch_size: 499, ..valid.clone() }, "set the batch size to N, 500, or more"),
        (Config { schedule: Schedule::Cosine, ..valid.clone() }, "set the schedule to constant"),
        (Config { branch: branch(Optimizer::Sgd), ..valid.clone() }, "has no branch"),
        (Config { branch: branch(Optimizer::Lbfgs), ..Config::default() }, "has no branch"),
    ] {
        let error = config.validate().expect_err(words).to_string();
        assert!(error.starts_with("Optimizer") && error.contains(words), "{error}");
    }
}

#[test]
fn its_steps_can_be_looked_at_and_its_trainings_swept() {
    for program in [Program::Raw, Program::Vmap, Program::Module(ModuleKind::MyLinear)] {
        let config = full(Config { program, ..Config::default() });
        let mut trainer = Trainer::new(&config).unwrap();
        let chunk = trainer.advance(usize::MAX).unwrap();
        assert_eq!(trainer.inspect(4).unwrap().step, 4);
        let dissection = trainer.dissect(4).unwrap();
        assert!(dissection.operations.iter().any(|operation| operation.primitive == "while"));
        let rates = [0.001, 0.1].map(|learning_rate| Config { learning_rate, ..config.clone() });
        let swept = Sweep::new(&rates, &Shared::default()).unwrap().advance(usize::MAX).unwrap();
        let every_second: Vec<f32> = swept.losses.iter().step_by(2).copied().collect();
        assert_eq!(bits(&every_second), bits(&chunk.losses));
    }
}

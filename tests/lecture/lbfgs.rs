//! The course's script with L-BFGS, against runs that were recorded from Flax and Optax.

use serde::Deserialize;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::lbfgs::{LbfgsRequest, LbfgsRun};

/// What `tests/golden/lbfgs.py` wrote.
#[derive(Deserialize)]
struct Recorded {
    script: Vec<Script>,
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

#[test]
fn the_scripts_are_those_recorded() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/lbfgs.json");
    let recorded: Recorded = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
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
        let bits = |floats: &[f32]| floats.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
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

//! Which runs diverge, and at which step their numbers leave float32: inputs that were judged wrongly once, and their like.

use proptest::prelude::*;
use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::run::outcome::Overflow;
use thetahat::lecture::run::recording::{Chunk, Problem, stride};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Branch, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use thetahat::lecture::verdict::divergence::{Divergence, Finding, finding};
use thetahat::lecture::verdict::stability::{Stability, explain};

/// Trains in slices that do not fall on epochs.
pub fn run(config: &Config) -> (Chunk, Problem) {
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    let mut all = trainer.advance(97).expect("steps");
    while !trainer.is_done() {
        all.append(trainer.advance(9_973).expect("steps"));
    }
    (all, trainer.problem().clone())
}

fn judged(config: &Config) -> Finding {
    let (steps, problem) = run(config);
    finding(&steps, &problem)
}

fn lecture() -> Config {
    Config::default()
}

/// A run of this optimizer.
fn with(optimizer: Optimizer, batch_size: usize, learning_rate: f64, epochs: usize) -> Config {
    Config { optimizer, batch_size, learning_rate, epochs, ..lecture() }
}

#[test]
fn runs_that_arrive_or_rattle_do_not_diverge() {
    let near = Some(vec![0.6, 0.8]);
    let solution = Some(vec![0.60576403, 0.7990441]);
    let ball = Config { learning_rate: 0.2, batch_size: 4, epochs: 20, sigma: 1.0, ..lecture() };
    let table = [
        ("the lecture's", lecture()),
        ("from the solution", Config { theta_0: solution.clone(), ..lecture() }),
        ("from the solution, without noise", Config { theta_0: solution.clone(), sigma: 0.0, ..lecture() }),
        ("from the solution, Adam", Config { theta_0: solution.clone(), optimizer: Optimizer::Adam, ..lecture() }),
        (
            "from the solution, Adam at a large rate, without noise",
            Config { theta_0: solution, sigma: 0.0, ..with(Optimizer::Adam, 16, 1.5, 50) },
        ),
        ("into the noise ball", Config { theta_0: near.clone(), ..ball.clone() }),
        ("noise ball", ball.clone()),
        ("noise ball, one epoch", Config { epochs: 1, theta_0: near.clone(), ..ball }),
        ("to θₗₛ, far from θ", Config { sigma: 100.0, theta_0: near.clone(), ..lecture() }),
        ("to θₗₛ with momentum", Config { sigma: 100.0, theta_0: near, ..with(Optimizer::Momentum, 16, 0.001, 201) }),
        ("without noise", Config { sigma: 0.0, ..lecture() }),
        ("without noise at a large rate", Config { sigma: 0.0, learning_rate: 0.8, ..lecture() }),
        (
            "more parameters than rows",
            Config { samples: 6, features: 10, batch_size: 2, learning_rate: 0.05, ..lecture() },
        ),
        ("one row, many parameters", Config { samples: 1, features: 5, learning_rate: 0.01, ..lecture() }),
        ("a single epoch", Config { epochs: 1, ..lecture() }),
        ("a single step", Config { epochs: 1, batch_size: 500, ..lecture() }),
        ("a single step of rate 10", Config { epochs: 1, batch_size: 500, learning_rate: 10.0, ..lecture() }),
        ("two steps", Config { epochs: 2, batch_size: 500, learning_rate: 0.5, ..lecture() }),
        ("Adam", with(Optimizer::Adam, 16, 1.5, 201)),
        ("Adam, full batch, few steps", with(Optimizer::Adam, 500, 1.5, 20)),
        ("momentum near its limit", with(Optimizer::Momentum, 500, 1.84, 2000)),
        ("Nesterov near its limit", with(Optimizer::Nesterov, 500, 0.64, 201)),
        ("beyond 2/λmax with batches of 16", Config { learning_rate: 1.05, ..lecture() }),
        ("further beyond", Config { learning_rate: 1.06, ..lecture() }),
        ("batch 1", with(Optimizer::Sgd, 1, 0.25, 20)),
        ("full batch", with(Optimizer::Sgd, 500, 0.96, 201)),
        (
            "a branch back",
            Config {
                learning_rate: 0.5,
                branch: Some(Branch {
                    step: 3000,
                    learning_rate: 0.01,
                    optimizer: Optimizer::Adam,
                    schedule: Schedule::Constant,
                }),
                ..lecture()
            },
        ),
        ("no steps", Config::lecture(Program::Module(ModuleKind::Pitfall))),
        ("a module", Config { start: Start::Same, ..Config::lecture(Program::Module(ModuleKind::Linear)) }),
    ];
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(name, config)| {
            let found = judged(config);
            (found.diverges() || found.sentence().is_some()).then(|| format!("{name}: {:?}", found.sentence()))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn runs_that_grow_diverge() {
    let table = [
        ("gradient descent", with(Optimizer::Sgd, 16, 1.2, 60), None),
        ("in one epoch", with(Optimizer::Sgd, 16, 1.2, 1), None),
        ("full batch", with(Optimizer::Sgd, 500, 0.98, 201), None),
        ("just beyond, batches of 16", with(Optimizer::Sgd, 16, 1.07, 201), Some(5_986)),
        ("Nesterov", with(Optimizer::Nesterov, 500, 0.68, 2000), Some(487)),
        ("momentum, full batch", with(Optimizer::Momentum, 500, 1.87, 2000), Some(230)),
        ("momentum, batches of 16", with(Optimizer::Momentum, 16, 0.66, 201), Some(5_420)),
        ("single rows", Config { sigma: 0.0, ..with(Optimizer::Sgd, 1, 0.5, 100) }, Some(4_881)),
        ("batches of 2", with(Optimizer::Sgd, 2, 0.8, 100), None),
        ("thrown far", with(Optimizer::Sgd, 4, 0.92, 100), None),
        (
            "from the solution",
            Config { theta_0: Some(vec![0.60576403, 0.7990441]), ..with(Optimizer::Sgd, 500, 1.2, 201) },
            None,
        ),
        (
            "after a branch",
            Config {
                branch: Some(Branch {
                    step: 3000,
                    learning_rate: 1.5,
                    optimizer: Optimizer::Sgd,
                    schedule: Schedule::Constant,
                }),
                ..lecture()
            },
            None,
        ),
    ];
    for (name, config, left) in table {
        let found = judged(&config);
        println!("{name}: {:?}", found.sentence());
        assert!(found.diverges(), "{name}: {found:?}");
        if left.is_some() {
            assert_eq!(found.left_float32(), left, "{name}: {found:?}");
        }
        let phases = Stability::of(&config, &Simulation::new(&config).unwrap()).unwrap();
        let why = explain(&phases, &found).expect("a reason");
        println!("    {why}");
        assert!(!why.contains("not the rate alone"), "{name}: {why}");
    }
}

#[test]
fn a_run_that_comes_back_is_not_called_diverging() {
    let config = Config { learning_rate: 0.2, theta_0: Some(vec![1e20, 0.0]), ..lecture() };
    let found = judged(&config);
    assert_eq!(found.divergence, None);
    assert_eq!(found.left_float32(), Some(1));
    let sentence = found.sentence().expect("that numbers left float32 is said");
    assert!(
        sentence.starts_with("This run does not diverge: ") && sentence.ends_with("but they come back."),
        "{sentence}"
    );
    let stays = judged(&Config { learning_rate: 1e-5, epochs: 2, ..config });
    assert_eq!(stays.divergence, None);
    assert!(stays.sentence().unwrap().contains("too large"), "{stays:?}");
}

/// The step does not depend on how long the run is, hence on how its recording is thinned.
#[test]
fn the_step_at_which_numbers_leave_float32_is_exact_in_thinned_recordings() {
    for epochs in [1, 10, 50, 100, 200] {
        let config = Config { samples: 10_000, ..with(Optimizer::Sgd, 1, 3.0, epochs) };
        let mut trainer = Trainer::new(&config).unwrap();
        let steps = trainer.advance(200).unwrap();
        assert_eq!(stride(&config), [1, 1, 2, 3, 5][[1, 10, 50, 100, 200].iter().position(|&e| e == epochs).unwrap()]);
        let overflow = Overflow { distance: Some(36), loss: Some(37), params: Some(72) };
        assert_eq!(steps.outcome.overflow, overflow, "{epochs} epochs");
        let found = finding(&steps, trainer.problem());
        assert_eq!(found.divergence, Some(Divergence::LeftFloat32));
        assert_eq!(
            found.sentence().unwrap(),
            "This run diverges: its distance to θ leaves the range of float32 at step 36, its loss at step 37, its parameters at step 72."
        );
    }
}

#[test]
fn thinned_and_full_recordings_give_the_same_finding() {
    let config = |epochs| Config { features: 128, ..with(Optimizer::Sgd, 1, 1.0, epochs) };
    let (full, _) = run(&config(1));
    let first = |column: &[f32]| column.iter().position(|number| !number.is_finite()).map(|entry| entry + 1);
    assert_eq!(full.outcome.overflow.distance, first(&full.norms));
    assert_eq!(full.outcome.overflow.loss, first(&full.losses));
    assert_eq!(full.outcome.overflow.params, first(&full.params).map(|number| (number - 1) / 128 + 1));
    assert!(stride(&config(100)) > 1);
    let thinned = Trainer::new(&config(100)).unwrap().advance(500).unwrap();
    assert_eq!(thinned.outcome.overflow, full.outcome.overflow);
}

#[test]
fn nothing_is_said_before_the_run_is_complete() {
    let config = with(Optimizer::Sgd, 16, 1.2, 20);
    let mut trainer = Trainer::new(&config).unwrap();
    let mut steps = trainer.advance(100).unwrap();
    assert_eq!(finding(&steps, trainer.problem()).divergence, None);
    steps.append(trainer.advance(usize::MAX).unwrap());
    assert!(finding(&steps, trainer.problem()).diverges());
    assert_eq!(finding(&Chunk::default(), trainer.problem()), Finding { ends_finite: true, ..Finding::default() });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Half of the rate at which the mean square is unbounded is safe, whatever the problem; three times the rate at which runs typically grow is not.
    #[test]
    fn the_limits_tell_which_runs_diverge(
        seed in 0_i64..1000,
        (samples, features, batch_size) in (2_usize..80, 1_usize..4, 1_usize..20),
        sigma in prop_oneof![Just(0.0), 0.001_f64..2.0],
        optimizer in prop_oneof![Just(Optimizer::Sgd), Just(Optimizer::Momentum), Just(Optimizer::Nesterov)],
    ) {
        let config = Config { seed, samples, features, batch_size, sigma, optimizer, ..lecture() };
        let epochs = 600_usize.div_ceil(config.steps_per_epoch());
        let limits = Stability::of(&config, &Simulation::new(&config).unwrap()).unwrap().remove(0);
        let (Some(mean_square), Some(typical)) = (limits.mean_square, limits.typical) else {
            return Err(TestCaseError::fail("no limits"));
        };
        let at = |learning_rate: f64| judged(&Config { learning_rate: learning_rate.min(10.0), epochs, ..config.clone() });
        prop_assert!(mean_square <= typical);
        let safe = at(0.5 * mean_square);
        prop_assert!(!safe.diverges(), "{:?} of {:?}", safe, limits);
        if 3.0 * typical < 10.0 {
            prop_assert!(at(3.0 * typical).diverges(), "{:?}", limits);
        }
    }
}

//! Runs that differ by luck: they are whole trainings, the first is the program's own, and two settings are held against each other pair by pair.

use proptest::prelude::*;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::map::RowRequest;
use thetahat::lecture::run::seeds::{Curves, CurvesRequest, Luck};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Program, Schedule};
use thetahat::lecture::verdict::luck::Pairs;

fn small() -> Config {
    Config { samples: 50, epochs: 6, batch_size: 7, sigma: 1.0, learning_rate: 0.1, ..Config::default() }
}

fn request(config: Config, runs: u32, luck: Luck) -> CurvesRequest {
    let window = (0, config.steps());
    CurvesRequest { config, runs, luck, window, entries: 1_000 }
}

fn curves(request: &CurvesRequest, portion: usize) -> Curves {
    let shared = Shared::default();
    let run = |number| {
        let mut course = request.course(number, &shared).expect("a run");
        while !course.is_done() {
            course.advance(portion).expect("steps");
        }
        course.finish().expect("its end")
    };
    request.curves(&(0..request.runs).map(run).collect::<Vec<_>>())
}

#[test]
fn one_run_alone_is_the_trainers_whatever_the_portions() {
    for program in [Program::Raw, Program::Vmap] {
        let config = Config { program, ..small() };
        let alone = Trainer::new(&config).expect("a run").advance(usize::MAX).expect("steps");
        for portion in [1, 5, usize::MAX] {
            let found = curves(&request(config.clone(), 1, Luck::Shuffles), portion);
            assert_eq!(found.steps, (1..=48).collect::<Vec<u32>>());
            for column in &found.losses {
                assert_eq!(column, &alone.losses);
            }
            assert_eq!((&found.norms[1], found.finals[0]), (&alone.norms, alone.norms[47]));
        }
    }
}

#[test]
fn seeds_that_follow_are_runs_of_their_own() {
    let found = curves(&request(small(), 5, Luck::Data), usize::MAX);
    for (seed, last) in (small().seed..).zip(&found.finals) {
        let alone = Trainer::new(&Config { seed, ..small() }).expect("a run").advance(usize::MAX).expect("steps");
        assert_eq!(Some(last), alone.norms.last());
    }
}

#[test]
fn other_shuffles_are_those_of_the_map() {
    let found = curves(&request(small(), 3, Luck::Shuffles), usize::MAX);
    let row = RowRequest { config: small(), learning_rates: vec![0.1], target: 0.1, shuffles: 1 };
    for (number, last) in (0..).zip(&found.finals) {
        let mut sweep = row.sweep(number, &Shared::default()).expect("a run");
        assert_eq!(sweep.finish().expect("its end").norms, [*last]);
    }
}

#[test]
fn a_window_is_the_same_part_of_the_same_runs() {
    let whole = curves(&request(small(), 9, Luck::Shuffles), usize::MAX);
    for (window, entries, steps) in [
        ((10, 20), 100, (10..=21).collect::<Vec<u32>>()),
        ((10, 30), 5, vec![8, 12, 16, 20, 24, 28, 32]),
        ((40, 48), 3, vec![39, 42, 45, 48]),
        ((0, 48), 7, vec![7, 14, 21, 28, 35, 42, 48]),
        ((48, 48), 1, vec![48]),
    ] {
        let part = curves(&CurvesRequest { window, entries, ..request(small(), 9, Luck::Shuffles) }, 3);
        assert_eq!(part.steps, steps, "{window:?}");
        assert_eq!(part.finals, whole.finals);
        for (entry, step) in steps.iter().enumerate() {
            let at = *step as usize - 1;
            for (part, whole) in part.norms.iter().zip(&whole.norms).chain(part.losses.iter().zip(&whole.losses)) {
                assert_eq!(part[entry], whole[at], "{window:?}, step {step}");
            }
        }
    }
}

#[test]
fn what_cannot_be_run_has_no_course() {
    let branch = Branch { step: 3, learning_rate: 0.1, optimizer: Optimizer::Sgd, schedule: Schedule::Constant };
    for config in [Config { branch: Some(branch), ..small() }, Config { learning_rate: f64::NAN, ..small() }] {
        assert!(request(config, 2, Luck::Shuffles).course(0, &Shared::default()).is_err());
    }
}

#[test]
fn pairs_tell_an_effect_from_luck() {
    let first: Vec<f32> = (0..64).map(|i| 1.0 + i as f32).collect();
    let scaled = |by: fn(usize) -> f32| -> Vec<f32> { first.iter().enumerate().map(|(i, x)| x * by(i)).collect() };
    // three of 64 may be otherwise at either end
    let pairs = Pairs::of(&first, &scaled(|i| if i < 3 { 2.0 } else { 0.5 })).expect("pairs");
    assert_eq!((pairs.count, pairs.middle, pairs.nearer, pairs.equal), (64, 58, 61, 0));
    assert!(pairs.is_effect() && pairs.ratio == [0.5; 3]);
    assert!(!Pairs::of(&first, &scaled(|i| if i < 4 { 2.0 } else { 0.5 })).expect("pairs").is_effect());
    assert!(Pairs::of(&scaled(|_| 0.5), &first).expect("pairs").is_effect());
    let same = Pairs::of(&first, &first).expect("pairs");
    assert!(!same.is_effect() && same.equal == 64);
    let lost = Pairs::of(&first, &[f32::NAN; 64]).expect("pairs");
    assert!(lost.is_effect() && lost.nearer == 0 && lost.ratio == [f32::INFINITY; 3]);
    // two that are lost cannot be compared, and none is the equal of another
    let both = Pairs::of(&[f32::INFINITY; 64], &[f32::NAN; 64]).expect("pairs");
    assert_eq!((both.count, both.lost, both.equal, both.is_effect(), both.leans()), (0, 64, 0, false, false));
    assert_eq!(Pairs::of(&[], &first), None);
}

proptest! {
    #[test]
    fn swapping_two_settings_says_the_same(first in prop::collection::vec(0.001_f32..1e3, 1..80), seed in any::<u64>()) {
        let second: Vec<f32> = first.iter().enumerate().map(|(i, x)| x * (0.5 + ((seed >> (i % 60)) & 3) as f32)).collect();
        let (one, other) = (Pairs::of(&first, &second).expect("pairs"), Pairs::of(&second, &first).expect("pairs"));
        prop_assert_eq!(one.is_effect(), other.is_effect());
        prop_assert_eq!(one.nearer + one.equal + other.nearer, one.count);
    }
}

//! What two runs have in common, and what is said of it.

use thetahat::lecture::run::recording::{Chunk, Problem};
use thetahat::lecture::settings::config::{Config, ModuleKind, Program, Start};
use thetahat::lecture::verdict::compare::{Apart, Comparison, compare};

use crate::verdict_divergence::run;

type Run = (Chunk, Problem);

fn verdict(one: &Run, other: &Run) -> Comparison {
    compare((&one.1, &one.0), (&other.1, &other.0))
}

fn short(program: Program, start: Start) -> Run {
    run(&Config { program, start, epochs: 2, ..Config::default() })
}

#[test]
fn runs_are_the_same_or_differ_somewhere() {
    let raw = short(Program::Raw, Start::Same);
    assert_eq!(verdict(&raw, &raw), Comparison::Identical { compared: 64, steps: 64 });
    assert_eq!(
        verdict(&raw, &raw).sentence("raw", "vmap"),
        "raw and vmap: same θ₀, same batches, identical to the last bit after every one of 64 steps."
    );
    assert!(matches!(
        verdict(&raw, &short(Program::Module(ModuleKind::Linear), Start::Same)),
        Comparison::Identical { .. } | Comparison::Differ { .. }
    ));
    let mut changed = raw.clone();
    changed.0.params[7] += 0.25;
    let Comparison::Differ { step: 4, same: 3, first, last: 0.0 } = verdict(&raw, &changed) else {
        panic!("{:?}", verdict(&raw, &changed));
    };
    assert!((first - 0.25).abs() < 1e-6);
    let sentence = verdict(&raw, &changed).sentence("raw", "vmap");
    assert!(
        sentence.contains("from step 4 on the last bits differ: by 0.25 there, not at all at the end"),
        "{sentence}"
    );
}

/// Whoever drags θ₀ of raw and module has the same start, but not the same batches: their keys are others.
#[test]
fn shuffles_are_compared() {
    let at =
        |program, start| run(&Config { program, start, epochs: 2, theta_0: Some(vec![0.0, 0.0]), ..Config::default() });
    let (raw, module) = (at(Program::Raw, Start::Lecture), at(Program::Module(ModuleKind::Linear), Start::Lecture));
    assert_ne!(raw.1.shuffle_key, module.1.shuffle_key);
    assert_ne!(raw.0.losses[0], module.0.losses[0]);
    let apart = verdict(&raw, &module);
    assert_eq!(apart, Comparison::Apart(Apart { batches: true, ..Apart::default() }));
    assert_eq!(
        apart.sentence("raw", "module"),
        "raw and module: same data and θ₀, but different batches, so their numbers cannot be compared one by one. With the start “The same θ₀” they can."
    );
    let same = verdict(&at(Program::Raw, Start::Same), &at(Program::Module(ModuleKind::Linear), Start::Same));
    assert!(matches!(same, Comparison::Identical { compared: 64, steps: 64 }), "{same:?}");
}

/// For seed 42 `nnx.Rngs` draws the same data as the functional program; what differs is the start and the shuffles.
#[test]
fn the_lectures_module_has_the_same_data() {
    let raw = short(Program::Raw, Start::Lecture);
    for program in [Program::Module(ModuleKind::Linear), Program::Module(ModuleKind::Split)] {
        let apart = Apart { data: false, start: true, batches: true };
        assert_eq!(verdict(&raw, &short(program, Start::Lecture)), Comparison::Apart(apart));
    }
    let apart = Apart { data: false, start: true, batches: true };
    assert_eq!(
        Comparison::Apart(apart).sentence("raw", "module"),
        "raw and module: same data, but different θ₀ and batches, so their numbers cannot be compared one by one. With the start “The same θ₀” they can."
    );
}

#[test]
fn what_cannot_be_compared_is_said() {
    let with = |config: Config| run(&Config { epochs: 2, ..config });
    let raw = with(Config::default());
    let apart = |other: &Run| match verdict(&raw, other) {
        Comparison::Apart(apart) => apart,
        other => panic!("{other:?}"),
    };
    let all = Apart { data: true, start: true, batches: true };
    assert_eq!(apart(&with(Config { seed: 7, ..Config::default() })), all);
    // θ and X are the same, the targets are not
    let noisy = apart(&with(Config { sigma: 0.5, ..Config::default() }));
    assert_eq!(noisy, Apart { data: true, ..Apart::default() });
    assert!(apart(&with(Config { batch_size: 20, ..Config::default() })).batches);
    assert!(!apart(&with(Config { theta_0: Some(vec![0.0, 0.0]), ..Config::default() })).batches);
    let longer = run(&Config { epochs: 3, ..Config::default() });
    assert_eq!(verdict(&raw, &longer), Comparison::OtherSteps);
    let nothing = with(Config::lecture(Program::Module(ModuleKind::Pitfall)));
    assert_eq!(verdict(&nothing, &nothing), Comparison::Nothing);
}

#[test]
fn only_what_was_compared_is_called_identical() {
    let config = Config { features: 128, batch_size: 1, epochs: 33, ..Config::default() };
    let raw = run(&config);
    let Comparison::Identical { compared, steps: 16_500 } = verdict(&raw, &raw) else {
        panic!("{:?}", verdict(&raw, &raw))
    };
    assert_eq!((compared, raw.0.stride), (8_250, 2));
    assert_eq!(
        verdict(&raw, &raw).sentence("raw", "vmap"),
        "raw and vmap: same θ₀, same batches, and no bit differs after the 8,250 steps that are recorded, of 16,500."
    );
    let mut changed = raw.clone();
    changed.0.params[3 * 128] += 1.0;
    let Comparison::Differ { step: 8, same: 6, .. } = verdict(&raw, &changed) else {
        panic!("{:?}", verdict(&raw, &changed))
    };
    assert!(verdict(&raw, &changed).sentence("a", "b").contains("from a step between 7 and 8 on"));
}

#[test]
fn a_not_a_number_is_the_same_as_any_other() {
    let mut raw = short(Program::Raw, Start::Lecture);
    let mut other = raw.clone();
    raw.0.params[5] = f32::NAN;
    other.0.params[5] = -f32::NAN;
    assert_eq!(verdict(&raw, &other), Comparison::Identical { compared: 64, steps: 64 });
    other.0.params[5] = 1.0;
    let sentence = verdict(&raw, &other).sentence("a", "b");
    assert!(sentence.contains("one of them is nan there"), "{sentence}");
    let one = run(&Config { epochs: 1, batch_size: 500, ..Config::default() });
    assert!(verdict(&one, &one).sentence("a", "b").ends_with("identical to the last bit after the only step."));
}

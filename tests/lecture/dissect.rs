//! A step that is taken apart has the numbers of the run, and those of JAX.

use serde_json::Value as Json;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::dissection::{Dissection, Part, SHOWN, Value};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};

fn trained(config: &Config, shared: &Shared) -> Trainer {
    let mut trainer = Trainer::with(config, shared).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    trainer
}

fn words(values: &[f32]) -> Vec<u32> {
    values.iter().take(SHOWN).map(|x| x.to_bits()).collect()
}

fn recorded(value: &Json) -> Vec<u32> {
    let numbers = value.as_array().expect("a list");
    numbers.iter().map(|x| u32::try_from(x.as_u64().expect("a word")).expect("32 bits")).collect()
}

fn result<'a>(step: &'a Dissection, primitive: &str) -> &'a Value {
    let operation = step.operations.iter().find(|operation| operation.primitive == primitive);
    &step.values[operation.expect(primitive).output]
}

#[test]
fn its_numbers_are_those_of_jax() {
    let golden: Json = serde_json::from_str(include_str!("../golden/one_step.json")).expect("JSON");
    let config = Config { epochs: 3, ..Config::default() };
    let mut trainer = trained(&config, &Shared::default());
    let step = trainer.dissect(40).expect("a step");
    let keys: Vec<Vec<u32>> = golden["keys"].as_array().expect("keys").iter().map(recorded).collect();
    assert_eq!(step.keys.map(|key| key.to_vec()).to_vec(), keys);
    assert_eq!((step.step, step.epoch, step.batch), (40, 1, 8));
    assert_eq!(step.drawn, recorded(&golden["rows"]));
    let roles = step.roles;
    for (at, name) in [(roles.params, "params"), (roles.x, "x"), (roles.y, "y")] {
        assert_eq!(step.values[at].words, recorded(&golden[name]), "{name}");
    }
    // the compiled step
    let jitted = &golden["jitted"];
    for (value, name) in [
        (result(&step, "dot_general"), "predictions"),
        (result(&step, "sub"), "residuals"),
        (result(&step, "integer_pow"), "squares"),
        (&step.values[roles.loss], "loss"),
        (&step.values[roles.gradient], "gradient"),
        (&step.values[roles.params_after], "params_after"),
    ] {
        assert_eq!(value.words, recorded(&jitted[name]), "{name}");
    }
    for (at, name) in [(roles.loss, "loss"), (roles.params_after, "params_after")] {
        assert_eq!(step.values[at].words, recorded(&golden["make_step"][name]), "make_step: {name}");
    }
    // cotangents: each within a unit in the last place of what JAX computes operation by operation
    let cotangents = &golden["eager"]["cotangents"];
    for (value, name) in [
        (result(&step, "reduce_sum"), "sum"),
        (result(&step, "integer_pow"), "squares"),
        (result(&step, "sub"), "residuals"),
        (result(&step, "dot_general"), "predictions"),
        (&step.values[roles.params], "gradient"),
    ] {
        let cotangent = &step.values[value.cotangent.expect(name)];
        // the same number for all rows is one number with no axis
        let expected = recorded(&cotangents[name]);
        for (ours, theirs) in cotangent.words.iter().zip(&expected) {
            assert!(ours.abs_diff(*theirs) <= 2, "{name}: {ours} {theirs}");
        }
    }
}

#[test]
fn its_numbers_are_those_of_the_run_for_every_program() {
    let shared = Shared::default();
    for &program in Program::ALL {
        if program == Program::Module(ModuleKind::Pitfall) {
            continue;
        }
        for &optimizer in Optimizer::BY_RATE {
            for schedule in [Schedule::Constant, Schedule::Exponential, Schedule::WarmupCosine] {
                let config = Config { program, optimizer, schedule, epochs: 2, samples: 50, ..Config::default() };
                let mut trainer = trained(&config, &shared);
                for at in [0, 3, 5] {
                    let known = trainer.inspect(at).expect("a step");
                    let step = trainer.dissect(at).expect("a step");
                    let name = format!("{program} {optimizer:?} {schedule:?}, step {at}");
                    assert_eq!(step.rows, known.rows);
                    assert_eq!(step.keys[2], known.subkey, "{name}");
                    assert_eq!(step.drawn, known.columns.order[known.first..][..known.rows], "{name}");
                    let value = |at: usize| step.values[at].words.clone();
                    assert_eq!(value(step.roles.params), words(&known.columns.params), "{name}");
                    assert_eq!(value(step.roles.params_after), words(&known.columns.params_after), "{name}");
                    assert_eq!(value(step.roles.loss), words(&[known.after.loss]), "{name}");
                    let parts = |part: Part| step.operations.iter().filter(|x| x.part == part).count();
                    assert!(parts(Part::Predict) >= 1 && parts(Part::Residuals) >= 2, "{name}");
                    assert!(parts(Part::Mean) >= 2 && parts(Part::Optimizer) >= 1 && parts(Part::Apply) >= 1, "{name}");
                    let backward = step.operations.iter().filter(|x| matches!(x.part, Part::Backward(_)));
                    assert!(backward.count() >= 4, "{name}");
                }
            }
        }
    }
}

#[test]
fn measured_derivatives_are_those_of_the_backward_pass() {
    let config = Config { epochs: 3, ..Config::default() };
    let mut trainer = trained(&config, &Shared::default());
    let step = trainer.dissect(40).expect("a step");
    let checks: Vec<_> = step.values.iter().filter_map(|value| value.check).collect();
    assert!(checks.len() >= 6);
    for check in checks {
        let error = (check.slope - check.derivative).abs();
        assert!(error <= 1e-4 * check.derivative.abs().max(1e-3), "{check:?}");
    }
}

#[test]
fn steps_that_were_not_taken_are_refused() {
    let config = Config { epochs: 1, ..Config::default() };
    let mut trainer = trained(&config, &Shared::default());
    assert!(trainer.dissect(config.steps()).is_err());
    let pitfall = Config { program: Program::Module(ModuleKind::Pitfall), ..config };
    assert!(trained(&pitfall, &Shared::default()).dissect(0).is_err());
}

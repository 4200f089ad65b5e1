//! Modules of a run taken apart: texts and numbers are Flax's own.

use serde_json::Value as Json;
use thetahat::lecture::run::anatomy::{Anatomy, FILTERS, Subject, What, drawn};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program};

fn recorded(name: &str) -> Json {
    let golden: Json = serde_json::from_str(include_str!("../golden/modules.json")).expect("JSON");
    golden[name].clone()
}

fn trained(config: &Config) -> Trainer {
    let mut trainer = Trainer::with(config, &Shared::default()).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    trainer
}

#[track_caller]
fn check(name: &str, golden: &Json, text: &str) {
    assert_eq!(golden.as_str().expect(name), text, "{name}");
}

fn check_run(name: &str, config: &Config, step: usize) {
    let golden = recorded(name);
    let mut trainer = trained(config);
    let model = trainer.anatomy(step, Subject::Model).expect("a step");
    let Anatomy { texts, at, .. } = &model;
    assert_eq!(at.map(|at| at.step), Some(step));
    for (text, key) in [
        (&texts.modules, "model"),
        (&texts.graphdef, "graphdef"),
        (&texts.state, "state"),
        (&texts.gradient, "gradient"),
        (&texts.moved, "moved"),
        (&texts.merged, "merged"),
    ] {
        check(key, &golden[key], text);
    }
    let next = trainer.anatomy(step + 1, Subject::Model).expect("a step");
    check("after", &golden["after"], &next.texts.state);
    let words = |values: &[thetahat::lecture::run::anatomy::Numbers]| values[0].state.words.clone();
    assert_eq!(model.leaves[0].after.as_ref().map(|after| after.words.clone()), Some(words(&next.leaves)));

    let both = trainer.anatomy(step, Subject::Both).expect("a step");
    check("pair", &golden["pair"], &both.texts.modules);
    check("pair graphdef", &golden["pair graphdef"], &both.texts.graphdef);
    check("pair state", &golden["pair state"], &both.texts.state);
    assert_eq!(both.texts.gradient, texts.gradient);
    for (passed, filter) in both.filters.iter().zip(FILTERS) {
        let golden = &golden["filters"][filter];
        check(filter, &golden[0], &passed.printed[0]);
        check(filter, &golden[1], &passed.printed[1]);
    }
    let gradients = both.leaves.iter().filter(|leaf| leaf.gradient.is_some()).count();
    assert_eq!(gradients, 1, "the model has one parameter, the optimizer none");
}

#[test]
fn a_run_prints_what_flax_prints_of_its_modules() {
    let config = Config { epochs: 6, ..Config::lecture(Program::Module(ModuleKind::Linear)) };
    check_run("linear", &config, 40);
    let program = Program::Module(ModuleKind::MyLinear);
    check_run("mylinear", &Config { epochs: 3, optimizer: Optimizer::Adam, ..Config::lecture(program) }, 21);
}

#[test]
fn its_numbers_are_those_of_the_run() {
    let config =
        Config { epochs: 2, optimizer: Optimizer::Momentum, ..Config::lecture(Program::Module(ModuleKind::Split)) };
    let mut trainer = trained(&config);
    for step in [0, 7, 15] {
        let inspected = trainer.inspect(step).expect("a step");
        let dissected = trainer.dissect(step).expect("a step");
        let anatomy = trainer.anatomy(step, Subject::Model).expect("a step");
        let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let leaf = &anatomy.leaves[0];
        assert_eq!(leaf.state.words, bits(&inspected.columns.params));
        assert_eq!(leaf.after.as_ref().expect("a step").words, bits(&inspected.columns.params_after));
        let gradient = &dissected.values[dissected.roles.gradient].words;
        assert_eq!(&leaf.gradient.as_ref().expect("a gradient").words, gradient);
    }
    assert!(trainer.anatomy(16, Subject::Model).is_err(), "there is no such step");
}

#[test]
fn the_lectures_update_prints_what_the_lecture_prints() {
    let anatomy = drawn(Subject::Lecture, &Config::default()).expect("a module");
    let lecture = include_str!("../golden/lecture_output.txt");
    let texts = &anatomy.texts;
    assert!(lecture.ends_with(&format!("{}\n{}\n{}\n", texts.graphdef, texts.state, texts.merged)));
    assert!(texts.state.contains("[[-0.2166012, -1.9878021]]"));
    assert_eq!(texts.gradient, "");
}

#[test]
fn a_run_without_steps_has_its_modules_where_they_start() {
    let config = Config::lecture(Program::Module(ModuleKind::Pitfall));
    let mut trainer = trained(&config);
    let both = trainer.anatomy(0, Subject::Both).expect("modules");
    assert_eq!(both.at, None);
    assert!(both.leaves.iter().all(|leaf| leaf.gradient.is_none() && leaf.after.is_none()));
    assert!(
        both.texts.modules.contains("step=OptState( # 1 (4 B)\n    value=Array(0, dtype=uint32)"),
        "{}",
        both.texts.modules
    );
    let functions = Config { epochs: 1, ..Config::default() };
    assert!(trained(&functions).anatomy(0, Subject::Model).is_err());
}

#[test]
fn the_network_has_modules_inside_modules() {
    let network = drawn(Subject::Network, &Config::default()).expect("modules");
    let shapes: Vec<&str> = network.leaves.iter().map(|leaf| &*leaf.state.aval).collect();
    assert_eq!(shapes, ["f32[128]", "f32[2,128]", "f32[128]", "f32[128,128]", "f32[1]", "f32[128,1]"]);
    assert!(network.leaves.iter().all(|leaf| leaf.gradient.is_some()));
    let objects: Vec<(usize, &str)> = network
        .rows
        .iter()
        .filter_map(|row| if let What::Object(name) = &row.what { Some((row.depth, &**name)) } else { None })
        .collect();
    assert_eq!(objects, [(0, "Mlp"), (1, "List"), (2, "Linear"), (2, "Linear"), (2, "Linear")]);
}

#[test]
fn every_optimizer_of_the_lab_has_modules_that_can_be_taken_apart() {
    for &optimizer in Optimizer::ALL {
        let program = Program::Module(ModuleKind::Linear);
        let config = Config { optimizer, batch_size: 500, epochs: 3, ..Config::lecture(program) };
        let mut trainer = trained(&config);
        for subject in [Subject::Model, Subject::Both] {
            let anatomy = trainer.anatomy(1, subject).unwrap_or_else(|error| panic!("{optimizer}: {error}"));
            assert!(anatomy.texts.gradient.starts_with("State({\n  'kernel': Param("), "{}", anatomy.texts.gradient);
            assert_eq!(anatomy.filters[0].leaves.iter().filter(|&&passes| passes).count(), 1);
        }
    }
}

//! Lesson: modules. `split` takes a module apart into structure and numbers; steps change numbers only, and `merge` puts them together again.

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{
    Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene,
};
use super::text::escape;
use crate::lecture::run::anatomy::FAKE;
use crate::lecture::settings::config::{Approach, Config, ModuleKind, Optimizer, Program};
use crate::page::view::{LabView, Settings, Shown};
use crate::worker::protocol::{JobRequest, ModulesRequest, Subject};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "modules",
    title: "Modules",
    about: "What a model is made of, and which part of it learns.",
    asks: |given, _| {
        let request = |subject, config| JobRequest::Modules(ModulesRequest { subject, config, step: None });
        vec![
            request(Subject::Lecture, of(given, ModuleKind::Linear)),
            request(Subject::Both, Config { optimizer: Optimizer::Adam, ..of(given, ModuleKind::Linear) }),
            run(of(given, ModuleKind::Linear)),
            run(of(given, ModuleKind::Split)),
        ]
    },
    facts,
    scenes: &[
        Scene {
            title: "Split",
            says: "`graphdef, state = nnx.split(model)` takes a module apart. Put together again, `nnx.merge(graphdef, state)` is the same model.",
            shows: |given, _| Some(module(given, ModuleKind::Linear)),
            predicts: Some(Prediction {
                question: "Where are the weights?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "In `graphdef`.",
                        holds: |facts| Some(facts.get("in_graphdef")? > 0.0 && facts.get("in_state")? == 0.0),
                        then: Some(Experiment {
                            why: "`graphdef` says which modules there are, what their attributes are called, and where a variable belongs. It has no number of any variable in it.",
                            tries: "Open the tab Modules, and read what is printed of both.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "In `state`.",
                        holds: |facts| Some(facts.get("in_graphdef")? == 0.0 && facts.get("in_state")? > 0.0),
                        then: None,
                    },
                    Choice {
                        says: "In both: `merge` compares them.",
                        holds: |facts| Some(facts.get("in_graphdef")? > 0.0 && facts.get("in_state")? > 0.0),
                        then: Some(Experiment {
                            why: "`merge` compares nothing: it hangs the numbers of the state where the structure says. That is why *other* numbers can be merged as well.",
                            tries: "Open the tab Modules, and read what is printed of both.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "In `state`: it holds {in_state} array, `graphdef` holds {in_graphdef}. Structure and numbers are apart, so a pure function can take the numbers as an argument.",
                shows: None,
                exhibit: Some(|_, facts| facts.written("split").map(str::to_owned)),
            }),
            ..PLAIN
        },
        Scene {
            title: "Change the numbers",
            says: "The lecture adds {fake} to every number of the state, and merges: `new = nnx.merge(graphdef, tree_map(lambda p: p + {fake}, state))`.",
            shows: |given, _| Some(module(given, ModuleKind::Linear)),
            exhibit: Some(|_, facts| facts.written("before").map(str::to_owned)),
            predicts: Some(Prediction {
                question: "Which model has changed?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "The old one: `new` is another name for it.",
                        holds: |facts| Some(facts.get("same")? == 1.0),
                        then: Some(Experiment {
                            why: "`tree_map` makes a *new* tree, and `merge` a new model. Nothing is changed in place; the old model has its old numbers.",
                            tries: "Open the tab Modules, room Split and merge, and go through the four acts.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "None: there are two models now, and their numbers differ.",
                        holds: |facts| Some(facts.get("same")? == 0.0),
                        then: None,
                    },
                ]),
                reveals: "There are two now. This is how an update works, with the gradient’s numbers in place of {fake}.",
                shows: None,
                exhibit: Some(|_, facts| facts.written("merged").map(str::to_owned)),
            }),
            ..PLAIN
        },
        Scene {
            title: "What learns",
            says: "Model and optimizer together are one tree. With Adam it has {leaves} leaves: the kernel, and what the optimizer remembers. `nnx.grad` returns a tree, too.",
            shows: |given, _| Some(module(given, ModuleKind::Linear)),
            predicts: Some(Prediction {
                question: "How many of these {leaves} leaves have a gradient?",
                kind: Kind::Number(NumberAsk {
                    label: "Leaves",
                    right: |facts| facts.get("with_gradient"),
                    band: |facts| Some([facts.get("with_gradient")?, facts.get("with_gradient")?]),
                    told: "It is a count, so only {with_gradient} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| facts.get("leaves"),
                            then: Experiment {
                                why: "The loss does not depend on what the optimizer remembers. A gradient belongs to *parameters*: leaves of the kind `Param`.",
                                tries: "Open the tab Modules with Adam: the gradient is laid over the tree, leaf by leaf.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("moved").filter(|moved| Some(*moved) != facts.get("leaves")),
                            then: Experiment {
                                why: "That many leaves *change* in a step: the optimizer’s memory changes as well. But it changes by a rule of its own, not by a gradient.",
                                tries: "Open the tab Modules with Adam: the gradient is laid over the tree, leaf by leaf.",
                                shows: None,
                            },
                        },
                    ],
                }),
                reveals: "{with_gradient} of {leaves}: the kernel. The other leaves are the optimizer’s.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Split once",
            says: "`nnx.jit` takes a module apart and puts it together at every call. One may as well split once before the loop, train on the state, and merge after it.",
            shows: |given, _| Some(module(given, ModuleKind::Linear)),
            light: &[Light::Distance],
            check: Some(Check {
                says: "**Select the program that splits once before the loop,** in the list above the charts.",
                kind: CheckKind::Lab {
                    holds: |seen, _| match seen.run.config.program {
                        Program::Module(ModuleKind::Split) => Ok(()),
                        Program::Module(_) => Err("This one does not split before the loop."),
                        _ => Err("Show the module’s column, and select the program there."),
                    },
                    solved: |given, _| Some(module(given, ModuleKind::Split)),
                },
                done: "Of {numbers} numbers of the two paths, {differ} differ.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "A module is structure and numbers. `GraphDef` is the structure, and holds no weights; `State` holds the numbers. A step maps numbers to numbers, and the structure waits.",
            shows: |given, _| Some(module(given, ModuleKind::Split)),
            ..PLAIN
        },
    ],
};

fn of(given: &Given, kind: ModuleKind) -> Config {
    Config { seed: given.seed, epochs: 50, ..Config::lecture(Program::Module(kind)) }
}

fn module(given: &Given, kind: ModuleKind) -> LabView {
    let settings = Settings::new(of(given, kind));
    LabView { settings, shown: Shown::only(Approach::Module), module: kind, ..LabView::default() }
}

fn printed(texts: &[&str]) -> String {
    let mut out = String::new();
    for text in texts {
        out.push_str("<pre>");
        escape(&mut out, text);
        out.push_str("</pre>");
    }
    out
}

fn facts(_: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    facts.number("fake", f64::from(FAKE), 2);
    if let Some(apart) = answers.of(0).and_then(|found| found.anatomy.as_ref()) {
        let texts = &apart.texts;
        facts.count("in_graphdef", texts.graphdef.matches("Array(").count());
        facts.count("in_state", texts.state.matches("Array(").count());
        facts.count("same", usize::from(texts.modules == texts.merged));
        facts.text("split", printed(&[&texts.graphdef, &texts.state]));
        facts.text("before", printed(&[&texts.modules]));
        facts.text("merged", printed(&[&texts.modules, &texts.merged]));
    }
    if let Some(both) = answers.of(1).and_then(|found| found.anatomy.as_ref()) {
        facts.count("leaves", both.leaves.len());
        facts.count("with_gradient", both.leaves.iter().filter(|leaf| leaf.gradient.is_some()).count());
        let moves = |after: &[u32], before: &[u32]| after != before;
        let moved = both.leaves.iter().filter(|leaf| {
            leaf.after.as_ref().is_some_and(|after| moves(&after.words, &leaf.state.words))
        });
        facts.count("moved", moved.count());
    }
    if let (Some(whole), Some(split)) = (answers.run(2), answers.run(3)) {
        let pairs = whole.steps.params.iter().zip(&split.steps.params);
        facts.count("numbers", whole.steps.params.len());
        facts.count("differ", pairs.filter(|(a, b)| a.to_bits() != b.to_bits()).count());
    }
    facts
}

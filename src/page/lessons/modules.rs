//! Lesson: modules. `nnx.split` lays a module apart into what it is and what it knows.

use super::asked::Answers;
use super::facts::Facts;
use super::form::{Choice, Experiment, Foreseen, Given, Kind, Lesson, NumberAsk, PLAIN, Prediction, Scene, lab};
use super::text::escape;
use crate::lecture::run::anatomy::{FAKE, Subject, What};
use crate::lecture::settings::config::{Config, ModuleKind, Program};
use crate::worker::protocol::{JobRequest, ModulesRequest};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "modules",
    title: "Taken apart",
    about: "What nnx.split returns, which of it training moves, and what the GraphDef is for.",
    asks: |given, _| {
        let of = |subject, given| JobRequest::Modules(ModulesRequest { subject, config: config(given), step: None });
        // of the network only shapes are told, which are the same for every seed
        vec![of(Subject::Lecture, given), of(Subject::Network, &Given::default())]
    },
    facts,
    scenes: &[
        Scene {
            title: "An object and its parts",
            says: "JAX transforms functions of *trees of arrays*; a module is an object with attributes. `nnx.split(model)` lays it apart: a `GraphDef`, which \
                   says what the object is made of, and a `State`, a tree.\n\n\
                   Here is a layer of the lecture, `MyLinear`, as it prints.",
            exhibit: Some(|_, facts| Some(block(&[("The module", facts.written("module")?)]))),
            predicts: Some(Prediction {
                question: "Where are its weights after the split?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "In the `GraphDef`, which describes the model.",
                        holds: |facts| Some(facts.get("numbers_in_graphdef")? > 0.0),
                        then: Some(Experiment {
                            why: "The `GraphDef` has names, types and fixed attributes such as sizes. It holds no array, so `jit` can treat it as a constant and \
                                  compare it.",
                            tries: "Read the printed `GraphDef`: there are sizes in it, but no weight.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "In the `State`, and only there.",
                        holds: |facts| Some(facts.get("leaves")? > 0.0 && facts.get("numbers_in_graphdef")? == 0.0),
                        then: None,
                    },
                    Choice {
                        says: "In both: the `State` is a copy.",
                        holds: |facts| Some(facts.get("leaves")? > 0.0 && facts.get("numbers_in_graphdef")? > 0.0),
                        then: Some(Experiment {
                            why: "Two copies could disagree. Each array has one place, the `State`; `nnx.merge` needs both parts to make a module again.",
                            tries: "Read the printed `GraphDef`: there are sizes in it, but no weight.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "Only in the `State`, which has all {numbers} of its numbers. The `GraphDef` is what is left when they are taken out.",
                shows: None,
                exhibit: Some(|_, facts| {
                    Some(block(&[("GraphDef", facts.written("graphdef")?), ("State", facts.written("state")?)]))
                }),
            }),
            ..PLAIN
        },
        Scene {
            title: "Moved and merged",
            says: "The course’s network has {layers} layers inside one module, and its state has {network_leaves} arrays. As the lecture does with its layer, \
                   `tree.map` adds {fake} to every number of the state, as if that were an update; then `nnx.merge(graphdef, moved)` makes a module again.",
            predicts: Some(Prediction {
                question: "Which arrays of the merged network differ from those of the first one?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "None: `merge` follows the `GraphDef`, which has not changed.",
                        holds: |facts| Some(facts.get("moved")? == 0.0),
                        then: Some(Experiment {
                            why: "The `GraphDef` says *where* an array belongs, not what is in it. What is in it comes from the state that `merge` is given.",
                            tries: "Below, for the lecture’s layer, compare a number of the state with the same number of the merged module.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "The weights, but not the biases.",
                        holds: |facts| Some(facts.get("moved")? > 0.0 && facts.get("moved")? < facts.get("network_leaves")?),
                        then: Some(Experiment {
                            why: "`tree.map` knows nothing of weights and biases. It takes every leaf. To take some only, one filters the state first.",
                            tries: "Open the tab “Modules” and its room “Filters”, and see what each filter lets through.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "All of them.",
                        holds: |facts| Some(facts.get("moved")? == facts.get("network_leaves")?),
                        then: None,
                    },
                ]),
                reveals: "All {moved} of {network_leaves}. The first network is unchanged: nothing was written into it, a new one was made. That is how a pure function \
                          can train an object.",
                shows: None,
                exhibit: Some(|_, facts| {
                    Some(block(&[("State of the lecture’s layer", facts.written("state")?), ("The layer that is merged", facts.written("merged")?)]))
                }),
            }),
            ..PLAIN
        },
        Scene {
            title: "One layer of it",
            says: "The network’s first layer takes {ins} features to {width} hidden units, and each unit has a bias.",
            predicts: Some(Prediction {
                question: "How many numbers does the state of that first layer hold?",
                kind: Kind::Number(NumberAsk {
                    label: "Numbers",
                    right: |facts| facts.get("first_layer"),
                    band: |facts| Some([facts.get("first_layer")?, facts.get("first_layer")?]),
                    told: "It is a count, so only {first_layer} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| Some(facts.get("ins")? * facts.get("width")?),
                            then: Experiment {
                                why: "That is its kernel. Each of the {width} units has a bias besides.",
                                tries: "Open the tab “Modules”, choose the network, and unfold its first layer.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("width"),
                            then: Experiment {
                                why: "That is one number for each unit. Each unit has a weight for every feature, too.",
                                tries: "Open the tab “Modules”, choose the network, and unfold its first layer.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("network_numbers"),
                            then: Experiment {
                                why: "That is the whole network.",
                                tries: "Open the tab “Modules”, choose the network, and unfold its first layer.",
                                shows: None,
                            },
                        },
                    ],
                }),
                reveals: "{first_layer}: a kernel of {ins} × {width}, and {width} biases. The whole network has {network_numbers}. A gradient is a `State` of the \
                          same form, leaf for leaf, which is why an optimizer can walk both trees at once.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "`split` parts what a model *is* (`GraphDef`: fixed, comparable, no arrays) from what it *knows* (`State`: arrays, which training moves). \
                   `merge` puts them together. Everything JAX does, it does to the state.\n\n\
                   **Open the tab “Modules”: the object, its `GraphDef`, its `State`, the gradient and the state after the step stand beside each other \
                   there, for the run at the playhead.**",
            shows: |given, _| Some(lab(config(given))),
            ..PLAIN
        },
    ],
};

/// The lecture's run with a module.
fn config(given: &Given) -> Config {
    Config { program: Program::Module(ModuleKind::Linear), ..given.config() }
}

/// Printed texts, below each other.
fn block(texts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (title, text) in texts {
        out.extend(["<figure><figcaption>", title, "</figcaption><pre tabindex=\"0\">"]);
        escape(&mut out, text);
        out.push_str("</pre></figure>");
    }
    out
}

fn facts(_: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    facts.number("fake", f64::from((FAKE * 1e6).round()) / 1e6, 2);
    let anatomy = |request| answers.of(request).and_then(|found| found.anatomy.as_ref());
    if let Some(layer) = anatomy(0) {
        let sizes = layer.leaves.iter().map(|leaf| leaf.state.shape.iter().product::<usize>());
        facts.count("leaves", layer.leaves.len());
        facts.count("numbers", sizes.sum::<usize>());
        facts.count("numbers_in_graphdef", layer.texts.graphdef.matches("Array(").count());
        facts.text("module", layer.texts.modules.clone());
        facts.text("graphdef", layer.texts.graphdef.clone());
        facts.text("state", layer.texts.state.clone());
        facts.text("merged", layer.texts.merged.clone());
    }
    if let Some(network) = anatomy(1) {
        let size = |leaf: usize| network.leaves.get(leaf).map(|leaf| leaf.state.shape.iter().product::<usize>());
        let moved = network.leaves.iter().filter(|leaf| leaf.moved.words != leaf.state.words);
        facts.count("moved", moved.count());
        facts.count("network_leaves", network.leaves.len());
        facts.count("network_numbers", (0..network.leaves.len()).filter_map(size).sum::<usize>());
        // the layers stand in a list inside the network
        let layers: Vec<usize> = (0..network.rows.len())
            .filter(|&at| matches!(&network.rows[at].what, What::Object(name) if name == "Linear"))
            .collect();
        facts.count("layers", layers.len());
        let first = layers.first().copied().unwrap_or_default();
        let end = layers.get(1).copied().unwrap_or(network.rows.len());
        let leaves = network.rows.get(first..end).unwrap_or_default().iter().filter_map(|row| match row.what {
            What::Leaf { leaf, .. } => Some(leaf),
            _ => None,
        });
        let leaves: Vec<usize> = leaves.collect();
        facts.count("first_layer", leaves.iter().copied().filter_map(size).sum::<usize>());
        let kernel = leaves.iter().filter_map(|&leaf| Some(&network.leaves.get(leaf)?.state.shape)).find(|shape| shape.len() == 2);
        if let Some([ins, width]) = kernel.map(Vec::as_slice) {
            facts.count("ins", *ins);
            facts.count("width", *width);
        }
    }
    facts
}

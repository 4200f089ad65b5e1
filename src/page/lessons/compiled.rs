//! Lesson: jit. A function is traced once for every shape of its arguments, not once, and not for every call.

use std::fmt::Write as _;

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{
    Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab,
};
use crate::lecture::settings::config::Config;
use crate::worker::protocol::JobRequest;

/// Batch sizes that are tried.
const SIZES: [usize; 5] = [16, 20, 64, 100, 500];

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "jit",
    title: "jit",
    about: "How often a function is compiled, and what makes it compile again.",
    asks: |given, _| {
        let slow = Config { learning_rate: 0.002, ..with(given, SIZES[0]) };
        let mut asks = vec![run(with(given, SIZES[0])), run(slow), JobRequest::Traced];
        asks.extend(SIZES[1..].iter().map(|size| run(with(given, *size))));
        asks
    },
    facts,
    scenes: &[
        Scene {
            title: "How often?",
            says: "`make_step = jit(make_step)`. The first call *traces* the function: it runs it with placeholders that have a shape and a type but no values, writes down what it does, \
                   and compiles that. Later calls run what was compiled.\n\n\
                   There are {=n} rows, batches of {=batch}, and the loop calls `make_step` {calls} times.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Batch],
            predicts: Some(Prediction {
                question: "How many times is it traced and compiled?",
                kind: Kind::Number(NumberAsk {
                    label: "Compilations",
                    right: |facts| facts.get("compiled"),
                    band: |facts| Some([facts.get("compiled")?, facts.get("compiled")?]),
                    told: "It is a count, so only {compiled} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |_| Some(1.0),
                            then: Experiment {
                                why: "Once for each *shape*. The last batch of an epoch has {left} rows, not {batch}, and the compiled program for {batch} rows does not fit it.",
                                tries: "Open the tab One step: its list of compiled steps has both shapes.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("calls"),
                            then: Experiment {
                                why: "That is every call. Then `jit` would only cost: compiling takes far longer than a step.",
                                tries: "Look at the status below: how long do all these steps take?",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("per_epoch"),
                            then: Experiment {
                                why: "That is once for each batch of an epoch. Batches of the same shape share one program; only their values differ, and these are arguments.",
                                tries: "Open the tab One step: its list of compiled steps says how often each was used.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("epochs"),
                            then: Experiment {
                                why: "That is once an epoch. What was compiled is kept for as long as the function is.",
                                tries: "Open the tab One step: its list of compiled steps says how often each was used.",
                                shows: None,
                            },
                        },
                    ],
                }),
                reveals: "{compiled}: once for {batch} rows, once for the short batch of {left}.",
                shows: None,
                exhibit: Some(|_, facts| Some(format!("<table>{}</table>", facts.written("table")?))),
            }),
            ..PLAIN
        },
        Scene {
            title: "Another rate",
            says: "Now the learning rate changes, and the run starts again with the same batches.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Rate],
            predicts: Some(Prediction {
                question: "Is the step of {batch} rows compiled anew?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Yes: it is another program.",
                        holds: |facts| Some(facts.get("times")? > 1.0),
                        then: Some(Experiment {
                            why: "It would be, if the rate were a Python number that the function *closes over*: then it is written into the program. On this page the rate is an argument, and \
                                  arguments may have any value.",
                            tries: "Drag the learning rate: every place of the slider is a run, and none waits for a compiler.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "No: only its shape and type count, and these are the same.",
                        holds: |facts| Some(facts.get("times")? == 1.0),
                        then: None,
                    },
                ]),
                reveals: "No: with both rates together it was compiled {times} time, and found again after that. A new *value* costs nothing; a new *shape* costs a compilation.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Once is enough",
            says: "The status in the tab One step tells what was compiled.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Batch],
            check: Some(Check {
                says: "**Set a batch size of more than one row and fewer than all, with which the step is compiled only once.**",
                kind: CheckKind::Lab {
                    holds: |seen, _| {
                        let config = &seen.run.config;
                        if config.rows_per_batch() < 2 || config.rows_per_batch() >= config.samples {
                            return Err("More than one row, and fewer than all.");
                        }
                        match seen.run.stats.as_ref().map(|stats| stats.compilations) {
                            Some(1) => Ok(()),
                            _ => Err("This one is compiled twice: its last batch is short."),
                        }
                    },
                    solved: |given, _| Some(lab(with(given, 20))),
                },
                done: "It divides the number of rows, so every batch has one shape.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "`jit` compiles once for each combination of shapes and types. Loaders whose last batch is short cost one compilation more, which is cheap; batches of ever-changing length \
                   cost one each, which is not. Pad them, or drop the rest.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Batch],
            ..PLAIN
        },
    ],
};

fn with(given: &Given, batch_size: usize) -> Config {
    Config { batch_size, epochs: 2, ..given.config() }
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let lecture = given.config();
    facts.count("calls", lecture.steps());
    facts.count("epochs", lecture.epochs);
    facts.count("per_epoch", lecture.steps_per_epoch());
    facts.count("batch", lecture.batch_size);
    facts.count("left", lecture.samples % lecture.batch_size);
    let compiled = |request| answers.run(request).map(|run| run.compilations);
    facts.count("compiled", compiled(0));
    if let Some(traced) = answers.of(2) {
        let own = traced.traced.iter().filter(|traced| {
            (traced.program, traced.optimizer, traced.rows) == (lecture.program, lecture.optimizer, lecture.batch_size)
                && (traced.schedule, traced.features) == (lecture.schedule, lecture.features)
        });
        facts.count("times", own.map(|traced| traced.times).sum::<usize>());
    }
    // the first size came before the question of what was traced
    let all: Option<Vec<usize>> = [0, 3, 4, 5, 6].into_iter().map(compiled).collect();
    if let Some(all) = all {
        let mut table = "<thead><tr><th>batch size</th><th>last batch</th><th>compiled</th></tr></thead><tbody>".to_owned();
        for (size, times) in SIZES.into_iter().zip(all) {
            let left = lecture.samples % size;
            let last = if left == 0 { size } else { left };
            let _ = write!(table, "<tr><td>{size}</td><td>{last}</td><td>{times}</td></tr>");
        }
        facts.text("table", table + "</tbody>");
    }
    facts
}

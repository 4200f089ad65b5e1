//! Lesson: `jit`. A function is traced for shapes, so another shape has it traced again.

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{
    Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab,
};
use crate::lecture::settings::config::Config;

/// Batch sizes of the second question.
const SIZES: [usize; 3] = [64, 100, 300];

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "jit",
    title: "Traced, then called",
    about: "What jit does at the first call, and why it sometimes does it again.",
    asks: |given, _| {
        let sizes = SIZES.map(|rows| run(with_batch(given, rows)));
        [run(given.config())].into_iter().chain(sizes).collect()
    },
    facts,
    scenes: &[
        Scene {
            title: "Running without numbers",
            says: "`make_step` stands under `@jit`. At the first call JAX runs its Python once with stand-ins that have a *shape* and a type, but no \
                   numbers. What happens to them is written down as a program, which is compiled. Later calls run the compiled program and leave the \
                   Python alone.\n\n\
                   The lecture’s loop calls `make_step` {steps} times, on batches of {=batch} rows out of {=n}.",
            light: &[Light::Batch],
            predicts: Some(Prediction {
                question: "How many times is `make_step` traced in all?",
                kind: Kind::Number(NumberAsk {
                    label: "Traces",
                    right: |facts| facts.get("lecture_traces"),
                    band: |facts| Some([facts.get("lecture_traces")?, facts.get("lecture_traces")?]),
                    told: "It is a count, so only {lecture_traces} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |_| Some(1.0),
                            then: Experiment {
                                why: "It would be, if all batches had the same shape. The last one of every epoch has {left} rows only, and a program for \
                                      {batch} rows cannot take {left}.",
                                tries: "Set the batch size to {clean}, which leaves no short batch; “Compilation” in the tab “One step” counts the traces.",
                                shows: Some(|given, _| Some(lab(with_batch(given, SIZES[1])))),
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("steps"),
                            then: Experiment {
                                why: "That is how often it is *called*. Were it traced each time, nothing would be gained by compiling it.",
                                tries: "Set the number of epochs to one and then to many: “Compilation” in the tab “One step” says that nothing was traced.",
                                shows: Some(|given, _| Some(lab(Config { epochs: 1, print_every: 1, ..given.config() }))),
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("epochs"),
                            then: Experiment {
                                why: "An epoch ends nothing: the compiled program is kept from one to the next.",
                                tries: "Change the number of epochs: “Compilation” in the tab “One step” says that nothing was traced.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("per_epoch"),
                            then: Experiment {
                                why: "That is how many batches an epoch has. All but the last have the same shape, and for one shape one trace will do.",
                                tries: "Set the batch size to {clean}; “Compilation” in the tab “One step” counts the traces.",
                                shows: Some(|given, _| Some(lab(with_batch(given, SIZES[1])))),
                            },
                        },
                    ],
                }),
                reveals: "{lecture_traces} times: for the batches of {batch} rows, and for the short one of {left} that ends the first epoch. From the \
                          second epoch on both programs are there already.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Shapes decide",
            says: "Three other batch sizes: {first}, {second} and {third} rows. The number of rows stays {=n}.",
            light: &[Light::Batch],
            predicts: Some(Prediction {
                question: "With which of them is the step traced only once?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "{first}, as a power of two suits the hardware.",
                        holds: |facts| Some(facts.get("first_traces")? == 1.0),
                        then: Some(Experiment {
                            why: "That may make a program quick, but it does not decide how many there are. {first} does not divide {rows}, so an epoch ends \
                                  with a batch of {first_left}.",
                            tries: "Look at the timeline: the last batch of each epoch is short.",
                            shows: Some(|given, _| Some(lab(with_batch(given, SIZES[0])))),
                        }),
                    },
                    Choice {
                        says: "{second}, as it divides the number of rows.",
                        holds: |facts| Some(facts.get("second_traces")? == 1.0),
                        then: None,
                    },
                    Choice {
                        says: "{third}, as with so few batches an epoch there is little to trace.",
                        holds: |facts| Some(facts.get("third_traces")? == 1.0),
                        then: Some(Experiment {
                            why: "Few they are, but of two shapes: one of {third} rows, and one of the {third_left} that are left.",
                            tries: "Look at the timeline: an epoch has two steps, and they differ.",
                            shows: Some(|given, _| Some(lab(with_batch(given, SIZES[2])))),
                        }),
                    },
                ]),
                reveals: "{first} rows: {first_traces} traces. {second}: {second_traces}. {third}: {third_traces}. What counts is how many *different* shapes \
                          the batches have, not how many batches there are.",
                shows: Some(|given, _| Some(lab(with_batch(given, SIZES[1])))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "One program is enough",
            says: "Tracing and compiling take far longer than a step. In a large model it takes minutes, so one arranges that shapes never change.",
            light: &[Light::Batch],
            check: Some(Check {
                says: "**Find a batch size of more than {second} rows, but not all rows, with which the step is traced once.**",
                kind: CheckKind::Lab {
                    holds: |seen, _| {
                        let config = &seen.run.config;
                        let rows = config.rows_per_batch();
                        if rows >= config.samples {
                            return Err("That is the full batch: an epoch is a single step. Find a smaller one.");
                        }
                        if rows <= SIZES[1] {
                            return Err("The batch is not larger yet.");
                        }
                        if !config.samples.is_multiple_of(rows) {
                            return Err("The last batch of an epoch is short, so the step is traced twice.");
                        }
                        Ok(())
                    },
                    solved: |given, _| Some(lab(with_batch(given, given.config().samples / 2))),
                },
                done: "It divides the number of rows, so that all batches have one shape.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "`jit` compiles once *per shape*, not once. A short last batch costs a second program; a loader that drops it, or a batch size that divides \
                   the rows, saves that.\n\n\
                   Two things follow. While a function is traced it has no numbers, so Python’s `if` cannot look at them. And a `print` in it \
                   speaks only while it is traced.\n\n\
                   **Open the tab “One step” and find “Compilation” there: each shape is listed with the time that its trace took. Change the batch size, and see \
                   what is added.**",
            ..PLAIN
        },
    ],
};

fn with_batch(given: &Given, batch_size: usize) -> Config {
    Config { batch_size, ..given.config() }
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = given.config();
    let (rows, batch) = (config.samples, config.rows_per_batch());
    facts.count("rows", rows);
    facts.count("batch", batch);
    facts.count("left", rows % batch);
    facts.count("steps", config.steps());
    facts.count("epochs", config.epochs);
    facts.count("per_epoch", config.steps_per_epoch());
    facts.count("first", SIZES[0]);
    facts.count("second", SIZES[1]);
    facts.count("clean", SIZES[1]);
    facts.count("third", SIZES[2]);
    facts.count("first_left", rows % SIZES[0]);
    facts.count("third_left", rows % SIZES[2]);
    // counted by the worker while it computed
    let traces = |request| answers.run(request).map(|run| run.compilations);
    facts.count("lecture_traces", traces(0));
    facts.count("first_traces", traces(1));
    facts.count("second_traces", traces(2));
    facts.count("third_traces", traces(3));
    facts
}

//! Lesson: batches. An epoch is many steps, and its last batch may be short.

use std::fmt::Write as _;

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{
    Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab,
};
use crate::lecture::settings::config::Config;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "batches",
    title: "Batches",
    about: "How many steps an epoch has, and what becomes of the rows that are left.",
    asks: |given, _| vec![run(one(given))],
    facts,
    scenes: &[
        Scene {
            title: "Dealing out rows",
            says: "An epoch shuffles the rows once and deals them out in batches. Each batch makes *one* step: predict, loss, gradient, update.\n\n\
                   Say a batch has {batch} of the {rows} rows. Until you answer, the Lab shows larger batches, so that it does not give the answer away.",
            shows: |given, _| Some(lab(Config { batch_size: 100, ..one(given) })),
            light: &[Light::Batch],
            predicts: Some(Prediction {
                question: "How many steps does one epoch take?",
                kind: Kind::Number(NumberAsk {
                    label: "Steps",
                    right: |facts| facts.get("per_epoch"),
                    band: |facts| Some([facts.get("per_epoch")?, facts.get("per_epoch")?]),
                    told: "It is a count, so only {per_epoch} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| facts.get("whole"),
                            then: Experiment {
                                why: "That many batches are *full*. The rows that are left make one more, a short one: this loader drops nothing.",
                                tries: "Count the cells of the strip, and look at the last one.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("quotient"),
                            then: Experiment {
                                why: "That is rows divided by batch size. There is no part of a step: what is left is a batch of its own.",
                                tries: "Count the cells of the strip, and look at the last one.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("rows"),
                            then: Experiment {
                                why: "That is the number of rows. It would be right if every batch were a single row.",
                                tries: "Set the batch size to one, and read the timeline.",
                                shows: Some(|given, _| Some(lab(Config { batch_size: 1, ..one(given) }))),
                            },
                        },
                        Foreseen {
                            number: |_| Some(1.0),
                            then: Experiment {
                                why: "A step is not an epoch: the parameters move after every batch. One step an epoch is what the *full* batch does.",
                                tries: "Here every batch is the full batch. Now make it smaller, and read the timeline.",
                                shows: Some(|given, _| Some(lab(Config { batch_size: given.config().samples, ..one(given) }))),
                            },
                        },
                    ],
                }),
                reveals: "It takes {per_epoch}: {whole} batches of {batch}, and one of {left}. The timeline counts them.",
                shows: Some(|given, _| Some(lab(one(given)))),
                exhibit: Some(|given, _| Some(strip(&one(given)))),
            }),
            ..PLAIN
        },
        Scene {
            title: "The short one",
            says: "The last batch of every epoch has {left} rows.",
            shows: |given, _| Some(lab(one(given))),
            light: &[Light::Batch],
            exhibit: Some(|given, _| Some(strip(&one(given)))),
            predicts: Some(Prediction {
                question: "How does it count beside a full one?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Its step is shorter in proportion to its rows.",
                        holds: |facts| Some(facts.get("weight")? < 0.5),
                        then: Some(Experiment {
                            why: "The loss is a *mean* over the rows of the batch, so a gradient does not grow with their number. A sum would do that.",
                            tries: "Set the batch size to {=batch}, then to {batch}: the first steps are about as long.",
                            shows: Some(|given, _| Some(lab(Config { batch_size: 4, ..one(given) }))),
                        }),
                    },
                    Choice {
                        says: "It counts as a whole step, so each of its rows counts more than others.",
                        holds: |facts| Some(facts.get("weight")? > 1.0),
                        then: None,
                    },
                    Choice {
                        says: "It is left out, as it is not full.",
                        holds: |facts| Some(facts.get("per_epoch")? <= facts.get("whole")?),
                        then: Some(Experiment {
                            why: "Some loaders have an option for that. The lecture’s slices from `start` to `start + batch_size`, and a slice that reaches \
                                  beyond the end is short.",
                            tries: "Play the epoch to its end, and read the timeline.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "It counts as a whole step: the gradient is a mean over the rows of the batch. Each of its {left} rows weighs {weight} times as much as \
                          a row of a full batch. The next epoch shuffles again, so that it is other rows’ turn.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "No row left over",
            says: "Steps an epoch, rows a batch: one decides the other.",
            shows: |given, _| Some(lab(one(given))),
            light: &[Light::Batch],
            check: Some(Check {
                says: "**Set the batch size so that an epoch has exactly {wanted} steps and every batch is full.**",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let config = &seen.run.config;
                        let wanted = facts.get("wanted").unwrap_or(f64::NAN);
                        if config.steps_per_epoch() as f64 != wanted {
                            return Err("The epoch has another number of steps: the timeline counts them.");
                        }
                        if !config.samples.is_multiple_of(config.rows_per_batch()) {
                            return Err("The number of steps is right, but the last batch is short.");
                        }
                        Ok(())
                    },
                    solved: |given, _| Some(lab(Config { batch_size: 20, ..one(given) })),
                },
                done: "Rows divided by steps: a batch that divides the number of rows leaves none over.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "A step is not an epoch. With {batch} rows a batch an epoch over {rows} rows has {per_epoch} steps, and the lecture’s run of {epochs} epochs \
                   has {steps}.\n\n\
                   When you compare batch sizes, say what you hold fixed: with the same number of *epochs*, larger batches take fewer steps.\n\n\
                   **Move the batch size, and watch how far the same number of epochs gets.**",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Batch, Light::Distance],
            ..PLAIN
        },
    ],
};

/// A single epoch.
fn one(given: &Given) -> Config {
    Config { epochs: 1, print_every: 1, ..given.config() }
}

/// The batches of an epoch, each a cell as wide as it has rows.
fn strip(config: &Config) -> String {
    let mut out = "<div class=\"strip-cells\" role=\"img\" aria-label=\"The batches of an epoch, one after the other; the last is short\">".to_owned();
    let mut left = config.samples;
    while left > 0 {
        let rows = left.min(config.rows_per_batch());
        let class = if rows < config.rows_per_batch() { " class=\"short\"" } else { "" };
        let _ = write!(out, "<span{class}>{rows}</span>");
        left -= rows;
    }
    out + "</div>"
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = given.config();
    let (rows, batch) = (config.samples, config.rows_per_batch());
    facts.count("rows", rows);
    facts.count("batch", batch);
    facts.count("whole", rows / batch);
    facts.count("left", rows % batch);
    facts.number("quotient", rows as f64 / batch as f64, 5);
    facts.count("epochs", config.epochs);
    facts.count("steps", config.steps());
    facts.count("wanted", 25);
    // counted in the run, not divided
    facts.count("per_epoch", answers.run(0).map(|run| run.steps.losses.len()));
    facts.number("weight", batch as f64 / (rows % batch).max(1) as f64, 3);
    facts
}

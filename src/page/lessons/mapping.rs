//! Lesson: `vmap`. One row's function becomes one for all rows, and nothing else changes; shapes that do not fit go wrong without a word.

use super::asked::{Answers, run, run_with_step};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab};
use super::text::escape;
use crate::lecture::settings::config::{Approach, Config, Program};
use crate::page::view::{LabView, Shown};
use crate::worker::protocol::{Inspection, JobRequest};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "vmap",
    title: "One row, then all",
    about: "What vmap does to a function and to its numbers, and a trap of shapes that it avoids.",
    asks: |given, _| {
        let config = given.config();
        let rows = config.rows_per_batch();
        let full = Config { batch_size: config.samples, epochs: 1, print_every: 1, ..config.clone() };
        vec![
            run(config.clone()),
            run(Config { program: Program::Vmap, ..config.clone() }),
            JobRequest::Programs { config, rows },
            run_with_step(full, 0),
        ]
    },
    facts,
    scenes: &[
        Scene {
            title: "Written for one",
            says: "A loss is easiest to write for *one* row: `residual(theta, x, y)` takes the row `x` and its target `y`, and returns a number, the squared \
                   error. `vmap(residual, in_axes=(None, 0, 0))` makes of it a function of a whole batch: the same `theta` for all rows, and the first axis \
                   of `x` and `y` gone through.",
            shows: |given, _| Some(both(given.config())),
            predicts: Some(Prediction {
                question: "A batch has {=batch} rows. What shape does the mapped function return?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "(): one number, as before.",
                        holds: |facts| Some(facts.get("mapped")? == 0.0),
                        then: Some(Experiment {
                            why: "A number comes out for *each* row. It is `mean()` behind it that makes one number of them.",
                            tries: "Follow the shapes: `residual` of one row returns (), mapped over {batch} rows ({batch},), and `.mean()` of these () again.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "({batch},): a number for each row.",
                        holds: |facts| Some(facts.get("mapped")? == facts.get("batch")?),
                        then: None,
                    },
                    Choice {
                        says: "({batch}, {batch}): each row with each target.",
                        holds: |facts| Some(facts.get("mapped")? == facts.get("pairs_of_batch")?),
                        then: Some(Experiment {
                            why: "`in_axes` has both axes go through *together*, as Python’s `zip` does: the first row with the first target, and so on. \
                                  For pairs one maps twice, one axis at a time.",
                            tries: "Read `in_axes` again: `None` for what stays, `0` for what is gone through.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "({batch},): the inputs’ first axis becomes the result’s. The programs that JAX traces have an array of {mapped} numbers there, \
                          before the sum.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Does it change the numbers?",
            says: "Two runs from the same start on the same batches, {steps} steps each: one whose loss is written for all rows at once, and one whose loss \
                   is written for one row and mapped.",
            shows: |given, _| Some(both(given.config())),
            light: &[Light::Loss],
            covers: true,
            predicts: Some(Prediction {
                question: "How far do their losses agree?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "To a few digits, as they round in different places.",
                        holds: |facts| Some(facts.get("equal")? < facts.get("steps")? && facts.get("largest")? > 0.0),
                        then: Some(Experiment {
                            why: "They would if the two computed in different orders. Here they do not: tracing leaves no `vmap` in the program, only the \
                                  same products and sums.",
                            tries: "Compare the two programs below, line by line.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "To the last bit, at every step.",
                        holds: |facts| Some(facts.get("equal")? == facts.get("steps")?),
                        then: None,
                    },
                    Choice {
                        says: "At first; then small differences grow.",
                        holds: |facts| Some(facts.get("equal")? < facts.get("steps")? && facts.get("largest")? > 1e-3),
                        then: Some(Experiment {
                            why: "Growing differences need a difference to begin with, and there is none.",
                            tries: "Drag the timeline to its end and compare the losses.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "In all {equal} of {steps} steps the losses are the same bits. Here are the two programs as JAX prints them for {batch} rows: {same}.",
                shows: None,
                exhibit: Some(|_, facts| printed(facts)),
            }),
            ..PLAIN
        },
        Scene {
            title: "The trap",
            says: "A layer such as `nnx.Linear` returns a column: for all {rows} rows `model(X)` has the shape ({rows}, {one}). The targets `Y` have the shape \
                   ({rows},). Somebody writes `jnp.square(model(X) - Y).mean()`. The right loss at the start is {right}.",
            shows: |given, _| Some(lab(given.config())),
            predicts: Some(Prediction {
                question: "How many numbers does the difference `model(X) - Y` have?",
                kind: Kind::Number(NumberAsk {
                    label: "Numbers",
                    right: |facts| facts.get("pairs"),
                    band: |facts| Some([facts.get("pairs")?, facts.get("pairs")?]),
                    told: "It is a count, so only {pairs} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| facts.get("rows"),
                            then: Experiment {
                                why: "That is what was meant. But shapes are aligned at their *ends*: the column’s last axis has length {one}, so it is \
                                      stretched along `Y`, and `Y` is stretched down the column.",
                                tries: "Write the shapes below each other, right ends aligned: ({rows}, {one}) and ({rows},).",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |_| Some(0.0),
                            then: Experiment {
                                why: "One would wish for an error. But both axes can be stretched, so NumPy’s rules allow it, and JAX follows them.",
                                tries: "Write the shapes below each other, right ends aligned: ({rows}, {one}) and ({rows},).",
                                shows: None,
                            },
                        },
                    ],
                }),
                reveals: "{pairs}: *every* prediction minus *every* target. There is no error. The mean of the squares is {wrong} instead of {right}, and it \
                          falls as one trains, towards a $θ$ near zero: the features of one row say nothing of the targets of all others. With `vmap` each row meets its own target \
                          only, and the trap does not exist.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Side by side",
            says: "The page can show the programs beside each other, each in its own hue, on the same batches.",
            shows: |given, _| Some(lab(given.config())),
            check: Some(Check {
                says: "**Show the vectorised and the vmap program, and nothing else, on batches that are all full.**",
                kind: CheckKind::Lab {
                    holds: |seen, _| {
                        let shown: Vec<Approach> = seen.view.shown.iter().collect();
                        if shown != [Approach::Raw, Approach::Vmap] {
                            return Err("Other programs are shown than these two.");
                        }
                        if !seen.run.config.samples.is_multiple_of(seen.run.config.rows_per_batch()) {
                            return Err("The programs are right; the last batch of an epoch is short.");
                        }
                        Ok(())
                    },
                    solved: |given, _| Some(both(Config { batch_size: 20, ..given.config() })),
                },
                done: "Two programs, one curve: where both lines are the same you see only the upper one.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "`vmap` is bookkeeping of axes. It changes how you *write* the loss, not what is computed: the traced programs are the same text.\n\n\
                   What it saves you from is shapes that fit by accident. If you vectorise by hand, compare shapes first: `assert y_hat.shape == y.shape`.",
            shows: |given, _| Some(both(given.config())),
            ..PLAIN
        },
    ],
};

/// The Lab with the program for all rows at once and the mapped one.
fn both(config: Config) -> LabView {
    LabView { shown: Shown::only(Approach::Raw).with(Approach::Vmap, true), ..lab(config) }
}

/// The two programs, below each other.
fn printed(facts: &Facts) -> Option<String> {
    let mut out = String::new();
    for (title, name) in [("For all rows at once", "vectorised"), ("For one row, mapped", "vmapped")] {
        out.extend(["<figure><figcaption>", title, "</figcaption><pre tabindex=\"0\">"]);
        escape(&mut out, facts.written(name)?);
        out.push_str("</pre></figure>");
    }
    Some(out)
}

/// The number of numbers that are mapped over: the length of the longest array of one axis in a program.
fn mapped(program: &str) -> Option<usize> {
    let lengths = program.split("f32[").skip(1).filter_map(|behind| behind.split_once(']')?.0.parse().ok());
    lengths.max()
}

/// The mean of the squared differences between all predictions and all targets, and that between each prediction and its own target.
fn losses(inspection: &Inspection) -> Option<[f64; 2]> {
    let (predictions, targets) = (&inspection.columns.predictions, &inspection.columns.targets);
    let count = predictions.len() as f64;
    let square = |a: f32, b: f32| f64::from(a - b).powi(2);
    let own: f64 = predictions.iter().zip(targets).map(|(a, b)| square(*a, *b)).sum();
    let all: f64 = predictions.iter().flat_map(|a| targets.iter().map(|b| square(*a, *b))).sum();
    (count > 0.0).then(|| [all / count / count, own / count])
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = given.config();
    let (rows, batch) = (config.samples, config.rows_per_batch());
    facts.count("rows", rows);
    facts.count("one", 1);
    facts.count("batch", batch);
    facts.count("pairs", rows * rows);
    facts.count("pairs_of_batch", batch * batch);
    facts.count("steps", config.steps());
    if let (Some(raw), Some(vmap)) = (answers.run(0), answers.run(1)) {
        let pairs = || raw.steps.losses.iter().zip(&vmap.steps.losses);
        facts.count("equal", pairs().filter(|(a, b)| a.to_bits() == b.to_bits()).count());
        facts.number("largest", pairs().map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max), 2);
    }
    if let Some(texts) = answers.of(2).and_then(|found| found.texts.as_ref()) {
        let [vectorised, vmapped] = &texts.vectorised;
        facts.count("mapped", mapped(vmapped));
        let same = if vectorised == vmapped { "they are the same text" } else { "they are not the same text" };
        facts.text("same", same.to_owned());
        facts.text("vectorised", vectorised.clone());
        facts.text("vmapped", vmapped.clone());
    }
    if let Some([wrong, right]) = answers.run(3).and_then(|run| losses(run.inspection.as_ref()?)) {
        facts.number("wrong", wrong, 4);
        facts.number("right", right, 4);
    }
    facts
}

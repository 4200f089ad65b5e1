//! Lesson: vmap. A loss for one row becomes one for many, with the same bits; and a subtraction of the wrong shapes goes through without an error.

use super::asked::{Answers, Computed, run, run_with_step};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, Given, Kind, Lesson, Light, PLAIN, Prediction, Scene, lab};
use super::text::escape;
use crate::base::words::thousands;
use crate::lecture::settings::config::{Approach, Config, Program};
use crate::page::view::{LabView, Shown};
use crate::worker::protocol::JobRequest;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "vmap",
    title: "vmap",
    about: "A loss for one row, for many rows; and a trap of shapes.",
    asks: |given, _| {
        let config = given.config();
        let rows = config.batch_size;
        vec![
            run_with_step(config.clone(), 0),
            run(Config { program: Program::Vmap, ..config.clone() }),
            JobRequest::Programs { config: Config { program: Program::Vmap, ..config }, rows },
        ]
    },
    facts,
    scenes: &[
        Scene {
            title: "One row at a time, all at once",
            says: "The raw program writes its loss for the whole batch, `jnp.mean((X @ theta - Y) ** 2)`. The other one writes it for *one* row, and \
                   `vmap(residual, in_axes=(None, 0, 0))` makes of it a function for many: the same parameters, one row of $X$ and of $Y$ each.",
            shows: |given, _| Some(both(given)),
            light: &[Light::Distance],
            predicts: Some(Prediction {
                question: "Both train for {steps} steps from the same start on the same batches. How many of the {numbers} numbers of their paths differ?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "None: vmap changes how it is written, not what is computed.",
                        holds: |facts| Some(facts.get("differ")? == 0.0),
                        then: None,
                    },
                    Choice {
                        says: "Some, in the last digit: the rows are handled one by one.",
                        holds: |facts| Some(facts.get("differ")? > 0.0 && facts.get("differ")? < 0.9 * facts.get("all")?),
                        then: Some(Experiment {
                            why: "They are not handled one by one: `vmap` is no loop. It rewrites each operation for one row as the operation for many.",
                            tries: "Compare the two printed programs.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "Nearly all: it is another algorithm.",
                        holds: |facts| Some(facts.get("differ")? >= 0.9 * facts.get("all")?),
                        then: Some(Experiment {
                            why: "It is the same formula. Only who writes the dimension of rows has changed.",
                            tries: "Compare the two printed programs.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "{differ} of {numbers}. These are the programs as JAX prints them: the one that was written for all rows, and the one for one row after `vmap`.",
                shows: None,
                exhibit: Some(|_, facts| facts.written("programs").map(str::to_owned)),
            }),
            ..PLAIN
        },
        Scene {
            title: "The trap",
            says: "`model(X)` of a linear layer has a shape of its own: for {n} rows it is {two}. The targets $Y$ are {one}.",
            shows: |given, _| Some(lab(given.config())),
            predicts: Some(Prediction {
                question: "What is the shape of `model(X) - Y`?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "{one}",
                        holds: |facts| Some(facts.get("entries")? == facts.get("rows")?),
                        then: Some(Experiment {
                            why: "So it should be. But shapes are matched from the *end*: a last dimension of one is stretched to match {n}, and the missing one is put in front.",
                            tries: "Write the two shapes below each other, aligned at the right, and fill in.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "It is an error.",
                        holds: |facts| Some(facts.get("entries")? == 0.0),
                        then: Some(Experiment {
                            why: "It would be an error if the last dimensions differed and neither were one. Here one of them is.",
                            tries: "Write the two shapes below each other, aligned at the right, and fill in.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "{square}",
                        holds: |facts| Some(facts.get("entries")? > facts.get("rows")?),
                        then: None,
                    },
                ]),
                reveals: "{square}: every prediction minus *every* target, {entries} numbers in place of {n}. There is no error. The mean of their squares is {wrong}; the loss is {right}.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "What it learns",
            says: "Somebody trains with that wrong loss, and it falls as it should.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Loss],
            predicts: Some(Prediction {
                question: "For which predictions is the wrong loss smaller?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "For perfect ones: each equal to its own target.",
                        holds: |facts| Some(facts.get("perfect")? < facts.get("constant")?),
                        then: Some(Experiment {
                            why: "Each prediction is compared with *all* targets. Being right about one’s own does not help with the others.",
                            tries: "Ask which single number is nearest to all targets on average.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "For useless ones: all equal to the mean of the targets.",
                        holds: |facts| Some(facts.get("perfect")? >= facts.get("constant")?),
                        then: None,
                    },
                ]),
                reveals: "Perfect predictions have {perfect}, the constant mean has {constant}. So this training learns to predict the mean, whatever the features say. **When a loss is \
                          strange, print shapes first.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "See for yourself",
            says: "The Lab can run both programs side by side.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Distance],
            check: Some(Check {
                says: "**Show the vmap program beside the raw one,** with the boxes above the charts.",
                kind: CheckKind::Lab {
                    holds: |seen, _| {
                        let shown = seen.view.shown;
                        let is_there = shown.contains(Approach::Raw) && shown.contains(Approach::Vmap);
                        if is_there { Ok(()) } else { Err("Raw and vmap are not both shown.") }
                    },
                    solved: |given, _| Some(both(given)),
                },
                done: "Two curves, and one is all that is seen: they lie on each other.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "`vmap` adds a dimension to a function that knows nothing of it. It changes how a program is written and no bit of what it computes. Shapes that match by accident are not checked by \
                   anybody: write `model(X)[:, 0] - Y`, or check the shape.",
            shows: |given, _| Some(both(given)),
            light: &[Light::Distance],
            ..PLAIN
        },
    ],
};

fn both(given: &Given) -> LabView {
    let view = lab(given.config());
    LabView { shown: Shown::of(&[Approach::Raw, Approach::Vmap]).unwrap_or(view.shown), ..view }
}

/// The shape of a difference, as NumPy and JAX match shapes; none where they do not match.
fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let length = a.len().max(b.len());
    let at = |shape: &[usize], place: usize| (place + shape.len()).checked_sub(length).map_or(1, |place| shape[place]);
    (0..length)
        .map(|place| match (at(a, place), at(b, place)) {
            (a, b) if a == b => Some(a),
            (1, other) | (other, 1) => Some(other),
            _ => None,
        })
        .collect()
}

fn shape(sizes: &[usize]) -> String {
    match sizes {
        [only] => format!("({only},)"),
        more => format!("({})", more.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// The mean of all squared differences, of each prediction from its own target or from every one.
fn losses(predictions: &[f64], targets: &[f64]) -> [f64; 2] {
    let count = targets.len().max(1) as f64;
    let own: f64 = predictions.iter().zip(targets).map(|(a, b)| (a - b).powi(2)).sum();
    let every: f64 = predictions.iter().map(|a| targets.iter().map(|b| (a - b).powi(2)).sum::<f64>()).sum();
    [own / count, every / (count * count)]
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = given.config();
    let rows = config.samples;
    facts.count("steps", config.steps());
    facts.text("n", thousands(rows));
    facts.count("rows", rows);
    facts.text("one", shape(&[rows]));
    facts.text("two", shape(&[rows, 1]));
    let difference = broadcast(&[rows, 1], &[rows]);
    facts.count("entries", difference.as_ref().map_or(0, |sizes| sizes.iter().product::<usize>()));
    facts.text("square", difference.as_deref().map(shape));
    if let (Some(raw), Some(vmap)) = (answers.run(0), answers.run(1)) {
        let path = |run: &Computed| run.steps.params.clone();
        let (raw, vmap) = (path(raw), path(vmap));
        facts.text("numbers", thousands(raw.len()));
        facts.count("all", raw.len());
        facts.count("differ", raw.iter().zip(&vmap).filter(|(a, b)| a.to_bits() != b.to_bits()).count());
    }
    if let Some(step) = answers.run(0).and_then(|run| run.inspection.as_ref()) {
        let numbers = |values: &[f32]| values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
        let (predictions, targets) = (numbers(&step.columns.predictions), numbers(&step.columns.targets));
        let [right, wrong] = losses(&predictions, &targets);
        facts.number("right", right, 4);
        facts.number("wrong", wrong, 4);
        let mean = targets.iter().sum::<f64>() / targets.len().max(1) as f64;
        facts.number("perfect", losses(&targets, &targets)[1], 4);
        facts.number("constant", losses(&vec![mean; targets.len()], &targets)[1], 4);
    }
    if let Some(texts) = answers.of(2).and_then(|found| found.texts.as_ref()) {
        let mut programs = String::new();
        for text in &texts.vectorised {
            programs.push_str("<pre>");
            escape(&mut programs, text);
            programs.push_str("</pre>");
        }
        facts.text("programs", programs);
    }
    facts
}

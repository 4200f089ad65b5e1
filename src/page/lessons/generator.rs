//! Lesson: training on nothing. A generator that is used up deals out no batches, and nothing says so.

use super::asked::{Answers, Computed, run};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, ForeseenLine, Given, Kind, Lesson, Light, PLAIN, Prediction, Scene, SketchAsk, begins_at, has_data, gets_within};
use super::text::escape;
use crate::jax::repr::python_float;
use crate::lecture::settings::config::{Approach, Config, ModuleKind, Program};
use crate::page::modules::generator::{code, epochs};
use crate::page::runs::Recording;
use crate::page::view::{LabView, Settings, Shown};

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "nothing",
    title: "Training on nothing",
    about: "A loop that runs, prints, and learns nothing.",
    asks: |given, _| vec![run(of(given, ModuleKind::Pitfall)), run(of(given, ModuleKind::MyLinear))],
    facts,
    scenes: &[
        Scene {
            title: "A program that looks right",
            says: "This is a loop as in the lecture: {epochs} epochs, and in each of them a step for every batch. Before the first epoch the distance to the \
                   true $θ$ is {start}.\n\nThe Lab is covered; once you have committed it runs this program.",
            shows: |given, _| Some(module(given, ModuleKind::MyLinear)),
            covers: true,
            exhibit: Some(|given, _| Some(listing(given))),
            predicts: Some(Prediction {
                question: "**Sketch how the distance goes over the epochs.**",
                kind: Kind::Sketch(SketchAsk {
                    across: "epoch",
                    end: |given| of(given, ModuleKind::Pitfall).epochs as f64,
                    up: "distance",
                    log: true,
                    range: [1e-4, 10.0],
                    line: "pitfall",
                    within: 1.5,
                    told: "Right is a curve that is less than a factor of one and a half away on average: about what can be read off this chart.",
                    foreseen: &[ForeseenLine {
                        at: |facts, part| facts.curve("repaired")?.at(part),
                        then: Experiment {
                            why: "So it would go if every epoch had batches. Look where `train_loader` is made: *once*, before the loop over the epochs. It is a \
                                  generator, and a generator can be gone through only once.",
                            tries: "Count in your head what the inner loop gets in the first epoch.",
                            shows: None,
                        },
                    }],
                }),
                reveals: "Nothing happens: every epoch prints `‖θ−θ̂‖` as {printed}, to the last digit. There is no error and no warning.",
                shows: Some(|given, _| Some(module(given, ModuleKind::Pitfall))),
                exhibit: Some(|_, facts| Some(format!("<pre>{}</pre>", facts.written("rows")?))),
            }),
            ..PLAIN
        },
        Scene {
            title: "Why is it flat?",
            says: "The curve is flat from the first epoch on, at {start}.",
            shows: |given, _| Some(module(given, ModuleKind::Pitfall)),
            light: &[Light::Distance],
            exhibit: Some(|given, _| Some(listing(given))),
            predicts: Some(Prediction {
                question: "What does that say?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "It has converged.",
                        holds: |facts| Some(facts.get("start")? < 2.0 * facts.get("repaired_end")?),
                        then: Some(Experiment {
                            why: "A run that has converged came from somewhere else. This one is where it began, and the repaired program gets to {repaired_end}.",
                            tries: "Select MyLinear in place of the pitfall, the same program with batches, and see where a run converges.",
                            shows: Some(|given, _| Some(module(given, ModuleKind::MyLinear))),
                        }),
                    },
                    Choice {
                        says: "The learning rate is too small.",
                        holds: |facts| Some(facts.get("steps")? > 0.0 && facts.get("changes")? > 0.0),
                        then: Some(Experiment {
                            why: "A rate too small makes small steps, and then some digit changes. Here none does, and the number of steps is {steps}.",
                            tries: "Raise the learning rate as far as you like: the distance stays where it is.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "No step is taken.",
                        holds: |facts| Some(facts.get("steps")? == 0.0),
                        then: None,
                    },
                ]),
                reveals: "No step is taken: {steps} in {epochs} epochs. The generator was gone through before the loop began, so the inner loop has nothing to go \
                          over. **Count steps, not epochs.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Mend it",
            says: "The repair is one line: make a new generator inside the loop over the epochs, so that each epoch is dealt batches. In the Lab that is the program \
                   MyLinear.",
            shows: |given, _| Some(module(given, ModuleKind::Pitfall)),
            light: &[Light::Distance],
            exhibit: Some(|given, _| Some(repaired(given))),
            check: Some(Check {
                says: "**Select another program in place of the pitfall, in the list above the charts, with which the distance falls below {goal}.**",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        if seen.run.config.steps() == 0 {
                            return Err("This program takes no steps.");
                        }
                        begins_at(&seen.run.config, None)?;
                        has_data(&seen.run.config, &of(&Given::default(), ModuleKind::Pitfall), facts)?;
                        let end = seen.run.steps.norms.last().map(|norm| f64::from(*norm));
                        gets_within(end, facts.get("goal"), "It does not get that near.")
                    },
                    solved: |given, _| Some(module(given, ModuleKind::MyLinear)),
                },
                done: "With batches it goes from {repaired_start} after the first epoch to {repaired_end}.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "A flat curve has many reasons, and converging is only one. The cheapest question is how many steps there were: here the timeline says it.\n\n\
                   In your own code, let the loader say how many batches it deals out, or stop with an error when an epoch has none.",
            shows: |given, _| Some(module(given, ModuleKind::MyLinear)),
            light: &[Light::Distance],
            ..PLAIN
        },
    ],
};

fn of(given: &Given, kind: ModuleKind) -> Config {
    Config { seed: given.seed, ..Config::lecture(Program::Module(kind)) }
}

fn module(given: &Given, kind: ModuleKind) -> LabView {
    let settings = Settings::new(of(given, kind));
    LabView { settings, shown: Shown::only(Approach::Module), module: kind, ..LabView::default() }
}

fn listing(given: &Given) -> String {
    lines(given, false)
}

fn repaired(given: &Given) -> String {
    lines(given, true)
}

/// The lines from where the generator is made; the one that repairs it, stressed, only where it does.
fn lines(given: &Given, is_repaired: bool) -> String {
    let mut out = "<pre>".to_owned();
    for line in code(&of(given, ModuleKind::Pitfall), is_repaired) {
        if line.is_repair && !is_repaired {
            continue;
        }
        // what the program’s own comments say is what the lesson asks
        let text = line.text.split("  # ").next().unwrap_or_default();
        out.push_str(if line.is_repair { "<b>" } else { "" });
        escape(&mut out, text);
        out.push_str(if line.is_repair { "</b>\n" } else { "\n" });
    }
    out + "</pre>"
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = of(given, ModuleKind::Pitfall);
    facts.count("epochs", config.epochs);
    let norms = |run: &Computed| -> Vec<f64> { run.steps.epoch_norms.iter().map(|norm| f64::from(*norm)).collect() };
    if let Some(run) = answers.run(0) {
        let norms = norms(run);
        let first = norms.first().copied();
        facts.number("start", first, 4);
        facts.text("printed", first.map(python_float));
        facts.count("steps", run.steps.losses.len());
        facts.count("changes", norms.iter().filter(|norm| Some(**norm) != first).count());
        facts.line("pitfall", norms);
        let recording = Recording { config, steps: run.steps.clone(), ..Recording::default() };
        let rows = epochs(&recording);
        let rows = rows.iter().map(|row| match row.epoch.parse::<usize>() {
            Ok(epoch) => format!("epoch {epoch}: {} batches, {}", row.batches, row.distance),
            // epochs that are left out
            Err(_) => row.epoch.clone(),
        });
        facts.text("rows", rows.collect::<Vec<_>>().join("\n"));
    }
    if let Some(run) = answers.run(1) {
        let norms = norms(run);
        facts.number("repaired_start", norms.first().copied(), 3);
        facts.number("repaired_end", norms.last().copied(), 2);
        facts.number("goal", norms.first().map(|first| first / 100.0), 1);
        facts.line("repaired", norms);
    }
    facts
}

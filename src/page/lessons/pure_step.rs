//! Lesson: one pure step. A step takes parameters and state and returns new ones; what an optimizer remembers is in that state, and nowhere else.

use super::asked::{Answers, run_with_step};
use super::facts::Facts;
use super::form::{
    COMING, Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab,
};
use super::text::escape;
use crate::lecture::settings::config::{Config, Optimizer, Schedule};

/// The optimizers whose states are shown, with the names of their facts.
const SHOWN: [(Optimizer, &str, &str); 4] = [
    (Optimizer::Sgd, "arrays_sgd", "state_sgd"),
    (Optimizer::Momentum, "arrays_momentum", "state_momentum"),
    (Optimizer::Nesterov, "arrays_nesterov", "state_nesterov"),
    (Optimizer::Adam, "arrays_adam", "state_adam"),
];
/// Steps taken before the one that is taken apart.
const BEFORE: usize = 2;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "step",
    title: "One pure step",
    about: "What a step takes, what it returns, and what an optimizer remembers.",
    asks: |given, _| SHOWN.map(|(optimizer, ..)| run_with_step(by(given, optimizer), BEFORE)).into(),
    facts,
    scenes: &[
        Scene {
            title: "A function",
            says: "`params, opt_state, loss = make_step(params, opt_state, X, Y)` is all that happens in a step. It gets four values and returns three. It writes nothing down \
                   anywhere.\n\n\
                   The page has taken {before} steps, kept what went into the next one, and called `make_step` with exactly that once more.",
            shows: |given, _| Some(lab(by(given, Optimizer::Sgd))),
            light: &[Light::Plane],
            predicts: Some(Prediction {
                question: "Of the {numbers} numbers of the new parameters, how many differ between the two calls?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "None.",
                        holds: |facts| Some(facts.get("differ")? == 0.0),
                        then: None,
                    },
                    Choice {
                        says: "All: the first call has changed the parameters already.",
                        holds: |facts| Some(facts.get("differ")? > 0.0),
                        then: Some(Experiment {
                            why: "That is how a PyTorch optimizer works: `optimizer.step()` changes the model in place. Here the old `params` are still what they were; the \
                                  new ones are other values, and the *assignment* on the left makes the name mean those.",
                            tries: "Step back and forth in the timeline: the same step leads to the same place each time.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "All: each call draws another batch.",
                        holds: |facts| Some(facts.get("differ")? > 0.0),
                        then: Some(Experiment {
                            why: "The batch is an argument: $X$ and $Y$ are given to the step. Drawing is the loop’s work, with a key.",
                            tries: "Look at the arguments of `make_step` in the Lab’s programs.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "{differ}. The same arguments, the same result, to the last bit: the step is a *pure* function. That is what lets JAX compile it, differentiate it, and repeat it.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "What it remembers",
            says: "A pure function remembers nothing, but some optimizers need a memory. So it is an argument: `opt_state` goes in and comes out. Plain SGD’s is empty: `{state_sgd}`.\n\n\
                   Momentum keeps a trace of past gradients, one array of the shape of the parameters.",
            shows: |given, _| Some(lab(by(given, Optimizer::Momentum))),
            light: &[Light::Optimizer],
            predicts: Some(Prediction {
                question: "How many arrays does Adam’s state hold?",
                kind: Kind::Number(NumberAsk {
                    label: "Arrays",
                    right: |facts| facts.get("arrays_adam"),
                    band: |facts| Some([facts.get("arrays_adam")?, facts.get("arrays_adam")?]),
                    told: "It is a count, so only {arrays_adam} is right.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| Some(facts.get("arrays_adam")? - 1.0),
                            then: Experiment {
                                why: "A mean of gradients `mu`, and a mean of their squares `nu`. But both start at zero, and to correct for that Adam has to know how many steps there \
                                      were: `count`.",
                                tries: "Open the tab One step with Adam, and look at what goes into the update.",
                                shows: Some(|given, _| Some(lab(by(given, Optimizer::Adam)))),
                            },
                        },
                        Foreseen {
                            number: |facts| facts.get("arrays_momentum"),
                            then: Experiment {
                                why: "That is momentum’s. Adam also keeps a mean of squares, to divide by.",
                                tries: "Open the tab One step with Adam, and look at what goes into the update.",
                                shows: Some(|given, _| Some(lab(by(given, Optimizer::Adam)))),
                            },
                        },
                    ],
                }),
                reveals: "{arrays_adam}: the count, the mean of gradients, and the mean of squared gradients. After {before} steps the states are these.",
                shows: Some(|given, _| Some(lab(by(given, Optimizer::Adam)))),
                exhibit: Some(|_, facts| {
                    let mut out = "<table><tbody>".to_owned();
                    for (optimizer, _, state) in SHOWN {
                        out.push_str("<tr><td>");
                        out.push_str(&optimizer.to_string());
                        out.push_str("</td><td>");
                        escape(&mut out, facts.written(state)?);
                        out.push_str("</td></tr>");
                    }
                    Some(out + "</tbody></table>")
                }),
            }),
            ..PLAIN
        },
        Scene {
            title: "Pick one",
            says: "What is remembered is a property of the optimizer.",
            shows: |given, _| Some(lab(by(given, Optimizer::Sgd))),
            light: &[Light::Optimizer],
            check: Some(Check {
                says: "**Select an optimizer whose state holds exactly one array,** with a constant schedule.",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let config = &seen.run.config;
                        if config.schedule != Schedule::Constant {
                            return Err("A schedule counts steps, which adds to the state.");
                        }
                        let name = SHOWN.iter().find(|(optimizer, ..)| *optimizer == config.optimizer).map(|(_, name, _)| *name);
                        match name.map(|name| facts.get(name)) {
                            Some(Some(1.0)) => Ok(()),
                            Some(Some(0.0)) => Err("This one remembers nothing."),
                            Some(None) => Err(COMING),
                            _ => Err("This one remembers more than one array."),
                        }
                    },
                    solved: |given, _| Some(lab(by(given, Optimizer::Momentum))),
                },
                done: "The trace: what is left of the gradients so far.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "The optimizer does not change the parameters: `optimizer.update` returns *updates* and a new state, and `apply_updates` adds the updates. Whoever forgets to assign what comes \
                   back trains nothing.",
            shows: |given, _| Some(lab(by(given, Optimizer::Adam))),
            light: &[Light::Optimizer],
            ..PLAIN
        },
    ],
};

fn by(given: &Given, optimizer: Optimizer) -> Config {
    Config { optimizer, epochs: 5, ..given.config() }
}

fn facts(_: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    facts.count("before", BEFORE);
    for (request, (_, arrays, state)) in SHOWN.into_iter().enumerate() {
        let found = answers.run(request).and_then(|run| run.inspection.as_ref());
        let text = found.and_then(|step| step.state.iter().find(|binding| binding.name == "opt_state"));
        facts.count(arrays, text.map(|binding| binding.value.matches("Array(").count()));
        facts.text(state, text.map(|binding| binding.value.clone()));
    }
    if let Some(run) = answers.run(0)
        && let Some(step) = &run.inspection
    {
        let again = &step.columns.params_after;
        let first = run.steps.params.chunks_exact(again.len().max(1)).nth(BEFORE).unwrap_or_default();
        facts.count("numbers", again.len());
        facts.count("differ", first.iter().zip(again).filter(|(a, b)| a.to_bits() != b.to_bits()).count());
    }
    facts
}

//! Lesson: more parameters than rows. Zero loss is not the truth: where a training ends depends on where it begins.

use super::asked::{Answers, Computed, run};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, Given, Kind, Lesson, Light, PLAIN, Prediction, Scene, lab, begins_at, gets_within};
use crate::lecture::settings::config::Config;

/// Rows and parameters.
const SHAPE: (usize, usize) = (5, 10);

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "start",
    title: "Where it begins",
    about: "More parameters than rows: zero loss, and not the truth.",
    asks: |given, _| {
        vec![run(few(given)), run(from(given, 1.0)), run(from(given, 0.0)), run(enough(given))]
    },
    facts,
    scenes: &[
        Scene {
            title: "Too few rows",
            says: "Here are {=n} rows and {=m} parameters: more unknowns than equations. Every batch is the full batch, and the run has {=epochs} steps.",
            shows: |given, _| Some(lab(few(given))),
            light: &[Light::Data, Light::Loss],
            predicts: Some(Prediction {
                question: "What do the loss and the distance to the true $θ$ do?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Both fall to about zero.",
                        holds: |facts| Some(facts.get("loss")? < 1e-6 && facts.get("distance")? < 0.1),
                        then: Some(Experiment {
                            why: "The loss does. But these rows are satisfied by infinitely many parameters, and the true ones are only one of them.",
                            tries: "Compare the two charts at the end of the run.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "The loss falls to about zero, the distance does not.",
                        holds: |facts| Some(facts.get("loss")? < 1e-6 && facts.get("distance")? >= 0.1),
                        then: None,
                    },
                    Choice {
                        says: "Neither does: there are too few rows to learn from.",
                        holds: |facts| Some(facts.get("loss")? >= 1e-6),
                        then: Some(Experiment {
                            why: "Too few rows make it *easier* to fit them all, not harder.",
                            tries: "Look at the loss at the end of the run.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "The loss ends at {loss}. The distance ends at {distance}; it began at {began}. **Zero loss says that the rows are satisfied, not that the truth was \
                          found.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Another start",
            says: "The same data and the same steps, but the run begins elsewhere: every parameter starts at one.",
            shows: |given, _| Some(lab(from(given, 1.0))),
            light: &[Light::Distance, Light::Loss],
            covers: true,
            predicts: Some(Prediction {
                question: "The loss will vanish again. Does the run end at the same $θ̂$?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Yes: the least loss is the least loss.",
                        holds: |facts| Some(facts.get("between")? < 0.01),
                        then: Some(Experiment {
                            why: "With more rows than parameters that is so: there the bottom is a single point. Here it is a whole flat of points, and a step never moves along \
                                  the flat, because no row has a component there.",
                            tries: "Here there are more rows than parameters. Drag the start: the end stays where it is.",
                            shows: Some(|given, _| Some(lab(enough(given)))),
                        }),
                    },
                    Choice {
                        says: "No: it ends where the flat bottom is nearest to its start.",
                        holds: |facts| Some(facts.get("between")? >= 0.01),
                        then: None,
                    },
                ]),
                reveals: "The loss is {other_loss}, and the two ends are {between} apart. One is {distance} from the true $θ$, the other {other_distance}. What the start has in \
                          directions that no row sees, it keeps.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "From zero",
            says: "Of all parameters that satisfy the rows, one has the smallest norm; the page marks it as the least-squares solution.",
            shows: |given, _| Some(lab(few(given))),
            light: &[Light::Distance],
            predicts: Some(Prediction {
                question: "From which start does the run end there?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "From any start, if it runs long enough.",
                        holds: |facts| Some(facts.get("to_least")? < 0.01 && facts.get("other_to_least")? < 0.01),
                        then: Some(Experiment {
                            why: "The start that the program draws ends {to_least} away from it, and running on does not change that: the loss is zero there, and so is the \
                                  gradient.",
                            tries: "Double the epochs, and look at the dotted curve.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "From zero.",
                        holds: |facts| Some(facts.get("zero_to_least")? < 0.01 && facts.get("to_least")? >= 0.01),
                        then: None,
                    },
                    Choice {
                        says: "From the true $θ$ only.",
                        holds: |facts| Some(facts.get("zero_to_least")? >= 0.01),
                        then: Some(Experiment {
                            why: "From the true $θ$ it would hardly move at all: there the loss is as small as the noise.",
                            tries: "Here the run begins at zero. Look at the dotted curve.",
                            shows: Some(|given, _| Some(lab(from(given, 0.0)))),
                        }),
                    },
                ]),
                reveals: "From zero: it ends {zero_to_least} away. It has nothing in the directions that no row sees, and gets nothing there. This is an *implicit* choice that the \
                          start makes, and no penalty was written anywhere.",
                shows: Some(|given, _| Some(lab(from(given, 0.0)))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Let the data decide",
            says: "As long as there are fewer rows than parameters, the start decides a part of the answer.",
            shows: |given, _| Some(lab(few(given))),
            light: &[Light::Data],
            check: Some(Check {
                says: "**Change the data, and nothing else, until the run ends within {goal} of the true $θ$.** Leave σ and M as they are.",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let config = &seen.run.config;
                        if config.features != SHAPE.1 {
                            return Err("That is another number of parameters.");
                        }
                        if config.samples < config.features {
                            return Err("There are still fewer rows than parameters.");
                        }
                        begins_at(config, None)?;
                        if config.sigma != Config::default().sigma {
                            return Err("That is another σ. Set it back.");
                        }
                        let end = seen.run.steps.norms.last().map(|norm| f64::from(*norm));
                        gets_within(end, facts.get("goal"), "There are enough rows, but barely: take some more.")
                    },
                    solved: |given, _| Some(lab(enough(given))),
                },
                done: "With {many} rows it ends {enough} away, from whatever start.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "With more parameters than rows a training can reach zero loss at infinitely many places. Which one it reaches is decided by the start and the optimizer, not by \
                   the data.\n\nGradient descent from zero reaches the one of least norm.",
            shows: |given, _| Some(lab(from(given, 0.0))),
            light: &[Light::Distance],
            ..PLAIN
        },
    ],
};

fn few(given: &Given) -> Config {
    let (samples, features) = SHAPE;
    let plain = given.config();
    Config { samples, features, batch_size: samples, learning_rate: 0.05, epochs: 3000, print_every: 1000, ..plain }
}

fn from(given: &Given, at: f32) -> Config {
    Config { theta_0: Some(vec![at; SHAPE.1]), ..few(given) }
}

fn enough(given: &Given) -> Config {
    Config { samples: 40, batch_size: 40, ..few(given) }
}

fn norm(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>().sqrt()
}

fn end(run: &Computed) -> &[f32] {
    let features = run.problem.theta.len();
    run.steps.params.get(run.steps.params.len().saturating_sub(features)..).unwrap_or_default()
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    facts.number("goal", 0.01, 1);
    facts.count("many", enough(given).samples);
    let last = |norms: &[f32]| norms.last().map(|norm| f64::from(*norm));
    let drawn = answers.run(0);
    if let Some(run) = drawn {
        facts.number("began", norm(&run.problem.theta, &run.problem.theta_0), 3);
        facts.number("loss", last(&run.steps.losses), 1);
        facts.number("distance", last(&run.steps.norms), 3);
        facts.number("to_least", last(&run.steps.least_squares_norms), 2);
    }
    if let Some(run) = answers.run(1) {
        facts.number("other_loss", last(&run.steps.losses), 1);
        facts.number("other_distance", last(&run.steps.norms), 3);
        facts.number("other_to_least", last(&run.steps.least_squares_norms), 2);
        facts.number("between", drawn.map(|drawn| norm(end(drawn), end(run))), 3);
    }
    facts.number("zero_to_least", answers.run(2).and_then(|run| last(&run.steps.least_squares_norms)), 1);
    facts.number("enough", answers.run(3).and_then(|run| last(&run.steps.norms)), 1);
    facts
}

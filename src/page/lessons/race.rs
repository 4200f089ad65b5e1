//! Lesson: "Adam is worse here." Adam's step is about as long as its rate, whatever the gradient; so a race at one rate says little.

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab, begins_at, has_data, gets_within};
use crate::lecture::settings::config::{Config, Optimizer};
use crate::page::view::LabView;

/// Epochs of the last task.
const SHORT: usize = 50;
/// Epochs of the race, so many that Adam arrives, too.
const EPOCHS: usize = 402;
/// The epoch at which it is looked at in between.
const EARLY: usize = 100;
/// Where all begin: far from the true parameters, whatever the seed draws.
const FAR: f32 = 6.0;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "race",
    title: "“Adam is worse here”",
    about: "What a race between optimizers says, and what it does not.",
    asks: |given, _| {
        vec![
            run(by(given, Optimizer::Sgd)),
            run(by(given, Optimizer::Adam)),
            run(by(given, Optimizer::Momentum)),
            run(quick(given)),
        ]
    },
    facts,
    scenes: &[
        Scene {
            title: "The first step",
            says: "SGD steps by the rate times the gradient. At the start the first coordinate of the gradient is {gradient} on the first batch, so at rate {=lr} the step \
                   there is {sgd_step}.\n\n\
                   Adam divides the gradient by an estimate of its own size. At the first step that estimate comes from this one gradient.",
            shows: |given, _| Some(by_itself(given)),
            light: &[Light::Optimizer, Light::Rate],
            predicts: Some(Prediction {
                question: "How long is Adam’s first step along the first coordinate, at the same rate?",
                kind: Kind::Number(NumberAsk {
                    label: "Length of the step",
                    right: |facts| facts.get("adam_step"),
                    band: |facts| Some([facts.get("adam_step")? * 0.9, facts.get("adam_step")? * 1.1]),
                    told: "It is {adam_step}. Right is what is less than a tenth away.",
                    foreseen: &[
                        Foreseen {
                            // none where the gradient is one by chance
                            number: |facts| {
                                let (sgd, adam) = (facts.get("sgd_step")?, facts.get("adam_step")?);
                                (!(0.89..1.11).contains(&(sgd / adam))).then_some(sgd)
                            },
                            then: Experiment {
                                why: "That is SGD’s step. Adam divides by the gradient’s size, so the size drops out.",
                                tries: "Switch the optimizer between SGD and Adam, go to the first step, and compare the arrows.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| Some(facts.get("adam_step")? * 0.1),
                            then: Experiment {
                                why: "The mean of gradients starts at zero and takes a tenth of the first one. But Adam corrects for that start (the *bias correction*): it divides \
                                      by the same tenth.",
                                tries: "Open the tab One step at the first step, and look at the update.",
                                shows: None,
                            },
                        },
                    ],
                }),
                reveals: "It is {adam_step}: the rate. A gradient divided by its own size is one, or minus one. **At first Adam moves every coordinate by about the rate, \
                          however steep it is there.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "The race",
            says: "The same rate, {=lr}, for both, and the same start, far away; SGD is the ghost. At epoch {half} SGD is {sgd_half} from the true $θ$, and Adam is \
                   {adam_half}.",
            shows: |given, _| Some(race(given)),
            light: &[Light::Distance],
            predicts: Some(Prediction {
                question: "So which is nearer after {epochs} epochs?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "SGD, by as much as then.",
                        holds: |facts| Some(facts.get("adam_end")? > 3.0 * facts.get("sgd_end")?),
                        then: Some(Experiment {
                            why: "Adam was slower on its way: it walks with steps of about the rate, and the way is long. But slower is not worse: both arrive.",
                            tries: "Move the playhead on from there, and watch the gap close.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "They are about equal: both have met the floor.",
                        holds: |facts| Some((0.1..=3.0).contains(&(facts.get("adam_end")? / facts.get("sgd_end")?))),
                        then: Some(Experiment {
                            why: "With most data that is so. With these, one of the two has come nearer: {sgd_end} and {adam_end}.",
                            tries: "Look at the dotted curve, the distance to the least-squares solution.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "Adam, by a factor of ten or more.",
                        holds: |facts| Some(facts.get("adam_end")? < 0.1 * facts.get("sgd_end")?),
                        then: Some(Experiment {
                            why: "Nothing gets below the floor: the noise in the data keeps every optimizer about this far from the true $θ$.",
                            tries: "Look at the dotted curve, the distance to the least-squares solution.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "SGD ends {sgd_end} away and Adam {adam_end}. Where a race is stopped decides what it says: at epoch {half} it was {adam_half} against {sgd_half}.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Another rate",
            says: "A rate means something else to each of them: for SGD it multiplies the gradient, for Adam it is the length of a step. A race at *one* rate compares the \
                   rates.",
            shows: |given, _| Some(by_itself(given)),
            light: &[Light::Optimizer, Light::Rate],
            check: Some(Check {
                says: "**With Adam, find a rate at which the run is within {goal} of the true $θ$ after {short} epochs.** Set the epochs first.",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let config = &seen.run.config;
                        if config.optimizer != Optimizer::Adam {
                            return Err("The optimizer is not Adam.");
                        }
                        if config.epochs > SHORT {
                            return Err("Those are more epochs than asked for.");
                        }
                        begins_at(config, Some(&[FAR, FAR]))?;
                        has_data(config, &Config::default(), facts)?;
                        let end = seen.run.steps.norms.last().map(|norm| f64::from(*norm));
                        gets_within(end, facts.get("goal"), "Not near enough yet: the steps are as long as the rate.")
                    },
                    solved: |given, _| Some(lab(quick(given))),
                },
                done: "At rate {quick_rate} it gets to {quick_end} in {short} epochs.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "“Adam is worse here” was true of one rate and one epoch. Momentum at the same rate was {momentum_half} away at epoch {half}, where SGD was {sgd_half}.\n\n\
                   **Before you say that an optimizer is better, give each its own rate, and look at the whole curve.**",
            shows: |given, _| Some(race(given)),
            light: &[Light::Distance],
            ..PLAIN
        },
    ],
};

fn by(given: &Given, optimizer: Optimizer) -> Config {
    Config { optimizer, epochs: EPOCHS, theta_0: Some(vec![FAR, FAR]), ..given.config() }
}

fn by_itself(given: &Given) -> LabView {
    lab(by(given, Optimizer::Adam))
}

fn race(given: &Given) -> LabView {
    LabView { pins: vec![by(given, Optimizer::Sgd)], ..by_itself(given) }
}

fn quick(given: &Given) -> Config {
    Config { learning_rate: 0.05, epochs: SHORT, ..by(given, Optimizer::Adam) }
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = by(given, Optimizer::Sgd);
    facts.count("epochs", EPOCHS);
    facts.count("half", EARLY);
    facts.count("short", SHORT);
    facts.number("goal", 1e-3, 1);
    facts.number("quick_rate", quick(given).learning_rate, 2);
    // the step along the first coordinate
    let step = |request| {
        let run = answers.run(request)?;
        Some(f64::from((run.steps.params.first()? - run.problem.theta_0.first()?).abs()))
    };
    facts.number("sgd_step", step(0), 3);
    facts.number("gradient", step(0).map(|step: f64| step / config.learning_rate), 3);
    facts.number("adam_step", step(1), 3);
    let at = |request, epoch: usize| {
        answers.run(request).and_then(|run| run.steps.epoch_norms.get(epoch)).map(|norm| f64::from(*norm))
    };
    let last = EPOCHS - 1;
    facts.number("sgd_half", at(0, EARLY), 2);
    facts.number("sgd_end", at(0, last), 2);
    facts.number("adam_half", at(1, EARLY), 2);
    facts.number("adam_end", at(1, last), 2);
    facts.number("momentum_half", at(2, EARLY), 1);
    facts.number("quick_end", at(3, SHORT - 1), 2);
    facts
}

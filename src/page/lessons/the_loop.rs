//! Lesson: the loop. The distance falls by a constant factor per epoch, a straight line on a logarithmic axis, until a floor that the data set.

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{
    Check, CheckKind, Choice, Experiment, Foreseen, ForeseenLine, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene,
    SketchAsk, lab,
};
use crate::lecture::settings::config::Config;
use crate::page::view::{Charts, LabView};
use crate::worker::protocol::{CurvesRequest, JobRequest, Luck};

/// Shuffles that the run is held against.
const RUNS: u32 = 64;
/// At about how many moments they are looked at.
const ENTRIES: usize = 200;
/// By what factor a distance may still change over the last tenth of a run that has arrived: it rattles.
const STILL: f64 = 2.0;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "loop",
    title: "The loop",
    about: "How the distance to the truth falls, and what stops it.",
    asks: |given, _| {
        let config = given.config();
        let window = (0, config.steps());
        let curves = CurvesRequest { config: config.clone(), runs: RUNS, luck: Luck::Shuffles, window, entries: ENTRIES };
        vec![run(config), run(longer(given)), JobRequest::Curves(curves)]
    },
    facts,
    scenes: &[
        Scene {
            title: "Round and round",
            says: "Each epoch shuffles the rows, deals them out in {per_epoch} batches, and takes a step for each. The lecture does that {epochs} times: \
                   {steps} steps.\n\n\
                   Before the first step $θ̂$ is {start} away from the true $θ$. The charts are covered.",
            covers: true,
            light: &[Light::Distance],
            shows: |given, _| Some(lab(given.config())),
            predicts: Some(Prediction {
                question: "**Sketch how the distance $‖θ − θ̂‖$ falls over the epochs.** The axis is logarithmic: from one line to the next is a factor of \
                           ten.",
                kind: Kind::Sketch(SketchAsk {
                    across: "epoch",
                    end: |given| given.config().epochs as f64,
                    up: "distance",
                    log: true,
                    range: [1e-6, 10.0],
                    line: "distance",
                    within: 3.0,
                    told: "Right is a curve that is less than a factor of three away on average, half of the way between two lines: more cannot be \
                           read off this chart. The {runs} shuffles that the page has tried end between {end_low} and {end_high}.",
                    foreseen: &[
                        ForeseenLine {
                            at: |facts, part| Some(facts.get("start")? * (1.0 - part).max(0.003)),
                            then: Experiment {
                                why: "This curve loses the same *amount* in every epoch. But a gradient is proportional to the error that is left: near the \
                                      solution the steps are small. What stays the same is the *factor*.",
                                tries: "Switch the scale of the charts to linear: a constant factor looks like this there.",
                                shows: Some(|given, _| Some(linear(given))),
                            },
                        },
                        ForeseenLine {
                            at: |facts, part| Some(facts.get("start")? * 0.01f64.powf((part * 5.0).min(1.0))),
                            then: Experiment {
                                why: "This curve is flat early, as on a linear axis: there everything after the first quarter looks like zero. On a \
                                      logarithmic axis it is still falling by the same factor.",
                                tries: "Here the axis is linear. Switch it to log, and the rest of the run appears.",
                                shows: Some(|given, _| Some(linear(given))),
                            },
                        },
                    ],
                }),
                reveals: "From epoch to epoch the distance is multiplied by about {factor}, so on this axis it falls in a straight line: {middle} at \
                          epoch {half}, and {end} at the end, unless it meets a floor before.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Flat, so finished?",
            says: "The same run, with a linear axis. After epoch {half} nothing can be seen to move.",
            shows: |given, _| Some(linear(given)),
            light: &[Light::Distance],
            predicts: Some(Prediction {
                question: "By what factor does the distance still fall between epoch {half} and the end?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "By less than a tenth: it has arrived.",
                        holds: |facts| Some(facts.get("rest")? < 1.1),
                        then: Some(Experiment {
                            why: "On a linear axis a curve looks flat as soon as it is below a hundredth of where it began, whatever it does there.",
                            tries: "Switch the scale to log.",
                            shows: Some(|given, _| Some(lab(given.config()))),
                        }),
                    },
                    Choice {
                        says: "By two to five.",
                        holds: |facts| Some((1.1..5.0).contains(&facts.get("rest")?)),
                        then: Some(Experiment {
                            why: "The factor per epoch is {factor}. Over so many epochs such factors multiply to far more than that.",
                            tries: "Switch the scale to log, and count the powers of ten.",
                            shows: Some(|given, _| Some(lab(given.config()))),
                        }),
                    },
                    Choice {
                        says: "By more than five.",
                        holds: |facts| Some(facts.get("rest")? >= 5.0),
                        then: Some(Experiment {
                            why: "With most data it does, by the factor {factor} per epoch. With these it has met a floor on the way.",
                            tries: "Switch the scale to log, and look where it ends.",
                            shows: Some(|given, _| Some(lab(given.config()))),
                        }),
                    },
                ]),
                reveals: "By {rest}: from {middle} to {end}. A flat curve on a linear axis says only that the rest is small beside the beginning. **Whether a \
                          run is finished is read off a logarithmic axis.**",
                shows: Some(|given, _| Some(lab(given.config()))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "The floor",
            says: "The same run, for {=epochs} epochs. In the end the distance to the true $θ$ stays about where it is. The dotted curve is another distance: to the least-squares solution, the best that \
                   any optimizer can find in these data.",
            shows: |given, _| Some(lab(longer(given))),
            light: &[Light::Distance],
            predicts: Some(Prediction {
                question: "What sets the floor of the solid curve?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "The learning rate: smaller steps would get closer to the true $θ$.",
                        holds: |facts| Some(facts.get("still")? <= STILL && facts.get("end_least")? > facts.get("apart")?),
                        then: Some(Experiment {
                            why: "Then the dotted curve would have a floor as high as that. It ends at {end_least}.",
                            tries: "Here the rate is half as large, and there are twice as many epochs. Compare the floor.",
                            shows: Some(|given, _| {
                                let config = longer(given);
                                let (learning_rate, epochs) = (config.learning_rate / 2.0, config.epochs * 2);
                                Some(lab(Config { learning_rate, epochs, ..config }))
                            }),
                        }),
                    },
                    Choice {
                        says: "The data: their noise moves the best answer away from the true $θ$.",
                        holds: |facts| Some(facts.get("still")? <= STILL && facts.get("end_least")? <= facts.get("apart")?),
                        then: Some(Experiment {
                            why: "With most data it is. With these the least-squares solution happens to be very near to the true $θ$, and the steps end farther from it than that.",
                            tries: "Raise the noise σ, and look at both curves.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "The number of epochs: it was stopped too early.",
                        holds: |facts| Some(facts.get("still")? > STILL),
                        then: Some(Experiment {
                            why: "Over the last tenth of the run the distance changes by a factor of {still}.",
                            tries: "Here the run is twice as long.",
                            shows: Some(|given, _| {
                                let config = longer(given);
                                Some(lab(Config { epochs: config.epochs * 2, ..config }))
                            }),
                        }),
                    },
                ]),
                reveals: "{floor}. The least-squares solution is {apart} away from the true $θ$, and the run ends {end_least} from that solution.\n\n**Set the noise σ to another value: the floor moves with it.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Read the slope",
            says: "On the straight part the distance is halved again and again, each time after the same number of epochs.",
            shows: |given, _| {
                let charts = Charts { by_epoch: true, ..Charts::default() };
                Some(LabView { charts, ..lab(given.config()) })
            },
            light: &[Light::Distance],
            check: Some(Check {
                says: "**After how many epochs is the distance half of what it was?** Read two places on the straight part.",
                kind: CheckKind::Number(NumberAsk {
                    label: "Epochs",
                    right: |facts| facts.get("halving"),
                    band: |facts| Some([facts.get("halving")? * 0.8, facts.get("halving")? * 1.25]),
                    told: "It is {halving}. Right is what is less than a quarter away from that: more cannot be read off the chart.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| facts.get("halving_steps"),
                            then: Experiment {
                                why: "These are *steps*: {per_epoch} of them are an epoch.",
                                tries: "Look at the unit below the chart, and read it in epochs.",
                                shows: None,
                            },
                        },
                        Foreseen {
                            number: |facts| Some(facts.get("epochs")? / 2.0),
                            then: Experiment {
                                why: "That is half of the run, not half of the distance.",
                                tries: "Start at a place where the curve crosses a line, and look for half of that value.",
                                shows: None,
                            },
                        },
                    ],
                }),
                done: "Halved every {halving} epochs, so ten times smaller every {tenfold}.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "A run with a constant rate falls by a constant factor, a straight line on a logarithmic axis, until it meets a floor. On a linear axis it looks \
                   finished long before.\n\n\
                   Such a floor need not be the optimizer’s: the true $θ$ and what these data say are {apart} apart.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Distance],
            ..PLAIN
        },
    ],
};

/// The run for twice as long.
fn longer(given: &Given) -> Config {
    let config = given.config();
    Config { epochs: 2 * config.epochs, ..config }
}

fn linear(given: &Given) -> LabView {
    LabView { charts: Charts { linear: true, ..Charts::default() }, ..lab(given.config()) }
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let config = given.config();
    facts.count("per_epoch", config.steps_per_epoch());
    facts.count("epochs", config.epochs);
    facts.count("steps", config.steps());
    facts.count("runs", RUNS as usize);
    let Some(run) = answers.run(0) else { return facts };
    let norm = |a: &[f32], b: &[f64]| a.iter().zip(b).map(|(a, b)| (f64::from(*a) - b).powi(2)).sum::<f64>().sqrt();
    let theta: Vec<f64> = run.problem.theta.iter().map(|number| f64::from(*number)).collect();
    let start = norm(&run.problem.theta_0, &theta);
    facts.number("start", start, 3);
    facts.number("apart", norm(&run.problem.theta, &run.problem.least_squares), 2);
    let epochs: Vec<f64> = run.steps.epoch_norms.iter().map(|norm| f64::from(*norm)).collect();
    let half = epochs.len() / 2;
    facts.count("half", half);
    // the straight part: from the first tenth of the run to its first quarter
    let (from, to) = (epochs.len() / 10, epochs.len() / 4);
    let parts = (epochs.get(from), epochs.get(to), epochs.get(half), epochs.last());
    if let (Some(&before), Some(&after), Some(&middle), Some(&end)) = parts {
        let per_epoch = (after / before).powf(1.0 / (to - from).max(1) as f64);
        facts.number("middle", middle, 3);
        facts.number("end", end, 3);
        facts.number("rest", middle / end, 2);
        facts.number("factor", per_epoch, 3);
        facts.number("halving", 0.5f64.ln() / per_epoch.ln(), 3);
        facts.number("halving_steps", 0.5f64.ln() / per_epoch.ln() * config.steps_per_epoch() as f64, 3);
        facts.number("tenfold", 0.1f64.ln() / per_epoch.ln(), 2);
    }
    if let Some(run) = answers.run(1) {
        let norms = &run.steps.epoch_norms;
        let last = norms.len().saturating_sub(1);
        if let (Some(&earlier), Some(&end)) = (norms.get(last - last / 10), norms.last()) {
            let factor = f64::from(earlier / end);
            facts.number("still", factor.max(1.0 / factor), 2);
        }
        let end_least = run.steps.least_squares_norms.last().map(|norm| f64::from(*norm));
        facts.number("end_least", end_least, 2);
        let floor = facts.get("apart").zip(end_least).map(|(apart, end)| if end <= apart { "The data" } else { "Not the data alone" });
        facts.text("floor", floor.map(str::to_owned));
    }
    let mut line = vec![start];
    line.extend(epochs);
    facts.line("distance", line);
    if let Some(curves) = answers.curves(2) {
        let end = |side: usize| curves.norms[side].last().map(|norm| f64::from(*norm));
        facts.number("end_low", end(0), 3);
        facts.number("end_high", end(2), 3);
    }
    facts
}

//! Lesson: a learning rate that is too large. The border 2/λmax is a promise about the full batch; small batches break it earlier.

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{
    Check, CheckKind, Choice, Experiment, Foreseen, Given, Kind, Lesson, Light, NumberAsk, PLAIN, Prediction, Scene, lab,
};
use crate::base::order::order_by;
use crate::lecture::run::holding::largest;
use crate::lecture::verdict::divergence::GROWTH;
use crate::lecture::settings::config::Config;
use crate::worker::protocol::{HoldingRequest, JobRequest};

/// Steps on the full batch, one an epoch, that are looked at.
const STEPS: usize = 60;
/// Epochs of the runs with small batches.
const EPOCHS: usize = 30;
/// The small batches of the last task.
const SMALL: usize = 4;
/// With how many shuffles a rate is tried.
const SHUFFLES: u32 = 64;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "divergence",
    title: "Too fast",
    about: "Which learning rates hold, and why small batches break the rule.",
    asks,
    facts,
    scenes: &[
        Scene {
            title: "Bigger steps",
            says: "The learning rate decides how far one step goes. The lecture’s is {lecture_rate}, and its run takes {lecture_steps} steps. Bigger \
                   steps should arrive sooner.\n\n\
                   Here every batch is the *full* batch, and the rate is {=lr}. The first step already goes most of the way.\n\n\
                   **Drag the learning rate up a little, and watch the path in the plane.**",
            shows: |given, _| Some(lab(full(given, 0.5))),
            light: &[Light::Plane, Light::Rate],
            ..PLAIN
        },
        Scene {
            title: "Past the bottom",
            says: "At rate {=lr} each step overshoots, lands on the other side of the valley, and comes back a little closer.",
            shows: |given, facts| Some(lab(full(given, facts.get("below")?))),
            light: &[Light::Plane, Light::Loss],
            predicts: Some(Prediction {
                question: "Before you look: what happens at rate {above}?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "It arrives even sooner.",
                        holds: |facts| Some(facts.get("end_above")? < facts.get("end_below")?),
                        then: Some(Experiment {
                            why: "Up to {fastest}, which is $2/(λ_min + λ_max)$, that is true: a larger rate arrives in fewer steps. Beyond it the \
                                  steepest direction is the last to arrive: it overshoots, and the farther the larger the rate.",
                            tries: "Drag the rate slowly from {=lr} up, and watch how soon the loss falls.",
                            shows: Some(|given, _| Some(lab(full(given, 0.4)))),
                        }),
                    },
                    Choice {
                        says: "It circles at the same distance for ever.",
                        holds: |facts| {
                            let growth = facts.get("end_above")? / facts.get("start")?;
                            Some((0.5..2.0).contains(&growth))
                        },
                        then: Some(Experiment {
                            why: "That is what happens *at* the border, and only there: the error flips its sign and keeps its size along the \
                                  steepest direction.",
                            tries: "Here the rate is the border, {=lr}. Nudge it up and down and see how little it takes.",
                            shows: Some(|given, facts| Some(lab(full(given, facts.get("border_set")?)))),
                        }),
                    },
                    Choice {
                        says: "It moves away, a little more with every step.",
                        holds: |facts| Some(facts.get("end_above")? > 2.0 * facts.get("start")?),
                        then: None,
                    },
                ]),
                reveals: "It moves away: after {steps} steps it is {end_above} from $θ$, and it began at {start}.\n\n\
                          At each step the error along direction $i$ is multiplied by $1 − η λ_i$, where $η$ is the rate. The largest $λ$ is {lambda}, so at \
                          rate {above} the factor is {factor}: the sign flips, and the size grows. The border is $2/λ_max$, here {border}. It is the mark \
                          on the slider.",
                shows: Some(|given, facts| Some(lab(full(given, facts.get("above")?)))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "One row at a time",
            says: "The rate is {=lr} now, to the left of the full batch’s mark, {border}. The Lab still takes all rows at each step, and arrives.\n\n\
                   Next, a batch is to be a single row.",
            shows: |given, facts| {
                let config = Config { learning_rate: facts.get("one_rate")?, batch_size: given_rows(given), ..full(given, 0.5) };
                Some(lab(Config { epochs: STEPS, ..config }))
            },
            light: &[Light::Rate, Light::Batch],
            predicts: Some(Prediction {
                question: "On the full batch this rate is safe. Is it safe for batches of one?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Yes: the border depends on the data, and the data are the same.",
                        holds: |facts| Some(facts.get("one_rate")? < facts.get("one_border")?),
                        then: Some(Experiment {
                            why: "The *average* curvature is the same. But one step sees one row, and along a row the curvature is its own \
                                  $2‖x‖^2$: for some rows far more than the average {lambda}.",
                            tries: "Move the batch size from one row up, and see from where on this rate holds.",
                            shows: Some(|given, facts| Some(lab(with_batch(given, facts.get("one_rate")?, 1)))),
                        }),
                    },
                    Choice {
                        says: "No: a single row can be far steeper than the average of all.",
                        holds: |facts| Some(facts.get("one_rate")? >= facts.get("one_border")?),
                        then: None,
                    },
                    Choice {
                        says: "Yes, even safer: smaller batches take smaller steps.",
                        holds: |facts| Some(facts.get("one_rate")? < 0.5 * facts.get("one_border")?),
                        then: Some(Experiment {
                            why: "A batch’s gradient is a *mean*, so it does not shrink with the batch. It scatters more, and its largest values are \
                                  larger.",
                            tries: "Compare batches of one with batches of {=batch} at this rate.",
                            shows: Some(|given, facts| Some(lab(with_batch(given, facts.get("one_rate")?, 64)))),
                        }),
                    },
                ]),
                reveals: "It is not. Some rows are far steeper than their average, and their steps throw the run far out. With batches of one, growth is \
                          typical from about {one_border} on, and single runs are thrown about below that.",
                shows: Some(|given, facts| Some(lab(with_batch(given, facts.get("one_rate")?, 1)))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Find the border",
            says: "Between one row and all rows lies every batch size. Below the charts the page says “This run diverges” of a run whose parameters become too large for a float, or whose loss over \
                   the last epoch is {growth} times as far above the least one as over the first epoch and at the start.\n\nThat is its *typical* loss, the geometric mean: \
                   a run that is thrown far, and comes back each time, holds.",
            shows: |given, _| Some(lab(Config { learning_rate: 0.5, batch_size: SMALL, epochs: EPOCHS, ..given.config() })),
            light: &[Light::Rate, Light::Loss],
            check: Some(Check {
                says: "**Find the largest learning rate, to two digits after the point, at which a run of {epochs} epochs with batches of {small} does \
                       not diverge.**",
                kind: CheckKind::Number(NumberAsk {
                    label: "Largest learning rate",
                    right: |facts| facts.get("holds"),
                    band: |facts| Some([facts.get("holds_low")?, facts.get("holds_high")?]),
                    told: "Right is any rate from {holds_low} to {holds_high}: this one run has its own luck, and for the middle 90 % of {shuffles} \
                           shuffles the largest rate lies there. At {holds} at least half of them hold.",
                    foreseen: &[
                        Foreseen {
                            number: |facts| outside(facts, "border"),
                            then: Experiment {
                                why: "That is $2/λ_max$, the border of the full batch.",
                                tries: "Set the batch size to {=batch} and the rate to {border}, and read what the page says of the run.",
                                shows: Some(|given, facts| Some(lab(small(given, facts.get("border_set")?)))),
                            },
                        },
                        Foreseen {
                            number: |facts| outside(facts, "one_border"),
                            then: Experiment {
                                why: "That is about where batches of *one* begin to grow. Batches of {small} average some of that away.",
                                tries: "Try this rate with batches of {=batch}: the run holds.",
                                shows: Some(|given, facts| Some(lab(small(given, facts.get("one_border")?)))),
                            },
                        },
                    ],
                }),
                done: "So batches of {small} hold up to about {holds}, where the full batch holds up to {border}.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "$2/λ_max$ is a promise about the full batch, here {border}. With batches of one, growth is typical from about {one_border} on; with {small} rows, from \
                   {small_border}; with {middle}, from {middle_border}, since steps along the steepest direction seldom follow one another.\n\n\
                   **Move the batch size: the marks on the rate’s slider move with it.**",
            shows: |given, facts| Some(lab(with_batch(given, facts.get("below")?, 16))),
            light: &[Light::Rate, Light::Batch],
            ..PLAIN
        },
    ],
};

/// Full batches: an epoch is a step.
fn full(given: &Given, learning_rate: f64) -> Config {
    let plain = given.config();
    Config { learning_rate, batch_size: plain.samples, epochs: STEPS, ..plain }
}

fn given_rows(given: &Given) -> usize {
    given.config().samples
}

fn with_batch(given: &Given, learning_rate: f64, batch_size: usize) -> Config {
    Config { learning_rate, batch_size, epochs: EPOCHS, ..given.config() }
}

fn small(given: &Given, learning_rate: f64) -> Config {
    with_batch(given, learning_rate, SMALL)
}

fn asks(given: &Given, answers: &Answers) -> Vec<JobRequest> {
    let limits = |batch_size| JobRequest::Limits(with_batch(given, 0.5, batch_size));
    let mut asks = vec![JobRequest::Limits(full(given, 0.5)), limits(1), limits(SMALL), run(full(given, 0.5))];
    if let Some([below, above]) = beside(answers) {
        asks.extend([run(full(given, below)), run(full(given, above))]);
    }
    if let Some(rates) = rates(answers) {
        let config = small(given, 0.5);
        asks.push(JobRequest::Holding(HoldingRequest { config, learning_rates: rates, shuffles: SHUFFLES }));
        // last, since no answer is judged by it
        asks.push(limits(16));
    }
    asks
}

/// The border of the full batch.
fn border(answers: &Answers) -> Option<f64> {
    answers.limits(0)?.full_batch
}

/// Rates with two digits after the point, a little below the border and above it: so far above that a run moves away visibly even if it begins nearly across the
/// steepest direction.
fn beside(answers: &Answers) -> Option<[f64; 2]> {
    let border = border(answers)?;
    Some([hundredths((border * 0.98 * 100.0).floor()), hundredths((border * 1.08 * 100.0).ceil())])
}

fn hundredths(number: f64) -> f64 {
    number / 100.0
}

/// The rates that are tried with small batches, around the one from which runs typically grow.
fn rates(answers: &Answers) -> Option<Vec<f64>> {
    let typical = answers.limits(2)?.typical? * 100.0;
    let (first, last) = ((typical * 0.85) as u32, (typical * 1.07) as u32);
    Some((first..=last).map(|rate| hundredths(f64::from(rate))).collect())
}

/// A number that is wrong as the answer to the last task; none where it is right by chance, since with these data small batches hold up to there.
fn outside(facts: &Facts, name: &str) -> Option<f64> {
    let (number, low, high) = (facts.get(name)?, facts.get("holds_low")?, facts.get("holds_high")?);
    (number < low - 1e-9 || number > high + 1e-9).then_some(number)
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    let lecture = given.config();
    facts.number("lecture_rate", lecture.learning_rate, 3);
    facts.count("lecture_steps", lecture.steps());
    facts.count("steps", STEPS);
    facts.count("epochs", EPOCHS);
    facts.count("small", SMALL);
    facts.number("growth", GROWTH, 2);
    facts.count("middle", 16);
    facts.count("shuffles", SHUFFLES as usize);
    let border = border(answers);
    facts.number("border", border, 3);
    facts.number("border_set", border.map(|border| (border * 1e4).round() / 1e4), 4);
    facts.number("fastest", answers.limits(0).and_then(|limits| limits.fastest), 3);
    let one = answers.limits(1).and_then(|limits| limits.typical);
    facts.number("one_border", one.map(|rate| (rate * 100.0).round() / 100.0), 2);
    facts.number("one_rate", one.map(|rate| (rate * 12.0).ceil() / 10.0), 2);
    facts.number("small_border", answers.limits(2).and_then(|limits| limits.typical), 3);
    facts.number("middle_border", answers.limits(7).and_then(|limits| limits.typical), 3);
    let Some([below, above]) = beside(answers) else { return facts };
    facts.number("below", below, 3);
    facts.number("above", above, 3);
    if let Some(run) = answers.run(3) {
        let mut eigenvalues = run.problem.eigenvalues.clone();
        order_by(&mut eigenvalues, |a, b| a < b);
        let lambda = eigenvalues.first().copied();
        facts.number("lambda", lambda, 4);
        facts.number("factor", lambda.map(|lambda| 1.0 - above * lambda), 3);
        let (start, theta) = (&run.problem.theta_0, &run.problem.theta);
        let squares = start.iter().zip(theta).map(|(a, b)| f64::from(a - b).powi(2));
        facts.number("start", squares.sum::<f64>().sqrt(), 3);
    }
    let end = |request| answers.run(request).and_then(|run| run.steps.norms.last()).map(|norm| f64::from(*norm));
    facts.number("end_below", end(4), 3);
    facts.number("end_above", end(5), 3);
    let tried = rates(answers).zip(answers.of(6).and_then(|found| found.held.as_ref()));
    if let Some((rates, held)) = tried {
        facts.number("holds", largest(&rates, held, 0.5), 3);
        facts.number("holds_low", largest(&rates, held, 0.05), 3);
        facts.number("holds_high", largest(&rates, held, 0.95), 3);
    }
    facts
}


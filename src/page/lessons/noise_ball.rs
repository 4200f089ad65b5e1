//! Lesson: the noise ball. With noisy data a constant rate ends in a ball around the solution; larger batches and decay shrink it, and decay does not always help.

use super::asked::{Answers, Computed, run};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, Given, Kind, Lesson, Light, PLAIN, Prediction, Scene, lab, begins_at, has_data, gets_within};
use crate::lecture::settings::config::{Config, Schedule};
use crate::page::view::{Charts, LabView, PlaneView};

/// Epochs of the runs in noise.
const EPOCHS: usize = 40;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "noise",
    title: "The noise ball",
    about: "Why a constant rate never comes to rest, and when decay helps.",
    asks: |given, _| {
        let lecture = given.config();
        vec![
            run(noisy(given, 4)),
            run(noisy(given, 16)),
            run(decaying(given)),
            run(lecture.clone()),
            run(Config { schedule: Schedule::Cosine, ..lecture }),
        ]
    },
    facts,
    scenes: &[
        Scene {
            title: "It never rests",
            says: "These data are noisy: $σ$ is {=sigma}, and the rate is {=lr}. The path reaches the solution soon, and then rattles around it: each batch of \
                   {=batch} rows pulls to a place of its own.\n\n\
                   The dots are the last steps. The radius of their ball is {small_ball}: the root of the mean squared distance from the least-squares solution, over the second \
                   half of the run.",
            shows: |given, _| Some(ball(noisy(given, 4))),
            light: &[Light::Plane],
            predicts: Some(Prediction {
                question: "What becomes of this ball with batches four times as large?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Its radius stays the same: the rate decides it.",
                        holds: |facts| Some(facts.get("shrinks")? < 1.4),
                        then: Some(Experiment {
                            why: "The rate does decide, but so does how much the gradients of batches scatter, and a mean over more rows scatters less.",
                            tries: "Move the batch size from one row up to all rows, and watch the dots.",
                            shows: Some(|given, _| Some(ball(noisy(given, 1)))),
                        }),
                    },
                    Choice {
                        says: "Its radius is about half as large.",
                        holds: |facts| Some((1.4..3.0).contains(&facts.get("shrinks")?)),
                        then: None,
                    },
                    Choice {
                        says: "Its radius is about a quarter.",
                        holds: |facts| Some(facts.get("shrinks")? >= 3.0),
                        then: Some(Experiment {
                            why: "A quarter is what the *variance* of a batch’s gradient becomes. The radius is a standard deviation: the root of it.",
                            tries: "You know this from the standard error of a mean: $σ/√n$. Compare the two batch sizes.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "From {small_ball} to {ball}, smaller by a factor of {shrinks}. A mean over four times as many rows scatters half as much, as with any standard \
                          error. It is not exactly half: the rate amplifies the noise of small batches a little more, and an epoch deals out every row once.",
                shows: Some(|given, _| Some(ball(noisy(given, 16)))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Slow down",
            says: "The same data, batches of {=batch}. So far the rate stays at {=lr}: the thin chart at the bottom shows it.\n\nNext, a schedule: a cosine lets the rate \
                   fall from {=lr} to zero by the end of the run.",
            shows: |given, _| Some(ball(noisy(given, 16))),
            light: &[Light::Plane, Light::Optimizer],
            predicts: Some(Prediction {
                question: "Where does the run end, beside the ball of the constant rate?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Farther away: it slows down before it arrives.",
                        holds: |facts| Some(facts.get("decayed")? > facts.get("ball")?),
                        then: Some(Experiment {
                            why: "That happens where the run is still on its way when the rate has fallen. Here it arrives within the first epoch.",
                            tries: "Look at the distance: it is at the ball’s height when the rate has hardly fallen.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "At about the same distance.",
                        holds: |facts| Some((0.5..=1.0).contains(&(facts.get("decayed")? / facts.get("ball")?))),
                        then: Some(Experiment {
                            why: "The ball’s size goes with the rate. With a rate near zero there is hardly any ball left.",
                            tries: "Switch the schedule between constant and cosine, and watch the end of the curve.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "Much nearer to the solution.",
                        holds: |facts| Some(facts.get("decayed")? < 0.5 * facts.get("ball")?),
                        then: None,
                    },
                ]),
                reveals: "It ends {decayed} away, where the constant rate leaves a ball of radius {ball}. While the rate falls, the ball shrinks around the path.",
                shows: Some(|given, _| Some(ball(decaying(given)))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Always?",
            says: "Now the lecture’s own run: hardly any noise, $σ$ is {=sigma}, and a small rate, {=lr}. It ends {constant_end} from the true $θ$.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Distance],
            predicts: Some(Prediction {
                question: "With the cosine here, does it end nearer?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Nearer: decay shrinks the ball.",
                        holds: |facts| Some(facts.get("cosine_end")? < 0.8 * facts.get("constant_end")?),
                        then: Some(Experiment {
                            why: "There is no ball to shrink: with so little noise its radius is below everything that the chart shows.",
                            tries: "Raise the noise σ to one and the rate to a tenth, and compare again.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "It makes no difference.",
                        holds: |facts| Some((0.8..1.25).contains(&(facts.get("cosine_end")? / facts.get("constant_end")?))),
                        then: Some(Experiment {
                            why: "The cosine halves the mean rate, so the run gets only about half as far on its way down.",
                            tries: "Compare the slopes of the two curves.",
                            shows: Some(|given, _| Some(pair(given))),
                        }),
                    },
                    Choice {
                        says: "Farther away.",
                        holds: |facts| Some(facts.get("cosine_end")? >= 1.25 * facts.get("constant_end")?),
                        then: None,
                    },
                ]),
                reveals: "Farther: {cosine_end} in place of {constant_end}. This run is limited by how far it has come, not by noise, and a rate that falls takes \
                          it less far.",
                shows: Some(|given, _| Some(pair(given))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Shrink it",
            says: "Back in the noise: $σ$ is {=sigma}, the rate {=lr}, batches of {=batch}.",
            shows: |given, _| Some(ball(noisy(given, 16))),
            light: &[Light::Rate, Light::Batch, Light::Optimizer],
            check: Some(Check {
                says: "**Without more epochs and on the same data, shrink the ball: over the last tenth of the run its radius is to be at most {goal}.** There is more \
                       than one way.",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let (config, steps) = (&seen.run.config, &seen.run.steps.least_squares_norms);
                        has_data(config, &noisy(&Given::default(), 16), facts)?;
                        if config.epochs > EPOCHS {
                            return Err("Without more epochs, please.");
                        }
                        begins_at(config, None)?;
                        let radius = root_mean_square(steps, steps.len() / 10);
                        let otherwise = "Not near enough yet: smaller steps at the end, or batches that scatter less?";
                        gets_within(Some(radius), facts.get("goal"), otherwise)
                    },
                    solved: |given, _| Some(ball(decaying(given))),
                },
                done: "A smaller rate, a rate that falls, or larger batches: each shrinks the ball.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "With noise a constant rate does not converge to a point but to a ball: larger with the rate, smaller with the batch. Decay shrinks it at the \
                   end.\n\n\
                   Where there is no noise to shrink, decay only takes you less far. **Ask what limits a run before you choose a schedule.**",
            shows: |given, _| Some(ball(decaying(given))),
            light: &[Light::Optimizer],
            ..PLAIN
        },
    ],
};

fn noisy(given: &Given, batch_size: usize) -> Config {
    Config { sigma: 1.0, learning_rate: 0.1, batch_size, epochs: EPOCHS, ..given.config() }
}

fn decaying(given: &Given) -> Config {
    Config { schedule: Schedule::Cosine, ..noisy(given, 16) }
}

/// The Lab with the last steps as dots.
fn ball(config: Config) -> LabView {
    let plane = PlaneView { spread: true, ..PlaneView::default() };
    LabView { charts: Charts { plane, ..Charts::default() }, ..lab(config) }
}

/// The lecture's run with the cosine, beside itself as a ghost.
fn pair(given: &Given) -> LabView {
    let lecture = given.config();
    let view = lab(Config { schedule: Schedule::Cosine, ..lecture.clone() });
    LabView { pins: vec![lecture], ..view }
}

/// The root of the mean square of the last numbers.
fn root_mean_square(norms: &[f32], last: usize) -> f64 {
    let last = last.clamp(1, norms.len().max(1));
    let squares: f64 = norms.iter().rev().take(last).map(|norm| f64::from(*norm).powi(2)).sum();
    (squares / last as f64).sqrt()
}

fn facts(_: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    // the second half of a run that arrives within its first epoch
    let radius = |run: &Computed| root_mean_square(&run.steps.least_squares_norms, run.steps.least_squares_norms.len() / 2);
    let (small, large) = (answers.run(0).map(radius), answers.run(1).map(radius));
    facts.number("small_ball", small, 2);
    facts.number("ball", large, 2);
    facts.number("shrinks", small.zip(large).map(|(small, large)| small / large), 2);
    facts.number("goal", large.map(|large| large / 2.0), 2);
    let end = |request: usize, read: fn(&Computed) -> &[f32]| {
        answers.run(request).and_then(|run| read(run).last()).map(|norm| f64::from(*norm))
    };
    facts.number("decayed", end(2, |run| &run.steps.least_squares_norms), 2);
    facts.number("constant_end", end(3, |run| &run.steps.norms), 2);
    facts.number("cosine_end", end(4, |run| &run.steps.norms), 2);
    facts
}

//! Lesson: simulate. The true θ and the least-squares solution are not the same place, and no optimizer gets past the second.

use super::asked::{Answers, Computed, run};
use super::facts::Facts;
use super::form::{Check, CheckKind, Choice, Experiment, Given, Kind, Lesson, Light, PLAIN, Prediction, Scene, lab, begins_at, has_seed, gets_within};
use crate::base::words::thousands;
use crate::lecture::run::seeds::middle;
use crate::lecture::settings::config::Config;
use crate::worker::protocol::{CurvesRequest, JobRequest, Luck};

/// Steps on the full batch; after these every run here has arrived.
const STEPS: usize = 60;
/// How many data sets are drawn for each number of rows.
const RUNS: u32 = 64;
/// How many rows the smaller and the larger ones have.
const ROWS: [usize; 2] = [100, 1600];
/// Numbers of rows of which the last task begins with the one whose luck is worst, so that there is something to gain with any seed.
const SCARCE: [usize; 3] = [20, 50, 100];
/// A number of rows that is enough for it.
const PLENTY: usize = 4_000;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "simulate",
    title: "Simulate",
    about: "The truth, the best answer in the data, and the distance between them.",
    asks: |given, _| {
        // how far apart they typically are is asked of the same data sets for every seed
        let many = |samples: usize| {
            let config = Config { samples, batch_size: samples, ..full(&Given::default()) };
            JobRequest::Curves(CurvesRequest { config, runs: RUNS, luck: Luck::Data, window: (STEPS, STEPS), entries: 1 })
        };
        let sizes = SCARCE.into_iter().chain([PLENTY]).map(|rows| run(with_rows(given, rows)));
        [run(full(given)), many(ROWS[0]), many(ROWS[1])].into_iter().chain(sizes).collect()
    },
    facts,
    scenes: &[
        Scene {
            title: "Draw the truth, then the data",
            says: "We draw a true $θ$ first, the star in the plane, and then {=n} rows: $Y = Xθ + ε$, with noise of standard deviation {=sigma}. The training sees \
                   the rows only.\n\n\
                   The cross is the least-squares solution: where the loss over these rows is least.\n\n\
                   **Change the seed a few times, and watch star and cross.**",
            shows: |given, _| Some(lab(full(given))),
            light: &[Light::Plane, Light::Seed],
            predicts: Some(Prediction {
                question: "A training that runs for ever, with steps as small as it likes: which distance can it bring to zero?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "The one to the true $θ$.",
                        holds: |facts| Some(facts.get("to_truth")? < facts.get("nothing")?),
                        then: Some(Experiment {
                            why: "It has never seen $θ$, only rows with noise. It goes where the loss over the rows is least, and that is the cross.",
                            tries: "Zoom in on the end of the path: it meets the cross and not the star.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "The one to the least-squares solution.",
                        holds: |facts| Some(facts.get("to_least")? < facts.get("nothing")? && facts.get("to_truth")? > facts.get("nothing")?),
                        then: None,
                    },
                    Choice {
                        says: "Both, as they are the same place.",
                        holds: |facts| Some(facts.get("apart")? < facts.get("nothing")?),
                        then: Some(Experiment {
                            why: "Only without noise. Here they are {apart} apart.",
                            tries: "Here the noise σ is zero, and the two are one. Now raise it.",
                            shows: Some(|given, _| Some(lab(Config { sigma: 0.0, ..full(given) }))),
                        }),
                    },
                ]),
                reveals: "The one to the least-squares solution: after {steps} steps it is {to_least}, what rounding leaves. The distance to the true $θ$ stays at \
                          {to_truth}. **SGD finds what the data say, not the truth.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "More rows",
            says: "How far star and cross are apart is statistics. With {few} rows the median over {runs} data sets is {apart_few}.",
            shows: |given, _| Some(lab(Config { samples: ROWS[0], batch_size: ROWS[0], ..full(given) })),
            light: &[Light::Plane, Light::Data],
            predicts: Some(Prediction {
                question: "What is it with {many} rows, {times} times as many?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "About {linear}: {times} times smaller.",
                        holds: |facts| Some(facts.get("shrinks")? > 9.0),
                        then: Some(Experiment {
                            why: "So it would be if errors were in proportion to $1/N$. The standard error of an estimate falls with $1/√N$.",
                            tries: "Think of the standard error of a mean: to halve it takes four times the rows.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "About {root}: smaller by the root of {times}.",
                        holds: |facts| Some((2.5..=9.0).contains(&facts.get("shrinks")?)),
                        then: None,
                    },
                    Choice {
                        says: "The same: the noise σ has not changed.",
                        holds: |facts| Some(facts.get("shrinks")? < 2.5),
                        then: Some(Experiment {
                            why: "The noise of each *row* has not changed. An estimate averages over rows.",
                            tries: "Move N from few rows to many, and watch star and cross come together.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "It is {apart_many}, smaller by a factor of {shrinks}: the $1/√N$ of every standard error.",
                shows: Some(|given, _| Some(lab(Config { samples: ROWS[1], batch_size: ROWS[1], ..full(given) }))),
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Get nearer",
            says: "Few rows now: N is {=n}. The noise $σ$ is {=sigma} as before, and star and cross are {scarce_apart} apart.",
            shows: |given, facts| Some(lab(with_rows(given, facts.get("scarce")? as usize))),
            light: &[Light::Data],
            check: Some(Check {
                says: "**Without touching the noise or the seed, have the run end within {goal} of the true $θ$.**",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let config = &seen.run.config;
                        if config.sigma < 1.0 {
                            return Err("With less noise it is easy. Set σ back.");
                        }
                        has_seed(config, facts)?;
                        begins_at(config, None)?;
                        let end = seen.run.steps.norms.last().map(|norm| f64::from(*norm));
                        let goal = facts.get("goal");
                        gets_within(end, goal, "Not near enough yet. What makes a standard error smaller?")?;
                        let problem = &seen.run.problem;
                        let cross = between(&problem.theta, &problem.least_squares);
                        gets_within(Some(cross), goal, "It only passes by: the cross, where it is going, is farther away than that.")
                    },
                    solved: |given, _| Some(lab(with_rows(given, PLENTY))),
                },
                done: "No rate and no optimizer does that. Rows do.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "The page shows two distances: to the true $θ$, and to the least-squares solution. The second one belongs to the optimizer, and can reach zero. The first \
                   one belongs to the data as well.\n\nIn real work nobody knows $θ$. That is why we simulate.",
            shows: |given, _| Some(lab(full(given))),
            light: &[Light::Distance],
            ..PLAIN
        },
    ],
};

fn full(given: &Given) -> Config {
    let plain = given.config();
    Config { sigma: 1.0, learning_rate: 0.5, batch_size: plain.samples, epochs: STEPS, ..plain }
}

/// As many rows, all of them in each batch.
fn with_rows(given: &Given, rows: usize) -> Config {
    Config { samples: rows, batch_size: rows, ..full(given) }
}

/// How far the truth and the least-squares solution of a run's data are apart.
fn apart(run: &Computed) -> f64 {
    between(&run.problem.theta, &run.problem.least_squares)
}

fn between(theta: &[f32], least_squares: &[f64]) -> f64 {
    let pairs = theta.iter().zip(least_squares);
    pairs.map(|(theta, least)| (f64::from(*theta) - least).powi(2)).sum::<f64>().sqrt()
}

fn facts(_: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    facts.count("steps", STEPS);
    facts.count("runs", RUNS as usize);
    facts.count("few", ROWS[0]);
    facts.text("many", thousands(ROWS[1]));
    facts.count("times", ROWS[1] / ROWS[0]);
    facts.number("nothing", 1e-4, 1);
    if let Some(run) = answers.run(0) {
        facts.number("apart", apart(run), 2);
        facts.number("to_truth", run.steps.norms.last().map(|norm| f64::from(*norm)), 2);
        facts.number("to_least", run.steps.least_squares_norms.last().map(|norm| f64::from(*norm)), 1);
    }
    let median = |request| answers.curves(request).map(|curves| f64::from(middle(&mut curves.finals.clone())[1]));
    let (few, many) = (median(1), median(2));
    let times = (ROWS[1] / ROWS[0]) as f64;
    facts.number("apart_few", few, 2);
    facts.number("linear", few.map(|few| few / times), 2);
    facts.number("root", few.map(|few| few / times.sqrt()), 2);
    facts.number("apart_many", many, 2);
    facts.number("shrinks", few.zip(many).map(|(few, many)| few / many), 2);
    let scarce = (3..).zip(SCARCE).filter_map(|(request, rows)| Some((rows, apart(answers.run(request)?))));
    let worst = scarce.reduce(|one, other| if other.1 > one.1 { other } else { one });
    let plenty = answers.run(3 + SCARCE.len()).and_then(|run| run.steps.norms.last()).map(|norm| f64::from(*norm));
    if let (Some((rows, away)), Some(plenty)) = (worst, plenty) {
        facts.count("scarce", rows);
        facts.number("scarce_apart", away, 2);
        // between the two, in two digits
        let goal = (away * plenty).sqrt();
        let digit = 10f64.powf(goal.log10().floor() - 1.0);
        facts.number("goal", (goal / digit).round() * digit, 2);
    }
    facts
}

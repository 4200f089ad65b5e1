//! Lesson: the gradient. A batch's gradient is not the gradient; it scatters around it, more the smaller the batch.

use super::asked::{Answers, Computed, run};
use super::facts::Facts;
use super::form::{
    COMING, Arrow, Check, CheckKind, Choice, Experiment, ForeseenPoint, Given, Kind, Lesson, Light, PLAIN, Plane, PointAsk, Prediction, Scene, lab,
};
use crate::base::order::order_by;
use crate::lecture::settings::config::Config;
use crate::page::figures::plane::full_gradient;
use crate::page::view::{Charts, LabView, PlaneView};

/// How many batches are looked at.
const BATCHES: usize = 64;
/// How far the arrows are drawn: as the steps at this rate.
const RATE: f64 = 0.25;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "gradient",
    title: "The gradient",
    about: "Where a batch’s gradient points, and why that is good enough.",
    asks: |given, _| vec![run(still(given, 16)), run(still(given, 1))],
    facts,
    scenes: &[
        Scene {
            title: "One arrow of many",
            says: "The arrow is the step that all {=n} rows together ask for: against the gradient of the full loss, drawn as long as a step at rate {rate}. The noise is \
                   {=sigma}, the cross is the least-squares solution.\n\n\
                   Now {batches} batches of {batch} rows are drawn, and each asks for a step of its own.",
            shows: |given, _| Some(arrows(noisy(given, 16))),
            light: &[Light::Plane],
            predicts: Some(Prediction {
                question: "**Put a point where such a batch’s arrow ends.**",
                kind: Kind::Point(PointAsk {
                    plane: |facts| {
                        let mut plane = plane(facts)?;
                        plane.arrows.push(Arrow { from: plane.start, to: point(facts, "full")?, name: "all rows".to_owned() });
                        Some(plane)
                    },
                    revealed: |facts| fan(facts, "batch_x", "batch_y"),
                    right: |facts| point(facts, "full"),
                    radius: |facts| facts.get("radius"),
                    told: "Right is what is within {radius} of the end of the full arrow: nine of ten of the {batches} batches end there.",
                    foreseen: &[
                        ForeseenPoint {
                            point: |facts| wrong(facts, point(facts, "least")?),
                            then: Experiment {
                                why: "That is where the loss is least. A gradient knows the slope here, and not how far it is to the bottom.",
                                tries: "Look at the first steps of the run: how far they go is the rate’s business.",
                                shows: None,
                            },
                        },
                        ForeseenPoint {
                            point: |facts| {
                                let ([x, y], [a, b]) = (point(facts, "start")?, point(facts, "full")?);
                                wrong(facts, [2.0 * x - a, 2.0 * y - b])
                            },
                            then: Experiment {
                                why: "That is where the gradient itself points: uphill. A step goes *against* it.",
                                tries: "Step through the run, and watch which way the arrow points.",
                                shows: None,
                            },
                        },
                    ],
                }),
                reveals: "The batches’ arrows scatter around the full one; their mean is {off} away from it. **A batch’s gradient is an estimate of the gradient, without bias: right on \
                          average, and never exactly.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "A single row",
            says: "The smallest batch is one row. Its gradient is a multiple of that row: the row itself says which direction counts.",
            shows: |given, _| Some(arrows(noisy(given, 1))),
            light: &[Light::Plane, Light::Batch],
            predicts: Some(Prediction {
                question: "Of {batches} single rows, do any point *away* from where the full gradient leads, more than a right angle off?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "None: they scatter, but downhill.",
                        holds: |facts| Some(facts.get("uphill")? == 0.0),
                        then: Some(Experiment {
                            why: "Downhill for that row is not downhill for all of them.",
                            tries: "Step through the run with batches of one, and watch the two arrows.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "Some, fewer than half.",
                        holds: |facts| Some(facts.get("uphill")? > 0.0 && facts.get("uphill")? < facts.get("batches")? / 2.0),
                        then: Some(Experiment {
                            why: "With most data that is so. How many there are depends on how far the start is from the solution, and on luck.",
                            tries: "Move the start away from the cross, and look at the arrows again.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "About half: a single row knows nothing.",
                        holds: |facts| Some(facts.get("uphill")? >= facts.get("batches")? / 2.0),
                        then: Some(Experiment {
                            why: "It knows little, but not nothing: far from the solution most rows agree on the direction.",
                            tries: "Move the start nearer to the cross: there they agree less and less.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "{uphill} of {batches} do. Over many steps the others outvote them: the path wiggles, and gets there. Near the solution the signal vanishes and the scatter does \
                          not, which is why such a path never comes to rest.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Where the signal ends",
            says: "The full gradient is zero at one place only.",
            shows: |given, _| Some(arrows(noisy(given, 16))),
            light: &[Light::Plane],
            check: Some(Check {
                says: "**Drag the start to where the full gradient is shorter than {short}; at the first step, look at what the batch’s arrow does.** Its numbers can be typed as θ₀, too.",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let (config, problem) = (&seen.run.config, &seen.run.problem);
                        if config.features != 2 || config.sigma < 1.0 {
                            return Err("These are other data: set σ and M back.");
                        }
                        let gradient = full_gradient(problem, &problem.theta_0);
                        let length = gradient.iter().map(|part| f64::from(*part).powi(2)).sum::<f64>().sqrt();
                        let Some(short) = facts.get("short") else { return Err(COMING) };
                        if length < short { Ok(()) } else { Err("The gradient at the start is longer than that: it is shorter near the cross.") }
                    },
                    solved: |given, facts| {
                        let [x, y] = point(facts, "least")?;
                        Some(arrows(Config { theta_0: Some(vec![x as f32, y as f32]), ..noisy(given, 16) }))
                    },
                },
                done: "There the full gradient is nothing, and a batch’s is not: what is left is noise.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "The batch’s gradient is an unbiased estimate of the gradient. Its scatter falls with the root of the batch size. Far out it does not matter; near the solution it is all \
                   there is.",
            shows: |given, _| Some(arrows(noisy(given, 16))),
            light: &[Light::Plane],
            ..PLAIN
        },
    ],
};

/// It begins where a solution is neither near nor very far, whatever the seed draws.
fn noisy(given: &Given, batch_size: usize) -> Config {
    Config { sigma: 1.0, learning_rate: 0.05, batch_size, epochs: 5, theta_0: Some(vec![2.0, 2.0]), ..given.config() }
}

/// A run that hardly moves, so that all its batches are asked at one place.
fn still(given: &Given, batch_size: usize) -> Config {
    Config { learning_rate: 1e-4, ..noisy(given, batch_size) }
}

/// The Lab after the first step, with the contours of its batch.
fn arrows(config: Config) -> LabView {
    let plane = PlaneView { batch_contours: true, ..PlaneView::default() };
    LabView { playhead: Some(1), charts: Charts { plane, ..Charts::default() }, ..lab(config) }
}

/// The steps that single batches ask for.
fn steps(run: &Computed, given: &Given, batch_size: usize) -> Vec<[f64; 2]> {
    let config = still(given, batch_size);
    let places: Vec<&[f32]> = std::iter::once(run.problem.theta_0.as_slice()).chain(run.steps.params.chunks_exact(2)).collect();
    let per_epoch = config.steps_per_epoch();
    // the short batch of each epoch is left out
    let is_full = |step: &usize| batch_size == 1 || !(step + 1).is_multiple_of(per_epoch);
    let of = |step: usize| -> Option<[f64; 2]> {
        let (before, after) = (places.get(step)?, places.get(step + 1)?);
        Some([0, 1].map(|at| f64::from(after[at] - before[at]) / config.learning_rate * RATE))
    };
    (0..places.len()).filter(is_full).filter_map(of).take(BATCHES).collect()
}

fn point(facts: &Facts, name: &str) -> Option<[f64; 2]> {
    let line = facts.curve(name)?;
    Some([*line.0.first()?, *line.0.get(1)?])
}

/// A place that is foreseen as wrong; none where it is right by chance.
fn wrong(facts: &Facts, place: [f64; 2]) -> Option<[f64; 2]> {
    let (right, radius) = (point(facts, "full")?, facts.get("radius")?);
    ((place[0] - right[0]).hypot(place[1] - right[1]) > radius).then_some(place)
}

fn plane(facts: &Facts) -> Option<Plane> {
    let hessian = facts.curve("hessian")?;
    let (start, full, least) = (point(facts, "start")?, point(facts, "full")?, point(facts, "least")?);
    let middle = [0, 1].map(|at| f64::midpoint(start[at], least[at]));
    let reach = [start, full, least].iter().flat_map(|at| [(at[0] - middle[0]).abs() * 0.7, (at[1] - middle[1]).abs()]).fold(0.2, f64::max);
    let hessian = [0, 1, 2, 3].map(|at| hessian.0.get(at).copied().unwrap_or_default());
    Some(Plane { middle, reach: reach * 1.6, hessian, least, start, arrows: Vec::new() })
}

/// An arrow for each batch.
fn fan(facts: &Facts, across: &str, up: &str) -> Option<Vec<Arrow>> {
    let start = point(facts, "start")?;
    let ends = facts.curve(across)?.0.iter().zip(&facts.curve(up)?.0);
    Some(ends.map(|(x, y)| Arrow { from: start, to: [*x, *y], name: String::new() }).collect())
}

fn facts(given: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    facts.count("batches", BATCHES);
    facts.count("batch", 16);
    facts.number("rate", RATE, 2);
    facts.number("short", 0.2, 1);
    let Some(of_batches) = answers.run(0) else { return facts };
    let problem = &of_batches.problem;
    let [x, y] = [0, 1].map(|at| problem.theta_0.get(at).map_or(0.0, |number| f64::from(*number)));
    let gradient = full_gradient(problem, &problem.theta_0);
    let [right, up] = [0, 1].map(|at| gradient.get(at).map_or(0.0, |part| -f64::from(*part) * RATE));
    facts.line("start", vec![x, y]);
    facts.line("full", vec![x + right, y + up]);
    facts.line("least", problem.least_squares.clone());
    facts.line("hessian", problem.hessian.clone());
    let asked = steps(of_batches, given, 16);
    let mut away: Vec<f64> = asked.iter().map(|[a, b]| (a - right).hypot(b - up)).collect();
    order_by(&mut away, |a, b| a > b);
    facts.number("radius", away.get(away.len() * 9 / 10).copied(), 2);
    let mean = |at: usize| asked.iter().map(|step| step[at]).sum::<f64>() / asked.len().max(1) as f64;
    facts.number("off", (mean(0) - right).hypot(mean(1) - up), 2);
    facts.line("batch_x", asked.iter().map(|step| x + step[0]).collect());
    facts.line("batch_y", asked.iter().map(|step| y + step[1]).collect());
    if let Some(of_rows) = answers.run(1) {
        let asked = steps(of_rows, given, 1);
        facts.count("uphill", asked.iter().filter(|step| step[0] * right + step[1] * up < 0.0).count());
    }
    facts
}

//! Lesson: keys are values. The same key draws the same numbers; there is no hidden state that moves on.

use std::fmt::Write as _;

use super::asked::{Answers, run};
use super::facts::Facts;
use super::form::{COMING, Check, CheckKind, Choice, Experiment, Given, Kind, Lesson, Light, PLAIN, Prediction, Scene, lab};
use crate::lecture::settings::config::Config;
use crate::worker::protocol::{JobRequest, Keys, RunRequest};

/// How many seeds are tried for the last task.
const SEEDS: i64 = 24;

/// The lesson.
pub static LESSON: Lesson = Lesson {
    key: "keys",
    title: "Keys are values",
    about: "Where random numbers come from when nothing is hidden.",
    asks: |given, _| {
        let starts = (1..=SEEDS).map(|by| RunRequest { config: seeded(given, by), inspect: None, edit: None });
        vec![
            JobRequest::Keys { config: given.config(), epoch: 0 },
            run(seeded(given, 0)),
            run(seeded(given, 0)),
            JobRequest::Runs(starts.collect()),
        ]
    },
    facts,
    scenes: &[
        Scene {
            title: "Draw twice",
            says: "`key = random.PRNGKey({=seed})` makes a key of a seed: two numbers, {words}. `random.normal(key)` makes a random number of the key. It returned \
                   {first}.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Seed],
            predicts: Some(Prediction {
                question: "The same line runs once more: `random.normal(key)`, with the same key. What does it return?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "The next random number, another one.",
                        holds: |facts| Some(facts.get("first")? != facts.get("again")?),
                        then: Some(Experiment {
                            why: "So NumPy does it: behind `np.random.normal()` there is a state that moves on with every call. In JAX there is none. What a function returns \
                                  depends on what it is given, and on nothing else.",
                            tries: "Open the tab One step: its list of keys shows which key is used for what.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "{first} again.",
                        holds: |facts| Some(facts.get("first")? == facts.get("again")?),
                        then: None,
                    },
                    Choice {
                        says: "An error: a key may be used only once.",
                        holds: |facts| Some(facts.get("again")?.is_nan()),
                        then: Some(Experiment {
                            why: "It *should* be used only once, but JAX does not watch that by default. thetahat’s engine notes it, and says: {warning}.",
                            tries: "Remember this one: using a key twice is silent.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "{again}, the same to the last bit. A key is a value, like `{=n}`: a function of it returns the same thing every time.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "Split",
            says: "For other numbers one needs other keys. `key, subkey = random.split(key)` makes two keys of one: one to carry on, one to use. \
                   Split into more, it begins with the same two. Here are the keys of the lecture’s program.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Seed],
            exhibit: Some(|_, facts| Some(format!("<table>{}</table>", facts.written("tree")?))),
            predicts: Some(Prediction {
                question: "Draw with each of the two. What comes?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "The same number twice: they come from one key.",
                        holds: |facts| Some(facts.get("one")? == facts.get("other")?),
                        then: Some(Experiment {
                            why: "They come from one key, but they are two different keys: their words differ.",
                            tries: "Compare the words of the first two keys in the list above that are made of the seed’s key: `key` and the one for $θ$.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "Two different numbers, and the same two again whenever the program runs.",
                        holds: |facts| Some(facts.get("one")? != facts.get("other")? && facts.get("differs")? == 0.0),
                        then: None,
                    },
                    Choice {
                        says: "Two different numbers, other ones in every run of the program.",
                        holds: |facts| Some(facts.get("one")? != facts.get("other")? && facts.get("differs")? > 0.0),
                        then: Some(Experiment {
                            why: "Nothing here depends on the time of day. The page has run the program twice; {differs} of its numbers differ.",
                            tries: "Reload the page, and compare any number of the run.",
                            shows: None,
                        }),
                    },
                ]),
                reveals: "{one} and {other}. Splitting is a function, too: the same key splits into the same two. That is why a run can be repeated bit for bit.",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "The trap",
            says: "Somebody draws the features with a key, and then the noise with *the same* key: `X = random.normal(key, …)` and `noise = random.normal(key, …)`.",
            shows: |given, _| Some(lab(given.config())),
            predicts: Some(Prediction {
                question: "Both are drawn with one key and one shape. What is wrong with such data?",
                kind: Kind::Choice(&[
                    Choice {
                        says: "Nothing: both are random.",
                        holds: |facts| Some(facts.get("twins")? == 0.0),
                        then: Some(Experiment {
                            why: "Each of them is, but not the two together: of {drawn} numbers of the second draw {twins} are those of the first.",
                            tries: "Think of what a regression does when its noise *is* a regressor.",
                            shows: None,
                        }),
                    },
                    Choice {
                        says: "The noise is the regressor: they are the same numbers.",
                        holds: |facts| Some(facts.get("twins")? == facts.get("drawn")?),
                        then: None,
                    },
                ]),
                reveals: "Of {drawn} numbers of the second draw, {twins} are those of the first. The noise is then perfectly correlated with the feature, which biases the estimate; and \
                          nothing says so. **One key, one use.**",
                shows: None,
                exhibit: None,
            }),
            ..PLAIN
        },
        Scene {
            title: "The seed decides",
            says: "All that is drawn here comes from one seed: the true $θ$, the data, the start, the order of the batches. With seed {=seed} the run begins {began} away \
                   from the true $θ$.",
            shows: |given, facts| Some(lab(seeded(given, facts.get("far")? as i64))),
            light: &[Light::Seed, Light::Plane],
            check: Some(Check {
                says: "**Find a seed whose run begins less than {goal} away from the true $θ$.**",
                kind: CheckKind::Lab {
                    holds: |seen, facts| {
                        let config = &seen.run.config;
                        if config.theta_0.is_some() || config.features != Config::default().features {
                            return Err("The start is to be the one that the seed draws.");
                        }
                        let problem = &seen.run.problem;
                        let Some(goal) = facts.get("goal") else { return Err(COMING) };
                        if apart(&problem.theta, &problem.theta_0) < goal { Ok(()) } else { Err("This one begins farther away.") }
                    },
                    solved: |given, facts| Some(lab(seeded(given, facts.get("near")? as i64))),
                },
                done: "And whoever types this seed gets this run, to the last bit.",
            }),
            ..PLAIN
        },
        Scene {
            title: "What to take away",
            says: "A key is a value. Use each one once, and split before you need another. There is no hidden state, so the same program with the same seed is the same run: on this \
                   page, on your machine, and in a year.",
            shows: |given, _| Some(lab(given.config())),
            light: &[Light::Seed],
            ..PLAIN
        },
    ],
};

/// One epoch, with a seed this much larger than the one that is given.
fn seeded(given: &Given, by: i64) -> Config {
    Config { seed: given.seed.wrapping_add(by), epochs: 1, print_every: 1, ..given.config() }
}

fn apart(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>().sqrt()
}

fn written(words: [u32; 2]) -> String {
    format!("[{} {}]", words[0], words[1])
}

/// The keys, a row each.
fn tree(keys: &Keys) -> String {
    let mut out = "<thead><tr><th>key</th><th>its two words</th><th>for</th></tr></thead><tbody>".to_owned();
    for node in &keys.nodes {
        let _ = write!(out, "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", node.name, written(node.words), node.purpose);
    }
    out + "</tbody>"
}

fn facts(_: &Given, answers: &Answers) -> Facts {
    let mut facts = Facts::default();
    if let Some(keys) = answers.of(0).and_then(|found| found.keys.as_ref()) {
        facts.text("words", keys.nodes.first().map(|node| written(node.words)));
        facts.text("tree", tree(keys));
        let twice = &keys.of_seed;
        let of = |numbers: &[f32]| numbers.first().map(|number| f64::from(*number));
        facts.number("first", of(&twice.same[0]), 5);
        facts.number("again", of(&twice.same[1]), 5);
        facts.number("one", of(&twice.apart[0]), 5);
        facts.number("other", of(&twice.apart[1]), 5);
        facts.text("warning", format!("the key was used by {}", twice.warning.join(" and ")));
        facts.count("drawn", twice.same[0].len());
        facts.count("twins", twice.same[0].iter().zip(&twice.same[1]).filter(|(a, b)| a == b).count());
    }
    if let (Some(one), Some(again)) = (answers.run(1), answers.run(2)) {
        facts.count("differs", one.steps.params.iter().zip(&again.steps.params).filter(|(a, b)| a != b).count());
    }
    if let Some(starts) = answers.of(3) {
        // a task from the farthest of these starts, which the nearest one does; so it is one with any seed
        let away: Vec<f64> = starts.runs.iter().map(|run| apart(&run.problem.theta, &run.problem.theta_0)).collect();
        let of = |distance: f64| away.iter().position(|other| *other == distance).map(|place| place + 1);
        let (near, far) = away.iter().fold((f64::INFINITY, 0.0), |(near, far): (f64, f64), away| (near.min(*away), far.max(*away)));
        facts.count("near", of(near));
        facts.count("far", of(far));
        facts.number("began", far, 3);
        facts.number("goal", ((near + 0.3 * (far - near)) * 100.0).round() / 100.0, 3);
    }
    facts
}

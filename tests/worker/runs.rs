//! Real requests: runs of one request follow each other and share what they can; their steps can be asked about until they are forgotten.

use std::cell::Cell;

use proptest::prelude::*;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::holding::Holding;
use thetahat::lecture::run::map::{Map, Outcomes};
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::tanh::{STEPS, Trainings};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, Optimizer, Program};
use thetahat::worker::job::job;
use thetahat::worker::protocol::{
    Answer, Ask, AskId, Body, Costs, FromWorker, HoldingRequest, Inspection, JobRequest, RowRequest, RunRef,
    RunRequest, StepRef, TanhRequest, ToWorker,
};
use thetahat::worker::queue::Queue;

fn configs() -> impl Strategy<Value = Config> {
    let shape = (1..60_usize, 1..5_usize, 1..25_usize, 1..5_usize);
    (shape, 0..Program::ALL.len(), 0..Optimizer::BY_RATE.len(), -5..1000_i64).prop_map(
        |(shape, program, optimizer, seed)| {
            let (samples, features, batch_size, epochs) = shape;
            let (program, optimizer) = (Program::ALL[program], Optimizer::BY_RATE[optimizer]);
            Config {
                program,
                seed,
                samples,
                features,
                batch_size,
                epochs,
                optimizer,
                learning_rate: 0.05,
                ..Config::default()
            }
        },
    )
}

fn ask(queue: &mut Queue, id: AskId, job: JobRequest) {
    assert_eq!(queue.receive(ToWorker::Ask(Ask { id, job })), []);
}

/// Turns until all is done, by a clock that stands still.
fn finish(queue: &mut Queue) -> Vec<Answer> {
    let mut said = Vec::new();
    while !queue.is_idle() {
        said.extend(queue.turn(&|| 0.0));
    }
    let answers = said.into_iter().map(|said| match said {
        FromWorker::Answer(answer) => answer,
        other => panic!("{other:?}"),
    });
    answers.collect()
}

fn step(ask: AskId, run: usize, step: usize) -> StepRef {
    StepRef { run: RunRef { ask, run }, step }
}

fn queue() -> Queue {
    let mut queue = Queue::default();
    queue.complete(job);
    queue
}

#[test]
fn a_step_is_taken_apart_and_its_programs_are_printed() {
    let config = Config { epochs: 2, ..Config::default() };
    let mut queue = queue();
    ask(&mut queue, 1, runs([config.clone()]));
    finish(&mut queue);
    ask(&mut queue, 2, JobRequest::Dissect(step(1, 0, 40)));
    ask(&mut queue, 3, JobRequest::Dissect(step(9, 0, 0)));
    ask(&mut queue, 4, JobRequest::Programs { config: config.clone(), rows: 16 });
    let bodies: Vec<(AskId, Body)> = finish(&mut queue).into_iter().map(|answer| (answer.id, answer.body)).collect();
    let [
        (2, Body::Dissected { run, dissection }),
        (2, Body::Done),
        (3, Body::Done),
        (4, Body::Programs(texts)),
        (4, Body::Done),
    ] = &bodies[..]
    else {
        panic!("{bodies:?}");
    };
    assert_eq!((run.ask, dissection.step, texts.rows), (1, 40, 16));
    let mut trainer = Trainer::with(&config, &Shared::default()).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    assert_eq!(**dissection, trainer.dissect(40).expect("a step"));
}

fn alone(config: &Config, step: Option<usize>) -> (Chunk, Option<Inspection>) {
    let mut trainer = Trainer::with(config, &Shared::default()).expect("a valid configuration");
    let chunk = trainer.advance(usize::MAX).expect("steps");
    (chunk, step.map(|step| trainer.inspect(step).expect("a step that was taken")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The run of a request is the run on its own, whatever was computed with the same shared memory before.
    #[test]
    fn runs_that_share_are_the_runs_on_their_own(configs in prop::collection::vec(configs(), 1..4)) {
        // of the first run a step is asked for, of the second one that it does not take, of the third none
        let asked = |run: usize| [Some(configs[0].steps() / 2), Some(usize::MAX), None][run];
        let requests = configs.iter().enumerate().map(|(run, config)| RunRequest { config: config.clone(), inspect: asked(run), edit: None });
        let mut queue = queue();
        ask(&mut queue, 7, JobRequest::Runs(requests.collect()));
        let mut chunks = vec![Chunk::default(); configs.len()];
        let mut order = Vec::new();
        for Answer { id, body } in finish(&mut queue) {
            prop_assert_eq!(id, 7);
            match body {
                Body::Started { run, .. } => order.push(("started", run)),
                Body::Chunk { run, chunk } if chunks[run].stride == 0 => chunks[run] = chunk,
                Body::Chunk { run, chunk } => chunks[run].append(chunk),
                Body::Inspected { run, inspection } => {
                    prop_assert_eq!(run.ask, 7);
                    prop_assert_eq!(Some(*inspection), alone(&configs[run.run], asked(run.run)).1);
                    order.push(("inspected", run.run));
                }
                Body::Finished { run, stats } => {
                    prop_assert_eq!(stats.steps, configs[run].steps());
                    order.push(("finished", run));
                }
                Body::Done => order.push(("done", configs.len())),
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let is_inspected = |run: usize| asked(run).is_some_and(|step| step < configs[run].steps());
        let expected = (0..configs.len()).flat_map(|run| {
            [Some(("started", run)), is_inspected(run).then_some(("inspected", run)), Some(("finished", run))]
        });
        let expected: Vec<_> = expected.flatten().chain([("done", configs.len())]).collect();
        prop_assert_eq!(order, expected);
        for (config, chunk) in configs.iter().zip(chunks) {
            prop_assert_eq!(chunk, alone(config, None).0);
        }
    }
}

fn runs(configs: impl IntoIterator<Item = Config>) -> JobRequest {
    JobRequest::Runs(configs.into_iter().map(|config| RunRequest { config, inspect: None, edit: None }).collect())
}

#[test]
fn a_request_that_fails_says_so_and_ends() {
    let bad = Config { batch_size: 0, ..Config::default() };
    let mut queue = queue();
    ask(&mut queue, 1, runs([Config { epochs: 1, ..Config::default() }, bad.clone(), Config::default()]));
    let answers = finish(&mut queue);
    let Some(Answer { id: 1, body: Body::Failed(sentence) }) = answers.last() else { panic!("{answers:?}") };
    assert!(sentence.starts_with("Batch size is 0, but it must be "), "{sentence}");
    assert!(answers.iter().any(|answer| matches!(answer.body, Body::Finished { run: 0, .. })));
    ask(&mut queue, 2, JobRequest::Measure(bad));
    let answers = finish(&mut queue);
    let [Answer { id: 2, body: Body::Failed(again) }] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!(again, sentence);
    ask(&mut queue, 3, JobRequest::Inspect(vec![step(1, 0, 5)]));
    assert_eq!(finish(&mut queue).len(), 2, "the run that was computed before can be asked about");
}

#[test]
fn steps_can_be_asked_about_until_the_runs_are_forgotten() {
    let config = Config { epochs: 2, ..Config::default() };
    let mut queue = queue();
    ask(&mut queue, 1, runs([config.clone()]));
    finish(&mut queue);
    ask(&mut queue, 2, runs([Config { epochs: 1, ..config.clone() }]));
    finish(&mut queue);
    let questions =
        JobRequest::Inspect(vec![step(1, 0, 40), step(2, 0, 40), step(1, 1, 0), step(2, 0, 3), step(9, 0, 0)]);
    ask(&mut queue, 3, questions.clone());
    let steps = |answers: Vec<Answer>| -> Vec<(AskId, usize)> {
        let inspected = answers.into_iter().filter_map(|answer| match answer.body {
            Body::Inspected { run, inspection } => Some((run.ask, inspection.step)),
            _ => None,
        });
        inspected.collect()
    };
    assert_eq!(steps(finish(&mut queue)), [(1, 40), (2, 3)]);
    assert_eq!(queue.receive(ToWorker::Forget(1)), []);
    ask(&mut queue, 4, questions);
    assert_eq!(steps(finish(&mut queue)), [(2, 3)]);
}

#[test]
fn the_steps_of_a_run_that_was_stopped_can_be_asked_about() {
    let mut queue = queue();
    ask(&mut queue, 1, runs([Config { epochs: 10_000, ..Config::default() }]));
    let now = Cell::new(0.0);
    let clock = || {
        now.set(now.get() + 1.0);
        now.get()
    };
    queue.turn(&clock);
    assert!(!queue.is_idle(), "it has just begun");
    assert_eq!(queue.receive(ToWorker::Stop(1)), [FromWorker::Answer(Answer { id: 1, body: Body::Done })]);
    assert!(queue.is_idle());
    ask(&mut queue, 2, JobRequest::Inspect(vec![step(1, 0, 100)]));
    let answers = finish(&mut queue);
    let Body::Inspected { inspection, .. } = &answers[0].body else { panic!("{answers:?}") };
    assert_eq!(Some(inspection.as_ref()), alone(&Config::default(), Some(100)).1.as_ref());
}

#[test]
fn a_measurement_waits_for_the_runs() {
    let mut queue = queue();
    ask(&mut queue, 1, JobRequest::Measure(Config { samples: 20, ..Config::default() }));
    ask(&mut queue, 2, runs([Config { epochs: 1, ..Config::default() }]));
    let now = Cell::new(0.0);
    let clock = || {
        now.set(now.get() + 1.0);
        now.get()
    };
    let mut last = Vec::new();
    while !queue.is_idle() {
        for said in queue.turn(&clock) {
            if let FromWorker::Answer(Answer { id, body }) = said {
                if let Body::Measured(Costs { compile, .. }) = &body {
                    assert!(*compile > 0.0);
                }
                if body.is_last() {
                    last.push((id, body));
                }
            }
        }
    }
    assert_eq!(last, [(2, Body::Done), (1, Body::Done)]);
}

#[test]
fn a_row_of_a_map_is_computed_in_slices_and_gives_way_to_runs() {
    let map = Map::new(&Config { epochs: 6, ..Config::default() }, [1e-3, 1.0], 6);
    let row = map.row(4);
    let mut queue = queue();
    ask(&mut queue, 1, JobRequest::MapRow(row.clone()));
    let now = Cell::new(0.0);
    let clock = || {
        now.set(now.get() + 7.0);
        now.get()
    };
    assert_eq!(queue.turn(&clock), [], "not all of it is one slice");
    ask(&mut queue, 2, runs([Config { epochs: 1, ..Config::default() }]));
    let mut last = Vec::new();
    while !queue.is_idle() {
        for said in queue.turn(&clock) {
            match said {
                FromWorker::Answer(Answer { id, body: Body::Row(outcomes) }) => {
                    assert_eq!((id, outcomes), (1, row.outcomes(&Shared::default()).expect("a row")));
                }
                FromWorker::Answer(Answer { id, body: Body::Done }) => last.push(id),
                FromWorker::Answer(Answer { id: 2, .. }) | FromWorker::Pulse => {}
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(last, [2, 1]);
    ask(&mut queue, 3, JobRequest::MapRow(RowRequest { learning_rates: Vec::new(), ..row }));
    assert!(matches!(finish(&mut queue)[..], [Answer { id: 3, body: Body::Failed(_) }]));
}

#[test]
fn the_largest_rates_that_hold_are_found_in_slices() {
    let config = Config { epochs: 4, batch_size: 4, ..Config::default() };
    let request = HoldingRequest { config, learning_rates: vec![0.01, 0.5, 0.9, 1.4, 9.0], shuffles: 3 };
    let mut holding = Holding::new(request.clone());
    while !holding.is_done() {
        holding.advance(usize::MAX, &Shared::default()).expect("steps");
    }
    let mut queue = queue();
    ask(&mut queue, 1, JobRequest::Holding(request.clone()));
    let now = Cell::new(0.0);
    let clock = || {
        now.set(now.get() + 4.0);
        now.get()
    };
    assert_eq!(queue.turn(&clock), [], "not all of it is one slice");
    let mut found = Vec::new();
    while !queue.is_idle() {
        found.extend(queue.turn(&clock).into_iter().filter(|said| *said != FromWorker::Pulse));
    }
    let answers =
        [Body::Held(holding.held().to_vec()), Body::Done].map(|body| FromWorker::Answer(Answer { id: 1, body }));
    assert_eq!(found, answers);
    ask(&mut queue, 2, JobRequest::Holding(HoldingRequest { learning_rates: vec![-1.0], ..request }));
    assert!(matches!(finish(&mut queue)[..], [Answer { id: 2, body: Body::Failed(_) }]));
}

#[test]
fn a_row_of_the_networks_map_is_computed_in_slices_and_gives_way_to_the_question_of_a_curve() {
    let rates: Vec<[f64; 2]> = (1..=6).map(|i| [f64::from(i) * 90.0, 7.0 + f64::from(i) / 2.0]).collect();
    let request = TanhRequest { seed: 42, rates };
    let mut queue = queue();
    ask(&mut queue, 1, JobRequest::TanhRow(request.clone()));
    let now = Cell::new(0.0);
    let clock = || {
        now.set(now.get() + 4.0);
        now.get()
    };
    assert_eq!(queue.turn(&clock), [], "not all of it is one slice");
    ask(&mut queue, 2, JobRequest::TanhCurve(request.clone()));
    let mut alone = Trainings::side_by_side(1).expect("a compiled step");
    let mut last = Vec::new();
    while !queue.is_idle() {
        for said in queue.turn(&clock) {
            match said {
                FromWorker::Answer(Answer { id: 1, body: Body::Row(outcomes) }) => {
                    let mut expected = Outcomes::default();
                    for pair in &request.rates {
                        expected.append(alone.outcomes(42, &[*pair]).expect("an end"));
                    }
                    assert_eq!(format!("{outcomes:?}"), format!("{expected:?}"));
                }
                FromWorker::Answer(Answer { id: 2, body: Body::Curves(curves) }) => {
                    let losses = alone.losses(42, &request.rates[..1], STEPS).expect("losses");
                    assert_eq!((curves.losses[1].len(), curves.steps.len()), (STEPS, STEPS));
                    let finite = |losses: &[f32]| {
                        losses.iter().map(|loss| loss.is_finite().then_some(*loss)).collect::<Vec<_>>()
                    };
                    assert_eq!(finite(&curves.losses[1][..losses.len()]), finite(&losses));
                }
                FromWorker::Answer(Answer { id, body: Body::Done }) => last.push(id),
                FromWorker::Pulse => {}
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(last, [2, 1]);
    for (id, rates) in [(3, Vec::new()), (4, vec![[1.0, -1.0]])] {
        ask(&mut queue, id, JobRequest::TanhCurve(TanhRequest { seed: 42, rates }));
        assert!(matches!(finish(&mut queue)[..], [Answer { body: Body::Failed(_), .. }]));
    }
}

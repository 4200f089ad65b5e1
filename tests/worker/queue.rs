//! Who goes first, who gives way, and what is said of those that fail.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use thetahat::Error;
use thetahat::worker::job::{Context, Job, Slice, Urgency, job};
use thetahat::worker::protocol::{Answer, Ask, AskId, Body, FromWorker, JobRequest, StepRef, ToWorker};
use thetahat::worker::queue::{PULSE, Queue};

/// What has been done, and the time that it took.
#[derive(Clone, Default)]
struct World {
    log: Rc<RefCell<Vec<&'static str>>>,
    now: Rc<Cell<f64>>,
}

/// A job of this many slices of this many milliseconds each; the last one fails, if it is to fail.
struct Fake {
    world: World,
    name: &'static str,
    urgency: Urgency,
    slices: usize,
    milliseconds: f64,
    fails: bool,
}

impl Job for Fake {
    fn urgency(&self) -> Urgency {
        self.urgency
    }

    fn slice(&mut self, _: &Context<'_>) -> Slice {
        self.world.log.borrow_mut().push(self.name);
        self.world.now.set(self.world.now.get() + self.milliseconds);
        self.slices = self.slices.saturating_sub(1);
        match (self.slices, self.fails) {
            (0, true) => Slice::failed(Vec::new(), Error::value("Epochs", 0, "it must be at least 1")),
            (0, false) => Slice::done(Vec::new()),
            _ => Slice::more(Vec::new()),
        }
    }
}

impl World {
    fn job(&self, name: &'static str, urgency: Urgency, slices: usize) -> Fake {
        Fake { world: self.clone(), name, urgency, slices, milliseconds: 5.0, fails: false }
    }

    fn turn(&self, queue: &mut Queue) -> Vec<FromWorker> {
        queue.turn(&|| self.now.get())
    }

    /// Turns until there is nothing to do; what was said.
    fn finish(&self, queue: &mut Queue) -> Vec<FromWorker> {
        let mut said = Vec::new();
        for _ in 0..1000 {
            if queue.is_idle() {
                return said;
            }
            said.extend(self.turn(queue));
        }
        panic!("it never ends: {queue:?}");
    }

    fn log(&self) -> String {
        self.log.borrow().join(" ")
    }
}

fn answer(id: AskId, body: Body) -> FromWorker {
    FromWorker::Answer(Answer { id, body })
}

#[test]
fn questions_go_before_runs_before_rows_before_measurements() {
    let (world, mut queue) = (World::default(), Queue::default());
    queue.push(1, Box::new(world.job("measure", Urgency::Measurement, 2)));
    queue.push(2, Box::new(world.job("row", Urgency::MapRow, 2)));
    queue.push(3, Box::new(world.job("runs", Urgency::Runs, 2)));
    queue.push(4, Box::new(world.job("question", Urgency::Question, 2)));
    queue.push(5, Box::new(world.job("later", Urgency::Question, 1)));
    let said = world.finish(&mut queue);
    assert_eq!(world.log(), "question question later runs runs row row measure measure");
    assert_eq!(said, [4, 5, 3, 2, 1].map(|id| answer(id, Body::Done)));
    assert_eq!(world.turn(&mut queue), [], "nothing is left");
}

#[test]
fn whatever_is_more_urgent_waits_for_one_slice_at_most() {
    let (world, mut queue) = (World::default(), Queue::default());
    queue.push(1, Box::new(world.job("endless", Urgency::Runs, usize::MAX)));
    queue.push(2, Box::new(world.job("starved", Urgency::Measurement, 1)));
    for id in 3..20 {
        world.turn(&mut queue);
        queue.push(id, Box::new(world.job("question", Urgency::Question, 1)));
        let (before, asked) = (world.log.borrow().len(), world.now.get());
        assert_eq!(world.turn(&mut queue), [answer(id, Body::Done)]);
        assert_eq!(world.log.borrow()[before..], ["question"]);
        assert!(world.now.get() - asked <= 5.0);
    }
    assert!(!world.log().contains("starved"));
}

#[test]
fn a_job_that_fails_says_so_and_the_others_go_on() {
    let (world, mut queue) = (World::default(), Queue::default());
    queue.push(1, Box::new(Fake { fails: true, ..world.job("bad", Urgency::Runs, 2) }));
    queue.push(2, Box::new(world.job("good", Urgency::Runs, 2)));
    let said = world.finish(&mut queue);
    assert_eq!(world.log(), "bad bad good good");
    let failed = Body::Failed("Epochs is 0, but it must be at least 1".into());
    assert_eq!(said, [answer(1, failed), answer(2, Body::Done)]);
}

#[test]
fn what_is_stopped_says_done_and_what_is_forgotten_says_nothing() {
    let (world, mut queue) = (World::default(), Queue::default());
    for id in 1..=3 {
        queue.push(id, Box::new(world.job(["first", "second", "third"][id as usize - 1], Urgency::Runs, 2)));
    }
    assert_eq!(world.turn(&mut queue), []);
    assert_eq!(queue.receive(ToWorker::Stop(1)), [answer(1, Body::Done)]);
    assert_eq!(queue.receive(ToWorker::Stop(1)), [], "it has been said");
    assert_eq!(queue.receive(ToWorker::Forget(2)), []);
    assert_eq!(queue.receive(ToWorker::Forget(7)), [], "nothing of that kind");
    assert_eq!(world.finish(&mut queue), [answer(3, Body::Done)]);
    assert_eq!(world.log(), "first third third");
}

#[test]
fn who_works_and_has_nothing_to_say_shows_that_it_lives() {
    let (world, mut queue) = (World::default(), Queue::default());
    world.now.set(1e7);
    queue.push(1, Box::new(Fake { milliseconds: 90.0, ..world.job("long", Urgency::Measurement, 100) }));
    let mut heard = world.now.get();
    let mut pulses = 0;
    while !queue.is_idle() {
        let said = world.turn(&mut queue);
        assert!(said.len() <= 1);
        if said == [FromWorker::Pulse] {
            pulses += 1;
            heard = world.now.get();
        }
        assert!(world.now.get() - heard <= PULSE + 90.0);
    }
    assert!((5..=10).contains(&pulses), "{pulses}");
}

#[test]
fn a_question_about_a_run_that_is_not_there_is_answered_with_nothing() {
    let (world, mut queue) = (World::default(), Queue::default());
    queue.receive(ToWorker::Ask(Ask { id: 4, job: JobRequest::Inspect(vec![StepRef::default(); 2]) }));
    queue.receive(ToWorker::Ask(Ask { id: 5, job: JobRequest::Inspect(Vec::new()) }));
    queue.receive(ToWorker::Ask(Ask { id: 6, job: JobRequest::Runs(Vec::new()) }));
    assert_eq!(world.finish(&mut queue), [4, 5, 6].map(|id| answer(id, Body::Done)));
}

#[test]
fn what_needs_more_code_waits_for_it() {
    let (world, mut queue) = (World::default(), Queue::default());
    let ask = |id, job| ToWorker::Ask(Ask { id, job });
    let traced = || JobRequest::Traced;
    for id in 1..=4 {
        assert_eq!(queue.receive(ask(id, traced())), []);
    }
    assert!(queue.wants_more() && queue.is_idle());
    // questions about steps do not wait
    queue.receive(ask(5, JobRequest::Inspect(Vec::new())));
    assert_eq!(world.finish(&mut queue), [answer(5, Body::Done)]);

    assert_eq!(queue.receive(ToWorker::Stop(2)), [answer(2, Body::Done)]);
    assert_eq!(queue.receive(ToWorker::Forget(3)), []);
    queue.complete(job);
    assert!(!queue.wants_more());
    let said = world.finish(&mut queue);
    let done: Vec<_> = said.iter().filter(|said| matches!(said, FromWorker::Answer(a) if a.body.is_last())).collect();
    assert_eq!(done, [&answer(1, Body::Done), &answer(4, Body::Done)]);

    queue.receive(ask(6, traced()));
    assert!(!queue.wants_more() && !queue.is_idle(), "the code is there");
}

#[test]
fn without_its_code_a_request_fails_and_may_come_again() {
    let (world, mut queue) = (World::default(), Queue::default());
    let ask = |id| ToWorker::Ask(Ask { id, job: JobRequest::Traced });
    queue.receive(ask(1));
    let refused = queue.refuse();
    let [FromWorker::Answer(Answer { id: 1, body: Body::Failed(sentence) })] = &refused[..] else {
        panic!("it says {refused:?}")
    };
    assert!(sentence.contains("connection"), "{sentence}");
    assert!(!queue.wants_more());
    queue.receive(ask(2));
    assert!(queue.wants_more());
    queue.complete(job);
    assert!(world.finish(&mut queue).contains(&answer(2, Body::Done)));
}

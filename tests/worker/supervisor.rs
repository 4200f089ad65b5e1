//! What is sent and passed on, and what happens to a worker that is silent or dead, at any hour.

use thetahat::lecture::settings::config::Config;
use thetahat::worker::protocol::{
    Answer, Ask, AskId, Body, Chunk, FromWorker, JobRequest, MlpRequest, RunRef, RunRequest, StepRef, ToWorker,
};
use thetahat::worker::supervisor::{Action, PATIENCE, Report, SILENCE, Supervisor, TICK};

/// A supervisor, and the time.
struct Page {
    supervisor: Supervisor,
    now: f64,
}

impl Page {
    fn new() -> Self {
        let mut page = Self { supervisor: Supervisor::new(), now: 1e9 };
        assert_eq!(page.acts(), ["start"]);
        page
    }

    /// With a worker that listens and has finished the first runs.
    fn open() -> (Self, AskId) {
        let mut page = Self::new();
        let runs = page.supervisor.run(requests(1));
        assert_eq!(page.acts(), [""; 0], "it does not listen yet");
        assert_eq!(page.hear(FromWorker::Ready), [format!("runs {runs}")]);
        assert_eq!(page.says(runs, Body::Done), [format!("done {runs}")]);
        (page, runs)
    }

    /// What is to be done, in a word each.
    fn acts(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.supervisor.next_action()).map(|action| word(&action)).collect()
    }

    fn hear(&mut self, message: FromWorker) -> Vec<String> {
        self.supervisor.hear(message);
        self.acts()
    }

    fn says(&mut self, id: AskId, body: Body) -> Vec<String> {
        self.hear(FromWorker::Answer(Answer { id, body }))
    }

    /// Time passes; the page is told as often as it wants to be.
    fn wait(&mut self, milliseconds: f64, visible: bool) -> Vec<String> {
        let end = self.now + milliseconds;
        let mut acts = Vec::new();
        while self.now < end && self.supervisor.waits() {
            self.now += TICK;
            self.supervisor.tick(self.now, visible);
            acts.extend(self.acts());
        }
        self.now = self.now.max(end);
        acts
    }

    fn inspect(&mut self, ask: AskId) -> AskId {
        let step = StepRef { run: RunRef { ask, run: 0 }, step: 3 };
        self.supervisor.ask(JobRequest::Inspect(vec![step])).expect("a worker")
    }
}

fn word(action: &Action) -> String {
    match action {
        Action::Start => "start".into(),
        Action::End => "end".into(),
        Action::Post(ToWorker::Ask(Ask { id, job })) => {
            let name = format!("{job:?}").to_lowercase();
            format!("{} {id}", name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
        }
        Action::Post(ToWorker::Stop(id)) => format!("stop {id}"),
        Action::Post(ToWorker::Forget(id)) => format!("forget {id}"),
        Action::Report(Report::Trouble(sentence)) => {
            let words = ["being started again", "does not let", "has not started", "stopped twice"];
            words.into_iter().find(|words| sentence.contains(words)).unwrap_or(sentence).into()
        }
        Action::Report(Report::Answer(Answer { id, body })) => match body {
            Body::Done => format!("done {id}"),
            Body::Failed(_) => format!("failed {id}"),
            Body::Chunk { .. } => format!("chunk {id}"),
            other => format!("{other:?} {id}"),
        },
    }
}

fn requests(count: usize) -> Vec<RunRequest> {
    vec![RunRequest { config: Config::default(), inspect: None, edit: None }; count]
}

fn chunk() -> Body {
    Body::Chunk { run: 0, chunk: Chunk::default() }
}

const AGAIN: &str = "being started again";

#[test]
fn every_request_has_its_own_id_and_runs_take_the_place_of_what_was_asked_before() {
    let (mut page, first) = Page::open();
    let question = page.inspect(first);
    let measure = page.supervisor.ask(JobRequest::Measure(Config::default())).expect("a worker");
    assert_eq!(page.acts(), [format!("inspect {question}"), format!("measure {measure}")]);
    let second = page.supervisor.run(requests(2));
    let mut ids = vec![first, question, measure, second];
    ids.dedup();
    assert_eq!(ids.len(), 4);
    let forgotten = [question, measure, first].map(|id| format!("forget {id}"));
    let expected: Vec<String> = forgotten.into_iter().chain([format!("runs {second}")]).collect();
    assert_eq!(page.acts(), expected);
    for id in [first, question, measure, 99] {
        assert_eq!(page.says(id, chunk()), [""; 0], "nobody wants to know {id} any more");
    }
    assert_eq!(page.says(second, chunk()), [format!("chunk {second}")]);
}

#[test]
fn a_training_with_a_place_of_its_own_outlives_runs() {
    let (mut page, first) = Page::open();
    let network = page.supervisor.ask(JobRequest::Mlp(MlpRequest::default())).expect("a worker");
    page.acts();
    let second = page.supervisor.run(requests(1));
    assert_eq!(page.acts(), [format!("forget {first}"), format!("runs {second}")]);
    assert_eq!(page.says(network, Body::Done), [format!("done {network}")]);
    let other = page.supervisor.ask(JobRequest::Mlp(MlpRequest::default())).expect("a worker");
    page.supervisor.forget(other);
    assert_eq!(page.acts(), [format!("mlp {other}"), format!("forget {other}")]);
    assert_eq!(page.says(other, Body::Done), [""; 0], "whoever asked has it forgotten");
}

#[test]
fn what_was_about_to_be_told_is_not_once_other_runs_are_wanted() {
    let mut page = Page::new();
    let first = page.supervisor.run(requests(1));
    page.hear(FromWorker::Ready);
    for body in [chunk(), Body::Done] {
        page.supervisor.hear(FromWorker::Answer(Answer { id: first, body }));
    }
    assert_eq!(page.supervisor.next_action().map(|action| word(&action)), Some(format!("chunk {first}")));
    let second = page.supervisor.run(requests(1));
    assert_eq!(page.acts(), [format!("forget {first}"), format!("runs {second}")]);
}

#[test]
fn a_worker_that_ends_silently_is_missed_at_any_hour() {
    for hours in [0.0, 1.0, 30.0] {
        let (mut page, _) = Page::open();
        page.now += hours * 3.6e6;
        let (asked, runs) = (page.now, page.supervisor.run(requests(1)));
        page.acts();
        assert_eq!(
            page.wait(20_000.0, true),
            [AGAIN.to_owned(), "start".into(), "has not started".into()][..2].to_vec()
        );
        assert!(page.now - asked <= 20_000.0);
        assert_eq!(page.hear(FromWorker::Ready), [format!("runs {runs}")]);
        assert_eq!(page.says(runs, Body::Done), [format!("done {runs}")]);
    }
}

#[test]
fn it_is_missed_within_seconds() {
    let (mut page, _) = Page::open();
    page.supervisor.run(requests(1));
    page.acts();
    let waited = (1..100).find(|_| !page.wait(TICK, true).is_empty()).expect("it is missed");
    let seconds = f64::from(waited) * TICK / 1000.0;
    assert!((SILENCE / 1000.0 - 1.0..=12.0).contains(&seconds), "{seconds} s");
}

#[test]
fn a_worker_that_shows_that_it_lives_is_left_alone() {
    let (mut page, _) = Page::open();
    assert!(!page.supervisor.waits(), "nothing is under way");
    let runs = page.supervisor.run(requests(1));
    page.acts();
    for _ in 0..100 {
        assert_eq!(page.wait(SILENCE - 2.0 * TICK, true), [""; 0]);
        assert_eq!(page.hear(FromWorker::Pulse), [""; 0]);
        assert_eq!(page.wait(SILENCE - 2.0 * TICK, true), [""; 0]);
        assert_eq!(page.says(runs, chunk()), [format!("chunk {runs}")]);
    }
}

#[test]
fn time_that_nobody_sees_does_not_count_nor_does_sleep() {
    let (mut page, _) = Page::open();
    page.supervisor.run(requests(1));
    page.acts();
    assert_eq!(page.wait(3.6e6, false), [""; 0], "a page in the background");
    page.now += 3.6e6;
    assert_eq!(page.wait(TICK, true), [""; 0], "a machine that was asleep");
    assert_eq!(page.wait(SILENCE, true), [AGAIN, "start"]);
}

#[test]
fn what_is_under_way_is_asked_again_and_questions_wait_for_the_runs() {
    let (mut page, runs) = Page::open();
    let question = page.inspect(runs);
    assert_eq!(page.acts(), [format!("inspect {question}")]);
    page.supervisor.died();
    assert_eq!(page.acts(), [AGAIN, "start"]);
    assert_eq!(page.hear(FromWorker::Ready), [format!("runs {runs}")], "the new worker does not know them");
    let measure = page.supervisor.ask(JobRequest::Measure(Config::default())).expect("a worker");
    assert_eq!(page.says(runs, chunk()), [format!("chunk {runs}")]);
    let later = [format!("done {runs}"), format!("inspect {question}"), format!("measure {measure}")];
    assert_eq!(page.says(runs, Body::Done), later);
    assert_eq!(page.says(question, Body::Done), [format!("done {question}")]);
}

#[test]
fn a_worker_that_fails_again_is_given_up_until_other_runs_are_wanted() {
    let (mut page, runs) = Page::open();
    let question = page.inspect(runs);
    page.acts();
    assert_eq!(page.wait(60_000.0, true), [AGAIN, "start", "has not started"]);
    page.hear(FromWorker::Ready);
    // the runs are repeated, which is no reason to think that the question will not end it again
    page.says(runs, Body::Done);
    let lost = ["end".to_owned(), "stopped twice".into(), format!("failed {question}")];
    assert_eq!(page.wait(60_000.0, true), lost);
    page.supervisor.died();
    assert_eq!(page.acts(), [""; 0], "it is gone already");
    assert_eq!(page.supervisor.ask(JobRequest::Inspect(Vec::new())), None);
    assert!(!page.supervisor.waits());
    let next = page.supervisor.run(requests(1));
    assert_eq!(page.acts(), ["start"]);
    assert_eq!(page.hear(FromWorker::Ready), [format!("runs {next}")]);
}

#[test]
fn one_death_a_day_is_mended_each_time() {
    let (mut page, _) = Page::open();
    for _ in 0..10 {
        page.now += 8.64e7;
        page.supervisor.died();
        assert_eq!(page.acts(), [AGAIN, "start"]);
        page.hear(FromWorker::Ready);
        let runs = page.supervisor.run(requests(1));
        page.says(runs, Body::Done);
        page.acts();
    }
}

#[test]
fn a_worker_that_never_starts_is_told_of_once() {
    let mut page = Page::new();
    let runs = page.supervisor.run(requests(1));
    page.acts();
    assert_eq!(page.wait(PATIENCE - TICK, true), [""; 0]);
    assert_eq!(page.wait(10.0 * PATIENCE, true), ["has not started"]);
    assert_eq!(page.hear(FromWorker::Ready), [format!("runs {runs}")], "better late");
    let mut page = Page::new();
    let runs = page.supervisor.run(requests(1));
    page.supervisor.forbidden();
    assert_eq!(page.acts(), ["end".to_owned(), "does not let".into(), format!("failed {runs}")]);
    let mut page = Page::new();
    page.supervisor.died();
    page.supervisor.died();
    assert_eq!(page.acts(), [AGAIN, "start", "end", "stopped twice"], "a script that is not there");
}

#[test]
fn a_message_that_cannot_be_read_reaches_the_page_and_ends_what_waits() {
    let (mut page, runs) = Page::open();
    let sentence = "A message cannot be read. Please reload the page.";
    assert_eq!(page.hear(FromWorker::Broken(sentence.into())), [sentence]);
    let question = page.inspect(runs);
    page.acts();
    let ended = [sentence.to_owned(), format!("failed {question}")];
    assert_eq!(page.hear(FromWorker::Broken(sentence.into())), ended);
    assert_eq!(page.wait(60_000.0, true), [""; 0], "nothing is waited for, and nothing asked again");
}

#[test]
fn runs_can_be_stopped() {
    let (mut page, _) = Page::open();
    page.supervisor.stop();
    assert_eq!(page.acts(), [""; 0], "they are done");
    let runs = page.supervisor.run(requests(1));
    page.acts();
    page.supervisor.stop();
    page.supervisor.stop();
    assert_eq!(page.acts(), [format!("stop {runs}")]);
    assert_eq!(page.says(runs, chunk()), [format!("chunk {runs}")], "it was on its way");
    assert_eq!(page.says(runs, Body::Done), [format!("done {runs}")]);
    let question = page.inspect(runs);
    assert_eq!(page.acts(), [format!("inspect {question}")], "what was computed is there");
    page.says(question, Body::Done);
    let next = page.supervisor.run(requests(1));
    assert_eq!(page.acts(), [format!("forget {runs}"), format!("runs {next}")]);
    page.supervisor.stop();
    page.acts();
    page.supervisor.died();
    assert_eq!(page.acts(), [AGAIN.to_owned(), format!("done {next}"), "start".into()]);
    assert_eq!(page.hear(FromWorker::Ready), [""; 0], "what was stopped is not computed again");
    let mut page = Page::new();
    let runs = page.supervisor.run(requests(1));
    page.supervisor.stop();
    assert_eq!(page.acts(), [format!("done {runs}")]);
    assert_eq!(page.hear(FromWorker::Ready), [""; 0]);
}

#[test]
fn what_one_request_asked_for_can_be_forgotten_and_the_worker_be_sent_home() {
    let (mut page, runs) = Page::open();
    let (first, second) = (page.inspect(runs), page.inspect(runs));
    page.acts();
    page.supervisor.forget(first);
    page.supervisor.forget(first);
    assert_eq!(page.acts(), [format!("forget {first}")]);
    assert_eq!(page.says(first, Body::Done), [""; 0]);
    assert_eq!(page.says(second, Body::Done), [format!("done {second}")]);
    page.inspect(runs);
    page.supervisor.close();
    assert_eq!(page.acts(), ["end"]);
    assert!(!page.supervisor.waits());
}

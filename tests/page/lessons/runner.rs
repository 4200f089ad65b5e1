//! Runs what lessons ask for, with the worker's own queue, and writes their texts without marks.

use thetahat::page::lessons::asked::Asked;
use thetahat::page::lessons::facts::Facts;
use thetahat::page::lessons::form::{Given, Lesson, Seen};
use thetahat::page::lessons::text::word;
use thetahat::page::runs::{Board, Target};
use thetahat::page::view::{LabView, program_in};
use thetahat::worker::job::job;
use thetahat::worker::protocol::{Answer, Ask, AskId, Body, FromWorker, JobRequest, RunRequest, ToWorker};
use thetahat::worker::queue::Queue;

/// A worker.
pub struct Runner {
    queue: Queue,
    asks: AskId,
}

impl Default for Runner {
    fn default() -> Self {
        let mut queue = Queue::default();
        queue.complete(job);
        Self { queue, asks: 0 }
    }
}

impl Runner {
    /// All answers to a request.
    pub fn answers(&mut self, job: JobRequest) -> Vec<Body> {
        self.asks += 1;
        let id = self.asks;
        assert_eq!(self.queue.receive(ToWorker::Ask(Ask { id, job })), []);
        let mut said = Vec::new();
        while !self.queue.is_idle() {
            said.extend(self.queue.turn(&|| 0.0));
        }
        self.queue.receive(ToWorker::Forget(id));
        let bodies = said.into_iter().map(|said| match said {
            FromWorker::Answer(Answer { body, .. }) => body,
            other => panic!("{other:?}"),
        });
        bodies.collect()
    }

    /// What a lesson finds out.
    pub fn facts(&mut self, lesson: &'static Lesson, given: &Given) -> Facts {
        let mut asked = Asked::new(lesson, given.clone());
        while let Some(request) = asked.next() {
            for body in self.answers(request) {
                asked.take(body);
            }
        }
        assert_eq!(asked.trouble(), None, "{}", lesson.key);
        asked.facts()
    }

    /// Reads the Lab of a view, with its run.
    pub fn seen<R>(&mut self, view: &LabView, read: impl FnOnce(Seen<'_>) -> R) -> R {
        let approach = view.shown.iter().next().expect("a column");
        let config = view.settings.run(program_in(approach, view.module));
        let mut board = Board::default();
        board.ask(1, vec![(Target::Shown(approach), config.clone())], &[]);
        for body in self.answers(JobRequest::Runs(vec![RunRequest { config, inspect: None, edit: None }])) {
            match body {
                Body::Started { run, problem } => board.start(run, problem),
                Body::Chunk { run, chunk } => board.take(run, chunk),
                Body::Finished { run, stats } => board.finish(run, stats),
                _ => {}
            }
        }
        read(Seen { view, run: board.first().expect("a run") })
    }
}

/// A digit that is typed into a text, where it belongs neither to a formula, nor to code, nor to the rule of tolerances.
pub fn digits(text: &str) -> Option<char> {
    let mut rest = text.replace("90 %", "");
    for (open, close) in [('$', '$'), ('`', '`'), ('{', '}')] {
        while let Some((before, behind)) = rest.split_once(open) {
            let after = behind.split_once(close).map_or("", |(_, after)| after);
            rest = format!("{before}{after}");
        }
    }
    rest.chars().find(char::is_ascii_digit)
}

/// A text with its numbers and without marks.
pub fn plain(text: &str, facts: &Facts, view: Option<&LabView>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        out.push_str(before);
        out.push_str(&word(name, facts, view).unwrap_or_else(|| "…".to_owned()));
        rest = after;
    }
    out + rest
}

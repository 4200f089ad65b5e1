//! [`Supervisor`]: what the page's end of the worker decides: what to send, whose answers count, and when a worker is to be replaced.
//!
//! It knows neither the browser nor a clock: it is told what happens, and says in [`Action`]s what to do about it, so that all of it is tested on the host.
//! While a request is under way the worker has to be heard from: an answer or a pulse, at the latest after [`SILENCE`] milliseconds during which the page could
//! be seen. In a page that nobody sees the browser may hold back the worker, so that time is not counted, and of the time in which the page itself was held back
//! no more than [`LONGEST_TICK`]. A worker that is silent or dead is replaced, and what is under way is asked again; one that fails again before everything was
//! answered is given up until other runs are wanted.

use std::collections::VecDeque;

use crate::worker::protocol::{Answer, Ask, AskId, Body, FromWorker, JobRequest, RunRequest, ToWorker};

/// How long the worker may be silent while it is at work, in milliseconds: longer than its longest slice, in which a large step is compiled on a slow machine.
pub const SILENCE: f64 = 10_000.0;
/// How long it may take to say that it listens.
pub const PATIENCE: f64 = 15_000.0;
/// How often the supervisor wants to be told the time while it waits.
pub const TICK: f64 = 1_000.0;
/// What counts at most of the time between two ticks.
pub const LONGEST_TICK: f64 = 2.0 * TICK;
/// How often a worker is replaced before everything was answered.
const REPLACEMENTS: u32 = 1;

const FORBIDDEN: &str = "The browser does not let this page start a worker, so nothing can be computed. \
                         Please allow workers for it, or open it in another browser.";
const SILENT: &str = "The worker that computes has not started. Please reload the page; if that does not help, a part of \
                      it could not be loaded.";
const STOPPED: &str = "The worker that computes has stopped; it is being started again.";
const LOST: &str = "The worker that computes cannot be started, or has stopped twice. Your settings are kept; change one to try \
                    again, or reload the page.";

/// What the browser's end has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// End the worker, if there is one, and start another.
    Start,
    /// End the worker.
    End,
    /// Send it a message.
    Post(ToWorker),
    /// Tell the page.
    Report(Report),
}

/// What the page is told.
#[allow(clippy::large_enum_variant, reason = "one is made at a time, and nearly all of them are answers")]
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// An answer to a request that is under way.
    Answer(Answer),
    /// The worker is in trouble: a sentence for the user.
    Trouble(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It has been started and has not said that it listens.
    Starting,
    Listening,
    /// There is none.
    Gone,
}

/// The state of the page's end.
#[derive(Debug)]
pub struct Supervisor {
    phase: Phase,
    last_id: AskId,
    /// The runs that a worker has to know: those asked for last, unless they were stopped.
    runs: Option<Ask>,
    /// The runs that the worker keeps, which are to be forgotten when others are wanted.
    kept: Option<AskId>,
    /// What has not been answered to the end.
    open: Vec<Ask>,
    /// Runs that a new worker computes again; questions about them wait.
    repeated: Option<AskId>,
    /// How often the worker has been replaced since everything was answered.
    replacements: u32,
    /// For how long nothing was heard, in milliseconds that count.
    silence: f64,
    /// The time of the last tick.
    ticked: f64,
    actions: VecDeque<Action>,
}

impl Default for Supervisor {
    fn default() -> Self {
        Self::new()
    }
}

impl Supervisor {
    /// The first thing that it wants is a worker.
    #[must_use]
    pub fn new() -> Self {
        Self {
            phase: Phase::Starting,
            last_id: 0,
            runs: None,
            kept: None,
            open: Vec::new(),
            repeated: None,
            replacements: 0,
            silence: 0.0,
            ticked: 0.0,
            actions: [Action::Start].into(),
        }
    }

    /// The next thing to do.
    pub fn next_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// Whether it waits for the worker, and wants to be told the time.
    #[must_use]
    pub fn waits(&self) -> bool {
        match self.phase {
            Phase::Starting => true,
            Phase::Listening => !self.open.is_empty(),
            Phase::Gone => false,
        }
    }

    /// Whether there is no worker any more, and only other runs would call for one.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.phase == Phase::Gone
    }

    /// Asks for runs. They take the place of everything that was asked for before, which is forgotten, but for the
    /// scripts that have a place of their own. Returns the id that answers carry.
    pub fn run(&mut self, requests: Vec<RunRequest>) -> AskId {
        self.forget_all();
        let ask = self.numbered(JobRequest::Runs(requests));
        let id = ask.id;
        (self.runs, self.kept) = (Some(ask.clone()), Some(id));
        if self.phase == Phase::Gone {
            self.replacements = 0;
            self.start();
        }
        self.open(ask);
        id
    }

    /// Asks for something else. Returns the id that answers carry; none where there is no worker any more, of which the page has been told.
    pub fn ask(&mut self, job: JobRequest) -> Option<AskId> {
        if let JobRequest::Runs(requests) = job {
            return Some(self.run(requests));
        }
        if self.phase == Phase::Gone {
            return None;
        }
        let ask = self.numbered(job);
        let id = ask.id;
        self.open(ask);
        Some(id)
    }

    fn numbered(&mut self, job: JobRequest) -> Ask {
        self.last_id += 1;
        Ask { id: self.last_id, job }
    }

    fn open(&mut self, ask: Ask) {
        if self.open.is_empty() {
            self.silence = 0.0;
        }
        self.send(&ask);
        self.open.push(ask);
    }

    /// Ends the runs that are under way where they stand. Their last answer comes all the same.
    pub fn stop(&mut self) {
        let Some(Ask { id, .. }) = self.runs.take_if(|runs| self.open.iter().any(|ask| ask.id == runs.id)) else {
            return;
        };
        match self.phase {
            Phase::Listening => self.post(ToWorker::Stop(id)),
            // it has not been told of them, and never will be
            Phase::Starting | Phase::Gone => self.pass_on(Answer { id, body: Body::Done }),
        }
    }

    /// Nobody wants to know any more what this request asks for.
    pub fn forget(&mut self, id: AskId) {
        let before = self.open.len();
        self.open.retain(|ask| ask.id != id);
        let told = |action: &Action| matches!(action, Action::Report(Report::Answer(answer)) if answer.id == id);
        self.actions.retain(|action| !told(action));
        if self.open.len() < before && self.phase == Phase::Listening {
            self.post(ToWorker::Forget(id));
        }
    }

    /// The worker is not needed any more.
    pub fn close(&mut self) {
        self.phase = Phase::Gone;
        self.open.clear();
        self.actions = [Action::End].into();
    }

    /// The worker has said something.
    pub fn hear(&mut self, message: FromWorker) {
        self.silence = 0.0;
        match message {
            FromWorker::Ready => self.listen(),
            FromWorker::Pulse => {}
            FromWorker::Answer(answer) => self.pass_on(answer),
            FromWorker::Broken(sentence) => self.broken(&sentence),
        }
    }

    /// A message could not be read or written. It belongs to something that is under way, which will hear no more of it: so all of that has failed.
    pub fn broken(&mut self, sentence: &str) {
        self.trouble(sentence);
        self.fail_all(sentence);
    }

    /// The browser does not start a worker.
    pub fn forbidden(&mut self) {
        self.give_up(FORBIDDEN);
    }

    /// The worker's script has failed to load, or the worker has crashed.
    pub fn died(&mut self) {
        if self.phase == Phase::Gone {
            return;
        }
        if self.replacements >= REPLACEMENTS {
            return self.give_up(LOST);
        }
        self.replacements += 1;
        self.trouble(STOPPED);
        // runs that were stopped and have not said their last word are not computed again
        let stopped: Vec<AskId> = self.open.iter().filter(|ask| self.is_stopped(ask)).map(|ask| ask.id).collect();
        for id in stopped {
            self.pass_on(Answer { id, body: Body::Done });
        }
        self.repeated = self.runs.as_ref().map(|runs| runs.id);
        if let Some(runs) = self.runs.clone().filter(|runs| self.open.iter().all(|ask| ask.id != runs.id)) {
            self.open.insert(0, runs);
        }
        self.start();
    }

    /// It is this time, in milliseconds since some moment, and the page can be seen or cannot.
    pub fn tick(&mut self, now: f64, visible: bool) {
        let since = (now - self.ticked).clamp(0.0, LONGEST_TICK);
        self.ticked = now;
        if !visible || !self.waits() {
            return;
        }
        let before = self.silence;
        self.silence += since;
        if self.phase == Phase::Listening && self.silence > SILENCE {
            self.died();
        } else if self.phase == Phase::Starting && before <= PATIENCE && self.silence > PATIENCE {
            self.trouble(SILENT);
        }
    }

    fn start(&mut self) {
        self.phase = Phase::Starting;
        self.silence = 0.0;
        self.actions.push_back(Action::Start);
    }

    fn listen(&mut self) {
        self.phase = Phase::Listening;
        for ask in self.open.clone() {
            self.send(&ask);
        }
    }

    /// Sends a request, if the worker listens and knows what is asked about.
    fn send(&mut self, ask: &Ask) {
        let waits = self.repeated.is_some_and(|id| id != ask.id);
        if self.phase == Phase::Listening && !waits {
            self.post(ToWorker::Ask(ask.clone()));
        }
    }

    fn pass_on(&mut self, answer: Answer) {
        let Some(place) = self.open.iter().position(|ask| ask.id == answer.id) else { return };
        let (id, is_last) = (answer.id, answer.body.is_last());
        self.report(Report::Answer(answer));
        if !is_last {
            return;
        }
        self.open.remove(place);
        if self.open.is_empty() {
            self.replacements = 0;
        }
        if self.repeated.take_if(|repeated| *repeated == id).is_some() {
            for ask in self.open.clone() {
                self.send(&ask);
            }
        }
    }

    /// Whether these are runs that were stopped.
    fn is_stopped(&self, ask: &Ask) -> bool {
        matches!(ask.job, JobRequest::Runs(_)) && self.runs.as_ref().is_none_or(|runs| runs.id != ask.id)
    }

    /// Nobody wants to know any more what was asked for, but for scripts that have a place of their own on the page.
    fn forget_all(&mut self) {
        let (apart, open): (Vec<Ask>, Vec<Ask>) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|ask| matches!(ask.job, JobRequest::Mlp(_) | JobRequest::Lbfgs(_)));
        let kept = self.kept.take();
        let ids: Vec<AskId> = open.iter().map(|ask| ask.id).filter(|id| Some(*id) != kept).chain(kept).collect();
        self.repeated = None;
        let is_apart = |answer: &Answer| apart.iter().any(|ask| ask.id == answer.id);
        self.actions.retain(|action| !matches!(action, Action::Report(Report::Answer(answer)) if !is_apart(answer)));
        self.open = apart;
        if self.phase == Phase::Listening {
            for id in ids {
                self.post(ToWorker::Forget(id));
            }
        }
    }

    fn give_up(&mut self, sentence: &str) {
        self.phase = Phase::Gone;
        self.actions.push_back(Action::End);
        self.trouble(sentence);
        self.fail_all(sentence);
    }

    fn fail_all(&mut self, sentence: &str) {
        self.repeated = None;
        for ask in std::mem::take(&mut self.open) {
            self.fail(ask.id, sentence);
        }
    }

    fn fail(&mut self, id: AskId, sentence: &str) {
        self.report(Report::Answer(Answer { id, body: Body::Failed(sentence.to_owned()) }));
    }

    fn trouble(&mut self, sentence: &str) {
        self.report(Report::Trouble(sentence.to_owned()));
    }

    fn report(&mut self, report: Report) {
        self.actions.push_back(Action::Report(report));
    }

    fn post(&mut self, message: ToWorker) {
        self.actions.push_back(Action::Post(message));
    }
}

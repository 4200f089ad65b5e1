//! [`Interpreter`]: what the page's end of the tab Code's worker decides: when its program is fetched, when a worker is started and replaced, and what it is told to run.
//!
//! It knows neither the browser nor a clock: it is told what happens, and says in [`Action`]s what to do about it, so that all of it is tested on the host.

use std::collections::VecDeque;

use super::code::{FromCode, RunCode};

/// How often a worker may die before it listens.
const ATTEMPTS: u32 = 2;

/// What there is of the worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing: its program has not been asked for.
    #[default]
    Absent,
    /// Its program is being fetched.
    Fetching,
    /// Its program could not be fetched, or does not start.
    Missing,
    /// It has been started and has not said that it listens.
    Starting,
    /// It waits for a program.
    Idle,
    /// It runs one.
    Running,
}

/// What the browser's end has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Fetch the program of the worker.
    Fetch,
    /// Start a worker, in the place of the one that there is.
    Start,
    /// Send it a program to run.
    Post(RunCode),
}

/// The state of the page's end.
#[derive(Debug, Default)]
pub struct Interpreter {
    phase: Phase,
    is_fetched: bool,
    /// The program to run as soon as a worker listens.
    wanted: Option<String>,
    deaths: u32,
    actions: VecDeque<Action>,
}

impl Interpreter {
    /// What there is of the worker.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether a program runs or is going to.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.phase == Phase::Running || self.wanted.is_some()
    }

    /// The next thing to do.
    pub fn next_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// Makes a worker ready.
    pub fn prepare(&mut self) {
        if matches!(self.phase, Phase::Absent | Phase::Missing) {
            self.deaths = 0;
            if self.is_fetched { self.start() } else { self.fetch() }
        }
    }

    /// Runs a program, in the place of the one that runs.
    pub fn run(&mut self, text: String) {
        self.wanted = Some(text);
        match self.phase {
            Phase::Idle => self.post(),
            Phase::Running => self.start(),
            Phase::Absent | Phase::Missing => self.prepare(),
            Phase::Fetching | Phase::Starting => {}
        }
    }

    /// Ends the program that runs, or is going to.
    pub fn stop(&mut self) {
        self.wanted = None;
        if self.phase == Phase::Running {
            self.start();
        }
    }

    /// The worker's program has come, or could not be fetched.
    pub fn fetched(&mut self, is_there: bool) {
        self.is_fetched = is_there;
        if self.phase == Phase::Fetching {
            if is_there { self.start() } else { self.phase = Phase::Missing }
        }
    }

    /// The worker has said something.
    pub fn hear(&mut self, message: &FromCode) {
        match message {
            FromCode::Ready if self.phase == Phase::Starting => {
                self.deaths = 0;
                self.rest();
            }
            // Each run has a worker of its own: `RustPython` counts references in 15 bits where pointers have 32, and what an interpreter leaves behind
            // goes on counting.
            FromCode::Ended(_) if self.phase == Phase::Running => self.start(),
            _ => {}
        }
    }

    /// The worker has died. Another one takes its place, but does not run again what the first one died of.
    pub fn died(&mut self) {
        if self.phase == Phase::Running {
            return self.start();
        }
        self.deaths += 1;
        if self.deaths < ATTEMPTS { self.start() } else { self.phase = Phase::Missing }
    }

    fn fetch(&mut self) {
        self.phase = Phase::Fetching;
        self.actions.push_back(Action::Fetch);
    }

    fn start(&mut self) {
        self.phase = Phase::Starting;
        self.actions.push_back(Action::Start);
    }

    fn rest(&mut self) {
        self.phase = Phase::Idle;
        if self.wanted.is_some() {
            self.post();
        }
    }

    fn post(&mut self) {
        if let Some(text) = self.wanted.take() {
            self.phase = Phase::Running;
            self.actions.push_back(Action::Post(RunCode { text }));
        }
    }
}

//! What a request becomes in the worker: a [`Job`] that is done slice by slice. Each kind of question has a file here.

mod curves;
mod dissect;
mod holding;
mod inspect;
mod kept;
mod lbfgs;
mod map_row;
mod measure;
mod mlp;
mod modules;
mod runs;
mod stability;
mod tanh_row;
mod texts;

use std::cell::RefCell;

use crate::base::error::Error;
use crate::lecture::run::cache::Shared;
use crate::worker::protocol::{Ask, Body, JobRequest};

pub use curves::CurvesOf;
pub use dissect::Dissect;
pub use holding::HoldingOf;
pub use inspect::Inspect;
pub use kept::Kept;
pub use lbfgs::LbfgsOf;
pub use map_row::MapRow;
pub use measure::Measure;
pub use mlp::Network;
pub use modules::Modules;
pub use runs::Runs;
pub use stability::Limits;
pub use tanh_row::{TanhCurve, TanhRow};
pub use texts::{KeysOf, Programs, TracedSteps};

/// What goes first; jobs of the same urgency are done in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody looks at the place where the answer will stand; it takes a moment.
    Question,
    /// The runs on screen.
    Runs,
    /// A training of a few seconds that has a place of its own on the page.
    Script,
    /// A row of a map, one of many.
    MapRow,
    /// Wants nothing to go on beside it.
    Measurement,
}

/// What a job may use.
pub struct Context<'a> {
    /// What runs share.
    pub shared: &'a Shared,
    /// The runs that can be asked about.
    pub kept: &'a RefCell<Kept>,
    /// The time in milliseconds since some moment.
    pub clock: &'a dyn Fn() -> f64,
}

/// Something to do.
pub trait Job {
    /// How urgent it is.
    fn urgency(&self) -> Urgency;

    /// Does some more of it, for about [`crate::worker::pace::SLICE`] milliseconds or less. Not called again once it is done or has failed.
    fn slice(&mut self, cx: &Context<'_>) -> Slice;
}

/// What a slice has come to.
#[derive(Debug)]
pub struct Slice {
    /// What is to be said, in this order.
    pub said: Vec<Body>,
    /// How it goes on.
    pub next: Next,
}

/// How a job goes on.
#[derive(Debug)]
pub enum Next {
    /// There is more to do.
    More,
    /// It is done.
    Done,
    /// It cannot be done; what was said before holds.
    Failed(Error),
}

impl Slice {
    /// With this to be said, it goes on.
    #[must_use]
    pub fn more(said: Vec<Body>) -> Self {
        Self { said, next: Next::More }
    }

    /// With this to be said, it is done.
    #[must_use]
    pub fn done(said: Vec<Body>) -> Self {
        Self { said, next: Next::Done }
    }

    /// A turn that says something, and returns whether all is done.
    pub fn of(turn: impl FnOnce(&mut Vec<Body>) -> Result<bool, Error>) -> Self {
        let mut said = Vec::new();
        match turn(&mut said) {
            Ok(false) => Self::more(said),
            Ok(true) => Self::done(said),
            Err(error) => Self::failed(said, error),
        }
    }

    /// With this to be said, it has failed.
    #[must_use]
    pub fn failed(said: Vec<Body>, error: Error) -> Self {
        Self { said, next: Next::Failed(error) }
    }
}

/// Makes the job that answers a request.
pub type Make = fn(Ask) -> Box<dyn Job>;

/// The job that answers a request, if it is one that the first picture needs; else the request.
///
/// # Errors
/// The request is another, whose job [`job`] makes.
#[allow(clippy::result_large_err, reason = "no failure: the request goes back to whoever holds it")]
pub fn early(ask: Ask) -> Result<Box<dyn Job>, Ask> {
    match ask.job {
        JobRequest::Runs(requests) => Ok(Box::new(Runs::new(ask.id, requests))),
        JobRequest::Inspect(steps) => Ok(Box::new(Inspect::new(steps))),
        _ => Err(ask),
    }
}

/// The job that answers a request.
#[must_use]
pub fn job(ask: Ask) -> Box<dyn Job> {
    match ask.job {
        JobRequest::Runs(requests) => Box::new(Runs::new(ask.id, requests)),
        JobRequest::Inspect(steps) => Box::new(Inspect::new(steps)),
        JobRequest::Dissect(step) => Box::new(Dissect::new(step)),
        JobRequest::Programs { config, rows } => Box::new(Programs::new(config, rows)),
        JobRequest::Keys { config, epoch } => Box::new(KeysOf::new(config, epoch)),
        JobRequest::Traced => Box::new(TracedSteps),
        JobRequest::Modules(request) => Box::new(Modules::new(request)),
        JobRequest::MapRow(request) => Box::new(MapRow::new(request)),
        JobRequest::Holding(request) => Box::new(HoldingOf::new(request)),
        JobRequest::TanhRow(request) => Box::new(TanhRow::new(request)),
        JobRequest::TanhCurve(request) => Box::new(TanhCurve(request)),
        JobRequest::Curves(request) => Box::new(CurvesOf::new(request)),
        JobRequest::Measure(config) => Box::new(Measure::new(config)),
        JobRequest::Limits(config) => Box::new(Limits::new(config)),
        JobRequest::Mlp(request) => Box::new(Network::new(request)),
        JobRequest::Lbfgs(request) => Box::new(LbfgsOf::new(request)),
    }
}

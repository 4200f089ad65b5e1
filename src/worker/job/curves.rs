//! [`CurvesOf`]: computes the course of a run, with one or several shuffles.

use crate::base::error::Result;
use crate::lecture::run::seeds::{Curves, CurvesRequest};
use crate::lecture::run::sweep::Sweep;
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::Pace;
use crate::worker::protocol::Body;

/// Runs that are looked at, one after the other, some steps to a slice.
#[derive(Debug)]
pub struct CurvesOf {
    request: CurvesRequest,
    /// The run that is under way.
    sweep: Option<Sweep>,
    /// How many were finished.
    finished: u32,
    found: Curves,
    pace: Pace,
}

impl CurvesOf {
    /// These runs.
    #[must_use]
    pub fn new(request: CurvesRequest) -> Self {
        Self { request, sweep: None, finished: 0, found: Curves::default(), pace: Pace::default() }
    }

    /// Takes some more steps; the courses of all, when there are no more.
    fn more(&mut self, cx: &Context<'_>) -> Result<Option<Curves>> {
        let sweep = match &mut self.sweep {
            Some(sweep) => sweep,
            none => none.insert(self.request.sweep(self.finished, cx.shared)?),
        };
        let (started, before) = ((cx.clock)(), sweep.steps_taken());
        let chunk = sweep.advance(self.pace.steps())?;
        self.pace.took(sweep.steps_taken() - before, (cx.clock)() - started);
        self.found.stride = chunk.stride;
        self.found.losses.extend(chunk.losses);
        self.found.norms.extend(chunk.norms);
        if sweep.is_done() {
            self.sweep = None;
            self.finished += 1;
        }
        Ok((self.finished >= self.request.shuffles.max(1)).then(|| std::mem::take(&mut self.found)))
    }
}

impl Job for CurvesOf {
    fn urgency(&self) -> Urgency {
        Urgency::Runs
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match self.more(cx) {
            Ok(None) => Slice::more(Vec::new()),
            Ok(Some(curves)) => Slice::done(vec![Body::Curves(curves)]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

//! [`CurvesOf`]: computes how runs of the same settings go.

use crate::base::error::Result;
use crate::lecture::run::seeds::{Course, Curves, CurvesRequest, Past};
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::{PORTION, Pace};
use crate::worker::protocol::Body;

/// Runs that are looked at, one after the other, some steps to a slice.
#[derive(Debug)]
pub struct CurvesOf {
    request: CurvesRequest,
    /// The one that is under way.
    course: Option<Course>,
    /// Those that are finished.
    past: Vec<Past>,
    pace: Pace,
}

impl CurvesOf {
    /// These runs.
    #[must_use]
    pub fn new(request: CurvesRequest) -> Self {
        Self { request, course: None, past: Vec::new(), pace: Pace::default() }
    }

    /// Takes some more steps; how all went, when there are no more.
    fn more(&mut self, cx: &Context<'_>) -> Result<Option<Curves>> {
        let mut course = match self.course.take() {
            Some(course) => course,
            None => self.request.course(self.past.len() as u32, cx.shared)?,
        };
        let (started, before) = ((cx.clock)(), course.steps_taken());
        course.advance(self.pace.steps())?;
        self.pace.took(course.steps_taken() - before, (cx.clock)() - started);
        if !course.is_done() {
            self.course = Some(course);
            return Ok(None);
        }
        self.past.push(course.finish()?);
        let all = self.past.len() >= self.request.runs.max(1) as usize;
        Ok(all.then(|| self.request.curves(&self.past)))
    }
}

impl Job for CurvesOf {
    fn urgency(&self) -> Urgency {
        Urgency::Runs
    }

    /// Takes steps of one run, or of several short ones.
    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        let started = (cx.clock)();
        // at least one portion, however the clock jumps
        loop {
            match self.more(cx) {
                Ok(None) if (cx.clock)() - started < PORTION => {}
                Ok(None) => return Slice::more(Vec::new()),
                Ok(Some(curves)) => return Slice::done(vec![Body::Curves(curves)]),
                Err(error) => return Slice::failed(Vec::new(), error),
            }
        }
    }
}

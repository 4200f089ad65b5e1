//! [`MapRow`]: computes a row of a map.

use crate::base::error::Result;
use crate::lecture::run::map::{Outcomes, RowRequest};
use crate::lecture::run::sweep::Sweep;
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::Pace;
use crate::worker::protocol::Body;

/// A row, some steps of all its trainings to a slice, one shuffle after the other.
#[derive(Debug)]
pub struct MapRow {
    request: RowRequest,
    /// None before the first slice.
    sweep: Option<Sweep>,
    /// How the trainings ended with the shuffles that were finished.
    found: Vec<Outcomes>,
    pace: Pace,
}

impl MapRow {
    /// This row.
    #[must_use]
    pub fn new(request: RowRequest) -> Self {
        Self { request, sweep: None, found: Vec::new(), pace: Pace::default() }
    }

    /// Takes some more steps; how all ended, when there are no more.
    fn more(&mut self, cx: &Context<'_>) -> Result<Option<Outcomes>> {
        let sweep = match &mut self.sweep {
            Some(sweep) => sweep,
            none => none.insert(self.request.sweep(self.found.len() as u32, cx.shared)?),
        };
        let (started, before) = ((cx.clock)(), sweep.steps_taken());
        sweep.skip(self.pace.steps())?;
        self.pace.took(sweep.steps_taken() - before, (cx.clock)() - started);
        if sweep.is_done() {
            self.found.push(Outcomes::of(sweep)?);
            self.sweep = None;
        }
        let all = self.found.len() >= self.request.shuffles.max(1) as usize;
        Ok(all.then(|| Outcomes::over(std::mem::take(&mut self.found))))
    }
}

impl Job for MapRow {
    fn urgency(&self) -> Urgency {
        Urgency::MapRow
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match self.more(cx) {
            Ok(None) => Slice::more(Vec::new()),
            Ok(Some(outcomes)) => Slice::done(vec![Body::Row(outcomes)]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

//! [`HoldingOf`]: finds the largest learning rate that holds, for several shuffles.

use crate::base::error::Result;
use crate::lecture::run::holding::{Holding, HoldingRequest};
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::{PORTION, Pace};
use crate::worker::protocol::Body;

/// The search, some steps to a slice.
#[derive(Debug)]
pub struct HoldingOf {
    holding: Holding,
    pace: Pace,
}

impl HoldingOf {
    /// This search.
    #[must_use]
    pub fn new(request: HoldingRequest) -> Self {
        Self { holding: Holding::new(request), pace: Pace::default() }
    }

    fn more(&mut self, cx: &Context<'_>) -> Result<bool> {
        let began = (cx.clock)();
        // at least one turn, however the clock jumps
        loop {
            let started = (cx.clock)();
            let taken = self.holding.advance(self.pace.steps(), cx.shared)?;
            let now = (cx.clock)();
            self.pace.took(taken, now - started);
            if self.holding.is_done() || now - began >= PORTION {
                return Ok(self.holding.is_done());
            }
        }
    }
}

impl Job for HoldingOf {
    fn urgency(&self) -> Urgency {
        Urgency::MapRow
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        Slice::of(|said| {
            let is_done = self.more(cx)?;
            if is_done {
                said.push(Body::Held(self.holding.held().to_vec()));
            }
            Ok(is_done)
        })
    }
}

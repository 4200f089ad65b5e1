//! [`TanhRow`]: computes trainings of the network of hyperbolic tangents, a part of a row of its map. [`TanhCurve`]: the losses of one of them.

use crate::base::error::Result;
use crate::lecture::run::map::Outcomes;
use crate::lecture::run::seeds::Curves;
use crate::lecture::run::tanh::{STEPS, TanhRequest};
use crate::worker::job::{Context, Job, Slice, Urgency};
use crate::worker::pace::PORTION;
use crate::worker::protocol::Body;

/// Some trainings, as many to a slice as there is time for.
#[derive(Debug)]
pub struct TanhRow {
    request: TanhRequest,
    found: Outcomes,
}

impl TanhRow {
    /// These trainings.
    #[must_use]
    pub fn new(request: TanhRequest) -> Self {
        Self { request, found: Outcomes::default() }
    }

    /// Computes some more; whether all are computed.
    fn more(&mut self, cx: &Context<'_>) -> Result<bool> {
        let trainings = cx.shared.tanh()?;
        let mut trainings = trainings.borrow_mut();
        let started = (cx.clock)();
        loop {
            let done = self.found.losses.len();
            let rates = &self.request.rates[done..];
            let some = &rates[..rates.len().min(trainings.lanes())];
            if some.is_empty() {
                return Ok(true);
            }
            self.found.append(trainings.outcomes(self.request.seed, some)?);
            if (cx.clock)() - started >= PORTION {
                return Ok(self.found.losses.len() >= self.request.rates.len());
            }
        }
    }
}

impl Job for TanhRow {
    fn urgency(&self) -> Urgency {
        Urgency::MapRow
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match self.more(cx) {
            Ok(false) => Slice::more(Vec::new()),
            Ok(true) => Slice::done(vec![Body::Row(std::mem::take(&mut self.found))]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

/// The losses of one training.
#[derive(Debug)]
pub struct TanhCurve(pub TanhRequest);

impl TanhCurve {
    fn curves(&self, cx: &Context<'_>) -> Result<Curves> {
        let trainings = cx.shared.tanh()?;
        let mut trainings = trainings.borrow_mut();
        let lanes = trainings.lanes();
        let rates = &self.0.rates[..self.0.rates.len().min(1)];
        let losses = trainings.losses(self.0.seed, rates, STEPS)?;
        let own = losses.into_iter().step_by(lanes).chain(std::iter::repeat(f32::INFINITY));
        let own: Vec<f32> = own.map(|loss| if loss.is_nan() { f32::INFINITY } else { loss }).take(STEPS).collect();
        let steps = (1..=STEPS as u32).collect();
        Ok(Curves { steps, losses: [own.clone(), own.clone(), own], ..Curves::default() })
    }
}

impl Job for TanhCurve {
    fn urgency(&self) -> Urgency {
        Urgency::Question
    }

    fn slice(&mut self, cx: &Context<'_>) -> Slice {
        match self.curves(cx) {
            Ok(curves) => Slice::done(vec![Body::Curves(curves)]),
            Err(error) => Slice::failed(Vec::new(), error),
        }
    }
}

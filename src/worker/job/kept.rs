//! [`Kept`]: the runs that were computed, or are being computed, as long as their steps may be asked about.

use crate::base::error::Result;
use crate::lecture::run::anatomy::{Anatomy, Subject};
use crate::lecture::run::dissection::Dissection;
use crate::lecture::run::inspection::Inspection;
use crate::lecture::run::trainer::Trainer;
use crate::worker::protocol::{AskId, StepRef};

/// Trainers, by the requests that asked for them. There are never more than a few, so they are a list.
#[derive(Debug, Default)]
pub struct Kept(Vec<(AskId, Vec<Trainer>)>);

impl Kept {
    /// The runs of a request that were begun.
    pub fn of(&mut self, ask: AskId) -> &mut Vec<Trainer> {
        let known = self.0.iter().position(|(id, _)| *id == ask);
        let place = known.unwrap_or_else(|| {
            self.0.push((ask, Vec::new()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Forgets those of a request.
    pub fn forget(&mut self, ask: AskId) {
        self.0.retain(|(id, _)| *id != ask);
    }

    /// Takes a step apart, operation by operation; none if it was not taken by a run that is kept.
    pub fn dissect(&mut self, at: StepRef) -> Option<Result<Dissection>> {
        self.taken(at).map(|trainer| trainer.dissect(at.step))
    }

    /// Takes a step apart; none if it was not taken by a run that is kept.
    pub fn inspect(&mut self, at: StepRef) -> Option<Result<Inspection>> {
        self.taken(at).map(|trainer| trainer.inspect(at.step))
    }

    /// Takes the modules of a run apart around a step; none if it was not taken by a run that is kept.
    pub fn anatomy(&mut self, at: StepRef, subject: Subject) -> Option<Result<Anatomy>> {
        self.taken(at).map(|trainer| trainer.anatomy(at.step, subject))
    }

    /// The run that has taken a step.
    fn taken(&mut self, StepRef { run, step }: StepRef) -> Option<&mut Trainer> {
        let (_, trainers) = self.0.iter_mut().find(|(id, _)| *id == run.ask)?;
        trainers.get_mut(run.run).filter(|trainer| step < trainer.steps_taken())
    }
}

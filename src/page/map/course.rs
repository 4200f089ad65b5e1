//! The course of the run that is pointed at: up to which step to look at it, and what is said where it leaves float32.

use crate::base::words::thousands;
use crate::worker::protocol::Curves;

/// At how many steps a course is looked at.
pub const ENTRIES: usize = 240;

/// With fewer of them before a run leaves float32, its curve does not tell how it came there.
const FEW: usize = 24;

/// Which of the steps that were looked at is the first after which ‖θ−θ̂‖ is beyond float32, in a run that ends there.
fn left(curves: &Curves) -> Option<usize> {
    let [_, norms, _] = &curves.norms;
    curves.finals.first().filter(|last| !last.is_finite())?;
    norms.iter().position(|norm| !norm.is_finite())
}

/// The step up to which to look once more, at more steps: the run has left float32 by then, after hardly any that were looked at. None where every step was.
#[must_use]
pub fn closer(curves: &Curves) -> Option<usize> {
    let left = left(curves)?;
    let step = *curves.steps.get(left)? as usize;
    (left < FEW && step > left + 1).then_some(step)
}

/// What is said below the curves of a run whose ‖θ−θ̂‖ leaves float32, as it may before the parameters do, if they do at all: it is made of squares.
#[must_use]
pub fn remark(curves: &Curves) -> Option<String> {
    let left = left(curves)?;
    let step = *curves.steps.get(left)?;
    let before = left.checked_sub(1).and_then(|before| curves.steps.get(before)).copied().unwrap_or_default();
    let at = if before + 1 == step { "at" } else { "by" };
    Some(format!("‖θ − θ̂‖ leaves float32 {at} step {}; the curves show how.", thousands(step as usize)))
}

//! The loss as a pitch: high where it is large, low where it is small, on a logarithmic scale as in the chart.

use crate::page::runs::Recording;

/// The lowest and the highest pitch of finite losses, in hertz: three octaves.
pub const RANGE: (f64, f64) = (165.0, 1320.0);
/// The pitch of a loss that is beyond float32.
pub const BEYOND: f64 = 1760.0;

/// The pitch of the loss where `step` steps have been taken, in hertz; none before the first step.
#[must_use]
pub fn pitch(run: &Recording, step: usize) -> Option<f64> {
    let loss = *run.steps.losses.get(run.entry(step)?)?;
    if !loss.is_finite() {
        return Some(BEYOND);
    }
    let logs =
        || run.steps.losses.iter().filter(|loss| loss.is_finite() && **loss > 0.0).map(|loss| f64::from(*loss).ln());
    let (low, high) = logs().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), log| (low.min(log), high.max(log)));
    let place = if high > low && loss > 0.0 { (f64::from(loss).ln() - low) / (high - low) } else { 0.0 };
    Some(RANGE.0 * (RANGE.1 / RANGE.0).powf(place))
}

//! Which steps the entries of a recording stand for.

/// Entries of a recording, evenly spaced: entry `i` stands for the moment after `min((i + 1) · stride, total)` steps, as in
/// [`Chunk`](crate::lecture::run::recording::Chunk).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// Steps between entries.
    pub stride: usize,
    /// Steps in the whole run.
    pub total: usize,
}

impl Sampling {
    /// Every step of a run.
    #[must_use]
    pub fn every_step(total: usize) -> Self {
        Self { stride: 1, total }
    }

    /// The step after which an entry was recorded.
    #[must_use]
    pub fn step(&self, entry: usize) -> usize {
        entry.saturating_add(1).saturating_mul(self.stride.max(1)).min(self.total)
    }

    /// The last entry of `entries` that was recorded after `step` steps or before. None at the start, beyond the run, and where the recording has
    /// not come so far.
    #[must_use]
    pub fn entry(&self, step: usize, entries: usize) -> Option<usize> {
        let entry = self.until(step).checked_sub(1)?;
        (step <= self.total && entry < entries).then_some(entry)
    }

    /// The recorded step that is nearest to a step of the run, the start included: what can be read off a curve there belongs to it.
    #[must_use]
    pub fn nearest(&self, step: usize) -> usize {
        let stride = self.stride.max(1);
        let before = step / stride * stride;
        let after = before.saturating_add(stride).min(self.total);
        if step - before <= after.saturating_sub(step) { before } else { after }
    }

    /// How many entries a whole recording has up to a step, that of the step included.
    pub(super) fn until(&self, step: usize) -> usize {
        let stride = self.stride.max(1);
        if step >= self.total { self.total.div_ceil(stride) } else { step / stride }
    }
}

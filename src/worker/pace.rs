//! [`Pace`]: how much to do in a slice, so that it lasts about as long as it should.

/// How long a slice should take, in milliseconds; with the swings of a shared machine it stays below 8.
pub const SLICE: f64 = 6.0;
/// How long one portion of a slice should take, in milliseconds: what follows may be of another kind and take longer.
pub const PORTION: f64 = SLICE / 2.0;
/// Steps in the first portion, before any was timed.
const FIRST: usize = 512;

/// Measures portions, and says how large the next one should be.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    steps: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { steps: FIRST }
    }
}

impl Pace {
    /// Steps in the next portion, at least one.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// A portion of this many steps has taken this many milliseconds. The next one is at most four times as large as the one before, and at least a quarter of
    /// it.
    pub fn took(&mut self, steps: usize, milliseconds: f64) {
        if steps > 0 {
            let wanted = steps as f64 * PORTION / milliseconds.max(0.01);
            self.steps = (wanted.min(self.steps as f64 * 4.0) as usize).max(self.steps / 4).max(1);
        }
    }
}

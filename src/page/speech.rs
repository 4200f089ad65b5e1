//! When a screen reader is told what has changed: when things rest, and not at every place of a slider on its way.

/// For how long nothing must have changed, in milliseconds.
pub const REST: f64 = 700.0;
/// The shortest time from one sentence to the next, in milliseconds.
pub const PAUSE: f64 = 2_000.0;

/// What was said last, and what has changed since.
#[derive(Clone, Debug)]
pub struct Speech {
    said: Vec<String>,
    spoken: f64,
    changed: f64,
}

impl Default for Speech {
    fn default() -> Self {
        Self { said: Vec::new(), spoken: f64::NEG_INFINITY, changed: f64::NEG_INFINITY }
    }
}

impl Speech {
    /// Something has changed at this time.
    pub fn change(&mut self, now: f64) {
        self.changed = now;
    }

    /// For how many milliseconds there is nothing to be said yet.
    #[must_use]
    pub fn wait(&self, now: f64) -> f64 {
        (self.changed + REST).max(self.spoken + PAUSE) - now
    }

    /// Of what can be said, what differs from what was said last. Nothing differs at first: whoever opens the page reads it.
    pub fn say(&mut self, now: f64, sentences: Vec<String>) -> Option<String> {
        let differs = |(index, sentence): (usize, &String)| self.said.get(index).is_none_or(|said| said != sentence);
        let new: Vec<&str> =
            sentences.iter().enumerate().filter(|pair| differs(*pair)).map(|(_, sentence)| sentence.as_str()).collect();
        let text = new.join(". ");
        let is_first = self.said.is_empty();
        self.said = sentences;
        if is_first || text.is_empty() {
            return None;
        }
        self.spoken = now;
        Some(text)
    }
}

//! Durations in words.

/// How long something took, in milliseconds. Some browsers' clocks tell only integers, and then a short time is none.
#[must_use]
pub fn milliseconds(took: f64) -> String {
    if took < 0.05 { "under 1".to_owned() } else { format!("{took:.1}") }
}

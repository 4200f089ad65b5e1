//! Durations in words.

/// How long something took, in milliseconds. Some browsers' clocks tell only integers, and then a short time is none.
#[must_use]
pub fn milliseconds(took: f64) -> String {
    if took < 0.05 { "under 1".to_owned() } else { format!("{took:.1}") }
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn a_time_is_never_nothing() {
        assert_eq!([0.0, 0.04, 0.05, 1.96, 12.0].map(milliseconds), ["under 1", "under 1", "0.1", "2.0", "12.0"]);
    }
}

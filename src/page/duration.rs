//! Durations in words.

/// How long something took, in milliseconds. Some browsers' clocks tell only integers, and then a short time is none.
#[must_use]
fn milliseconds(took: f64) -> String {
    if took < 0.05 { "under 1".to_owned() } else { format!("{took:.1}") }
}

/// How long something took, in milliseconds, with a unit that suits it.
#[must_use]
pub fn elapsed(took: f64) -> String {
    if took < 999.95 { format!("{} ms", milliseconds(took)) } else { format!("{:.2} s", took / 1000.0) }
}

/// A duration in microseconds with a unit that suits it. It is never 0; what is no number could not be measured.
#[must_use]
pub fn microseconds(took: f64) -> String {
    match took {
        unknown if unknown.is_nan() => "not measurable".to_owned(),
        none if none < 0.0006 => "under 1 ns".to_owned(),
        few if few < 0.9995 => format!("{:.0} ns", few * 1000.0),
        some if some < 999.95 => format!("{some:.1} µs"),
        many => format!("{:.2} ms", many / 1000.0),
    }
}

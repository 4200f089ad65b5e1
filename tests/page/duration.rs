//! Durations in words.

use thetahat::page::duration::{elapsed, microseconds};

#[test]
fn a_time_is_never_nothing() {
    let times = [0.0, 0.04, 0.05, 1.96, 12.0, 999.94, 999.96, 3394.9];
    let texts = ["under 1 ms", "under 1 ms", "0.1 ms", "2.0 ms", "12.0 ms", "999.9 ms", "1.00 s", "3.39 s"];
    assert_eq!(times.map(elapsed), texts);
}

#[test]
fn a_time_in_microseconds_has_a_unit_that_suits_it_and_is_never_nothing() {
    let times = [0.0, 1e-6, 0.0007, 0.0123, 0.9994, 0.9996, 1.0, 25.04, 999.94, 999.96, 1234.5, f64::NAN];
    let texts = [
        "under 1 ns",
        "under 1 ns",
        "1 ns",
        "12 ns",
        "999 ns",
        "1.0 µs",
        "1.0 µs",
        "25.0 µs",
        "999.9 µs",
        "1.00 ms",
        "1.23 ms",
        "not measurable",
    ];
    assert_eq!(times.map(microseconds), texts);
}

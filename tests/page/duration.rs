//! Durations in words.

use thetahat::page::duration::milliseconds;

#[test]
fn a_time_is_never_nothing() {
    assert_eq!([0.0, 0.04, 0.05, 1.96, 12.0].map(milliseconds), ["under 1", "under 1", "0.1", "2.0", "12.0"]);
}

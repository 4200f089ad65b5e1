//! Slices stay near their length, whatever a step costs.

use proptest::prelude::*;
use thetahat::worker::pace::{PORTION, Pace, SLICE};

proptest! {
    /// Once it knows what a step costs, a portion is about as long as it should be, unless a single step is longer. A step that suddenly costs more makes one long
    /// portion, no second one.
    #[test]
    fn portions_last_as_long_as_they_should(costs in prop::collection::vec(1e-4_f64..20.0, 1..6)) {
        let mut pace = Pace::default();
        for &cost in &costs {
            for portion in 0..20 {
                let (steps, took) = (pace.steps(), pace.steps() as f64 * cost);
                pace.took(steps, took);
                prop_assert!(steps >= 1);
                if portion >= 12 {
                    prop_assert!(took <= PORTION.max(cost) + 1e-9, "{steps} steps of {cost} ms");
                    prop_assert!(took > PORTION / 2.0, "{steps} steps of {cost} ms");
                }
            }
        }
        prop_assert!(PORTION < SLICE);
    }
}

#[test]
fn one_measurement_changes_little() {
    let mut pace = Pace::default();
    let first = pace.steps();
    pace.took(first, 0.0);
    assert_eq!(pace.steps(), first * 4, "a clock that stands still");
    pace.took(pace.steps(), 1e9);
    assert_eq!(pace.steps(), first, "a machine that was asleep");
    pace.took(0, 5.0);
    assert_eq!(pace.steps(), first, "nothing was done");
}

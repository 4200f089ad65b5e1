//! The clock of playing time.

use thetahat::page::playback::{Clock, Speed};

fn speed(name: &str) -> Speed {
    Speed::ALL.into_iter().find(|speed| speed.name() == name).expect("a speed")
}

#[test]
fn time_goes_on_with_the_frames() {
    let speed = speed("200 steps/s");
    let mut clock = Clock::start(10, 1000.0, speed);
    let mut step = 0;
    for frame in 1..=60 {
        step = clock.tick(1000.0 + f64::from(frame) * 50.0 / 3.0, speed).step;
    }
    assert_eq!(step, 210, "a second at 200 steps a second");
}

#[test]
fn a_page_that_was_hidden_or_busy_does_not_leap() {
    let speed = speed("200 steps/s");
    let mut clock = Clock::start(0, 0.0, speed);
    clock.tick(16.0, speed);
    let before = clock.tick(32.0, speed).step;
    let after = clock.tick(15_032.0, speed).step;
    assert!(after - before <= 20, "from {before} to {after} after a pause of 15 seconds");
    assert!(clock.tick(15_000.0, speed).step >= after, "a clock that jumps back does not turn time back");
}

#[test]
fn a_change_of_speed_does_not_move_the_playhead() {
    let (slow, fast) = (speed("20 steps/s"), speed("20,000 steps/s"));
    let mut clock = Clock::start(0, 0.0, slow);
    for frame in 1..=10 {
        clock.tick(f64::from(frame) * 100.0, slow);
    }
    let at_change = clock.tick(1000.0, fast).step;
    assert_eq!(clock.tick(1000.0, fast).step, at_change);
    assert_eq!(clock.tick(1010.0, fast).step, at_change + 200);
}

//! Repeats something often enough for the clock to see it.

/// One repetition lasts at least this many milliseconds: a browser's clock may tick in tenths of one.
const SHORTEST: f64 = 15.0;

/// How long one call of `call` takes, in milliseconds: this many times after a warm-up. Calls that are shorter than the clock can tell are measured
/// several at a time.
pub fn repeat(repetitions: usize, clock: &dyn Fn() -> f64, mut call: impl FnMut()) -> Vec<f64> {
    let mut time = |calls: u32| {
        let started = clock();
        for _ in 0..calls {
            call();
        }
        clock() - started
    };
    let mut calls = 1;
    while time(calls) < SHORTEST {
        calls *= 2;
    }
    for _ in 0..(repetitions / 10).max(3) {
        time(calls);
    }
    (0..repetitions).map(|_| time(calls) / f64::from(calls)).collect()
}

/// The median, or NaN of nothing.
#[must_use]
pub fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// The smallest of the times that at least this share of them, from 0 to 1, does not exceed; NaN of nothing.
#[must_use]
pub fn quantile(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small number"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn short_calls_are_measured_several_at_a_time() {
        let now = Cell::new(0.0);
        // a clock that ticks in tenths, and a call that takes a hundredth
        let clock = || (now.get() * 10.0_f64).floor() / 10.0;
        let times = repeat(11, &clock, || now.set(now.get() + 0.01));
        assert_eq!(times.len(), 11);
        assert!(times.iter().all(|time| (time - 0.01).abs() < 1e-4), "{times:?}");
    }

    #[test]
    fn medians() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&[]).is_nan());
        let times: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!([0.0, 0.5, 0.95, 1.0].map(|share| quantile(&times, share)), [1.0, 100.0, 190.0, 200.0]);
        assert!(quantile(&[], 0.5).is_nan());
    }
}

//! [`Pairs`]: whether two settings end differently, or whether that is luck: each run of the one is held against the run of the other with the same shuffles.

use crate::lecture::run::seeds::middle;

/// How runs of two settings ended, pair by pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pairs {
    /// How many pairs there are of which one at least stayed in float32.
    pub count: usize,
    /// How many pairs both left it: nothing can be said of them.
    pub lost: usize,
    /// In how many of them the second ends nearer to θ than the first.
    pub nearer: usize,
    /// In how many both end equally far.
    pub equal: usize,
    /// How many pairs the middle 90 % are.
    pub middle: usize,
    /// The second's final ‖θ−θ̂‖ divided by the first's: the least of the middle 90 % of all pairs, the median, and the largest. Where only one of the two left
    /// float32, or ends at θ itself, it is 0 or infinite.
    pub ratio: [f32; 3],
}

impl Pairs {
    /// Pairs the final distances of the first settings with those of the second, in their order; none where there is no pair.
    /// Of pairs that are all lost, everything but their number is 0.
    #[must_use]
    pub fn of(first: &[f32], second: &[f32]) -> Option<Self> {
        let all = first.len().min(second.len());
        let mut ratios: Vec<f32> =
            first.iter().zip(second).filter_map(|(&first, &second)| ratio(first, second)).collect();
        let count = ratios.len();
        let lost = all - count;
        if count == 0 {
            return (all > 0).then_some(Self { count, lost, nearer: 0, equal: 0, middle: 0, ratio: [0.0; 3] });
        }
        let nearer = ratios.iter().filter(|&&ratio| ratio < 1.0).count();
        let equal = ratios.iter().filter(|&&ratio| ratio == 1.0).count();
        let ratio = middle(&mut ratios);
        Some(Self { count, lost, nearer, equal, middle: count - 2 * (count / 20), ratio })
    }

    /// Whether one of the two ends nearer in more pairs than chance explains, although not in nearly all: the sign test at the level of 1 %, by the normal
    /// approximation of the binomial distribution.
    #[must_use]
    pub fn leans(&self) -> bool {
        const QUANTILE: f64 = 2.576;
        let unequal = self.count - self.equal;
        let farther = unequal - self.nearer;
        self.nearer.abs_diff(farther) as f64 > QUANTILE * (unequal as f64).sqrt()
    }

    /// Whether the middle 90 % of all pairs leave out that both end equally far.
    #[must_use]
    pub fn is_effect(&self) -> bool {
        self.count > 0 && (self.ratio[0] > 1.0 || self.ratio[2] < 1.0)
    }
}

fn ratio(first: f32, second: f32) -> Option<f32> {
    Some(match (first.is_finite(), second.is_finite()) {
        (true, true) if first == second => 1.0,
        (true, true) => second / first,
        (false, false) => return None,
        (true, false) => f32::INFINITY,
        (false, true) => 0.0,
    })
}

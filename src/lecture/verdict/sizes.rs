//! How a sequence of sizes goes on: whether it falls, grows, has settled or is thrown about, and since when.

use crate::base::order::order_by;

/// Of so many sizes in a row the median counts where batches differ.
const WINDOW: usize = 5;

/// Of sizes whose quartiles are so many times apart no single one is typical: of distances, of which those in a noise ball are within a factor of four. Of losses it is the square.
const THROWN: f64 = 10.0;

/// So many times the typical size is far for a single one, too; of losses likewise.
const FAR_OUT: f64 = 30.0;

/// Into so many parts the last half of a run is cut to see whether it goes on falling: what rattles has falling medians in all of them hardly ever.
const PARTS: usize = 8;

/// How a sequence of sizes, recorded at some steps, goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Course {
    /// It still becomes smaller.
    Falls,
    /// It becomes larger.
    Grows,
    /// It has become about as small as it will.
    Settles {
        /// From about this step on; 0 from the start.
        from: usize,
        /// Its median at the end.
        level: f64,
        /// Whether it has stopped changing, or rattles.
        still: bool,
    },
    /// It is thrown far and comes back: so near and so far it was at the end.
    Thrown {
        /// The smallest size that was looked at.
        near: f64,
        /// The largest.
        far: f64,
    },
}

/// What lets sizes scatter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noise {
    /// Batches differ.
    Batches,
    /// Batches differ, and the rate decays, so that they let sizes scatter less and less.
    Fading,
    /// Nothing: every batch is all rows.
    None,
}

impl Noise {
    /// How many of so many sizes may be larger than they typically are from some step on, since a run may be thrown out for a while after it has arrived.
    fn thrown(self, sizes: usize) -> usize {
        match self {
            Self::Batches => sizes / 3,
            Self::Fading => sizes / 8,
            Self::None => 0,
        }
    }
}

/// What sizes are of: losses are like squares of distances.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Distances,
    Losses,
}

impl Of {
    /// A factor of distances, for these.
    fn factor(self, of_distances: f64) -> f64 {
        match self {
            Self::Distances => of_distances,
            Self::Losses => of_distances * of_distances,
        }
    }
}

/// The start, as step 0, and some of the recorded steps, evenly spaced, with a size after each; the last one always.
pub(super) type Sizes = Vec<(usize, f64)>;

/// From which step on sizes are no larger than `leaves`, all but a few that are thrown out, and the first of them no larger than `floor`; 0 if they are so from the
/// start on.
pub(super) fn arrival(sizes: &[(usize, f64)], floor: f64, leaves: f64, noise: Noise) -> usize {
    let window = if noise == Noise::None { 1 } else { WINDOW };
    let is_there = |from: usize| {
        let rest = &sizes[from..];
        let larger = || rest.iter().filter(|size| size.1 > leaves).count();
        rest[0].1 <= floor && median(&rest[..window.min(rest.len())]) <= leaves && larger() <= noise.thrown(rest.len())
    };
    (0..sizes.len()).find(|&from| is_there(from)).map_or(0, |from| sizes[from].0)
}

/// What the last half says of a sequence of sizes. Where batches differ, sizes are compared by medians and orders, never by means, which a few rare ones would
/// decide.
///
/// It falls if in the last quarter nearly every size is smaller than the one before; or if each of the half's parts is typically smaller than the one before and the
/// last clearly smaller than the first (so that most of its sizes are smaller than most of the first's: what rattles has such medians by chance); where nothing
/// scatters, if the last quarter stays well below the one before. It grows likewise.
/// It is thrown if the last quarter's quartiles are more than [`THROWN`] times apart, or a size is [`FAR_OUT`] times the typical one. Otherwise it has settled.
pub(super) fn course(sizes: &[(usize, f64)], of: Of, noise: Noise) -> Course {
    let quarter = (sizes.len() / 4).max(1);
    let end = &sizes[sizes.len().saturating_sub(quarter)..];
    let [lower, level, upper] = quartiles(end);
    if let Some(trend) = trend(sizes, end, noise) {
        return trend;
    }
    let (low, high) = end.iter().fold((f64::MAX, 0.0_f64), |(low, high), size| (low.min(size.1), high.max(size.1)));
    let is_thrown = upper > of.factor(THROWN) * lower || high > of.factor(FAR_OUT) * level;
    if is_thrown && noise != Noise::None {
        return Course::Thrown { near: low, far: high };
    }
    let still = high - low <= 1e-3 * high;
    // from where on it stays within a hundredth of its end, or is about as near as it then typically is: a rate that decays lets it rattle less and less
    let from = if still {
        let from = sizes.iter().rposition(|size| size.1 > 1.01 * high).map_or(0, |place| place + 1);
        sizes.get(from).map_or(0, |size| size.0)
    } else if noise == Noise::None {
        arrival(sizes, high, high, noise)
    } else {
        arrival(sizes, of.factor(2.0) * level, of.factor(3.0) * level, noise)
    };
    Course::Settles { from, level, still }
}

/// Whether sizes go on falling, or growing; none where they do neither.
fn trend(sizes: &[(usize, f64)], end: &[(usize, f64)], noise: Noise) -> Option<Course> {
    // a quarter of one size is held against the one before it
    let recent = &sizes[sizes.len().saturating_sub(end.len().max(2))..];
    let pairs = || recent.iter().zip(recent.get(1..).unwrap_or_default());
    let (all, falls) = (pairs().count(), pairs().filter(|(a, b)| b.1 < a.1).count());
    let grows = pairs().filter(|(a, b)| b.1 > a.1).count();
    let most = |number: usize| all > 0 && number * 5 >= all * 4;
    if most(falls) {
        return Some(Course::Falls);
    }
    let (first, last) = (recent.first()?.1, recent.last()?.1);
    let half = &sizes[sizes.len() / 2..];
    if noise == Noise::None {
        // what swings around its goal passes it at every other turn
        let largest = |sizes: &[(usize, f64)]| sizes.iter().fold(0.0_f64, |largest, size| largest.max(size.1));
        let (before, after) = (largest(&half[..half.len() - end.len().min(half.len())]), largest(end));
        let grows = most(grows) && last > 1.001 * first || before > 0.0 && after > 1.02 * before;
        return if after < 0.7 * before { Some(Course::Falls) } else { grows.then_some(Course::Grows) };
    }
    let count = (half.len() / 3).clamp(1, PARTS);
    let parts: Vec<[f64; 3]> = half.chunks(half.len().div_ceil(count)).map(quartiles).collect();
    let (before, after) = (parts.first()?, parts.last()?);
    let is_steady =
        |before: fn(f64, f64) -> bool| parts.len() > 2 && parts.windows(2).all(|pair| before(pair[0][1], pair[1][1]));
    if is_steady(|a, b| b < a) && after[1] < 0.9 * before[1] && after[2] < before[0] {
        return Some(Course::Falls);
    }
    let is_growing = most(grows) && last > 1.02 * first || is_steady(|a, b| b > a) && after[0] > before[2];
    (is_growing && after[1] > 1.02 * before[1]).then_some(Course::Grows)
}

/// The median of some sizes; 0 of none.
fn median(sizes: &[(usize, f64)]) -> f64 {
    quartiles(sizes)[1]
}

/// The sizes below which a quarter, half and three quarters of some sizes lie; 0 of none.
fn quartiles(sizes: &[(usize, f64)]) -> [f64; 3] {
    let mut sizes: Vec<f64> = sizes.iter().map(|size| size.1).collect();
    order_by(&mut sizes, |a, b| a > b);
    [0.25, 0.5, 0.75].map(|part| sizes.get((sizes.len() as f64 * part) as usize).copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courses_are_told_apart() {
        let sizes = |size: &dyn Fn(f64) -> f64| -> Sizes { (0..100).map(|step| (step, size(step as f64))).collect() };
        assert_eq!(course(&sizes(&|step| (-0.0001 * step).exp()), Of::Distances, Noise::Batches), Course::Falls);
        assert_eq!(course(&sizes(&|step| (0.01 * step).exp()), Of::Distances, Noise::Batches), Course::Grows);
        assert_eq!(
            course(&sizes(&|_| 0.0), Of::Distances, Noise::Batches),
            Course::Settles { from: 0, level: 0.0, still: true }
        );
        let ball = sizes(&|step| (-0.3 * step).exp() + 0.01 * (1.5 + (step * 2.5).sin()));
        let Course::Settles { from, level, still: false } = course(&ball, Of::Distances, Noise::Batches) else {
            panic!("{:?}", course(&ball, Of::Distances, Noise::Batches))
        };
        assert!((8..20).contains(&from) && (0.01..0.02).contains(&level), "{from} {level}");
        let wide = sizes(&|step| (9.0 * (step * 2.5).sin()).exp());
        let Course::Thrown { near, far } = course(&wide, Of::Distances, Noise::Batches) else {
            panic!("{:?}", course(&wide, Of::Distances, Noise::Batches))
        };
        assert!(near < 1e-3 && far > 1e3, "{near} {far}");
        assert_eq!(
            course(&[(0, 2.0)], Of::Distances, Noise::Batches),
            Course::Settles { from: 0, level: 2.0, still: true }
        );
        assert_eq!(course(&[(0, 2.0), (1, 1.0)], Of::Distances, Noise::Batches), Course::Falls);
    }
}

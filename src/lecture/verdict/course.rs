//! What each figure shows, in one sentence that stands beside its name: pure functions of a recording and its problem.

use crate::base::order::order_by;
use crate::base::words::{count, number, rounded, thousands};
use crate::lecture::data::geometry::excess;
use crate::lecture::run::recording::{Chunk, Problem};
use crate::lecture::settings::config::Config;
use crate::lecture::verdict::divergence::{Divergence, finding};

/// At most this many entries of a recording are looked at.
const LOOKS: usize = 200;

/// Eigenvalues below this fraction of the largest are directions that the data do not determine.
const FLAT: f64 = 1e-10;

/// An excess below this fraction of that of θ = 0 is what rounding to float32 leaves of none.
const ROUNDING: f64 = 1e-12;

/// A least loss below this part of the loss of θ = 0 is what rounding the targets to float32 has left of none: the data can be fitted exactly.
const NOTHING: f64 = 1e-14;

/// Which part of the least loss is not worth a word where no batches differ.
const ALIKE: f64 = 0.01;

/// A run is at the floor if its excess typically is at most this part of it; a higher level is named.
const AT_FLOOR: f64 = 0.3;

/// A run that has arrived at a floor and rattles there leaves it by less than this factor.
const RATTLE: f64 = 10.0;

/// Of so many sizes in a row the median counts where batches differ.
const WINDOW: usize = 5;

/// Of so many the median says where a run typically was at some time, far throws or not.
const LONG_WINDOW: usize = 15;

/// Of sizes whose quartiles are so many times apart no single one is typical: of distances, of which those in a noise ball are within a factor of four. Of losses it is the square.
const THROWN: f64 = 10.0;

/// So many times the typical size is far for a single one, too; of losses likewise.
const FAR_OUT: f64 = 30.0;

/// A run as far as it is recorded.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Its settings.
    pub config: &'a Config,
    /// What it minimises.
    pub problem: &'a Problem,
    /// Its steps so far.
    pub steps: &'a Chunk,
}

/// How a sequence of sizes, recorded at some steps, goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Course {
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

/// What sizes are of: losses are like squares of distances.
#[derive(Clone, Copy, Debug)]
enum Of {
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
type Sizes = Vec<(usize, f64)>;

impl Shown<'_> {
    /// What the chart of the loss shows.
    #[must_use]
    pub fn loss(&self) -> String {
        if let Some(nothing) = self.nothing() {
            return nothing;
        }
        let least = self.problem.least_loss;
        let lowest = if self.fits() { 0.0 } else { least };
        let found = finding(self.steps, self.problem);
        match (found.divergence, found.overflow.loss) {
            (Some(_), Some(step)) => {
                return format!("The loss {}.", overflows(step));
            }
            (Some(Divergence::Grew { after, .. }), None) => {
                return format!(
                    "The loss grows: over the last steps it is typically {} above its least value.",
                    number(after)
                );
            }
            (Some(Divergence::LeftFloat32), None) => return "The run leaves the range of float32.".to_owned(),
            (None, _) => {}
        }
        let features = self.problem.theta.len().max(1);
        let excess = |params: &[f32]| excess(&self.problem.hessian, &self.problem.least_squares, params);
        let params = |entry: usize| self.steps.params.get(entry * features..(entry + 1) * features);
        let above = self.sizes(excess(&self.problem.theta_0), |entry| params(entry).map(excess));
        let now = above.last().map_or(0.0, |last| last.1);
        // below it nothing can be told from noise or rounding; losses of batches scatter, that of all rows does not
        let rounding = if self.fits() { NOTHING } else { ROUNDING };
        let scatter = if self.is_alike() { ALIKE } else { 1.0 };
        let floor = (scatter * least).max(rounding * excess(&vec![0.0; features]));
        let arrives = || {
            if self.is_alike() {
                arrival(&above, floor, floor, 1)
            } else {
                arrival(&above, floor, RATTLE * floor, WINDOW)
            }
        };
        match course(&above, Of::Losses) {
            Course::Thrown { near, far } => {
                format!("{} above its least value.", thrown(near, far))
            }
            Course::Settles { level, .. } if level <= AT_FLOOR * floor => {
                format!("{} at {}.", until(arrives(), self.verb(true)), self.floor())
            }
            Course::Settles { from, level, still } => {
                let verb = self.verb(still);
                let end = far_end(now, level, "above it");
                let verb = format!("{verb} about {} above its least value {}", rounded(level, 2), number(lowest));
                format!("{}{end}.", until(from, &verb))
            }
            Course::Falls | Course::Grows if now <= floor => {
                format!("{} at {}.", until(arrives(), self.verb(true)), self.floor())
            }
            Course::Falls => {
                format!("Still falling: {} above its least value {}.", number(now), number(lowest))
            }
            Course::Grows => {
                format!("Grows slowly: {} above its least value {}.", number(now), number(lowest))
            }
        }
    }

    /// What the chart of the distances shows.
    #[must_use]
    pub fn distance(&self) -> String {
        if let Some(nothing) = self.nothing() {
            return nothing;
        }
        let found = finding(self.steps, self.problem);
        if found.diverges() {
            if let Some(step) = found.overflow.distance {
                return format!("The distance {}.", overflows(step));
            }
            let end = self.distances().last().map_or(0.0, |distance| distance.1);
            return format!("Ends {} from θₗₛ, and began {} away.", number(end), number(self.start_distance()));
        }
        let distances = self.distances();
        let now = distances.last().map_or(0.0, |last| last.1);
        let said = match course(&distances, Of::Distances) {
            // a caption has no room for more
            Course::Thrown { near, far } => return format!("{} away from θₗₛ.", thrown(near, far)),
            Course::Falls => format!("Still nearing θₗₛ, {} away", number(now)),
            Course::Grows => format!("Slowly leaves θₗₛ, {} away", number(now)),
            Course::Settles { from, level, still } => {
                if still {
                    format!("Stays {} from θₗₛ {}", number(level), since(from))
                } else {
                    format!(
                        "Rattles about {} from θₗₛ {}{}",
                        rounded(level, 2),
                        since(from),
                        far_end(now, level, "away")
                    )
                }
            }
        };
        let open = self.open_directions();
        if open > 0 {
            let directions = count(open, "direction");
            return format!("{said}: the data leave {directions} open, where a run keeps its start.");
        }
        format!("{said}; θₗₛ to θ: {}.", number(self.gap()))
    }

    /// What the parameter plane shows.
    #[must_use]
    pub fn plane(&self) -> String {
        if let Some(nothing) = self.nothing() {
            return nothing;
        }
        if finding(self.steps, self.problem).diverges() {
            return "The run diverges: its steps lead away from θₗₛ.".to_owned();
        }
        let distances = self.distances();
        let whole = self.start_distance();
        let now = distances.last().map_or(0.0, |last| last.1);
        match course(&distances, Of::Distances) {
            Course::Thrown { near, far } => format!("{} away from θₗₛ.", thrown(near, far)),
            Course::Falls if self.open_directions() > 0 => format!(
                "Comes nearer to θₗₛ, from {} to {}: where the data determine nothing, it keeps its start.",
                number(whole),
                number(now)
            ),
            Course::Falls => {
                format!("On its way from θ₀ to θₗₛ: at the end {} of {} is left.", number(now), number(whole))
            }
            Course::Grows => format!("Slowly goes away from θₗₛ: it is {} away.", number(now)),
            Course::Settles { level, .. } if self.open_directions() > 0 => {
                format!("Ends {} from θₗₛ: where the data determine nothing, it keeps its start.", number(level))
            }
            Course::Settles { from, level, still } => {
                let end = if still { "Stays" } else { "Rattles" };
                let last = far_end(now, level, "away");
                format!("{end} around θₗₛ {}, about {} away{last}.", since(from), rounded(level, 2))
            }
        }
    }

    /// What to say where there is nothing to see.
    fn nothing(&self) -> Option<String> {
        if self.config.steps() == 0 {
            return Some("The run takes no steps: there is only the start.".to_owned());
        }
        self.steps.losses.is_empty().then(|| "Not started yet: there is only the start.".to_owned())
    }

    /// The size at the start, and those of up to [`LOOKS`] entries of the recording, as far as there are some.
    fn sizes(&self, start: f64, size: impl Fn(usize) -> Option<f64>) -> Sizes {
        let entries = self.steps.losses.len();
        let every = entries.div_ceil(LOOKS).max(1);
        let step = |entry: usize| ((entry + 1) * self.steps.stride.max(1)).min(self.config.steps());
        let places = (0..entries).filter(|entry| (entries - 1 - entry).is_multiple_of(every));
        let later = places.filter_map(|entry| Some((step(entry), size(entry)?)));
        [(0, start)].into_iter().chain(later).collect()
    }

    fn distances(&self) -> Sizes {
        let norms = &self.steps.least_squares_norms;
        self.sizes(self.start_distance(), |entry| norms.get(entry).map(|&norm| f64::from(norm)))
    }

    /// Batches differ, so their losses rattle even where the parameters have come to rest.
    fn verb(&self, still: bool) -> &'static str {
        if still && self.is_alike() { "stays" } else { "rattles" }
    }

    /// Whether at rest all batches have about the same loss: each is all rows, or all rows can be fitted at once, and so can each batch.
    fn is_alike(&self) -> bool {
        self.config.rows_per_batch() == self.config.samples || self.fits()
    }

    /// What the loss cannot fall below, with σ² where it is about that.
    fn floor(&self) -> String {
        let (least, variance) = (self.problem.least_loss, self.config.sigma * self.config.sigma);
        if (least - variance).abs() <= 0.2 * variance {
            format!("the noise floor σ² ≈ {}", number(variance))
        } else {
            format!("its least value {}", number(if self.fits() { 0.0 } else { least }))
        }
    }

    /// Whether the data can be fitted exactly.
    fn fits(&self) -> bool {
        let problem = self.problem;
        let whole =
            problem.least_loss + excess(&problem.hessian, &problem.least_squares, &vec![0.0; problem.theta.len()]);
        problem.least_loss <= NOTHING * whole
    }

    fn open_directions(&self) -> usize {
        let largest = self.problem.eigenvalues.first().copied().unwrap_or(0.0);
        self.problem.eigenvalues.iter().filter(|&&eigenvalue| eigenvalue <= largest * FLAT).count()
    }

    fn gap(&self) -> f64 {
        apart(&self.problem.theta, &self.problem.least_squares)
    }

    fn start_distance(&self) -> f64 {
        apart(&self.problem.theta_0, &self.problem.least_squares)
    }
}

fn apart(one: &[f32], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(&a, b)| (f64::from(a) - b).powi(2)).sum::<f64>().sqrt()
}

/// When a size leaves float32.
fn overflows(step: usize) -> String {
    match step {
        1 => "is beyond float32 from the first step on".to_owned(),
        _ => format!("grows and leaves the range of float32 at step {}", thousands(step)),
    }
}

/// Where a run ends that typically is at this level, if that is somewhere else.
fn far_end(now: f64, level: f64, what: &str) -> String {
    const FAR: f64 = 10.0;
    if now > FAR * level || now * FAR < level { format!(", and ends {} {what}", number(now)) } else { String::new() }
}

/// That sizes in the last quarter were as small as this and as large as that; short, to stand in a caption.
fn thrown(near: f64, far: f64) -> String {
    format!("Thrown far and back: lately {} to {}", rounded(near, 2), rounded(far, 2))
}

/// `Falls until about step 4,000, then rattles`.
fn until(from: usize, then: &str) -> String {
    if from == 0 {
        let (first, rest) = then.split_at(1);
        format!("{}{rest} from the start on", first.to_ascii_uppercase())
    } else {
        format!("Falls until about step {}, then {then}", about(from))
    }
}

/// `after about step 4,000`.
fn since(from: usize) -> String {
    if from == 0 { "from the start on".to_owned() } else { format!("after about step {}", about(from)) }
}

/// At which step sizes come to a floor that they leave no farther than this any more, as told by the median of so many in a row; 0 if they are there from
/// the start on.
fn arrival(sizes: &[(usize, f64)], floor: f64, leaves: f64, window: usize) -> usize {
    let last = sizes.windows(window.min(sizes.len()).max(1)).rposition(|some| median(some) > leaves);
    let rest = sizes.get(last.map_or(0, |place| place + 1)..).unwrap_or_default();
    rest.iter().find(|size| size.1 <= floor).map_or(0, |size| size.0)
}

/// A step that is known roughly.
fn about(step: usize) -> String {
    let unit = 10_usize.pow(step.max(1).ilog10().saturating_sub(1));
    thousands((step + unit / 2) / unit * unit)
}

/// What the last quarter says of a sequence of sizes. Sizes are compared by medians and orders, never by means, which a few rare ones would decide.
///
/// It falls if each of the quarter's four parts is typically smaller than the one before and the last clearly smaller than the first (so that most of its sizes
/// are smaller than most of the first's: what rattles has such medians by chance), or if nearly every size is smaller than the one before; it grows likewise.
/// It is thrown if the quartiles are more than [`THROWN`] times apart, or a size is [`FAR_OUT`] times the typical one. Otherwise it has settled.
fn course(sizes: &[(usize, f64)], of: Of) -> Course {
    let quarter = (sizes.len() / 4).max(1);
    let end = &sizes[sizes.len().saturating_sub(quarter)..];
    let [lower, level, upper] = quartiles(end);
    if let [_, _, ..] = sizes {
        let parts: Vec<[f64; 3]> = end.chunks(end.len().div_ceil(4)).map(quartiles).collect();
        let (first, last) = (parts.first().copied().unwrap_or_default(), parts.last().copied().unwrap_or_default());
        // a quarter of one size is held against the one before it
        let recent = &sizes[sizes.len().saturating_sub(end.len().max(2))..];
        let pairs = || recent.iter().zip(&recent[1..]);
        let (all, falls) = (pairs().count(), pairs().filter(|(a, b)| b.1 < a.1).count());
        let grows = pairs().filter(|(a, b)| b.1 > a.1).count();
        let most = |number: usize| number * 5 >= all * 4;
        let is_steady = |before: fn(f64, f64) -> bool| {
            parts.len() > 2 && parts.windows(2).all(|pair| before(pair[0][1], pair[1][1]))
        };
        if most(falls) || is_steady(|a, b| b < a) && last[1] < 0.9 * first[1] && last[2] < first[0] {
            return Course::Falls;
        }
        if (most(grows) || is_steady(|a, b| b > a) && last[0] > first[2]) && last[1] > 1.02 * first[1] {
            return Course::Grows;
        }
    }
    let (low, high) = end.iter().fold((f64::MAX, 0.0_f64), |(low, high), size| (low.min(size.1), high.max(size.1)));
    if upper > of.factor(THROWN) * lower || high > of.factor(FAR_OUT) * level {
        return Course::Thrown { near: low, far: high };
    }
    let still = high - low <= 1e-3 * high;
    // from where on it stays within a hundredth of its end; or where it comes as near as it then typically is, after it was typically farther: a rate that
    // decays lets it rattle less and less
    let from = if still {
        sizes.iter().rposition(|size| size.1 > 1.01 * high).map_or(0, |place| place + 1)
    } else {
        let farther = sizes.windows(LONG_WINDOW.min(sizes.len())).rposition(|some| median(some) > 3.0 * level);
        let since = farther.map_or(0, |place| place + 1);
        sizes[since..].iter().position(|size| size.1 <= 2.0 * level).map_or(since, |place| since + place)
    };
    Course::Settles { from: sizes.get(from).map_or(0, |size| size.0), level, still }
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
    fn a_step_that_is_known_roughly_is_said_roughly() {
        assert_eq!([0, 7, 42, 127, 4_032, 123_456].map(about), ["0", "7", "42", "130", "4,000", "120,000"]);
    }

    #[test]
    fn courses_are_told_apart() {
        let sizes = |size: &dyn Fn(f64) -> f64| -> Sizes { (0..100).map(|step| (step, size(step as f64))).collect() };
        assert_eq!(course(&sizes(&|step| (-0.0001 * step).exp()), Of::Distances), Course::Falls);
        assert_eq!(course(&sizes(&|step| (0.01 * step).exp()), Of::Distances), Course::Grows);
        assert_eq!(course(&sizes(&|_| 0.0), Of::Distances), Course::Settles { from: 0, level: 0.0, still: true });
        let ball = sizes(&|step| (-0.3 * step).exp() + 0.01 * (1.5 + (step * 2.5).sin()));
        let Course::Settles { from, level, still: false } = course(&ball, Of::Distances) else {
            panic!("{:?}", course(&ball, Of::Distances))
        };
        assert!((8..20).contains(&from) && (0.01..0.02).contains(&level), "{from} {level}");
        let wide = sizes(&|step| (9.0 * (step * 2.5).sin()).exp());
        let Course::Thrown { near, far } = course(&wide, Of::Distances) else {
            panic!("{:?}", course(&wide, Of::Distances))
        };
        assert!(near < 1e-3 && far > 1e3, "{near} {far}");
        assert_eq!(course(&[(0, 2.0)], Of::Distances), Course::Settles { from: 0, level: 2.0, still: true });
        assert_eq!(course(&[(0, 2.0), (1, 1.0)], Of::Distances), Course::Falls);
    }
}

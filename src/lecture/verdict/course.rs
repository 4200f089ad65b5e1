//! What each figure shows, in one sentence that stands beside its name: pure functions of a recording and its problem.

use crate::base::words::{count, number, rounded, thousands};
use crate::lecture::data::geometry::excess;
use crate::lecture::run::recording::{Chunk, Problem};
use crate::lecture::settings::config::{Config, Schedule};
use crate::lecture::verdict::divergence::{Divergence, finding};
use crate::lecture::verdict::sizes::{Course, Noise, Of, Sizes, arrival, course};

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
            // batches that can all be fitted at once do not scatter at the end
            let (leaves, noise) = if self.is_alike() { (floor, Noise::None) } else { (RATTLE * floor, self.noise()) };
            arrival(&above, floor, leaves, noise)
        };
        match course(&above, Of::Losses, self.noise()) {
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
        let said = match course(&distances, Of::Distances, self.noise()) {
            // a caption has no room for more
            Course::Thrown { near, far } => return format!("{} away from θₗₛ.", thrown(near, far)),
            Course::Falls => format!("Still nearing θₗₛ, {} away", number(now)),
            Course::Grows => format!("Slowly leaves θₗₛ, {} away", number(now)),
            Course::Settles { from, level, still } => {
                if still {
                    format!("Stays {} from θₗₛ {}", number(level), since(from))
                } else {
                    let verb = if self.noise() == Noise::None { "Swings" } else { "Rattles" };
                    format!(
                        "{verb} about {} from θₗₛ {}{}",
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
        match course(&distances, Of::Distances, self.noise()) {
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
                let end = match self.noise() {
                    _ if still => "Stays",
                    Noise::None => "Swings",
                    Noise::Batches | Noise::Fading => "Rattles",
                };
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

    /// Whether batches differ.
    fn noise(&self) -> Noise {
        match self.config.schedule {
            _ if self.config.rows_per_batch() == self.config.samples => Noise::None,
            Schedule::Constant => Noise::Batches,
            _ => Noise::Fading,
        }
    }

    /// Batches differ, so their losses rattle even where the parameters have come to rest. Where every batch is all rows, nothing rattles: it swings.
    fn verb(&self, still: bool) -> &'static str {
        match self.noise() {
            _ if still && self.is_alike() => "stays",
            Noise::None => "swings",
            Noise::Batches | Noise::Fading => "rattles",
        }
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

/// A step that is known roughly.
fn about(step: usize) -> String {
    let unit = 10_usize.pow(step.max(1).ilog10().saturating_sub(1));
    thousands((step + unit / 2) / unit * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_known_roughly_is_said_roughly() {
        assert_eq!([0, 7, 42, 127, 4_032, 123_456].map(about), ["0", "7", "42", "130", "4,000", "120,000"]);
    }
}

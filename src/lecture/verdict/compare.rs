//! Comparing two recorded runs parameter by parameter, to the last bit.

use crate::base::words::{count, rounded, thousands};
use crate::lecture::run::recording::{Chunk, Problem};

/// What two runs do not share, so that their numbers say nothing of one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// The data: features, targets or true parameters.
    pub data: bool,
    /// The start θ₀.
    pub start: bool,
    /// The shuffles, hence the batches: their key, or how many rows they deal out at a time.
    pub batches: bool,
}

/// What became of the comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// Neither has recorded anything.
    Nothing,
    /// They do not do the same.
    Apart(Apart),
    /// They take different numbers of steps.
    OtherSteps,
    /// All recorded parameters are the same bits.
    Identical {
        /// How many steps were compared.
        compared: usize,
        /// How many the runs took.
        steps: usize,
    },
    /// From some step on they are not.
    Differ {
        /// The first recorded step, counted from 1, after which they differ.
        step: usize,
        /// The recorded step before it, after which they were the same; 0 where that is the start.
        same: usize,
        /// The largest difference of a parameter there.
        first: f32,
        /// The largest difference of a parameter after the last step.
        last: f32,
    },
}

/// Compares two runs: what they minimise, where they start, their batches, and their parameters after every recorded step.
#[must_use]
pub fn compare((problem, steps): (&Problem, &Chunk), (other_problem, other): (&Problem, &Chunk)) -> Comparison {
    let apart = apart(problem, other_problem);
    if apart != Apart::default() {
        return Comparison::Apart(apart);
    }
    if steps.params.len() != other.params.len() || steps.outcome.steps != other.outcome.steps {
        return Comparison::OtherSteps;
    }
    if steps.params.is_empty() {
        return Comparison::Nothing;
    }
    let features = problem.theta.len().max(1);
    let taken = |entry: usize| ((entry + 1) * steps.stride.max(1)).min(steps.outcome.steps);
    // two numbers that are none are the same, whatever their bits say
    let differs = |(a, b): (&f32, &f32)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan());
    let Some(index) = steps.params.iter().zip(&other.params).position(differs) else {
        return Comparison::Identical { compared: steps.params.len() / features, steps: steps.outcome.steps };
    };
    let entry = index / features;
    let distance = |at: usize| {
        let rows = steps.params.iter().zip(&other.params).skip(at * features).take(features);
        let apart = rows.filter(|&pair| differs(pair)).map(|(a, b)| (a - b).abs());
        // where only one is a number, so is no difference
        apart.fold(0.0_f32, |most, apart| if most > apart || most.is_nan() { most } else { apart })
    };
    Comparison::Differ {
        step: taken(entry),
        same: entry.checked_sub(1).map_or(0, taken),
        first: distance(entry),
        last: distance((steps.params.len() / features).saturating_sub(1)),
    }
}

fn apart(one: &Problem, other: &Problem) -> Apart {
    // θ and the Hessian do not depend on the noise of the targets; the least-squares solution and its loss do
    let same_data = one.theta == other.theta
        && one.hessian == other.hessian
        && one.least_squares == other.least_squares
        && one.least_loss == other.least_loss;
    Apart {
        data: !same_data,
        start: one.theta_0 != other.theta_0,
        batches: one.shuffle_key != other.shuffle_key || one.batch != other.batch,
    }
}

impl Apart {
    /// What is shared and what is not: `same data, but other θ₀ and batches`.
    fn words(self) -> String {
        let parts = [(self.data, "data"), (self.start, "θ₀"), (self.batches, "batches")];
        let list = |apart: bool| {
            let names: Vec<&str> = parts.iter().filter(|part| part.0 == apart).map(|part| part.1).collect();
            match names.as_slice() {
                [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
                names => names.concat(),
            }
        };
        match list(false) {
            same if same.is_empty() => format!("different {}", list(true)),
            same => format!("same {same}, but different {}", list(true)),
        }
    }
}

impl Comparison {
    /// The verdict in words, on runs with these names.
    #[must_use]
    pub fn sentence(self, one: &str, other: &str) -> String {
        match self {
            Self::Nothing => format!("{one} and {other}: the runs take no steps, so there is nothing to compare."),
            Self::Apart(apart) => format!(
                "{one} and {other}: {}, so their numbers cannot be compared one by one. With the start “The same θ₀” they can.",
                apart.words()
            ),
            Self::OtherSteps => format!("{one} and {other}: they take different numbers of steps."),
            Self::Identical { compared, steps } if compared == steps => {
                let all = if steps == 1 {
                    "the only step".to_owned()
                } else {
                    format!("every one of {}", count(steps, "step"))
                };
                format!("{one} and {other}: same θ₀, same batches, identical to the last bit after {all}.")
            }
            Self::Identical { compared, steps } => format!(
                "{one} and {other}: same θ₀, same batches, and no bit differs after the {} that are recorded, of {}.",
                count(compared, "step"),
                thousands(steps)
            ),
            Self::Differ { step, same, first, last } => {
                let from = if step == same + 1 {
                    format!("from step {} on", thousands(step))
                } else {
                    format!("from a step between {} and {} on", thousands(same + 1), thousands(step))
                };
                format!(
                    "{one} and {other}: same θ₀, same batches, but {from} the last bits differ: {} there, {} at the end. The mathematics is the \
                     same, but float32 operations run in a different order and each one rounds.",
                    by(first, "by the sign of a zero"),
                    by(last, "not at all")
                )
            }
        }
    }
}

/// A difference in words, where there is one.
fn by(difference: f32, none: &str) -> String {
    if difference.is_nan() {
        "one of them is nan".to_owned()
    } else if difference == 0.0 {
        none.to_owned()
    } else {
        format!("by {}", rounded(f64::from(difference), 2))
    }
}

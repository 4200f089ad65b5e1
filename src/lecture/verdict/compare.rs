//! Comparing two recorded runs parameter by parameter, to the last bit.

use crate::base::words::thousands;
use crate::lecture::run::recording::{Chunk, Problem};

/// What became of the comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// Both have recorded nothing.
    Nothing,
    /// They minimise different problems, so their numbers say nothing of one another.
    OtherData,
    /// They start from different parameters.
    OtherStart,
    /// They take different numbers of steps.
    OtherSteps,
    /// All recorded parameters are the same bits.
    Identical {
        /// Entries that were compared.
        entries: usize,
    },
    /// From some step on they are not.
    Differ {
        /// The first entry, counted from 0, after which they differ.
        entry: usize,
        /// The largest difference of a parameter there.
        first: f32,
        /// The largest difference of a parameter after the last step.
        last: f32,
    },
}

/// Compares two runs: what they minimise, where they start, and their parameters after every recorded step.
#[must_use]
pub fn compare((problem, steps): (&Problem, &Chunk), (other_problem, other): (&Problem, &Chunk)) -> Comparison {
    if problem.theta != other_problem.theta || problem.hessian != other_problem.hessian {
        return Comparison::OtherData;
    }
    if problem.theta_0 != other_problem.theta_0 {
        return Comparison::OtherStart;
    }
    if steps.params.len() != other.params.len() {
        return Comparison::OtherSteps;
    }
    if steps.params.is_empty() {
        return Comparison::Nothing;
    }
    let features = problem.theta.len().max(1);
    let differs = |(a, b): (&f32, &f32)| a.to_bits() != b.to_bits();
    let Some(index) = steps.params.iter().zip(&other.params).position(differs) else {
        return Comparison::Identical { entries: steps.losses.len() };
    };
    let entry = index / features;
    let apart = |at: usize| {
        let rows = steps.params.iter().zip(&other.params).skip(at * features).take(features);
        rows.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    };
    Comparison::Differ { entry, first: apart(entry), last: apart(steps.losses.len().saturating_sub(1)) }
}

impl Comparison {
    /// The verdict in words, on runs with these names that were recorded every `stride` steps.
    #[must_use]
    pub fn sentence(self, one: &str, other: &str, stride: usize) -> String {
        match self {
            Self::Nothing => format!("{one} and {other}: no step is taken, so there is nothing to compare."),
            Self::OtherData => format!(
                "{one} and {other}: other data and another start, as in the lecture. With the start “The same θ₀” they can be compared \
                 number by number."
            ),
            Self::OtherStart => format!(
                "{one} and {other}: they start from different θ₀, as in the lecture. With the start “The same θ₀” they can be compared number \
                 by number."
            ),
            Self::OtherSteps => format!("{one} and {other}: they take different numbers of steps."),
            Self::Identical { entries } => format!(
                "{one} and {other}: same θ₀, same batches, identical to the last bit at every step ({} compared).",
                thousands(entries)
            ),
            Self::Differ { entry, first, last } => format!(
                "{one} and {other}: same θ₀, same batches, but from step {} on the last bits differ: by {first:.1e} there, by {last:.1e} at the \
                 end. The mathematics is the same; the float32 operations are not in the same order, and each rounds.",
                thousands((entry + 1) * stride)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lecture::run::trainer::Trainer;
    use crate::lecture::settings::config::{Config, ModuleKind, Program, Start};

    fn recorded(program: Program, start: Start, seed: i64) -> (Problem, Chunk) {
        let config = Config { program, start, seed, epochs: 2, ..Config::default() };
        let mut trainer = Trainer::new(&config).expect("a valid configuration");
        let steps = trainer.advance(usize::MAX).expect("steps");
        (trainer.problem().clone(), steps)
    }

    fn verdict(one: &(Problem, Chunk), other: &(Problem, Chunk)) -> Comparison {
        compare((&one.0, &one.1), (&other.0, &other.1))
    }

    #[test]
    fn runs_are_the_same_or_differ_somewhere() {
        let raw = recorded(Program::Raw, Start::Same, 42);
        assert_eq!(verdict(&raw, &raw), Comparison::Identical { entries: 64 });
        let mut changed = raw.clone();
        changed.1.params[7] += 0.25;
        let Comparison::Differ { entry: 3, first, last: 0.0 } = verdict(&raw, &changed) else {
            panic!("{:?}", verdict(&raw, &changed));
        };
        assert!((first - 0.25).abs() < 1e-6);
        let sentence = verdict(&raw, &changed).sentence("raw", "vmap", 1);
        assert!(sentence.contains("from step 4 on"), "{sentence}");
    }

    #[test]
    fn what_cannot_be_compared_is_said() {
        let raw = recorded(Program::Raw, Start::Lecture, 42);
        assert_eq!(verdict(&raw, &recorded(Program::Raw, Start::Lecture, 7)), Comparison::OtherData);
        assert_eq!(
            verdict(&raw, &recorded(Program::Module(ModuleKind::Linear), Start::Lecture, 42)),
            Comparison::OtherStart
        );
        let mut moved = raw.clone();
        moved.0.theta_0[0] += 1.0;
        assert_eq!(verdict(&raw, &moved), Comparison::OtherStart);
        moved = raw.clone();
        moved.1.params.truncate(2);
        assert_eq!(verdict(&raw, &moved), Comparison::OtherSteps);
    }

    #[test]
    fn a_not_a_number_is_the_same_as_itself() {
        let mut raw = recorded(Program::Raw, Start::Lecture, 42);
        raw.1.params[5] = f32::NAN;
        assert_eq!(verdict(&raw, &raw), Comparison::Identical { entries: 64 });
    }
}

//! Telling a run that diverges from one that only rattles.

use crate::base::words::thousands;
use crate::lecture::run::recording::{Chunk, Problem};

/// What became of a run that did not converge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divergence {
    /// After this step, counted from 1, a loss or parameter was infinite or no number.
    LeftFloat32 {
        /// The step.
        step: usize,
    },
    /// It ended more than [`GROWTH`] times as far from the true parameters as it began.
    Grew,
}

/// How much farther from the goal than its start a run must end to count as diverging.
pub const GROWTH: f32 = 10.0;

/// Whether the recorded steps diverge.
#[must_use]
pub fn divergence(steps: &Chunk, problem: &Problem) -> Option<Divergence> {
    let broken = steps.losses.iter().zip(&steps.norms).position(|(loss, norm)| !loss.is_finite() || !norm.is_finite());
    if let Some(step) = broken {
        return Some(Divergence::LeftFloat32 { step: step + 1 });
    }
    let start: f32 = problem.theta.iter().zip(&problem.theta_0).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
    let end = *steps.norms.last()?;
    (end > GROWTH * start).then_some(Divergence::Grew)
}

/// The sentence for the learner, with the rate below which gradient descent on the full batch is stable, 2 over the largest eigenvalue of the Hessian.
#[must_use]
pub fn sentence(divergence: Divergence, problem: &Problem) -> String {
    let what = match divergence {
        Divergence::LeftFloat32 { step } => {
            format!("This run diverges: at step {} its numbers leave the range of float32.", thousands(step))
        }
        Divergence::Grew => {
            "This run diverges: it ends much farther from the true parameters than it started.".to_owned()
        }
    };
    match problem.eigenvalues.first() {
        Some(&largest) if largest > 0.0 => {
            format!("{what} On the full batch, rates below 2/λmax = {:.3} are stable.", 2.0 / largest)
        }
        _ => what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lecture::run::trainer::Trainer;
    use crate::lecture::settings::config::Config;

    fn verdict(learning_rate: f64) -> (Option<Divergence>, Problem) {
        let config = Config { learning_rate, epochs: 60, ..Config::default() };
        let mut trainer = Trainer::new(&config).expect("a valid configuration");
        let steps = trainer.advance(usize::MAX).expect("steps");
        (divergence(&steps, trainer.problem()), trainer.problem().clone())
    }

    #[test]
    fn a_stable_rate_converges_and_a_large_one_does_not() {
        assert_eq!(verdict(0.001).0, None);
        let (diverged, problem) = verdict(10.0);
        let Some(Divergence::LeftFloat32 { step }) = diverged else { panic!("{diverged:?}") };
        assert!(step > 1);
        let sentence = sentence(Divergence::LeftFloat32 { step: 1234 }, &problem);
        assert_eq!(
            sentence,
            "This run diverges: at step 1,234 its numbers leave the range of float32. \
             On the full batch, rates below 2/λmax = 0.973 are stable."
        );
    }
}

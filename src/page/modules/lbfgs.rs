//! The course's script with L-BFGS as far as it has come: [`Lbfgs`].

use crate::base::words::{count, rounded};
use crate::jax::repr::{python_float, scalar_str};
use crate::page::duration::elapsed;
use crate::worker::protocol::{Body, LbfgsSteps, Stats};

/// The lines of the script that train: the split step, and what the line search asks of it.
pub const CODE: &str = "\
graphdef, state = nnx.split((model, optimizer))

@nnx.jit
def train_step(graphdef, state, X, Y):
    model, optimizer = nnx.merge(graphdef, state)
    model_graphdef, _ = nnx.split(model)
    value_fn = lambda params: residuals_loss(nnx.merge(model_graphdef, params), X, Y)
    loss, grads = nnx.value_and_grad(residuals_loss)(model, X, Y)
    optimizer.update(model, grads, value=loss, grad=grads, value_fn=value_fn)
    return loss, nnx.state((model, optimizer))";

/// A training by L-BFGS.
#[derive(Clone, Debug, Default)]
pub struct Lbfgs {
    /// The epochs so far.
    pub steps: LbfgsSteps,
    /// What it cost, once it has ended.
    pub stats: Option<Stats>,
    /// Whether more comes.
    pub is_running: bool,
}

/// An epoch of the training: numbers as Python prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochRow {
    /// Which one.
    pub epoch: String,
    /// The loss before the step.
    pub loss: String,
    /// How far the line search went, in times the direction.
    pub rate: String,
    /// How often it evaluated the loss and its gradient.
    pub evaluations: String,
    /// ‖θ−θ̂‖ after the step.
    pub norm: String,
}

impl Lbfgs {
    /// A training begins.
    pub fn start(&mut self) {
        *self = Self { is_running: true, ..Self::default() };
    }

    /// Takes an answer of the worker; whether it was about such a training.
    pub fn take(&mut self, body: Body) -> bool {
        match body {
            Body::Lbfgs(more) => {
                let steps = &mut self.steps;
                if more.first == 0 {
                    // a worker that was replaced begins again
                    *steps = more;
                    return true;
                }
                steps.losses.extend(more.losses);
                steps.norms.extend(more.norms);
                steps.kernels.extend(more.kernels);
                steps.rates.extend(more.rates);
                steps.evaluations.extend(more.evaluations);
                steps.printed.extend(more.printed);
            }
            Body::LbfgsEnded(stats) => self.stats = Some(stats),
            _ => return false,
        }
        true
    }

    /// No more comes.
    pub fn stop(&mut self) {
        self.is_running = false;
    }

    /// How far it has come, or what it cost.
    #[must_use]
    pub fn status(&self) -> String {
        let done = self.steps.losses.len();
        let calls: usize = self.steps.evaluations.iter().map(|&calls| calls as usize).sum();
        match &self.stats {
            Some(stats) => format!(
                "{} in {}, {} by the line search",
                count(done, "epoch"),
                elapsed(stats.milliseconds),
                count(calls, "evaluation")
            ),
            None if self.is_running => format!("{} …", count(done, "epoch")),
            None if done > 0 => format!("stopped after {}", count(done, "epoch")),
            None => "not run yet".to_owned(),
        }
    }

    /// What the last rows are about, once all are there: from where on float32 shows the search little but rounding, and what it does then.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        /// Losses that differ by no more than this part are at rest.
        const SAME: f32 = 1e-5;
        let LbfgsSteps { losses, rates, evaluations, .. } = &self.steps;
        let floor = *losses.last().filter(|_| self.stats.is_some())?;
        let from = losses.iter().rposition(|loss| (loss - floor).abs() > SAME * floor).map_or(0, |epoch| epoch + 1);
        let most = *evaluations.get(from..)?.iter().max().filter(|most| **most > 1)?;
        let shortest = rates.get(from..)?.iter().copied().fold(f32::INFINITY, f32::min);
        Some(format!(
            "From epoch {from} on the loss is at its floor: it changes by less than a hundred-thousandth, which in float32 is hardly more than rounding. Where the \
             search finds nothing smaller, it gives up after {}; its steps are down to {} times the direction there, and change nothing.",
            count(most as usize, "evaluation"),
            rounded(f64::from(shortest), 2),
        ))
    }

    /// Its epochs.
    #[must_use]
    pub fn rows(&self) -> Vec<EpochRow> {
        let LbfgsSteps { losses, norms, rates, evaluations, .. } = &self.steps;
        let mut rows = Vec::with_capacity(losses.len());
        for (epoch, (((loss, norm), rate), calls)) in losses.iter().zip(norms).zip(rates).zip(evaluations).enumerate() {
            rows.push(EpochRow {
                epoch: epoch.to_string(),
                loss: scalar_str(*loss),
                rate: scalar_str(*rate),
                evaluations: calls.to_string(),
                norm: python_float(f64::from(*norm)),
            });
        }
        rows
    }
}

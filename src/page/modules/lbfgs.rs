//! The course's script with L-BFGS as far as it has come: [`Lbfgs`].

use crate::base::words::count;
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

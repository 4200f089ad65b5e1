//! The training of the network as far as it has come: [`Network`].

use crate::base::words::thousands;
use crate::jax::repr::python_float;
use crate::page::duration::elapsed;
use crate::plot::{Curve, CurvesChart, Dash, Look, Marker, Role, Sampling, StepAxis, StepUnit, Theme};
use crate::worker::protocol::{Body, MlpEnd, MlpRequest, Stats};

/// A training of the network.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// What was asked for; none before.
    pub request: Option<MlpRequest>,
    /// How many numbers the network has.
    pub parameters: usize,
    /// The loss of each epoch so far, before its update.
    pub losses: Vec<f32>,
    /// What the Python program has printed so far, without its last line.
    pub printed: Vec<String>,
    /// How it ended, and what it cost.
    pub end: Option<(MlpEnd, Stats)>,
    /// Whether more comes.
    pub is_running: bool,
}

impl Network {
    /// A training begins.
    pub fn start(&mut self, request: MlpRequest) {
        *self = Self { request: Some(request), is_running: true, ..Self::default() };
    }

    /// Takes an answer of the worker; whether it was about a network.
    pub fn take(&mut self, body: Body) -> bool {
        match body {
            Body::MlpStarted { parameters, printed } => {
                // a worker that was replaced begins again
                self.losses.clear();
                self.parameters = parameters;
                self.printed = vec![printed];
            }
            Body::Mlp(steps) => {
                self.losses.extend(steps.losses);
                self.printed.extend(steps.printed);
            }
            Body::MlpEnded { end, stats } => self.end = Some((end, stats)),
            _ => return false,
        }
        true
    }

    /// No more comes.
    pub fn stop(&mut self) {
        self.is_running = false;
    }

    /// How many epochs there will be.
    #[must_use]
    pub fn total(&self) -> usize {
        self.request.as_ref().map_or(MlpRequest::default().epochs, |request| request.epochs)
    }

    /// How far it has come, or what it cost.
    #[must_use]
    pub fn status(&self) -> String {
        let (done, total) = (thousands(self.losses.len()), thousands(self.total()));
        match &self.end {
            Some((_, stats)) => {
                let took = elapsed(stats.milliseconds);
                format!("{done} epochs in {took}, {} parameters", thousands(self.parameters))
            }
            None if self.is_running => format!("{done} of {total} epochs …"),
            None if self.request.is_some() => format!("stopped after {done} of {total} epochs"),
            None => "not trained yet".to_owned(),
        }
    }

    /// Where the playhead stands, after this many epochs: the last of them as the program counts, from 0, and the loss before its update.
    #[must_use]
    pub fn position(&self, epoch: usize) -> String {
        let total = thousands(self.total());
        let Some(last) = epoch.checked_sub(1) else { return format!("before the first epoch of {total}") };
        let loss = self.losses.get(last).map(|loss| format!(" · loss {}", python_float(f64::from(*loss))));
        format!("epoch {}, {} of {total}{}", thousands(last), thousands(epoch), loss.unwrap_or_default())
    }

    /// What the Python program has printed after this many epochs.
    #[must_use]
    pub fn lines(&self, epoch: usize) -> Vec<String> {
        use crate::lecture::run::mlp::PRINT_EVERY;
        let count = 1 + epoch.div_ceil(PRINT_EVERY);
        let mut lines: Vec<String> = self.printed.iter().take(count).cloned().collect();
        if epoch >= self.total() {
            lines.extend(self.end.iter().map(|(end, _)| end.printed.clone()));
        }
        lines
    }

    /// The losses at the end, in a sentence, once the playhead is there.
    #[must_use]
    pub fn verdict(&self, epoch: usize) -> Option<String> {
        let (end, _) = self.end.as_ref().filter(|_| epoch >= self.total())?;
        let [loss, test] = [end.loss, end.test_loss].map(|loss| python_float(f64::from(loss)));
        let way = if end.test_loss > end.loss { "larger" } else { "no larger" };
        Some(format!(
            "Loss on the 500 rows that it learned from: {loss}. On 200 rows that no step has seen: {test}, {way}."
        ))
    }

    /// Builds the chart of the loss, and reads it.
    pub fn with_chart<R>(&self, theme: &Theme, read: impl FnOnce(&CurvesChart<'_>) -> R) -> R {
        let module = theme.look(crate::lecture::settings::config::Approach::Module);
        let look = Look { color: module.color, dash: Dash::Solid, marker: Marker::Circle };
        let total = self.total();
        let sampling = Sampling::every_step(total);
        let curve =
            Curve { label: "Mlp", look, role: Role::Run, sampling, values: &self.losses, printed: &[], exact: &[] };
        read(&CurvesChart {
            title: "Loss of each epoch, before its update",
            unit: "",
            curves: &[curve],
            middle: None,
            axis: StepAxis { unit: StepUnit::Epochs, ..StepAxis::new(total, 1) },
            log: true,
            range: None,
            bare: false,
            branch: None,
            waits: true,
        })
    }
}

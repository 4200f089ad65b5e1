//! [`Cells`]: how the runs of a map ended, as far as they were computed.

use super::plan::{Plan, STRIDES, Wanted};
use crate::lecture::verdict::stability::Stability;
use crate::page::view::Quantity;
use crate::plot::Heat;
use crate::worker::protocol::Outcomes;

/// How a cell's run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// The loss of the last batch before its update.
    pub loss: f32,
    /// ‖θ−θ̂‖ after the last step.
    pub distance: f32,
    /// After how many steps the target was reached; 0 where it was not.
    pub reached: f32,
    /// The part of all shuffles with which it diverges.
    pub diverges: f32,
    /// By what factor the distance differs between shuffles; 0 where that is not known.
    pub spread: f32,
    /// For the network, the typical loss as a multiple of the first; else 0.
    pub typical: f32,
}

impl Cell {
    /// What its colour stands for.
    #[must_use]
    pub fn heat(&self, quantity: Quantity) -> Heat {
        let beyond = self.diverges > 0.0;
        let known = |value: f32| if value > 0.0 { value } else { f32::NAN };
        let value = match quantity {
            Quantity::Loss => self.loss,
            _ if self.typical > 0.0 => self.typical,
            Quantity::Steps if !beyond => known(self.reached),
            Quantity::Spread if beyond => self.diverges,
            Quantity::Spread => known(self.spread),
            Quantity::Distance | Quantity::Steps => self.distance,
        };
        Heat { beyond, value }
    }
}

/// How the runs of a map ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    /// Which runs.
    pub plan: Plan,
    /// Rows × columns row-major.
    found: Vec<Option<Cell>>,
    /// Cells that were computed.
    known: usize,
    /// The limits of learning rates for some batch sizes, ascending.
    pub limits: Vec<Stability>,
    /// How long the workers took so far, in milliseconds.
    pub took: f64,
    /// Why something is missing, if it is.
    pub trouble: Option<String>,
}

impl Cells {
    /// None yet.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self { found: vec![None; plan.cells()], plan, ..Self::default() }
    }

    /// How many were computed.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known
    }

    /// Whether all were.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.known == self.found.len()
    }

    /// What is still to be asked.
    #[must_use]
    pub fn missing(&self) -> Vec<Wanted> {
        let is_missing = |wanted: &Wanted| match wanted {
            Wanted::Cells(piece) => piece.columns.iter().any(|&column| self.at((piece.row, column)).is_none()),
            Wanted::Limits(row) => {
                let size = self.plan.batches.get(*row);
                !self.limits.iter().any(|known| Some(&known.rows) == size)
            }
        };
        self.plan.wanted().into_iter().filter(is_missing).collect()
    }

    /// A cell, if it was computed.
    #[must_use]
    pub fn at(&self, (row, column): (usize, usize)) -> Option<&Cell> {
        if column >= self.plan.rates.len() {
            return None;
        }
        self.found.get(row * self.plan.rates.len() + column)?.as_ref()
    }

    /// A cell, or the nearest below and to the left of it that stands for it while the map is coarse.
    #[must_use]
    pub fn near(&self, (row, column): (usize, usize)) -> Option<&Cell> {
        let strides = STRIDES.iter().rev();
        strides.into_iter().find_map(|stride| self.at((row / stride * stride, column / stride * stride)))
    }

    /// Takes an answer about cells.
    pub fn take(&mut self, wanted: &Wanted, outcomes: &Outcomes) {
        let Wanted::Cells(piece) = wanted else { return };
        let columns = self.plan.rates.len();
        for (i, &column) in piece.columns.iter().enumerate() {
            let read = |values: &[f32]| values.get(i).copied();
            let Some(loss) = read(&outcomes.losses) else { continue };
            let cell = Cell {
                loss,
                distance: read(&outcomes.norms).unwrap_or(f32::NAN),
                reached: read(&outcomes.reached).unwrap_or_default(),
                diverges: read(&outcomes.diverges).unwrap_or_default(),
                spread: read(&outcomes.spread).unwrap_or_default(),
                typical: read(&outcomes.typical).unwrap_or_default(),
            };
            if let Some(place) = self.found.get_mut(piece.row * columns + column) {
                self.known += usize::from(place.is_none());
                *place = Some(cell);
            }
        }
    }

    /// Takes the limits of a batch size.
    pub fn take_limits(&mut self, found: Vec<Stability>) {
        for stability in found {
            let place = self.limits.iter().take_while(|known| known.rows < stability.rows).count();
            if self.limits.get(place).is_none_or(|known| known.rows != stability.rows) {
                self.limits.insert(place, stability);
            }
        }
    }

    /// How many of the computed cells diverge, with at least one shuffle.
    #[must_use]
    pub fn diverging(&self) -> usize {
        self.found.iter().flatten().filter(|cell| cell.diverges > 0.0).count()
    }

    /// The cell in which a quantity is least, among those that do not diverge.
    #[must_use]
    pub fn best(&self, quantity: Quantity) -> Option<((usize, usize), Heat)> {
        let columns = self.plan.rates.len().max(1);
        let heats = self.found.iter().enumerate().filter_map(|(place, cell)| {
            let heat = cell.as_ref()?.heat(quantity);
            (!heat.beyond && heat.value.is_finite()).then_some(((place / columns, place % columns), heat))
        });
        heats.reduce(|best, other| if other.1.value < best.1.value { other } else { best })
    }
}

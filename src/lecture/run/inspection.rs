//! [`Inspection`]: one step of a run taken apart, as far as the page shows it. [`crate::lecture::run::trainer::Trainer::inspect`] computes it.

use serde::{Deserialize, Serialize};

use crate::lecture::programs::binding::Binding;
use crate::lecture::run::columns::{Column, Columns};

/// What a recording keeps of a moment: the numbers that charts show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The loss of the step that led there, of its batch, before the update.
    pub loss: f32,
    /// ‖θ−θ̂‖.
    pub norm: f32,
    /// The distance to the least-squares solution.
    pub least_squares_norm: f32,
}

/// The step that leads from `step` steps taken to one more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// Steps taken before this one.
    pub step: usize,
    /// The epoch that it belongs to, from 0.
    pub epoch: usize,
    /// Its batch within the epoch, from 0.
    pub batch: usize,
    /// The two words of the key that shuffled this epoch.
    pub subkey: [u32; 2],
    /// Where in `order` the batch begins.
    pub first: usize,
    /// Rows in the batch.
    pub rows: usize,
    /// What charts show after the step; its loss is that of the step's batch before the update.
    pub after: Recorded,
    /// What they show before it; none at the start.
    pub before: Option<Recorded>,
    /// The learning rate that the schedule returns for this step; none where the optimizer searches for the length of its steps.
    pub learning_rate: Option<f32>,
    /// Hessian of the batch's loss, M × M row-major.
    pub batch_hessian: Vec<f64>,
    /// Where the batch's loss is least (nearest to 0 if that is not one point), length M.
    pub batch_minimiser: Vec<f64>,
    /// What the program's variables hold before the step, as Python prints them.
    pub state: Vec<Binding>,
    /// The long columns.
    #[serde(skip)]
    pub columns: InspectionColumns,
}

/// The columns of an [`Inspection`]; they travel as buffers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InspectionColumns {
    /// The samples in the order in which this epoch deals them out, a permutation of 0 … N − 1.
    pub order: Vec<u32>,
    /// The only feature where there is just one, length N; else empty.
    pub x: Vec<f32>,
    /// The targets, length N.
    pub targets: Vec<f32>,
    /// The predictions before the step, length N.
    pub predictions: Vec<f32>,
    /// The parameters before the step, length M.
    pub params: Vec<f32>,
    /// The gradient of the batch's loss there, length M.
    pub gradient: Vec<f32>,
    /// The parameters after the step, length M.
    pub params_after: Vec<f32>,
}

impl Columns for Inspection {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let InspectionColumns { order, x, targets, predictions, params, gradient, params_after } = &mut self.columns;
        let floats = [x, targets, predictions, params, gradient, params_after].map(Column::Floats);
        [Column::Words(order)].into_iter().chain(floats).collect()
    }
}

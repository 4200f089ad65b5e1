//! [`Dissection`]: one step of a run, operation by operation, with every number of it. [`crate::lecture::run::trainer::Trainer::dissect`] computes it.

use serde::{Deserialize, Serialize};

use crate::jax::core::DType;
use crate::lecture::settings::config::Optimizer;

/// How many numbers of a value are shown at most.
pub const SHOWN: usize = 64;

/// The step that leads from `step` steps taken to one more: its program as the function that is taught writes it, with the values of this step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dissection {
    /// Steps taken before this one.
    pub step: usize,
    /// The epoch that it belongs to, from 0.
    pub epoch: usize,
    /// Its batch within the epoch, from 0.
    pub batch: usize,
    /// Batches in an epoch.
    pub batches: usize,
    /// Where in the epoch's order the batch begins.
    pub first: usize,
    /// The words of three keys: the one that this epoch splits, the one that is carried on, and the one that shuffles.
    pub keys: [[u32; 2]; 3],
    /// The first samples that the epoch deals out.
    pub order: Vec<u32>,
    /// The samples of the batch, the first [`SHOWN`].
    pub drawn: Vec<u32>,
    /// The optimizer that takes the step.
    pub optimizer: Optimizer,
    /// Whether its rate follows a schedule, and so depends on how many updates there were.
    pub is_scheduled: bool,
    /// Whether `nnx.Optimizer` holds the optimizer's state.
    pub is_module: bool,
    /// Rows in the batch.
    pub rows: usize,
    /// All samples.
    pub samples: usize,
    /// The arguments of the step's program, then the result of each equation, then derivatives that are literals.
    pub values: Vec<Value>,
    /// The equations, in the program's order.
    pub operations: Vec<Operation>,
    /// Which values are what.
    pub roles: Roles,
    /// What the step takes over from the one before, parameters included, each with what it hands on in its place.
    pub carried: Vec<(usize, usize)>,
}

/// Which of the values of a [`Dissection`] are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// The parameters before the step.
    pub params: usize,
    /// The batch's features.
    pub x: usize,
    /// Its targets.
    pub y: usize,
    /// The configured learning rate, before any schedule.
    pub rate: usize,
    /// The loss before the step.
    pub loss: usize,
    /// The gradient of the loss for the parameters.
    pub gradient: usize,
    /// The parameters after the step.
    pub params_after: usize,
}

/// A value of the step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Its name in the program's text.
    pub name: String,
    /// Its type in the program's text, as in `f32[16,2]`.
    pub aval: String,
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its numbers in row-major order, the first [`SHOWN`], as words.
    pub words: Vec<u32>,
    /// What the words stand for.
    pub kind: Kind,
    /// Whether the compiled step has this very value. Otherwise it is part of a fused operation, which rounds only its result, and the numbers are what the
    /// operation returns by itself.
    pub is_stored: bool,
    /// The value that is the derivative of the loss for this one, if the gradient needs it.
    pub cotangent: Option<usize>,
    /// The same derivative, measured.
    pub check: Option<Check>,
}

/// What the words of a [`Value`] stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Floats.
    #[default]
    Float,
    /// Signed integers.
    Signed,
    /// Unsigned integers.
    Unsigned,
    /// Truth values.
    Bool,
    /// Several values of types of their own, each of which an equation of its own takes out; there are no words.
    Several,
}

impl From<DType> for Kind {
    fn from(dtype: DType) -> Self {
        match dtype {
            DType::F32 => Self::Float,
            DType::I32 => Self::Signed,
            DType::U32 => Self::Unsigned,
            DType::Bool => Self::Bool,
        }
    }
}

/// A derivative that was measured: one element of a value is moved to either side, and the rest of the loss is computed again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Which element, in row-major order: the one with the largest derivative.
    pub element: usize,
    /// How far it was moved to either side.
    pub h: f32,
    /// The loss there, below and above.
    pub losses: [f32; 2],
    /// The difference of these losses over 2·h.
    pub slope: f32,
    /// What the backward pass has.
    pub derivative: f32,
}

/// An equation of the step's program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The primitive's name.
    pub primitive: String,
    /// The equation as the program prints it, on one line.
    pub equation: String,
    /// The values that it reads, without literals.
    pub inputs: Vec<usize>,
    /// The value that it computes.
    pub output: usize,
    /// Where in the step it belongs.
    pub part: Part,
}

/// Where in a step an equation belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// What does not depend on the targets.
    Predict,
    /// What is done with each row's error.
    Residuals,
    /// What makes one number of all rows.
    Mean,
    /// Derivatives: what pulls the cotangent back through the equation with this number.
    Backward(usize),
    /// What the optimizer makes of the gradient.
    Optimizer,
    /// What makes the new parameters.
    Apply,
}

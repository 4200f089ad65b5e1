//! [`RecordedStep`]: a program's step as the trainer runs it, an epoch at a time: it also measures how far the parameters are from the true ones.

use crate::base::error::{Error, Result};
use crate::jax::compile::scan::{Scan, Wiring};
use crate::jax::compile::{Rounding, lowered, map_ensemble};
use crate::jax::core::ShapedArray;
use crate::jax::trace::{eval_jaxpr, trace};
use crate::jax::{Array, DType, make_jaxpr};

use crate::lecture::data::loader::Data;
use crate::lecture::programs::step_program::step_program;
use crate::lecture::settings::config::Config;

/// A compiled step for batches of one size. For every step it records the loss before it, then the parameters after it, then their distance
/// ‖θ−θ̂‖ to the true ones: M + 2 numbers.
#[derive(Debug)]
pub struct RecordedStep {
    scan: Scan,
    inputs: Inputs,
}

/// Where the inputs of a compiled step stand; before them, the arrays of the state.
#[derive(Clone, Copy, Debug)]
struct Inputs {
    /// The batch, f32\[rows, M\].
    x: usize,
    /// Its targets, f32\[rows\].
    y: usize,
    /// The learning rate.
    rate: usize,
    /// The true parameters, f32\[M\].
    theta: usize,
}

impl Inputs {
    /// After a state of this many arrays.
    fn after(state: usize) -> Self {
        Self { x: state, y: state + 1, rate: state + 2, theta: state + 3 }
    }
}

impl RecordedStep {
    /// Compiles the step of a configuration for batches of `rows` rows.
    ///
    /// # Errors
    /// The step cannot be traced.
    pub fn new(rows: usize, config: &Config) -> Result<Self> {
        Self::compile(rows, config, None)
    }

    /// The step of this many trainings at once, which share the batches and what is counted; their rates, the floats of their states and all that is
    /// recorded have one more axis, the last one, for them. Each has the bits that [`Self::new`] computes for it alone.
    ///
    /// # Errors
    /// The step cannot be traced.
    pub fn mapped(rows: usize, config: &Config, trainings: usize) -> Result<Self> {
        Self::compile(rows, config, Some(trainings))
    }

    fn compile(rows: usize, config: &Config, trainings: Option<usize>) -> Result<Self> {
        let program = step_program(config.program);
        let step = program.trace(rows, config)?;
        let lowered_step = lowered(&step.jaxpr, Rounding::Fused)?;
        // The program prints the distance from outside of the step, so it is compiled by itself: together, other operations might be fused.
        let theta = ShapedArray::new(&[config.features], DType::F32);
        let zeros = Array::zeros(&theta.shape, theta.dtype);
        let distance = make_jaxpr(|theta: &Array, params: &Array| (theta - params).norm())(&zeros, &zeros)?;
        let lowered_distance = lowered(&distance.jaxpr, Rounding::Fused)?;

        let state = lowered_step.outs.len() - 1;
        let inputs = Inputs::after(state);
        let params = program.params_leaf();
        let arguments: Vec<ShapedArray> = lowered_step.in_avals().cloned().chain([theta]).collect();
        let both = trace(&arguments, |arguments| {
            let step_and_distance = || {
                let (arguments, theta) = arguments.split_at(inputs.theta);
                let mut outs = eval_jaxpr(&lowered_step, &step.consts, arguments)?;
                let reached = outs[params].reshape(&[config.features]);
                let operands: Vec<Array> = theta.iter().cloned().chain([reached]).collect();
                outs.extend(eval_jaxpr(&lowered_distance, &distance.consts, &operands)?);
                Ok(outs)
            };
            // an output that carries the error, which ends the trace with it
            step_and_distance().unwrap_or_else(|error| vec![Array::failed(error)])
        })?;
        // what a step returns: its state, its loss, and then the distance
        let (loss, distance) = (state, state + 1);
        let wiring = Wiring {
            carries: (0..state).map(|leaf| (leaf, leaf)).collect(),
            batches: vec![inputs.x, inputs.y],
            records: vec![loss, params, distance],
        };
        let program = match trainings {
            None => both.jaxpr,
            Some(trainings) => {
                let is_float = |aval: &ShapedArray| aval.dtype == DType::F32;
                let mut mapped: Vec<bool> = both.jaxpr.in_avals().map(is_float).collect();
                for shared in [inputs.x, inputs.y, inputs.theta] {
                    mapped[shared] = false;
                }
                let outputs: Vec<bool> = both.jaxpr.outs.iter().map(|&atom| is_float(&both.jaxpr.aval(atom))).collect();
                map_ensemble(&both.jaxpr, &mapped, &outputs, trainings)?
            }
        };
        Ok(Self { scan: Scan::new(&program, &both.consts, &wiring)?, inputs })
    }

    /// Takes a step for every batch in `rows`, numbers of samples that make whole batches, at this learning rate, or at these of as many trainings as it was
    /// compiled for; `state` becomes what they leave. Writes M + 2 numbers for every step, or as many for each training.
    ///
    /// # Errors
    /// The rows end within a batch, or are not samples of the data, or the records or the rates have another length.
    pub fn run(
        &mut self,
        rates: &[f32],
        data: &Data,
        rows: &[u32],
        state: &mut [Vec<u32>],
        records: &mut [f32],
    ) -> Result<()> {
        let Inputs { rate, theta, .. } = self.inputs;
        let trainings = self.scan.input_mut(rate).len();
        if rates.len() != trainings {
            let expected = format!("it must be {trainings}, one for each training");
            return Err(Error::value("The number of learning rates", rates.len(), expected));
        }
        for (i, words) in state.iter().enumerate() {
            self.scan.input_mut(i).copy_from_slice(words);
        }
        self.scan.input_mut(rate).copy_from_slice(bytemuck::cast_slice(rates));
        let tables: [&[u32]; 2] = [bytemuck::cast_slice(data.x.as_f32()?), bytemuck::cast_slice(data.y.as_f32()?)];
        self.scan.input_mut(theta).copy_from_slice(bytemuck::cast_slice(data.theta.as_f32()?));
        self.scan.run(&tables, rows, bytemuck::cast_slice_mut(records))?;
        for (i, words) in state.iter_mut().enumerate() {
            words.copy_from_slice(self.scan.input_mut(i));
        }
        Ok(())
    }
}

//! Taking one step of a run apart: [`Trainer::inspect`] computes it again from the checkpoint before it.

use thetahat_kernels::records::distance;

use crate::base::error::{Error, Result};
use crate::jax::Array;
use crate::jax::trace::eval_jaxpr;

use crate::lecture::data::geometry::Quadratic;
use crate::lecture::run::inspection::{Inspection, InspectionColumns, Recorded};
use crate::lecture::run::trainer::Trainer;
use crate::lecture::settings::config::{ModuleKind, Program};

/// Above this many features, the batch's own contours are left out: its eigenvectors would take longer than the step.
const GEOMETRY_LIMIT: usize = 32;

impl Trainer {
    /// What happens in the step after `step` others. It must be one that has been taken.
    ///
    /// # Errors
    /// The run has no such step, or has not come so far.
    pub fn inspect(&mut self, step: usize) -> Result<Inspection> {
        if step >= self.steps_taken() || self.config().program == Program::Module(ModuleKind::Pitfall) {
            let expected = format!("only the {} steps that were taken can be looked at", self.steps_taken());
            return Err(Error::value("Step", step, expected));
        }
        let now = self.rewind(step.saturating_sub(1))?;
        let inspection = self.before(step).and_then(|before| self.look(before));
        self.restore(now);
        inspection
    }

    /// Takes the step that leads to where `step` have been taken, and tells what charts show there.
    fn before(&mut self, step: usize) -> Result<Option<Recorded>> {
        if step == 0 {
            return Ok(None);
        }
        self.begin_step()?;
        self.take_steps(step)?;
        Ok(Some(self.reading()))
    }

    /// What charts show after the one step that was taken last.
    fn reading(&self) -> Recorded {
        match self.records() {
            [loss, params @ .., norm] => Recorded {
                loss: *loss,
                norm: *norm,
                least_squares_norm: distance(params, &self.problem().least_squares),
            },
            _ => Recorded::default(),
        }
    }

    /// Describes the next step, and takes it.
    fn look(&mut self, before: Option<Recorded>) -> Result<Inspection> {
        self.begin_step()?;
        let (step, subkey) = (self.position().next_step, self.position().epoch.subkey.words());
        let batch = self.batch();
        let (first, rows) = (batch.start, batch.len());
        let (features, per_epoch) = (self.config().features, self.config().steps_per_epoch());
        let order = self.position().epoch.order.clone();
        let course = self.course();
        let has_rate = !course.config().optimizer.searches();
        let learning_rate = has_rate.then(|| course.learning_rate_at(self.updates())).transpose()?;
        let state = course.arrays(&self.position().state)?;
        let bindings = course.program().bindings(&state, course.config())?;
        let params = Array::new(self.params(), &[features]);

        let data = self.data();
        let indices: Vec<i32> = order[batch].iter().map(|&row| row.cast_signed()).collect();
        let indices = Array::from_i32(&indices, &[rows]);
        let (x, y) = (data.x.take(&indices), data.y.take(&indices));
        let traced = self.shared().gradient(course.config(), rows)?;
        let gradient = eval_jaxpr(&traced.jaxpr, &traced.consts, &[params.clone(), x.clone(), y.clone()])?;
        let predictions = data.x.matmul(&params);
        let (batch_hessian, batch_minimiser) = if features <= GEOMETRY_LIMIT {
            let quadratic = Quadratic::new(x.as_f32()?, y.as_f32()?, features);
            (quadratic.hessian, quadratic.least_squares)
        } else {
            Default::default()
        };
        let mut columns = InspectionColumns {
            order: order.to_vec(),
            x: if features == 1 { data.x.to_vec()? } else { Vec::new() },
            targets: data.y.to_vec()?,
            predictions: predictions.to_vec()?,
            params: params.to_vec()?,
            gradient: gradient.first().map_or_else(|| Ok(Vec::new()), Array::to_vec)?,
            params_after: Vec::new(),
        };
        self.take_steps(step + 1)?;
        columns.params_after = self.params().to_vec();
        Ok(Inspection {
            step,
            epoch: step / per_epoch,
            batch: step % per_epoch,
            subkey,
            first,
            rows,
            after: self.reading(),
            before,
            learning_rate,
            batch_hessian,
            batch_minimiser,
            state: bindings,
            columns,
        })
    }
}

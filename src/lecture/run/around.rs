//! The modules of a run around one of its steps: [`Trainer::anatomy`].

use crate::base::error::{Error, Result};
use crate::jax::core::Atom;
use crate::jax::{Array, DType};

use crate::lecture::programs::apart::{Apart, Which};
use crate::lecture::run::anatomy::{Anatomy, At, Subject, describe, gradient_state};
use crate::lecture::run::dissect::{Course, Places, computed, read};
use crate::lecture::run::phase;
use crate::lecture::run::trainer::Trainer;

impl Trainer {
    /// The modules before the step after `step` others, with its gradient and with the state after it, all of them the run's own numbers. A run that takes no
    /// steps has its modules where they start.
    ///
    /// # Errors
    /// The run has no such step, has not come so far, or its program has no modules.
    pub fn anatomy(&mut self, step: usize, subject: Subject) -> Result<Anatomy> {
        if self.config().steps() == 0 {
            let course = self.course();
            let state = course.arrays(&self.position().state)?;
            let which = Which { with_optimizer: subject == Subject::Both, is_trained: false };
            let apart = apart(course, &state, which)?;
            return describe(subject, &apart, None, None);
        }
        if step >= self.steps_taken() {
            let expected = format!("only the {} steps that were taken can be looked at", self.steps_taken());
            return Err(Error::value("Step", step, expected));
        }
        let now = self.rewind(step)?;
        let anatomy = self.begin_step().and_then(|()| self.around(step, subject));
        self.restore(now);
        anatomy
    }

    /// The gradient of the next step's loss, as the compiled step has it.
    fn gradient(&self) -> Result<Array> {
        let (course, batch, data) = (self.course(), self.batch(), self.data());
        let (program, config) = (course.program(), course.config());
        let indices: Vec<i32> = self.position().epoch.order[batch].iter().map(|&row| row.cast_signed()).collect();
        let rows = indices.len();
        let indices = Array::from_i32(&indices, &[rows]);
        let mut arguments = course.arrays(&self.position().state)?;
        let place = Places { params: program.params_leaf(), x: arguments.len() };
        arguments.extend([data.x.take(&indices), data.y.take(&indices), course.rate()]);
        let (whole, loss) = (program.trace(rows, config)?, program.trace_loss(rows, config)?);
        let (numbers, _) = computed(&whole, &arguments)?;
        match Course::find(&whole.jaxpr, &loss.jaxpr, place)?.cotangents[loss.jaxpr.invars[0].index()] {
            Some(Atom::Var(var)) => read(&numbers, var).cloned(),
            Some(Atom::Lit(literal)) => Ok(Array::from_literal(literal)),
            None => Ok(Array::zeros(arguments[place.params].shape(), DType::F32)),
        }
    }

    /// Takes the next step, and tells what is before and after it.
    fn around(&mut self, step: usize, subject: Subject) -> Result<Anatomy> {
        let gradient = self.gradient()?;
        let state = self.course().arrays(&self.position().state)?;
        self.take_steps(step + 1)?;
        let next = self.course().arrays(&self.position().state)?;
        let course = self.course();
        let (with_optimizer, is_trained) = (subject == Subject::Both, step > 0);
        let now = apart(course, &state, Which { with_optimizer, is_trained })?;
        let after = apart(course, &next, Which { with_optimizer, is_trained: true })?;
        let model = apart(course, &state, Which { with_optimizer: false, is_trained })?;
        let grads = gradient_state(&model.state, &gradient);
        let batches = self.config().steps_per_epoch();
        let at = At { step, epoch: step / batches, batch: step % batches, batches };
        Ok(Anatomy { at: Some(at), ..describe(subject, &now, Some(&grads), Some(&after.state))? })
    }
}

fn apart(course: &phase::Course, state: &[Array], which: Which) -> Result<Apart> {
    course.program().apart(state, course.config(), which)?.ok_or_else(|| {
        let problem = "the program is made of functions and has no modules".to_owned();
        Error::tree("split", problem, "Show a program with a module.")
    })
}

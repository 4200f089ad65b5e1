//! [`StepProgram`]: a taught program as the trainer needs it, whichever way it is written: where its state begins, its compiled step, its
//! gradient, and what its variables hold.
//!
//! The learning rate is an input of the compiled step, so a new rate neither traces nor compiles again.

use crate::base::error::Result;
use crate::jax::trace::ClosedJaxpr;
use crate::jax::tree::{PyTree, tree_leaves, tree_unflatten};
use crate::jax::{Array, DType, grad, make_jaxpr};
use crate::nnx::{self, Linear, Module, MyLinear, Param, State};
use crate::optax::{
    self, GradientTransformation, LearningRate, OptState, SgdOptions, adam, cosine_decay_schedule, sgd_with,
    warmup_cosine_decay_schedule,
};

use super::{lbfgs, linear, my_linear, raw, scheduled, vmap};
use crate::lecture::programs::apart::{Apart, Which};
use crate::lecture::programs::binding::Binding;
use crate::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};

/// The momentum of [`Optimizer::Momentum`] and [`Optimizer::Nesterov`].
pub const MOMENTUM: f64 = 0.9;

/// A program's step. Its state is a list of arrays that each step replaces; the parameters are one of them.
pub trait StepProgram {
    /// The state before the first step, for parameters f32\[M\].
    ///
    /// # Errors
    /// A leaf carries an error.
    fn start(&self, params: &Array, config: &Config) -> Result<Vec<Array>>;

    /// Which array of the state holds the parameters.
    fn params_leaf(&self) -> usize;

    /// The step for batches of `rows` rows: inputs are the state, x f32\[rows, M\], y f32\[rows\] and the learning rate, an f32 scalar;
    /// outputs the next state and the loss before the step.
    ///
    /// # Errors
    /// It cannot be traced.
    fn trace(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr>;

    /// The loss of a batch of `rows` rows as a program: inputs are the parameters as the state holds them, x and y; the output is the loss.
    ///
    /// # Errors
    /// It cannot be traced.
    fn trace_loss(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr>;

    /// The gradient of the loss of a batch of `rows` rows as a program: inputs are the parameters f32\[M\], x and y; the output is f32\[M\].
    ///
    /// # Errors
    /// It cannot be traced.
    fn trace_gradient(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr>;

    /// The program's variables in a state, as Python prints them.
    ///
    /// # Errors
    /// The state is not one of this program.
    fn bindings(&self, state: &[Array], config: &Config) -> Result<Vec<Binding>>;

    /// The program's modules in a state, taken apart: the model, or the pair of model and optimizer; none for a program of functions.
    ///
    /// # Errors
    /// The state is not one of this program.
    fn apart(&self, _state: &[Array], _config: &Config, _which: Which) -> Result<Option<Apart>> {
        Ok(None)
    }
}

/// The program of a configuration.
#[must_use]
pub fn step_program(program: Program) -> Box<dyn StepProgram> {
    match program {
        Program::Raw => Box::new(Functional { loss: raw::vectorized_residuals, make_step: raw::make_step }),
        Program::Vmap => Box::new(Functional { loss: vmap::residuals, make_step: vmap::make_step }),
        Program::Module(ModuleKind::Linear | ModuleKind::Split) => {
            Box::new(InModule { model: linear_model, loss: linear::residuals_loss, train_step: linear::train_step })
        }
        Program::Module(ModuleKind::MyLinear | ModuleKind::Pitfall) => Box::new(InModule {
            model: |kernel: &Array| MyLinear {
                out_size: 1,
                in_size: kernel.size(),
                kernel: Param::new(kernel.reshape(&[1, kernel.size()])),
            },
            loss: my_linear::residuals_loss,
            train_step: my_linear::train_step,
        }),
    }
}

/// The configured optimizer of a functional program, its rate a constant.
#[must_use]
pub fn functional_optimizer(config: &Config) -> GradientTransformation {
    transformation(config, &rate(config))
}

/// A linear layer with this kernel, f32\[M\], and the configured optimizer for it, its rate a constant.
#[must_use]
pub fn linear_modules(kernel: &Array, config: &Config) -> (Linear, nnx::Optimizer) {
    let model = linear_model(kernel);
    let optimizer = nnx::Optimizer::new(&model, transformation(config, &rate(config)), Param);
    (model, optimizer)
}

fn linear_model(kernel: &Array) -> Linear {
    Linear {
        kernel: Param::new(kernel.reshape(&[kernel.size(), 1])),
        bias: None,
        in_features: kernel.size(),
        out_features: 1,
    }
}

/// The learning rate at a step, `count` updates after the optimizer was initialised.
///
/// # Errors
/// None for a valid configuration.
pub fn learning_rate_at(config: &Config, count: usize) -> Result<f32> {
    let rate = rate(config);
    match learning_rate(config, &rate) {
        LearningRate::Constant(rate) => rate.array().item(),
        LearningRate::Schedule(schedule) => {
            schedule(&Array::from_i32(&[i32::try_from(count).unwrap_or(i32::MAX)], &[])).item()
        }
    }
}

/// The learning rates for the updates after these many others, by the schedule called once for all of them.
///
/// # Errors
/// None for a valid configuration.
pub fn learning_rates_at(config: &Config, counts: &[usize]) -> Result<Vec<f32>> {
    match learning_rate(config, &rate(config)) {
        LearningRate::Constant(rate) => Ok(vec![rate.array().item()?; counts.len()]),
        LearningRate::Schedule(schedule) => {
            let counts: Vec<i32> = counts.iter().map(|&count| i32::try_from(count).unwrap_or(i32::MAX)).collect();
            schedule(&Array::from_i32(&counts, &[counts.len()])).to_vec()
        }
    }
}

/// The configured rate as the f32 scalar that is an input of the step.
#[must_use]
#[allow(clippy::cast_possible_truncation)] // numbers of a program are f32
pub fn rate(config: &Config) -> Array {
    Array::scalar(config.learning_rate as f32)
}

/// Over how many steps the schedule is spread, for those that are: a setting of the compiled step.
#[must_use]
pub fn decay_steps(config: &Config) -> Option<i32> {
    matches!(config.schedule, Schedule::Cosine | Schedule::WarmupCosine)
        .then(|| i32::try_from(config.planned_steps()).unwrap_or(i32::MAX))
}

fn learning_rate(config: &Config, rate: &Array) -> LearningRate {
    let steps = decay_steps(config).unwrap_or_default();
    match config.schedule {
        Schedule::Constant => rate.into(),
        Schedule::Exponential => scheduled::learning_rate(rate).into(),
        Schedule::Cosine => cosine_decay_schedule(rate, steps).into(),
        Schedule::WarmupCosine => warmup_cosine_decay_schedule(0.0, rate, steps / 10, steps, 0.0).into(),
    }
}

fn transformation<P: PyTree>(config: &Config, rate: &Array) -> GradientTransformation<P> {
    let rate = learning_rate(config, rate);
    let momentum = |nesterov| SgdOptions { momentum: Some(MOMENTUM), nesterov };
    match config.optimizer {
        Optimizer::Sgd => optax::sgd(rate),
        Optimizer::Momentum => sgd_with(rate, &momentum(false)),
        Optimizer::Nesterov => sgd_with(rate, &momentum(true)),
        Optimizer::Adam => adam(rate),
        Optimizer::Lbfgs => optax::lbfgs(),
    }
}

/// A batch of zeros, to trace with.
fn batch(rows: usize, features: usize) -> (Array, Array) {
    (Array::zeros(&[rows, features], DType::F32), Array::zeros(&[rows], DType::F32))
}

fn binding(name: &str, value: String) -> Binding {
    Binding { name: name.to_owned(), value }
}

/// A functional `make_step`: from optimizer, parameters, its state, x and y to the next parameters and state, and the loss before.
pub type MakeStep = fn(&GradientTransformation, &Array, &OptState, &Array, &Array) -> (Array, OptState, Array);

/// A program of pure functions: its state is the parameters and the optimizer's state.
struct Functional {
    loss: fn(&Array, &Array, &Array) -> Array,
    make_step: MakeStep,
}

impl Functional {
    fn state(params: &Array, config: &Config) -> (Array, OptState) {
        (params.clone(), transformation(config, &rate(config)).init(params))
    }
}

impl StepProgram for Functional {
    fn start(&self, params: &Array, config: &Config) -> Result<Vec<Array>> {
        Ok(tree_leaves(&Self::state(params, config)))
    }

    fn params_leaf(&self) -> usize {
        0
    }

    fn trace(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr> {
        let (x, y) = batch(rows, config.features);
        let (params, opt_state) = Self::state(&Array::zeros(&[config.features], DType::F32), config);
        let (make_step, loss, config) = (self.make_step, self.loss, config.clone());
        let start_rate = rate(&config);
        let step = move |params: &Array, opt_state: &OptState, x: &Array, y: &Array, rate: &Array| {
            let optimizer = transformation(&config, rate);
            if config.optimizer.searches() {
                lbfgs::make_step_by(loss, &optimizer, params, opt_state, x, y)
            } else {
                make_step(&optimizer, params, opt_state, x, y)
            }
        };
        make_jaxpr(step)(&params, &opt_state, &x, &y, &start_rate)
    }

    fn trace_loss(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr> {
        let (x, y) = batch(rows, config.features);
        make_jaxpr(self.loss)(&Array::zeros(&[config.features], DType::F32), &x, &y)
    }

    fn trace_gradient(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr> {
        let (x, y) = batch(rows, config.features);
        make_jaxpr(grad(self.loss))(&Array::zeros(&[config.features], DType::F32), &x, &y)
    }

    fn bindings(&self, state: &[Array], config: &Config) -> Result<Vec<Binding>> {
        let pattern = Self::state(&Array::zeros(&[config.features], DType::F32), config);
        let (params, opt_state) = tree_unflatten(&pattern, state.iter().cloned())?;
        Ok(vec![binding("params", format!("{params:?}")), binding("opt_state", opt_state.to_string())])
    }
}

/// A program of modules: its state is that of the model and of the optimizer.
struct InModule<M> {
    model: fn(&Array) -> M,
    loss: fn(&M, &Array, &Array) -> Array,
    train_step: fn(&mut M, &mut nnx::Optimizer, &Array, &Array) -> Array,
}

impl<M: Module> InModule<M> {
    fn modules(&self, params: &Array, config: &Config) -> (M, nnx::Optimizer) {
        let model = (self.model)(params);
        let optimizer = nnx::Optimizer::new(&model, transformation(config, &rate(config)), Param);
        (model, optimizer)
    }
}

impl<M: Module + std::fmt::Display> StepProgram for InModule<M> {
    fn start(&self, params: &Array, config: &Config) -> Result<Vec<Array>> {
        Ok(tree_leaves(&nnx::state(&self.modules(params, config))))
    }

    fn params_leaf(&self) -> usize {
        // a state is ordered by path: the model comes before the optimizer, and has one variable
        0
    }

    fn trace(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr> {
        let (x, y) = batch(rows, config.features);
        let (graphdef, state) = nnx::split(&self.modules(&Array::zeros(&[config.features], DType::F32), config));
        let (train_step, loss, config) = (self.train_step, self.loss, config.clone());
        let start_rate = rate(&config);
        let step = move |state: &State, x: &Array, y: &Array, rate: &Array| {
            let (mut model, mut optimizer) = nnx::merge(&graphdef, state);
            optimizer.set_tx(transformation(&config, rate));
            let value = if config.optimizer.searches() {
                lbfgs::train_by(loss, &mut model, &mut optimizer, x, y)
            } else {
                train_step(&mut model, &mut optimizer, x, y)
            };
            (nnx::state(&(model, optimizer)), value)
        };
        make_jaxpr(step)(&state, &x, &y, &start_rate)
    }

    fn trace_loss(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr> {
        let (x, y) = batch(rows, config.features);
        let (graphdef, state) = nnx::split(&(self.model)(&Array::zeros(&[config.features], DType::F32)));
        let loss = self.loss;
        make_jaxpr(move |state: &State, x: &Array, y: &Array| loss(&nnx::merge(&graphdef, state), x, y))(&state, &x, &y)
    }

    fn trace_gradient(&self, rows: usize, config: &Config) -> Result<ClosedJaxpr> {
        let (x, y) = batch(rows, config.features);
        let (model, loss) = (self.model, self.loss);
        let gradient = move |params: &Array, x: &Array, y: &Array| {
            let grads = nnx::grad(loss)(&model(params), x, y);
            grads.value("kernel").map_or_else(Array::failed, |grad| grad.reshape(&[params.size()]))
        };
        make_jaxpr(gradient)(&Array::zeros(&[config.features], DType::F32), &x, &y)
    }

    fn bindings(&self, state: &[Array], config: &Config) -> Result<Vec<Binding>> {
        let (graphdef, pattern) = nnx::split(&self.modules(&Array::zeros(&[config.features], DType::F32), config));
        let (model, optimizer) = nnx::merge(&graphdef, &tree_unflatten(&pattern, state.iter().cloned())?);
        let (model_graphdef, model_state) = nnx::split(&model);
        Ok(vec![
            binding("model", model.to_string()),
            binding("nnx.graphdef(model)", model_graphdef.to_string()),
            binding("nnx.state(model)", model_state.to_string()),
            binding("optimizer", optimizer.to_string()),
        ])
    }

    fn apart(&self, state: &[Array], config: &Config, which: Which) -> Result<Option<Apart>> {
        let mut modules = self.modules(&Array::zeros(&[config.features], DType::F32), config);
        let (graphdef, pattern) = nnx::split(&modules);
        let state = tree_unflatten(&pattern, state.iter().cloned())?;
        if which.is_trained {
            modules = nnx::merge(&graphdef, &state);
        } else {
            nnx::update(&mut modules, &state)?;
        }
        Ok(Some(if which.with_optimizer {
            Apart::of(&modules, |(model, optimizer)| format!("{model}\n{optimizer}"))
        } else {
            Apart::of(&modules.0, M::to_string)
        }))
    }
}

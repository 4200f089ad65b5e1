//! Modules with parameters, after Flax NNX 0.12.
//!
//! Read [`mod@variable`] and [`mod@module`] first: what a module is made of. [`graph`] takes modules apart and puts them together, [`mod@state`] is what comes out, and
//! [`mod@grad`] and [`mod@jit`] do so around those of JAX. [`linear`], [`my_linear`] and [`mlp`] are modules, [`optimizer`] trains them.
//!
//! Training as in the lecture is in [`jit()`]. As for speed, it takes the modules apart once, outside the loop:
//!
//! ```
//! use thetahat::jax::{Array, jit, vmap};
//! use thetahat::nnx::{self, GraphDef, MyLinear, Optimizer, Param, Rngs, State};
//! use thetahat::optax;
//!
//! fn residual(model: &MyLinear, x: &Array, y: &Array) -> Array { (model.call(x) - y).powi(2) }
//! fn residuals_loss(model: &MyLinear, x: &Array, y: &Array) -> Array { vmap(residual, (None, 0, 0))(model, x, y).mean() }
//!
//! let train_step = jit(|graphdef: &GraphDef<(MyLinear, Optimizer)>, state: &State, x: &Array, y: &Array| {
//!     let (mut model, mut optimizer) = nnx::merge(graphdef, state);
//!     let (loss, grads) = nnx::value_and_grad(residuals_loss)(&model, x, y);
//!     optimizer.update(&mut model, &grads);
//!     (nnx::state(&(model, optimizer)), loss)
//! });
//!
//! let model = MyLinear::new(2, 1, &mut Rngs::new(42));
//! let optimizer = Optimizer::new(&model, optax::sgd(0.5), Param);
//! let (x, y) = (Array::new(&[1.0, 0.0, 0.0, 1.0], &[2, 2]), Array::new(&[1.0, 2.0], &[2]));
//!
//! let mut modules = (model, optimizer);
//! let (graphdef, mut state) = nnx::split(&modules);
//! let mut loss = Array::scalar(0.0);
//! for _ in 0..40 {
//!     (state, loss) = train_step(&graphdef, &state, &x, &y);
//! }
//! nnx::update(&mut modules, &state)?;
//! assert!(loss.item()? < 1e-9);
//! assert_eq!(train_step.cache_size(), 1);
//! # Ok::<(), thetahat::Error>(())
//! ```

pub mod filter;
pub mod fixed;
pub mod grad;
pub mod graph;
pub mod initializers;
pub mod jit;
pub mod key;
pub mod linear;
pub mod mlp;
pub mod module;
pub mod my_linear;
pub mod optimizer;
mod print;
pub mod rngs;
pub mod state;
pub mod variable;

pub use crate::jax::Jitted;
pub use filter::Filter;
pub use fixed::Fixed;
pub use grad::{grad, grad_wrt, value_and_grad, value_and_grad_wrt};
pub use graph::{GraphDef, GraphNode, clone, graphdef, merge, merge_all, split, split_with, state, state_with, update};
pub use jit::jit;
pub use key::Key;
pub use linear::Linear;
pub use mlp::{Mlp, relu};
pub use module::{List, Module, module};
pub use my_linear::MyLinear;
pub use optimizer::Optimizer;
pub use rngs::Rngs;
pub use state::{State, VariableState};
pub use variable::{BatchStat, Cache, Intermediate, Param, Variable};

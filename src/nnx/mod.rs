//! Modules with parameters, after Flax NNX 0.12.
//!
//! Read [`mod@variable`] and [`mod@module`] first: what a module is made of. [`graph`] takes modules apart and puts them together, [`mod@state`] is what comes out, and
//! [`mod@grad`] and [`mod@jit`] do so around those of JAX. [`linear`], [`my_linear`] and [`mlp`] are modules, [`optimizer`] trains them.

pub mod filter;
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

pub use filter::Filter;
pub use grad::{grad, grad_wrt, value_and_grad, value_and_grad_wrt};
pub use graph::{GraphDef, clone, graphdef, merge, merge_all, split, split_with, state, state_with, update};
pub use jit::{Jitted, jit};
pub use key::Key;
pub use linear::Linear;
pub use mlp::{Mlp, relu};
pub use module::{List, Module, module};
pub use my_linear::MyLinear;
pub use optimizer::Optimizer;
pub use rngs::Rngs;
pub use state::{State, VariableState};
pub use variable::{BatchStat, Cache, Intermediate, Param, Variable};

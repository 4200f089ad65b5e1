//! Every hyperparameter: [`config`] holds the values that a run has, [`program`] which of the lecture's programs it is, [`field`] what is typed and slid for each.

pub mod config;
pub mod field;
pub mod program;

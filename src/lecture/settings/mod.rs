//! Every hyperparameter: [`config`] holds the values that a run has, [`field`] what is typed and slid for each.

pub mod config;
pub mod field;

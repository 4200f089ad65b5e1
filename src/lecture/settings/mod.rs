//! Every hyperparameter: [`config`] holds the values of a run, [`program`] says which of the lecture's programs it is, [`choices`] are the values that are chosen
//! from a list, and [`setting`] is the one table that sliders, fields, links, validation and the command line read. [`value`] reads and checks values,
//! [`number`] reads numbers as people type them, and [`stops`] are the places of a slider.

pub mod choices;
pub mod config;
pub mod number;
pub mod program;
pub mod setting;
pub mod stops;
pub mod value;

//! Whole trainings: [`trainer`] runs compiled steps ([`recorded_step`]; [`steps`] has one for each size of batch) over all [`epochs`], in one phase or, with
//! a branch, two ([`mod@phase`]), and keeps a [`recording`], whose long [`columns`] travel apart from the rest. [`cache`] shares data, shuffles and steps between runs. [`sweep`] runs several trainings side by side, of which a [`map`] is made, or with several shuffles [`seeds`] and [`holding`], [`replay`] takes single steps apart into
//! an [`inspection`], [`dissection`] is one taken apart operation by operation, [`mod@texts`] its programs, [`edit`] one step made otherwise, [`mod@keys`] the
//! tree of its keys, and [`costs`] measures what the ways of calling a step cost.
//! [`mod@mlp`] is the training of a network, [`mod@tanh`] has many of a smaller one with a learning rate for each layer, and [`mod@lbfgs`] one by L-BFGS, apart from the others. An [`anatomy`] is a run's modules taken apart.

pub mod anatomy;
mod around;
pub mod cache;
pub mod columns;
pub mod costs;
mod dissect;
pub mod dissection;
pub mod edit;
pub mod epochs;
pub mod holding;
pub mod inspection;
pub mod keys;
pub mod lbfgs;
pub mod map;
pub mod mlp;
pub mod outcome;
pub(crate) mod phase;
pub mod rates;
pub mod recorded_step;
pub mod recording;
pub mod replay;
pub mod seeds;
pub mod steps;
pub mod sweep;
pub mod tanh;
pub mod texts;
pub mod trainer;

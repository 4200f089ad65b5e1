//! Whole trainings: [`trainer`] runs compiled steps ([`recorded_step`]) over all epochs, in one phase or, with a branch, two ([`mod@phase`]), and keeps a
//! [`recording`]; [`cache`] shares data, shuffles and steps between runs. [`sweep`] runs several trainings side by side, [`replay`] takes single steps apart into
//! an [`inspection`], and [`costs`] measures what the ways of calling a step cost.

pub mod cache;
pub mod costs;
pub mod inspection;
pub mod outcome;
pub(crate) mod phase;
pub mod rates;
pub mod recorded_step;
pub mod recording;
pub mod replay;
pub mod sweep;
pub mod trainer;

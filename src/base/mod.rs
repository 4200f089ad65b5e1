//! What every other layer may lean on: [`error`], one type for every failure, and `order`, sorting of short lists.

pub mod error;
pub(crate) mod order;

pub use error::{Error, Result};

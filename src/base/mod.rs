//! What every other layer may lean on: [`error`], one type for every failure; [`words`], numbers as sentences write them; and `order`, sorting of
//! short lists.

pub mod error;
pub(crate) mod order;
pub mod words;

pub use error::{Error, Result};

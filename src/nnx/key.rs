//! Keys and paths as Flax prints them: see [`crate::jax::tree::Key`].

pub use crate::jax::tree::{Key, path_text};

//! A small JAX.

pub mod array;
pub mod compile;
pub mod core;
pub mod eval;
pub mod fma;
mod kernel;
pub mod libm32;
pub mod shapes;
pub mod special;
pub mod trace;
pub mod tree;

pub use array::Array;

//! A small JAX.

pub mod ad;
pub mod api;
pub mod array;
pub mod batching;
pub mod compile;
pub mod core;
pub mod eval;
pub mod fma;
pub mod function;
pub mod grad;
mod kernel;
pub mod libm32;
pub mod numpy;
pub mod pprint;
pub mod random;
pub mod repr;
pub mod shapes;
pub mod special;
pub mod trace;
pub mod tree;
pub mod vmap;

pub use api::{Jitted, jit, make_jaxpr};
pub use array::Array;
pub use core::DType;
pub use grad::{grad, hessian, jacfwd, jacrev, jvp, value_and_grad, vjp};
pub use vmap::vmap;

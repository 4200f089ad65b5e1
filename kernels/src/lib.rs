//! The arithmetic of thetahat that is called for every number, and the sort behind every shuffle.
//!
//! It is a crate of its own because Cargo chooses between speed and size by crate: this one is compiled for speed, everything else for size (see the
//! profile in the workspace's `Cargo.toml`). Its modules appear in `thetahat::jax` under the same names.

pub mod fma;
pub mod libm32;
pub mod permutation;
pub mod records;
pub mod special;
pub mod threefry;

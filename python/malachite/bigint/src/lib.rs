//! The integers of `RustPython`: those of `num-bigint`, whose licence this workspace can pass on. `malachite-bigint` is a copy of that crate's interface
//! over another library, so what is named here has the same names there.

pub use num_bigint::*;

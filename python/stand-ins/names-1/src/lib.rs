//! The older of the two versions that `RustPython` uses: the same as the newer.

pub use unicode_names2::{character, name};

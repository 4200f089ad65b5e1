//! What can be said of a finished run: [`mod@divergence`], and how two runs [`compare`].

pub mod compare;
pub mod divergence;

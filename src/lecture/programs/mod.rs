//! The programs that are taught, as short as in the lecture: [`raw`], [`mod@vmap`], [`scheduled`], [`linear`], [`my_linear`] (with the pitfall of the
//! used-up generator), [`split`], [`mod@mlp`], [`mod@lbfgs`] and, for a map with a fractal border, [`mod@tanh`].
//!
//! [`step_program`] has what the page needs to know of each, a [`binding`] is one of its variables, [`apart`] has its modules as data, [`transcript`] prints what the Python program would print, and [`session`] is the whole lecture
//! with one key carried through.

pub mod apart;
pub mod binding;
pub mod lbfgs;
pub mod linear;
pub mod mlp;
pub mod my_linear;
pub mod raw;
pub mod scheduled;
pub mod session;
pub mod split;
pub mod step_program;
pub mod tanh;
pub mod transcript;
pub mod vmap;

//! The map: a whole run for every learning rate and batch size. [`plan`] decides which runs, and in which order; [`cells`] keeps how they ended; [`figure`] makes
//! the picture of them, and [`words`] the sentences.

pub mod cells;
pub mod figure;
pub mod plan;
pub mod words;

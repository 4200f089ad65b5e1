//! The maps: a whole run for every learning rate and batch size, or for every pair of learning rates of a small network ([`mod@network`]). [`plan`] decides which runs, and in which order; [`cells`] keeps how they ended, [`course`] how one of them went; [`figure`] makes
//! the picture of them, [`words`] the sentences, and [`zoom`] says what is shown next.

pub mod cells;
pub mod course;
pub mod figure;
pub mod network;
pub mod plan;
pub mod words;
pub mod zoom;

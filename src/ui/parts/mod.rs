//! What several panels are made of: [`figure`] is a chart on canvases, [`pinch`] two fingers on one, [`effects`] are reactive texts and attributes.

pub mod effects;
pub mod figure;
pub mod pinch;

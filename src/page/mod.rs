//! Everything that decides what the page shows, without a browser: a [`view`] is what is on screen, a [`link`] its address, [`presets`] are views worth a
//! look; [`runs`] are the recordings on screen, [`playback`] is how time runs, and [`highlight`] colours code.

pub mod highlight;
pub mod link;
pub mod playback;
pub mod presets;
pub mod runs;
pub mod view;

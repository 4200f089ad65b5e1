//! Everything that decides what the page shows, without a browser.
//!
//! The [`tab`]s are its rooms, a [`view`] is what is on screen, a [`link`] its address, and [`presets`] are views worth a look. [`runs`] are the recordings on
//! screen, [`map`] is many of them in one picture, [`asked`] is what is known of the step at the playhead, and [`playback`] is how time runs. [`figures`] build
//! the charts, [`code`], [`step`] and [`highlight`] the programs, [`editor`] is the tab in which they are edited, [`microscope`] takes one step apart, [`modules`] the modules of a run, [`status`], [`names`] and [`duration`] are the sentences
//! and names around them, [`export`] is what can be taken along, [`qr`] a link that phones can read,
//! [`guide`] how it is read, [`keys`] are the keyboard's, [`slides`] is what a deck of slides and a panel in it have to do with each other, [`speech`] when a screen reader is told, [`summary`] what it is told of the screen, [`sound`] the loss as a pitch, [`luck`] holds runs of the same settings against each other, and [`kept`] is what comes back when settings do.

pub mod asked;
pub mod code;
pub mod duration;
pub mod editor;
pub mod export;
pub mod figures;
pub mod guide;
pub mod handin;
pub mod highlight;
pub mod hints;
pub mod kept;
pub mod keys;
pub mod lessons;
pub mod link;
pub mod luck;
pub mod map;
pub mod microscope;
pub mod modules;
pub mod names;
pub mod playback;
pub mod presets;
pub mod qr;
pub mod runs;
pub mod slides;
pub mod sound;
pub mod speech;
pub mod status;
pub mod step;
pub mod summary;
pub mod tab;
pub mod view;

//! What decides what the page shows.
#![cfg(not(target_arch = "wasm32"))]

mod duration;
mod editor;
mod exact;
mod guide;
mod handin;
mod kept;
mod keys;
mod lessons;
mod link;
mod luck;
mod map;
mod microscope;
mod modules;
mod names;
mod playback;
mod recorded;
mod share;
mod slides;
mod speech;
mod status;
mod step;
mod stopped;
mod summary;
mod tab;
mod view;

//! What decides what the page shows.
#![cfg(not(target_arch = "wasm32"))]

mod duration;
mod kept;
mod keys;
mod link;
mod playback;
mod recorded;
mod tab;
mod view;

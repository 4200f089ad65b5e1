//! What decides what the page shows: its links.
#![cfg(not(target_arch = "wasm32"))]

mod duration;
mod keys;
mod link;
mod playback;
mod tab;
mod view;

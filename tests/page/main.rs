//! What decides what the page shows: its links.
#![cfg(not(target_arch = "wasm32"))]

mod keys;
mod link;
mod playback;
mod recorded;
mod tab;
mod view;

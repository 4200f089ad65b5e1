//! What the worker does with requests, and what the page's end does about the worker; both by a clock that the tests turn.
#![cfg(not(target_arch = "wasm32"))]

mod code;
mod dealer;
mod messages;
mod pace;
mod queue;
mod runs;
mod supervisor;

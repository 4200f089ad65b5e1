//! Tests that run inside real browsers, headless: `cargo xtask test web`.
#![cfg(target_arch = "wasm32")]

mod bits;
#[path = "../jax/digests.rs"]
mod digests;
mod machine;
mod messages;
#[allow(dead_code, reason = "the laws on the host use all of it")]
#[path = "../jax/laws/program.rs"]
mod program;
mod sweeps;
mod trainings;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

//! Tests that run inside real browsers, headless: `cargo xtask test web`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_default_configuration_is_valid() {
    assert_eq!(thetahat::lecture::config::Config::default().validate(), Ok(()));
}

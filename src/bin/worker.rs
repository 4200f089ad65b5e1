//! The worker's entry point: everything that computes runs here, off the page's thread.

#[cfg(target_arch = "wasm32")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    thetahat::web::worker::start()
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program runs in a browser's worker: `cargo xtask serve` builds and serves the page.");
}
